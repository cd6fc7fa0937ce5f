"""What the parser finds in a page, as plain records with line numbers."""

from __future__ import annotations

from dataclasses import dataclass

from kanalstrategi.markdown.front_matter import FrontMatter
from kanalstrategi.markdown.macro_calls import MacroText


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item."""

    kind: str
    """`heading`, `paragraph` or `item`."""
    text: str
    """Without markup and attribute list."""
    written: str
    """The text with its markup."""
    id: str
    """Empty where the block has none; headings always have one."""
    line: int
    level: int = 0
    """Of a heading: 1 to 6."""
    list: int = 0
    """Of an item: which of the page's lists it stands in, counted from 1."""
    is_loose: bool = False
    """Of an item: whether empty lines set the items of its list apart."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture."""

    target: str
    text: str
    line: int
    is_picture: bool


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text as it was typed: a paragraph, a heading, a cell or a block of HTML."""

    written: str
    line: int
    is_html: bool = False
    is_heading: bool = False
    is_cell: bool = False


@dataclass(frozen=True)
class ParsedPage:
    """One file, read."""

    front: FrontMatter
    body: str
    """What follows the front matter, preceded by as many empty lines as that takes up."""
    markdown: str
    """The same as Markdown gets it, line for line: without notes, and without the signs around what is shown raw."""
    macro_text: MacroText
    """The text in pieces, with the macro calls."""
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    parenthesis_lists: tuple[int, ...]
    """Lines of points that begin with `1)`, which make no list to Python-Markdown."""
    shallow_lists: tuple[int, ...]
    """Lines of lists that are too little indented to be inside the item above, to Python-Markdown."""
    run_on_lists: tuple[int, ...]
    """Lines of lists that follow a paragraph at once: running text to Python-Markdown."""
    ids: frozenset[str]
    """Everything that a link to this page can point at."""
    code: frozenset[int]
    """Lines inside code, which nothing is read from."""
    too_deep: int = 0
    """The line of a list or quote inside too many others; 0 where there is none."""
    long_urls: tuple[int, ...] = ()
    """Lines of addresses that are too long, which a page could repeat without bound."""
    texts: tuple[TextRun, ...] = ()
    """All that is not code, in order."""
    indented_fences: tuple[int, ...] = ()
    """Lines of fenced code inside lists and quotes, which is running text to Python-Markdown."""
    unclosed_fences: tuple[int, ...] = ()
    """Lines of fenced code that never ends, which is running text to Python-Markdown too."""
