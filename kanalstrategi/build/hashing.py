"""Computes one digest of several parts."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def digest_of(parts: Iterable[bytes]) -> bytes:
    """Return a digest of the parts. Each is preceded by its length, so that no two lists of parts share a digest."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
