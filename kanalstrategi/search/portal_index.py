"""Builds the search over all sites of a portal, from the open data of each. No I/O.

It has no more of a page than its title, its short text and the municipality, or of a rule and an answer the sentence itself: an index with
every word of 98 sites would be nearly thirty times larger, and most of the words are the same. Each site's own search has the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.content.folder_settings import NAMES_OF_PROGRAM
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import normalize
from kanalstrategi.search.audiences import PageKind
from kanalstrategi.search.index import build_index
from kanalstrategi.search.sections import IndexedPage, Section, TextBlock
from kanalstrategi.search.weights import weigh_page

MAX_RECORDS = 5000
"""How many records of one file are read of each site."""
MAX_TEXT_CHARACTERS = 1000
DATA_FILES = ("pages", "answers", "rules")
"""The files of open data that are read, by their names in the folder `data/`."""
GUIDELINE_FILE = "guidelines"
"""One more such file, which a site may lack: it says what the folder of the guidelines is called."""

_URL = re.compile(r"(?:[a-z0-9-]{1,100}/){0,8}(?:#[A-Za-z0-9_.-]{1,200})?")


class _Record(msgspec.Struct):
    """What is read of a record; everything else is passed over."""

    title: str
    url: str
    description: str = ""
    short: str = ""
    status: str = ""
    text: str = ""
    page: str = ""
    first_sentence: str = ""
    words: list[str] = []
    language: str = SITE_LANGUAGE


_DECODER = msgspec.json.Decoder(list[_Record])


class UnreadableDataError(ValueError):
    """The open data of a site are not what the program writes."""


def portal_pages(site: str, name: str, data: dict[str, bytes]) -> list[IndexedPage]:
    """Return what the search shows of one site. `site` is its folder, and `data` has the content of each of DATA_FILES, and of GUIDELINE_FILE if it has that.

    Raises UnreadableDataError.
    """
    try:
        records = {file: _DECODER.decode(data[file])[:MAX_RECORDS] for file in DATA_FILES}
        guidelines = _DECODER.decode(data.get(GUIDELINE_FILE, b"[]"))[:MAX_RECORDS]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise UnreadableDataError from error
    kinds = _kinds(records["pages"], guidelines)
    own = [(record, kind) for record in records["pages"] if (kind := _kind_of(record.url, kinds)) is not None]
    found = [
        *(_page(site, name, record.url, record, [record.short], kind) for record, kind in own),
        *(_page(site, name, record.url, record, [record.first_sentence], PageKind.ANSWER, record.words) for record in records["answers"]),
        *(_page(site, name, record.page or record.url, record, [record.text], PageKind.RULE) for record in records["rules"]),
    ]
    return list({page.url: page for page in found}.values())


def portal_index(pages: Sequence[IndexedPage], dictionary: Dictionary) -> dict[str, bytes]:
    """Return the files of the index, keyed by their URL relative to the portal's root."""
    return build_index(pages, (weigh_page(page, dictionary) for page in pages), dictionary)


def _page(site: str, name: str, url: str, record: _Record, texts: Iterable[str], kind: PageKind, words: Iterable[str] = ()) -> IndexedPage:
    if not _URL.fullmatch(url):
        raise UnreadableDataError(url[:80])
    blocks = [TextBlock(normalize(text)[:MAX_TEXT_CHARACTERS]) for text in texts if text]
    return IndexedPage(
        url=f"{site}/{url}",
        title=normalize(record.title)[:MAX_TEXT_CHARACTERS],
        place=name,
        sections=(Section("", "", blocks=blocks),),
        description=normalize(record.description)[:MAX_TEXT_CHARACTERS],
        keywords=(name, *_short(words)),
        is_draft=record.status == "draft",
        kind=kind,
    )


def _short(words: Iterable[str]) -> Iterator[str]:
    for word in list(words)[:50]:
        yield normalize(word)[:80]


def _kinds(pages: Iterable[_Record], guidelines: Iterable[_Record]) -> dict[str, PageKind]:
    """Return the kind of the pages in each folder that is a municipality's own.

    The open data does not say what a site calls the folders of the strategy and its channels. Unless they are called what the program calls
    them, they are those of its folders that are nothing else.
    """
    own = {_folder(record.url) for record in pages if record.language == SITE_LANGUAGE} - {""}
    of_strategy = {*DEFAULT_FOLDERS.of_strategy}
    if not own >= of_strategy:
        of_strategy |= own - NAMES_OF_PROGRAM - {DEFAULT_FOLDERS.guidelines}
    of_guidelines = {DEFAULT_FOLDERS.guidelines, *(_folder(record.url) for record in guidelines)} - {""}
    return dict.fromkeys(of_strategy, PageKind.STRATEGY) | dict.fromkeys(of_guidelines, PageKind.GUIDELINE)


def _folder(url: str) -> str:
    return url.partition("/")[0] if "/" in url else ""


def _kind_of(url: str, kinds: Mapping[str, PageKind]) -> PageKind | None:
    """Return the kind of a page; None for one that is the program's, is no more than a list, or is found as an answer."""
    folder, _, rest = url.partition("/")
    return kinds.get(folder) if rest and folder != ANSWER_FOLDER else None
