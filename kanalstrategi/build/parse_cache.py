"""Caches parsed pages, keyed by their text. Without it, parsing would take a third of a build in which nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace

import msgspec

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.workers import can_fork, map_in_workers
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(ParsedPage)


class ParseCache:
    """Parses the pages of a project for each build.

    A preview parses all pages at every save, so with `keeps_pages` the last build's pages stay in memory.
    """

    def __init__(self, *, keeps_pages: bool) -> None:
        self._keeps_pages = keeps_pages
        self._in_memory: dict[str, ParsedPage] = {}
        """The pages of the last build, keyed by their text."""

    def cached_parser(self, cache: BuildCache, meanwhile: Callable[[], None], texts: Collection[str]) -> Callable[[str], ParsedPage]:
        """Return a parser that looks pages up in the cache before it parses them. Texts that are new are parsed in advance, on all cores.

        `meanwhile` is other work whose result is cached; it is done there too.
        """
        known = {text: parsed for text in texts if (parsed := self._in_memory.get(text) or _lookup(text, cache))}
        if self._keeps_pages:
            self._in_memory = known
        new = [text for text in texts if text not in known]
        if can_fork(len(new)):
            map_in_workers(lambda number: _parse_in_time(new[number], cache) if number >= 0 else meanwhile(), range(-1, len(new)), cache)

        def parse_cached(text: str) -> ParsedPage:
            if text not in known:
                known[text] = _lookup_or_parse(text, cache)
            return known[text]

        return parse_cached


def _parse_in_time(text: str, cache: BuildCache) -> None:
    with suppress(TooSlowError), time_limit():  # the error is raised again when the page is asked for
        _lookup_or_parse(text, cache)


def _lookup(text: str, cache: BuildCache) -> ParsedPage | None:
    encoded = cache.get("source", text.encode())
    return None if encoded is None else _shared(_DECODER.decode(encoded))


def _shared(parsed: ParsedPage) -> ParsedPage:
    """Return a page that has one text instead of two equal ones, as most pages would: together, all pages' texts fill much of the memory."""
    return replace(parsed, markdown=parsed.body) if parsed.markdown == parsed.body else parsed


def _lookup_or_parse(text: str, cache: BuildCache) -> ParsedPage:
    if found := _lookup(text, cache):
        return found
    parsed = parse(text)
    cache.put(_ENCODER.encode(parsed), "source", text.encode())
    return parsed
