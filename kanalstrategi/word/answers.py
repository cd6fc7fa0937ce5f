"""Writes answers into the page of a guideline, whose other bytes stay as they are. No I/O.

Each answer is tried on its own: it is kept only if the page that results differs in that one decision, and in nothing else that readers see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kanalstrategi.incoming_text import read_typed
from kanalstrategi.markdown.nodes import Block, ParsedPage, Task
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.plain_text import as_markdown
from kanalstrategi.word.filled_in import Line

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>(?:[-*+]|\d{1,9}[.)])[ \t]+)\[(?P<state>[ xX-])\]")
_BEGINS_BLOCK = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|!!!|\||```|~~~|<)")
"""How a line begins that does not go on with the paragraph above it, although it is not indented."""
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_INDENT = " " * 4
_NO_PLACE = "spørgsmålet står på en måde på siden, som programmet ikke kan skrive i"
_STATES = {"open": " ", "decided": "x", "not-relevant": "-"}


@dataclass(frozen=True)
class Answer:
    """What a department says to one decision."""

    id: str
    """Id of the decision; empty if it is only known by its question."""
    question: str
    """The question as it was asked, in one line."""
    lines: tuple[Line, ...] = ()
    is_not_relevant: bool = False

    @property
    def words(self) -> str:
        """The answer in one line."""
        return " ".join(" ".join(line.text for line in self.lines).split())


class Outcome(Enum):
    """What became of an answer."""

    DECIDED = "decided"
    NOT_RELEVANT = "not-relevant"
    OPEN = "open"
    """There was no answer, and the decision is still open."""
    SAME = "same"
    """The page said so already, or there was no answer and the page has one."""
    CONFLICT = "conflict"
    """The page says something else meanwhile, and still does."""
    UNKNOWN = "unknown"
    """The page has no such decision."""
    REFUSED = "refused"
    """It cannot be written into the page."""


@dataclass(frozen=True)
class Result:
    """What became of one answer."""

    answer: Answer
    outcome: Outcome
    question: str = ""
    """The question on the page, in one line; empty if the page has none."""
    line: int = 0
    """The line of the decision in the page's file, with all answers written."""
    present: str = ""
    """What the page says already."""
    reason: str = ""
    """Why it cannot be written, in Danish."""
    found_by_question: bool = False

    @property
    def is_reworded(self) -> bool:
        """Whether the question on the page is another one than the one that was answered."""
        return bool(self.question and self.answer.question) and _plain(self.question) != _plain(self.answer.question)


def apply_answers(text: str, answers: Sequence[Answer]) -> tuple[str, list[Result]]:
    """Return the text of a page with answers written into it, and what became of each. Line endings stay as they are."""
    page = _Page(text, _parsed(text))
    results: list[Result] = []
    for answer in answers:
        page, result = _apply(page, answer)
        results.append(result)
    lines = {block.id: block.line for block in _decisions(page.parsed)}
    return page.text, [replace(result, line=lines.get(result.answer.id, 0)) for result in results]


@dataclass(frozen=True)
class _Page:
    """The text of a page, and what it says."""

    text: str
    parsed: ParsedPage


def _apply(page: _Page, answer: Answer) -> tuple[_Page, Result]:
    decisions = _decisions(page.parsed)
    decision = next((block for block in decisions if block.id == answer.id), None)
    is_found_by_question = decision is None
    if decision is None:
        same = [block for block in decisions if _plain(block.text) == _plain(answer.question)]
        decision = same[0] if len(same) == 1 else None
    if decision is None or decision.task is None:
        return page, Result(answer, Outcome.UNKNOWN)
    answer = replace(answer, id=decision.id)
    result = Result(answer, Outcome.SAME, decision.text, present=decision.task.answer or decision.text, found_by_question=is_found_by_question)
    state = "not-relevant" if answer.is_not_relevant else "decided"
    if not answer.lines and not answer.is_not_relevant:
        return page, replace(result, outcome=Outcome.OPEN if decision.task.state == "open" else Outcome.SAME)
    if decision.task.state != "open":
        is_same = decision.task.state == state and _plain(decision.task.answer) == _plain(answer.words)
        return page, replace(result, outcome=Outcome.SAME if is_same else Outcome.CONFLICT)
    if reason := _unwritable(answer):
        return page, replace(result, outcome=Outcome.REFUSED, reason=reason)
    text, added = _written(page.text, decision, state, answer.lines)
    changed = _Page(text, _parsed(text))
    task = Task(state, decision.task.lead, answer.words, decision.task.is_essential)
    if not _changes_only(page.parsed, changed.parsed, decision, task, added):
        wrong = [f"{message} i svaret" for message, _ in _wrong(changed.parsed) - _wrong(page.parsed)]
        return page, replace(result, outcome=Outcome.REFUSED, reason=[*wrong, _NO_PLACE][0])
    return changed, replace(result, outcome=Outcome(state))


