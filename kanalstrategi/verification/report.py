"""Writes what became of the promises, in Danish for people and as data for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from kanalstrategi.danish.phrases import capitalized, count_phrase
from kanalstrategi.diagnostics import printable
from kanalstrategi.verification.model import Outcome, State

MAX_SHOWN = 20
"""How many findings of a promise are shown to people; data has all of them."""
_WORDS = {State.HOLDS: "holder", State.BROKEN: "HOLDER IKKE", State.NOT_TRIED: "ikke prøvet"}
_WIDTH = max(map(len, _WORDS.values()))


def as_text(outcomes: Sequence[Outcome]) -> str:
    """Return the report for a terminal."""
    return "\n".join([*(line for outcome in outcomes for line in _text_lines(outcome)), "", summary(outcomes)])


def _text_lines(outcome: Outcome) -> Iterator[str]:
    note = f" ({printable(outcome.note)})" if outcome.note else ""
    yield f"{_WORDS[outcome.state]:<{_WIDTH}}  {outcome.promise.title}{note}  [{outcome.promise.id}]"
    for finding in outcome.findings[:MAX_SHOWN]:
        yield f"{'':<{_WIDTH}}  - {finding}"
    if len(outcome.findings) > MAX_SHOWN:
        yield f"{'':<{_WIDTH}}  - og {count_phrase(len(outcome.findings) - MAX_SHOWN, 'sted', 'steder')} til; --format json viser alle"


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return how many promises hold, as a sentence or two."""
    counts = {state: sum(outcome.state is state for outcome in outcomes) for state in State}
    broken, skipped = counts[State.BROKEN], counts[State.NOT_TRIED]
    first = f"{capitalized(count_phrase(counts[State.HOLDS], 'løfte', 'løfter'))} holder."
    return " ".join([first, f"{broken} holder ikke." if broken else "", f"{skipped} er ikke prøvet." if skipped else ""]).strip().replace("  ", " ")


def as_json(outcomes: Sequence[Outcome]) -> str:
    """Return a JSON list of records with `id`, `title`, `state` (`holds`, `broken` or `not_tried`), `note` and `findings`."""
    records = [
        {
            "id": outcome.promise.id,
            "title": outcome.promise.title,
            "state": outcome.state.value,
            "note": outcome.note,
            "findings": [{"where": finding.where, "message": finding.message, "hint": finding.hint} for finding in outcome.findings],
        }
        for outcome in outcomes
    ]
    return json.dumps(records, indent=1)  # only ASCII, so that no file name can break it


def as_markdown(outcomes: Sequence[Outcome], name: str, day: date) -> str:
    """Return the report as Markdown, which a CI shows beside its runs. `name` is the site's."""
    lines = [f"# {_plain(name)}: det, hjemmesiden lover", "", f"Prøvet den {day.day}.{day.month}.{day.year}. {summary(outcomes)}", ""]
    lines += ["| Løfte | Resultat |", "|---|---|"]
    lines += [f"| {_plain(outcome.promise.title)} | {_WORDS[outcome.state]}{f' – {_plain(outcome.note)}' if outcome.note else ''} |" for outcome in outcomes]
    for outcome in outcomes:
        if outcome.findings:
            lines += ["", f"## {_plain(outcome.promise.title)}", ""]
            lines += [f"- {_plain(str(finding))}" for finding in outcome.findings]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it stands."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]<>#|!~&" else character for character in printable(text))
