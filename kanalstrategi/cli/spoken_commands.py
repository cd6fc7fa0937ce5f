"""Has what is printed name the commands of the installed program, where a site has no scripts beside it as a clone has."""

from __future__ import annotations

import io
import re
import sys

_NAMES = "addresses|audit_pdf|build|check|codeowners|edition|links|new|progress|remind|serve|structure|verify"
_SCRIPT = re.compile(rf"(?<![\w./-])(?:python3 )?scripts/({_NAMES})\.py")


def as_installed(text: str) -> str:
    """Return a text with `kanalstrategi check` in the place of `python3 scripts/check.py`, which texts of the program are written with."""
    return _SCRIPT.sub(lambda found: f"kanalstrategi {found[1].replace('_', '-')}", text)


class _Stream(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        return super().write(as_installed(text))


def print_installed_commands() -> None:
    """Print on the standard streams with the commands of the installed program from now on."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, _Stream):
            is_line_buffered = stream.line_buffering or name == "stderr"
            setattr(sys, name, _Stream(stream.buffer, encoding="utf-8", errors=stream.errors, line_buffering=is_line_buffered))
