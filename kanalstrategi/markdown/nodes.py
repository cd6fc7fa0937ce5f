"""Defines the tree of a page: elements, text and macro calls.

`kanalstrategi.markdown.parser` builds the tree, each element with its line. Checks and the content model read it, rendering puts the
answers of macros in the place of their calls, and `kanalstrategi.markdown.renderer` writes it as HTML, once. Text is plain text
everywhere in a tree; only the renderer escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Union

import msgspec

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.front_matter import FrontMatter
from kanalstrategi.markdown.macro_calls import MacroCall

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KIND_ATTRIBUTE = "data-kind"
"""The attribute in which the tree has what an editor has typed as `kind`."""
CONFIRMED_ATTRIBUTE = "data-confirmed"
"""The attribute in which the tree has what an editor has typed as `confirmed`, until the headings are listed."""
USED_ATTRIBUTE = "data-used"
"""The attribute in which the tree has what an editor has typed as `used`, until the headings are listed."""
FAULT_ATTRIBUTES = {"criterion": "data-criterion", "reason": "data-reason", "until": "data-until"}
"""The attributes in which the tree has what an editor has typed about a fault of the site, until the headings are listed, keyed as typed."""
VOID_ELEMENTS = frozenset(("br", "hr", "img", "input", "wbr"))
"""The elements that have neither content nor an end tag."""
BLOCK_ELEMENTS = frozenset((
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "form", "hr", "li", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS,
))  # fmt: skip # one line per name would fill a page
"""The elements that a paragraph cannot contain."""


class Element(msgspec.Struct, tag="e", array_like=True, gc=False):
    """An HTML element."""

    tag: str
    line: int = 0
    """Line in the page's file, counted from 1; 0 if a macro or the program wrote the element."""
    attributes: dict[str, str] = {}
    children: list[Union[Element, MacroCall, str]] = []  # noqa: UP007 - msgspec (0.22) reads the annotation when the class is created
    is_html: bool = False
    """Whether an editor typed it as HTML; otherwise it comes from Markdown, a macro or the program."""

    @property
    def id(self) -> str:
        """The id; empty if the element has none."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        """The CSS classes."""
        return self.attributes.get("class", "").split()

    def has_class(self, name: str) -> bool:
        """Whether the element has a CSS class."""
        return "class" in self.attributes and name in self.classes

    def add_class(self, name: str) -> None:
        """Add a CSS class after those that the element has."""
        self.attributes["class"] = f"{self.attributes['class']} {name}" if self.attributes.get("class") else name


Node = Union[Element, MacroCall, str]  # noqa: UP007 - as above
"""A part of the tree. Only the tree of a parsed page contains macro calls; in a rendered page, their answers have taken their place."""

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Element)


def element(name: str, /, *children: Node | Iterable[Node], **attributes: str) -> Element:
    """Return a new element: `element("a.button", "Gem", href="…", aria_label="…")`.

    `name` is a tag, and may have CSS classes after full stops. In the names of attributes, `_` stands for `-`, and a `_` at the end is
    dropped (`for_`). Children may be given as lists; empty text is left out.
    """
    tag, *classes = name.split(".")
    values = {"class": " ".join(classes)} if classes else {}
    values |= {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return Element(tag, 0, values, nodes(*children))


def nodes(*parts: Node | Iterable[Node]) -> list[Node]:
    """Return nodes and lists of nodes as one list, without empty text."""
    found: list[Node] = []
    for part in parts:
        if isinstance(part, str | Element | MacroCall):
            if part != "":
                found.append(part)
        else:
            found += nodes(*part)
    return found


def descendants(root: Element) -> Iterator[Element]:
    """Yield all elements inside an element, in document order."""
    waiting = root.children[::-1]
    while waiting:
        node = waiting.pop()
        if type(node) is Element:
            yield node
            waiting += node.children[::-1]


def is_block(node: Node) -> bool:
    """Whether a node is an element that a paragraph cannot contain."""
    return type(node) is Element and node.tag in BLOCK_ELEMENTS


def first_block(children: Sequence[Node]) -> int:
    """Return the position of the first block element among the children of an item, where its own text ends."""
    return next((position for position, child in enumerate(children) if is_block(child)), len(children))


def text_holder(item: Element) -> Element:
    """Return the element with an item's text: a paragraph inside the item if there are empty lines between the items, else the item itself."""
    first = item.children[0] if item.children else None
    return first if type(first) is Element and first.tag == "p" else item


