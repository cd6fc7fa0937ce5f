"""Reads the numbers of a page's subjects in KLE, the municipalities' common classification. Only their form is known here: the list is licensed."""

from __future__ import annotations

import re

from kanalstrategi.content.fields import FieldReader
from kanalstrategi.diagnostics import Wording

KLE_PATTERN = re.compile(r"[0-9]{2}(?:\.[0-9]{2}){0,2}(?: [A-ZÆØÅ][0-9]{2})?")
"""The number of a main group, a group or a subject, and perhaps the facet that says what is done: `27`, `27.35`, `27.35.00`, `27.35.00 G01`."""

WORDINGS = {
    "not_number": Wording("»$value« har ikke form som et KLE-nummer", "skriv det som 27, 27.35 eller 27.35.00, eventuelt med en facet: 27.35.00 G01"),
    "twice": Wording("KLE-nummeret $value står to gange", "slet det ene"),
}
"""What can be wrong with the numbers."""


def read_kle(front: FieldReader) -> tuple[str, ...]:
    """Return the KLE numbers of a page, without those that are reported."""
    found: dict[str, None] = {}
    for value, line in front.texts_with_lines("kle"):
        kind = "twice" if value in found else "" if KLE_PATTERN.fullmatch(value) else "not_number"
        if kind:
            front.report("kle", *WORDINGS[kind].filled(value=value), line)
        else:
            found[value] = None
    return tuple(found)
