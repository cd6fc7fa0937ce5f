"""Macros that show how far the departments are: on the overview, a channel's page and the guideline's own."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.model import Channel, Coverage, Decision, GuidelineSection
from kanalstrategi.danish.phrases import open_decisions_phrase
from kanalstrategi.rendering.components import ICON_CLASS, channel_link, icon_html, table
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.suggestions import suggestion

SYMBOLS = {Coverage.MISSING: "×", Coverage.DRAFT: "◊", Coverage.ADOPTED: "✓"}
"""What each state is shown by; the font of the PDFs has all three."""

WORDS = {Coverage.MISSING: "Mangler", Coverage.DRAFT: "Udkast", Coverage.ADOPTED: "Vedtaget"}

_CELL_CLASSES = ("state", "sign", "noun", "column", "totals", "web-only", *(coverage.value for coverage in Coverage))


@macro("coverage", ICON_CLASS, *_CELL_CLASSES)
def coverage(call: Call) -> str:
    """Department by channel group: what is missing, drafted and adopted, with totals."""
    guidelines, groups = call.content.guidelines, call.content.groups
    rows = [
        _row(
            f'<a href="{call.link(guideline.page.url)}">{escape_text(guideline.department)}</a>',
            [(_named(section.group), _cell(call, section)) for section in guideline.sections]
            + [("I alt", _total(guideline.sections))],
        )
        for guideline in guidelines
    ]
    columns = [[guideline.sections[number] for guideline in guidelines] for number in range(len(groups))]
    everything = [section for column in columns for section in column]
    totals = [(_named(group), _total(column)) for group, column in zip(groups, columns, strict=True)]
    rows.append(_row("I alt", [*totals, ("I alt", _total(everything))], "totals"))
    heads = [channel_link(call, group) for group in groups]
    return table("coverage", "Lokale retningslinjer: fagområder og kanaler", ["Fagområde", *heads, "I alt"], rows)


@macro("coverage", "narrow", *_CELL_CLASSES)
def guidelines(call: Call, channel: str) -> str:
    """How far each department is with one channel group."""
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
    """How far the guideline is that this page is."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        raise MacroError("siden er ikke en lokal retningslinje", "slet {{ progress() }}")
    rows = [
        _row(_named(section.group), [("Status", _cell(call, section)), ("Besluttet", _decided(section.decisions))])
        for section in guideline.sections
    ]
    total = [("Status", _total(guideline.sections)), ("Besluttet", _decided(guideline.decisions))]
    rows.append(_row("I alt", total, "totals"))
    return table(
        "coverage narrow", f"{guideline.department}: så langt er retningslinjen", ["Kanal", "Status", "Besluttet"], rows
    )


def _decided(decisions: Sequence[Decision]) -> str:
    made = sum(not decision.is_open for decision in decisions)
    return f"{made} af {len(decisions)}"


def _cell(call: Call, section: GuidelineSection) -> str:
    status = section.coverage
    left = len(section.open_decisions)
    # Of an adopted guideline, only what is still open is worth a word.
    words = "" if status is Coverage.MISSING or (status is Coverage.ADOPTED and not left) else _open(left)
    return (
        f'<a class="state {status.value}" href="{call.link(section.url)}">'
        f'<span class="sign" aria-hidden="true">{SYMBOLS[status]}</span> {WORDS[status]}'
        f"{f', {words}' if words else ''}</a>"
    )


def _total(sections: Sequence[GuidelineSection]) -> str:
    adopted, missing = (
        sum(section.coverage is status for section in sections) for status in (Coverage.ADOPTED, Coverage.MISSING)
    )
    left = sum(len(section.open_decisions) for section in sections)
    words = [f"{adopted} af {len(sections)} afsnit vedtaget", f"{missing} mangler" if missing else "", _open(left)]
    return ", ".join(filter(None, words))


def _open(left: int) -> str:
    """How many decisions are open. Their name is for the ear where a table has many columns: 35 times over it is only noise to the eye."""
    number, _, noun = open_decisions_phrase(left).rpartition(" ")
    return f'{number}<span class="noun"> {noun}</span>'


def _named(group: Channel) -> str:
    return icon_html(group.page.icon) + escape_text(group.title)


def _row(heading: str, cells: Sequence[tuple[str, str]], kind: str = "") -> str:
    """A row of HTML; each cell repeats its column's heading for a phone, which shows the cells below each other."""
    texts = "".join(f'<td><span class="column web-only">{title}: </span>{cell}</td>' for title, cell in cells)
    start = f'<tr class="{kind}">' if kind else "<tr>"
    return f'{start}<th scope="row">{heading}</th>{texts}</tr>'
