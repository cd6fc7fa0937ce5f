"""Reads when a page was adopted, and what has changed on it since."""

from __future__ import annotations

import re
from datetime import date

from kanalstrategi.content import fields
from kanalstrategi.content.edition_model import Adoption, PageChange
from kanalstrategi.content.fields import FieldReader, parse_day
from kanalstrategi.diagnostics import Wording

CHANGE_PATTERN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}):[ \t]*(.*)", re.DOTALL)
"""A change as it is written: the day, a colon and a sentence."""

WORDINGS = {
    "not_change": Wording("ændringen »$value« begynder ikke med en dato og et kolon", 'skriv dag, kolon og sætning: `"2026-03-01: Telefontiden er rettet."`'),
    "no_sentence": Wording("ændringen $day har ingen sætning", "skriv efter kolonet, hvad der er ændret"),
    "changed_later": Wording("ændringen $day er sket på en dato, der ikke er kommet", "ret datoen"),
    "same_day": Wording("der står to ændringer fra $day", "skriv dem som én"),
    "draft_changed": Wording("siden har $key, men er et udkast", "slet linjen, eller skriv `status: adopted`, når siden er vedtaget"),
    "adopted_later": Wording("siden er vedtaget på en dato, der ikke er kommet", "ret datoen i adopted"),
}
"""What can be wrong with these fields, besides their values."""


def read_adoption(front: FieldReader, latest: date, *, is_draft: bool) -> Adoption | None:
    """Return when and by whom a guideline was adopted. `latest` is the last day that has come."""
    by = front.text("adopted_by", required=False)
    day = front.date("adopted", required=by is not None)
    if day is None:
        return None
    if day > latest:
        front.report("adopted", *WORDINGS["adopted_later"].filled())
    if is_draft:
        front.report("adopted", *WORDINGS["draft_changed"].filled(key="adopted"))
    return Adoption(day, by or "")


def read_changes(front: FieldReader, latest: date, *, is_draft: bool) -> tuple[PageChange, ...]:
    """Return what has changed on a page, as its editors have told. `latest` is the last day that has come."""
    found: dict[date, PageChange] = {}

    def report(wordings: dict[str, Wording], kind: str, **words: str) -> None:
        front.report("changed", *wordings[kind].filled(**words), line)

    for text, line in front.texts_with_lines("changed"):
        match = CHANGE_PATTERN.fullmatch(text)
        written = match[1] if match else ""
        try:
            day = parse_day(written)
        except ValueError:
            report(fields.WORDINGS, "no_such_day", key="changed", value=written)
            continue
        sentence = " ".join(match[2].split()) if match else ""
        if day is None:
            report(WORDINGS, "not_change", value=text)
        elif not any(character.isalnum() for character in sentence):
            report(WORDINGS, "no_sentence", day=written)
        elif day > latest:
            report(WORDINGS, "changed_later", day=written)
        elif day in found:
            report(WORDINGS, "same_day", day=written)
        else:
            found[day] = PageChange(day, sentence, line)
    if is_draft and found:
        front.report("changed", *WORDINGS["draft_changed"].filled(key="changed"))
    return tuple(found.values())
