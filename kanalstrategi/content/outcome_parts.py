"""Reads what an outcome of the channel chooser says: what to do, what is not allowed, and why.

Each part is a level-4 section with a fixed heading. Actions come first, because that is what a member of staff has come for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kanalstrategi.content.conventions import ACTIONS_HEADING, PROHIBITIONS_HEADING, REASONS_HEADING
from kanalstrategi.content.settings_model import Words
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.nodes import Block, Element, line_of

MIN_ACTIONS, MAX_ACTIONS = 2, 4
"""How many actions an outcome has: one would be a heading, and five are more than anyone remembers."""

_ORDER = tuple(map(slug, (ACTIONS_HEADING, PROHIBITIONS_HEADING, REASONS_HEADING)))


@dataclass(frozen=True)
class OutcomePart:
    """A section of an outcome."""

    name: str
    """The letters of its heading, as in an id."""
    line: int
    numbered: tuple[str, ...]
    """The texts of the items in its numbered lists."""
    has_sources: bool
    """Whether it cites the strategy."""


def read_parts(headings: list[Block], end: int, numbered: list[Element], source_lines: list[int]) -> tuple[OutcomePart, ...]:
    """Return the parts of an outcome.

    `headings` are those inside it, and `end` is the line after it. `numbered` are the items of the page's numbered lists, and
    `source_lines` the lines on which macros cite the strategy.
    """
    parts: list[OutcomePart] = []
    for position, heading in enumerate(headings):
        lines = range(heading.line + 1, headings[position + 1].line if position + 1 < len(headings) else end)
        texts = tuple(line_of(item) for item in numbered if item.line in lines)
        parts.append(OutcomePart(slug(heading.text), heading.line, texts, any(line in lines for line in source_lines)))
    return tuple(parts)


def actions_of(parts: tuple[OutcomePart, ...]) -> tuple[str, ...]:
    """Return the actions of an outcome."""
    return next((part.numbered for part in parts if part.name == _ORDER[0]), ())


def check_parts(title: str, line: int, parts: tuple[OutcomePart, ...], words: Words) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for the parts of an outcome with a title, which begins on a line."""
    named = {part.name: part for part in parts if part.name in _ORDER}
    names = [part.name for part in parts]
    actions, prohibitions, reasons = (named.get(name) for name in _ORDER)
    if actions is None:
        hint = f"skriv `#### {ACTIONS_HEADING}` øverst i resultatet, og under det to til fire punkter med `1.` foran"
        yield TextDiagnostic(line, f"resultatet »{title}« siger ikke, hvad man gør", hint)
    elif not MIN_ACTIONS <= len(actions.numbered) <= MAX_ACTIONS:
        count = count_phrase(len(actions.numbered), "nummereret handling", "nummererede handlinger")
        yield TextDiagnostic(actions.line, f"resultatet »{title}« har {count}", "skriv to til fire, hver med `1.` foran")
    if reasons is None:
        hint = f'slut med `#### {REASONS_HEADING}` og de ord, det følger af: {{{{ rule("…") }}}} eller {{{{ quote("…") }}}}'
        yield TextDiagnostic(line, f"resultatet »{title}« siger ikke hvorfor", hint)
    elif not reasons.has_sources:
        hint = f'begrund det med {{{{ rule("…") }}}} eller {{{{ quote("…") }}}} under »{REASONS_HEADING}«'
        yield TextDiagnostic(reasons.line, f"resultatet »{title}« {words.say('henviser ikke til strategien')}", hint)
    if prohibitions and not prohibitions.has_sources:
        message = f"resultatet »{title}« {words.say('forbyder noget, som strategien ikke bliver citeret for')}"
        yield TextDiagnostic(prohibitions.line, message, 'citer forbuddet med {{ rule("…") }} eller {{ quote("…") }}')
    known = [name for name in names if name in _ORDER]
    if known != sorted(set(known), key=_ORDER.index) or (actions and names[0] != _ORDER[0]):
        hint = f"skriv først »{ACTIONS_HEADING}«, så »{PROHIBITIONS_HEADING}« og til sidst »{REASONS_HEADING}«, hver én gang"
        yield TextDiagnostic(line, f"delene af resultatet »{title}« står ikke i rækkefølge", hint)
