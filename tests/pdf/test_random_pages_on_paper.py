"""Whatever an editor draws up, every word of it is on the paper: wide and tall tables, boxes in lists, code, images in narrow places.

The audit, which runs on each, misses no word either.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from PIL import Image

from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.parser import parse
from kanalstrategi.pdf.print_document import PrintPage, assemble
from kanalstrategi.pdf.typst.content import typst_content
from kanalstrategi.pdf.typst.references import UnprintableError
from tests.support.paper import FACTS, content_of, on_paper, words_of
from tests.support.random_pages import MIXED

LONG_WORDS = (
    "sagsbehandlingsfristen",
    "selvbetjeningsløsningernes",
    "https://eksempelkommune.dk/borgerserviceafdelingen/vejledning",
    "fil_med_meget_langt_navn.ini",
)
SETTINGS = settings(max_examples=60, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
"""Without making a page that fails smaller, which would take minutes."""
IMAGES = {f"billeder/{width}x{height}.png": (width, height) for width, height in ((40, 30), (900, 300), (300, 2000))}
Draw = Callable[[st.SearchStrategy[int]], int]


class Page:
    """A page that is being drawn up. Each of its words is different, so that none can take another's place."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._numbers = count(1)
        self.words: list[str] = []
        """Those that are never divided."""

    def pick(self, most: int, least: int = 0) -> int:
        return self._draw(st.integers(least, most))

    def text(self, most: int) -> str:
        """Return up to so many words, some with a long one beside them."""
        drawn = [f"w{next(self._numbers):04}x" for _ in range(self.pick(most, 1))]
        self.words += drawn
        return " ".join(word if self.pick(6) else f"{word} {LONG_WORDS[self.pick(3)]}" for word in drawn)

    def table(self) -> list[str]:
        columns, rows = self.pick(14, 1), self.pick(4, 1)
        most = (1, 6, 40, 250)[self.pick(3)] if columns < 5 else (1, 3, 12)[self.pick(2)]
        lines = [[self.text(2) for _ in range(columns)], ["---"] * columns]
        lines += [[self.text(most if self.pick(2) else 2) for _ in range(columns)] for _ in range(rows)]
        return ["| " + " | ".join(line) + " |" for line in lines]

    def block(self, depth: int) -> list[str]:
        """Return the lines of a block, which may hold others."""
        kind = self.pick(7 if depth < 4 else 3)
        if kind == 0:
            return [self.text(60)]
        if kind == 1:
            return self.table()
        if kind == 2:
            return ["```", *(self.text(20) for _ in range((3, 70)[self.pick(5) == 5])), "```"]
        if kind == 3:
            name = list(IMAGES)[self.pick(2)]
            return [f"{self.text(3)} ![Et billede](../{name})"]
        inner = [line for _ in range(self.pick(3, 1)) for line in (*self.block(depth + 1), "")]
        if kind == 4:
            return [f"> {line}" for line in inner]
        if kind == 5 and depth == 0:
            return ['!!! note "Husk"', "", *(f"    {line}" for line in inner)]
        return [f"- {self.text(8)}", "", *(f"    {line}" for line in inner)]


@st.composite
def tables(draw: Draw) -> tuple[str, list[str]]:
    page = Page(draw)
    return "# Side\n\n" + "\n".join(page.table()), page.words


@st.composite
def pages(draw: Draw) -> tuple[str, list[str]]:
    page = Page(draw)
    blocks = ["\n".join(page.block(0)) for _ in range(page.pick(5, 1))]
    return "# Side\n\n" + "\n\nOg så\n\n".join(blocks), page.words


def png(size: tuple[int, int]) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "#125a73").save(stream, "PNG")
    return stream.getvalue()


def assert_all_on_paper(markdown: str, words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pdf = on_paper(markdown, Path(folder), {name: png(size) for name, size in IMAGES.items()})
        content, shown = content_of(pdf), words_of(pdf)
    assert all(word.is_on_paper for word in shown)
    printed = " ".join(word.text for word in shown)
    lost = [word for word in words if word not in content or word not in printed]
    assert lost == []


@pytest.mark.slow
@SETTINGS
@given(tables())
def test_every_word_of_a_table_is_on_the_paper(drawn: tuple[str, list[str]]) -> None:
    assert_all_on_paper(*drawn)


@pytest.mark.slow
@SETTINGS
@given(pages())
def test_every_word_of_a_page_is_on_the_paper(drawn: tuple[str, list[str]]) -> None:
    assert_all_on_paper(*drawn)


@settings(max_examples=2000, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@seed(20261128)
@given(MIXED)
def test_html_and_markdown_of_any_kind_become_data_or_an_error_with_a_line(text: str) -> None:
    page = parse(f"# Side\n\n{text}".encode("utf-8", "replace").decode())
    if page.diagnostics:
        return
    document = assemble(FACTS, PrintPage("", element("div", element("h1", "Prøve"))), [PrintPage("a/", page.root, source="docs/a.md")])
    try:
        typst_content(document, {})
    except UnprintableError as error:
        assert error.source == "docs/a.md"
