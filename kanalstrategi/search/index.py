"""Builds the index that the search in the browser reads. No I/O.

    search/index.json             every word, and which of the files below have more about it
    search/<version>/words-N.json the sections that contain a word, and its weight in each, for some of the words
    search/<version>/pages-N.json what a result shows of a page: its title, its sections, their text, for some of the pages

The pages of editions that are not in force have an index of their own, search/editions.json, which is only read when a reader asks for them.
Only the first file grows with the site, and no faster than the site's vocabulary. Of the others, a query only fetches the files that it
needs. Their URLs contain a version that depends on the site's content, so that browsers can cache them forever.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from msgspec import json

from kanalstrategi.content.languages import SITE_LANGUAGE, language_of
from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.search.asked_words import ASKED_KINDS, asked_words
from kanalstrategi.search.audiences import PageKind, best_share, ranking, written_for
from kanalstrategi.search.sections import IndexedPage
from kanalstrategi.search.weights import ASKED_WORD_WEIGHT, LINK_TEXT_WEIGHT, WeighedPage, WordWeights

ENTRY_FILE = "search/index.json"
"""The URL of the first file, which tells the browser where the others are."""
EDITIONS_ENTRY_FILE = "search/editions.json"
"""The same for the pages of editions that are not in force."""

SATURATION, LENGTH_SHARE = 1.5, 0.4
"""The parameters k1 and b of BM25: how quickly repetitions of a word stop counting, and how strongly long sections are penalized
(Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009)."""

MAX_WEIGHT = 64
"""Weights are integers from 1 to this, and that much more in the first section of a page with the word in its title."""

FIRST_CHARACTER = ord("0")
"""The code of the character that stands for zero, also for the first kind of page, where each page has one; higher numbers follow it."""

LONG_ENDING_LETTERS = 4
"""Endings with at least this many letters are long, such as `forbered-else`."""

MAX_SECTIONS_PER_WORD = 600
"""A word that occurs in more sections than this is listed only with the sections where it has the most weight."""

BYTES_PER_FILE = 2700
"""The approximate size of each of the other files. Larger ones would be fewer, but readers would get more that they have not asked for."""


@dataclass(slots=True)
class _Term:
    """All words with the same stem, and where they occur."""

    stem: str
    form: str = ""
    """The most frequent form."""
    other_forms: tuple[str, ...] = ()
    """Other forms with a long ending: after a typo in the ending, the stem would no longer be recognizable."""
    sections: array[int] = field(default_factory=lambda: array("L"))
    """The sections that it occurs in, in order. The sections of all pages are numbered from 0."""
    weights: array[float] = field(default_factory=lambda: array("d"))
    """The weight in each of them."""
    titled: set[int] = field(default_factory=set)
    """The first sections of the pages that have it in their title."""


@dataclass(slots=True)
class _PagesRead:
    """What the index needs of the pages, besides the words. It is collected page by page, since all pages together would fill the memory."""

    urls: list[str] = field(default_factory=list)
    kinds: list[PageKind] = field(default_factory=list)
    stated_on: list[str] = field(default_factory=list)
    titles: list[tuple[str, ...]] = field(default_factory=list)
    """The words of each page's title."""
    anchors: list[list[str]] = field(default_factory=list)
    """The anchors of each page's sections."""
    encoded: list[bytes] = field(default_factory=list)
    """What results show of each page, as JSON."""
    names: set[str] = field(default_factory=set)
    """All titles and headings."""
    link_texts: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """The texts of links from other pages, in order, keyed by the section's URL."""
    asked: list[IndexedPage] = field(default_factory=list)
    """The pages that say with which words people ask, and the places that they lead to."""

    def add(self, page: IndexedPage) -> None:
        """Collect what is needed of a page."""
        self.urls.append(page.url)
        self.kinds.append(page.kind)
        self.stated_on.append(page.stated_on)
        self.titles.append(tuple(words(page.title)))
        self.anchors.append([section.anchor for section in page.sections])
        self.encoded.append(_encode_page(page))
        self.names.update((page.title, *(section.heading for section in page.sections)))
        for link in (link for section in page.sections for link in section.links):
            target, _, anchor = urljoin(PLACEHOLDER_SITE + page.url, link.href).removeprefix(PLACEHOLDER_SITE).partition("#")
            if target != page.url:
                self.link_texts[f"{target}#{anchor}"][link.text] = None
        if page.kind in ASKED_KINDS:
            self.asked.append(page)


