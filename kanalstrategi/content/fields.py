"""Take typed facts out of a page's front matter, and complain where they are missing or wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

YEARS = range(1900, 3000)
"""What a date may be in; beyond it, someone has mistyped."""


class FieldReader:
    """Takes facts out of one page's front matter, and complains where they are missing or wrong."""

    def __init__(self, path: str, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> None:
        self._path = path
        self._front = parsed.front
        self._problems = diagnostics

    def complain(self, key: Any, message: str, hint: str) -> None:
        if self._front.errors or not self._front.is_there:
            return  # that has been complained of; the rest would be guesses
        line = self._front.lines.get(str(key), 1)
        self._problems.append(Diagnostic(f"docs/{self._path}", line, message, hint))

    def text(self, key: str, required: bool = True) -> str | None:
        value = self._front.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in self._front.values:
            self.complain(key, f"feltet {key} er tomt eller ikke tekst", f"skriv tekst efter `{key}:`")
        elif required:
            self._complain_of_missing(key)
        return None

    def texts(self, key: str) -> list[str]:
        value = self._front.values.get(key)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        self.complain(key, f"feltet {key} er ikke en liste", f"skriv hvert punkt på sin egen linje under `{key}:`, som `  - navn`")
        return []

    def choice(self, key: str, choices: list[str]) -> str | None:
        value = self.text(key)
        if value is not None and value not in choices:
            self.complain(key, f"{key} kan ikke være {value}", suggestion(value, choices))
            return None
        return value

    def date(self, key: str, required: bool = True) -> date | None:
        value = self._front.values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime) and value.year in YEARS:
            return value
        if key in self._front.values:
            self.complain(key, f"{key} er ikke en dato", f"skriv den som år-måned-dag: `{key}: 2026-03-31`")
        elif required:
            self._complain_of_missing(key)
        return None

    def _complain_of_missing(self, key: str) -> None:
        self.complain(key, f"feltet {key} mangler", f"skriv `{key}: …` mellem de to linjer med --- øverst")
