"""Where the status of a page is put: a draft must never look adopted, whatever its editor wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kanalstrategi.content.model import Status
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import Element, Node, element, text_of
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page_status import owner_at_foot, status, with_status
from tests.support.project import DATA

CONTENT = read_project(DATA / "macros" / "project", {"SOURCE_DATE_EPOCH": "1767225600"}).content
PAGE = CONTENT.pages["kanaler/telefon-og-video.md"]
DRAFT, ADOPTED = (Call(CONTENT, replace(PAGE, status=value)) for value in (Status.DRAFT, Status.ADOPTED))
TITLE, TEXT = element("h1", "Titel"), element("p", "Tekst")


def completed(call: Call, *children: Node) -> list[Node]:
    root = element("div", *children)
    with_status(root, call)
    return root.children


@pytest.mark.parametrize("call", [DRAFT, ADOPTED], ids=["draft", "adopted"])
def test_a_page_that_lacks_its_status_gets_it_below_the_title(call: Call) -> None:
    assert completed(call, TITLE, TEXT) == [TITLE, status(call), TEXT]
    assert completed(call, TEXT) == [status(call), TEXT]


@pytest.mark.parametrize("call", [DRAFT, ADOPTED], ids=["draft", "adopted"])
def test_a_status_below_the_title_is_not_repeated(call: Call) -> None:
    assert completed(call, TITLE, "\n", status(call), TEXT) == [TITLE, "\n", status(call), TEXT]


def test_only_an_adopted_page_may_have_its_status_further_down() -> None:
    assert completed(ADOPTED, TITLE, TEXT, status(ADOPTED)) == [TITLE, TEXT, status(ADOPTED)]
    assert completed(DRAFT, TITLE, TEXT, status(DRAFT)) == [TITLE, status(DRAFT), TEXT, status(DRAFT)]
    assert completed(DRAFT, TITLE, "Tekst", status(DRAFT)) == [TITLE, status(DRAFT), "Tekst", status(DRAFT)]


@pytest.mark.parametrize("call", [DRAFT, ADOPTED], ids=["draft", "adopted"])
def test_a_status_that_is_hidden_or_changed_does_not_count(call: Call) -> None:
    forged = Element("ul", 3, dict(status(call).attributes), status(call).children, is_html=True)
    marked = status(call)
    marked.attributes["title"] = "Vedtaget"
    for node in (element("div.web-only", status(call)), forged, marked):
        assert completed(call, TITLE, node) == [TITLE, status(call), node]


def test_the_status_of_the_search_page_comes_last() -> None:
    call = Call(CONTENT, CONTENT.pages["soeg.md"])
    assert completed(call, TITLE, TEXT) == [TITLE, TEXT, status(call)]


def test_who_answers_for_an_answer_stands_at_its_foot_and_for_any_other_page_in_its_status() -> None:
    for path, is_answer in (("svar/maa-jeg.md", True), (PAGE.path, False)):
        page = replace(PAGE, path=path)
        in_status, at_foot = ("Ansvarlig" in text_of(element("div", nodes)) for nodes in ([status(Call(CONTENT, page))], owner_at_foot(page)))
        assert (in_status, at_foot) == (not is_answer, is_answer)
