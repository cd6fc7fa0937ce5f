"""Escapes text so that neither HTML nor Markdown gives it a meaning."""

from __future__ import annotations

from functools import lru_cache
from html import escape


@lru_cache(16384)
def escape_text(words: str) -> str:
    """Return a text as HTML that is also safe from Markdown, since the page is parsed as Markdown afterwards."""
    return escape(words).translate(_MARKDOWN_CHARACTERS)


_MARKDOWN_CHARACTERS = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]!~|"}
