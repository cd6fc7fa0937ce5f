"""What the theme and the program put on every built page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from kanalstrategi.checks.links import link_targets
from kanalstrategi.content.project import read_project
from macros import MACROS
from tests.support.project import EPOCH, ROOT, Project, run_mkdocs

CONTENT = read_project(ROOT, {}).content


def test_every_built_page_has_it_and_no_admin_is_built(site: Path) -> None:
    assert not (site / "admin").exists()
    for page in CONTENT.pages.values():
        built = (site / page.url / "index.html").read_text(encoding="utf-8")
        assert len(re.findall(r'class="suggest-change[^>]*>(?:<a [^>]*>)?Foreslå en ændring', built)) == 1, page.path
    assert (site / "pdf/kanalstrategi.pdf").is_file()


BUILT = {"SOURCE_DATE_EPOCH": str(EPOCH)}


def test_ids_are_those_of_the_built_pages(site: Path) -> None:
    loaded = read_project(ROOT, BUILT)
    for path in loaded.parsed_pages:
        ids = link_targets(path, loaded, MACROS)
        page = html.parse(str(site / loaded.content.pages[path].url / "index.html"))
        built = set(page.xpath("//article//@id"))
        # Of the search page, only the heading of the index counts: its letters depend on the terms that exist.
        assert {id for id in built if id in ids or not id.startswith(("__", "soegefelt", "stikord-"))} == ids, path


@pytest.mark.parametrize("path", ["index.html", "kanaler/index.html", "kanaler/skriftlig-kommunikation/index.html"])
def test_every_menu_has_a_name_of_its_own(site: Path, path: str) -> None:
    page = html.parse(str(site / path), html.HTMLParser(encoding="utf-8")).getroot()
    named = [menu.get("aria-label") or page.get_element_by_id(menu.get("aria-labelledby")).text_content() for menu in page.iter("nav")]
    assert named and all(named) and len(set(named)) == len(named)


def test_nothing_of_the_theme_is_published_but_its_style(site: Path) -> None:
    files_of_assets = {file.relative_to(site / "assets").as_posix().partition("/")[2] for file in (site / "assets").rglob("*") if file.is_file()}
    assert {"site.css", "site.js", "dom.js", "chooser.js", "register.js"} <= files_of_assets
    assert not [name for name in files_of_assets if "lunr" in name or "bundle" in name or name.endswith(".map")]


GITHUB = "  editing:\n    backend: github\n    repository: a/b\n    branch: main\n    sign_in: https://login.example.org\n"


def test_editing_that_was_not_fetched_says_which_command_fetches_it(project: Project) -> None:
    project.replace("mkdocs.yml", "extra:\n", f"extra:\n{GITHUB}")
    process = run_mkdocs(project.root)  # whose program looks for the editor beside it
    assert process.returncode != 0 and "python3 scripts/build.py" in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
