"""Gives the templates the words of the frame around a page, in the page's language."""

from __future__ import annotations

from dataclasses import dataclass

from kanalstrategi.content.frame_words import danish_marks, frame_language, frame_marks, words
from kanalstrategi.content.languages import SITE_LANGUAGE, language_of


@dataclass(frozen=True)
class Frame:
    """The frame of a page in a language."""

    language: str
    """The tag of the language that the text of the page is in."""

    @property
    def direction(self) -> str:
        """Which way the page is written, as `dir` has it."""
        return language_of(self.language).direction

    @property
    def is_of_site(self) -> bool:
        """Whether the page is in the site's own language."""
        return self.language == SITE_LANGUAGE

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of a part of the frame, whose words stay in Danish if nobody has translated them."""
        return frame_marks(self.language)

    @property
    def own_marks(self) -> dict[str, str]:
        """The attributes of words of the frame within a title, which may be in another language than they are."""
        language = frame_language(self.language)
        return {} if self.is_of_site else {"lang": language, "dir": language_of(language).direction}

    @property
    def page_marks(self) -> dict[str, str]:
        """The attributes of words of the page itself within a part of the frame."""
        return {"lang": self.language, "dir": self.direction} if self.marks else {}

    def words(self, danish: str) -> str:
        """Return words of the frame."""
        return words(self.language, danish)

    def marks_of(self, language: str) -> dict[str, str]:
        """Return the attributes of an element in the frame with a title in a language, which are none if the frame is in that language."""
        if language == frame_language(self.language):
            return {}
        if language == SITE_LANGUAGE:
            return danish_marks(self.language)
        return {"lang": language, "dir": language_of(language).direction}
