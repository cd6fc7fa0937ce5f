"""Finds what is overdue or unfinished, by owner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.changed_quotes import ChangedQuote
from kanalstrategi.content.changed_rules import RuleChange
from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.model import Content, Coverage, Guideline, GuidelineSection, Owner, Page, Status
from kanalstrategi.content.outdated import OutdatedReference
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase

NOTHING_TO_FOLLOW_UP = "Ingen sider mangler at blive gennemgået, og alle retningslinjer er færdige."
_EVENTS = (("ændret", "ændret"), ("flyttet", "flyttet"), ("flyttet og ændret",) * 2, ("ny", "nye"), ("udgået", "udgået"))
"""What can have happened to one rule, and to several."""


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


def confirmation_words(section: GuidelineSection) -> str:
    """Return what has changed for a section that has to be confirmed: `2 regler er ændret, 1 regel er udgået`."""
    counts = Counter(map(_event, section.to_confirm))
    return ", ".join(count_phrase(counts[one, many], f"regel er {one}", f"regler er {many}") for one, many in _EVENTS if counts[one, many])


def _event(change: RuleChange) -> tuple[str, str]:
    changed, moved, moved_and_changed, new, gone = _EVENTS
    if change.kind is ChangeKind.MOVED:
        return moved_and_changed if change.is_reworded else moved
    return {ChangeKind.CHANGED: changed, ChangeKind.NEW: new, ChangeKind.GONE: gone}[change.kind]


def lacking_words(guideline: Guideline) -> str:
    """Return what a guideline lacks, as a phrase in Danish, or an empty string if it is finished."""
    missing = sum(section.coverage is Coverage.MISSING for section in guideline.sections)
    undecided = len(guideline.open_decisions)
    phrases = [
        f"{missing} afsnit mangler" if missing else "",
        open_decisions_phrase(undecided) if undecided else "",
        "ikke vedtaget" if guideline.page.status is Status.DRAFT else "",
    ]
    return ", ".join(filter(None, phrases))


def overdue_words(page: Page, today: date) -> str:
    """Return a phrase about a page's missed review: `skulle være gennemgået senest 31. december 2025, 1 dag over fristen`."""
    days = count_phrase((today - page.review_by).days, "dag", "dage")
    return f"skulle være gennemgået senest {long_date(page.review_by)}, {days} over fristen"


def _urgency(follow_up: FollowUp) -> tuple[bool, date]:
    """Return a sort key that puts overdue pages before guidelines that are only unfinished, and last what only an adoption asks for."""
    if follow_up.overdue:
        return False, follow_up.overdue[0].review_by
    return True, follow_up.unfinished[0].page.reviewed if follow_up.unfinished else date.max
