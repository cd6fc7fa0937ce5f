"""Finds what is overdue or unfinished, by owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.changed_quotes import ChangedQuote
from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.model import Content, Guideline, Page
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.outdated import OutdatedReference
from kanalstrategi.content.task_words import lacking_words

NOTHING_TO_FOLLOW_UP = "Ingen sider mangler at blive gennemgået, og alle retningslinjer er færdige."
@dataclass(frozen=True)
class FollowUp:
    """The outstanding work of one owner, oldest first."""

    owner: Owner
    overdue: tuple[Page, ...]
    """Pages whose review is overdue."""
    unfinished: tuple[Guideline, ...]
    """Guidelines that are not adopted, or that lack a section or a decision."""
    to_confirm: tuple[Guideline, ...] = ()
    """Guidelines with a section that has to be confirmed, because a rule that it shows has changed."""
    outdated: tuple[OutdatedReference, ...] = ()
    """Places that refer to what the strategy does not have any more."""
    changed_quotes: tuple[ChangedQuote, ...] = ()
    """Places that quote what an adoption has changed, on pages that nobody has gone through since."""

    @property
    def open_decisions(self) -> int:
        """The number of open decisions in the unfinished guidelines."""
        return sum(len(guideline.open_decisions) for guideline in self.unfinished)

    @property
    def sections_to_confirm(self) -> int:
        """The number of sections that have to be confirmed."""
        return sum(len(guideline.to_confirm) for guideline in self.to_confirm)


def follow_ups(content: Content) -> list[FollowUp]:
    """Return a record for each owner with outstanding work, the most urgent first."""
    found = []
    for owner in dict.fromkeys(page.owner for page in content.pages.values()):
        pages = [page for page in content.pages.values() if page.owner == owner]
        overdue = [page for page in pages if is_overdue(page.review_by, content.today)]
        unfinished = [guideline for guideline in content.guidelines if guideline.page.owner == owner and lacking_words(guideline)]
        to_confirm = tuple(guideline for guideline in content.guidelines if guideline.page.owner == owner and guideline.to_confirm)
        outdated = tuple(reference for reference in content.outdated if reference.page.owner == owner)
        changed_quotes = tuple(quote for quote in content.changed_quotes if quote.page.owner == owner)
        if overdue or unfinished or to_confirm or outdated or changed_quotes:
            found.append(
                FollowUp(
                    owner,
                    tuple(sorted(overdue, key=lambda page: page.review_by)),
                    tuple(sorted(unfinished, key=lambda guideline: guideline.page.reviewed)),
                    to_confirm,
                    outdated,
                    changed_quotes,
                )
            )
    return sorted(found, key=_urgency)


def _urgency(follow_up: FollowUp) -> tuple[bool, date]:
    """Return a sort key that puts overdue pages before guidelines that are only unfinished, and last what only an adoption asks for."""
    if follow_up.overdue:
        return False, follow_up.overdue[0].review_by
    return True, follow_up.unfinished[0].page.reviewed if follow_up.unfinished else date.max
