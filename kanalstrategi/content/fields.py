"""Reads typed values from a page's front matter."""

from __future__ import annotations

import re
from datetime import date

from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

YEARS = range(1900, 3000)
"""The years that a date may be in; any other is a typo."""
DATE_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

WORDINGS = {
    "missing": Wording("feltet $key mangler", "skriv `$key: …` mellem de to linjer med --- øverst"),
    "empty": Wording("feltet $key er tomt eller ikke tekst", "skriv tekst efter `$key:`"),
    "not_text": Wording("feltet $key er tomt eller ikke tekst", 'sæt teksten i anførselstegn: `$key: "…"`'),
    "not_list": Wording("feltet $key er ikke en liste", "skriv hvert punkt på sin egen linje under `$key:`, som `  - navn`"),
    "not_choice": Wording("$key kan ikke være $value", "$suggestion"),
    "no_such_day": Wording("datoen $value i $key findes ikke", "skriv en dag, der findes i kalenderen"),
    "not_date": Wording("$key er ikke en dato", "skriv den som år-måned-dag: `$key: 2026-03-31`"),
}
"""What can be wrong with the value of a field."""


def parse_day(text: str) -> date | None:
    """Return a date in the form of front matter, or None if the text is anything else. Raises ValueError if no calendar has the day."""
    day = date.fromisoformat(text) if DATE_PATTERN.fullmatch(text) else None
    return day if day and day.year in YEARS else None


class FieldReader:
    """Reads values from one page's front matter, and reports those that are missing or wrong."""

    def __init__(self, path: str, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> None:
        self._path = path
        self._front = parsed.front
        self._diagnostics = diagnostics
        self._reported_lines = {diagnostic.line for diagnostic in parsed.front.diagnostics}

    def report(self, key: str, message: str, hint: str, line: int = 0) -> None:
        """Add a diagnostic at the line of a key, or at another line in its value."""
        line = line or self._front.lines.get(key, 1)
        if self._front.errors or not self._front.is_there or line in self._reported_lines:
            return  # already reported; anything more would be a guess
        self._diagnostics.append(Diagnostic(f"docs/{self._path}", line, message, hint))

    def report_value(self, key: str, kind: str, **words: str) -> None:
        """Add one of the diagnostics in WORDINGS."""
        self.report(key, *WORDINGS[kind].filled(key=key, **words))

    def has(self, key: str) -> bool:
        """Whether the page has a field, whatever is in it."""
        return key in self._front.values

    def text(self, key: str, required: bool = True) -> str | None:
        """Return a text without surrounding whitespace, or None if it is missing, empty or not a text."""
        value = self._front.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in self._front.values:
            self.report_value(key, "empty" if value == "" else "not_text")
        elif required:
            self.report_value(key, "missing")
        return None

    def texts(self, key: str) -> list[str]:
        """Return a list of texts, which is empty if the value is missing or wrong."""
        value = self._front.values.get(key, "")
        if isinstance(value, list):
            return value
        if value != "":
            self.report_value(key, "not_list")
        return []

    def texts_with_lines(self, key: str) -> list[tuple[str, int]]:
        """Return a list of texts, each with its line. A single text is a list of one; the list is empty if the value is missing or wrong."""
        if isinstance(value := self._front.values.get(key), str):
            return [(value, self._front.lines[key])] if value else []
        return list(zip(self.texts(key), self._front.item_lines.get(key, ()), strict=True))

    def choice(self, key: str, choices: list[str], required: bool = True) -> str | None:
        """Return a text that is one of the choices, or None if it is missing or wrong."""
        value = self.text(key, required)
        if value is not None and value not in choices:
            self.report_value(key, "not_choice", value=value, suggestion=suggestion(value, choices))
            return None
        return value

    def date(self, key: str, required: bool = True) -> date | None:
        """Return a date without a time of day, or None if it is missing or wrong."""
        value = self._front.values.get(key)
        try:
            day = parse_day(value) if isinstance(value, str) else None
        except ValueError:
            self.report_value(key, "no_such_day", value=str(value))
            return None
        if day:
            return day
        if key in self._front.values:
            self.report_value(key, "not_date")
        elif required:
            self.report_value(key, "missing")
        return None
