"""Macros that show how far the departments are with their guidelines: overall, for one channel, and in one guideline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.coverage_model import WRITTEN, Coverage
from kanalstrategi.content.decision_model import Decision, DecisionState
from kanalstrategi.content.former_content import former_channel, former_ids
from kanalstrategi.content.model import Channel, Content, Guideline, GuidelineSection
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import channel_link, gone_mark, icon, join_nodes, table, table_row
from kanalstrategi.rendering.macros import Call, MacroError, Vocabulary, macro

SYMBOLS = {Coverage.MISSING: "×", Coverage.ADOPTED: "✓", Coverage.NOT_USED: "✓"}
"""The symbols beside the words of a state. The font of the PDFs has both. A draft has its word alone, since most sections are drafts."""
KEY = {
    "decided-none": ("0 af …", "intet er besluttet"),
    "decided-some": ("… af …", "noget er besluttet"),
    "decided-all": ("alle", "alt er besluttet"),
    "missing": ("× mangler", "afsnittet siger ikke andet end strategien"),
    "not-used": ("✓ bruges ikke", "fagområdet har besluttet ikke at bruge kanalen"),
    "inherited": ("som …", "enheden følger fagområdet over den; beslutningerne er talt med dér"),
    "not-applicable": ("gælder ikke", "kanalen er kun for andre fagområder"),
}
"""What a cell can look like, keyed by its class: an example, unless the table has one with a number, and what it means."""
KEY_TO_STATUS = "Udkast er et forslag, som ikke er vedtaget. ✓ vedtaget: afsnittet gælder."
TO_CONFIRM = "genbekræftes"
"""What a cell says if the section has to be confirmed, and what that means."""
KEY_TO_CONFIRM = f"{TO_CONFIRM}: strategien er ændret, og fagområdet skal sige, om afsnittet stadig er rigtigt."


_SETTLED = {Coverage.NOT_USED: "not-used", Coverage.INHERITED: "inherited", Coverage.NOT_APPLICABLE: "not-applicable"}
"""The classes of the cells about channels that a department has nothing to decide about."""


def _groups(content: Content) -> dict[str, Channel]:
    return {group.id: group for group in content.groups}


_GROUPS = Vocabulary(_groups, Wording("kanalgruppen $word findes ikke", ""), former=lambda content: former_ids(content, _groups))


@macro(is_of_site=True)
def coverage(call: Call) -> list[Element]:
    """Return a map of departments and channel groups that shows how much is decided and adopted, with totals."""
    guidelines, groups = call.content.guidelines, call.content.groups
    rows = [
        table_row(
            _department(call, guideline),
            [
                *((_group_title(section.group), _map_cell(call, guideline, section)) for section in guideline.sections),
                ("I alt", _map_total(guideline.sections, "\u00a0")),
            ],
        )
        for guideline in guidelines
    ]
    columns = [[guideline.sections[number] for guideline in guidelines] for number in range(len(groups))]
    everything = [section for column in columns for section in column]
    totals = [(_group_title(group), _map_total(column)) for group, column in zip(groups, columns, strict=True)]
    rows.append(table_row("I alt", [*totals, ("I alt", _map_total(everything))], "totals"))
    heads = [call.content.say("Fagområde"), *(channel_link(call, group) for group in groups), "I alt"]
    caption = call.content.say("Lokale retningslinjer: fagområder og kanaler")
    return [_summary(everything, call.content), _key(everything, call.content), table("coverage", caption, heads, rows)]


@macro(vocabulary=_GROUPS, is_of_site=True)
def guidelines(call: Call, channel: str) -> list[Element]:
    """Return the state of each department's guideline for one channel group, or only that the group is gone."""
    if former := former_channel(call.content, channel):
        return [element("p", element("a", former.record.title, href=call.link(former.record.url)), gone_mark(former.gone_with))]
    rows = []
    sections = []
    for guideline in call.content.guidelines:
        section = next(section for section in guideline.sections if section.group.id == channel)
        sections.append(section)
        rows.append(table_row(guideline.department, [("Besluttet", _cell(call, guideline, section, guideline.department))]))
    rows.append(table_row("I alt", [("Besluttet", _total(sections))], "totals"))
    heads = (call.content.say("Fagområde"), "Besluttet")
    caption = f"Lokale retningslinjer: {call.content.channels[channel].title}"
    return [_key(sections, call.content), table("coverage narrow", caption, heads, rows)]


