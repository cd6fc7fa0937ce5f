"""Splits the channel chooser's page into steps.

The list of situations, each question and each outcome become elements of their own. Each answer gets the title of the step that it
leads to, so that readers can follow it in print too. Inside an outcome, the actions come first, what is not allowed is in a box, and the
reasons can be folded. They are open until the script of the page folds them, so that nothing is hidden without it.
"""

from __future__ import annotations

from kanalstrategi.content.chooser_model import Answer, Chooser, Step
from kanalstrategi.content.conventions import ACTIONS_HEADING, PROHIBITIONS_HEADING, REASONS_HEADING, STEP_LEVEL
from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import Element, Node, descendants, element, text_of

TARGET_CLASS = "leads-to"
"""The class of the text that says where an answer leads."""

_SECTION_ENDS = tuple(f"h{level}" for level in range(1, STEP_LEVEL + 1))
_PART_HEADING = f"h{STEP_LEVEL + 1}"
_ACTIONS, _PROHIBITIONS, _REASONS = map(slug, (ACTIONS_HEADING, PROHIBITIONS_HEADING, REASONS_HEADING))


def with_steps(root: Element, chooser: Chooser) -> None:
    """Put each step of the chooser in an element of its own, with the parts of its outcome, and say at each answer where it leads."""
    sections = ({chooser.opening.id: chooser.opening} if chooser.opening else {}) | chooser.by_id
    for parent in [root, *descendants(root)]:
        parent.children = _in_sections(parent.children, chooser, sections)
    for section in [*descendants(root)]:
        if step := sections.get(section.attributes.get("data-step", "")):
            for answer in step.answers:
                _mark_answer(section, answer, chooser.by_id[answer.to].title)
            if step.is_outcome:
                section.children = _in_parts(section.children)


def _in_sections(children: list[Node], chooser: Chooser, sections: dict[str, Step]) -> list[Node]:
    """Return the children of an element with each step in a section, which ends at the next heading of the same or a higher level."""
    outside: list[Node] = []
    inside = outside
    for child in children:
        if isinstance(child, Element) and child.tag in _SECTION_ENDS:
            inside = outside
            if step := sections.get(child.id):
                above = next((node for node in reversed(outside) if isinstance(node, Element)), None)
                if above and above.tag in _SECTION_ENDS:
                    above.add_class("steps-title")
                kind = "situations" if step == chooser.opening else "outcome" if step.is_outcome else "question"
                section = element(f"section.step.{kind}", data_step=step.id)
                if step == (chooser.opening or chooser.steps[0]):
                    section.attributes["data-first"] = ""
                outside.append(section)
                inside = section.children
        elif isinstance(child, Element) and child.has_class(SECTION_CLASS):
            inside = outside
        inside.append(child)
    return outside


def _in_parts(children: list[Node]) -> list[Node]:
    """Return the content of an outcome with its actions marked, what is not allowed in a box, and its reasons in one that can be folded."""
    outside: list[Node] = []
    inside, part = outside, ""
    for child in children:
        if isinstance(child, Element) and child.tag == _PART_HEADING:
            inside, part = outside, slug(text_of(child))
            if part == _PROHIBITIONS:
                box = element("div.not-allowed")
                outside.append(box)
                inside = box.children
            elif part == _REASONS:
                folded = element("details.reasons", element("summary", *child.children), id=child.id, open="")
                outside.append(folded)
                inside = folded.children
                continue
        elif isinstance(child, Element) and child.tag == "ol" and part == _ACTIONS:
            child.add_class("actions")
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
