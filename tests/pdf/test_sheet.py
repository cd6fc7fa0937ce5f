"""The board's page as one sheet of paper: one page, with every word of the web page, and never cut."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from kanalstrategi.build.pdf_jobs import tell_of_length
from kanalstrategi.content.goal_facts import goal_facts
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.content.project import Project as ReadProject
from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.pdf.engine import PdfFile, make_pdf
from kanalstrategi.pdf.print_text import print_text
from tests.support.adopted_text import pdf_text
from tests.support.board import board_page, board_project, board_sheet, read_board

LONGEST = "Skal alle fagområder have vedtaget deres retningslinje inden sommer, " + "og hvem følger op på det, når fristen er gået? " * 3


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> ReadProject:
    project = board_project(tmp_path_factory.mktemp("board"))
    read = read_board(project)
    return replace(read, content=replace(read.content, decisions_sought=(LONGEST[:200],) * 3))


@pytest.fixture(scope="module")
def sheet(board: ReadProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF with four goals with figures, eight departments, and three decisions that are as long as they may be. It has been audited."""
    folder = tmp_path_factory.mktemp("sheet")
    assert make_pdf(board_sheet(board, "https://example.org/"), folder, folder / "status.pdf").pages == 1
    return folder / "status.pdf"


def test_the_sheet_is_one_tagged_page_of_a4_with_a_title(sheet: Path) -> None:
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == 1 and [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox] == [0, 0, 210, 297]
        assert pdf.Root.MarkInfo.Marked and pdf.docinfo[Name.Title] == "Status for kanalstrategien"


def test_paper_says_what_the_web_page_says(board: ReadProject, sheet: Path) -> None:
    document = board_sheet(board, "https://example.org/")
    printed = {" ".join(text.split()) for text in print_text(document)}  # all of which the audit has found in the PDF
    seen = [node for node in descendants(board_page(board)) if node.tag in ("h1", "h2", "caption", "td", "th", "li", "p")]
    assert len(seen) > 80
    assert [line_of(node) for node in seen if (words := line_of(without_screen(node))) and " ".join(words.split()) not in printed] == []
    text = pdf_text(sheet)
    for goal in board.content.goals:
        facts = goal_facts(goal, board.content.today)
        assert all(words.casefold() in text for words in (facts.title, danish_number(goal.measurements[-1].value), facts.course_label)), facts.title


def without_screen(node: Element) -> Element:
    """Return a copy of an element without what is only for the screen."""
    kept = [
        without_screen(child) if type(child) is Element else child
        for child in node.children
        if not (type(child) is Element and (child.has_class("web-only") or child.has_class("headerlink")))
    ]
    return Element(node.tag, node.line, {}, [] if node.has_class("web-only") else kept)


def test_each_figure_links_to_its_place_on_the_published_site(board: ReadProject, sheet: Path) -> None:
    with pikepdf.open(sheet) as pdf:
        targets = {str(link.A.URI) for link in pdf.pages[0].Annots if "/A" in link and "/URI" in link.A}
    wanted = {f"https://example.org/{page.url}" for page in (*(goal.page for goal in board.content.goals), *(one.page for one in board.content.guidelines))}
    assert wanted <= targets


def test_a_sheet_that_is_too_long_is_not_cut_but_told_of(board: ReadProject, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    document = board_sheet(board)
    (chapter,) = document.chapters
    more = [Element("p", children=[f"Afsnit {number} om noget, der ikke skal med på et ark. {'Ord ' * 60}"]) for number in range(12)]
    long = replace(document, chapters=[replace(chapter, root=Element("div", children=[*chapter.root.children, *more]))])
    pdf = make_pdf(long, tmp_path, tmp_path / "status.pdf")
    assert pdf.pages == 2 and "afsnit 11 om noget" in pdf_text(tmp_path / "status.pdf")
    described = Document("status", "status", "status.md", ("status.md",), is_of_one_page=True, is_sheet=True)
    with caplog.at_level(logging.INFO):
        tell_of_length(described, PdfFile(1, 1))
        assert caplog.messages == []
        tell_of_length(described, pdf)
    assert caplog.messages == [
        "advarsel: pdf/status.pdf fylder 2 sider og skulle fylde én – forkort docs/status.md: skriv færre og kortere afsnit og beslutninger"
    ]
    assert [record.levelno for record in caplog.records] == [logging.INFO]  # a warning would stop the build


def test_the_other_engine_has_no_cover_either(board: ReadProject, tmp_path: Path) -> None:
    make_pdf(board_sheet(board), tmp_path, tmp_path / "status.pdf", "pdfkit")
    with pikepdf.open(tmp_path / "status.pdf") as pdf:
        text = pdf_text(tmp_path / "status.pdf")
        assert len(pdf.pages) <= 2 and text.count("sundhedsplejen") == 1


def test_our_own_sheet_is_one_page(site: Path) -> None:
    with pikepdf.open(site / "pdf/status.pdf") as pdf:
        assert len(pdf.pages) == 1
