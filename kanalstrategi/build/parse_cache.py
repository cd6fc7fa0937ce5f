"""Pages as they were parsed, by their text: parsing would be a third of a build that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace

import msgspec

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.workers import can_fork, map_in_workers
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.markdown.front_matter import FrontMatter, parse_front_matter
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(ParsedPage)
_NO_FRONT_MATTER = FrontMatter({}, {})
"""Stands in for the front matter in the cache: its values can be of any type, and parsing them again is quick."""


class ParseCache:
    """Parses the pages of a project, at each build. A preview parses all pages at every save, so it keeps the last ones in memory."""

    def __init__(self) -> None:
        self._in_memory: dict[str, ParsedPage] = {}
        """By text, the pages of the last build."""

    def cached_parser(self, cache: BuildCache, texts: Collection[str]) -> Callable[[str], ParsedPage]:
        """Return what parses some texts, and others, as `kanalstrategi.markdown.parser.parse` does. New texts are parsed on all cores."""
        known = {text: parsed for text in texts if (parsed := self._in_memory.get(text) or _lookup(text, cache))}
        self._in_memory = known
        new = [text for text in texts if text not in known]
        if can_fork(len(new)):
            map_in_workers(lambda text: _parse_in_time(text, cache), new, cache)

        def parse_cached(text: str) -> ParsedPage:
            if text not in known:
                known[text] = _lookup_or_parse(text, cache)
            return known[text]

        return parse_cached


def _parse_in_time(text: str, cache: BuildCache) -> None:
    with suppress(TooSlowError), time_limit():  # whoever asks for the page meets the error
        _lookup_or_parse(text, cache)


def _lookup(text: str, cache: BuildCache) -> ParsedPage | None:
    encoded = cache.get("source", text.encode())
    return None if encoded is None else replace(_DECODER.decode(encoded), front=parse_front_matter(text))


def _lookup_or_parse(text: str, cache: BuildCache) -> ParsedPage:
    if found := _lookup(text, cache):
        return found
    parsed = parse(text)
    cache.put(_ENCODER.encode(replace(parsed, front=_NO_FRONT_MATTER)), "source", text.encode())
    return parsed
