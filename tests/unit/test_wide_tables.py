"""Tables have a box to scroll in, and long addresses in them have places to break."""

from __future__ import annotations

import pytest

from kanalstrategi.markdown.nodes import Element, descendants, element, text_of
from kanalstrategi.rendering.wide_tables import make_tables_scrollable


def table_of(*cell: Element | str) -> Element:
    return element("table", element("tbody", element("tr", element("td", *cell))))


def scrollable(table: Element) -> Element:
    root = element("div", element("ul", element("li", table)))
    make_tables_scrollable(root)
    return root


def test_aabningstider_have_a_box_to_scroll_in_wherever_the_table_stands() -> None:
    table = table_of("9-15")
    root = scrollable(table)
    [box] = [it for it in descendants(root) if it.tag == "div"]
    assert box.classes == ["table-scroll"] and box.children == [table]


def test_a_table_in_a_table_has_a_box_too() -> None:
    root = scrollable(table_of(table_of("9-15")))
    assert [it.classes for it in descendants(root) if it.tag == "div"] == [["table-scroll"], ["table-scroll"]]


@pytest.mark.parametrize("name", ["coverage.narrow", "follow-up", "outcomes"])
def test_tables_that_are_stacked_have_no_box(name: str) -> None:
    table = element(f"table.{name}", element("tbody"))
    assert [it.tag for it in descendants(scrollable(table))] == ["ul", "li", "table", "tbody"]


@pytest.mark.parametrize(
    "marked",
    [
        "borgerserviceafdelingen@|eksempelkommune|.dk",
        "Se https://|www|.eksempelkommune|.dk/|klage?|id=12345. Og ring.",
        "www|.eksempelkommune|.dk/|borger/",
        "a@eksempel.dk",
        "Borgerserviceafdelingen/Hovedbiblioteket",
        "9-15",
    ],
)
def test_only_a_long_address_may_break_and_only_at_its_joints(marked: str) -> None:
    text = marked.replace("|", "")
    for cell in (element("td", text), element("td", element("a", text, href="#"))):
        scrollable(element("table", element("tbody", element("tr", cell))))
        holder = cell.children[0] if isinstance(cell.children[0], Element) else cell
        assert "".join(piece if isinstance(piece, str) else "|" for piece in holder.children) == marked
        assert text_of(cell) == text
