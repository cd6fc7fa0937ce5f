"""Suggests corrections for words that an editor may have misspelled."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], min_similarity: float = 0.6) -> str:
    """Return the known word that is most similar to a word, or an empty string if none is similar enough.

    `min_similarity` ranges from 0 (any word will do) to 1 (only the word itself), as measured by difflib.
    """
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=min_similarity)
    return matches[0] if matches else ""


def suggestion(word: str, known: Iterable[str], otherwise: str = "", pattern: str = "{}") -> str:
    """Return a Danish hint for an unknown word: the most similar known word, else `otherwise`, else all known words.

    `pattern` is a format string for the suggested word, such as `#{}`.
    """
    near = nearest(word, known)
    if near:
        return f"mente du {pattern.format(near)}?"
    return otherwise or f"vælg en af: {', '.join(known)}"
