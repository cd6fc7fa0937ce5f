"""What was read of the pages' text, kept by that text, since reading is a third of a build that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace

import msgspec

from macros.limits import TooSlowError, time_limit
from macros.source import FrontMatter, Source, front_matter_of, read
from overrides.kept import Kept
from overrides.side_by_side import is_possible, side_by_side

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Source)
_NO_FACTS = FrontMatter({}, {})
"""What a page's facts are kept as: their values are of any type, and quickly read again."""
_known: dict[str, Source] = {}
"""By text, all that the last reading of this process met: a preview reads every page at every save."""


def reader(kept: Kept, texts: Collection[str]) -> Callable[[str], Source]:
    """What does as `macros.source.read` of these texts, and of others."""
    known = {text: source for text in texts if (source := _known.get(text) or _find(text, kept))}
    _known.clear()
    _known.update(known)
    new = [text for text in texts if text not in known]
    if is_possible(len(new)):
        side_by_side(lambda text: _read_in_time(text, kept), new, kept)

    def read_kept(text: str) -> Source:
        if text not in _known:
            _known[text] = _read(text, kept)
        return _known[text]

    return read_kept


def _read_in_time(text: str, kept: Kept) -> None:
    with suppress(TooSlowError), time_limit():  # whoever asks for it will see
        _read(text, kept)


def _find(text: str, kept: Kept) -> Source | None:
    encoded = kept.get("source", text.encode())
    return None if encoded is None else replace(_DECODER.decode(encoded), front=front_matter_of(text))


def _read(text: str, kept: Kept) -> Source:
    if found := _find(text, kept):
        return found
    source = read(text)
    kept.put(_ENCODER.encode(replace(source, front=_NO_FACTS)), "source", text.encode())
    return source
