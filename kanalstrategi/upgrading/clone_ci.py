"""Has the jobs that check, build and publish a site call the installed program instead of scripts beside the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from kanalstrategi.upgrading.clone_files import is_unchanged
from kanalstrategi.upgrading.move import OLD_FOLDER, Move

FILES = (".gitlab-ci.yml", ".pre-commit-config.yaml")
FOLDERS = (".github/workflows/", ".gitlab/")
COMMANDS = {
    "addresses": "addresses", "audit_pdf": "audit-pdf", "build": "build", "check": "check", "codeowners": "codeowners", "edition": "edition",
    "links": "links", "new": "new", "progress": "progress", "remind": "remind", "serve": "serve",
}  # fmt: skip - a table, not one per line
"""The command of the program for each script that a site needs, keyed by the script's name."""
_CALL = re.compile(r"python3? scripts/(" + "|".join(COMMANDS) + r")\.py")
_CALLED = re.compile(r"\bkanalstrategi [a-z]")
_SCRIPT = re.compile(r"scripts/\w+\.py")
_JOB = re.compile(r"^(?P<indent> *)evidence:.*\n(?:(?P=indent) .*\n|\n)*", re.MULTILINE)
"""The job that ran the tests of the program, which are no longer beside the site."""
_WAITS = re.compile(r"^ +needs: evidence\n +if: \$\{\{ !cancelled\(\) \}\}\n", re.MULTILINE)
_WAITS_IN_LIST = re.compile(r"[ -]*(?:needs|dependencies):[^#]*\bevidence\b| *-(?: +job:)? +[\"']?evidence[\"']? *(?:#|$)")
"""A job that waits for that one in other words than the program's."""
_TAKES = re.compile(r"^( +)- uses: actions/download-artifact@[^\n]*\n\1  with:\n\1    name: evidence\n(?:\1  [^\n]*\n)*", re.MULTILINE)
_ABOUT_EVIDENCE = re.compile(r"^ *# What the tests show about accessibility.*\n *# stops nothing;.*\n", re.MULTILINE)
_STEP = re.compile(r"^( *)- ")
_STEP_INDENT = 6
"""How many spaces there are before a step of GitHub's."""
_IN_STEP = """\
{0}- name: Install the program
{0}  run: |
{0}    python3 -m venv "$RUNNER_TEMP/program"
{0}    "$RUNNER_TEMP/program/bin/pip" install --quiet --require-hashes -r requirements.txt
{0}    echo "$RUNNER_TEMP/program/bin" >> "$GITHUB_PATH"
"""
_IN_SCRIPT = "{0}- pip install --quiet --require-hashes -r requirements.txt\n"


def with_installed_program(tree: Mapping[str, bytes]) -> Move:
    """Return what is done to the files that say what a server does with the site."""
    move = Move()
    for path, content in tree.items():
        if (path not in FILES and not path.startswith(FOLDERS)) or not path.endswith((".yml", ".yaml")):
            continue
        text = content.decode("utf-8", "surrogateescape")
        if not _SCRIPT.search(text):
            continue
        changed = _changed(path, text.replace("\r\n", "\n"))
        move |= Move({path: changed.encode("utf-8", "surrogateescape")}, own=(f"{path}: kalder nu det installerede program",))
        if not is_unchanged(path, content):
            move |= _backup(path, content, text)
        if _calls(changed) and "--require-hashes" not in changed and path != ".pre-commit-config.yaml":
            move |= Move(tasks=(f"{path}: installér selv programmet, før det bliver kaldt: pip install --require-hashes -r requirements.txt",))
        lines = [str(number) for number, line in enumerate(changed.split("\n"), 1) if _SCRIPT.search(line) and not line.strip().startswith("#")]
        if _JOB.search(text) and (left := _waits_for_evidence(changed)):
            move |= Move(tasks=(f"{path}:{left}: venter på jobbet evidence, som ikke er her mere: ret det selv",))
        if lines:
            move |= Move(tasks=(f"{path}:{lines[0]}: kalder et script, der ikke følger med en hjemmeside (linje {', '.join(lines)}): ret det selv",))
    return move


def _backup(path: str, content: bytes, text: str) -> Move:
    """Return the move that keeps a file of the municipality's own, since what was changed in a part that goes would be lost."""
    place = f"{OLD_FOLDER}/{path}"
    gone = ", og jobbet evidence er taget ud, fordi programmets egne test ikke er her mere" if _JOB.search(text) else ""
    return Move({place: content}, old=(f"{path} er også i {place}, som I havde den: den er skrevet om{gone}",))


def _calls(text: str) -> bool:
    """Whether lines call the program."""
    return any(_CALLED.search(line) and not line.strip().startswith("#") for line in text.splitlines())


def _waits_for_evidence(text: str) -> int | None:
    """Return the line in which a job waits for the one that has gone, if one does."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if _WAITS_IN_LIST.match(line)), None)


def _changed(path: str, text: str) -> str:
    for pattern in (_ABOUT_EVIDENCE, _JOB, _WAITS, _TAKES):
        text = pattern.sub("", text)
    text = _CALL.sub(lambda found: f"kanalstrategi {COMMANDS[found[1]]}", text)
    if path == ".pre-commit-config.yaml":
        return text.replace("Nothing is fetched: they are our own scripts.", "Nothing is fetched: the program has to be installed.")
    return _with_installation(text, is_github=path.startswith(".github/"))


def _with_installation(text: str, *, is_github: bool) -> str:
    """Return the text with the program installed in each job before it is first called."""
    lines = text.splitlines(keepends=True)
    places: dict[int, str] = {}
    for job in _job_lines(lines, is_github):
        first = next((number for number in job if _calls(lines[number])), None)
        if first is None:
            continue
        above = range(first, job.start, -1)
        start = next((number for number in above if (found := _STEP.match(lines[number])) and (not is_github or len(found[1]) == _STEP_INDENT)), None)
        if start is not None:
            indent = len(lines[start]) - len(lines[start].lstrip(" "))
            places[start] = (_IN_STEP if is_github else _IN_SCRIPT).format(" " * indent)
    return "".join(places.get(number, "") + line for number, line in enumerate(lines))


def _job_lines(lines: list[str], is_github: bool) -> list[range]:
    """Return the lines of each job."""
    indent = "  " if is_github else ""
    starts = [number for number, line in enumerate(lines) if re.match(rf"{indent}[\w.-]+:", line)]
    return [range(start, end) for start, end in pairwise([*starts, len(lines)])]