def text_of(node: Node, without: Set[str] = frozenset()) -> str:
    """Return the text that a reader sees, with the text alternatives of images, and a space for a line break. Macro calls have no text.

    Elements inside it with a CSS class in `without` are left out.
    """
    if type(node) is not Element:
        return node if type(node) is str else ""
    parts: list[str] = []
    _collect_text(node, without, parts)
    return "".join(parts)


def line_of(node: Node, without: Set[str] = frozenset()) -> str:
    """Return the text that `text_of` returns, in one line with single spaces."""
    return " ".join(text_of(node, without).split())


def _collect_text(node: Element, without: Set[str], parts: list[str]) -> None:
    if node.tag == "img":
        parts.append(node.attributes.get("alt", ""))
    elif node.tag == "br":
        parts.append(" ")
    for child in node.children:
        if type(child) is str:
            parts.append(child)
        elif type(child) is Element and not (without and "class" in child.attributes and not without.isdisjoint(child.classes)):
            _collect_text(child, without, parts)


def encode_tree(root: Element) -> bytes:
    """Return a tree as bytes, for the cache."""
    return _ENCODER.encode(root)


def decode_tree(encoded: bytes) -> Element:
    """Return the tree that `encode_tree` has encoded, as new elements, which may be changed."""
    return _DECODER.decode(encoded)


@dataclass(frozen=True, slots=True)
class Task:
    """What a list item says as a task, which in a guideline is a decision."""

    state: str
    """`open`, `decided` or `not-relevant`."""
    lead: str
    """The short name that its text begins with, without the colon, or empty."""
    answer: str
    """The text of what stands below its own text in the item, with an empty line between two blocks."""
    is_essential: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item, as the content model reads it."""

    kind: str
    """`heading`, `paragraph` or `item`."""
    text: str
    """The text without markup, on one line. Macro calls are left out."""
    id: str
    """Empty if the block has none; headings always have one."""
    line: int
    """Line in the page's file, counted from 1, like all lines here."""
    level: int = 0
    """The level of a heading, 1 to 6."""
    list: int = 0
    """For an item, the number of its list on the page, counted from 1."""
    depth: int = 0
    """How many items an item or a paragraph stands in."""
    has_macro: bool = False
    """Whether there is a macro call in its text."""
    task: Task | None = None
    """What an item that begins with `[ ]`, `[x]` or `[-]` says as a task."""
    rule_kind: str = ""
    """For an item, the kind of rule that its editor has typed."""
    confirmed: str = ""
    """For a heading, the day that its editor has typed as the one on which the section was confirmed."""
    used: str = ""
    """For a heading, `no` if its editor has typed that the department does not use the channel."""
    fault: tuple[tuple[str, str], ...] = ()
    """For a heading, what its editor has typed about a fault of the site: pairs of a key (`criterion`, `reason`, `until`) and a value."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    target: str
    """The URL as typed."""
    text: str
    """The text of the link, or the image's alternative text."""
    line: int
    is_image: bool
    has_content: bool = True
    """Whether there is anything to click: text, an image or a macro call."""


@dataclass(frozen=True)
class ParsedPage:
    """One Markdown file, parsed."""

    front: FrontMatter
    body: str
    """The text of the page, with empty lines in place of the front matter."""
    markdown: str
    """The body as passed to Markdown, line for line: without comments, and without the delimiters of raw text."""
    macro_diagnostics: tuple[TextDiagnostic, ...]
    """The macro calls that cannot be read."""
    tree: bytes
    """The page's tree, encoded: as objects, the trees of thousands of pages would fill the memory."""
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    calls: tuple[MacroCall, ...]
    """The macro calls in the tree, in order. Those in code are text."""
    ids: frozenset[str]
    """Every id that a link to this page can point to."""
    code: frozenset[int]
    """Lines inside code, where Markdown has no meaning."""
    diagnostics: tuple[TextDiagnostic, ...] = ()
    """The Markdown and HTML that an editor has to correct."""

    @property
    def root(self) -> Element:
        """A `div` with the page's tree, as new elements, which may be changed."""
        return decode_tree(self.tree)
