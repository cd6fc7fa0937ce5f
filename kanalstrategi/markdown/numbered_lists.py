"""Keeps the numbers of lists as typed, and tells a list from a sentence that begins with a date.

"28. februar 2023 vedtog direktionen …" is a numbered list to CommonMark, whose readers would see another number.
"""

from __future__ import annotations

import re

from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, Element, Node, text_of
from kanalstrategi.markdown.tree_builder import TreeBuilder

_NUMBER = re.compile(rb"[ \t]*([0-9]{1,9})([.)])")

_MONTH = re.compile(r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b")


class NumberedLists:
    """The numbered lists in one text."""

    def __init__(self, builder: TreeBuilder, source: bytes) -> None:
        self._builder = builder
        self._source = source
        self._numbers: dict[int, tuple[int, str, int]] = {}
        """The number of each item, the character after it and the place of the item, keyed by the identity of the element."""

    def add_item(self, item: Element, start: int) -> None:
        """Remember the number of an item that begins at a place in the source."""
        if match := _NUMBER.match(self._source, start):
            self._numbers[id(item)] = int(match[1]), match[2].decode(), start

    def end_list(self, list_: Element) -> None:
        """Check the numbers of a list that has ended, as the last child of the innermost open element, or turn it into text."""
        items = [item for item in list_.children if type(item) is Element and id(item) in self._numbers]
        numbers = [self._numbers[id(item)][0] for item in items]
        is_counting = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        if items and (all(map(_is_date, items)) or ((len(items) == 1 or not is_counting) and all(map(_begins_lower, items)))):
            siblings = self._builder.open[-1].children
            siblings.pop()
            for item in items:
                self._add_text(item, siblings)
        elif not is_counting and set(numbers) != {1}:  # `1. 1. 1.` is a usual way to have the numbers counted
            wrong = next(place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1)
            message = f"nummer {numbers[wrong]} kommer efter nummer {numbers[wrong - 1]} i listen"
            hint = f"ret numrene, eller skriv {numbers[wrong]}\\{self._numbers[id(items[wrong])][1]} hvis det ikke er en liste"
            self._builder.report(items[wrong].line, message, hint)

    def _add_text(self, item: Element, siblings: list[Node]) -> None:
        """Add an item as text that begins with its number."""
        number, delimiter, start = self._numbers[id(item)]
        parent = self._builder.open[-1]
        first = item.children[0] if item.children else None
        has_paragraphs = type(first) is Element and first.tag == "p"
        content = first.children if type(first) is Element and has_paragraphs else item.children
        blocks = item.children[1:] if has_paragraphs else []
        if not has_paragraphs:
            end = next((at for at, child in enumerate(content) if type(child) is Element and child.tag in BLOCK_ELEMENTS), len(content))
            content, blocks = content[:end], content[end:]
        text: list[Node] = [f"{number}{delimiter} ", *content]
        if type(text[1:2][0] if text[1:2] else None) is str:
            text[:2] = [f"{text[0]}{text[1]}"]
        previous = siblings[-1] if siblings else None
        if type(previous) is Element and previous.tag == "p" and not previous.is_html and self._is_next_line(start):
            previous.children += ["\n", *text]
        elif parent.tag in ("li", "dd") and not has_paragraphs and not siblings:
            siblings += text
        else:
            siblings.append(Element("p", item.line, item.attributes, text))
        siblings += blocks

    def _is_next_line(self, start: int) -> bool:
        """Whether there is no empty line above a place in the source."""
        line_start = self._source.rfind(b"\n", 0, start) + 1
        above = self._source[self._source.rfind(b"\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
        return bool(above.strip(b" \t>"))


def _is_date(item: Element) -> bool:
    return _MONTH.match(text_of(item).lstrip()) is not None


def _begins_lower(item: Element) -> bool:
    text = text_of(item).lstrip()
    return bool(text) and text[0].islower()
