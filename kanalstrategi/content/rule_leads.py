"""Knows what announces rules, and which rules need it to be a sentence: "Det betyder, at", "Vi vil:". No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanalstrategi.content.rule_kinds import RuleKind, is_whole_sentence, kind_from_words

_ADVERB = r"(?: (?:aldrig|altid|derfor|gerne|ikke|kun|også|så vidt muligt|vi))?"
_BEFORE_INFINITIVE = re.compile(rf"\b(?:bør|kan|må|skal|vil){_ADVERB}$|(?<!, )\bat$", re.IGNORECASE)
"""The end of a text that goes on with an infinitive: "Vi vil", "Derfor skal vi", "Vi arbejder for at"."""
_LEADS_ON = re.compile(r"(?::|\bat)$", re.IGNORECASE)
"""The end of a text that goes on in what stands below it: "På sociale medier:", "Det betyder, at"."""
_PROMISE = re.compile(r"\b(?:vil|ønsker|lover|arbejder)\b", re.IGNORECASE)
_REFUSAL = re.compile(r"\bvil(?: vi)? (?:ikke|aldrig)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:alle|borger(?:en|ne)?|de|den|det|du|jeg|kommunen|man|medarbejder(?:en|ne)?|vi)\b", re.IGNORECASE)
"""The beginning of an item that has a subject of its own, and so does not go on with an infinitive."""


def letters_of(text: str) -> str:
    """Return the letters of a text in lower case, by which what announces rules is compared."""
    return "".join(character for character in text.casefold() if character.isalpha())


def announces(text: str, leads: Iterable[str]) -> bool:
    """Whether a heading or a paragraph announces rules. `leads` are those that do."""
    letters = letters_of(text)
    return any(letters == letters_of(lead) for lead in leads)


def means_nothing_alone(text: str, leads: Iterable[str]) -> bool:
    """Whether a heading announces rules without being the name of anything: "Det betyder, at", but not "Syv principper"."""
    return announces(text, leads) and _is_open(text)


def as_lead(text: str) -> str:
    """Return what leads up to rules as it is read with one of them: without a colon, if the rule goes on right after the words."""
    words = text.removesuffix(":").rstrip()
    return words if _BEFORE_INFINITIVE.search(words) else text


def stands_alone(text: str, lead: str) -> bool:
    """Whether the words of a rule can be read without what leads up to them."""
    if _BEFORE_INFINITIVE.search(lead):
        return _SUBJECT.match(text) is not None
    return is_whole_sentence(text) or not shown_lead(text, lead)


def shown_lead(text: str, lead: str) -> str:
    """Return what leads up to a rule, unless it is a title above a rule that is a sentence of its own."""
    return "" if text[:1].isupper() and not _is_open(lead) else lead


def kind_of(text: str, lead: str) -> RuleKind:
    """Return the kind of a rule from its words, and from those that lead up to it where they have the verb.

    What the municipality says that it will do (`Vi vil`) is an aim, and what it says that it will not do is a prohibition.
    """
    if not _BEFORE_INFINITIVE.search(lead) or _SUBJECT.match(text):
        return kind_from_words(text)
    sentence = f"{lead} {text}"
    if _REFUSAL.search(sentence[: len(lead) + 8]):
        return RuleKind.PROHIBITION
    return RuleKind.AIM if has_promise(lead) else kind_from_words(sentence)


def has_promise(lead: str) -> bool:
    """Whether what leads up to a rule says that the municipality will do it."""
    return bool(_PROMISE.search(lead))


def joined(text: str, points: Iterable[str]) -> str:
    """Return the words of a rule and those of the points below it in one line: `svare: på mail; på brev`."""
    points = [point.rstrip(";,") for point in points]
    if not points:
        return text
    between = " " if text.endswith((":", ".", ",", ";", "!", "?")) or _LEADS_ON.search(text) else ": "
    return f"{text}{between}{'; '.join(points)}"


def _is_open(lead: str) -> bool:
    return bool(_LEADS_ON.search(lead) or _BEFORE_INFINITIVE.search(lead))
