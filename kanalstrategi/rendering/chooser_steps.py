"""Splits the channel chooser's page into steps.

Each question and outcome becomes an element of its own. Each answer gets the title of the step that it leads to, so that readers can
follow it in print too.
"""

from __future__ import annotations

from kanalstrategi.content.conventions import STEP_LEVEL
from kanalstrategi.content.model import Answer, Chooser
from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import Element, Node, descendants, element

TARGET_CLASS = "leads-to"
"""The class of the text that says where an answer leads."""

_SECTION_ENDS = tuple(f"h{level}" for level in range(1, STEP_LEVEL + 1))


def with_steps(root: Element, chooser: Chooser) -> None:
    """Put each step of the chooser in an element of its own, and say at each answer where it leads."""
    for parent in [root, *descendants(root)]:
        parent.children = _in_sections(parent.children, chooser)
    for section in [*descendants(root)]:
        if step := chooser.by_id.get(section.attributes.get("data-step", "")):
            for answer in step.answers:
                _mark_answer(section, answer, chooser.by_id[answer.to].title)


def _in_sections(children: list[Node], chooser: Chooser) -> list[Node]:
    """Return the children of an element with each step in a section, which ends at the next heading of the same or a higher level."""
    outside: list[Node] = []
    inside = outside
    for child in children:
        if isinstance(child, Element) and child.tag in _SECTION_ENDS:
            inside = outside
            if step := chooser.by_id.get(child.id):
                above = next((node for node in reversed(outside) if isinstance(node, Element)), None)
                if above and above.tag in _SECTION_ENDS:
                    above.add_class("steps-title")
                section = element("section.step.outcome" if step.is_outcome else "section.step.question", data_step=step.id)
                if step == chooser.steps[0]:
                    section.attributes["data-first"] = ""
                outside.append(section)
                inside = section.children
        elif isinstance(child, Element) and child.has_class(SECTION_CLASS):
            inside = outside
        inside.append(child)
    return outside


def _mark_answer(section: Element, answer: Answer, title: str) -> None:
    """Say where an answer leads, after its link in a list of the section."""
    if found := _find_link(section, f"#{answer.to}"):
        item, parent, position = found
        item.add_class("answer")
        parent.children[position + 1 : position + 1] = [" ", element(f"span.{TARGET_CLASS}", f"– gå til: {title}")]


def _find_link(parent: Element, url: str, item: Element | None = None) -> tuple[Element, Element, int] | None:
    """Return the first link to a URL inside a list item: the innermost item, the link's parent, and its position there."""
    for position, child in enumerate(parent.children):
        if isinstance(child, Element):
            if item and child.tag == "a" and child.attributes.get("href") == url:
                return item, parent, position
            if found := _find_link(child, url, child if child.tag == "li" else item):
                return found
    return None
