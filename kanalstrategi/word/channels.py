"""Finds the channel that a heading is about, by the titles and keywords of the strategy's channel pages, in any inflection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.model import Channel, Page, Status
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.danish.slugs import slug
from kanalstrategi.danish.words import STOP_WORDS, stem, words

_DIVIDERS = re.compile(r",| og | samt | eller |/|&")
_TITLE, _PART_OF_TITLE, _KEYWORD, _NOUN = 4, 3, 2, 1
"""How much a phrase counts where others have as many words."""
_MIN_SHARE = 0.5
"""The share of a title that a heading must have at least, if it has no other words: `Skriftlig kommunikation`."""


@dataclass(frozen=True)
class _Phrase:
    """Words that stand for a channel."""

    stems: frozenset[str]
    weight: int
    channel: Channel
    group: Channel


class ChannelFinder:
    """Knows the phrases of all channels."""

    def __init__(self, groups: Sequence[Channel]) -> None:
        self._phrases = [phrase for group in groups for phrase in _phrases_of(group) if phrase.stems]

    @classmethod
    def of_titles(cls, titles: Iterable[str]) -> ChannelFinder:
        """Return one that knows channels by their titles alone, before they have pages."""
        return cls([_unwritten(title) for title in dict.fromkeys(titles)])

    def find(self, heading: str) -> list[Channel]:
        """Return the channel that a heading is about; none if it is about no channel, several if it cannot be told which."""
        own = {stem(word) for word in _content_words(heading)}
        stems = own | {stem(part) for word in _content_words(heading) for part in danish_dictionary().parts(word)}
        whole = [phrase for phrase in self._phrases if phrase.stems <= stems]
        found = whole or [phrase for phrase in self._phrases if phrase.weight == _TITLE and _is_most_of(own, phrase.stems)]
        best = max((_rank(phrase, own) for phrase in found), default=None)
        channels = {phrase.channel.id: phrase.channel for phrase in found if _rank(phrase, own) == best}
        groups = {phrase.group.id: phrase.group for phrase in found if _rank(phrase, own) == best}
        if len(groups) != 1:
            return list(groups.values())
        (group,) = groups.values()
        narrower = {phrase.channel.id: phrase.channel for phrase in whole if phrase.group == group and phrase.channel in group.subchannels}
        if len(channels) > 1 or group.id in channels:
            channels = narrower if len(narrower) == 1 and not any(phrase.weight == _TITLE and phrase.channel == group for phrase in whole) else groups
        return list(channels.values())


def _unwritten(title: str) -> Channel:
    """Return a channel without a page."""
    id = slug(title)
    page = Page(id, id, title, "", Owner("", ""), Status.DRAFT, date.min, date.max)
    return Channel(id, title, id, page, (), ())


def _rank(phrase: _Phrase, own: set[str]) -> tuple[int, int, int]:
    """Return how well a phrase suits a heading with these stems: the phrase with the most words, as a word of its own, of the greatest weight."""
    return len(phrase.stems), len(phrase.stems & own), phrase.weight


def _is_most_of(own: set[str], stems: frozenset[str]) -> bool:
    return bool(own) and own <= stems and len(own) >= _MIN_SHARE * len(stems)


def _phrases_of(group: Channel) -> Iterator[_Phrase]:
    yield from (_Phrase(_stems(keyword), _KEYWORD, group, group) for keyword in group.page.keywords)
    for channel in (group, *group.subchannels):
        yield _Phrase(_stems(channel.title), _TITLE, channel, group)
        parts = [part for part in _DIVIDERS.split(channel.title) if _has_noun(part)]
        yield from (_Phrase(_stems(part), _PART_OF_TITLE, channel, group) for part in parts if part != channel.title)
        if not channel.subchannels:
            yield from (_Phrase(_stems(" ".join(_nouns(part))), _NOUN, channel, group) for part in parts)


def _has_noun(text: str) -> bool:
    return bool(_nouns(text))


def _nouns(text: str) -> list[str]:
    return [word for word in _content_words(text) if danish_dictionary().is_noun(word)]


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _content_words(text)))


def _content_words(text: str) -> list[str]:
    """Return the words of a text that say something about its subject."""
    return [word for word in words(text) if word not in STOP_WORDS and not word.isdecimal()]
