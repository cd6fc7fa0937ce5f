"""What an editor may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that is most like this one, or an empty string. At a likeness of 1, only the word itself is."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return close[0] if close else ""


def suggestion(word: str, known: Iterable[str], otherwise: str = "", show: str = "{}") -> str:
    """What to put instead of a word that is not known: the one most like it, or what `otherwise` says,
    or any. `show` is how a word is written."""
    near = nearest(word, known)
    if near:
        return f"mente du {show.format(near)}?"
    return otherwise or f"vælg en af: {', '.join(known)}"
