"""The macro that shows what has to be done: in sum, by owner, by department, and folded up in detail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.model import Content, Guideline
from kanalstrategi.content.task_summary import (
    NOTHING_TO_FOLLOW_UP,
    OwnersSummary,
    TaskSummary,
    kind_phrase,
    open_decisions_words,
    summaries_by_owner,
    summary,
)
from kanalstrategi.content.tasks import DUE_SOON_DAYS, TaskKind
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_details, draft_mark, heading, join_nodes, table, table_row
from kanalstrategi.rendering.macros import Call, macro

from .follow_up_details import folded, parts_of

_DEPARTMENTS_ID = "efter-fagomraade"
_OWNERS_ID = "efter-ansvarlig"
_DEPARTMENT_COLUMNS = ("Ansvarlig", "Afsnit vedtaget", "Åbne beslutninger", "Gennemgås senest")
_COLUMNS_OF_KINDS = {
    TaskKind.CONFIRM: "Afsnit, der skal genbekræftes",
    TaskKind.OUTDATED: "Sider med noget, som er udgået",
    TaskKind.CHANGED_QUOTE: "Sider med noget, som er ændret",
    TaskKind.TRANSLATION: "Oversættelser, der er forældede",
    TaskKind.LINK: "Links, der ikke virker",
}
"""The columns of the table by owner that are there only if somebody has such a task."""


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids that the macro writes."""
    yield from (_OWNERS_ID, _DEPARTMENTS_ID)
    for entry in summaries_by_owner(content):
        yield entry.owner.id
        yield from (id for id, _, _ in parts_of(entry))


@macro(anchors=_anchors, is_of_site=True)
def follow_up(call: Call) -> list[Element]:
    """Return what is overdue and unfinished: in sum, by owner and by department, then in detail. The call must be alone on its line."""
    content = call.content
    parts = [element("p.as-of", f"Opgjort den {long_date(content.today)}.")]
    entries = summaries_by_owner(content)
    if not entries:
        return [*parts, element("p", NOTHING_TO_FOLLOW_UP)]
    parts.append(element("ul.follow-up-summary", [element("li", words) for words in _summary(summary(content), content)]))
    parts += [heading(2, "Efter ansvarlig", _OWNERS_ID), _by_owner(entries)]
    if content.guidelines:
        parts += [heading(2, content.say("Efter fagområde"), _DEPARTMENTS_ID), _by_department(call, {entry.owner.id for entry in entries})]
    for entry in entries:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if details := contact_details(entry.owner):
            parts.append(element("p", "Kontakt: ", details))
        parts += folded(call, entry)
    return parts


def _summary(found: TaskSummary, content: Content) -> Iterator[list[Node]]:
    """Yield the lines at the top: what is overdue, due soon, to be confirmed, undecided, and should be done without a day."""
    yield [element("strong", capitalized(count_phrase(len(found.overdue), "opgave er over fristen", "opgaver er over fristen"))), _kinds(found, content)]
    soon = count_phrase(len(found.due_soon), "opgave har frist", "opgaver har frist")
    yield [element("strong", f"{capitalized(soon)} inden for {DUE_SOON_DAYS} dage")]
    if to_confirm := len(found.of_kind(TaskKind.CONFIRM)):
        yield [element("strong", kind_phrase(TaskKind.CONFIRM, to_confirm, content))]
    yield [element("strong", capitalized(open_decisions_words(found)))]
    undated = {kind: sum(task.due is None for task in found.of_kind(kind)) for kind in (TaskKind.ACTION, TaskKind.MEASUREMENT)}
    for kind, number in undated.items():
        if number:
            yield [element("strong", kind_phrase(kind, number, content)), ", uden frist" if kind is TaskKind.MEASUREMENT else " uden frist"]
    for kind in (TaskKind.OUTDATED, TaskKind.CHANGED_QUOTE, TaskKind.TRANSLATION, TaskKind.LINK):
        if tasks := found.of_kind(kind):
            yield [element("strong", kind_phrase(kind, len(tasks), content))]


def _kinds(found: TaskSummary, content: Content) -> str:
    """Return what is overdue by kind, and since when, as the rest of a line."""
    phrases = [kind_phrase(kind, number, content) for kind, number in found.overdue_by_kind.items()]
    oldest = found.overdue[0].due if found.overdue else None
    return f": {'; '.join(phrases)}. Den ældste frist var den {long_date(oldest)}." if oldest else ""


def _by_owner(entries: Sequence[OwnersSummary]) -> Element:
    """Return a table of what each owner has left, and of all of it."""
    columns: dict[str, list[int]] = {
        "Over fristen": [len(entry.overdue) for entry in entries],
        f"Frist inden {DUE_SOON_DAYS} dage": [len(entry.due_soon) for entry in entries],
        "Retningslinjer, der ikke er færdige": [len(entry.of_kind(TaskKind.GUIDELINE)) for entry in entries],
        "Åbne beslutninger": [entry.open_decisions for entry in entries],
    }
    columns |= {title: found for kind, title in _COLUMNS_OF_KINDS.items() if any(found := [len(entry.of_kind(kind)) for entry in entries])}
    undated = [sum(task.due is None for kind in (TaskKind.ACTION, TaskKind.MEASUREMENT) for task in entry.of_kind(kind)) for entry in entries]
    columns |= {"Handlinger og mål uden frist": undated} if any(undated) else {}
    names = [element("a", entry.owner.name, href=f"#{entry.owner.id}") for entry in entries]
    rows = [_numbers(name, {title: numbers[row] for title, numbers in columns.items()}) for row, name in enumerate(names)]
    rows.append(_numbers("I alt", {title: sum(numbers) for title, numbers in columns.items()}, "totals"))
    return table("follow-up overview", "Det, der mangler, fordelt på dem, der har ansvaret", ["Ansvarlig", *columns], rows)


def _numbers(name: Node, numbers: Mapping[str, int], kind: str = "") -> Element:
    return table_row(name, [(title, str(number)) for title, number in numbers.items()], kind)


def _by_department(call: Call, listed: set[str]) -> Element:
    """Return a table of the departments. `listed` are the ids of the owners below."""
    rows = [_department(call, guideline, guideline.page.owner.id in listed) for guideline in call.content.guidelines]
    say = call.content.say
    return table("follow-up overview", say("Det, der mangler, fordelt på fagområder"), [say("Fagområde"), *_DEPARTMENT_COLUMNS], rows)


def _department(call: Call, guideline: Guideline, is_listed: bool) -> Element:
    owner, page = guideline.page.owner, guideline.page
    adopted = sum(section.coverage is Coverage.ADOPTED for section in guideline.sections)
    missing = sum(section.coverage is Coverage.MISSING for section in guideline.sections)
    to_confirm = len(guideline.to_confirm)
    more = [f"{missing} mangler" if missing else "", f"{to_confirm} skal genbekræftes" if to_confirm else ""]
    day = long_date(page.review_by)
    cells: list[Node | Sequence[Node]] = [
        element("a", owner.name, href=f"#{owner.id}") if is_listed else owner.name,
        join_nodes([f"{adopted} af {len(guideline.written_sections)}", *more]),
        f"{len(guideline.open_decisions)} af {len(guideline.decisions)}",
        element("span.overdue", f"{day}, over fristen") if is_overdue(page.review_by, call.content.today) else day,
    ]
    return table_row([element("a", guideline.department, href=call.link(page.url)), *draft_mark(page)], zip(_DEPARTMENT_COLUMNS, cells, strict=True))
