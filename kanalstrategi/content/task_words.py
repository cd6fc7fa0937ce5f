"""Says in Danish what has to be done about a page, a guideline or a section of one."""

from __future__ import annotations

from collections import Counter
from datetime import date

from kanalstrategi.content.changed_rules import RuleChange
from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.model import Guideline, GuidelineSection, Page, Status
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase

_EVENTS = (("ændret", "ændret"), ("flyttet", "flyttet"), ("flyttet og ændret",) * 2, ("ny", "nye"), ("udgået", "udgået"))
"""What can have happened to one rule, and to several."""


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
