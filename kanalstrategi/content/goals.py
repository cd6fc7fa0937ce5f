"""Reads the strategy's goals: a page each, and the CSV file with its measurements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kanalstrategi.content.conventions import GOAL_FOLDER
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.goal_model import Direction, Goal, Period
from kanalstrategi.content.measurements import MAX_BYTES, Measurements, read_measurements
from kanalstrategi.content.model import Content, Page, Passage
from kanalstrategi.content.numbers import NumberError, parse_number
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.danish.periods import parse_period
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import nearest, suggestion

MAX_UNIT_CHARACTERS = 40
HOW_TO_NAME = "skriv id’et på målets sætning i docs/$folder, som står i {: #… } under den"
"""What to do if no known sentence is like the one that is named."""

WORDINGS = {
    "unknown_sentence": Wording("målet $value findes ikke i strategien", "$suggestion"),
    "long_unit": Wording("det, der tælles, er for langt", f"skriv højst {MAX_UNIT_CHARACTERS} tegn, som `unit: opkald`"),
    "bad_target": Wording("$message", "$hint"),
    "bad_period": Wording("perioden $value i target_by kendes ikke", "skriv den som 2025, 1. halvår 2025, 2. kvartal 2025 eller maj 2025"),
    "no_target_by": Wording("der står ikke, hvornår målet skal være nået", "skriv `target_by:` med en periode, som 2027, eller slet `target:`"),
    "no_target": Wording("der står ikke, hvilket tal der skal være nået", "skriv `target:` med et tal, eller slet `target_by:`"),
    "no_page": Wording("tallene hører ikke til en side i docs/$folder", "$suggestion"),
}
"""What can be wrong with the fields of a goal's page, and with where its measurements are."""


def how_to_name_sentence(settings: Settings) -> str:
    """Return what to do about a sentence that is like no known one."""
    return HOW_TO_NAME.replace("$folder", settings.folders.strategy)


def read_goals(content: Content, parsed_pages: Mapping[str, ParsedPage], docs: Path, files: Collection[str], diagnostics: list[Diagnostic]) -> tuple[Goal, ...]:
    """Return the goals, in the order of their pages. Missing and wrong values are reported and left out."""
    latest = max(content.today, today_in_denmark())  # an old SOURCE_DATE_EPOCH is not the file's mistake
    goals = []
    for page in content.pages.values():
        if page.section == GOAL_FOLDER and not page.is_index:
            goal = read_goal(page, parsed_pages[page.path], content.passages, diagnostics, content.settings)
            file = f"{page.id}.csv"
            goals.append(replace(goal, measurements=_read_file(docs, file, latest, diagnostics).rows, file=file) if file in files else goal)
    diagnostics += _files_without_page({goal.id for goal in goals}, files)
    return tuple(goals)


def read_goal(page: Page, parsed: ParsedPage, passages: Mapping[str, Passage], diagnostics: list[Diagnostic], settings: Settings) -> Goal:
    """Return the goal of a page without its measurements. Missing and wrong values are reported and left out."""
    front = FieldReader(page.path, parsed, diagnostics)
    sentence = front.text("goal")
    passage = passages.get(sentence or "")
    if sentence and not passage:
        near = suggestion(sentence, passages, how_to_name_sentence(settings))
        front.report("goal", *WORDINGS["unknown_sentence"].said(settings.words.say).filled(value=sentence, suggestion=near))
    direction = front.choice("direction", [direction.value for direction in Direction])
    unit = front.text("unit", required=False) or ""
    if len(unit) > MAX_UNIT_CHARACTERS:
        front.report("unit", *WORDINGS["long_unit"].filled())
    target, target_by = _read_target(front)
    id = page.id.rpartition("/")[2]
    return Goal(id, page, passage, Direction(direction) if direction else Direction.DOWN, unit, target, target_by)


def _read_target(front: FieldReader) -> tuple[Decimal | None, Period | None]:
    """Return the value to reach and when, or nothing if not both are there."""
    number, until = front.text("target", required=False), front.text("target_by", required=False)
    target, days = None, parse_period(until or "")
    if number:
        try:
            target = parse_number(number)
        except NumberError as error:
            front.report("target", *WORDINGS["bad_target"].filled(message=error.message, hint=error.hint))
        if not until:
            front.report("target", *WORDINGS["no_target_by"].filled())
    if until and not days:
        front.report("target_by", *WORDINGS["bad_period"].filled(value=f"»{until[:40]}«"))
    elif until and not number:
        front.report("target_by", *WORDINGS["no_target"].filled())
    return (target, Period(*days)) if target is not None and days else (None, None)


def _read_file(docs: Path, file: str, latest: date, diagnostics: list[Diagnostic]) -> Measurements:
    """Return what a CSV file says, in which no period may end after the day `latest`."""
    with (docs / file).open("rb") as stream:
        measured = read_measurements(stream.read(MAX_BYTES + 1), latest)
    diagnostics += [diagnostic.in_file(f"docs/{file}") for diagnostic in measured.diagnostics]
    return measured


def _files_without_page(goals: Collection[str], files: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each CSV file in the folder of the goals that no goal has the name of."""
    for file in files:
        folder, _, name = file.rpartition("/")
        id = name.removesuffix(".csv")
        if folder == GOAL_FOLDER and name.endswith(".csv") and id not in goals:
            near = nearest(id, goals)
            hint = f"mente du {near}.csv?" if near else f"giv filen samme navn som målets side: {', '.join(sorted(goals)) or 'der er ingen'}"
            yield Diagnostic(f"docs/{file}", 1, *WORDINGS["no_page"].filled(folder=GOAL_FOLDER, suggestion=hint))
