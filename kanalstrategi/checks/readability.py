"""Measures how hard a text is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.content.model import Page
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import Block

LONG_WORD_LETTERS = 6
"""Words with more letters than this are long."""

MIN_WORDS = 50
"""LIX is meaningless for texts with fewer words than this."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÆØÅ»”]|\s*$)")


def lix(texts: list[str]) -> float:
    """Return the LIX of some texts: up to 24 is very easy, 55 and above very hard. The end of a text also ends a sentence.

    LIX is the number of words per sentence plus the percentage of long words (Björnsson, Läsbarhet, 1968).
    """
    words = [word for text in texts for word in _WORD.findall(text)]
    sentences = sum(len(sentences_of(text)) for text in texts)
    if not words:
        return 0.0
    return len(words) / sentences + 100 * sum(len(word) > LONG_WORD_LETTERS for word in words) / len(words)


def count_words(text: str) -> int:
    """Return the number of words of a text."""
    return len(_WORD.findall(text))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text. A full stop before a lower-case letter does not end a sentence ("f.eks. er")."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def long_sentences(page: Page, blocks: list[Block], max_words: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each block of a page that has a sentence with more words than a limit."""
    for block in blocks:
        longest = max((count_words(sentence) for sentence in sentences_of(block.text)), default=0)
        if longest > max_words:
            yield Diagnostic(f"docs/{page.path}", block.line, f"en sætning er på {longest} ord", "del den i to, hvis du må ændre teksten")


def hard_text(page: Page, blocks: list[Block], max_lix: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the LIX of a page is above a limit."""
    texts = [block.text for block in blocks if block.kind != "heading"]
    score = round(lix(texts))
    if score > max_lix and count_words(" ".join(texts)) >= MIN_WORDS:
        line = next((block.line for block in blocks if block.kind == "heading"), 1)
        message = f"siden er svær at læse (lixtal {score})"
        yield Diagnostic(f"docs/{page.path}", line, message, f"brug kortere sætninger og ord, hvis du må ændre teksten; højst {max_lix} er godt")
