"""Puts the box around the answer of a page in `docs/svar/`, and the questions about a channel on the channel's page."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.answer_model import AnswerPage
from kanalstrategi.content.answers import first_paragraph
from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.content.model import Channel, Status
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, ParsedPage, element
from kanalstrategi.rendering.components import draft_badge, draft_mark, insert_below_status, page_link
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page_status import UNTREATED_ANSWER


def with_short_answer(root: Element, parsed: ParsedPage) -> None:
    """Put the paragraph that answers the question into a box. `root` is the page's tree, with macro calls replaced by their answers."""
    answer = first_paragraph(parsed)
    for position, child in enumerate(root.children):
        if answer and isinstance(child, Element) and child.tag == "p" and child.line == answer.line:
            root.children[position] = element("div.short-answer", child)
            return


def with_review_note(root: Element, call: Call) -> None:
    """Put a line below the status of a page if it quotes what an adoption has changed, and nobody has gone through it since."""
    edition = call.content.edition
    if edition is None or edition.adopted is None or not any(quote.page == call.page for quote in call.content.changed_quotes):
        return
    words = f"{call.content.say('Strategien er ændret')} den {long_date(edition.adopted)}. Siden er ikke set igennem siden."
    insert_below_status(root, element("p.as-of", words, data_search_exclude=""))


def with_questions(root: Element, call: Call, group: Channel) -> None:
    """Put a box with the questions about a channel below the status of its page. It is on the web alone, and not part of the adopted text."""
    answers = call.content.answers_about(group)
    if not answers:
        return
    shared = _shared_mark(answers)
    items = [element("li", _link(call, answer, shared)) for answer in answers]
    title = element("p", element("strong", "Spørgsmål og svar"), shared)
    note = element("p.questions-note", call.content.say("Svarene er vejledning og ikke en del af strategien."))
    box = element("div.questions.web-only", title, element("ul", items), note, data_search_exclude="")
    insert_below_status(root, box)


def question_list(call: Call, answers: Sequence[AnswerPage]) -> list[Node]:
    """Return a list of questions, each with the first sentence of its answer.

    If all of them are drafts, a line above the list says so, unless the status of the page does.
    """
    shared = _shared_mark(answers)
    items = [element("li", _link(call, a, shared), element("span.question-answer", " ", a.first_sentence)) for a in answers]
    is_said = call.page.section == ANSWER_FOLDER and call.page.status is Status.DRAFT
    note = [element("p.question-drafts", draft_badge(), f" {UNTREATED_ANSWER}")] if shared and not is_said else []
    return [*note, element("ul.question-list", items)]


def _shared_mark(answers: Sequence[AnswerPage]) -> list[Node]:
    """Return the mark of a draft if all answers are drafts: one mark is read, a dozen are not."""
    return draft_mark(answers[0].page) if all(answer.page.status is Status.DRAFT for answer in answers) else []


def _link(call: Call, answer: AnswerPage, shared: list[Node]) -> list[Node]:
    """Return a link to an answer, marked as a draft unless the whole list is."""
    link, *mark = page_link(call, answer.page)
    return [link] if shared else [link, *mark]
