"""Macros of the pages that answer citizens' questions."""

from __future__ import annotations

from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.former_content import superseded
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.answer_pages import question_list
from kanalstrategi.rendering.macros import Call, MacroError, Vocabulary, macro

_HOSTS = Vocabulary(
    lambda content: content.named_hosts,
    Wording("strategien nævner ikke $word", "knappen kan kun føre til det, strategien selv nævner"),
    DEFAULT_FOLDERS.of_strategy,
    ignores_case=True,
    former=lambda content: [host for edition in superseded(content) for host in edition.named_hosts],
)


@macro(is_of_site=True)
def answers(call: Call) -> list[Node]:
    """Return all questions, each with the first sentence of its answer."""
    if not call.content.answers:
        raise MacroError("der er ingen svar", f"opret en side i docs/{ANSWER_FOLDER}, eller slet {{{{ answers() }}}}")
    return question_list(call, call.content.answers)


@macro(vocabulary=_HOSTS)
def website(call: Call, name: str) -> Element:
    """Return a button that leads to a website which the strategy itself names."""
    return element("p.download", element("a.md-button.md-button--primary", f"Gå til {name}", href=f"https://{name.lower()}/"))
