"""Sanitizes rendered pages: nh3 (Ammonia) removes everything that is not allowed, even if the checks missed it.

nh3's allow-list also includes the HTML that only Markdown and the macros may write. Everything that the macros did not write is then
compared with the stricter allow-list for editors, so that nothing slips through where two HTML parsers differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import nh3

from kanalstrategi.sanitizing.policy import (
    ATTRIBUTES,
    EDITOR_ATTRIBUTES,
    ELEMENTS,
    GENERATED_ELEMENTS,
    MARKDOWN_ELEMENTS,
    NUMBER_PATTERNS,
    ROLES,
    URL_SCHEMES,
    is_editor_class,
    leaves_site,
)
from kanalstrategi.sanitizing.tags import fragments


class Sanitizer:
    """Sanitizes pages. `macro_classes` are the CSS classes that macros may write."""

    def __init__(self, macro_classes: frozenset[str]) -> None:
        self._macro_classes = macro_classes
        self._cleaner = nh3.Cleaner(
            tags={*ELEMENTS, *GENERATED_ELEMENTS},
            clean_content_tags={"script", "style"},
            attributes={
                "*": {*(ATTRIBUTES - {"markdown"}), "aria-hidden", "data-search-exclude", "role"},
                **{tag: {*ELEMENTS.get(tag, ()), *GENERATED_ELEMENTS.get(tag, ())} for tag in {*ELEMENTS, *GENERATED_ELEMENTS}},
            },
            attribute_filter=self._allowed_value,
            filter_style_properties={"text-align"},
            url_schemes=set(URL_SCHEMES),
            link_rel=None,
            strip_comments=True,
        )
        self._sanitized_part = lru_cache(4096)(self._sanitize_part)  # many pages contain the same macro output

    def sanitize(self, html: str, macro_output: Iterable[str] = ()) -> tuple[str, list[str]]:
        """Return a page's HTML without anything forbidden, and a sorted list of what was: `<script>`, `onclick="…"`, `class="status"`.

        `macro_output` is the HTML that the page's macros wrote. Only they may write a form, for example, or the mark of a draft.
        """
        published = str(self._cleaner.clean(html))
        remaining = fragments(published)
        removed = fragments(html) - remaining
        normalized = _normalize(published)
        for part, times in Counter(part for text in macro_output for part in _parts(text)).items():
            sanitized, part_fragments = self._sanitized_part(part)
            # Only as often as it occurs in the page: dropped or escaped macro output must not excuse elements elsewhere on the page.
            for _ in range(min(times, normalized.count(sanitized))):
                remaining -= part_fragments
        return published, sorted({*removed, *(fragment for fragment in remaining if not _is_editor_fragment(fragment))})

    def _sanitize_part(self, part: str) -> tuple[str, Counter[str]]:
        """Return a part of a macro's output as it appears in a sanitized page, and its fragments."""
        return _normalize(str(self._cleaner.clean(part))), fragments(part)

    def _allowed_value(self, tag: str, attribute: str, value: str) -> str | None:
        """Return the value that an attribute is published with, or None if the attribute is forbidden."""
        if attribute == "class":
            return " ".join(name for name in value.split() if name in self._macro_classes or is_editor_class(name)) or None
        if attribute == "id":
            return None if value.startswith("__") else value
        if attribute == "role":
            return value if value in ROLES else None
        if attribute == "src":
            return value if not leaves_site(value) else None
        if attribute == "target":
            return value if value == "_blank" else None
        if attribute in NUMBER_PATTERNS:
            return value if re.fullmatch(NUMBER_PATTERNS[attribute], value) else None
        return value


def _parts(text: str) -> Iterator[str]:
    """Yield the paragraphs of a macro's output. Headings are Markdown, so only the elements in them (icons, marks of drafts) are yielded."""
    for part in filter(None, text.split("\n\n")):
        if part.startswith("#"):
            yield from (element.group() for element in re.finditer(r"<(\w+).*?</\1>", part))
        else:
            yield part


def _normalize(html: str) -> str:
    """Undo two additions of `md_in_html` (Python-Markdown 3.x): space between elements, and values for attributes without one."""
    return re.sub(r' ([\w-]+)="\1"', r' \1=""', re.sub(r">\s+<", "><", html.strip()))


def _is_editor_fragment(fragment: str) -> bool:
    """Whether a fragment can come from an editor's Markdown."""
    if fragment.startswith("<"):
        return fragment[1:-1] in ELEMENTS or fragment[1:-1] in MARKDOWN_ELEMENTS
    key, _, value = fragment.partition('="')
    return is_editor_class(value[:-1]) if key == "class" else key in EDITOR_ATTRIBUTES
