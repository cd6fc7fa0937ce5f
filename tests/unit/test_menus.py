"""A section of the menu is marked as a draft where all that the site has written in it is one."""

from __future__ import annotations

from types import SimpleNamespace

from kanalstrategi.build.menus import Menus


def page(status: str = "", *, is_shipped_overview: bool = False) -> SimpleNamespace:
    return SimpleNamespace(is_page=True, children=None, meta={"status": status} if status else {}, is_shipped_overview=is_shipped_overview)


def section(*children: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(is_page=False, children=list(children))


OVERVIEW, DRAFT, ADOPTED = page(is_shipped_overview=True), page("draft"), page()


def test_an_overview_of_the_program_says_nothing_of_the_pages_in_its_section() -> None:
    menus = Menus()
    assert menus.is_draft(section(OVERVIEW, DRAFT, DRAFT)) and menus.is_draft(section(ADOPTED, DRAFT)) is False
    assert not menus.is_draft(section(OVERVIEW)) and not menus.is_draft(OVERVIEW)
    assert menus.is_draft(section(section(OVERVIEW, DRAFT), DRAFT)) and not menus.is_draft(section(section(OVERVIEW, ADOPTED), DRAFT))
