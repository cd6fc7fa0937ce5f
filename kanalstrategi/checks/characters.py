"""Check that the font of the PDFs has every character of a printed page."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.design.fonts import unsupported_characters
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage


def check_characters(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    facts = ((parsed.front.lines[key], str(value)) for key, value in parsed.front.values.items())
    signs = [(line, sign) for line, fact in facts for _, sign in unsupported_characters(fact)]
    for line, sign in [*signs, *unsupported_characters(parsed.body)]:
        message = f"tegnet {sign} (U+{ord(sign):04X}) kan ikke vises i PDF’en"
        yield Diagnostic(f"docs/{path}", line, message, "skriv det med ord, eller slet det")
