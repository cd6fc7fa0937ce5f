"""Which pages the menu holds, and in what order."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from kanalstrategi.content.navigation import expand_menu
from kanalstrategi.content.project import read_project
from tests.support.project import Project

PAGES = ["index.md", "a/index.md", "a/b.md", "a/c.md", "a/d.md", "a/under/e.md", "b/index.md", "b/x.md"]


@pytest.mark.parametrize(
    ("nav", "expanded"),
    [
        (None, None),
        (["index.md", {"A": ["a/index.md", "a/*"]}], ["index.md", {"A": ["a/index.md", "a/b.md", "a/c.md", "a/d.md"]}]),
        (["a/c.md", "a/*"], ["a/c.md", "a/b.md", "a/d.md"]),
        (["a/*", "a/c.md"], ["a/b.md", "a/d.md", "a/c.md"]),
        ([{"Titel": "a/c.md"}, {"A": "a/*"}], [{"Titel": "a/c.md"}, {"A": ["a/b.md", "a/d.md"]}]),
        (["a/*", "a/*"], ["a/b.md", "a/c.md", "a/d.md"]),
        (["a/under/*", "b/*", "https://example.org/"], ["a/under/e.md", "b/x.md", "https://example.org/"]),
        (["mangler/*", "a*", 7], ["a*", 7]),
        ([{"Tom": ["mangler/*"]}, {"A": [{"Tom": "mangler/*"}, "a/b.md"]}, {"Ydre": [{"Tom": ["mangler/*"]}]}], [{"A": ["a/b.md"]}]),
        ([{"Uden": []}, {"Intet": None}, {}], [{"Uden": []}, {"Intet": None}, {}]),
    ],
)
def test_a_wildcard_is_the_pages_that_are_not_named(nav: Any, expanded: Any) -> None:
    assert expand_menu(nav, PAGES) == expanded
    assert expand_menu(nav, reversed(PAGES)) == expanded


def test_the_order_is_that_of_the_danish_alphabet() -> None:
    names = ["skoler", "aabenraa", "Zoo", "øst", "aeldre", "plejecentre", "oer", "å"]
    expected = ["plejecentre", "skoler", "Zoo", "aeldre", "oer", "øst", "å", "aabenraa"]
    assert expand_menu(["x/*"], [f"x/{name}.md" for name in names]) == [f"x/{name}.md" for name in expected]


def test_only_pages_come_into_the_menu(project: Project) -> None:
    project.write("docs/retningslinjer/.skjult.md", "# Skjult\n")
    project.write("docs/retningslinjer/.mappe/side.md", "# Skjult\n")
    project.write("docs/retningslinjer/noter.txt", "Noter\n")
    before = read_project(project.root, {}).content.organisation.order
    project.replace("mkdocs.yml", "      - Regler: regler.md\n", "      - Regler: regler.md\n      - retningslinjer/.mappe/*\n      - skabeloner/*\n")
    assert read_project(project.root, {}).content.organisation.order == before


@pytest.mark.parametrize("entry", ["mangler/*", "retningslinjer/**", "retningslinje*", "skabeloner/*"])
def test_a_wildcard_that_stands_for_nothing_is_reported(project: Project, entry: str) -> None:
    line = project.replace("mkdocs.yml", "retningslinjer/* # what departments add", entry)
    assert project.check() == [
        f"mkdocs.yml:{line}: menuen nævner {entry}, som ikke er en mappe med sider – skriv `- mappe/*` med en mappe, der har sider; stien regnes fra docs/"
    ]


@pytest.mark.parametrize("folder", ["svar", "procesplan", "materiale"])
def test_a_folder_that_the_first_page_of_its_kind_makes_may_be_named_before(project: Project, folder: str) -> None:
    shutil.rmtree(project.root / "docs" / folder)
    project.replace("mkdocs.yml", f"{folder}/*", f"{folder}/*x")
    assert any(f"{folder}/*x, som ikke er en mappe" in found for found in project.check())
    project.replace("mkdocs.yml", f"{folder}/*x", f"{folder}/*")
    assert not any("som ikke er en mappe" in found for found in project.check())


def test_a_folder_whose_pages_are_all_named_is_no_mistake(project: Project) -> None:
    assert project.check() == []
