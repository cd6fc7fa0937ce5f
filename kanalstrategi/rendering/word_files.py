"""Names the Word files that are made for each guideline, and offers them on its page."""

from __future__ import annotations

from kanalstrategi.content.conventions import WORD_FOLDER
from kanalstrategi.content.model import Guideline
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.attachments import attachment_note
from kanalstrategi.rendering.macros import Call


def guideline_file(guideline: Guideline) -> str:
    """Return the URL of a guideline as a Word file, for comments, relative to the site's root."""
    return f"{WORD_FOLDER}/retningslinjer-{guideline.id}.docx"


def questionnaire_file(guideline: Guideline) -> str:
    """Return the URL of the questionnaire about a guideline's open decisions, relative to the site's root; empty if it has none."""
    return f"{WORD_FOLDER}/spoergsmaal-{guideline.id}.docx" if guideline.open_decisions else ""


def word_offer(call: Call) -> list[Node]:
    """Return links to the Word files of a page, or nothing if it is not a guideline."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        return []
    files = {guideline_file(guideline): "Hent retningslinjen til kommentarer", questionnaire_file(guideline): "Hent spørgsmålene til et møde"}
    items = [element("li", element("a", words, " ", word_facts(url), href=call.link(url))) for url, words in files.items() if url]
    return [element("ul.word-files.web-only", items)]


def word_facts(url: str, size: int | None = None) -> Element:
    """Return the kind and the size of a Word file or, without `size`, which is in bytes, a placeholder for it."""
    return element("span", "(Word)" if size is None else attachment_note(url, size), data_word=url)
