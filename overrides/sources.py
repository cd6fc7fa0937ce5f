"""What was read of the pages' text, kept by that text, since reading is a third of a build that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec

from macros.source import FrontMatter, Source, front_matter_of, read
from overrides.kept import Kept

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Source)
_NO_FACTS = FrontMatter({}, {})
"""What a page's facts are kept as: their values are of any type, and quickly read again."""
_known: dict[str, Source] = {}
"""By text, all that the last reading of this process met: a preview reads every page at every save."""


def reader(kept: Kept) -> Callable[[str], Source]:
    """What does as `macros.source.read`, for one reading of a project."""
    before = dict(_known)
    _known.clear()

    def read_kept(text: str) -> Source:
        if text not in _known:
            _known[text] = before.get(text) or _read(text, kept)
        return _known[text]

    return read_kept


def _read(text: str, kept: Kept) -> Source:
    if encoded := kept.get("source", text.encode()):
        return replace(_DECODER.decode(encoded), front=front_matter_of(text))
    source = read(text)
    kept.put(_ENCODER.encode(replace(source, front=_NO_FACTS)), "source", text.encode())
    return source
