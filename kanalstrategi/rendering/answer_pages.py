"""Puts the box around the answer of a page in `docs/svar/`, and the questions about a channel on the channel's page."""

from __future__ import annotations

from kanalstrategi.content.answers import first_paragraph
from kanalstrategi.content.model import AnswerPage, Channel
from kanalstrategi.markdown.nodes import Element, ParsedPage, element
from kanalstrategi.rendering.components import page_link
from kanalstrategi.rendering.macros import Call


def with_short_answer(root: Element, parsed: ParsedPage) -> None:
    """Put the paragraph that answers the question into a box. `root` is the page's tree, with macro calls replaced by their answers."""
    answer = first_paragraph(parsed)
    for position, child in enumerate(root.children):
        if answer and isinstance(child, Element) and child.tag == "p" and child.line == answer.line:
            root.children[position] = element("div.short-answer", child)
            return


def with_questions(root: Element, call: Call, group: Channel) -> None:
    """Put a box with the questions about a channel below the status of its page. It is on the web alone, and not part of the adopted text."""
    answers = call.content.answers_about(group)
    if not answers:
        return
    box = element(
        "div.questions.web-only",
        element("p.questions-title", element("strong", "Spørgsmål og svar"), " (ikke en del af strategiens tekst)"),
        element("ul", [element("li", page_link(call, answer.page)) for answer in answers]),
        data_search_exclude="",
    )
    children = root.children
    status = (position for position, child in enumerate(children) if isinstance(child, Element) and child.has_class("status"))
    children.insert(next(status, 0) + 1, box)


def question_list(call: Call, answers: tuple[AnswerPage, ...]) -> Element:
    """Return a list of questions, each with the first sentence of its answer."""
    return element("ul.question-list", [element("li", page_link(call, a.page), element("span.question-answer", " ", a.first_sentence)) for a in answers])
