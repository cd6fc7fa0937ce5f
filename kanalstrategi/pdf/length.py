"""Estimates how long parts of a document are on paper, rather too long than too short. No I/O.

Typst (0.15) cuts off what is taller than a page if it must not be broken, without a word. So only what is far from that is kept together.
"""

from __future__ import annotations

from collections.abc import Callable

from kanalstrategi.markdown.nodes import HEADINGS, Element, is_block, text_of

COLUMN_MM = 130.0
"""The width of the text in millimetres."""
MAX_LINES_KEPT_TOGETHER = 28
"""The estimated height of a box that is not broken over two pages, which have 46 lines."""
MAX_LINES_OF_SHORT_CHAPTER = 26
"""The estimated height of a chapter that goes on below the one before it, all on one page, so that its page is not left half empty."""
MAX_LINES_OF_LONG_CHAPTER = 100
"""The same of a chapter that may be broken over pages. Longer ones, which people look for, begin on a page of their own."""

_MM_PER_CHARACTER = 1.9
"""The mean width of a character. A line of the text's whole width has about 70."""
_MM_PER_LINE = 5.3
_INSETS = {
    **dict.fromkeys(("admonition", "contact", "edition-banner", "in-short", "not-allowed", "quoted-rules"), 12.0),
    "blockquote": 8.0,
    "li": 7.0,
    "definition": 6.0,
}
"""How much narrower an element's content is than the element in millimetres, keyed by its tag or class."""


def inset(node: Element) -> float:
    """Return how much narrower an element's content is than the element in millimetres."""
    return max((_INSETS[name] for name in (node.tag, *node.classes) if name in _INSETS), default=0.0)


def estimated_lines(node: Element, width: float, image_height: Callable[[Element], float]) -> int:
    """Return about how many lines an element takes. `width` is its own in millimetres; `image_height` returns that of an image."""
    if node.tag == "pre":
        per_line = max(1, int((width - 9) / (_MM_PER_CHARACTER * 1.3)))
        return 3 + sum(1 + len(line) // per_line for line in text_of(node).splitlines())
    if node.tag == "tr":
        cells = [cell for cell in node.children if type(cell) is Element]
        return sum(estimated_lines(cell, width / len(cells), image_height) for cell in cells)
    inner = max(10.0, width - inset(node))
    if any(map(is_block, node.children)) or node.tag in ("thead", "tbody", "table"):
        texts = Element("p", node.line, {}, [child for child in node.children if not is_block(child)])
        blocks = (child for child in node.children if type(child) is Element and is_block(child))
        return _lines_of_text(texts, inner, image_height) + sum(estimated_lines(child, inner, image_height) for child in blocks)
    return _lines_of_text(node, inner, image_height)


def _lines_of_text(node: Element, width: float, image_height: Callable[[Element], float]) -> int:
    size = 1.6 if node.tag in HEADINGS else 1.0
    found = 1 + int(len(text_of(node)) * _MM_PER_CHARACTER * size / width)
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.tag == "img" and not part.attributes.get("src", "").startswith("icon:"):
            found += 1 + int(image_height(part) / _MM_PER_LINE)
        found += part.tag == "br"
        waiting += [child for child in part.children if type(child) is Element]
    return found * 2 if node.tag in HEADINGS else found
