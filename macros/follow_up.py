"""The macro that lists overdue and unfinished pages, grouped by owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kanalstrategi.content.changed_quotes import ChangedQuote
from kanalstrategi.content.changed_rules import RuleChange
from kanalstrategi.content.confirmations import deadline_words, decisions_under, is_confirmation_overdue
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.follow_up import NOTHING_TO_FOLLOW_UP, FollowUp, follow_ups
from kanalstrategi.content.model import Content, Coverage, Guideline, GuidelineSection, Page
from kanalstrategi.content.outdated import OutdatedReference, gone_words
from kanalstrategi.content.task_words import confirmation_words, lacking_words
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date, open_decisions_phrase
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_details, heading, join_nodes, page_link, table, table_row
from kanalstrategi.rendering.confirmations import change_words, decisions_noun
from kanalstrategi.rendering.macros import Call, macro

_OVERDUE_COLUMNS = ("Skulle være gennemgået", "Over fristen")
_UNFINISHED_COLUMNS = ("Det mangler", "Gennemgået")
_CONFIRM_COLUMNS = ("Det er sket", "Frist")
_OUTDATED_COLUMNS = ("Det, der er udgået", "Linje")
_CHANGED_COLUMNS = ("Det, der er ændret", "Ændret den")
"""The headings of the columns after the first, in each kind of table."""


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    for entry in follow_ups(content):
        yield entry.owner.id
        if entry.overdue:
            yield f"{entry.owner.id}-overskredet"
        if entry.unfinished:
            yield f"{entry.owner.id}-ikke-faerdige"
        if entry.to_confirm:
            yield f"{entry.owner.id}-genbekraeftes"
        if entry.outdated:
            yield f"{entry.owner.id}-udgaaet"
        if entry.changed_quotes:
            yield f"{entry.owner.id}-aendret"


@macro(anchors=_anchors, is_of_site=True)
def follow_up(call: Call) -> list[Element]:
    """Return what is overdue and unfinished: in sum, then tables for each owner, oldest first. The call must be alone on its line."""
    content = call.content
    parts = [element("p.as-of", f"Opgjort den {long_date(content.today)}.")]
    entries = follow_ups(content)
    if not entries:
        return [*parts, element("p", NOTHING_TO_FOLLOW_UP)]
    parts.append(_overview(entries))
    for entry in entries:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if details := contact_details(entry.owner):
            parts.append(element("p", "Kontakt: ", details))
        if entry.overdue:
            words = f"{count_phrase(len(entry.overdue), 'side', 'sider')} skulle være gennemgået"
            rows = [_overdue(call, page) for page in entry.overdue]
            parts.append(heading(3, words, f"{entry.owner.id}-overskredet"))
            parts.append(table("follow-up overdue-pages", f"{entry.owner.name}: sider over fristen", ["Side", *_OVERDUE_COLUMNS], rows))
        if entry.unfinished:
            count = count_phrase(len(entry.unfinished), "retningslinje er ikke færdig", "retningslinjer er ikke færdige")
            words = f"{count}, {open_decisions_phrase(entry.open_decisions)}"
            rows = [_unfinished(call, guideline) for guideline in entry.unfinished]
            parts.append(heading(3, words, f"{entry.owner.id}-ikke-faerdige"))
            parts.append(table("follow-up", f"{entry.owner.name}: retningslinjer, der ikke er færdige", ["Retningslinje", *_UNFINISHED_COLUMNS], rows))
        if entry.to_confirm:
            words = f"{count_phrase(entry.sections_to_confirm, 'afsnit', 'afsnit')} {deadline_words(content)}"
            rows = [_to_confirm(call, guideline) for guideline in entry.to_confirm]
            parts.append(heading(3, words, f"{entry.owner.id}-genbekraeftes"))
            parts.append(table("follow-up", f"{entry.owner.name}: afsnit, der skal genbekræftes", ["Retningslinje", *_CONFIRM_COLUMNS], rows))
        if entry.outdated:
            pages = [*dict.fromkeys(reference.page.path for reference in entry.outdated)]
            words = f"{count_phrase(len(pages), 'side', 'sider')} viser noget, som er udgået af strategien"
            rows = [_outdated(call, [reference for reference in entry.outdated if reference.page.path == path]) for path in pages]
            parts.append(heading(3, words, f"{entry.owner.id}-udgaaet"))
            parts.append(table("follow-up", f"{entry.owner.name}: sider, der viser noget, som er udgået", ["Side", *_OUTDATED_COLUMNS], rows))
        if entry.changed_quotes:
            pages = _changed_pages(entry)
            words = f"{count_phrase(len(pages), 'side', 'sider')} viser noget, som er ændret"
            rows = [_changed(call, [quote for quote in entry.changed_quotes if quote.page.path == path]) for path in pages]
            parts.append(heading(3, words, f"{entry.owner.id}-aendret"))
            parts.append(element("p", "Se, om resten af siden stadig passer, og ret ", element("code", "reviewed"), "."))
            parts.append(table("follow-up", f"{entry.owner.name}: sider, der viser noget, som er ændret", ["Side", *_CHANGED_COLUMNS], rows))
    return parts


def _to_confirm(call: Call, guideline: Guideline) -> Element:
    items = [_section_to_confirm(call, section) for section in guideline.to_confirm]
    edition = call.content.edition
    day = long_date(edition.confirm_by) if edition and edition.confirm_by else ""
    deadline = element("span.overdue", day) if is_confirmation_overdue(call.content) else day
    return table_row(page_link(call, guideline.page), zip(_CONFIRM_COLUMNS, (element("ul", items), deadline), strict=True))


def _section_to_confirm(call: Call, section: GuidelineSection) -> Element:
    link = element("a", section.group.title, href=call.link(section.url))
    gone = [_decisions_under_gone(call, change, section, found) for change in section.to_confirm if (found := decisions_under(change, section))]
    return element("li", link, f": {confirmation_words(section)}", element("ul", gone) if gone else "")


def _decisions_under_gone(call: Call, change: RuleChange, section: GuidelineSection, decisions: Sequence[Decision]) -> Element:
    before, words, after = change_words(change, section, call.content)
    page = section.url.partition("#")[0]
    links = join_nodes([[element("a", one.name, href=call.link(f"{page}#{one.id}"))] for one in decisions])
    return element("li", capitalized(before), words, after, f" Se, om disse {decisions_noun(decisions)} stadig er rigtige: ", links)


def _outdated(call: Call, references: Sequence[OutdatedReference]) -> Element:
    items = [
        element("li", f"{capitalized(one.noun)} ", element("a", one.id, href=call.link(one.url)), f" er {gone_words(one.gone_with)}") for one in references
    ]
    lines = ", ".join(str(line) for line in sorted({one.line for one in references}))
    return table_row(page_link(call, references[0].page), zip(_OUTDATED_COLUMNS, (element("ul", items), lines), strict=True))


def _changed_pages(entry: FollowUp) -> list[str]:
    """Return the paths of the pages that quote what has changed, and that nobody has gone through since."""
    return [*dict.fromkeys(quote.page.path for quote in entry.changed_quotes)]


def _changed(call: Call, quotes: Sequence[ChangedQuote]) -> Element:
    by_url: dict[str, list[ChangedQuote]] = {}
    for quote in quotes:
        by_url.setdefault(quote.url, []).append(quote)
    items = [_changed_item(call, found) for found in by_url.values()]
    edition = call.content.edition
    day = long_date(edition.adopted) if edition and edition.adopted else ""
    return table_row(page_link(call, quotes[0].page), zip(_CHANGED_COLUMNS, (element("ul", items), day), strict=True))


def _changed_item(call: Call, quotes: Sequence[ChangedQuote]) -> Element:
    """Return the entry of a rule or passage that a page quotes, once or several times."""
    one, places = quotes[0], ", ".join(str(line) for line in sorted({quote.line for quote in quotes}))
    return element("li", f"{capitalized(one.noun)} er {one.event}: ", element("a", one.id, href=call.link(one.url)), f", linje {places}")


def _overview(entries: Sequence[FollowUp]) -> Element:
    """Return a table of what each owner has left, and of all of it."""
    columns = {
        "Sider over fristen": [len(entry.overdue) for entry in entries],
        "Retningslinjer, der ikke er færdige": [len(entry.unfinished) for entry in entries],
        "Åbne beslutninger": [entry.open_decisions for entry in entries],
    }
    after_adoption = {
        "Afsnit, der skal genbekræftes": [entry.sections_to_confirm for entry in entries],
        "Steder med noget, som er udgået": [len(entry.outdated) for entry in entries],
        "Sider med noget, som er ændret": [len(_changed_pages(entry)) for entry in entries],
    }
    columns |= {title: numbers for title, numbers in after_adoption.items() if any(numbers)}
    names = [element("a", entry.owner.name, href=f"#{entry.owner.id}") for entry in entries]
    rows = [_numbers(name, {title: numbers[row] for title, numbers in columns.items()}) for row, name in enumerate(names)]
    rows.append(_numbers("I alt", {title: sum(numbers) for title, numbers in columns.items()}, "totals"))
    return table("follow-up overview", "Det, der mangler, fordelt på dem, der har ansvaret", ["Ansvarlig", *columns], rows)


def _numbers(name: Node, numbers: Mapping[str, int], kind: str = "") -> Element:
    return table_row(name, [(title, str(number)) for title, number in numbers.items()], kind)


def _overdue(call: Call, page: Page) -> Element:
    late = element("span.overdue", count_phrase((call.content.today - page.review_by).days, "dag", "dage"))
    return table_row(page_link(call, page), zip(_OVERDUE_COLUMNS, (long_date(page.review_by), late), strict=True))


def _unfinished(call: Call, guideline: Guideline) -> Element:
    sections = [
        element("li", element("a", section.group.title, href=call.link(section.url)), f": {_section_lacks(section)}")
        for section in guideline.sections
        if _section_lacks(section)
    ]
    lacks: list[Node] = [lacking_words(guideline), *([element("ul", sections)] if sections else [])]
    link = element("a", guideline.page.title, href=call.link(guideline.page.url))  # whether it is a draft is among what it lacks
    return table_row(link, [(_UNFINISHED_COLUMNS[0], lacks), (_UNFINISHED_COLUMNS[1], long_date(guideline.page.reviewed))])


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_decisions_phrase(len(section.open_decisions)) if section.open_decisions else ""
