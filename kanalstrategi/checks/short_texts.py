"""Checks what a page says in short: one to three plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.checks.readability import lix, sentences_of
from kanalstrategi.content.conventions import MAX_SHORT_CHARACTERS, MAX_SHORT_SENTENCES, SHORT_LIX_LIMIT
from kanalstrategi.content.model import Page
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage

MARKUP = re.compile(r"[{}<>\[\]*_`|\\#]|&#?\w+;|https?://")
"""What would be a macro, markup or a link in the text of a page. Here it would be shown as it is typed."""

WORDINGS = {
    "markup": Wording("short kan kun være ren tekst, men indeholder $found", "skriv sætningerne uden makroer, fed skrift og links"),
    "no_end": Wording("short slutter midt i en sætning", "skriv hele sætninger, og slut med punktum"),
    "too_long": Wording("short er på $number tegn", f"skriv højst {MAX_SHORT_CHARACTERS}, så man kan læse det på et øjeblik"),
}
"""What can be wrong with a short text without looking at its language."""


def check_short(page: Page, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that is wrong with the short text of a page."""
    if not page.short:
        return
    for message, hint in _mistakes(page.short):
        yield Diagnostic(f"docs/{page.path}", parsed.front.lines.get("short", 1), message, hint)


def _mistakes(text: str) -> Iterator[tuple[str, str]]:
    if markup := MARKUP.search(text):
        yield WORDINGS["markup"].filled(found=markup[0])
    if not text.endswith((".", "!", "?")):
        yield WORDINGS["no_end"].filled()
    if (count := len(sentences_of(text))) > MAX_SHORT_SENTENCES:
        yield f"short er på {count} sætninger", f"skriv højst {MAX_SHORT_SENTENCES}"
    if len(text) > MAX_SHORT_CHARACTERS:
        yield WORDINGS["too_long"].filled(number=len(text))
    if (score := lix([text])) >= SHORT_LIX_LIMIT:
        yield f"short er svær at læse (lixtal {round(score)})", f"brug kortere sætninger og ord, så lixtallet kommer under {SHORT_LIX_LIMIT}"
