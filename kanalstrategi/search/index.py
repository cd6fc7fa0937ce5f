"""Builds the index that the search in the browser reads. No I/O.

    search/index.json             every word, and which of the files below have more about it
    search/<version>/words-N.json the sections that contain a word, and its weight in each
    search/<version>/page-N.json  the parts of a page that a result shows: its title, its sections, their text

Only the first file grows with the site, and no faster than the site's vocabulary. Of the others, a query only fetches the files that it
needs. Their URLs contain a version that depends on the site's content, so that browsers can cache them forever.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.search.sections import IndexedPage, Kind

ENTRY_FILE = "search/index.json"
"""The URL of the first file, which tells the browser where the others are."""

TITLE_WEIGHT, KEYWORD_WEIGHT, HEADING_WEIGHT, PARENT_HEADING_WEIGHT, LINK_TEXT_WEIGHT = 6.0, 6.0, 4.0, 2.5, 1.5
KIND_WEIGHTS = {Kind.RULE: 2.5, Kind.TEXT: 1.0, Kind.QUOTE: 0.4}
"""The weight of a word in each kind of text."""

LAST_PART_SHARE, FIRST_PART_SHARE = 0.8, 0.7
"""The share of a compound's weight that each part gets: a `fællespostkasse` is a `postkasse`, and `fælles` only says which kind."""

OTHER_FORM_SHARE = 0.9
"""The share of a word's weight that its base form in the dictionary gets: `barn` for `børn`."""

SATURATION, LENGTH_SHARE = 1.5, 0.4
"""The parameters k1 and b of BM25: how quickly repetitions of a word stop counting, and how strongly long sections are penalized
(Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009)."""

MAX_WEIGHT = 64
"""Weights are integers from 1 to this."""

LONG_ENDING_LETTERS = 4
"""Endings with at least this many letters are long, such as `forbered-else`."""

MAX_SECTIONS_PER_WORD = 600
"""A word that occurs in more sections than this is listed only with the sections where it has the most weight."""

CHARACTERS_PER_FILE = 3000
"""The approximate size of each `words-N.json`."""

_Word = tuple[tuple[str, str, float], ...]
"""A word and the others that should find it: for each, its form, its stem, and its share of the word's weight."""


@dataclass
class _Term:
    """All words with the same stem, and where they occur."""

    stem: str
    form: str
    """The most frequent form."""
    other_forms: tuple[str, ...] = ()
    """Other forms with a long ending: after a typo in the ending, the stem would no longer be recognizable."""
    weights: dict[int, float] = field(default_factory=dict)
    """The weight in each section. The sections of all pages are numbered from 0."""


