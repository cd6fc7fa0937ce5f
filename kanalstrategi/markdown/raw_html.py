"""Reads the HTML that an editor has typed into its tags and text, without judging it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple


class HtmlToken(NamedTuple):
    """A tag, a text or something else in a piece of HTML."""

    kind: str
    """`start`, `end`, `text`, `comment` or `other` (declarations and processing instructions)."""
    line_offset: int
    """How many lines it is below the beginning of the piece."""
    name: str
    """The name of the tag in lower case, or the text."""
    attributes: tuple[tuple[str, str], ...] = ()


@lru_cache(4096)
def html_tokens(html: str) -> tuple[HtmlToken, ...]:
    """Return the tokens of a piece of HTML, in order. Never raises."""
    if (tag := _PLAIN_TAG.fullmatch(html)) is not None:
        return (HtmlToken("end" if tag[1] else "start", 0, tag[2].lower()),)
    if "<![" in html:  # html.parser (3.11 to 3.13) fails at `<![x`, and nothing that begins so can be used
        return (HtmlToken("other", html.count("\n", 0, html.index("<![")), "!["),)
    html = _NUMBERED_CHARACTER.sub(_decodable, _BARE_AMPERSAND.sub("&amp;", html))
    end = html.rfind(">") + 1  # html.parser would look for the end of each tag behind it, all the way to the end of the text
    parser = _TokenParser(html[:end])
    parser.feed(html[:end])
    parser.close()
    rest = HtmlToken("text", html.count("\n", 0, end), unescape(html[end:]))
    return (*parser.tokens, rest) if rest.name else tuple(parser.tokens)


_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)>")
"""Most tags: these need no parser."""
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
"""An ampersand that is text to Markdown. HTML also reads `&copy` without a semicolon."""


_NUMBERED_CHARACTER = re.compile(r"&#\w{1,32};")


def _decodable(match: re.Match[str]) -> str:
    """Return a reference to a character, or `�`, which no page may have, for one that html.parser would leave out without a word."""
    return match[0] if unescape(match[0]) else "\ufffd"


class _TokenParser(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[HtmlToken] = []
        self._lines = html.split("\n")

    def _add(self, kind: str, name: str, attributes: list[tuple[str, str | None]] | None = None) -> None:
        self.tokens.append(HtmlToken(kind, self.getpos()[0] - 1, name, tuple((key, value or "") for key, value in attributes or [])))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)
        self._add("end", tag)

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)

    def handle_data(self, data: str) -> None:
        self._add("text", data)

    def handle_comment(self, data: str) -> None:
        line, column = self.getpos()
        is_comment = self._lines[line - 1].startswith("<!--", column)  # html.parser also takes `<!x>` and `</ x>` for comments
        # Browsers end some comments earlier, so that the rest would be shown.
        self._add("comment" if is_comment and not data.startswith((">", "->")) and "--!>" not in data else "other", "!--")

    def handle_decl(self, decl: str) -> None:
        self._add("other", f"!{decl}")

    def unknown_decl(self, data: str) -> None:
        self._add("other", f"![{data}")

    def handle_pi(self, data: str) -> None:
        self._add("other", f"?{data}")
