"""The former URLs of pages, and where each leads now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kanalstrategi.content.model import Content
from kanalstrategi.sanitizing.files import MAX_BYTES, RESERVED_NAMES

_URL_PART = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""As the files of pages may be called. These become lines of a web server's configuration, so nothing else is let through."""

_FILE_EXTENSIONS = (*MAX_BYTES, ".css", ".gz", ".html", ".js", ".json", ".pdf", ".txt", ".xml")
"""How the name of a folder cannot end, where a file of the site may stand."""

_MAX_URL_CHARACTERS = 200


def is_valid_url(text: str) -> bool:
    """Whether a page or a PDF can have had this address."""
    if not text.endswith(("/", ".pdf")) or len(text) > _MAX_URL_CHARACTERS:
        return False
    parts = text.removesuffix("/").split("/")
    folders = parts if text.endswith("/") else parts[:-1]
    return all(map(_URL_PART.fullmatch, parts)) and not any(part.endswith(_FILE_EXTENSIONS) for part in folders)


def check_former_urls(former: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The former addresses of a page that cannot be used, each with what is wrong and what to do, in Danish."""
    for old in former:
        folder = old.partition("/")[0]
        if not is_valid_url(old):
            hint = "skriv den fra hjemmesidens rod med små bogstaver, som `mappe/navn/` eller `pdf/navn.pdf`"
            yield old, f"den tidligere adresse {old} kan ikke bruges", hint
        elif folder in RESERVED_NAMES and not (folder == "pdf" and old.endswith(".pdf")):
            yield old, f"den tidligere adresse {old} kan ikke bruges: {RESERVED_NAMES[folder]}", "slet den fra redirects"


def redirects(content: Content) -> dict[str, str]:
    """Former addresses, in order, and the address of the page that each leads to now."""
    return dict(sorted((old, page.url) for page in content.pages.values() for old in page.redirects))
