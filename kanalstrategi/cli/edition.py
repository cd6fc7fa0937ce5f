"""Takes the steps of an edition's life: it is decided on, adopted or given up; and of a guideline's. The last step can be undone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.cli import edition_paper
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.edition_tree import latest_day, problems_of, project_after, read_tree, with_addresses
from kanalstrategi.cli.step_files import UNDO, refuse_unfinished, take_step, undo_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.adoption import AdoptionRequest, adopt_edition
from kanalstrategi.content.edition_steps import EDITIONS, lapse_edition
from kanalstrategi.content.fields import parse_day
from kanalstrategi.content.first_adoption import adopt_first, is_first, refuse_nameless
from kanalstrategi.content.guideline_steps import adopt_guideline, guideline_path
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.content.steps import Step, StepError, Tree
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.diagnostics import Diagnostic, new_diagnostics, printable
from kanalstrategi.incoming_text import read_typed
from kanalstrategi.rendering.macros import MacroRegistry

SCRIPT = "python3 scripts/edition.py"
MAX_BY_CHARACTERS = 100
_ADOPT = "Vedtag et forslag: det gælder fra nu af, og udgaven før bliver arkiveret. Den første strategi bliver vedtaget, hvor den ligger."
USAGES = {
    "adopt": f"{SCRIPT} adopt 2026-2029 --date 2026-02-24 --by byrådet, eventuelt med --decision https://…; den første strategi uden 2026-2029",
    "paper": edition_paper.USAGE,
    "lapse": f"{SCRIPT} lapse 2026-2029 --date 2026-02-24",
    "guideline": f"{SCRIPT} guideline skoler --date 2026-02-24 --by skoleudvalget",
    "undo": UNDO,
}
"""How each command is called."""


def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Do what the first argument says in the project in a folder, and return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    name = words[0] if words else ""
    if name == "paper":
        return edition_paper.main(root, registry, words[1:])
    if name in COMMANDS:
        return _run(root, registry, COMMANDS[name], words[1:])
    begin = 'python3 scripts/new.py edition "2026-2029"'
    description = f"Skridtene i en udgaves liv. Et forslag begyndes med: {begin}. Derefter: {'; '.join(USAGES.values())}."
    parser = ArgumentParser(usage_line="\n  ".join(USAGES.values()), description=description)
    parser.add_argument(
        "command",
        choices=["paper", *COMMANDS],
        help="lav papiret til dem, der beslutter, vedtag et forslag, lad det bortfalde, vedtag en retningslinje, eller fortryd det sidste skridt",
    )
    parser.parse_args(words)
    return 2


@explains_errors
def _run(root: Path, registry: MacroRegistry, command: Callable[[Path, MacroRegistry, Sequence[str]], None], words: Sequence[str]) -> int:
    try:
        command(root, registry, words)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1
    return 0


def _adopt(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    parser = ArgumentParser(usage_line=USAGES["adopt"], description=_ADOPT)
    parser.add_argument("name", nargs="?", default="", help="forslagets navn, som dets mappe i docs/udgaver/ hedder; den første strategi må få et")
    _add_facts(parser)
    parser.add_argument("--decision", default="", help="adressen på beslutningen, for eksempel et referat: https://…")
    options = parser.parse_args(words)
    refuse_unfinished(root)
    tree = read_tree(root)
    adoption = AdoptionRequest(options.name, _day(options.date), _by(options.by), _url(options.decision))
    take = _adopt_first if is_first(tree) else _adopt_proposal
    take(root, registry, tree, adoption)


def _adopt_proposal(root: Path, registry: MacroRegistry, tree: Tree, adoption: AdoptionRequest) -> None:
    if not adoption.name:
        refuse_nameless(tree)
    step = adopt_edition(tree, adoption, latest_day(os.environ))
    folder_now = f"{EDITIONS}{adoption.name}/"
    if problems := [problem for problem in problems_of(read_project(root, os.environ), root, registry) if problem.file.startswith(folder_now)]:
        raise StepError(_refused(f"{adoption.name} er ikke vedtaget: ret først disse problemer – de står også i python3 scripts/check.py", problems))
    with project_after(step.applied(tree), os.environ) as (project, folder):
        step = with_addresses(step, tree, project)
        if problems := problems_of(project, folder, registry):
            hint = f"ret dem, og kør kommandoen igen; forslagets sider ligger endnu i {folder_now}"
            raise StepError(_refused(f"{adoption.name} er ikke vedtaget, for så ville tjekket finde disse problemer – {hint}", problems))
    _take(root, f"adopt {adoption.name}", replace(step, report=(*step.report, _to_confirm(project.content))))


def _adopt_first(root: Path, registry: MacroRegistry, tree: Tree, adoption: AdoptionRequest) -> None:
    step = adopt_first(tree, adoption, latest_day(os.environ))
    with project_after(step.applied(tree), os.environ) as (project, folder):
        step = with_addresses(step, tree, project)
        if problems := problems_of(project, folder, registry):
            raise StepError(_refused("strategien er ikke vedtaget, for så ville tjekket finde disse problemer – ret dem, og kør kommandoen igen", problems))
    _take(root, f"adopt {adoption.name}".strip(), step)


def _lapse(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    parser = ArgumentParser(usage_line=USAGES["lapse"], description="Lad et forslag bortfalde. Dets sider bliver liggende.")
    parser.add_argument("name", help="forslagets navn, som dets mappe i docs/udgaver/ hedder")
    parser.add_argument("--date", required=True, help="dagen, det bortfaldt: år-måned-dag")
    options = parser.parse_args(words)
    refuse_unfinished(root)
    _take(root, f"lapse {options.name}", lapse_edition(read_tree(root), options.name, _day(options.date), latest_day(os.environ)))


def _guideline(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    parser = ArgumentParser(usage_line=USAGES["guideline"], description="Vedtag et fagområdes retningslinje, som den er nu; udgaven før bliver arkiveret.")
    parser.add_argument("department", help="fagområdet, som filen med dets retningslinje hedder, uden .md")
    _add_facts(parser)
    options = parser.parse_args(words)
    refuse_unfinished(root)
    tree = read_tree(root)
    step = adopt_guideline(tree, options.department, _day(options.date), _by(options.by), latest_day(os.environ))
    with project_after(tree, os.environ) as (project, folder):
        before = problems_of(project, folder, registry)
    with project_after(step.applied(tree), os.environ) as (project, folder):
        step = with_addresses(step, tree, project)
        after = problems_of(project, folder, registry)
    page = guideline_path(tree, options.department)
    if problems := sorted({*new_diagnostics(before, after), *(problem for problem in after if problem.file == page)}):
        raise StepError(_refused("retningslinjen er ikke vedtaget, for så ville tjekket finde disse problemer – ret dem først", problems))
    _take(root, f"guideline {options.department}", step)


def _undo(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    ArgumentParser(usage_line=USAGES["undo"], description="Fortryd det sidste skridt: alle filer bliver, som de var før det.").parse_args(words)
    print(printable(f"Fortrudt: {undo_step(root)}. Alle filer er, som de var før."))


COMMANDS: dict[str, Callable[[Path, MacroRegistry, Sequence[str]], None]] = {"adopt": _adopt, "lapse": _lapse, "guideline": _guideline, "undo": _undo}
"""The commands, keyed by name."""


def _add_facts(parser: ArgumentParser) -> None:
    parser.add_argument("--date", required=True, help="dagen, det blev vedtaget: år-måned-dag")
    parser.add_argument("--by", required=True, help="hvem der vedtog det, som det skal stå i en sætning: byrådet")


def _take(root: Path, command: str, step: Step) -> None:
    """Write the files of a step, and print what it did."""
    take_step(root, command, step.changes)
    for line in step.report:
        print(printable(line))
    print(f"{count_phrase(len(step.changes), 'fil er ændret', 'filer er ændret')}. Det er én ændring: se den igennem, og få den godkendt samlet.")
    print(f"Fortryd: {UNDO}")


def _to_confirm(content: Content) -> str:
    """Return which departments have to confirm what an adoption has changed."""
    departments = [guideline.department for guideline in content.guidelines if guideline.to_confirm]
    if not departments or not (content.edition and content.edition.confirm_by):
        return content.say("Ingen fagområder viser noget, der er ændret.")
    return f"Skal bekræfte afsnit i deres retningslinje senest den {long_date(content.edition.confirm_by)}: {', '.join(departments)}."


def _refused(what: str, problems: Sequence[Diagnostic]) -> str:
    return "\n".join([what, *map(str, problems)])


def _day(typed: str) -> date:
    """Return a day that was typed. Raises StepError."""
    try:
        if day := parse_day(typed):
            return day
    except ValueError:  # no calendar has it
        pass
    raise StepError(f"»{printable(typed)}« er ikke en dato – skriv den som år-måned-dag: --date 2026-02-24")


def _by(typed: str) -> str:
    """Return who adopted something, as it was typed. Raises StepError."""
    incoming = read_typed(typed)
    by = " ".join(incoming.text.split())
    if incoming.diagnostics or not 0 < len(by) <= MAX_BY_CHARACTERS or not any(map(str.isalpha, by)):
        raise StepError(f"»{printable(by)}« kan ikke stå som den, der vedtog det – skriv for eksempel --by byrådet, højst {MAX_BY_CHARACTERS} tegn")
    return by


def _url(typed: str) -> str:
    """Return the URL of a decision, as it was typed; it may be empty. Raises StepError."""
    try:
        is_url = not typed or (urlsplit(typed).scheme == "https" and bool(re.fullmatch(r"https://[A-Za-z0-9][^\s\"'<>\\`{}|^]*", typed)))
    except ValueError:  # for example `https://[`
        is_url = False
    if not is_url or read_typed(typed).diagnostics:
        raise StepError(f"»{printable(typed)}« er ikke en adresse, der begynder med https:// – kopiér den fra browseren: --decision https://…")
    return typed
