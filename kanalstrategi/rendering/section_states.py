"""Shows, on the page of a guideline, the channels that are not used, and what a unit takes over from the department that it is a part of. No I/O."""

from __future__ import annotations

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.model import Content, Guideline, GuidelineSection
from kanalstrategi.markdown.nodes import Element, Node, descendants, element, text_of
from kanalstrategi.markdown.task_lists import STATE_CLASS, STATES
from kanalstrategi.rendering.components import insert_below_status, join_nodes
from kanalstrategi.rendering.macros import Call


def with_section_states(root: Element, call: Call) -> None:
    """Fold what does not matter for a department that does not use a channel, and add what a unit takes over. Changes the tree."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        return
    parent = call.content.department(guideline.part_of)
    parts = _parts(root.children)
    for section in guideline.sections:
        if section.group.id not in parts:
            continue
        inside = parts[section.group.id][1]
        if section.coverage is Coverage.NOT_USED:
            inside[:] = _not_used(inside, call.content)
        elif parent and (section.inherited or section.coverage is Coverage.INHERITED):
            inside.append(_rest(section, parent, call))
    order = _with_inherited(parts, guideline, parent, call) if parent else list(parts)
    root.children = [node for id in order for node in (*parts[id][0], *parts[id][1])]


def with_parent_line(root: Element, call: Call) -> None:
    """Put a line below the status of a unit's guideline that says what it is a part of. Changes the tree."""
    guideline = call.content.guideline_of(call.page)
    if parent := call.content.department(guideline.part_of) if guideline else None:
        link = element("a", parent.department, href=call.link(parent.page.url))
        insert_below_status(root, element("p", "Del af ", link, ". Det, som enheden ikke selv har skrevet, er som der.", data_search_exclude=""))


_Parts = dict[str, tuple[list[Node], list[Node]]]
"""The headings of a page's sections with what is below them, keyed by id; what comes before the first has an empty one."""


def _parts(children: list[Node]) -> _Parts:
    parts: _Parts = {"": ([], [])}
    current = ""
    for child in children:
        if type(child) is Element and child.tag == "h2":
            current = child.id
            parts[current] = ([child], [])
        else:
            parts[current][1].append(child)
    return parts


def _not_used(inside: list[Node], content: Content) -> list[Node]:
    """Return a section that begins with what its editor has written about why; all the rest is folded."""
    first = next((number for number, node in enumerate(inside) if not _is_reason(node)), len(inside))
    said, rest = inside[:first], inside[first:]
    _mark_irrelevant(Element("div", children=rest))
    title = content.say("Strategiens regler for kanalen, og det, som derfor ikke skal besluttes")
    folded = [element("details", element("summary", title), rest)] if any(type(node) is Element for node in rest) else []
    return [element("p", element("strong", content.say("Fagområdet bruger ikke denne kanal."))), *said, *folded]


def _mark_irrelevant(root: Element) -> None:
    """Say of each decision that it is not relevant, as the numbers do: on paper, nothing is folded. Changes the tree."""
    for item in descendants(root):
        if item.has_class("decision"):
            item.attributes["class"] = "decision not-relevant"
        elif item.has_class(STATE_CLASS):
            item.children[:] = [STATES["-"][1]]


def _is_reason(node: Node) -> bool:
    """Whether something right below a heading says why: a paragraph, but not one that only introduces a list."""
    return type(node) is not Element or (node.tag == "p" and not text_of(node).rstrip().endswith(":"))


def _rest(section: GuidelineSection, parent: Guideline, call: Call) -> Element:
    """Return which decisions of the department hold for a unit: all of them, or those that it has not made itself."""
    link = element("a", parent.department, href=call.link(f"{parent.page.url}#{section.group.id}"))
    if section.coverage is Coverage.INHERITED:
        return element("p", "Som ", link, ".", data_search_exclude="")
    names = [[element("a", one.name, href=call.link(f"{parent.page.url}#{one.id}"))] for one in section.inherited]
    return element("p", "Resten er som ", link, ": ", join_nodes(names), ".", data_search_exclude="")


def _with_inherited(parts: _Parts, guideline: Guideline, parent: Guideline, call: Call) -> list[str]:
    """Add the sections that a unit has not written, and return the ids of all in order: each before the next channel's that it has written."""
    places = {section.group.id: number for number, section in enumerate(guideline.sections)}
    order = list(parts)
    for section in guideline.sections:
        id = section.group.id
        if section.coverage is Coverage.INHERITED and id not in parts:
            parts[id] = ([element("h2", section.group.title, id=id)], [_rest(section, parent, call)])
            order.insert(next((number for number, other in enumerate(order) if places.get(other, -1) > places[id]), len(order)), id)
    return order
