"""Words as HTML that Markdown leaves alone."""

from __future__ import annotations

from functools import lru_cache
from html import escape


@lru_cache(16384)
def escape_text(words: str) -> str:
    """Words as HTML that Markdown, which the page is read as afterwards, leaves alone too."""
    return escape(words).translate(_MARKDOWN_CHARACTERS)


_MARKDOWN_CHARACTERS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]!~|"}
