"""Macros of the page for the board: the goals, the departments, what is overdue, and the decisions that are sought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from kanalstrategi.content.conventions import FOLLOW_UP_PAGE
from kanalstrategi.content.decisions_sought import DecisionSought
from kanalstrategi.content.decisions_sought import decisions_sought as decisions_of
from kanalstrategi.content.fields import parse_day
from kanalstrategi.content.goal_facts import GoalFacts, direction_verb, goal_facts
from kanalstrategi.content.goal_model import Course
from kanalstrategi.content.model import Guideline
from kanalstrategi.content.progress import progress_before, progress_of
from kanalstrategi.content.progress_words import change_words
from kanalstrategi.content.record_model import DepartmentProgress
from kanalstrategi.content.task_summary import kind_phrase, summary, together
from kanalstrategi.content.tasks import Task
from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import join_nodes, table, table_row
from kanalstrategi.rendering.macros import Call, MacroError, macro

SYMBOLS = {
    Course.NOT_MEASURED: "?",
    Course.BASELINE_ONLY: "…",
    Course.ON_COURSE: "✓",
    Course.BEHIND: "!",
    Course.UNCHANGED: "=",
    Course.OFF_COURSE: "×",
}
"""The symbol beside the word for how a goal is going. The font of the PDFs has all of them."""
MAX_OLDEST = 5
"""How many lines of what is overdue are shown."""
PROPOSED = "Foreslået af hjemmesiden ud fra det, der mangler. Ingen har skrevet, hvilke beslutninger der søges."
NO_GOALS = "Hjemmesiden har ingen sider om mål endnu."
NO_EARLIER = "Der er ingen tidligere opgørelse at sammenligne med endnu."
NOTHING_OVERDUE = "Intet er over fristen."
NOTHING_TO_DECIDE = "Der mangler ingen beslutninger, som hjemmesiden kan se."
_NO_BREAK = "\u00a0"
_GOAL_COLUMNS = ("Skal", "Status", "Seneste tal", "Ændring")
_PROGRESS_COLUMNS = ("Vedtaget", "Udkast", "Mangler", "Åbne beslutninger")


@macro(is_of_site=True)
def goal_status(call: Call) -> list[Element]:
    """Return how each goal is going: its direction, whether it is on course, the latest figure and the change. The call must be alone on its line."""
    content = call.content
    day = element("p.as-of", f"Opgjort den {long_date(content.today)}.")
    if not content.goals:
        return [day, element("p", NO_GOALS)]
    rows = [_goal(call, goal_facts(goal, content.today)) for goal in content.goals]
    return [day, table("follow-up board", content.say("Strategiens mål"), ["Mål", *_GOAL_COLUMNS], rows)]


def _goal(call: Call, facts: GoalFacts) -> Element:
    goal = facts.goal
    name = element("a", facts.title, href=call.link(goal.page.url))
    words = f" {facts.course_label}".replace(" ", _NO_BREAK)
    course = element(f"strong.course.{facts.course.value}", element("span.sign", SYMBOLS[facts.course], aria_hidden="true"), words)
    figure: list[Node] = ["Ingen tal"]
    if goal.latest:
        number = danish_number(goal.latest.value)
        unit, of, period = facts.latest.removeprefix(number).rpartition(" i ")
        figure = [element("strong.big-figure", number), f"{unit}{of}".rstrip() + _NO_BREAK + period.replace(" ", _NO_BREAK)]
    known = [facts.change, f"Mål: {facts.target}" if facts.target else "", *facts.missing]
    change = [element("span", f"{capitalized(words)}.") for words in known if words]
    cells = (direction_verb(goal.direction), course, figure, join_nodes([[part] for part in change], " ") or "–")
    return table_row(name, zip(_GOAL_COLUMNS, cells, strict=True))


@macro(is_of_site=True)
def department_progress(call: Call, since: str = "") -> list[Element]:
    """Return how far each department has come, and what has changed since a day (`2026-01-31`), or else within a year. Alone on its line."""
    content = call.content
    day = _day(since)
    now = progress_of(content)
    before = [progress_before(content, row.department, day) for row in now]
    days = {row.day for row in before if row}
    heads, cells = [*_PROGRESS_COLUMNS], _numbers
    if days:
        heads.append(f"Siden {long_date(next(iter(days)))}" if len(days) == 1 else "Siden sidst")
    rows = [
        table_row(
            element("a", guideline.department, href=call.link(guideline.page.url)),
            zip(heads, [*cells(row, _linked(call, guideline)), *([_change(row, earlier, len(days) > 1)] if days else [])], strict=True),
        )
        for guideline, row, earlier in zip(content.guidelines, now, before, strict=True)
    ]
    total = _sum(now, content.today)
    compared = [(row, earlier) for row, earlier in zip(now, before, strict=True) if earlier]
    change = change_words(_sum([earlier for _, earlier in compared], content.today), _sum([row for row, _ in compared], content.today)) if days else ""
    rows.append(table_row("I alt", zip(heads, [*cells(total, lambda words: words), *([change] if days else [])], strict=True), "totals"))
    answer = [table("follow-up board", content.say("Fagområdernes retningslinjer: afsnit og beslutninger"), [content.say("Fagområde"), *heads], rows)]
    return answer if days else [*answer, element("p.board-note", NO_EARLIER)]


def _day(since: str) -> date | None:
    """Return the day to compare with; None if none is given. Raises MacroError if the text is no date."""
    if not since:
        return None
    try:
        day = parse_day(since)
    except ValueError:
        day = None
    if day is None:
        raise MacroError(f"»{since}« er ikke en dato", 'skriv den som år-måned-dag: {{ department_progress("2026-01-31") }}')
    return day


def _linked(call: Call, guideline: Guideline) -> Callable[[str], Node]:
    name = f"{guideline.department}: åbne beslutninger"
    return lambda words: element("a", words, href=call.link(guideline.page.url), aria_label=f"{words}, {name}")


def _numbers(row: DepartmentProgress, linked: Callable[[str], Node]) -> list[Node]:
    sections = row.adopted + row.drafts + row.missing
    return [f"{row.adopted} af {sections}", str(row.drafts), str(row.missing), linked(f"{row.open_decisions} af {row.decisions}")]


def _change(row: DepartmentProgress, before: DepartmentProgress | None, has_day: bool) -> str:
    if before is None:
        return "ny"
    words = change_words(before, row)
    return f"{words} (siden {long_date(before.day)})" if has_day else words


def _sum(rows: Sequence[DepartmentProgress], day: date) -> DepartmentProgress:
    names = ("adopted", "drafts", "missing", "open_decisions", "decisions")
    return DepartmentProgress(day, "", *(sum(getattr(row, name) for row in rows) for name in names))


@macro(is_of_site=True)
def overdue(call: Call) -> list[Element]:
    """Return what is overdue: how much of each kind, and what has been overdue for longest, in five lines. The call must be alone on its line."""
    content = call.content
    found = summary(content)
    follow_up = content.pages.get(FOLLOW_UP_PAGE)
    if not found.overdue:
        return [element("p", NOTHING_OVERDUE)]
    count = count_phrase(len(found.overdue), "opgave er over fristen", "opgaver er over fristen")
    link: Node = element("a", count, href=call.link(follow_up.url)) if follow_up else count
    kinds = "; ".join(kind_phrase(kind, number, call.content) for kind, number in found.overdue_by_kind.items())
    groups = together(found.overdue)
    more = " Det ældste:" if len(groups) > MAX_OLDEST else ""
    return [element("p", element("strong", link), f": {kinds}.{more}"), element("ul.oldest", [_late(call, group) for group in groups[:MAX_OLDEST]])]


def _late(call: Call, group: Sequence[Task]) -> Element:
    """Return a line about a task, or about pages that should all have been gone through by the same day."""
    task = group[0]
    due = element("span.overdue", long_date(task.due)) if task.due else ""
    if len(group) > 1:
        return element("li", f"{len(group)} sider skal gennemgås, frist ", due)
    return element("li", element("a", task.title, href=call.link(task.url)), f": {task.detail}, frist ", due)


@macro(is_of_site=True)
def decisions_sought(call: Call) -> list[Element]:
    """Return the decisions that the board is asked to make: those in the page's front matter, or else proposed ones. Alone on its line."""
    found = decisions_of(call.content)
    if not found:
        return [element("p", NOTHING_TO_DECIDE)]
    parts = [element("ol.decisions-sought", [_decision(call, one) for one in found])]
    return parts if call.content.decisions_sought else [*parts, element("p.board-note", PROPOSED)]


def _decision(call: Call, one: DecisionSought) -> Element:
    place: list[Node] = [" Se ", element("a", one.link, href=call.link(one.url)), "."] if one.link else []
    return element("li", element("strong", one.question), f" {one.reason}" if one.reason else "", place)
