"""Checks that a document holds a text: that no word of it has been lost on the way to paper."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, counted, quoted
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.objects import text_of

MAX_PLACES = 5
"""How many places with missing words are reported."""
WORDS_AROUND = 3
"""How many words before and after the missing ones are quoted."""
MIN_LETTERS = 3
"""The shortest word that is looked for as a row of letters: shorter ones are part of many others."""
MAX_LETTERS = 100
"""The longest word that is put together from pieces, which takes the square of its length."""

_WORD = re.compile(r"\w+")
_RIGHT_TO_LEFT = ("R", "AL")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def check_text(document: PdfDocument, texts: Iterable[str]) -> Iterator[PdfDiagnostic]:
    """Report the first words of a text that are not on the pages of a document.

    Words are counted and not compared one after the other, since notes, captions and columns have another order in a file. What is outside
    a page is not there, and neither is decoration, which repeats words in headers.
    """
    expected = [word for text in texts for word in _words(text)]
    pages = [[_comparable(word) for word in _words(text)] for text in _texts_of_pages(document)]
    found = list(chain.from_iterable(pages))
    folded = list(map(_comparable, expected))
    missing = _missing(folded, found)
    if not missing:
        return
    places = _places(folded, found, missing)
    for start, end in places[:MAX_PLACES]:
        noun = "ordene" if end - start > 1 else "ordet"
        before, after = " ".join(expected[max(start - WORDS_AROUND, 0) : start]), " ".join(expected[end : end + WORDS_AROUND])
        around = " og ".join(part for part in (before and f"efter {quoted(before)}", after and f"før {quoted(after)}") if part)
        message = f"{noun} {quoted(' '.join(expected[start:end]))}{around and f' ({around})'} er ikke på papiret"
        yield PdfDiagnostic("text-missing", _page_before(folded[:start], pages), message, "find ud af, hvorfor teksten falder ud, når filen bliver lavet")
    if len(places) > MAX_PLACES:
        message = f"der mangler også ord {counted(len(places) - MAX_PLACES, 'andet sted', 'andre steder')}"
        yield PdfDiagnostic("text-missing", None, message, "ret de første, og undersøg filen igen")


def _words(text: str) -> list[str]:
    """Return the words of a text as they are written, without what is only there for line breaks and ligatures."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_INVISIBLE))


def _comparable(word: str) -> str:
    """Return a word as it is compared: without case, and, where it is written from right to left, with its letters in one order.

    A file has such letters as they stand on paper, from left to right, but those of a ligature as they are read.
    """
    folded = word.casefold()
    return "".join(sorted(folded)) if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in folded) else folded


def _texts_of_pages(document: PdfDocument) -> Iterator[str]:
    """Yield the text on each page. What stands for the text of an element in the structure is added to the page where it begins."""
    replacements: dict[int, list[str]] = {}
    for element in document.elements:
        if "/ActualText" in element.raw and element.page:
            replacements.setdefault(element.page, []).append(text_of(element.raw.get("/ActualText")))
    for page in document.pages:
        lines = [item.text for item in page.content.items if item.text and not item.is_artifact and page.contains(item.points)]
        yield "\n".join([*lines, *replacements.get(page.number, ())])


def _missing(expected: Sequence[str], found: Sequence[str]) -> Counter[str]:
    """Return how many times each word has been expected, but not found."""
    missing, surplus = Counter(expected), Counter(found)
    missing.subtract(found)
    surplus.subtract(expected)
    missing, surplus = +missing, +surplus
    if missing:
        _match_joined(missing, surplus, found)  # words that the file has in several parts
        _match_joined(surplus, missing, expected)  # words that the file has without a space between them
        _match_letters(missing, "".join(expected), "".join(found))  # last, since it would take only the longer of two words without a space
        _match_in_pieces(missing, surplus)
    return +missing


def _match_joined(wholes: Counter[str], parts: Counter[str], sequence: Sequence[str]) -> None:
    """Take out words whose parts follow each other in a sequence, together with those parts."""
    longest = max(map(len, wholes), default=0)
    for start, word in enumerate(sequence):
        if not parts[word]:
            continue
        run, joined = [word], word
        for position in range(start + 1, len(sequence)):
            following = sequence[position]
            if len(joined) >= longest or parts[following] <= run.count(following):
                break
            run.append(following)
            joined += following
            if wholes[joined]:
                wholes[joined] -= 1
                parts.subtract(run)
                break


def _match_in_pieces(wholes: Counter[str], parts: Counter[str]) -> None:
    """Take out words that are put together from parts, such as one that goes on on the next page after something else, together with those parts."""
    for word in [word for word, times in wholes.items() if times > 0 and len(word) <= MAX_LETTERS]:
        while wholes[word] > 0 and (pieces := _pieces(word, parts)):
            wholes[word] -= 1
            parts.subtract(pieces)


def _match_letters(missing: Counter[str], expected: str, found: str) -> None:
    """Take out words whose letters follow each other as often as expected, whatever the file has between them, such as the end of a line."""
    for word in [*missing]:
        if len(word) >= MIN_LETTERS and found.count(word) >= expected.count(word):
            del missing[word]


def _pieces(word: str, parts: Counter[str]) -> list[str]:
    """Return parts that make up a word, as few as possible; none if it cannot be made."""
    ways: list[list[str] | None] = [[], *(None for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(end):
            way, piece = ways[start], word[start:end]
            shortest = ways[end]
            if way is not None and parts[piece] > way.count(piece) and (shortest is None or len(way) + 1 < len(shortest)):
                ways[end] = [*way, piece]
    return ways[-1] or []


def _places(expected: Sequence[str], found: Sequence[str], missing: Counter[str]) -> list[tuple[int, int]]:
    """Return where the missing words are, most likely: of equal words, those that do not stand beside the same words in the file."""
    runs: list[tuple[int, int]] = []
    for position, word in enumerate(expected):
        if missing[word]:
            start = runs.pop()[0] if runs and runs[-1][1] == position else position
            runs.append((start, position + 1))
    found_pairs = set(pairwise(found))

    def likelihood(run: tuple[int, int]) -> tuple[int, int]:
        start, end = run
        pairs = [tuple(expected[first : first + 2]) for first in (start - 1, end - 1) if first >= 0]
        return sum(pair in found_pairs for pair in pairs), start - end

    left = Counter(missing)
    kept = []
    for start, end in sorted(runs, key=likelihood):
        words = Counter(expected[start:end])
        if any(left[word] > 0 for word in words):
            left.subtract(words)
            kept.append((start, end))
    return sorted(kept)


def _page_before(words: Sequence[str], pages: Sequence[Sequence[str]]) -> int | None:
    """Return the page of the last few of some words, or of those before them, as soon as they are on one page only."""
    for length in (WORDS_AROUND, 1):
        numbers: dict[tuple[str, ...], set[int]] = {}
        for number, page in enumerate(pages, 1):
            for run in zip(*(page[start:] for start in range(length)), strict=False):
                numbers.setdefault(run, set()).add(number)
        for end in range(len(words), length - 1, -1):
            found = numbers.get(tuple(words[end - length : end]), set())
            if len(found) == 1:
                return next(iter(found))
    return None
