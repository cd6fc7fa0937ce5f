"""Reads which language a page is in and which page it is a translation of, and finds the versions of a page in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.languages import LANGUAGES, SITE_LANGUAGE
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

if TYPE_CHECKING:
    from kanalstrategi.content.model import Content, Page

SEE_MENU = "stierne står i menuen i mkdocs.yml"
"""The hint where no page has a similar path."""
_ADVICE = "brug sprogets kode på to bogstaver, som en, de, uk eller ar"
WORDINGS = {
    "unknown_language": Wording("sproget $value kendes ikke, så programmet ved ikke, hvilken vej det skrives", f"{_ADVICE}; $suggestion"),
    "no_language": Wording("siden er en oversættelse, men siger ikke, hvilket sprog den er på", f"skriv `language: …`; {_ADVICE}"),
    "unknown_page": Wording("translation_of nævner $value, som ikke findes", "skriv stien til den danske side, regnet fra docs/; $suggestion"),
    "of_translation": Wording("translation_of nævner $value, som selv er en oversættelse", "skriv stien til den side, som den er oversat fra: $original"),
    "same_language": Wording("siden er på samme sprog som $value, den er oversat fra", "ret language, eller slet translation_of"),
    "second_version": Wording("$other er allerede oversættelsen af $value til det sprog", "slet den ene, eller ret language eller translation_of på den"),
}
"""What can be wrong with the language of a page and with the page that it is a translation of."""


def read_language(front: FieldReader) -> str:
    """Return the tag of a page's language."""
    value = front.text("language", required=False)
    if value and value not in LANGUAGES:
        front.report("language", *WORDINGS["unknown_language"].filled(value=value, suggestion=suggestion(value, list(LANGUAGES))))
        return SITE_LANGUAGE
    return value or SITE_LANGUAGE


def read_original(front: FieldReader) -> str:
    """Return the path of the page that a page is a translation of, or an empty string; whether it exists is checked when all pages are read."""
    value = front.text("translation_of", required=False) or ""
    if value and not front.has("language"):
        front.report("translation_of", *WORDINGS["no_language"].filled())
    return value


def original_of(page: Page, content: Content) -> Page | None:
    """Return the page that a page is a translation of, or None if it is none, or the page does not exist."""
    original = content.pages.get(page.translation_of) if page.translation_of else None
    return original if original and not original.translation_of and original.language != page.language else None


def versions_of(page: Page, content: Content) -> tuple[Page, ...]:
    """Return a page in all its languages, the original first; empty if it is in one language only."""
    if page.path not in content.pages:
        return ()
    original = original_of(page, content) or page
    return (original, *found) if (found := content.translations.get(original.path)) else ()


def is_behind(translation: Page, original: Page) -> bool:
    """Whether a translation is older than its original: that has been reviewed or changed since the translation was reviewed."""
    return max((original.reviewed, *(change.day for change in original.changed))) > translation.reviewed


def find_translations(content: Content) -> dict[str, tuple[Page, ...]]:
    """Return the translations of each page that has any, in the order of the menu, keyed by the original's path."""
    found: dict[str, dict[str, Page]] = {}
    for page in content.pages.values():
        if original := original_of(page, content):
            found.setdefault(original.path, {}).setdefault(page.language, page)
    return {path: tuple(pages.values()) for path, pages in found.items()}


def check_translations(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each translation of a page that does not exist, or that has one in that language already."""
    first: dict[tuple[str, str], str] = {}
    for path, page in content.pages.items():
        if not (value := page.translation_of):
            continue
        original = content.pages.get(value)
        said = parsed_pages[path].front.values.get("language")
        is_known = isinstance(said, str) and said.strip() == page.language  # else another message says what is wrong with it
        place = f"docs/{path}", parsed_pages[path].front.lines.get("translation_of", 1)
        if original is None:
            near = suggestion(value, [other for other in content.pages if other != path], SEE_MENU)
            yield Diagnostic(*place, *WORDINGS["unknown_page"].filled(value=value, suggestion=near))
        elif original.translation_of:
            yield Diagnostic(*place, *WORDINGS["of_translation"].filled(value=value, original=original.translation_of))
        elif is_known and original.language == page.language:
            yield Diagnostic(*place, *WORDINGS["same_language"].filled(value=value))
        elif is_known and (other := first.get((value, page.language))):
            yield Diagnostic(*place, *WORDINGS["second_version"].filled(value=value, other=f"docs/{other}"))
        if is_known:
            first.setdefault((value, page.language), path)
