"""Macros that show how far the departments are with their guidelines: overall, for one channel, and in one guideline."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.model import Channel, Coverage, Decision, GuidelineSection
from kanalstrategi.danish.phrases import open_decisions_phrase
from kanalstrategi.rendering.components import ICON_CLASS, channel_link, icon_html, table
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.suggestions import suggestion

SYMBOLS = {Coverage.MISSING: "×", Coverage.DRAFT: "◊", Coverage.ADOPTED: "✓"}
"""The symbol for each state. The font of the PDFs has all three."""
WORDS = {Coverage.MISSING: "Mangler", Coverage.DRAFT: "Udkast", Coverage.ADOPTED: "Vedtaget"}

_CELL_CLASSES = ("state", "sign", "noun", "column", "totals", "web-only", *(coverage.value for coverage in Coverage))


@macro("coverage", ICON_CLASS, *_CELL_CLASSES)
def coverage(call: Call) -> str:
    """Return a table of departments and channel groups that shows what is missing, drafted and adopted, with totals."""
    guidelines, groups = call.content.guidelines, call.content.groups
    rows = [
        _row(
            f'<a href="{call.link(guideline.page.url)}">{escape_text(guideline.department)}</a>',
            [(_group_title(section.group), _cell(call, section)) for section in guideline.sections]
            + [("I alt", _total(guideline.sections))],
        )
        for guideline in guidelines
    ]
    columns = [[guideline.sections[number] for guideline in guidelines] for number in range(len(groups))]
    everything = [section for column in columns for section in column]
    totals = [(_group_title(group), _total(column)) for group, column in zip(groups, columns, strict=True)]
    rows.append(_row("I alt", [*totals, ("I alt", _total(everything))], "totals"))
    heads = [channel_link(call, group) for group in groups]
    return table("coverage", "Lokale retningslinjer: fagområder og kanaler", ["Fagområde", *heads, "I alt"], rows)


@macro("coverage", "narrow", *_CELL_CLASSES)
def guidelines(call: Call, channel: str) -> str:
    """Return the state of each department's guideline for one channel group."""
    groups = {group.id: group for group in call.content.groups}
    if channel not in groups:
        raise MacroError(f"kanalgruppen {channel} findes ikke", suggestion(channel, groups))
    rows = []
    sections = []
    for guideline in call.content.guidelines:
        section = next(section for section in guideline.sections if section.group.id == channel)
        sections.append(section)
        rows.append(_row(escape_text(guideline.department), [("Status", _cell(call, section))]))
    rows.append(_row("I alt", [("Status", _total(sections))], "totals"))
    return table("coverage narrow", f"Lokale retningslinjer: {groups[channel].title}", ["Fagområde", "Status"], rows)


@macro("coverage", "narrow", ICON_CLASS, *_CELL_CLASSES)
def progress(call: Call) -> str:
    """Return the progress of the guideline on the page."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        raise MacroError("siden er ikke en lokal retningslinje", "slet {{ progress() }}")
    rows = [
        _row(_group_title(section.group), [("Status", _cell(call, section)), ("Besluttet", _decided(section.decisions))])
        for section in guideline.sections
    ]
    total = [("Status", _total(guideline.sections)), ("Besluttet", _decided(guideline.decisions))]
    rows.append(_row("I alt", total, "totals"))
    return table(
        "coverage narrow", f"{guideline.department}: så langt er retningslinjen", ["Kanal", "Status", "Besluttet"], rows
    )


def _decided(decisions: Sequence[Decision]) -> str:
    decided = sum(not decision.is_open for decision in decisions)
    return f"{decided} af {len(decisions)}"


def _cell(call: Call, section: GuidelineSection) -> str:
    status = section.coverage
    open_count = len(section.open_decisions)
    # An adopted section needs no explanation unless some decisions are open.
    words = "" if status is Coverage.MISSING or (status is Coverage.ADOPTED and not open_count) else _open_decisions(open_count)
    return (
        f'<a class="state {status.value}" href="{call.link(section.url)}">'
        f'<span class="sign" aria-hidden="true">{SYMBOLS[status]}</span> {WORDS[status]}'
        f"{f', {words}' if words else ''}</a>"
    )


def _total(sections: Sequence[GuidelineSection]) -> str:
    adopted, missing = (
        sum(section.coverage is status for section in sections) for status in (Coverage.ADOPTED, Coverage.MISSING)
    )
    open_count = sum(len(section.open_decisions) for section in sections)
    words = [f"{adopted} af {len(sections)} afsnit vedtaget", f"{missing} mangler" if missing else "", _open_decisions(open_count)]
    return ", ".join(filter(None, words))


def _open_decisions(count: int) -> str:
    """Return the number of open decisions with a noun.

    The noun has a class, so that a table with many columns can show it to screen readers only. Repeated 35 times, it is visual noise.
    """
    number, _, noun = open_decisions_phrase(count).rpartition(" ")
    return f'{number}<span class="noun"> {noun}</span>'


def _group_title(group: Channel) -> str:
    return icon_html(group.page.icon) + escape_text(group.title)


def _row(heading: str, cells: Sequence[tuple[str, str]], kind: str = "") -> str:
    """Return a table row. Each cell repeats the heading of its column for phones, where cells are stacked."""
    texts = "".join(f'<td><span class="column web-only">{title}: </span>{cell}</td>' for title, cell in cells)
    start = f'<tr class="{kind}">' if kind else "<tr>"
    return f'{start}<th scope="row">{heading}</th>{texts}</tr>'
