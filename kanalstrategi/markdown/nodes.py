"""Defines the records that a page is parsed into, with line numbers."""

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
    """The text without markup and attribute list."""
    written: str
    """The text with its markup."""
    id: str
    """Empty if the block has none; headings always have one."""
    line: int
    """Line in the page's file, counted from 1, like all lines here."""
    level: int = 0
    """The level of a heading, 1 to 6."""
    list: int = 0
    """For an item, the number of its list on the page, counted from 1."""
    is_loose: bool = False
    """For an item, whether empty lines separate the items of its list."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    target: str
    """The URL as typed."""
    text: str
    """The text of the link, or the image's alternative text."""
    line: int
    is_image: bool


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text as typed: a paragraph, a heading, a cell or a block of HTML."""

    written: str
    line: int
    is_html: bool = False
    is_heading: bool = False
    is_cell: bool = False


@dataclass(frozen=True)
class ParsedPage:
    """One Markdown file, parsed."""

    front: FrontMatter
    body: str
    """The text of the page, with empty lines in place of the front matter."""
    markdown: str
    """The body as passed to Markdown, line for line: without comments, and without the delimiters of raw text."""
    macro_text: MacroText
    """The body, split at its macro calls."""
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    parenthesis_lists: tuple[int, ...]
    """Lines of list items that begin with `1)`, which Python-Markdown treats as running text."""
    shallow_lists: tuple[int, ...]
    """Lines of lists that are not indented enough for Python-Markdown to nest them in the item above."""
    run_on_lists: tuple[int, ...]
    """Lines of lists directly below a paragraph, which Python-Markdown treats as running text."""
    ids: frozenset[str]
    """Every id that a link to this page can point to."""
    code: frozenset[int]
    """Lines inside code, where Markdown has no meaning."""
    too_deep: int = 0
    """Line of a list or quote that is nested too deeply; 0 if there is none."""
    long_urls: tuple[int, ...] = ()
    """Lines of link references with URLs that are too long, because a page could repeat them without bound."""
    texts: tuple[TextRun, ...] = ()
    """All text that is not code, in order."""
    indented_fences: tuple[int, ...] = ()
    """Lines of fenced code inside lists and quotes, which Python-Markdown treats as running text."""
    unclosed_fences: tuple[int, ...] = ()
    """Lines of fenced code that never ends, which Python-Markdown also treats as running text."""
