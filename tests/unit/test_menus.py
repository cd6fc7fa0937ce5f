"""A section of the menu is marked as a draft where all that the site has written in it is one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kanalstrategi.build.menus import Menus


@dataclass(eq=False)
class Item:
    """A page or a section, as MkDocs has them."""

    children: list[Item] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    is_shipped_overview: bool = False

    @property
    def is_page(self) -> bool:
        return not self.children


def section(*children: Item) -> Item:
    return Item(list(children))


OVERVIEW, DRAFT, ADOPTED = Item(is_shipped_overview=True), Item(meta={"status": "draft"}), Item()


def test_an_overview_of_the_program_says_nothing_of_the_pages_in_its_section() -> None:
    menus = Menus()
    assert menus.is_draft(section(OVERVIEW, DRAFT, DRAFT)) and menus.is_draft(section(ADOPTED, DRAFT)) is False
    assert not menus.is_draft(section(OVERVIEW)) and not menus.is_draft(OVERVIEW)
    assert menus.is_draft(section(section(OVERVIEW, DRAFT), DRAFT)) and not menus.is_draft(section(section(OVERVIEW, ADOPTED), DRAFT))


def test_a_cached_section_is_not_taken_for_another_once_it_is_gone() -> None:
    menus = Menus()
    children = [DRAFT, DRAFT, ADOPTED, ADOPTED] * 50
    assert [menus.is_draft(section(child)) for child in children] == [child is DRAFT for child in children]
