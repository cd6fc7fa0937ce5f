"""The parts of the follow-up that are folded: for each owner, a table of the tasks of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kanalstrategi.content.changed_quotes import ChangedQuote
from kanalstrategi.content.changed_rules import RuleChange
from kanalstrategi.content.confirmations import deadline_words, decisions_under
from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.model import Content, GuidelineSection
from kanalstrategi.content.outdated import OutdatedReference, gone_words
from kanalstrategi.content.record_model import BrokenLink
from kanalstrategi.content.task_summary import OwnersSummary, kind_phrase
from kanalstrategi.content.task_words import confirmation_words
from kanalstrategi.content.tasks import Task, TaskKind, TaskState
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date, open_decisions_phrase
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import join_nodes, page_link, table, table_row
from kanalstrategi.rendering.confirmations import change_words, decisions_noun
from kanalstrategi.rendering.macros import Call

Rows = Callable[[Call, Sequence[Task]], list[Element]]
_WHAT, _DUE, _LATE, _REVIEWED, _LINE = "Det mangler", "Frist", "Over fristen", "Gennemgået", "Linje"
_WAS_DUE, _HAPPENED, _GONE, _CHANGED, _CHANGED_ON = "Skulle være gennemgået", "Det er sket", "Det, der er udgået", "Det, der er ændret", "Ændret den"
_LINK, _SINCE = "Link, der ikke virker", "Siden"
"""The headings of the columns after the first."""
SOON = "snart"
"""The end of the id of what an owner has to do soon."""


@dataclass(frozen=True)
class Part:
    """How the tasks of one kind are shown."""

    id: str
    """The end of the id of the part; the owner's id comes before it."""
    heads: tuple[str, ...]
    """The headings of the columns."""
    rows: Rows
    kind: str = "follow-up"
    """The CSS classes of the table."""


def parts_of(entry: OwnersSummary) -> Iterator[tuple[str, Part, tuple[Task, ...]]]:
    """Yield each part that an owner has, with its id and its tasks."""
    for kind, part in PARTS.items():
        if found := entry.of_kind(kind):
            yield f"{entry.owner.id}-{part.id}", part, found
    if entry.due_soon:
        yield f"{entry.owner.id}-{SOON}", _SOON_PART, entry.due_soon


def folded(call: Call, entry: OwnersSummary) -> list[Element]:
    """Return the parts of an owner, folded up. Each opens by itself when its id is what the address leads to."""
    return [
        element(
            "details.follow-up-part",
            element("summary", _summary_words(part, found, call.content)),
            element("p", "Se, om resten af siden stadig passer, og ret ", element("code", "reviewed"), ".") if part is PARTS[TaskKind.CHANGED_QUOTE] else "",
            table(part.kind, f"{entry.owner.name}: {_summary_words(part, found, call.content)}", part.heads, part.rows(call, found)),
            id=id,
        )
        for id, part, found in parts_of(entry)
    ]


def _summary_words(part: Part, found: Sequence[Task], content: Content) -> str:
    if part is _SOON_PART:
        return f"{count_phrase(len(found), 'opgave', 'opgaver')} med frist senest {long_date(max(task.due for task in found if task.due))}"
    kind, number = found[0].kind, len(found)
    if kind is TaskKind.EVALUATION:
        return content.say("Strategien skulle være evalueret")
    if kind is TaskKind.REVIEW:
        return f"{count_phrase(number, 'side', 'sider')} skulle være gennemgået"
    if kind is TaskKind.GUIDELINE:
        words = count_phrase(number, "retningslinje er ikke færdig", "retningslinjer er ikke færdige")
        return f"{words}, {open_decisions_phrase(sum(task.count for task in found))}"
    if kind is TaskKind.CONFIRM:
        return f"{count_phrase(number, 'afsnit', 'afsnit')} {deadline_words(content)}"
    if kind in (TaskKind.OUTDATED, TaskKind.CHANGED_QUOTE):
        words = content.say("udgået af strategien") if kind is TaskKind.OUTDATED else "ændret"
        return f"{count_phrase(number, 'side', 'sider')} viser noget, som er {words}"
    if kind in (TaskKind.TRANSLATION, TaskKind.LINK):
        return kind_phrase(kind, number, content)
    undated = sum(task.due is None for task in found)
    if undated in (0, number):
        return f"{kind_phrase(kind, number, content)}, {'alle ' if number > 1 else ''}{'uden frist' if undated else 'over fristen'}"
    dates = (f"{number - undated} over fristen", f"{undated} uden frist")
    return f"{kind_phrase(kind, number, content)}: {', '.join(dates)}"


def _late(call: Call, task: Task) -> list[Node]:
    """Return the last day of a task and how long ago it was, or that none is set."""
    if task.due is None:
        return ["ikke sat"]
    words: list[Node] = [long_date(task.due)]
    if task.state(call.content.today) is TaskState.OVERDUE:
        days = (call.content.today - task.due).days
        words += [", ", element("span.overdue", f"{count_phrase(days, 'dag', 'dage')} over")]
    return words


def _link(call: Call, task: Task) -> Element:
    return element("a", task.title, href=call.link(task.url))


def _dated_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    return [table_row(_link(call, task), [(_WHAT, task.detail), (_DUE, _late(call, task))]) for task in found]


def _review_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    rows = []
    for task in found:
        late = element("span.overdue", count_phrase((call.content.today - task.due).days if task.due else 0, "dag", "dage"))
        rows.append(table_row(page_link(call, task.page), [(_WAS_DUE, long_date(task.due) if task.due else ""), (_LATE, late)]))
    return rows


