"""Reads typed values from a page's front matter."""

from __future__ import annotations

import re
from datetime import date

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

YEARS = range(1900, 3000)
"""The years that a date may be in; any other is a typo."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class FieldReader:
    """Reads values from one page's front matter, and reports those that are missing or wrong."""

    def __init__(self, path: str, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> None:
        self._path = path
        self._front = parsed.front
        self._diagnostics = diagnostics
        self._reported_lines = {diagnostic.line for diagnostic in parsed.front.diagnostics}

    def report(self, key: str, message: str, hint: str) -> None:
        """Add a diagnostic at the line of a key."""
        line = self._front.lines.get(key, 1)
        if self._front.errors or not self._front.is_there or line in self._reported_lines:
            return  # already reported; anything more would be a guess
        self._diagnostics.append(Diagnostic(f"docs/{self._path}", line, message, hint))

    def text(self, key: str, required: bool = True) -> str | None:
        """Return a text without surrounding whitespace, or None if it is missing, empty or not a text."""
        value = self._front.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in self._front.values:
            hint = f"skriv tekst efter `{key}:`" if value == "" else f'sæt teksten i anførselstegn: `{key}: "…"`'
            self.report(key, f"feltet {key} er tomt eller ikke tekst", hint)
        elif required:
            self._report_missing(key)
        return None

    def texts(self, key: str) -> list[str]:
        """Return a list of texts, which is empty if the value is missing or wrong."""
        value = self._front.values.get(key, "")
        if isinstance(value, list):
            return value
        if value != "":
            self.report(key, f"feltet {key} er ikke en liste", f"skriv hvert punkt på sin egen linje under `{key}:`, som `  - navn`")
        return []

    def choice(self, key: str, choices: list[str]) -> str | None:
        """Return a text that is one of the choices, or None if it is missing or wrong."""
        value = self.text(key)
        if value is not None and value not in choices:
            self.report(key, f"{key} kan ikke være {value}", suggestion(value, choices))
            return None
        return value

    def date(self, key: str, required: bool = True) -> date | None:
        """Return a date without a time of day, or None if it is missing or wrong."""
        value = self._front.values.get(key)
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                found = date.fromisoformat(value)
            except ValueError:
                self.report(key, f"datoen {value} i {key} findes ikke", "skriv en dag, der findes i kalenderen")
                return None
            if found.year in YEARS:
                return found
        if key in self._front.values:
            self.report(key, f"{key} er ikke en dato", f"skriv den som år-måned-dag: `{key}: 2026-03-31`")
        elif required:
            self._report_missing(key)
        return None

    def _report_missing(self, key: str) -> None:
        self.report(key, f"feltet {key} mangler", f"skriv `{key}: …` mellem de to linjer med --- øverst")
