"""The index that the search in the browser reads. Pure: from pages to files.

    search/index.json             every word, and where to find what is said of it
    search/<version>/words-N.json the sections that words stand in, and how much they weigh there
    search/<version>/page-N.json  what a result says of a page: its title, its sections, their text

Only the first grows with the site, and no faster than its vocabulary; of the others, a query fetches those that it
needs. What follows from the site's content has a version in its address, so that it can be kept for ever.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from urllib.parse import urljoin

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.search.sections import IndexedPage, Kind

ENTRY_FILE = "search/index.json"

TITLE_WEIGHT, KEYWORD_WEIGHT, HEADING_WEIGHT, PARENT_HEADING_WEIGHT, LINK_TEXT_WEIGHT = 6.0, 6.0, 4.0, 2.5, 1.5

KIND_WEIGHTS = {Kind.RULE: 2.5, Kind.TEXT: 1.0, Kind.QUOTE: 0.4}
"""How much a word weighs by where it stands."""

LAST_PART_SHARE, FIRST_PART_SHARE = 0.8, 0.7
"""How much of it the parts of a compound get: a `postkasse` is what a `fællespostkasse` is, `fælles` is what kind."""

OTHER_FORM_SHARE = 0.9
"""How much of it a word of the same dictionary entry gets: `barn` for `børn`."""

SATURATION, LENGTH_SHARE = 1.5, 0.4
"""Of BM25: how soon it no longer counts that a word stands there once more, and how far a long section is held
against it (Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009)."""

MAX_WEIGHT = 64
"""A weight is a whole number up to this."""

LONG_ENDING_LETTERS = 4
"""Letters, as of `forbered-else`."""

MAX_SECTIONS_PER_WORD = 600
"""A word that stands in more sections than this is kept for those where it weighs most."""

_PHONE = re.compile(r"(?<!\d)\d{2}(?: \d{2}){3}(?!\d)")
"""A number that readers write in one: `12 34 56 78`."""

CHARACTERS_PER_FILE = 3000
"""Signs in a file of words, about."""


_Word = tuple[tuple[str, str, float], ...]
"""A word, then the others that it is found by: the form, its key, and how much of the word's weight that gets."""


@dataclass
class _Term:
    key: str
    form: str
    """How it is written where it stands most often."""
    others: tuple[str, ...] = ()
    """How else, where the ending is so long that a typing error in it leaves nothing of the key to know it by."""
    places: dict[int, float] = field(default_factory=dict)
    """Weight by section, counted from 0 through all pages."""


