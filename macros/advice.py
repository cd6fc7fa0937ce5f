"""What should be mended but stops nothing: text that is hard to read, reviews that are overdue,
and addresses that are not yet on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .content import CHANNELS, STRATEGY, Reading
from .dates import danish, is_overdue
from .moved import record_advice
from .records import Page, Problem
from .source import Block

HARD = 45
"""The LIX above which a text is hard: words a sentence, and the share of words longer than six letters.
Björnsson, Läsbarhet (1968); "svær" as the Danish agencies use it."""
LONG_SENTENCE = 30  # words
LONG_WORD = 6  # letters
FEWEST_WORDS = 50
"""Below these, a LIX says nothing."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"[.!?](?=\s+[A-ZÆØÅ»”]|\s*$)")


def advice(reading: Reading) -> list[Problem]:
    """In the order of files and lines."""
    found: list[Problem] = []
    for path, page in reading.content.pages.items():
        found += _overdue(page, reading)
        blocks = [block for block in reading.sources[path].blocks if "{{" not in block.text]
        found += _long_sentences(page, blocks)
        if page.section in (STRATEGY, CHANNELS) or page.path == "index.md":  # what citizens come to read
            found += _hard_text(page, blocks)
    if reading.recorded is not None:
        found += record_advice(reading.content, reading.recorded)
    return sorted(found)


def lix(texts: list[str]) -> float:
    """Of texts that each end a sentence. ≤ 24 is very easy, ≥ 55 very hard."""
    words = [word for text in texts for word in _WORD.findall(text)]
    sentences = sum(len(sentences_of(text)) for text in texts)
    if not words:
        return 0.0
    return len(words) / sentences + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


def sentences_of(text: str) -> list[str]:
    """A full stop before a small letter ends no sentence ("f.eks. er")."""
    return [part for part in _END.split(text) if _WORD.search(part)]


def _overdue(page: Page, reading: Reading) -> Iterator[Problem]:
    if is_overdue(page.review_by, reading.content.today):
        line = reading.sources[page.path].front.lines.get("review_by", 1)
        what = f"siden skulle være gennemgået senest {danish(page.review_by)}"
        yield Problem(f"docs/{page.path}", line, what, "gennemgå den, og ret reviewed og review_by")


def _long_sentences(page: Page, blocks: list[Block]) -> Iterator[Problem]:
    for block in blocks:
        longest = max((len(_WORD.findall(sentence)) for sentence in sentences_of(block.text)), default=0)
        if longest > LONG_SENTENCE:
            yield Problem(f"docs/{page.path}", block.line, f"en sætning er på {longest} ord", "del den i to, hvis du må ændre teksten")


def _hard_text(page: Page, blocks: list[Block]) -> Iterator[Problem]:
    texts = [block.text for block in blocks if block.kind != "heading"]
    number = round(lix(texts))
    if number > HARD and len(_WORD.findall(" ".join(texts))) >= FEWEST_WORDS:
        line = next((block.line for block in blocks if block.kind == "heading"), 1)
        what = f"siden er svær at læse (lixtal {number})"
        yield Problem(f"docs/{page.path}", line, what, f"brug kortere sætninger og ord, hvis du må ændre teksten; højst {HARD} er godt")
