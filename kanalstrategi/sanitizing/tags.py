"""Finds the elements and attributes in HTML."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

from kanalstrategi.sanitizing.policy import ELEMENTS, GENERATED_ELEMENTS

_NAME = "|".join(sorted({*ELEMENTS, *GENERATED_ELEMENTS}))

_TAG = re.compile(rf'</?(?:{_NAME})(?: [a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*(?: ?/)?>')
"""A tag that all HTML parsers read the same way, of an element whose content is HTML."""

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);")


class TagParser(HTMLParser):
    """Parses HTML into start tags, end tags and text, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[tuple[str, int, str, list[tuple[str, str]]]] = []
        """The kind (`start`, `end`, `text` or `other`), the line (counted from 0), the name or text, and the attributes of each token."""
        self.feed(html)
        self.close()

    def _add(self, kind: str, name: str, attributes: list[tuple[str, str | None]] | None = None) -> None:
        self.tokens.append((kind, self.getpos()[0] - 1, name, [(key, value or "") for key, value in attributes or []]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)
        self._add("end", tag)

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._add("text", data)

    def handle_comment(self, data: str) -> None:
        if data.startswith((">", "->")) or "--!>" in data:
            self._add("other", "!--")  # browsers end the comment earlier

    def handle_decl(self, decl: str) -> None:
        self._add("other", f"!{decl}")

    def unknown_decl(self, data: str) -> None:
        self._add("other", f"![{data}")

    def handle_pi(self, data: str) -> None:
        self._add("other", f"?{data}")


def fragments(html: str) -> Counter[str]:
    """Return how often each element and attribute occurs in HTML, in a form that editors recognize: `<p>`, `class="lead"`."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<") or len(_ENTITY.findall(html)) != html.count("&"):
        return _parse_fragments(html)
    # Nothing between the tags affects how they are parsed, so each tag is parsed by itself, and only once, since most occur on many pages.
    counts: Counter[str] = Counter()
    for tag, times in Counter(tags).items():
        for fragment, count in _fragments_of_tag(tag).items():
            counts[fragment] += count * times
    return counts


def _parse_fragments(html: str) -> Counter[str]:
    """Return the same as `fragments`, but for any HTML."""
    counts: Counter[str] = Counter()
    for kind, _, name, attributes in TagParser(html).tokens:
        if kind == "start":
            counts[f"<{name}>"] += 1
            for key, value in attributes:
                if key == "class":
                    counts.update(f'class="{class_name}"' for class_name in value.split())
                elif key == "style":
                    counts["style"] += 1  # without the value, since nh3 rewrites it
                else:
                    counts[f'{key}="{value}"'] += 1
        elif kind == "other":
            counts[f"<{name}>"] += 1
    return counts


_fragments_of_tag = lru_cache(4096)(_parse_fragments)
