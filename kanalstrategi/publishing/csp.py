"""The Content-Security-Policy of pages, with the hashes of their own inline scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape

FRAME_ANCESTORS = "frame-ancestors 'none'"
"""Belongs in the header only: browsers ignore it in a `<meta>`."""

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_JSON_TYPE = re.compile(r"""\btype\s*=\s*["']?application/(ld\+)?json\b""", re.IGNORECASE)
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def script_hashes(page: str) -> frozenset[str]:
    """Return the hashes of the inline scripts that run in a page's head, as a policy names them.

    Scripts in the body get none. The body holds what editors wrote, and a script that got in there in spite of all checks would
    otherwise be let through by its own hash.
    """
    head = page.partition("<body")[0]
    return frozenset(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        for attributes, script in _SCRIPT.findall(head)
        if not _SRC.search(attributes) and not _JSON_TYPE.search(attributes)
    )


def page_policy(hashes: Iterable[str]) -> str:
    """Return the policy of a page: it may use what the site itself serves and its own inline scripts, nothing else."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )


def with_policy(page: str, policy: str) -> str:
    """Return a page with its policy in a `<meta>`, before anything that the policy applies to.

    Raises ValueError if the page has no `<meta charset>`.
    """
    html, count = _CHARSET.subn(
        lambda match: f'{match[0]}\n<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">', page, count=1
    )
    if not count:
        raise ValueError("the template has no <meta charset> to put the policy after")
    return html