def build_index(pages: Sequence[IndexedPage], dictionary: Dictionary) -> dict[str, str]:
    """Return the files of the index (JSON), keyed by their URL relative to the site's root."""
    terms = sorted(_collect_terms(pages, dictionary).values(), key=lambda term: (term.form, term.stem))
    chunks = list(_chunks([_encode_weights(term.weights) for term in terms]))
    files = {f"words-{number}.json": f"[{','.join(lines)}]" for number, (_, lines) in enumerate(chunks)}
    for number, page in enumerate(pages):
        files[f"page-{number}.json"] = _encode_page(page)
    entry = {
        "local": [number for number, page in enumerate(pages) if page.is_local],
        "sections": [len(page.sections) for page in pages],
        "words": " ".join("/".join((term.form, *term.other_forms)) for term in terms),
        "files": [first for first, _ in chunks],
        "little": " ".join(sorted(STOP_WORDS)),
        "other": " ".join(f"{other} {word}" for other, word in _irregular_stems(terms, dictionary)),
    }
    version = hashlib.sha256(_compact_json([entry, files]).encode()).hexdigest()[:12]
    versioned = {f"search/{version}/{name}": text for name, text in files.items()}
    return {ENTRY_FILE: _compact_json({"version": version, **entry}), **versioned}


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield chunks of at most CHARACTERS_PER_FILE (or a single longer line), each with the number of its first line."""
    first, size = 0, 0
    for number, line in enumerate(lines):
        if number > first and size + len(line) > CHARACTERS_PER_FILE:
            yield first, lines[first:number]
            first, size = number, 0
        size += len(line) + 1
    if lines:
        yield first, lines[first:]


def _collect_terms(pages: Sequence[IndexedPage], dictionary: Dictionary) -> dict[str, _Term]:
    """Return the terms of all pages with their BM25 weights, keyed by stem."""
    section_weights: list[dict[str, float]] = []
    words_of: dict[str, list[_Word]] = {}
    occurrences: Counter[str] = Counter()
    word_forms = cache(lambda word: _word_forms(word, dictionary))

    def add(weights: dict[str, float], text: str, weight: float) -> None:
        if text not in words_of:  # the same text, such as a rule, occurs on many pages
            words_of[text] = [word_forms(word) for word in words(text)]
        occurrences[text] += 1
        for word in words_of[text]:
            for _, stem_of_form, share in word:
                weights[stem_of_form] = weights.get(stem_of_form, 0) + weight * share

    page_weights: list[float] = []
    link_texts = _link_texts(pages)
    for page in pages:
        for number, section in enumerate(page.sections):
            weights: dict[str, float] = {}
            add(weights, page.title, TITLE_WEIGHT if number == 0 else TITLE_WEIGHT / 3)
            if number == 0:
                add(weights, " ".join(page.keywords), KEYWORD_WEIGHT)
                add(weights, page.description, KIND_WEIGHTS[Kind.TEXT])
            add(weights, section.heading, HEADING_WEIGHT)
            add(weights, section.parent_heading, PARENT_HEADING_WEIGHT)
            for link_text in link_texts.get(f"{page.url}#{section.anchor}", ()):
                add(weights, link_text, LINK_TEXT_WEIGHT)
            for block in section.blocks:
                add(weights, block.text, KIND_WEIGHTS[block.kind])
                if block.anchor.startswith(DEFINITION_PREFIX):  # people who ask what a word means should find its definition
                    add(weights, block.anchor.removeprefix(DEFINITION_PREFIX).replace("-", " "), KEYWORD_WEIGHT)
            section_weights.append(weights)
            page_weights.append(page.weight)
    lengths = [sum(weights.values()) for weights in section_weights]
    mean_length = sum(lengths) / max(len(lengths), 1) or 1.0
    forms = _count_forms(words_of, occurrences)
    terms: dict[str, _Term] = {}
    for number, (weights, length, page_weight) in enumerate(zip(section_weights, lengths, page_weights, strict=True)):
        damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean_length)
        for stem_of_term, weight in weights.items():
            if stem_of_term not in terms:
                counts = forms[stem_of_term]
                first, *others = sorted(counts, key=lambda form: (-counts[form], len(form), form))
                long_forms = tuple(form for form in others if len(form) >= len(stem_of_term) + LONG_ENDING_LETTERS)
                terms[stem_of_term] = _Term(stem_of_term, first, long_forms)
            terms[stem_of_term].weights[number] = page_weight * weight / (weight + damping)
    return terms


def _count_forms(words_of: Mapping[str, Iterable[_Word]], occurrences: Mapping[str, int]) -> dict[str, Counter[str]]:
    """Return how often each form of each stem occurs. A whole word counts ten times as much as the part of a compound."""
    word_counts: Counter[_Word] = Counter()
    for text, text_words in words_of.items():
        for word in text_words:
            word_counts[word] += occurrences[text]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in word_counts.items():
        for number, (form, stem_of_form, _) in enumerate(word):
            forms[stem_of_form][form] += count if number else 10 * count
    return forms


def _link_texts(pages: Sequence[IndexedPage]) -> dict[str, list[str]]:
    """Return the texts of links from other pages, keyed by the section's URL. On the front page, the links are citizens' questions."""
    titles = {name for page in pages for name in (page.title, *(section.heading for section in page.sections))}
    link_texts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for link in (link for section in page.sections for link in section.links):
            target, _, anchor = urljoin(PLACEHOLDER_SITE + page.url, link.href).removeprefix(PLACEHOLDER_SITE).partition("#")
            texts = link_texts[f"{target}#{anchor}"]
            if target != page.url and link.text not in titles and link.text not in texts:
                texts.append(link.text)
    return link_texts


def _word_forms(word: str, dictionary: Dictionary) -> _Word:
    return tuple((form, stem(form), share) for form, share in ((word, 1.0), *_related_words(word, dictionary)))


def _related_words(word: str, dictionary: Dictionary) -> Iterator[tuple[str, float]]:
    """Yield the base form of a word and its parts, each with its share of the word's weight."""
    lemma = dictionary.lemma(word)
    if stem(lemma) != stem(word):
        yield lemma, OTHER_FORM_SHARE
    for part in dictionary.parts(word):
        yield part, LAST_PART_SHARE if lemma.endswith(part) else FIRST_PART_SHARE


def _irregular_stems(terms: Sequence[_Term], dictionary: Dictionary) -> list[tuple[str, str]]:
    """Return pairs of the stem of an irregular form and the stem of its word, since no ending turns `børn` into `barn`."""
    lemmas, known = {dictionary.lemma(term.form) for term in terms}, {term.stem for term in terms}
    pairs = {(stem(form), stem(lemma)) for form, lemma in dictionary.forms_of(lemmas) if form.isalpha()}
    return sorted((other, own) for other, own in pairs if other != own and other not in known)


def _encode_weights(weights: dict[int, float]) -> str:
    """Return the sections and weights of a term as JSON, with the total number of sections if some are left out.

    Sections and weights alternate. Each section is given as its distance from the previous one.
    """
    listed = sorted(weights.items())
    if len(listed) > MAX_SECTIONS_PER_WORD:
        listed = sorted(sorted(listed, key=lambda item: -item[1])[:MAX_SECTIONS_PER_WORD])
    numbers: list[int] = []
    before = 0
    for section, weight in listed:
        numbers += (section - before, max(1, round(weight * MAX_WEIGHT)))
        before = section
    return _compact_json([numbers, len(weights)] if len(listed) < len(weights) else [numbers])


def _encode_page(page: IndexedPage) -> str:
    texts = [[[block.text, block.anchor] for block in section.blocks] for section in page.sections]
    if page.description:
        texts[0].insert(0, [page.description, ""])  # as on cards and in the results of other search engines
    sections = [[section.anchor, section.heading, section.parent_heading, blocks] for section, blocks in zip(page.sections, texts, strict=True)]
    record = {"url": page.url, "title": page.title, "place": page.place, "draft": page.is_draft, "sections": sections}
    return _compact_json(record)


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