def build_index(pages: Sequence[IndexedPage], dictionary: Dictionary) -> dict[str, str]:
    """The files, by their address relative to the site's root."""
    terms = sorted(_collect_terms(pages, dictionary).values(), key=lambda term: (term.form, term.key))
    chunks = list(_chunks([_encode_places(term.places) for term in terms]))
    files = {f"words-{number}.json": f"[{','.join(lines)}]" for number, (_, lines) in enumerate(chunks)}
    for number, page in enumerate(pages):
        files[f"page-{number}.json"] = _encode_page(page)
    entry = {
        "local": [number for number, page in enumerate(pages) if page.is_local],
        "sections": [len(page.sections) for page in pages],
        "words": " ".join("/".join((term.form, *term.others)) for term in terms),
        "files": [first for first, _ in chunks],
        "little": " ".join(sorted(STOP_WORDS)),
        "other": " ".join(f"{other} {word}" for other, word in _other_forms(terms, dictionary)),
    }
    version = hashlib.sha256(_compact_json([entry, files]).encode()).hexdigest()[:12]
    named = {f"search/{version}/{name}": text for name, text in files.items()}
    return {ENTRY_FILE: _compact_json({"version": version, **entry}), **named}


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Lines in pieces of FILE_SIZE, or one line where that is longer; each with the number of its first."""
    first, size = 0, 0
    for number, line in enumerate(lines):
        if number > first and size + len(line) > CHARACTERS_PER_FILE:
            yield first, lines[first:number]
            first, size = number, 0
        size += len(line) + 1
    if lines:
        yield first, lines[first:]


def _collect_terms(pages: Sequence[IndexedPage], dictionary: Dictionary) -> dict[str, _Term]:
    counts: list[dict[str, float]] = []
    texts: dict[str, list[_Word]] = {}
    times: Counter[str] = Counter()
    known = cache(lambda word: _word_forms(word, dictionary))

    def add(section: dict[str, float], text: str, weight: float) -> None:
        if text not in texts:  # rules, for one, stand on many pages
            texts[text] = [known(word) for word in chain(words(text), ("".join(match.split()) for match in _PHONE.findall(text)))]
        times[text] += 1
        for word in texts[text]:
            for _, term, share in word:
                section[term] = section.get(term, 0) + weight * share

    weights: list[float] = []
    called = _link_texts(pages)
    for page in pages:
        for number, section in enumerate(page.sections):
            count: dict[str, float] = {}
            add(count, page.title, TITLE_WEIGHT if number == 0 else TITLE_WEIGHT / 3)
            if number == 0:
                add(count, " ".join(page.keywords), KEYWORD_WEIGHT)
                add(count, page.description, KIND_WEIGHTS[Kind.TEXT])
            add(count, section.heading, HEADING_WEIGHT)
            add(count, section.above, PARENT_HEADING_WEIGHT)
            for name in called.get(f"{page.url}#{section.anchor}", ()):
                add(count, name, LINK_TEXT_WEIGHT)
            for piece in section.pieces:
                add(count, piece.text, KIND_WEIGHTS[piece.kind])
                if piece.anchor.startswith(DEFINITION_PREFIX):  # who asks what a word means shall find it
                    add(count, piece.anchor.removeprefix(DEFINITION_PREFIX).replace("-", " "), KEYWORD_WEIGHT)
            counts.append(count)
            weights.append(page.weight)
    lengths = [sum(count.values()) for count in counts]
    usual = sum(lengths) / max(len(lengths), 1) or 1.0
    forms = _forms(texts, times)
    terms: dict[str, _Term] = {}
    for number, (count, length, page_weight) in enumerate(zip(counts, lengths, weights, strict=True)):
        against = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / usual)
        for term, weight in count.items():
            if term not in terms:
                first, *others = sorted(forms[term], key=lambda form: (-forms[term][form], len(form), form))
                terms[term] = _Term(term, first, tuple(form for form in others if len(form) >= len(term) + LONG_ENDING_LETTERS))
            terms[term].places[number] = page_weight * weight / (weight + against)
    return terms


def _forms(texts: Mapping[str, Iterable[_Word]], times: Mapping[str, int]) -> dict[str, Counter[str]]:
    """How a term is written, and how often: a word that stands there counts ten times one that it is put together of."""
    stand: Counter[_Word] = Counter()
    for text, found in texts.items():
        for word in found:
            stand[word] += times[text]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word, often in stand.items():
        for number, (form, term, _) in enumerate(word):
            forms[term][form] += often if number else 10 * often
    return forms


def _link_texts(pages: Sequence[IndexedPage]) -> dict[str, list[str]]:
    """What other pages call a section when they link to it: the front page asks what a citizen would."""
    titles = {name for page in pages for name in (page.title, *(section.heading for section in page.sections))}
    called: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for mention in (mention for section in page.sections for mention in section.mentions):
            target, _, anchor = urljoin(PLACEHOLDER_SITE + page.url, mention.href).removeprefix(PLACEHOLDER_SITE).partition("#")
            names = called[f"{target}#{anchor}"]
            if target != page.url and mention.text not in titles and mention.text not in names:
                names.append(mention.text)
    return called


def _word_forms(word: str, dictionary: Dictionary) -> _Word:
    return tuple((form, stem(form), share) for form, share in ((word, 1.0), *_parts(word, dictionary)))


def _parts(word: str, dictionary: Dictionary) -> Iterator[tuple[str, float]]:
    lemma = dictionary.lemma(word)
    if stem(lemma) != stem(word):
        yield lemma, OTHER_FORM_SHARE
    for part in dictionary.parts(word):
        yield part, LAST_PART_SHARE if lemma.endswith(part) else FIRST_PART_SHARE


def _other_forms(terms: Sequence[_Term], dictionary: Dictionary) -> list[tuple[str, str]]:
    """The keys of forms that do not have that of their word, each with it: no ending tells that `børn` are a `barn`."""
    lemmas, known = {dictionary.lemma(term.form) for term in terms}, {term.key for term in terms}
    pairs = {(stem(form), stem(lemma)) for form, lemma in dictionary.forms_of(lemmas) if form.isalpha()}
    return sorted((other, own) for other, own in pairs if other != own and other not in known)


def _encode_places(places: dict[int, float]) -> str:
    """Section and weight in turn, each section as its distance from the one before; how many there are, if not all."""
    kept = sorted(places.items())
    if len(kept) > MAX_SECTIONS_PER_WORD:
        kept = sorted(sorted(kept, key=lambda place: -place[1])[:MAX_SECTIONS_PER_WORD])
    numbers: list[int] = []
    before = 0
    for section, weight in kept:
        numbers += (section - before, max(1, round(weight * MAX_WEIGHT)))
        before = section
    return _compact_json([numbers, len(places)] if len(kept) < len(places) else [numbers])


def _encode_page(page: IndexedPage) -> str:
    sections = [
        [section.anchor, section.heading, section.above, [[piece.text, piece.anchor] for piece in section.pieces]]
        for section in page.sections
    ]
    if page.description:
        sections[0][-1].insert(0, [page.description, ""])  # as on cards, and in the results of other searches
    facts = {"url": page.url, "title": page.title, "place": page.place, "draft": page.is_draft, "sections": sections}
    return _compact_json(facts)


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
