"""Reads the text that somebody expects a PDF to hold, from a file of plain text or HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kanalstrategi.incoming_text import ANY_LENGTH, read_bytes
from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS

_UNSEEN_ELEMENTS = frozenset(("head", "script", "style", "template", "noscript"))
_SEPARATE_ELEMENTS = BLOCK_ELEMENTS | {"br", "main", "article", "nav", "header", "footer", "aside", "title"}


def read_expected_text(file: Path) -> list[str]:
    """Return the paragraphs of a text, or what a reader sees of a web page: of its main part, if it says what that is. Raises OSError."""
    text = read_bytes(file.read_bytes(), ANY_LENGTH).text
    if file.suffix.casefold() not in (".html", ".htm"):
        return text.splitlines()
    page = _WebPage()
    page.feed(text)
    page.close()
    return "".join(page.main or page.all).splitlines()


class _WebPage(HTMLParser):
    """The text of a web page."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self.main: list[str] = []
        """The text in its `main`."""
        self._unseen = 0
        self._in_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN_ELEMENTS
        self._in_main += tag == "main"
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        self._separate(tag)
        self._unseen -= tag in _UNSEEN_ELEMENTS and self._unseen > 0
        self._in_main -= tag == "main" and self._in_main > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(data)

    def _separate(self, tag: str) -> None:
        if tag in _SEPARATE_ELEMENTS:
            self._add("\n")

    def _add(self, text: str) -> None:
        self.all.append(text)
        if self._in_main:
            self.main.append(text)
