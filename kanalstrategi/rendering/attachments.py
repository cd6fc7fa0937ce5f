"""Says in each link to an attachment what kind of file it is and how large, so that readers know what they will get."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from babel.numbers import format_decimal

from kanalstrategi.markdown.nodes import Element, descendants, text_of
from kanalstrategi.sanitizing.attachments import ATTACHMENT_KINDS

_SIZE = re.compile(r"\d\s?(?:kB|MB)\b", re.IGNORECASE)


def describe_attachments(root: Element, size_of: Callable[[str], int | None]) -> None:
    """Add a note to the links of a page tree that lead to attachments. What the text of a link says already is left out.

    `size_of` returns the size of an attachment in bytes, given its URL as it is in the page, or None for a file that the site does not have.
    """
    for link in descendants(root):
        url = link.attributes.get("href", "") if link.tag == "a" else ""
        if (kind := _kind(url)) and (size := size_of(url)) is not None:
            text = text_of(link)
            is_kind_said, is_size_said = re.search(rf"\b{kind}\b", text, re.IGNORECASE), _SIZE.search(text)
            if missing := [word for word, is_said in ((kind, is_kind_said), (_size_phrase(size), is_size_said)) if not is_said]:
                link.children.append(f" ({', '.join(missing)})")


def attachment_note(path: str, size: int) -> str:
    """Return the kind and the size of an attachment: `(PDF, 1,2 MB)`. `size` is in bytes."""
    return f"({_kind(path)}, {_size_phrase(size)})"


def _kind(url: str) -> str:
    """Return the kind of an attachment; empty if the URL is of something else or on another site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else ATTACHMENT_KINDS.get(posixpath.splitext(unquote(parts.path))[1], "")


def _size_phrase(size: int) -> str:
    kilobytes = max(1, round(size / 1000))
    number, unit = (kilobytes, "kB") if kilobytes < 1000 else (size / 1_000_000, "MB")
    return f"{format_decimal(number, format='0.#', locale='da')} {unit}"
