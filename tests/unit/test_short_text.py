"""Where the box with the short text of a page is put, and how it says that it is no part of an adopted text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kanalstrategi.content.model import Page, Status
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import Element, Node, element, text_of
from kanalstrategi.rendering.short_text import with_short
from tests.support.project import DATA

CONTENT = read_project(DATA / "macros" / "project", {"SOURCE_DATE_EPOCH": "1767225600"}).content
PAGE = replace(CONTENT.pages["kanaler/telefon-og-video.md"], short="Du kan ringe. Vi svarer.", status=Status.ADOPTED)
TITLE, STATUS, TEXT = element("h1", "Titel"), element("ul.status"), element("p", "Tekst")


def completed(page: Page, *children: Node) -> list[Node]:
    root = element("div", *children)
    with_short(root, page, CONTENT.folders)
    return root.children


def box(children: list[Node]) -> Element:
    [found] = [child for child in children if isinstance(child, Element) and child.has_class("in-short")]
    return found


@pytest.mark.parametrize(
    ("children", "position"),
    [([TITLE, TEXT], 1), ([TITLE], 1), ([TITLE, "\n", STATUS, "\n", TEXT], 3), ([TITLE, TEXT, STATUS], 1), ([TEXT], 0)],
)
def test_it_comes_below_the_title_and_the_status(children: list[Node], position: int) -> None:
    result = completed(PAGE, *children)
    assert result.index(box(result)) == position
    assert [child for child in result if child is not box(result)] == children


def test_only_where_a_text_is_adopted_does_it_say_that_it_is_no_part_of_it() -> None:
    assert text_of(box(completed(PAGE, TITLE))) == "Kort fortalt – ikke en del af den vedtagne tekstDu kan ringe. Vi svarer."
    for other in (replace(PAGE, status=Status.DRAFT), replace(PAGE, path="regler.md")):
        assert text_of(box(completed(other, TITLE))) == "Kort fortaltDu kan ringe. Vi svarer."


def test_a_page_without_a_short_text_has_no_box() -> None:
    assert completed(replace(PAGE, short=""), TITLE, TEXT) == [TITLE, TEXT]
