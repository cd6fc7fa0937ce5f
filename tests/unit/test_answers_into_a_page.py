"""Answers go into the page of a guideline, and no other byte of it changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.markdown.parser import parse
from kanalstrategi.word.answers import Answer, Outcome, apply_answers
from kanalstrategi.word.filled_in import Line
from tests.support.project import ROOT

SCHOOLS = (ROOT / "docs/retningslinjer/skoler.md").read_text(encoding="utf-8")
SHORT = """\
---
description: Prøve
---

# Prøve

## Telefon {: #telefon }

Forslag:

- [ ] Telefontider: Hvornår kan man ringe
  til os?
    {: .essential }
- [x] Telefonsvarer: Hvad siger den?

    Den er venlig.
* [-] Numre: Hvilke?

1.  [ ] Kolleger: Hvem?

    Et forslag, som står der i forvejen.
2.  [ ] Notat: Hvor?

!!! note "Husk"

    - [ ] I boksen: Hvad?

<div markdown>

- [ ] Uden navn hvad gør vi så her egentlig?

</div>

    - [ ] Dette er kode
"""
PAGES = {"LF": SHORT, "CRLF": SHORT.replace("\n", "\r\n"), "no end": SHORT.partition("!!!")[0].rstrip()}
WORDS = st.text(st.sampled_from("ab æø{}[]()<>&*_`#-+=!|:;.,~^\"'\\/0123456789 \n•–x"), min_size=1, max_size=40).map(str.strip).filter(str.split)


def decisions(text: str) -> dict[str, tuple[str, str, str]]:
    """The question, the state and the answer of each decision, by id."""
    blocks = parse(text.replace("\r\n", "\n")).blocks
    return {block.id: (block.text, block.task.state, block.task.answer) for block in blocks if block.task}


def without_answers(before: str, after: str) -> str:
    """The changed page with the states that it had, and without the lines that were added."""
    lines, states = [], re.compile(r"^(\s*(?:[-*]|\d\.)\s+)\[[ x-]\]")
    originals = iter(before.splitlines(keepends=True))
    original = next(originals, None)
    for line in after.splitlines(keepends=True):
        if original is not None and states.sub(r"\1", line).rstrip("\r\n") == states.sub(r"\1", original).rstrip("\r\n"):
            lines.append(original)
            original = next(originals, None)
    return "".join(lines)


@settings(max_examples=60)
@given(st.data())
def test_only_the_lines_of_the_answers_change(data: st.DataObject) -> None:
    text = PAGES[data.draw(st.sampled_from(sorted(PAGES)))]
    known = decisions(text)
    answers = [
        Answer(id, known[id][0], tuple(Line(words, data.draw(st.booleans())) for words in data.draw(st.lists(WORDS, max_size=3))), data.draw(st.booleans()))
        for id in data.draw(st.lists(st.sampled_from(sorted(known)), unique=True))
    ]
    changed, results = apply_answers(text, answers)
    assert without_answers(text, changed) == text
    assert changed.count("\r\n") == (changed.count("\n") if "\r" in text else 0)
    written = {result.answer.id: result for result in results if result.outcome in (Outcome.DECIDED, Outcome.NOT_RELEVANT)}
    now = decisions(changed)
    assert now.keys() == known.keys()
    for id, (question, state, answer) in now.items():
        assert question == known[id][0]
        if id in written:
            assert state == ("not-relevant" if written[id].answer.is_not_relevant else "decided")
            assert answer.split() == [*known[id][2].split(), *written[id].answer.words.split()]
        else:
            assert (state, answer) == known[id][1:]
    for result in results:
        if result.outcome is Outcome.REFUSED:  # what is like a path on a drive, for one, may not stand on a page
            assert result.reason.endswith(" i svaret") and set(result.answer.words) & set("\\"), result


def test_every_open_decision_can_be_answered() -> None:
    answers = [Answer(id, question, (Line("Ja."),)) for id, (question, state, _) in decisions(SHORT).items() if state == "open"]
    _, results = apply_answers(SHORT, answers)
    assert [result.outcome for result in results] == [Outcome.DECIDED] * 5


def test_an_answer_looks_as_the_contract_says() -> None:
    answers = [Answer("telefon-telefontider", "", (Line("Fra 8."), Line("Til 14."))), Answer("telefon-notat", "", is_not_relevant=True)]
    changed, _ = apply_answers(SHORT, answers)
    assert "- [x] Telefontider: Hvornår kan man ringe\n  til os?\n    {: .essential }\n\n    Fra 8.\n\n    Til 14.\n- [x] Telefonsvarer" in changed
    assert "2.  [-] Notat: Hvor?\n\n!!!" in changed


def test_what_is_typed_is_what_is_shown() -> None:
    typed = "1. marts: {{ status() }} <b>fed</b> *x* [a](b) – & \\ # - |"
    changed, (result,) = apply_answers(SHORT, [Answer("telefon-telefontider", "", (Line(typed),))])
    assert result.outcome is Outcome.DECIDED and decisions(changed)["telefon-telefontider"][2] == typed
    assert not parse(changed).calls


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer("telefon-telefonsvarer", "", (Line("Den er  venlig."),)), Outcome.SAME),
        (Answer("telefon-telefonsvarer", "", (Line("Den er sur."),)), Outcome.CONFLICT),
        (Answer("telefon-telefonsvarer", "", (), True), Outcome.CONFLICT),
        (Answer("telefon-telefonsvarer", ""), Outcome.SAME),
        (Answer("telefon-telefontider", ""), Outcome.OPEN),
        (Answer("telefon-numre", "", (), True), Outcome.SAME),
        (Answer("findes-ikke", "Findes ikke?", (Line("Ja"),)), Outcome.UNKNOWN),
        (Answer("", "notat:  hvor?", (Line("Her"),)), Outcome.DECIDED),
        (Answer("telefon-telefontider", "", (Line("Et\u202e skjult tegn"),)), Outcome.REFUSED),
    ],
)
def test_what_becomes_of_an_answer(answer: Answer, outcome: Outcome) -> None:
    changed, (result,) = apply_answers(SHORT, [answer])
    assert result.outcome is outcome
    assert (changed == SHORT) == (outcome is not Outcome.DECIDED)


def test_a_reworded_question_is_noticed() -> None:
    _, (result,) = apply_answers(SHORT, [Answer("telefon-notat", "Notat: Hvornår?", (Line("Her"),))])
    assert result.outcome is Outcome.DECIDED and result.is_reworded