def _unwritable(answer: Answer) -> str:
    """Return why the words of an answer may not stand on a page; empty if they may."""
    found = [diagnostic for line in answer.lines for diagnostic in read_typed(line.text).diagnostics]
    return f"{found[0].message} i svaret" if found else ""


def _written(text: str, decision: Block, state: str, lines: Sequence[Line]) -> tuple[str, range]:
    """Return a text with the state of a decision and the paragraphs of its answer, and the lines that are new, counted from 1.

    It stays as it is if the decision does not stand in a line as it should.
    """
    parts = _LINE_END.split(text)
    typed, ends = parts[::2], parts[1::2]
    first = decision.line - 1
    item = _ITEM.match(typed[first]) if first < len(typed) else None
    if item is None:
        return text, range(0)
    last = _last_line(typed, first, item)
    end = ends[first] if first < len(ends) else ends[0] if ends else "\n"
    typed[first] = f"{item['indent']}{item['marker']}[{_STATES[state]}]{typed[first][item.end() :]}"
    added = ["", *(f"{item['indent']}{_INDENT}{line}" if line else "" for line in _markdown(lines))] if lines else []
    typed[last] = end.join([typed[last], *added])
    return "".join(line + ending for line, ending in zip(typed, [*ends, ""], strict=True)), range(last + 2, last + 2 + len(added))


def _markdown(lines: Sequence[Line]) -> list[str]:
    """Return an answer as lines of Markdown, with an empty line between two paragraphs, but not between the items of a list."""
    found: list[str] = []
    former: Line | None = None
    for line in lines:
        if former is not None and not (former.is_item and line.is_item):
            found.append("")
        first, *others = as_markdown(line.text).split("\n")
        found += [f"- {first}", *(f"  {other}" if other else "" for other in others)] if line.is_item else [first, *others]
        former = line
    return found


def _last_line(typed: Sequence[str], first: int, item: re.Match[str]) -> int:
    """Return the number of the last line of an item, counted from 0."""
    inside = len((item["indent"] + item["marker"]).expandtabs(4))
    last, is_after_blank = first, False
    for number in range(first + 1, len(typed)):
        line = typed[number].expandtabs(4)
        if not line.strip():
            is_after_blank = True
            continue
        is_indented = len(line) - len(line.lstrip()) >= inside
        if not is_indented and (is_after_blank or _BEGINS_BLOCK.match(line)):
            break
        last, is_after_blank = number, False
    return last


def _changes_only(before: ParsedPage, after: ParsedPage, decision: Block, task: Task, added: range) -> bool:
    """Whether two pages differ in one decision alone, which is now this task, and in the lines that were added for its answer."""
    changed = next((block for block in _decisions(after) if block.id == decision.id), None)
    if changed is None or changed.task is None or decision.task is None:
        return False
    answer = " ".join(f"{decision.task.answer} {task.answer}".split())
    is_as_wanted = replace(changed.task, answer=" ".join(changed.task.answer.split())) == replace(task, answer=answer)
    return is_as_wanted and _others(before, decision.id, range(0)) == _others(after, decision.id, added) and _facts(before) == _facts(after)


def _others(parsed: ParsedPage, id: str, added: range) -> list[Block]:
    """Return the blocks of a page without what one decision says and without those on lines that were added, as if there were no such lines."""
    return [
        replace(block, line=block.line - len(added) * (block.line >= added.stop), list=0, task=None if block.id == id else block.task)
        for block in parsed.blocks
        if block.line not in added
    ]


def _facts(parsed: ParsedPage) -> tuple[object, ...]:
    """Return what else must stay on a page: its front matter, its links and macro calls, and what is wrong with it."""
    links = [(link.target, link.text) for link in parsed.links]
    return parsed.front.values, links, [(call.name, call.arguments) for call in parsed.calls], _wrong(parsed)


def _wrong(parsed: ParsedPage) -> Counter[tuple[str, str]]:
    return Counter((diagnostic.message, diagnostic.hint) for diagnostic in (*parsed.diagnostics, *parsed.macro_diagnostics))


def _decisions(parsed: ParsedPage) -> list[Block]:
    return [block for block in parsed.blocks if block.task]


def _parsed(text: str) -> ParsedPage:
    return parse(_LINE_END.sub("\n", text))


def _plain(text: str) -> str:
    """Return a text as two people would call it the same."""
    return " ".join(text.split()).casefold()
