"""Says in Danish what became of a questionnaire that was filled in: what was written into the page, and everything that was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.word.answers import Answer, Outcome, Result
from kanalstrategi.word.filled_in import SURROUNDINGS, FilledIn, FilledRow
from kanalstrategi.word.questionnaire import ANSWER_HEAD, NOT_RELEVANT_HEAD, Questionnaire

_SAYS_SOMETHING = re.compile(r"\w")
_UNSURE_MARKS = frozenset("-–—?0/")
"""What may stand in the last column without saying whether a question is not relevant or just has no answer."""


def answers_of(filled_in: FilledIn, words: Words = DEFAULT_WORDS) -> tuple[list[Answer], list[str]]:
    """Return the answers in a questionnaire, each decision once, and what else its rows say, as lines of a report."""
    answers: dict[str, Answer] = {}
    remarks: list[str] = []
    for row in filled_in.rows:
        remarks += [f"{_row(row)}: {rest}" for rest in row.rest]
        if row.department not in ("", filled_in.department):
            if not row.is_empty:
                remarks.append(f"{_row(row)} {words.say('hører til et andet fagområde')} ({row.department}) og er ikke sat ind{_words(row)}")
            continue
        answer, unsure = _answer(row)
        remarks += [f"{_row(row)}: {words}" for words in unsure]
        if not row.id and not row.answer and not row.mark:
            if row.question:
                remarks.append(f"{_row(row)} er en ny række uden svar")
            continue
        former = answers.get(row.id or row.question)
        if former is None or not (former.lines or former.is_not_relevant):
            answers[row.id or row.question] = answer
        elif (answer.lines or answer.is_not_relevant) and (former.lines, former.is_not_relevant) != (answer.lines, answer.is_not_relevant):
            remarks.append(f"{_row(row)} står der to gange, og kun det første svar er sat ind{_words(row)}")
    return list(answers.values()), remarks


def _answer(row: FilledRow) -> tuple[Answer, list[str]]:
    """Return what a row says, and what was not taken as it stands there."""
    answer = Answer(row.id, row.question, row.answer, bool(row.mark))
    unsure: list[str] = []
    if answer.words and not _SAYS_SOMETHING.search(answer.words):
        unsure.append(f"»{answer.words}« i kolonnen »{ANSWER_HEAD}« er ikke læst som et svar")
        answer = replace(answer, lines=())
    if answer.words.casefold().rstrip(".!") == NOT_RELEVANT_HEAD.casefold():
        unsure.append(f"»{answer.words}« i kolonnen »{ANSWER_HEAD}« er læst som et kryds i »{NOT_RELEVANT_HEAD}«")
        answer = replace(answer, lines=(), is_not_relevant=True)
    elif row.mark in _UNSURE_MARKS:
        unsure.append(f"»{row.mark}« i kolonnen »{NOT_RELEVANT_HEAD}« er ikke læst som et kryds")
        answer = replace(answer, is_not_relevant=False)
    return answer, unsure


def report_lines(results: Sequence[Result], remarks: Sequence[str], filled_in: FilledIn, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the lines of the report. `questionnaire` is the one that the department would get now."""
    count = {outcome: sum(result.outcome is outcome for result in results) for outcome in Outcome}
    yield (
        f"{count_phrase(count[Outcome.DECIDED], 'spørgsmål er besluttet', 'spørgsmål er besluttet').capitalize()}, "
        f"{count[Outcome.NOT_RELEVANT]} ikke {'relevant' if count[Outcome.NOT_RELEVANT] == 1 else 'relevante'}, {count[Outcome.OPEN]} uden svar."
    )
    notes = [*(note for result in results for note in _notes(result)), *remarks, *_outside(filled_in, questionnaire)]
    if notes:
        yield ""
        yield "Se efter:"
        yield from (f"- {note}" for note in notes)


def _notes(result: Result) -> Iterator[str]:
    answer, outcome = result.answer, result.outcome
    name = f"linje {result.line}, »{_short(result.question or answer.question)}«"
    is_written = outcome in (Outcome.DECIDED, Outcome.NOT_RELEVANT)
    if outcome is Outcome.UNKNOWN and (answer.words or answer.is_not_relevant):
        mark = ", sat som ikke relevant" if answer.is_not_relevant else ""
        yield f"spørgsmålet findes ikke på siden: »{answer.question or answer.id}«{mark}. Svaret er ikke sat ind: »{answer.words}«"
    elif outcome is Outcome.UNKNOWN:
        yield f"spørgsmålet findes ikke længere på siden, og har heller ikke noget svar: »{answer.question or answer.id}«"
    elif outcome is Outcome.CONFLICT:
        wanted = f"ikke relevant{f', »{answer.words}«' if answer.words else ''}" if answer.is_not_relevant else f"»{answer.words}«"
        yield f"{name} har fået et andet svar imens, som er beholdt. På siden: »{result.present}«. I skemaet: {wanted}"
    elif outcome is Outcome.REFUSED:
        yield f"{name} er ikke sat ind: {result.reason}. Skriv det selv på siden: »{answer.words}«"
    if result.is_reworded and (is_written or not (answer.words or answer.is_not_relevant)):
        end = "Svaret er sat ind" if is_written else "Der er ikke noget svar"
        yield f"{name} lød anderledes i skemaet: »{answer.question}«. På siden: »{result.question}«. {end}"
    if is_written and result.found_by_question:
        yield f"{name} er fundet på sin ordlyd, for nøglen mangler eller findes ikke"
    if is_written and answer.is_not_relevant and answer.lines:
        yield f"{name} har både kryds i »Ikke relevant« og tekst: det står som ikke relevant med teksten som forklaring: »{answer.words}«"


def _outside(filled_in: FilledIn, questionnaire: Questionnaire) -> Iterator[str]:
    for where, line in filled_in.outside:
        if not line:
            yield f"uden for skemaet: {where}"
        elif where not in ("", *SURROUNDINGS) or not questionnaire.has_line(line):
            yield f"{where or 'uden for skemaet'}: »{line}«"


def _row(row: FilledRow) -> str:
    return f"rækken »{_short(row.question or row.id)}«"


def _words(row: FilledRow) -> str:
    words = " ".join(" ".join(line.text for line in row.answer).split())
    mark = "ikke relevant" if row.mark else ""
    return f": {', '.join(filter(None, (mark, f'»{words}«' if words else '')))}" if words or mark else ""


def _short(question: str) -> str:
    """Return the short name of a question, or its beginning."""
    lead, colon, _ = question.partition(":")
    if colon and len(lead) <= 60:
        return lead
    return question if len(question) <= 60 else f"{question[:60].rstrip()} …"
