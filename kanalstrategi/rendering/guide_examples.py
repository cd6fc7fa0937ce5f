"""Answers the macros on the page of the editors' guide that shows them: from the made-up site that comes with the program."""

from __future__ import annotations

from dataclasses import replace

from kanalstrategi.content.conventions import MACRO_GUIDE
from kanalstrategi.content.guide_example import example_content
from kanalstrategi.content.program_pages import OWN_MACRO
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Element, Node, descendants
from kanalstrategi.rendering.macros import Call, MacroRegistry

_LINK_ATTRIBUTES = ("href", "download", "target", "rel", "type", "aria-label")


def call_of_example(macro_call: MacroCall, call: Call) -> Call | None:
    """Return the context of a call that is an example, or None if the call shows the site itself. `call` is the context on the page."""
    if not call.page.is_of_program or call.page.path != MACRO_GUIDE or macro_call.name == OWN_MACRO:
        return None
    return replace(call, content=example_content(call.content.today))


def example_answer(macro_call: MacroCall, call: Call, registry: MacroRegistry) -> list[Node]:
    """Return what a macro gives on the made-up site, with its links as text, since they lead nowhere here; empty if the call is no example."""
    example = call_of_example(macro_call, call)
    if example is None:
        return []
    answer = registry[macro_call.name](example, *macro_call.arguments)
    for node in answer:
        if type(node) is Element:
            for inner in (node, *descendants(node)):
                _unlink(inner)
    return answer


def _unlink(element: Element) -> None:
    """Make an element that is a link a piece of text that looks the same, and take away what may name a place on the page twice."""
    element.attributes.pop("id", None)
    if element.tag == "a":
        element.tag = "span"
        for name in _LINK_ATTRIBUTES:
            element.attributes.pop(name, None)
