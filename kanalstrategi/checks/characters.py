"""Checks that the font of the PDFs has every character of a printed page."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.design.fonts import unsupported_characters
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import forbidden_character
from kanalstrategi.markdown.nodes import ParsedPage


def check_characters(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each character that the font lacks, front matter included. `path` is relative to `docs/`."""
    values = ((parsed.front.lines[key], value if isinstance(value, str) else " ".join(value or ())) for key, value in parsed.front.values.items())
    in_front = [(line, character) for line, value in values for _, character in unsupported_characters(value)]
    for line, character in [*in_front, *unsupported_characters(parsed.body)]:
        if forbidden_character(character):
            continue  # reported when the page is read
        message = f"tegnet {character} (U+{ord(character):04X}) kan ikke vises i PDF’en"
        yield Diagnostic(f"docs/{path}", line, message, "skriv det med ord, eller slet det")
