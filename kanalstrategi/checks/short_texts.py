"""Checks what a page says in short: one to three plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.checks.readability import lix, sentences_of
from kanalstrategi.content.conventions import MAX_SHORT_CHARACTERS, MAX_SHORT_SENTENCES, SHORT_LIX_LIMIT
from kanalstrategi.content.model import Page
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage

_MARKUP = re.compile(r"[{}<>\[\]*_`|\\#]|&#?\w+;|https?://")
"""What would be a macro, markup or a link in the text of a page. Here it would be shown as it is typed."""


def check_short(page: Page, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that is wrong with the short text of a page."""
    if not page.short:
        return
    for message, hint in _mistakes(page.short):
        yield Diagnostic(f"docs/{page.path}", parsed.front.lines.get("short", 1), message, hint)


def _mistakes(text: str) -> Iterator[tuple[str, str]]:
    if markup := _MARKUP.search(text):
        yield f"short kan kun være ren tekst, men indeholder {markup[0]}", "skriv sætningerne uden makroer, fed skrift og links"
    if not text.endswith((".", "!", "?")):
        yield "short slutter midt i en sætning", "skriv hele sætninger, og slut med punktum"
    if (count := len(sentences_of(text))) > MAX_SHORT_SENTENCES:
        yield f"short er på {count} sætninger", f"skriv højst {MAX_SHORT_SENTENCES}"
    if len(text) > MAX_SHORT_CHARACTERS:
        yield f"short er på {len(text)} tegn", f"skriv højst {MAX_SHORT_CHARACTERS}, så man kan læse det på et øjeblik"
    if (score := lix([text])) >= SHORT_LIX_LIMIT:
        yield f"short er svær at læse (lixtal {round(score)})", f"brug kortere sætninger og ord, så lixtallet kommer under {SHORT_LIX_LIMIT}"
