"""Finds what an earlier edition of the strategy had, and the one in force does not have any more. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.model import Channel, Content, Passage, Rule
from kanalstrategi.danish.sentences import split_sentences

_Record = TypeVar("_Record", Rule, Channel, Passage)


@dataclass(frozen=True)
class Former(Generic[_Record]):
    """Something that is not part of the strategy any more."""

    record: _Record
    """It, as it was in the last edition that had it."""
    content: Content
    """The content of that edition."""
    gone_with: str
    """The title of the edition that does not have it any more."""


def superseded(content: Content) -> tuple[Content, ...]:
    """Return the editions that were in force, the latest first."""
    return tuple(edition for edition in content.editions if edition.edition and edition.edition.state is EditionState.SUPERSEDED)


def with_successors(content: Content) -> Iterator[tuple[Content, str]]:
    """Yield the editions that were in force, the latest first, each with the title of the one that took its place."""
    successor = content
    for edition in superseded(content):
        yield edition, successor.edition.title if successor.edition else ""
        successor = edition


def former_rule(content: Content, id: str) -> Former[Rule] | None:
    """Return a rule that is gone, or None if it is in force or there never was one."""
    return None if id in content.rules else _latest(content, id, lambda edition: edition.rules)


def former_channel(content: Content, id: str) -> Former[Channel] | None:
    """Return a channel that is gone, or None if it is in force or there never was one."""
    return None if id in content.stating else _latest(content, id, lambda edition: edition.stating)


def former_passage(content: Content, id: str, beginning: str = "") -> Former[Passage] | None:
    """Return a passage that is gone, or that has lost the sentence with a certain beginning; None if it is in force or there never was one."""
    if id in content.passages and sentence_of(content.passages[id], beginning):
        return None
    return _latest(content, id, lambda edition: {id: passage for id, passage in edition.passages.items() if sentence_of(passage, beginning)})


def former_ids(content: Content, records: Callable[[Content], Mapping[str, object]]) -> list[str]:
    """Return the ids of all records that earlier editions had and the one in force does not have. `records` returns those of an edition."""
    return list(dict.fromkeys(id for edition in superseded(content) for id in records(edition) if id not in records(content)))


def sentence_of(passage: Passage, beginning: str) -> str:
    """Return the text of a passage, or only the sentence that begins with some words; empty if none does."""
    if not beginning:
        return passage.text
    return next((sentence for sentence in split_sentences(passage.text) if sentence.startswith(beginning)), "")


def _latest(content: Content, id: str, records: Callable[[Content], Mapping[str, _Record]]) -> Former[_Record] | None:
    for edition, gone_with in with_successors(content):
        if found := records(edition).get(id):
            return Former(found, edition, gone_with)
    return None
