"""Judges where the links of a document lead."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from kanalstrategi.incoming_text import read_typed
from kanalstrategi.markdown.allow_list import URL_SCHEMES, is_misleading, url_scheme
from kanalstrategi.markdown.tree_builder import MAX_URL_CHARACTERS

_ADDRESS = re.compile(r"(?:https?://)?(www\.[^\s/]+|(?<=//)[^\s/]+)", re.IGNORECASE)
"""A web address as the text of a link, and its host."""


def usable_url(target: str, text: str) -> str:
    """Return where a link with this text leads, as a page may have it, or an empty text."""
    url = target.strip()
    if url.lower().startswith("www."):
        url = f"https://{url}"
    url = quote(url, safe="%/:?#[]@!$&'*+,;=~-._")
    if url_scheme(url) not in URL_SCHEMES or len(url) > MAX_URL_CHARACTERS or is_misleading(url) or read_typed(url).diagnostics:
        return ""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return ""
    named = _ADDRESS.match(text.strip())
    return "" if host and named and _plain(named[1]) != _plain(host) else url


def _plain(host: str) -> str:
    return host.casefold().removeprefix("www.").removesuffix(".")
