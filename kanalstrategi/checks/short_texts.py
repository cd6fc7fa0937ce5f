"""Checks what a page says in short: one to three plain sentences, which somebody looks at again when the text below them changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.checks.readability import lix, sentences_of
from kanalstrategi.content.compared_editions import predecessor
from kanalstrategi.content.conventions import MAX_SHORT_CHARACTERS, MAX_SHORT_SENTENCES
from kanalstrategi.content.edition_paths import edition_pages, path_in_force
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.project import Project
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


def check_short(page: Page, parsed: ParsedPage, max_lix: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that is wrong with the short text of a page, whose LIX must be below a limit."""
    if not page.short:
        return
    for message, hint in _mistakes(page.short, max_lix, is_danish=page.language == SITE_LANGUAGE):
        yield Diagnostic(f"docs/{page.path}", parsed.front.lines.get("short", 1), message, hint)


def warn_of_unchanged_shorts(project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each short text that is as it was in the edition before, although the page's text is not.

    Once the edition is in force, a review after the adoption means that somebody has looked.
    """
    site = project.content
    for content in (site, *site.editions):
        if is_open(content) and (before := predecessor(content, site)):
            for page in _pages_with_unchanged_short(content, before):
                line = project.parsed_pages[page.path].front.lines.get("short", 1)
                hint = "se, om den stadig passer" + (", og ret `reviewed`" if content is site else "")
                yield Diagnostic(f"docs/{page.path}", line, "»Kort fortalt« er, som den var, men teksten er ændret", hint)


def _pages_with_unchanged_short(content: Content, before: Content) -> Iterator[Page]:
    changes = content.comparison.changes if content.comparison else ()
    changed = {block.page for change in changes for block in (change.old, change.new) if block}
    adopted = content.edition.adopted if content.edition else None
    for page in edition_pages(content):
        path = path_in_force(page.path, content.folders)
        former = before.pages.get(f"{before.folder}{path}")
        if page.short and former and page.short == former.short and path in changed and not (adopted and page.reviewed > adopted):
            yield page


def _mistakes(text: str, max_lix: int, *, is_danish: bool) -> Iterator[tuple[str, str]]:
    if markup := MARKUP.search(text):
        yield WORDINGS["markup"].filled(found=markup[0])
    if not text.endswith((".", "!", "?", "؟", "۔", "।", "።")):
        yield WORDINGS["no_end"].filled()
    if (count := len(sentences_of(text))) > MAX_SHORT_SENTENCES:
        yield f"short er på {count} sætninger", f"skriv højst {MAX_SHORT_SENTENCES}"
    if len(text) > MAX_SHORT_CHARACTERS:
        yield WORDINGS["too_long"].filled(number=len(text))
    if is_danish and (score := lix([text])) >= max_lix:
        yield f"short er svær at læse (lixtal {round(score)})", f"brug kortere sætninger og ord, så lixtallet kommer under {max_lix}"
