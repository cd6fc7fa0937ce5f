"""Makes the site of another municipality: `kanalstrategi new "Fjordby Kommune" ../fjordby`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.installed_program import installed_release
from kanalstrategi.cli.site_answers import Given, from_file, from_keyboard, with_files
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.cli.word_guideline import REPORT_FOLDER
from kanalstrategi.content.brand_file import BRAND_FILE
from kanalstrategi.content.code_owners import CODE_OWNERS_FILE, code_owners
from kanalstrategi.content.dates import build_date
from kanalstrategi.content.pins import LOCK_FILE
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import printable
from kanalstrategi.site_macros import load_registry
from kanalstrategi.starter.answers import Answers
from kanalstrategi.starter.checked import AnswerError, text_answer
from kanalstrategi.starter.site_files import site_files
from kanalstrategi.word.importing import GuidelineFileError
from kanalstrategi.word.strategy import ImportedStrategy, import_strategy

USAGE = 'kanalstrategi new "Fjordby Kommune" ../fjordby, eventuelt med --yes, --from answers.yml eller --strategy strategi.docx'
DESCRIPTION = "Begynd en kommunes hjemmeside i en ny mappe."
REPORT = f"{REPORT_FOLDER}/strategi.txt"
"""Where it is said what has become of the words of a Word file."""
_NO_DIGEST = "programmets hash kendes ikke her – skriv den selv efter programmets navn: --hash=sha256:… (»pip hash« på wheel-filen viser den)"
_NEXT = """\
{name} har nu en hjemmeside i {folder}. Den er et udkast: på hver side står der, hvad der mangler.

  cd {folder}
  kanalstrategi serve    viser den, mens I retter den
  kanalstrategi check    finder alle fejl
  kanalstrategi build    bygger den og dens PDF’er i site/

README.md fortæller resten."""


@explains_errors
def main(arguments: Sequence[str] | None = None) -> int:
    """Make the site that the arguments describe, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description=DESCRIPTION)
    parser.add_argument("name", help="kommunens navn")
    parser.add_argument("folder", type=Path, help="den nye mappe")
    parser.add_argument("--yes", action="store_true", help="spørg ikke om noget; det, der ikke er svaret på, bliver begyndt som udkast")
    parser.add_argument("--from", dest="file", type=Path, metavar="answers.yml", help="tag svarene fra en fil i stedet for at spørge; README viser den")
    parser.add_argument("--strategy", default="", metavar="strategi.docx", help="begynd med kommunens egen tekst fra en Word-fil")
    options = parser.parse_args(arguments)
    try:
        refuse_folder(options.folder)
        given = _given(text_answer(options.name), options)
        imported, program = _imported(given), installed_release()
        files = site_files(given.answers, given.logo, build_date(os.environ), program, imported.text if imported else None)
        report = {REPORT: imported.report.encode()} if imported else {}
        make_site(options.folder, {**files, **report})
    except AnswerError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1
    if imported:
        print(printable_lines(f"{imported.report}\nRapporten ligger også i {options.folder / REPORT}. Den kommer ikke på hjemmesiden.\n"))
    if not program.digest:
        print(f"{LOCK_FILE}: {_NO_DIGEST}\n")
    print(printable_lines(_NEXT.format(name=given.answers.name, folder=shlex.quote(str(options.folder if options.folder.name else Path.cwd())))))
    return 0


def _given(name: str, options: Namespace) -> Given:
    """Return what the site is made of. Raises AnswerError."""
    given = from_file(options.file, name) if options.file else Given(Answers(name)) if options.yes else from_keyboard(name)
    if not options.strategy:
        return given
    answers = replace(given.answers, strategy=options.strategy)
    return Given(answers, given.logo, with_files(replace(answers, logo=""), Path()).strategy)


def _imported(given: Given) -> ImportedStrategy | None:
    """Return the text of the strategy, if there is a file with it. Raises AnswerError."""
    if given.strategy is None:
        return None
    answers = given.answers
    leads = answers.settings.rule_leads if "rule_leads" in answers.shape else ()
    try:
        return import_strategy(given.strategy, Path(answers.strategy).name, answers.channels, leads)
    except GuidelineFileError as error:
        raise AnswerError(str(error)) from error


def printable_lines(text: str) -> str:
    """Return a text without characters that control a terminal, line by line."""
    return "\n".join(map(printable, text.split("\n")))


def refuse_folder(folder: Path) -> None:
    """Raise AnswerError if a site cannot be made in a folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise AnswerError(f"{folder} er ikke en mappe – vælg en anden")
    if folder.is_dir() and any(folder.iterdir()):
        raise AnswerError(f"mappen {folder} er ikke tom – vælg en ny mappe; intet er skrevet")
    if not folder.absolute().parent.is_dir():
        raise AnswerError(f"mappen {folder.absolute().parent} findes ikke – opret den først")


def make_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a site whole or not at all: beside its place, and then there. Raises AnswerError if the check would find a problem in it."""
    target = folder.absolute()
    has_folder = target.is_dir()
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target if has_folder else target.parent))
    try:
        for path, content in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        if found := find_diagnostics(beside, os.environ, load_registry(beside)):
            raise AnswerError("\n".join([*(one.text if one.file == BRAND_FILE else str(one) for one in found), "Intet er skrevet."]))
        owners = code_owners(read_project(beside, os.environ).content)
        (beside / CODE_OWNERS_FILE).write_text(owners, encoding="utf-8", newline="\n")
        beside.chmod(0o777 & ~_umask())
        if has_folder:  # it stays the one that it is, since somebody may stand in it, or it may be a volume of a container
            for file in beside.iterdir():
                file.rename(target / file.name)
            beside.rmdir()
        else:
            beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # it is there only if something has failed


def _umask() -> int:
    """Return the rights that new folders do not get here."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
