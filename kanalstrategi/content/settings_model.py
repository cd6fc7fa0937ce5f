"""Defines how a municipality's site is shaped: what it calls things and folders, what announces rules, and its limits. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field

from kanalstrategi.content.folders import Folders
from kanalstrategi.danish.nouns import DEPARTMENT, STRATEGY, Noun, replaced


@dataclass(frozen=True)
class Words:
    """What the site calls things. The program's own texts are written with the defaults."""

    strategy: Noun = STRATEGY
    department: Noun = DEPARTMENT

    def say(self, text: str) -> str:
        """Return a text of the program in the site's words.

        Only the program's own texts may be given, whole and not yet filled in: what editors have written keeps its words.
        """
        return replaced(replaced(text, DEPARTMENT, self.department), STRATEGY, self.strategy, "(?:kanal)?")


DEFAULT_WORDS = Words()
"""The words of a site that says nothing."""


@dataclass(frozen=True)
class Settings:
    """The shape of a site, from `shape` in `mkdocs.yml`. The defaults are those of a site that says nothing."""

    words: Words = field(default_factory=Words)
    folders: Folders = field(default_factory=Folders)
    rule_leads: tuple[str, ...] = ("Det betyder, at",)
    """The headings, and the paragraphs right above a list, that announce rules. Only their letters are compared."""
    review_months: int = 6
    """Calendar months after its last review before a page counts as old."""
    max_lix: int = 45
    """The LIX above which a page for citizens is hard to read ("svær" on that scale)."""
    max_answer_lix: int = 35
    """An answer's own words must be below this LIX ("let" on the scale that Danish agencies use)."""
    max_short_lix: int = 35
    """What a page says in short must be below this LIX: texts from 25 to 34 are easy to read."""
    max_sentence_words: int = 30
    """A sentence with more words than this is long."""


DEFAULT_SETTINGS = Settings()
"""The shape of such a site."""
