"""Lists what the content model and the checks need from a page's tree: its headings, paragraphs, items and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown.allow_list import RESERVED_IDS
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS, SECTION_CLASS
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import (
    CONFIRMED_ATTRIBUTE,
    FAULT_ATTRIBUTES,
    HEADINGS,
    KIND_ATTRIBUTE,
    USED_ATTRIBUTE,
    Block,
    Element,
    Link,
    Node,
    Task,
    descendants,
    first_block,
    line_of,
    text_holder,
    text_of,
)
from kanalstrategi.markdown.task_lists import STATE_CLASS

_NO_TEXT = frozenset((STATE_CLASS, BACK_CLASS, MARK_CLASS))
"""The classes of what stands in a block without being part of its text: whether a decision is made, and the marks of footnotes."""


def name_headings(root: Element, explicit_ids: Iterable[str]) -> None:
    """Give each heading without an id one that is made from its text."""
    used = set(explicit_ids)
    numbers: dict[str, int] = {}
    for heading in (element for element in descendants(root) if element.tag in HEADINGS and not element.id):
        base = candidate = slug(text_of(heading))
        number = numbers.get(base, 0)
        while candidate in used or not candidate or RESERVED_IDS.fullmatch(candidate):
            number += 1
            candidate = f"{base}_{number}"
        numbers[base] = number
        used.add(candidate)
        heading.attributes["id"] = candidate


def list_blocks(root: Element, tasks: Mapping[int, Task]) -> Iterator[Block]:
    """Yield the headings, paragraphs and list items of a page, in order. `tasks` is the result of `mark_tasks`.

    The day on which a section was confirmed, and what is said about a fault, are taken out of the tree: readers get it in words.
    """
    yield from _Lister(tasks).blocks(root)


def list_links(links: Iterable[tuple[Element, str]]) -> Iterator[Link]:
    """Yield the links and images of a page, given their elements and their URLs as typed."""
    for element, url in links:
        is_image = element.tag == "img"
        text = line_of(element)
        yield Link(url, text, element.line, is_image, is_image or bool(text) or _has_macro(element.children))


class _Lister:
    def __init__(self, tasks: Mapping[int, Task]) -> None:
        self._tasks = tasks
        self._list_count = 0

    def blocks(self, parent: Element, list_number: int = 0, depth: int = 0) -> Iterator[Block]:
        for child in parent.children:
            if type(child) is not Element:
                continue
            if child.tag in ("ul", "ol"):
                self._list_count += 1
                yield from self.blocks(child, self._list_count, depth)
            elif child.tag in HEADINGS:
                level, confirmed = int(child.tag[1]), child.attributes.pop(CONFIRMED_ATTRIBUTE, "")
                used = child.attributes.pop(USED_ATTRIBUTE, "")
                fault = tuple((key, child.attributes.pop(name)) for key, name in FAULT_ATTRIBUTES.items() if name in child.attributes)
                has_macro, text = _has_macro(child.children), _plain(child.children)
                yield Block("heading", text, child.id, child.line, level=level, has_macro=has_macro, confirmed=confirmed, used=used, fault=fault)
            elif child.tag == "li" and not child.is_html:
                yield from self._item(child, list_number, depth)
            elif child.tag == "p" and not child.is_html and not child.has_class("admonition-title"):
                yield Block("paragraph", _plain(child.children), child.id, child.line, depth=depth, has_macro=_has_macro(child.children))
            elif child.has_class(SECTION_CLASS):
                yield from self._footnotes(child)
            else:
                yield from self.blocks(child, list_number, depth)

    def _footnotes(self, section: Element) -> Iterator[Block]:
        """Yield the blocks inside the footnotes. The footnotes themselves are no items: their ids are those of any page's footnotes."""
        for list_ in section.children:
            for note in list_.children if type(list_) is Element else ():
                yield from self.blocks(note) if type(note) is Element else ()

    def _item(self, item: Element, list_number: int, depth: int) -> Iterator[Block]:
        holder = text_holder(item)
        text = item.children[: first_block(item.children)] if holder is item else holder.children
        task, kind = self._tasks.get(id(item)), item.attributes.get(KIND_ATTRIBUTE, "")
        yield Block("item", _plain(text), item.id, item.line, list=list_number, depth=depth, has_macro=_has_macro(text), task=task, rule_kind=kind)
        rest = Element("li", children=item.children if holder is item else item.children[1:])
        yield from self.blocks(rest, list_number, depth + 1)


def _plain(children: list[Node]) -> str:
    """Return the text of some nodes on one line."""
    return line_of(Element("span", children=children), _NO_TEXT)


def _has_macro(children: list[Node]) -> bool:
    return any(type(child) is MacroCall or (type(child) is Element and _has_macro(child.children)) for child in children)
