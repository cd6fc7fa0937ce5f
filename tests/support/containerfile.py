"""Reads a Containerfile: its stages, and in each the instructions, as far as ours has them."""

from __future__ import annotations

import json
import shlex
import string
from dataclasses import dataclass, field
from pathlib import Path

INSTRUCTIONS = frozenset("ARG CMD COPY ENTRYPOINT ENV FROM RUN USER VOLUME WORKDIR".split())


@dataclass
class Stage:
    """One image of the file. Only the last is kept."""

    base: str
    name: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        """Return what stands after each instruction of a kind."""
        return [text for name, text in self.instructions if name == instruction]

    def program(self, instruction: str) -> list[str]:
        """Return the words of an ENTRYPOINT or CMD, which must be a list: a shell would get no signals."""
        (text,) = self.all(instruction)
        words: list[str] = json.loads(text)
        return words


def read_containerfile(file: Path) -> list[Stage]:
    """Return the stages. Fails for an instruction that is not known, or one before the first FROM that is no ARG."""
    stages: list[Stage] = []
    arguments: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, text = line.partition(" ")
        assert name in INSTRUCTIONS and text, line
        if name == "FROM":
            base, *rest = string.Template(text).substitute(arguments).split()
            stages.append(Stage(base, rest[1] if rest else ""))
        elif not stages:
            assert name == "ARG", line
            arguments |= dict([shlex.split(text)[0].split("=", 1)])
        else:
            stages[-1].instructions.append((name, text))
    return stages


def ignored(root: Path, name: str) -> bool:
    """Whether a file or folder in the root is left out of what an image is made from."""
    patterns = [line for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return any(Path(name).match(pattern) for pattern in patterns)
