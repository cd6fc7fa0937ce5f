"""Collects the words of a Word file without the reader, so that its result can be compared with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from kanalstrategi.word.characters import comparable

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
_W = f"{{{_NAMESPACES['w']}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = (f"{_W}t", f"{_W}delText", f"{{{_NAMESPACES['a']}}}t", f"{{{_NAMESPACES['m']}}}t", f"{{{_NAMESPACES['c']}}}v")
_SPACES = tuple(_W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen"))
"""The elements that stand between two words."""
_HOLDERS = (f"{_W}p", f"{{{_NAMESPACES['a']}}}p", f"{{{_NAMESPACES['c']}}}pt")
"""The elements whose text is one text."""
_ASIDES = (f"{_W}del", f"{_W}moveFrom")
_WORD = re.compile(r"[^\W_]+")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def words_of(text: str) -> Counter[str]:
    """Return how often each word is in a text; only letters and digits count."""
    return Counter(_WORD.findall(comparable(text)))


def words_of_file(data: bytes) -> Counter[str]:
    """Return how often each word is in all parts of a Word file, also where it is deleted, hidden or beside the text."""
    found: Counter[str] = Counter()
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml"):
                for text in texts_of_part(archive.read(name)):
                    found += words_of(text)
    return found


def tags_in_file(data: bytes) -> int:
    """Return how many tags are in the parts of a Word file, by which the time for reading it grows."""
    with ZipFile(BytesIO(data)) as archive:
        return sum(archive.read(name).count(b"<") for name in archive.namelist() if name.lower().endswith(".xml"))


def texts_of_part(content: bytes) -> Iterator[str]:
    """Yield the texts of a part: of each paragraph, and apart from it what is deleted or hidden in it.

    What only stands in for something that older programs cannot show is left out.
    """
    texts: list[str] = []
    latest: dict[object, str] = {}
    places: dict[tuple[object, str], int] = {}
    for node in etree.fromstring(content, _PARSER).iter(*_TEXTS, *_SPACES):
        holder, state, is_shown = _place_of(node)
        if not is_shown or (holder is None and node.tag in _SPACES):
            continue
        key = holder if holder is not None else node, state
        if key not in places or (state in ("deleted", "hidden") and latest.get(key[0]) != state):
            places[key] = len(texts)
            texts.append("")
        latest[key[0]] = state
        texts[places[key]] += " " if node.tag in _SPACES else node.text or ""
    yield from (text for text in texts if text.strip())


def _place_of(node: etree._Element) -> tuple[etree._Element | None, str, bool]:
    """Return the element that holds a text, whether it is deleted or hidden in it, and whether anybody sees it at all."""
    holder: etree._Element | None = None
    state, is_shown = "", True
    for outer in node.iterancestors():
        is_shown = is_shown and outer.tag != _FALLBACK
        if holder is None and outer.tag in _ASIDES:
            state = "deleted"
        elif holder is None and not state and outer.find(f"{_W}rPr/{_W}vanish") is not None:
            state = "hidden"
        elif outer.tag == f"{_W}tr" and outer.find(f"{_W}trPr/{_W}del") is not None and not state:
            state = "deleted row"
        if holder is None and outer.tag in _HOLDERS:
            holder = outer
    return holder, state, is_shown
