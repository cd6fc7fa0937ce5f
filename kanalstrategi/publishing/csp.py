"""What a browser may do on a page: the Content-Security-Policy, with the hashes of the page's own inline scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)

_DATA = re.compile(r"""\btype\s*=\s*["']?application/(ld\+)?json\b""", re.IGNORECASE)

_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)

_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)

FRAME_ANCESTORS = "frame-ancestors 'none'"
"""Only in the header: browsers do not obey it in a <meta>."""


def script_hashes(page: str) -> frozenset[str]:
    """Of every inline script in the page's head that runs.

    None of the body: there stands what editors wrote, and a script that got in there in spite of all checks would be let
    through by its own hash.
    """
    head = page.partition("<body")[0]
    return frozenset(
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for attributes, text in _SCRIPT.findall(head)
        if not _SOURCE.search(attributes) and not _DATA.search(attributes)
    )


def page_policy(hashes: Iterable[str]) -> str:
    """The policy of a page: what the site itself serves, its own inline scripts, and nothing else."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )


def with_policy(page: str, policy: str) -> str:
    """The page with its policy before anything that the policy is about."""
    made, count = _CHARSET.subn(
        lambda found: f'{found[0]}\n<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">', page, count=1
    )
    if not count:
        raise ValueError("the template has no <meta charset> to put the policy after")
    return made
