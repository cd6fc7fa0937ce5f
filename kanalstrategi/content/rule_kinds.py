"""Tells from the words of a rule whether it is a duty, an aim or a prohibition. No I/O."""

from __future__ import annotations

import re
from enum import Enum

from kanalstrategi.danish.sentences import split_sentences


class RuleKind(Enum):
    """What kind of rule a rule is. The value is the word used in attribute lists and open data."""

    DUTY = "duty"
    AIM = "aim"
    PROHIBITION = "prohibition"


_LEADING_CLAUSE = re.compile(r"(?:fordi|hvis|hvor|når|selv om|så længe)\b[^,]*, ", re.IGNORECASE)
"""A subordinate clause in front of the main one: what it forbids or aims at is not what the rule does."""
_MODAL = r"(?:må|skal|bør)"
_FIRST_MODAL = re.compile(rf"\b{_MODAL}\b", re.IGNORECASE)
_NEGATION = r"(?:ikke|aldrig)(?![-\w])(?! (?:alene|bare|blot|kun|mindst)\b)"
"""`ikke` as a word of its own: not that of `ikke-personfølsomme`, `ikke kun` or `ikke mindst`."""
_PROHIBITION = re.compile(rf"\b{_NEGATION} {_MODAL}\b|\b{_MODAL}(?: \w+)? {_NEGATION}", re.IGNORECASE)
_AIM = re.compile(r"\b(?:be|til)stræber?\b", re.IGNORECASE)
_MAIN_CLAUSE = re.compile(r"(?:(?!(?:ikke|aldrig|altid|kun|også)\b)\w[\w’/-]* ){1,6}?(?:skal|må|kan|bør|vil|har|er|bestræber|tilstræber)\b", re.IGNORECASE)


def kind_from_words(text: str) -> RuleKind:
    """Return the kind of a rule, from the main clause of its first sentence.

    It is an aim if the municipality strives (`bestræbe`, `tilstræbe`), whatever for. It is a prohibition if `ikke` or `aldrig` stands right
    beside the first `må`, `skal` or `bør`, or one word from it: `vi ikke må …`, `her skal vi ikke …`. Anything else is a duty; `undgå` alone
    forbids nothing.
    """
    clause = _LEADING_CLAUSE.sub("", split_sentences(text)[0], count=1)
    if _AIM.search(clause):
        return RuleKind.AIM
    modal, forbids = _FIRST_MODAL.search(clause), _PROHIBITION.search(clause)
    return RuleKind.PROHIBITION if modal and forbids and forbids.start() <= modal.start() < forbids.end() else RuleKind.DUTY


def prohibitions_in(text: str) -> list[str]:
    """Return the sentences of a running text that forbid something."""
    return [sentence for sentence in split_sentences(text) if kind_from_words(sentence) is RuleKind.PROHIBITION]


def is_whole_sentence(text: str) -> bool:
    """Whether the words of a rule can be read without what leads up to them: `vi skal ringe` can, `vi ikke må ringe` and `ringe først` cannot."""
    return _MAIN_CLAUSE.match(text) is not None
