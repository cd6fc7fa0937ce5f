"""The web pages and the documents hold the same text, with declared exceptions.

What is left out of documents is declared in `verification/main_text.py`. Text that only documents have is in elements that are listed here.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.pdf.print_html import print_html
from kanalstrategi.verification import main_text
from tests.support.adopted_text import body_text, normal, pdf_text, sentences
from tests.support.documents import CONTENT, DOCUMENTS, reassembled

PRINT_ONLY = ("terms-columns", "terms-title", "cover", "contents-title", "contents", "imprint", "address", "picture-text", "rule-source")
BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "th", "td", "caption", "blockquote")


def printed_part(site: Path, url: str) -> html.HtmlElement:
    """Return a page's main content, without what is declared to be for the web only."""
    return main_text.printed_part(site / url / "index.html")


def paragraphs(page: html.HtmlElement) -> list[str]:
    """Return the text of each block that holds no other."""
    found = []
    for block in page.iter(*BLOCKS):
        if not any(child is not block for child in block.iter(*BLOCKS)):
            found.append(" ".join(block.text_content().split()))
    return [words for words in found if words]


def included(document: Document) -> list[str]:
    """Return the URLs of the pages in a document."""
    opening = [] if document.is_of_one_page else [document.opening]
    return [CONTENT.pages[path].url for path in (*opening, *document.pages) if path != SEARCH_PAGE]


def split(text: str) -> list[str]:
    """Return words without punctuation; a line may break after a hyphen or a slash."""
    return [word for word in re.split(r"[^\w@]+", text.casefold()) if word]


@pytest.mark.parametrize("id", DOCUMENTS)
def test_every_sentence_of_the_web_is_in_the_document(site: Path, id: str) -> None:
    text = "".join(normal(body_text(site / DOCUMENTS[id].url)).split())
    missing = [
        (url, sentence)
        for url in included(DOCUMENTS[id])
        for words in paragraphs(printed_part(site, url))
        for sentence in sentences(words)
        if "".join(normal(sentence).split()) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("id", DOCUMENTS)
def test_every_word_of_the_document_is_on_the_web_or_declared(site: Path, id: str) -> None:
    document = DOCUMENTS[id]
    pages = [printed_part(site, url) for url in included(document)]
    known = Counter(word for page in pages for word in split(" ".join(page.itertext())))
    printed = html.document_fromstring(print_html(reassembled(site, document)))
    for name in PRINT_ONLY:
        for element in printed.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            known.update(split(" ".join(element.itertext())))
    for head in printed.iter("thead"):  # repeated on each page of its table
        known.update(5 * split(" ".join(head.itertext())))
    entries = len(printed.xpath("//*[@class='entry' or @class='leads-to' or @class='on-page']"))
    actual = Counter(split(body_text(site / document.url)))
    extra = actual - known
    # The engine adds page numbers, and the word before those of the chooser.
    numbers = sum(extra.pop(word) for word in list(extra) if word.isdigit())
    marks = sum(len(item.getparent().findall("li")) for item in printed.xpath("//ol/li[1]"))
    assert numbers <= entries + marks and extra.pop("side", 0) <= entries
    assert extra == Counter(), sorted(extra)


def test_a_missing_paragraph_is_noticed(site: Path) -> None:
    words = paragraphs(printed_part(site, "retningslinjer/skoler/"))
    assert len(words) > 80
    text = "".join(pdf_text(site / "pdf/kanalstrategi.pdf").split())
    removed = [word for word in words if "".join(normal(word).split()) not in text]
    assert len(removed) > 40  # the strategy's document does not hold the schools' guideline
