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
_SPACES = (f"{_W}tab", f"{_W}ptab", f"{_W}br", f"{_W}cr")
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


def texts_of_part(content: bytes) -> Iterator[str]:
    """Yield the texts of a part: of each paragraph, and apart from it what is deleted or hidden in it.

    What only stands in for something that older programs cannot show is left out.
    """
    texts: dict[object, str] = {}
    for node in etree.fromstring(content, _PARSER).iter(*_TEXTS, *_SPACES):
        holder: object = None
        aside: object = None
        is_fallback = False
        for outer in node.iterancestors():
            if outer.tag == _FALLBACK:
                is_fallback = True
            if holder is None and aside is None and (outer.tag in _ASIDES or outer.find(f"{_W}rPr/{_W}vanish") is not None):
                aside = outer
            if holder is None and outer.tag in _HOLDERS:
                holder = outer
        if not is_fallback and (holder is not None or node.tag in _TEXTS):
            key = aside if aside is not None else holder if holder is not None else node
            texts[key] = texts.get(key, "") + (" " if node.tag in _SPACES else node.text or "")
    yield from (text for text in texts.values() if text.strip())
