"""Takes what a new site is made of from a file or from whoever is at the keyboard, with the files that are named there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kanalstrategi.content.brand import read_look
from kanalstrategi.content.brand_file import BRAND_FILE
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.file_system import explain
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.images import RASTER_FORMATS
from kanalstrategi.starter.answer_file import MAX_BYTES as MAX_ANSWER_BYTES
from kanalstrategi.starter.answer_file import read_answers
from kanalstrategi.starter.answers import Answers
from kanalstrategi.starter.checked import AnswerError
from kanalstrategi.starter.questions import ask_all
from kanalstrategi.starter.site_files import brand_text, logo_path
from kanalstrategi.word.importing import MAX_FILE_BYTES

LOGO_KINDS = (".svg", *RASTER_FORMATS)


@dataclass(frozen=True)
class Given:
    """What was answered, with the content of the files that are named in it."""

    answers: Answers
    logo: bytes | None = None
    strategy: bytes | None = None


def from_file(file: Path, name: str) -> Given:
    """Return what a file says about the municipality of a name. Raises AnswerError with all that is wrong.

    The file may come from somebody else, and what it names is published: so that can only be files that came with it.
    """
    try:
        with file.open("rb") as source:
            data = source.read(MAX_ANSWER_BYTES + 1)
    except OSError as error:
        raise AnswerError(explain(error)) from error
    diagnostics: list[Diagnostic] = []
    answers = read_answers(file.name, data, name, diagnostics)
    if diagnostics:
        raise AnswerError("\n".join(map(str, sorted(diagnostics))))
    for path in filter(None, (answers.logo, answers.strategy)):
        if not _is_inside(file.parent, path):
            hint = "læg den i mappen med svarene, og skriv kun dens navn; en Word-fil et andet sted nævnes på kommandolinjen efter --strategy"
            raise AnswerError(f"{file.name}: {path} ligger ikke i samme mappe – {hint}")
    return with_files(answers, file.parent)


def from_keyboard(name: str) -> Given:
    """Return what is answered at the keyboard. Raises AnswerError if nobody answers any more."""

    def existing(typed: str) -> str:
        file = Path(os.path.expanduser(typed))  # that of `Path` raises RuntimeError for `~` and a name that nobody has
        if not file.is_file():
            raise AnswerError(f"filen {printable(typed)} findes ikke – skriv stien fra den mappe, du står i, eller hele stien")
        return str(file)

    try:
        answers = ask_all(name, input, lambda text: print(printable(text)), _look_problem, existing)
    except (EOFError, KeyboardInterrupt) as error:
        print()
        raise AnswerError("afbrudt, så intet er skrevet – med --yes bliver der ikke spurgt") from error
    return with_files(answers, Path())


def with_files(answers: Answers, folder: Path) -> Given:
    """Return answers with the content of the files that they name; relative paths begin in a folder. Raises AnswerError."""
    logo = _content(folder, answers.logo, logo_limit) if answers.logo else None
    strategy = _content(folder, answers.strategy, lambda suffix: MAX_FILE_BYTES) if answers.strategy else None
    return Given(answers, logo, strategy)


def _is_inside(folder: Path, path: str) -> bool:
    """Whether a path leads to a place in a folder, also after links have been followed."""
    return Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(folder))


def logo_limit(suffix: str) -> int:
    """Return how large a logo may be. Raises AnswerError if it is no image."""
    if suffix not in LOGO_KINDS:
        raise AnswerError(f"logoet er ikke et billede – gem det som en af: {', '.join(LOGO_KINDS)}")
    return MAX_BYTES[suffix]


def _content(folder: Path, path: str, limit: Callable[[str], int]) -> bytes:
    file = folder / path
    most = limit(file.suffix.lower())
    try:
        with file.open("rb") as source:
            data = source.read(most + 1)
    except (OSError, ValueError) as error:
        raise AnswerError(explain(error) if isinstance(error, OSError) else f"{path}: stien kan ikke bruges – skriv en anden") from error
    if len(data) > most:
        raise AnswerError(f"{path} fylder over {most // 1000} kB – gem den i mindre størrelse")
    return data


def _look_problem(answers: Answers) -> str:
    """Return what is wrong with the colors and the logo, or an empty text."""
    try:
        logo = with_files(replace(answers, strategy=""), Path()).logo
    except AnswerError as error:
        return str(error)
    diagnostics: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        files = {BRAND_FILE: brand_text(answers).encode(), **({f"docs/{logo_path(answers)}": logo} if logo else {})}
        for path, content in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        read_look(Path(folder), diagnostics)
    return diagnostics[0].text if diagnostics else ""
