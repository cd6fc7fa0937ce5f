"""Macros of the pages that answer citizens' questions."""

from __future__ import annotations

from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.answer_pages import question_list
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.suggestions import suggestion


@macro
def answers(call: Call) -> list[Node]:
    """Return all questions, each with the first sentence of its answer."""
    if not call.content.answers:
        raise MacroError("der er ingen svar", f"opret en side i docs/{ANSWER_FOLDER}, eller slet {{{{ answers() }}}}")
    return question_list(call, call.content.answers)


@macro
def website(call: Call, name: str) -> Element:
    """Return a button that leads to a website which the strategy itself names."""
    named = call.content.named_hosts
    if name.lower() not in named:
        raise MacroError(f"strategien nævner ikke {name}", suggestion(name.lower(), named, "knappen kan kun føre til det, strategien selv nævner"))
    return element("p.download", element("a.md-button.md-button--primary", f"Gå til {name}", href=f"https://{name.lower()}/"))
