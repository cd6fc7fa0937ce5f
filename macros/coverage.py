"""Macros that show how far the departments are with their guidelines: overall, for one channel, and in one guideline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kanalstrategi.content.model import Channel, Coverage, Decision, GuidelineSection
from kanalstrategi.danish.phrases import open_decisions_phrase
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import channel_link, icon, join_nodes, table
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.suggestions import suggestion

SYMBOLS = {Coverage.MISSING: "×", Coverage.DRAFT: "◊", Coverage.ADOPTED: "✓"}
"""The symbol for each state. The font of the PDFs has all three."""
WORDS = {Coverage.MISSING: "Mangler", Coverage.DRAFT: "Udkast", Coverage.ADOPTED: "Vedtaget"}
KEY = {
    Coverage.MISSING: "mangler: afsnittet siger ikke andet end strategien",
    Coverage.DRAFT: "udkast: et forslag, som ikke er vedtaget",
    Coverage.ADOPTED: "vedtaget: afsnittet gælder",
}
"""What each symbol means, as the key above a table says it."""

_Content = Node | list[Node]
"""What is in a cell, or in a heading."""


@macro
def coverage(call: Call) -> list[Element]:
    """Return a table of departments and channel groups that shows what is missing, drafted and adopted, with totals."""
    guidelines, groups = call.content.guidelines, call.content.groups
    rows = [
        _row(
            element("a", guideline.department, href=call.link(guideline.page.url)),
            [(_group_title(section.group), _cell(call, section)) for section in guideline.sections] + [("I alt", _total(guideline.sections))],
        )
        for guideline in guidelines
    ]
    columns = [[guideline.sections[number] for guideline in guidelines] for number in range(len(groups))]
    everything = [section for column in columns for section in column]
    totals = [(_group_title(group), _total(column)) for group, column in zip(groups, columns, strict=True)]
    rows.append(_row("I alt", [*totals, ("I alt", _total(everything))], "totals"))
    heads = [channel_link(call, group) for group in groups]
    return _with_key("coverage", "Lokale retningslinjer: fagområder og kanaler", ["Fagområde", *heads, "I alt"], rows)


@macro
def guidelines(call: Call, channel: str) -> list[Element]:
    """Return the state of each department's guideline for one channel group."""
    groups = {group.id: group for group in call.content.groups}
    if channel not in groups:
        raise MacroError(f"kanalgruppen {channel} findes ikke", suggestion(channel, groups))
    rows = []
    sections = []
    for guideline in call.content.guidelines:
        section = next(section for section in guideline.sections if section.group.id == channel)
        sections.append(section)
        rows.append(_row(guideline.department, [("Status", _cell(call, section))]))
    rows.append(_row("I alt", [("Status", _total(sections))], "totals"))
    return _with_key("coverage narrow", f"Lokale retningslinjer: {groups[channel].title}", ["Fagområde", "Status"], rows)


@macro
def progress(call: Call) -> list[Element]:
    """Return the progress of the guideline on the page."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        raise MacroError("siden er ikke en lokal retningslinje", "slet {{ progress() }}")
    rows = [_row(_group_title(section.group), [("Status", _cell(call, section)), ("Besluttet", _decided(section.decisions))]) for section in guideline.sections]
    rows.append(_row("I alt", [("Status", _total(guideline.sections)), ("Besluttet", _decided(guideline.decisions))], "totals"))
    return _with_key("coverage narrow", f"{guideline.department}: så langt er retningslinjen", ["Kanal", "Status", "Besluttet"], rows)


def _with_key(kind: str, caption: str, heads: Iterable[_Content], rows: Iterable[Element]) -> list[Element]:
    """Return a table, and above it what its signs mean."""
    signs = [element("span.key-sign", element("span.sign", SYMBOLS[status]), f" {words}") for status, words in KEY.items()]
    key = element("div.key", join_nodes(signs, " "), data_search_exclude="")
    return [key, table(kind, caption, heads, rows)]


def _decided(decisions: Sequence[Decision]) -> str:
    decided = sum(not decision.is_open for decision in decisions)
    return f"{decided} af {len(decisions)}"


def _cell(call: Call, section: GuidelineSection) -> Element:
    status = section.coverage
    open_count = len(section.open_decisions)
    # An adopted section needs no explanation unless some decisions are open.
    is_explained = status is Coverage.DRAFT or (status is Coverage.ADOPTED and open_count > 0)
    return element(
        f"a.state.{status.value}",
        element("span.sign", SYMBOLS[status], aria_hidden="true"),
        " ",
        join_nodes([WORDS[status], _open_decisions(open_count) if is_explained else ""]),
        href=call.link(section.url),
    )


def _total(sections: Sequence[GuidelineSection]) -> list[Node]:
    adopted, missing = (sum(section.coverage is status for section in sections) for status in (Coverage.ADOPTED, Coverage.MISSING))
    open_count = sum(len(section.open_decisions) for section in sections)
    words = f"{adopted} af {len(sections)} afsnit vedtaget"
    return join_nodes([words, f"{missing} mangler" if missing else "", _open_decisions(open_count)])


def _open_decisions(count: int) -> list[Node]:
    """Return the number of open decisions with a noun.

    The noun has a class, so that a table with many columns can show it to screen readers only. Repeated 35 times, it is visual noise.
    """
    number, _, noun = open_decisions_phrase(count).rpartition(" ")
    return [number, element("span.noun", f" {noun}")]


def _group_title(group: Channel) -> list[Node]:
    return [*icon(group.page.icon), group.title]


def _row(heading: _Content, cells: Sequence[tuple[_Content, _Content]], kind: str = "") -> Element:
    """Return a table row. Each cell repeats the heading of its column for phones, where cells are stacked."""
    columns = [element("td", element("span.column.web-only", title, ": "), cell) for title, cell in cells]
    return element(f"tr.{kind}" if kind else "tr", element("th", heading, scope="row"), columns)
