"""Tells in Danish what has become of the words of a strategy in Word: which page they are on, which rules were found, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kanalstrategi.content.strategy_text import StrategyText
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.word.document import Remark
from kanalstrategi.word.report import part, remark_lines


@dataclass(frozen=True)
class Part:
    """A heading of the file, and the page that it became."""

    title: str
    is_channel: bool
    holds_channels: bool
    rules: int
    """How many rules are on the page."""


def write_strategy_report(file: str, text: StrategyText, parts: Sequence[Part], remarks: Sequence[Remark], missing: Mapping[str, int]) -> str:
    """Return the report as text. `missing` are the words that are neither on a page nor in the remarks, and how often."""
    return "\n".join(_lines(file, text, parts, remarks, missing)) + "\n"


def _lines(file: str, text: StrategyText, parts: Sequence[Part], remarks: Sequence[Remark], missing: Mapping[str, int]) -> Iterator[str]:
    yield f"Fra {file}"
    yield ""
    yield "Siderne er udkast. Er teksten vedtaget, så se »Det første, I gør« i README.md. Farver, skrifttyper og understregning er ikke med."
    yield from part("Overskriften på forsiden:", [f"»{text.title}«"] if text.title else [])
    yield from part("Kapitler:", [f"»{one.title}«{_rules(one)}" for one in parts if not one.is_channel and not one.holds_channels])
    yield from part("Kanaler:", [f"»{one.title}«{_rules(one) or ': ingen regler'}" for one in parts if one.is_channel])
    yield from part("Det står nu på oversigten over kanaler:", [f"»{one.title}«" for one in parts if one.holds_channels])
    if any(one.rules for one in parts):
        leads = " eller ".join(f"»{lead}«" for lead in text.rule_leads)
        yield from ("", f"Lister under {leads} er blevet til regler. Passer det ikke, så ret shape i mkdocs.yml.")
    yield from remark_lines(remarks, text.images, missing)


def _rules(one: Part) -> str:
    return f": {count_phrase(one.rules, 'regel', 'regler')}" if one.rules else ""