def build_index(pages: Iterable[IndexedPage], weighed: Iterable[WeighedPage], dictionary: Dictionary, entry_file: str = ENTRY_FILE) -> dict[str, bytes]:
    """Return the files of the index (JSON), keyed by their URL relative to the site's root. `weighed` has the words of each page.

    Both are read once, one page at a time.
    """
    read = _PagesRead()
    for page in pages:
        read.add(page)
    terms = sorted(_collect_terms(read, weighed, dictionary), key=lambda term: (term.form, term.stem))
    importance = [best_share(kind) for kind, anchors in zip(read.kinds, read.anchors, strict=True) for _ in anchors]
    word_chunks = list(_chunks([_encode_weights(term, importance) for term in terms]))
    page_chunks = list(_chunks(read.encoded))
    chunks = (("words", word_chunks), ("pages", page_chunks))
    files = {f"{name}-{number}.json": b"[%b]" % b",".join(lines) for name, some in chunks for number, (_, lines) in enumerate(some)}
    numbers = {url: number for number, url in enumerate(read.urls)}
    entry = {
        "kinds": "".join(chr(FIRST_CHARACTER + kind.value) for kind in read.kinds),
        "ranking": ranking(),
        "steps": [number for number, kind in enumerate(read.kinds) if kind is PageKind.CHOOSER],
        "rules": [[number, numbers.get(stated_on, number)] for number, stated_on in enumerate(read.stated_on) if stated_on],
        "sections": [len(anchors) for anchors in read.anchors],
        "titleWords": "".join(chr(FIRST_CHARACTER + len(title)) for title in read.titles),
        "words": " ".join("/".join((term.form, *term.other_forms)) for term in terms),
        "wordFiles": [first for first, _ in word_chunks],
        "pageFiles": [first for first, _ in page_chunks],
        "little": " ".join(sorted(STOP_WORDS)),
        "other": " ".join(f"{other} {word}" for other, word in _irregular_stems(terms, dictionary)),
    }
    digest = hashlib.sha256(json.encode(entry))
    for name, content in files.items():
        digest.update(name.encode() + b"\n" + content + b"\n")
    version = digest.hexdigest()[:12]
    versioned = {f"search/{version}/{name}": content for name, content in files.items()}
    return {entry_file: json.encode({"version": version, **entry}), **versioned}


