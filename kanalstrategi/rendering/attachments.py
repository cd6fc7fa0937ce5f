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
    """Add a note to the links of a page tree that lead to attachments, except where the text says the same already.

    `size_of` returns the size of an attachment in bytes, given its URL as it is in the page, or None for a file that the site does not have.
    """
    for link in descendants(root):
        if link.tag == "a" and (url := link.attributes.get("href")) and _extension(url) and (size := size_of(url)) is not None:
            note = attachment_note(url, size)
            kind, text = ATTACHMENT_KINDS[_extension(url)], text_of(link)
            if re.search(rf"\b{kind}\b", text, re.IGNORECASE):
                note = f"({_size(size)})"
            if not (_SIZE.search(text) and kind not in note):
                link.children.append(f" {note}")


def attachment_note(path: str, size: int) -> str:
    """Return the kind and the size of an attachment: `(PDF, 1,2 MB)`. `size` is in bytes."""
    return f"({ATTACHMENT_KINDS[_extension(path)]}, {_size(size)})"


def _extension(url: str) -> str:
    """Return the extension of an attachment, or an empty string for any other URL."""
    try:
        extension = posixpath.splitext(unquote(urlsplit(url).path))[1]
    except ValueError:
        return ""
    return extension if extension in ATTACHMENT_KINDS else ""


def _size(size: int) -> str:
    kilobytes = max(1, round(size / 1000))
    number, unit = (kilobytes, "kB") if kilobytes < 1000 else (size / 1_000_000, "MB")
    return f"{format_decimal(number, format='0.#', locale='da')} {unit}"
