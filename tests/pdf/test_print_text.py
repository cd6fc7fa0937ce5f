"""The text that must be on paper is found in the tree, and a document without it is not published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.markdown.nodes import Node, element
from kanalstrategi.pdf.engine import PdfError, make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble
from kanalstrategi.pdf.print_text import print_text
from kanalstrategi.pdf.typst import engine
from kanalstrategi.pdf.typst.content import typst_content
from kanalstrategi.pdf.typst.references import References

FACTS = DocumentFacts(
    "Titlen", "Kommunen", "Beskrivelse", "da", date(2026, 1, 1), "Udskrevet den 1. januar 2026", ("På forsiden",), "https://example.org/", "pdf/x.pdf"
)


def document(*content: Node) -> PrintDocument:
    opening = PrintPage("", element("div", element("h1", "Forord")), source="docs/index.md")
    return assemble(FACTS, opening, [PrintPage("a/", element("div", element("h1", "Kapitlet"), *content), source="docs/a.md")])


def texts(*content: Node) -> list[str]:
    """Return the texts of a chapter with some content, after its title."""
    found = [" ".join(text.split()) for text in print_text(document(*content))]
    return [text for text in found[found.index("Kapitlet", found.index("Kapitlet") + 1) + 1 : -4] if text]


def test_the_text_of_each_block_is_found() -> None:
    table = element("table", element("caption", "Om"), element("tr", element("th", "A"), element("td", "1", element("br"), "2")))
    listed = element("ul", element("li", "et ", element("strong", "punk"), "t", element("ol", element("li", "under"))))
    assert texts(element("p", "Et", element("sub", "2"), " ord"), "løst", table, listed, element("pre", element("code", "a\nb"))) == [
        *("Et2 ord", "løst", "Om", "A", "1 2", "et punkt", "under", "a b")
    ]


def test_what_an_engine_numbers_itself_is_not_text() -> None:
    mark = element("sup.footnote-ref", element("a", "1", href="#fn"))
    back = element("a.footnote-back", "↩", href="#ref")
    assert texts(
        element("p", "Ord", mark, element("a.on-page", "12", href="#x"), element("img", src="site:a.png", alt="ude af syne")), element("p", "En note", back)
    ) == [*("Ord", "En note")]


def test_cover_and_last_page_are_text() -> None:
    found = list(print_text(document()))
    assert found[:3] == ["Titlen", "Kommunen", "På forsiden"] and found[-2:] == ["Udskrevet den 1. januar 2026", "https://example.org/pdf/x.pdf"]


WHOLE = (
    element("p", "Et afsnit om noget"),
    element("pre", element("code", "første\nsidste")),
    element("table", element("thead", element("tr", element("th", "Tomt hoved"))), element("tbody", element("tr", element("td", "Tavs celle")))),
)


def without(data: Any, word: str) -> Any:
    """Return the data of a document without a word."""
    if isinstance(data, str):
        return data.replace(word, "")
    if isinstance(data, Mapping):
        return {key: without(value, word) for key, value in data.items()}
    return [without(one, word) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize("word", ["noget", "sidste", "hoved", "celle"])
def test_a_document_with_a_missing_word_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    whole = document(*WHOLE)
    make_pdf(whole, tmp_path, tmp_path / "x.pdf")

    def losing(document: PrintDocument, sizes: Mapping[str, tuple[int, int]]) -> tuple[dict[str, Any], References]:
        data, references = typst_content(document, sizes)
        return without(data, word), references

    monkeypatch.setattr(engine, "typst_content", losing)
    with pytest.raises(PdfError, match=rf"docs/a\.md:1: ordet »{word}«"):
        make_pdf(whole, tmp_path, tmp_path / "x.pdf")


def test_text_outside_the_page_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a table is wider than the page."""
    monkeypatch.setattr(engine, "_TEMPLATE", shifted(tmp_path))
    with pytest.raises(PdfError, match=r"docs/a\.md:1: (?s:.*)står helt eller delvist uden for siden"):
        make_pdf(document(element("p", "Et afsnit om noget")), tmp_path, tmp_path / "x.pdf")


def shifted(folder: Path) -> Path:
    """Return the template with paragraphs that begin at the right edge of the paper."""
    changed = folder / "document.typ"
    text = engine._TEMPLATE.read_text(encoding="utf-8")
    assert '"": body => par(body)' in text
    changed.write_text(text.replace('"": body => par(body)', '"": body => move(dx: 165mm, par(body))'), encoding="utf-8")
    return changed