@macro(is_of_site=True)
def progress(call: Call) -> list[Element]:
    """Return the progress of the guideline on the page."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        raise MacroError("siden er ikke en lokal retningslinje", "slet {{ progress() }}")
    rows = [table_row(_group_title(section.group), [("Besluttet", _cell(call, guideline, section, section.group.title))]) for section in guideline.sections]
    rows.append(table_row("I alt", [("Besluttet", _total(guideline.sections))], "totals"))
    caption = f"{guideline.department}: så langt er retningslinjen"
    return [_key(guideline.sections, call.content), table("coverage narrow", caption, ["Kanal", "Besluttet"], rows)]


def _department(call: Call, guideline: Guideline) -> Node | list[Node]:
    """Return the name of a department as a link; that of a unit says what it is a part of."""
    link = element("a", guideline.department, href=call.link(guideline.page.url))
    parent = call.content.department(guideline.part_of)
    return [link, f" (del af {parent.department})"] if parent else link


def _summary(sections: Sequence[GuidelineSection], content: Content) -> Element:
    """Return how far all departments are, in a line above the map."""
    decisions = _decisions(sections)
    adopted, missing = _count(sections, Coverage.ADOPTED), _count(sections, Coverage.MISSING)
    relevant = _relevant(decisions)
    unused = _count(sections, Coverage.NOT_USED)
    counted = count_phrase(len(relevant), "beslutning", "beslutninger") if relevant else "0 beslutninger"
    words = f"{_decided(decisions)} af {counted} er truffet. {adopted} af {_written(sections)} afsnit er vedtaget."
    to_confirm = sum(bool(section.to_confirm) for section in sections)
    left_out = len(decisions) - len(relevant)
    not_relevant = count_phrase(left_out, "beslutning er ikke relevant", "beslutninger er ikke relevante")
    more = [
        f" {not_relevant} {content.say('for fagområdet og tæller ikke med.')}" if left_out else "",
        f" {count_phrase(missing, 'afsnit', 'afsnit')} mangler." if missing else "",
        f" {count_phrase(unused, 'afsnit', 'afsnit')} siger, at kanalen ikke bruges." if unused else "",
        f" {count_phrase(to_confirm, 'afsnit', 'afsnit')} {deadline_words(content)}." if to_confirm else "",
    ]
    return element("p.coverage-summary", element("strong", words), more)


def _key(sections: Sequence[GuidelineSection], content: Content) -> Element:
    """Return what the looks and words of the cells below mean. What none of them has would be taken for a result."""
    levels = {_level(section) for section in sections}
    numbers = {_level(section): _number(section.decisions)[0] for section in reversed(sections) if _is_counted(section)}
    more = [KEY_TO_STATUS, *([KEY_TO_CONFIRM] if any(section.to_confirm for section in sections) else [])]
    shown = [(level, numbers.get(level, example), content.say(words)) for level, (example, words) in KEY.items() if level in levels]
    entries = [element("span.key-entry", element(f"span.sample.{level}", example), f" {words}") for level, example, words in shown]
    entries += [element("span.key-entry", content.say(words)) for words in more]
    return element("div.key", "Sådan læses tabellen: ", join_nodes(entries, " "), data_search_exclude="")


def _map_cell(call: Call, guideline: Guideline, section: GuidelineSection) -> Element:
    """Return a cell in two short lines. What they count stands in the key, and in the cell for those who hear it."""
    if section.coverage in _SETTLED:
        return _state(call, section, f"{guideline.department}, {section.group.title}", _settled(call, section, guideline), ".map-cell")
    number, noun = _number(section.decisions)
    words: Iterable[Node] = [element("strong", number), element("span.noun.web-only", f"{noun},"), " ", element("br"), *_status(section)]
    return _state(call, section, f"{guideline.department}, {section.group.title}", words, ".map-cell")


def _cell(call: Call, guideline: Guideline, section: GuidelineSection, about: str) -> Element:
    if section.coverage in _SETTLED:
        return _state(call, section, about, _settled(call, section, guideline))
    number, noun = _number(section.decisions)
    return _state(call, section, about, [element("strong", number), f"{noun}, ", *_status(section)])


def _state(call: Call, section: GuidelineSection, about: str, words: Iterable[Node], kind: str = "") -> Element:
    """Return a link to a section, in the look of its level. What it is about is part of its name, for those who hear it out of its row."""
    if section.coverage is Coverage.MISSING:
        words = [*_symbol(section.coverage), element("strong", "mangler")]
    hidden = element("span.visually-hidden.web-only", f"{about}: ")
    if section.coverage is Coverage.NOT_APPLICABLE:
        return element(f"span.state{kind}.{_level(section)}", hidden, words)
    return element(f"a.state{kind}.{_level(section)}", hidden, words, href=call.link(section.url))


def _settled(call: Call, section: GuidelineSection, guideline: Guideline) -> list[Node]:
    """Return the words of a cell about a channel that the department has nothing to decide about."""
    if section.coverage is Coverage.NOT_USED:
        return [*_symbol(section.coverage), element("strong", "bruges ikke")]
    parent = call.content.department(guideline.part_of)
    return ["som ", element("strong", parent.department)] if parent and section.coverage is Coverage.INHERITED else ["gælder ikke"]


def _level(section: GuidelineSection) -> str:
    """Return the class of a section's cell: how much of what there is to decide is decided."""
    if level := _SETTLED.get(section.coverage, ""):
        return level
    if section.coverage is Coverage.MISSING:
        return "missing"
    if not section.open_decisions:
        return "decided-all"
    return "decided-some" if _decided(section.decisions) else "decided-none"


