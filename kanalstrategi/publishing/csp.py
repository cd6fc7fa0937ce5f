"""Builds the Content-Security-Policy of pages, with the hashes of their own inline scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from kanalstrategi.rendering.inline_hash import inline_hash

FRAME_ANCESTORS = "frame-ancestors 'none'"
"""Only for the HTTP header, since browsers ignore it in a `<meta>`."""

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_JSON_TYPE = re.compile(r"""\btype\s*=\s*["']?application/(ld\+)?json\b""", re.IGNORECASE)
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def script_hashes(page: str) -> frozenset[str]:
    """Return the hashes of the inline scripts in a page's head, in the form that a policy needs.

    Scripts in the body are ignored. The body contains editors' text, and if a script got into it despite all checks, its hash
    would allow it to run.
    """
    head = page.partition("<body")[0]
    return frozenset(
        inline_hash(script)
        for attributes, script in _SCRIPT.findall(head)
        if not _SRC.search(attributes) and not _JSON_TYPE.search(attributes)
    )


def page_policy(hashes: Iterable[str]) -> str:
    """Return the policy of a page, which allows its own inline scripts and files from the same site, and nothing else."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )


def with_policy(page: str, policy: str) -> str:
    """Return a page with its policy in a `<meta>`, placed before everything that the policy applies to.

    Raises ValueError if the page has no `<meta charset>`.
    """
    html, count = _CHARSET.subn(lambda match: f'{match[0]}\n<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">', page, count=1)
    if not count:
        raise ValueError("the template has no <meta charset> to put the policy after")
    return html
