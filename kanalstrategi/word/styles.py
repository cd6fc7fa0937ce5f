"""Reads the styles and the numbering of a Word file (ECMA-376 part 1, 17.7 and 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"heading ([1-9])")
_CONTENTS_NAME = re.compile(r"toc [1-9]|toc heading|table of figures")
_MAX_STYLES = 50
"""How many styles one may be based on, one after the other."""
_NO_NUMBER_FORMATS = ("bullet", "none")
_BODY_LEVEL = 9
"""The outline level of text that is no heading."""
_MAX_NUMBER = 999_999_999
"""The highest number of an item in Markdown."""


def value(parent: etree._Element | None, *path: str) -> str | None:
    """Return the attribute `val` of the element at a path of child elements, or None if there is none."""
    for name in path:
        parent = None if parent is None else parent.find(W + name)
    return None if parent is None else parent.get(W + "val")


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property such as bold is on, or None if it is not set (17.17.4)."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val", "true") not in ("0", "false", "off", "none")


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {style.get(W + "styleId", ""): style for style in root.iter(W + "style")} if root is not None else {}

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """Return the level of a heading, 0 for the document's title, or None for other paragraphs."""
        for style in self._chain(value(paragraph, "pPr", "pStyle")):
            name = (value(style, "name") or "").lower()
            if match := _HEADING_NAME.fullmatch(name):
                return int(match[1])
            if name == "title":
                return 0
        levels = (value(properties, "outlineLvl") for properties in self._paragraph_properties(paragraph))
        level = next((int(level) for level in levels if level and level.isdecimal()), _BODY_LEVEL)
        return level + 1 if level < _BODY_LEVEL else None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS_NAME.fullmatch((value(style, "name") or "").lower()) for style in self._chain(value(paragraph, "pPr", "pStyle")))

    def numbering(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """Return the id of the numbering that a paragraph is in and its level, or None."""
        properties = self._paragraph_properties(paragraph)
        id = next(filter(None, (value(one, "numPr", "numId") for one in properties)), None)
        level = next(filter(None, (value(one, "numPr", "ilvl") for one in properties)), "0")
        return (id, min(int(level), 8)) if id and id != "0" and level.isdecimal() else None

    def is_set(self, run: etree._Element, name: str) -> bool:
        """Whether the text of a run has a property such as bold, of its own or by its style."""
        own = run.find(W + "rPr")
        if (found := is_on(own, name)) is not None:
            return found
        return any(is_on(style.find(W + "rPr"), name) for style in self._chain(value(own, "rStyle")))

    def _paragraph_properties(self, paragraph: etree._Element) -> list[etree._Element | None]:
        """Return the properties of a paragraph: first its own, then those of its styles."""
        return [paragraph.find(W + "pPr"), *(style.find(W + "pPr") for style in self._chain(value(paragraph, "pPr", "pStyle")))]

    def _chain(self, id: str | None) -> list[etree._Element]:
        """Return a style and those that it is based on."""
        found: list[etree._Element] = []
        while id in self._styles and len(found) < _MAX_STYLES:
            found.append(self._styles[id])
            id = value(self._styles[id], "basedOn")
        return found


class _Level(NamedTuple):
    """How the items of one level of a list are numbered."""

    format: str
    text: str
    """The pattern of the number: `%1.`"""
    start: int


class Number(NamedTuple):
    """The number of an item."""

    value: int | None
    """None for a bullet."""
    is_plain: bool
    """Whether the document shows it in digits alone."""


class Numbering:
    """Counts the items of a document's lists. Lists with the same definition go on counting."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        """The numbers with which a list begins anew, by level, keyed by the id of its numbering."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        for definition in root.iter(W + "abstractNum"):
            self._levels[definition.get(W + "abstractNumId", "")] = dict(map(_read_level, definition.findall(W + "lvl")))
        for number in root.iter(W + "num"):
            id = number.get(W + "numId", "")
            self._abstract[id] = value(number, "abstractNumId") or ""
            for override in number.findall(W + "lvlOverride"):
                start, level = value(override, "startOverride"), override.get(W + "ilvl", "0")
                if start and start.isdecimal() and level.isdecimal():
                    self._starts[id][int(level)] = int(start)

    def next(self, id: str, level: int) -> Number | None:
        """Count one item, and return its number, or None if the numbering shows nothing."""
        abstract = self._abstract.get(id)
        how = self._levels.get(abstract or "", {}).get(level, _Level("bullet", "", 1))
        if how.format in _NO_NUMBER_FORMATS:
            return Number(None, True) if how.format == "bullet" else None
        counts = self._counts[abstract or ""]
        if level in self._starts[id]:
            counts[level] = self._starts[id].pop(level)
        else:
            counts[level] = counts[level] + 1 if level in counts else how.start
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        has_words = bool(re.search(r"[^\W\d_]|§", re.sub(r"%[0-9]", "", how.text)))
        return Number(min(counts[level], _MAX_NUMBER), how.format in ("decimal", "decimalZero") and not has_words)


def _read_level(level: etree._Element) -> tuple[int, _Level]:
    start, number = value(level, "start") or "1", level.get(W + "ilvl", "0")
    how = _Level(value(level, "numFmt") or "decimal", value(level, "lvlText") or "", int(start) if start.isdecimal() else 1)
    return int(number) if number.isdecimal() else 0, how
