"""Suggestions for words that an editor may have misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], min_similarity: float = 0.6) -> str:
    """Return the known word that is most like a word, or an empty string if none is like it.

    `min_similarity` goes from 0 (any word will do) to 1 (only the word itself), as difflib measures it.
    """
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=min_similarity)
    return matches[0] if matches else ""


def suggestion(word: str, known: Iterable[str], otherwise: str = "", pattern: str = "{}") -> str:
    """Return a hint, in Danish, for a word that is not known: the known word most like it, else `otherwise`, else all known words.

    `pattern` is a format string for how the suggested word is written, such as `#{}`.
    """
    near = nearest(word, known)
    if near:
        return f"mente du {pattern.format(near)}?"
    return otherwise or f"vælg en af: {', '.join(known)}"
