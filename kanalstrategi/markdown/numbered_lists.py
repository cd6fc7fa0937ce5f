"""Keeps the numbers of lists as typed, and tells a list from a sentence that begins with a date.

"28. februar 2023 vedtog direktionen …" is a numbered list to CommonMark, whose readers would see another number.
"""

from __future__ import annotations

import re

from kanalstrategi.markdown.failed_markup import ShownText
from kanalstrategi.markdown.nodes import Element, Node, first_block, text_holder, text_of
from kanalstrategi.markdown.tree_builder import TreeBuilder

_NUMBER = re.compile(rb"[ \t]*([0-9]{1,9})([.)])")

_MONTH = re.compile(r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b")

_NO_WORDS = re.compile(r"[0-9.)\s]*")


class NumberedLists:
    """The numbered lists in one text."""

    def __init__(self, builder: TreeBuilder, source: bytes, shown: ShownText) -> None:
        self._builder = builder
        self._source = source
        self._shown = shown
        self._numbers: dict[int, tuple[str, str, int, Element]] = {}
        """The number of each item as typed, the character after it, the place of the item, and the item; keyed by its identity.

        The item is kept because one that becomes text leaves the tree, and its identity would be given to another element.
        """

    def add_item(self, item: Element, start: int) -> None:
        """Remember the number of an item that begins at a place in the source."""
        if match := _NUMBER.match(self._source, start):
            self._numbers[id(item)] = match[1].decode(), match[2].decode(), start, item

    def end_list(self, list_: Element) -> None:
        """Check the numbers of a list that has ended, as the last child of the innermost open element, or turn it into text."""
        items = [item for item in list_.children if type(item) is Element and id(item) in self._numbers]
        typed = [self._numbers[id(item)][0] for item in items]
        numbers = list(map(int, typed))
        is_counting = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        if items and (all(map(_is_date, items)) or ((len(items) == 1 or not is_counting) and all(map(_goes_on, items)))):
            siblings = self._builder.open[-1].children
            siblings.pop()
            for item in items:
                self._add_text(item, siblings)
        elif not is_counting and set(numbers) != {1}:  # `1. 1. 1.` is a usual way to have the numbers counted
            wrong = next(place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1)
            message = f"nummer {numbers[wrong]} kommer efter nummer {numbers[wrong - 1]} i listen"
            hint = f"ret numrene, eller skriv {numbers[wrong]}\\{self._numbers[id(items[wrong])][1]} hvis det ikke er en liste"
            self._builder.report(items[wrong].line, message, hint)
        elif zero := next((number for number in typed if len(number) > 1 and number.startswith("0")), ""):
            hint = f"skriv {int(zero)} eller {zero}\\{self._numbers[id(items[0])][1]} hvis det ikke er en liste"
            self._builder.report(items[typed.index(zero)].line, f"nummer {zero} bliver til {int(zero)} i listen", hint)

    def _add_text(self, item: Element, siblings: list[Node]) -> None:
        """Add an item as text that begins with its number."""
        number, delimiter, start, _ = self._numbers[id(item)]
        parent = self._builder.open[-1]
        holder = text_holder(item)
        has_paragraphs = holder is not item
        end = 1 if has_paragraphs else first_block(item.children)
        content, blocks = holder.children if has_paragraphs else item.children[:end], item.children[end:]
        text: list[Node] = [f"{number}{delimiter} " if content else f"{number}{delimiter}", *content]
        if content and type(content[0]) is str:
            text[:2] = [f"{text[0]}{content[0]}"]
        previous = siblings[-1] if siblings else None
        is_text = type(previous) is Element and previous.tag == "p" and not previous.is_html and bool(previous.children)
        if type(previous) is Element and is_text and not item.attributes and self._is_next_line(start):
            previous.children += [*self._line_break(previous, start), "\n", *text]
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

    def _line_break(self, paragraph: Element, start: int) -> list[Node]:
        """Return the line break at the end of the line above, if it was typed: to the parser, the paragraph ended there."""
        end = self._source.rfind(b"\n", 0, start)
        above, last = self._source[max(end - 3, 0) : end], paragraph.children[-1]
        if above.endswith(b"\\") and not above.endswith(b"\\\\") and type(last) is str:
            paragraph.children[-1] = last.removesuffix("\\")
            self._shown.hide(end - 1, end)
        elif not above.endswith(b"  "):
            return []
        return [Element("br", paragraph.line)]


def _is_date(item: Element) -> bool:
    return _MONTH.match(text_of(item).lstrip()) is not None


def _goes_on(item: Element) -> bool:
    """Whether an item is like the rest of a sentence: it begins with a small letter, or has nothing but numbers."""
    text = text_of(item).strip()
    has_only_text = all(type(child) is str for child in item.children)
    return text[:1].islower() or (has_only_text and _NO_WORDS.fullmatch(text) is not None)
