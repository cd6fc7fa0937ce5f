"""Defines a page that answers a citizen's question. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanalstrategi.content.model import Channel, Page


@dataclass(frozen=True)
class AnswerPage:
    """A page that answers one question of a citizen: its title is the question."""

    id: str
    """The file's name without its extension."""
    page: Page
    text: str
    """The first paragraph, which is the answer in short, without markup."""
    first_sentence: str
    """The first sentence of that paragraph, which answers the question."""
    channel: Channel | None = None
    """The channel that the question is about; None if its front matter names none that exists."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that people use when they ask the question: the page's keywords."""
        return self.page.keywords