def _is_counted(section: GuidelineSection) -> bool:
    """Whether a section's cell has a number of decisions."""
    return section.coverage not in (*_SETTLED, Coverage.MISSING) and bool(_relevant(section.decisions))


def _status(section: GuidelineSection) -> list[Node]:
    standing: list[Node] = [*_symbol(section.coverage), "vedtaget"] if section.coverage is Coverage.ADOPTED else ["udkast"]
    return [*standing, ", ", element("br"), TO_CONFIRM] if section.to_confirm else standing


def _symbol(coverage: Coverage) -> list[Node]:
    return [element("span.sign", SYMBOLS[coverage], aria_hidden="true"), " "]


def _map_total(sections: Sequence[GuidelineSection], space: str = " ") -> Element:
    """Return a total in two lines. With spaces that do not break, it makes its column wide enough for them."""
    number, noun = _number(_decisions(sections))
    return element("span", element("strong", number), element("span.noun.web-only", f"{noun},"), " ", element("br"), _adopted(sections, space))


def _total(sections: Sequence[GuidelineSection]) -> list[Node]:
    number, noun = _number(_decisions(sections))
    return [element("strong", number), f"{noun}, {_adopted(sections)}"]


def _adopted(sections: Sequence[GuidelineSection], space: str = " ") -> str:
    missing = _count(sections, Coverage.MISSING)
    phrases = [f"{_count(sections, Coverage.ADOPTED)} af {_written(sections)} vedtaget", f"{missing} mangler" if missing else ""]
    return ", ".join(phrase.replace(" ", space) for phrase in phrases if phrase)


def _number(decisions: Sequence[Decision]) -> tuple[str, str]:
    """Return how many of the decisions that concern a department are made, as a number and what it counts."""
    relevant = _relevant(decisions)
    return (f"{_decided(decisions)} af {len(relevant)}", " besluttet") if relevant else ("Ingen åbne", " beslutninger")


def _decided(decisions: Sequence[Decision]) -> int:
    return sum(decision.state is DecisionState.DECIDED for decision in decisions)


def _relevant(decisions: Sequence[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.state is not DecisionState.NOT_RELEVANT]


def _decisions(sections: Sequence[GuidelineSection]) -> list[Decision]:
    return [decision for section in sections for decision in section.decisions]


def _count(sections: Sequence[GuidelineSection], coverage: Coverage) -> int:
    return sum(section.coverage is coverage for section in sections)


def _written(sections: Sequence[GuidelineSection]) -> int:
    """Return how many sections the departments themselves have to write."""
    return sum(section.coverage in WRITTEN for section in sections)


def _group_title(group: Channel) -> list[Node]:
    return [*icon(group.page.icon), group.title]
