"""Judges values of the configuration file."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit


def is_https_url(text: str) -> bool:
    """Whether a text is an HTTPS URL with a plain host.

    The URL becomes part of the editor's Content-Security-Policy and of the configuration of web servers.
    """
    try:
        parts = urlsplit(text)
    except ValueError:  # for example `https://[`
        return False
    return parts.scheme == "https" and bool(re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", parts.netloc)) and not re.search(r"[\s;,'\"]", text)


_EMAIL = re.compile(r"[\w+-]+(\.[\w+-]+)*@[\w-]+(\.[\w-]+)+", re.ASCII)
_MAX_EMAIL_CHARACTERS = 254


def is_email(text: str) -> bool:
    """Whether a text is a plain e-mail address, which can stand in a link and in the head of a mail."""
    return len(text) <= _MAX_EMAIL_CHARACTERS and bool(_EMAIL.fullmatch(text))


def mapping(value: Any) -> dict[str, Any]:
    """Return a mapping with text keys, which is empty if the value is not a mapping."""
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}
