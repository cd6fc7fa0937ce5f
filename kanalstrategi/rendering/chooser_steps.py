"""Splits the channel chooser's page into steps.

Each question and outcome becomes an element of its own. Each answer gets the title of the step that it leads to, so that readers can
follow it in print too.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from kanalstrategi.content.conventions import STEP_LEVEL
from kanalstrategi.content.model import Chooser

TARGET_CLASS = "leads-to"
"""The class of the text that says where an answer leads."""

_SECTION_ENDS = tuple(f"h{level}" for level in range(1, STEP_LEVEL + 1))


def with_steps(page: str, chooser: Chooser, script_urls: Iterable[str]) -> str:
    """Return the page's HTML with an element for each step and with the scripts, which show one step at a time."""
    tree = html.fragment_fromstring(page, create_parent="div")
    for number, step in enumerate(chooser.steps):
        heading = tree.get_element_by_id(step.id)
        section = html.Element("section", {"class": f"step {'outcome' if step.is_outcome else 'question'}"})
        section.set("data-step", step.id)
        if number == 0:
            section.set("data-first", "")
        following = []
        for element in heading.itersiblings():
            if element.tag in _SECTION_ENDS:
                break
            following.append(element)
        above = heading.getprevious()
        if above is not None and above.tag in _SECTION_ENDS:
            above.set("class", f"{above.get('class', '')} steps-title".strip())
        heading.addprevious(section)
        section.extend([heading, *following])
        for answer in step.answers:
            for link in section.xpath("(.//li//a[@href=$target])[1]", target=f"#{answer.to}"):
                item = next(link.iterancestors("li"))
                item.set("class", f"{item.get('class', '')} answer".strip())
                target = html.Element("span", {"class": TARGET_CLASS})
                target.text = f"– gå til: {chooser.by_id[answer.to].title}"
                target.tail, link.tail = link.tail, " "
                link.getparent().insert(link.getparent().index(link) + 1, target)
    for url in script_urls:
        tree.append(html.Element("script", {"type": "module", "src": url}))
    return (tree.text or "") + "".join(html.tostring(child, encoding="unicode") for child in tree)