def _chunks(lines: Sequence[bytes]) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Yield chunks of at most BYTES_PER_FILE (or a single longer line), each with the number of its first line."""
    first, size = 0, 0
    for number, line in enumerate(lines):
        if number > first and size + len(line) > BYTES_PER_FILE:
            yield first, lines[first:number]
            first, size = number, 0
        size += len(line) + 1
    if lines:
        yield first, lines[first:]


def _collect_terms(read: _PagesRead, weighed: Iterable[WeighedPage], dictionary: Dictionary) -> list[_Term]:
    """Return the terms of all pages with their BM25 weights."""
    total = WordWeights(dictionary)
    asked = asked_words(read.asked)
    terms: dict[str, _Term] = {}
    lengths: list[float] = []
    for url, anchors, title, of_page in zip(read.urls, read.anchors, read.titles, weighed, strict=True):
        for text in map(stem, title):
            (terms.get(text) or terms.setdefault(text, _Term(text))).titled.add(len(lengths))
        for text, counts in zip(of_page.stems, of_page.forms, strict=True):
            forms = total.forms[text]
            for form, count in counts.items():
                forms[form] += count
        for anchor, (positions, values) in zip(anchors, of_page.sections, strict=True):
            weights: dict[str, float] = dict(zip(map(of_page.stems.__getitem__, positions), values, strict=True))
            for link_text in read.link_texts.get(f"{url}#{anchor}", ()):
                if link_text not in read.names:
                    total.add(weights, link_text, LINK_TEXT_WEIGHT)
            for text, share in asked.get(f"{url}#{anchor}", ()):
                total.add(weights, text, ASKED_WORD_WEIGHT * share)
            for text, weight in weights.items():
                term = terms.get(text) or terms.setdefault(text, _Term(text))
                term.sections.append(len(lengths))
                term.weights.append(weight)
            lengths.append(sum(weights.values()))
    mean_length = sum(lengths) / max(len(lengths), 1) or 1.0
    damping = [SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean_length) for length in lengths]
    for text, forms in total.forms.items():
        term = terms.get(text) or terms.setdefault(text, _Term(text))
        term.form, term.other_forms = _forms(text, forms)
        for place, (section, weight) in enumerate(zip(term.sections, term.weights, strict=True)):
            term.weights[place] = weight / (weight + damping[section])
    return list(terms.values())


def _forms(text: str, forms: Mapping[str, int]) -> tuple[str, tuple[str, ...]]:
    """Return the most frequent form of a stem and its other forms with a long ending, given how often each occurs."""
    first, *others = sorted(forms, key=lambda form: (-forms[form], len(form), form))
    return first, tuple(form for form in others if len(form) >= len(text) + LONG_ENDING_LETTERS)


def _irregular_stems(terms: Sequence[_Term], dictionary: Dictionary) -> list[tuple[str, str]]:
    """Return pairs of the stem of an irregular form and the stem of its word, since no ending turns `børn` into `barn`."""
    lemmas, known = {dictionary.lemma(term.form) for term in terms}, {term.stem for term in terms}
    pairs = {(stem(form), stem(lemma)) for form, lemma in dictionary.forms_of(lemmas) if form.isalpha()}
    return sorted((other, own) for other, own in pairs if other != own and other not in known)


def _encode_weights(term: _Term, importance: Sequence[float]) -> bytes:
    """Return the sections and weights of a term as JSON, with the total number of sections if some are left out.

    Sections and weights alternate. Each section is given as its distance from the previous one. `importance` says for each section how
    much its words can count.
    """
    listed = list(zip(term.sections, term.weights, strict=True))
    if len(listed) > MAX_SECTIONS_PER_WORD:
        listed = sorted(sorted(listed, key=lambda item: -item[1] * importance[item[0]])[:MAX_SECTIONS_PER_WORD])
    numbers: list[int] = []
    before = 0
    for section, weight in listed:
        numbers += (section - before, max(1, round(weight * MAX_WEIGHT)) + (MAX_WEIGHT if section in term.titled else 0))
        before = section
    return json.encode([numbers, len(term.sections)] if len(listed) < len(term.sections) else [numbers])


def _encode_page(page: IndexedPage) -> bytes:
    texts = [[[block.text, block.anchor] for block in section.blocks] for section in page.sections]
    if page.description:
        texts[0].insert(0, [page.description, ""])  # as on cards and in the results of other search engines
    sections = [[section.anchor, section.heading, section.parent_heading, blocks] for section, blocks in zip(page.sections, texts, strict=True)]
    record: dict[str, object] = {"url": page.url, "title": page.title, "place": page.place, "draft": page.is_draft, "sections": sections}
    if audience := written_for(page.kind):
        record["for"] = audience
    if page.language != SITE_LANGUAGE:
        record |= {"lang": page.language, "dir": language_of(page.language).direction}
    if page.edition_state:
        record["state"] = page.edition_state
    if page.kind is PageKind.CHOOSER:
        record["steps"] = True
    if page.rule_kind:
        record["rule"] = page.rule_kind
    if page.rules:
        record["rules"] = page.rules
    return json.encode(record)