def _guideline_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    rows = []
    for task in sorted(found, key=lambda task: task.page.reviewed):
        sections = [
            element("li", element("a", section.group.title, href=call.link(section.url)), f": {_section_lacks(section)}")
            for section in (task.guideline.sections if task.guideline else ())
            if _section_lacks(section)
        ]
        lacks: list[Node] = [task.detail, *([element("ul", sections)] if sections else [])]
        rows.append(table_row(_link(call, task), [(_WHAT, lacks), (_REVIEWED, long_date(task.page.reviewed))]))  # whether it is a draft is among what it lacks
    return rows


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_decisions_phrase(len(section.open_decisions)) if section.open_decisions else ""


def _confirm_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    rows = []
    for _, of_page in groupby(sorted(found, key=_place_in_menu(call.content)), key=lambda task: task.page.path):
        ours = list(of_page)
        items = [_section_to_confirm(call, task.section) for task in ours if task.section]
        day = long_date(ours[0].due) if ours[0].due else ""
        is_late = ours[0].state(call.content.today) is TaskState.OVERDUE
        rows.append(table_row(page_link(call, ours[0].page), [(_HAPPENED, element("ul", items)), (_DUE, element("span.overdue", day) if is_late else day)]))
    return rows


def _place_in_menu(content: Content) -> Callable[[Task], int]:
    order = {path: number for number, path in enumerate(content.pages)}
    return lambda task: order[task.page.path]


def _section_to_confirm(call: Call, section: GuidelineSection) -> Element:
    link = element("a", section.group.title, href=call.link(section.url))
    gone = [_decisions_under_gone(call, change, section, found) for change in section.to_confirm if (found := decisions_under(change, section))]
    return element("li", link, f": {confirmation_words(section)}", element("ul", gone) if gone else "")


def _decisions_under_gone(call: Call, change: RuleChange, section: GuidelineSection, decisions: Sequence[Decision]) -> Element:
    before, words, after = change_words(change, section, call.content)
    page = section.url.partition("#")[0]
    links = join_nodes([[element("a", one.name, href=call.link(f"{page}#{one.id}"))] for one in decisions])
    return element("li", capitalized(before), words, after, f" Se, om disse {decisions_noun(decisions)} stadig er rigtige: ", links)


def _outdated_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    rows = []
    for task in found:
        places = [one for one in task.places if isinstance(one, OutdatedReference)]
        items = [
            element("li", f"{capitalized(one.noun)} ", element("a", one.id, href=call.link(one.url)), f" er {gone_words(one.gone_with)}") for one in places
        ]
        rows.append(table_row(page_link(call, task.page), [(_GONE, element("ul", items)), (_LINE, _lines(one.line for one in places))]))
    return rows


def _changed_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    edition = call.content.edition
    day = long_date(edition.adopted) if edition and edition.adopted else ""
    rows = []
    for task in found:
        by_url: dict[str, list[ChangedQuote]] = {}
        for quote in task.places:
            if isinstance(quote, ChangedQuote):
                by_url.setdefault(quote.url, []).append(quote)
        items = [_changed_item(call, quotes) for quotes in by_url.values()]
        rows.append(table_row(page_link(call, task.page), [(_CHANGED, element("ul", items)), (_CHANGED_ON, day)]))
    return rows


def _changed_item(call: Call, quotes: Sequence[ChangedQuote]) -> Element:
    """Return the entry of a rule or passage that a page quotes, once or several times."""
    one = quotes[0]
    place = f", linje {_lines(quote.line for quote in quotes)}"
    return element("li", f"{capitalized(one.noun)} er {one.event}: ", element("a", one.id, href=call.link(one.url)), place)


def _translation_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    return [table_row(page_link(call, task.page), [(_WHAT, task.detail), (_REVIEWED, long_date(task.page.reviewed))]) for task in found]


def _link_rows(call: Call, found: Sequence[Task]) -> list[Element]:
    rows = []
    for task in found:
        for one in task.places:
            if isinstance(one, BrokenLink):
                is_safe = one.url.startswith(("https://", "http://"))
                words: list[Node] = [element("a", one.url, href=one.url) if is_safe else one.url, f": {one.reason}"]
                rows.append(table_row([*page_link(call, task.page), f", linje {one.line}"], [(_LINK, words), (_SINCE, long_date(one.since))]))
    return rows


def _lines(lines: Iterator[int]) -> str:
    return ", ".join(map(str, sorted(set(lines))))


PARTS = {
    TaskKind.EVALUATION: Part("evaluering", ("Opgave", _WHAT, _DUE), _dated_rows),
    TaskKind.ACTION: Part("handlinger", ("Handling", _WHAT, _DUE), _dated_rows),
    TaskKind.MEASUREMENT: Part("maal", ("Mål", _WHAT, _DUE), _dated_rows),
    TaskKind.REVIEW: Part("overskredet", ("Side", _WAS_DUE, _LATE), _review_rows, "follow-up overdue-pages"),
    TaskKind.CONFIRM: Part("genbekraeftes", ("Retningslinje", _HAPPENED, _DUE), _confirm_rows),
    TaskKind.GUIDELINE: Part("ikke-faerdige", ("Retningslinje", _WHAT, _REVIEWED), _guideline_rows),
    TaskKind.OUTDATED: Part("udgaaet", ("Side", _GONE, _LINE), _outdated_rows),
    TaskKind.CHANGED_QUOTE: Part("aendret", ("Side", _CHANGED, _CHANGED_ON), _changed_rows),
    TaskKind.TRANSLATION: Part("oversaettelser", ("Oversættelse", _WHAT, _REVIEWED), _translation_rows),
    TaskKind.LINK: Part("links", ("Side", _LINK, _SINCE), _link_rows),
}
"""How the tasks of each kind are shown, in their order on the page."""
_SOON_PART = Part(SOON, ("Opgave", _WHAT, _DUE), _dated_rows)
