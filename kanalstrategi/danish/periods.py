"""Reads and writes the periods that figures are given for: years, half-years, quarters and months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from babel.dates import get_month_names

YEARS = range(1900, 3000)
"""The years that a period may be in; any other is a typo."""
MONTHS_IN_KIND = {"år": 12, "halvår": 6, "kvartal": 3, "måned": 1}
"""How many months there are in each kind of period."""

MONTH_NAMES = {name.lower(): number for number, name in get_month_names(locale="da").items()}
"""The number of each month, keyed by its name, in the order of the year."""
_YEAR = re.compile(r"(?P<year>[0-9]{4})")
_PART = re.compile(
    r"(?P<number>[1-4])\. ?(?P<kind>halvår|kvartal)(?: i)? (?P<year>[0-9]{4})"
    r"|(?P<year2>[0-9]{4}) (?P<number2>[1-4])\. ?(?P<kind2>halvår|kvartal)"
)
_SHORT_PART = re.compile(r"(?P<year>[0-9]{4})[- ]?(?P<kind>[KkQqHh])(?P<number>[1-4])")
SHORT_KINDS = {"k": "kvartal", "q": "kvartal", "h": "halvår"}
"""What the letter in a short form means: `2023-K2`."""
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
_NAMED_MONTH = re.compile(r"(?P<name>[a-z]{3,9}) (?P<year>[0-9]{4})|(?P<year2>[0-9]{4}) (?P<name2>[a-z]{3,9})")
MAX_CHARACTERS = 30
"""No period is written with more."""
PATTERNS = {"year": _YEAR, "part": _PART, "short_part": _SHORT_PART, "month": _MONTH, "named_month": _NAMED_MONTH}
"""The patterns of the forms of a period, keyed by form."""


def parse_period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a period such as `2023`, `1. halvår 2023`, `2023-K2` or `maj 2023`, or None for anything else."""
    text = " ".join(text.lower().split())
    if len(text) > MAX_CHARACTERS:
        return None
    if found := _YEAR.fullmatch(text):
        return _days(int(found["year"]), "år", 1)
    if found := _PART.fullmatch(text):
        return _days(int(found["year"] or found["year2"]), found["kind"] or found["kind2"], int(found["number"] or found["number2"]))
    if found := _SHORT_PART.fullmatch(text):
        return _days(int(found["year"]), SHORT_KINDS[found["kind"]], int(found["number"]))
    if found := _MONTH.fullmatch(text):
        return _days(int(found["year"]), "måned", int(found["month"]))
    if (found := _NAMED_MONTH.fullmatch(text)) and (month := MONTH_NAMES.get(found["name"] or found["name2"])):
        return _days(int(found["year"] or found["year2"]), "måned", month)
    return None


def period_label(first: date, last: date) -> str:
    """Return a period as readers see it: `2023`, `1. halvår 2023`, `2. kvartal 2023`, `maj 2023`."""
    months = months_between(first, last)
    if months == 12:
        return str(first.year)
    if months == 1:
        return f"{get_month_names(locale='da')[first.month]} {first.year}"
    kind = next(kind for kind, length in MONTHS_IN_KIND.items() if length == months)
    return f"{(first.month - 1) // months + 1}. {kind} {first.year}"


def months_between(first: date, last: date) -> int:
    """Return how many calendar months a period has."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def next_period(first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the period of the same length that follows."""
    months = months_between(first, last)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return _from_month(year, month + 1, months)


def _days(year: int, kind: str, number: int) -> tuple[date, date] | None:
    months = MONTHS_IN_KIND[kind]
    first_month = (number - 1) * months + 1
    return _from_month(year, first_month, months) if year in YEARS and first_month <= 12 else None


def _from_month(year: int, month: int, months: int) -> tuple[date, date]:
    last = month + months - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])
