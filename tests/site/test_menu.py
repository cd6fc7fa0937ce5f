"""A page that is put in a folder of the menu is in the menu, the overviews and the PDFs, with no other change."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

import pytest

from kanalstrategi.content.navigation import expand_menu
from kanalstrategi.content.page_template import new_department
from kanalstrategi.content.project import read_project
from tests.support.preview import wait_for
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
    ],
)
def test_a_wildcard_is_the_pages_that_are_not_named(nav: Any, expanded: Any) -> None:
    assert expand_menu(nav, PAGES) == expanded
    assert expand_menu(nav, reversed(PAGES)) == expanded


def test_the_order_is_that_of_the_danish_alphabet() -> None:
    names = ["skoler", "aabenraa", "Zoo", "øst", "aeldre", "plejecentre", "oer", "å"]
    expected = ["plejecentre", "skoler", "Zoo", "aeldre", "oer", "øst", "å", "aabenraa"]
    assert expand_menu(["x/*"], [f"x/{name}.md" for name in names]) == [f"x/{name}.md" for name in expected]


def test_what_is_no_page_never_comes_in(project: Project) -> None:
    project.write("docs/retningslinjer/.skjult.md", "# Skjult\n")
    project.write("docs/retningslinjer/.mappe/side.md", "# Skjult\n")
    project.write("docs/retningslinjer/noter.txt", "Noter\n")
    before = read_project(project.root, {}).content.organisation.order
    project.replace("mkdocs.yml", "  - Regler: regler.md\n", "  - Regler: regler.md\n  - retningslinjer/.mappe/*\n  - skabeloner/*\n")
    assert read_project(project.root, {}).content.organisation.order == before


@pytest.mark.parametrize("entry", ["mangler/*", "retningslinjer/**", "retningslinje*", "skabeloner/*"])
def test_a_wildcard_that_stands_for_nothing_is_told_of(project: Project, entry: str) -> None:
    line = project.replace("mkdocs.yml", "retningslinjer/* # what departments add", entry)
    assert project.check() == [
        f"mkdocs.yml:{line}: menuen nævner {entry}, som ikke er en mappe med sider – "
        "skriv `- mappe/*` med en mappe, der har sider; stien regnes fra docs/"
    ]


def test_a_folder_whose_pages_are_all_named_is_no_mistake(project: Project) -> None:
    assert project.check() == []


def test_a_new_page_is_everywhere_with_no_other_change(whole_project: Project) -> None:
    project = whole_project
    new_department(project.root, "Sundhedsplejen", {"SOURCE_DATE_EPOCH": "1767225600"})
    assert project.check() == []
    documents = read_project(project.root, os.environ).content.organisation.documents
    assert documents["retningslinjer-sundhedsplejen"].pages == ("retningslinjer/sundhedsplejen.md",)
    pages = documents["samlet"].pages
    assert pages.index("retningslinjer/sundhedsplejen.md") == pages.index("retningslinjer/administration.md") + 1
    project.remove_documents()  # the department's own is made in tests/test_newcomer.py
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    overview = (project.site / "retningslinjer/index.html").read_text(encoding="utf-8")
    assert overview.count('href="sundhedsplejen/') > 1
    menu = overview[overview.index('class="section-menu"') : overview.index("<main")]
    assert menu.index('retningslinjer/administration/"') < menu.index('retningslinjer/sundhedsplejen/"')
    told = json.loads((project.site / "data/pages.json").read_text(encoding="utf-8"))
    assert "retningslinjer/sundhedsplejen/" in [page["url"] for page in told]


def test_the_preview_sees_a_new_page(preview: tuple[Project, str]) -> None:  # noqa: F811
    project, url = preview
    new_department(project.root, "Sundhedsplejen", {})

    def is_in_the_menu() -> bool:
        with urllib.request.urlopen(f"{url}retningslinjer/") as answer:
            return 'href="sundhedsplejen/"' in answer.read().decode()

    wait_for(is_in_the_menu)
    assert "WARNING" not in (project.root / "log").read_text(encoding="utf-8")
