"""Holds the state that the instructions of a content stream change, and applies it to text and boxes."""

from __future__ import annotations

from typing import NamedTuple

from kanalstrategi.pdf.audit.fonts import NO_FONT, Font
from kanalstrategi.pdf.audit.geometry import Box, intersection

_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class GraphicsState(NamedTuple):
    """What instructions change until the state before it is restored, apart from the transformation."""

    font: Font = NO_FONT
    size: float = 0.0
    leading: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    clip: Box | None = None
    """The part of the page that is painted. None if it is all, or is not known."""
    is_clipped_away: bool = False

    def shown(self, operands: bytes) -> tuple[str, float | None]:
        """Return the text that an instruction shows, and how far it goes if that is known (ISO 32000-1, 9.4.4)."""
        text, width, codes, spaces = self.font.shown(operands)
        if width is None:
            return text, None
        return text, (width * self.size / 1000 + codes * self.letter_space + spaces * self.word_space) * self.stretch

    def clipped_to(self, box: Box) -> GraphicsState:
        """Return the state in which only what is in a box is painted."""
        shared = intersection(box, self.clip)
        return self._replace(clip=shared or _NOWHERE, is_clipped_away=self.is_clipped_away or shared is None)

    def visible(self, box: Box) -> Box | None:
        """Return the part of a box that is painted."""
        return None if self.is_clipped_away else intersection(box, self.clip)
