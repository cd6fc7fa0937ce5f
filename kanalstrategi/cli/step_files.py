"""Writes the files of a step, all or none of them, and takes the last step back byte for byte.

The files as they were before each step are kept in a folder that is not under version control: in `begun` while the step is being written, so
that one that was interrupted can be taken back, too, and from then on in a folder with the step's number.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

import msgspec

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.code_owners import CODE_OWNERS_FILE
from kanalstrategi.content.published_urls import RECORD_FILE
from kanalstrategi.content.receipts import file_digest
from kanalstrategi.content.steps import DOCS, StepError
from kanalstrategi.content.structure_records import RECORD_FILES
from kanalstrategi.file_system import write_whole

OTHER_FILES = (CONFIG, RECORD_FILE, CODE_OWNERS_FILE, *RECORD_FILES)
"""The files that a step may change beside those in `docs/`."""
STEP_FOLDER = ".edition"
"""The folder, in the project's root."""
UNDO = "python3 scripts/edition.py undo"
_RECORD_FILE = "step.json"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MODES = range(0o10000)
_UNREADABLE = f"{STEP_FOLDER}/ kan ikke læses – hent filerne fra versionsstyringen i stedet, og slet mappen"


class _FileRecord(TypedDict):
    path: str
    before: str
    """Digest of the content before the step; empty if there was no such file."""
    after: str
    """Likewise after the step."""
    mode: int


@dataclass(frozen=True)
class _Record:
    """What is needed to take a step back."""

    command: str
    """The command that took it, for people."""
    files: list[_FileRecord]
    made_folders: list[str]
    """The folders that it made, outer ones first."""


def _is_of_content(root: Path, path: str) -> bool:
    """Whether a step may change what is at a path: in `docs/`, no matter where links lead, or one of the files beside it."""
    return path in OTHER_FILES or (path.startswith(DOCS) and "\0" not in path and (root / path).resolve().is_relative_to((root / DOCS).resolve()))


def _is_of_site(root: Path, path: str) -> bool:
    """Whether an upgrade may change what is at a path: anywhere in the site's folder, but in what git or the program keeps there."""
    if "\0" in path or not path:
        return False
    real = (root / path).resolve()
    inside = real.relative_to(root.resolve()).parts if real.is_relative_to(root.resolve()) else ()
    return bool(inside) and inside[0].casefold() not in (".git", ".venv", STEP_FOLDER)  # which some disks find in capitals, too


@dataclass(frozen=True)
class StepKind:
    """A kind of steps, which are taken back in the opposite order. Steps of different kinds do not know each other."""

    folder: str
    """The folder with what is needed to take them back, in the project's root."""
    undo: str
    """The command that takes the last one back."""
    may_change: Callable[[Path, str], bool]
    """Whether a step may change what is at a path in a project."""


CONTENT = StepKind(STEP_FOLDER, UNDO, _is_of_content)
"""Steps of editions, and of what channels and departments there are."""
UPGRADE = StepKind(f"{STEP_FOLDER}/upgrade", "kanalstrategi upgrade --undo", _is_of_site)
"""Changes to another form or version of the program. Their folder is in the other one, which sites have told git to ignore."""


def refuse_unfinished(root: Path, kind: StepKind = CONTENT) -> None:
    """Raise StepError if a step was interrupted, and neither finished nor taken back."""
    if (root / kind.folder / "begun").exists():
        raise StepError(f"et tidligere skridt blev afbrudt, før det var skrevet færdigt – kør {kind.undo}, og prøv igen")


def take_step(root: Path, command: str, changes: Mapping[str, bytes | None], kind: StepKind = CONTENT) -> None:
    """Write the files of a step. On an error, everything is as it was. Raises StepError, also if a link leads to where a step may change nothing."""
    refuse_unfinished(root, kind)
    if outside := [path for path in changes if not kind.may_change(root, path)]:
        raise StepError(f"intet er ændret, for {outside[0]} fører uden for hjemmesidens mappe – fjern linket, og prøv igen")
    begun, new = root / kind.folder / "begun", root / kind.folder / "new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    record = _keep(root, new, command, changes)
    new.rename(begun)
    with ExitStack() as on_failure:
        on_failure.callback(_take_back, root, begun, record)
        for path, content in sorted(changes.items(), key=lambda change: change[1] is None):  # nothing goes before all else is there
            _write(root / path, content)
        _remove_empty_folders(root, [path for path, content in changes.items() if content is None])
        on_failure.pop_all()
    begun.rename(root / kind.folder / str(max(_steps(root, kind), default=0) + 1))


