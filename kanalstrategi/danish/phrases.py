"""Writes dates and counts in Danish."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date


@lru_cache(4096)
def long_date(day: date) -> str:
    """Return a date in words: `28. februar 2023`."""
    return format_date(day, format="long", locale="da")


def count_phrase(number: int, one: str, many: str) -> str:
    """Return a number with its noun: `1 åben beslutning`, `4 åbne beslutninger`, `ingen åbne beslutninger`."""
    return f"{number or 'ingen'} {one if number == 1 else many}"


def open_decisions_phrase(number: int) -> str:
    """Return a number of open decisions as a phrase: `4 åbne beslutninger`."""
    return count_phrase(number, "åben beslutning", "åbne beslutninger")


def capitalized(words: str) -> str:
    """Return a phrase with a capital letter first, as at the beginning of a sentence."""
    return words[:1].upper() + words[1:]
