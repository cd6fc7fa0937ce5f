"""Puts a way to the figures below the strategy's goals, and tells its goals from its rules, which have a tick. No I/O."""

from __future__ import annotations

from kanalstrategi.content.conventions import GOAL_FOLDER
from kanalstrategi.markdown.nodes import Element, descendants, element
from kanalstrategi.rendering.macros import Call


def with_goal_marks(root: Element, call: Call) -> None:
    """Mark the goals on a page of the strategy that is in force, and link to how they are going. `root` is the page's tree."""
    sentences = {goal.passage.id for goal in call.content.goals if goal.passage and goal.passage.page == call.page}
    index = call.content.pages.get(f"{GOAL_FOLDER}/index.md")
    if not sentences:
        return
    for item in descendants(root):
        if item.tag == "li" and item.id in sentences:
            item.add_class("strategy-goal")
    lists = [place for place, child in enumerate(root.children) if isinstance(child, Element) and any(node.id in sentences for node in descendants(child))]
    if index and lists:
        words = element("a", "Se, hvordan det går med målene", href=call.link(index.url))
        root.children.insert(lists[-1] + 1, element("p.web-only", words, ".", data_search_exclude=""))
