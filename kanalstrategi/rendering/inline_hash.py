"""Writes the hash by which a Content-Security-Policy allows one script or style that stands in a page. No I/O."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256


def inline_hash(text: str) -> str:
    """Return the hash of what stands between the tags, as a source of a policy, quotes included."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