def undo_step(root: Path, kind: StepKind = CONTENT) -> str:
    """Take the last step back, or one that was interrupted, and return the command that had taken it. Raises StepError if files have changed since."""
    begun, last = root / kind.folder / "begun", root / kind.folder / str(max(_steps(root, kind), default=0))
    is_interrupted = begun.exists()
    folder = begun if is_interrupted else last
    if not folder.exists():
        raise StepError("der er intet skridt at fortryde – det sidste er fortrudt, eller det er taget på en anden maskine; brug versionsstyringen")
    record = _read(root, folder, kind)
    if changed := sorted({*_changed_files(root, record, is_interrupted), *_added_files(root, record)}):
        raise StepError(
            "\n".join(
                [
                    "skridtet kan ikke fortrydes: disse filer er ændret siden",
                    *(f"  {path}" for path in changed),
                    "Læg dem tilbage, som de var, eller brug versionsstyringen i stedet",
                ]
            )
        )
    if not is_interrupted:
        last.rename(begun)  # so that it can be repeated if it is interrupted
    _take_back(root, begun, record)
    return record.command


def _steps(root: Path, kind: StepKind) -> list[int]:
    """Return the numbers of the steps that can be taken back."""
    return [int(folder.name) for folder in (root / kind.folder).glob("*") if folder.name.isascii() and folder.name.isdigit()]


def _keep(root: Path, folder: Path, command: str, changes: Mapping[str, bytes | None]) -> _Record:
    """Write what is needed to take a step back into a folder, and return the record."""
    files: list[_FileRecord] = []
    made: set[Path] = set()
    for path, content in sorted(changes.items()):
        file = root / path
        before = file.read_bytes() if file.is_file() else None
        if before is not None:
            (folder / file_digest(before)).write_bytes(before)
        elif content is not None:
            made |= {parent for parent in file.parents if parent.is_relative_to(root) and not parent.exists()}
        mode = file.stat().st_mode & 0o7777 if before is not None else 0
        files.append({"path": path, "before": _digest(before), "after": _digest(content), "mode": mode})
    record = _Record(command, files, sorted(parent.relative_to(root).as_posix() for parent in made))
    write_whole(folder / _RECORD_FILE, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
    return record


def _take_back(root: Path, folder: Path, record: _Record) -> None:
    """Put the files back as they were before a step, and forget it."""
    for entry in sorted(record.files, key=lambda entry: not entry["before"]):
        file = root / entry["path"]
        if not entry["before"]:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, (folder / entry["before"]).read_bytes())
        file.chmod(entry["mode"])
    for path in reversed(record.made_folders):
        with suppress(OSError):
            (root / path).rmdir()
    shutil.rmtree(folder)
    with suppress(OSError):  # it holds the steps before
        folder.parent.rmdir()


def _write(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, content)


def _remove_empty_folders(root: Path, removed: Collection[str]) -> None:
    """Remove the folders that have nothing left in them once these files are gone."""
    for path in removed:
        for parent in (root / path).parents:
            if parent == root:
                break
            with suppress(OSError):  # it is not empty, or gone already
                parent.rmdir()


def _changed_files(root: Path, record: _Record, is_interrupted: bool) -> Iterator[str]:
    """Yield the paths of the files that are not as the step left them; of one that was interrupted, they may also be as before."""
    for entry in record.files:
        file = root / entry["path"]
        allowed = {entry["after"], entry["before"]} if is_interrupted else {entry["after"]}
        if (_digest(file.read_bytes()) if file.is_file() else "") not in allowed:
            yield entry["path"]


def _added_files(root: Path, record: _Record) -> Iterator[str]:
    """Yield the paths of files in the folders that the step made that the step did not write."""
    known = {entry["path"] for entry in record.files}
    for folder in record.made_folders:
        for file in (root / folder).rglob("*"):
            path = file.relative_to(root).as_posix()
            if not file.is_dir() and path not in known:
                yield path


def _read(root: Path, folder: Path, kind: StepKind) -> _Record:
    """Return the record of a step. Raises StepError if it is not as the program has written it, since anybody may have changed it."""
    try:
        record = msgspec.json.decode((folder / _RECORD_FILE).read_bytes(), type=_Record)
        is_whole = all(_has_intact_copy(entry, folder) for entry in record.files)
    except (OSError, msgspec.MsgspecError, RecursionError) as error:
        raise StepError(_UNREADABLE) from error
    if not (is_whole and all(kind.may_change(root, path) for path in (*record.made_folders, *(entry["path"] for entry in record.files)))):
        raise StepError(_UNREADABLE)
    return record


def _has_intact_copy(entry: _FileRecord, folder: Path) -> bool:
    """Whether a file as it was before a step is in the step's folder, if there was one."""
    before = entry["before"]
    return not before or bool(_DIGEST.fullmatch(before) and entry["mode"] in _MODES and file_digest((folder / before).read_bytes()) == before)


def _digest(content: bytes | None) -> str:
    return "" if content is None else file_digest(content)
