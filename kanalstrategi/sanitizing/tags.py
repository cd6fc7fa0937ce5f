"""The tags of a piece of HTML, and the elements and attributes that they amount to."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

from kanalstrategi.sanitizing.policy import ELEMENTS, GENERATED_ELEMENTS


class TagParser(HTMLParser):
    """Start tags, end tags and text in the order that they stand in."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, int, str, list[tuple[str, str]]]] = []
        """`start`, `end`, `text` or `other`; lines down; name or text; attributes."""
        self.feed(written)
        self.close()

    def _add(self, kind: str, name: str, attributes: list[tuple[str, str | None]] | None = None) -> None:
        self.found.append((kind, self.getpos()[0] - 1, name, [(key, value or "") for key, value in attributes or []]))

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
            self._add("other", "!--")  # ended already, to a browser

    def handle_decl(self, decl: str) -> None:
        self._add("other", f"!{decl}")

    def unknown_decl(self, data: str) -> None:
        self._add("other", f"![{data}")

    def handle_pi(self, data: str) -> None:
        self._add("other", f"?{data}")


_NAME = "|".join(sorted({*ELEMENTS, *GENERATED_ELEMENTS}))

_TAG = re.compile(rf'</?(?:{_NAME})(?: [a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*(?: ?/)?>')
"""A tag that every reader of HTML reads alike, of an element whose content is HTML."""

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);")


def fragments(html: str) -> Counter[str]:
    """Every element and attribute, each as an editor would know it again."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<") or len(_ENTITY.findall(html)) != html.count("&"):
        return _parse_fragments(html)
    # Nothing stands between the tags that could change how one is read, and most stand on many pages.
    found: Counter[str] = Counter()
    for tag, times in Counter(tags).items():
        for piece, count in _fragments_of_tag(tag).items():
            found[piece] += count * times
    return found


def _parse_fragments(html: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, _, name, attributes in TagParser(html).found:
        if kind == "start":
            found[f"<{name}>"] += 1
            for key, value in attributes:
                if key == "class":
                    found.update(f'class="{one}"' for one in value.split())
                elif key == "style":
                    found["style"] += 1  # written anew by nh3
                else:
                    found[f'{key}="{value}"'] += 1
        elif kind == "other":
            found[f"<{name}>"] += 1
    return found


_fragments_of_tag = lru_cache(4096)(_parse_fragments)
