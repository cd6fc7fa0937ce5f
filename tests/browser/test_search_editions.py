"""Pages of editions that are not in force are found only when the reader asks for them. In real Chromium, with an index of a few pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.design.assets import read_assets
from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.search.audiences import PageKind
from kanalstrategi.search.index import EDITIONS_ENTRY_FILE, build_index
from kanalstrategi.search.sections import IndexedPage, read_sections
from kanalstrategi.search.views import search_page_nodes
from kanalstrategi.search.weights import weigh_page
from tests.support.search_cases import FIELD, RESULTS, index_of
from tests.support.servers import serving

OLD = "Kanalstrategi 2019, afløst 1. marts 2023"
CHOICE = "Søg også i tidligere udgaver og forslag"
OF_EDITIONS = re.compile("/search/editions.json$")


def indexed(url: str, title: str, text: str, **facts: str) -> IndexedPage:
    page = IndexedPage(url, title, "Kanalerne", read_sections(element("div", element("h1", title), element("p", text))))
    return replace(page, **facts)  # type: ignore[arg-type]  # fields of the record


IN_FORCE = [
    indexed("kanaler/telefon/", "Telefon", "Vi skal ringe til borgeren, når det haster."),
    *(replace(indexed(f"retningslinjer/{number}/", f"Fagområde {number}", "Vi ringer og skriver."), kind=PageKind.GUIDELINE) for number in range(6)),
]
OTHERS = [
    indexed(
        "udgaver/2019/kanaler/telefon/",
        "Telefon",
        "Vi ringer altid, og aldrig med telefax.",
        place=OLD,
        edition_state="Afløst",
    ),
    indexed("udgaver/2027/kanaler/telefon/", "Telefon", "Vi må ringe op til tre gange.", place="Kanalstrategi 2027, forslag", edition_state="Forslag"),
]


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, dictionary, assets = tmp_path_factory.mktemp("search"), danish_dictionary(), read_assets()
    assets.write(folder)
    files = index_of(IN_FORCE) | build_index(OTHERS, [weigh_page(page, dictionary) for page in OTHERS], dictionary, EDITIONS_ENTRY_FILE)
    nodes = search_page_nodes("soeg/", {}, lambda url: f"../{url}", "", has_editions=True)
    script = f'<script type="module" src="../{assets.folder}/search/results-page.js"></script>'
    files["soeg/index.html"] = f'<!doctype html><html lang="da" class="js"><meta charset="utf-8"><title>Søg</title>{write_html(nodes)}{script}'.encode()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with serving(folder) as url:
        yield url


@pytest.fixture
def page(browser: Browser, small_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=small_site)
    yield context.new_page()
    context.close()


def results(page: Page) -> list[str]:
    urls = page.locator(RESULTS).evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    return [url.removeprefix("/") for url in urls]


def test_nothing_of_other_editions_is_read_before_the_reader_asks(page: Page) -> None:
    read: list[str] = []
    page.on("request", lambda request: read.append(request.url))
    page.goto("soeg/?q=ringe")
    expect(page.locator(RESULTS)).to_have_count(7)
    assert not any(url.startswith("udgaver/") for url in results(page)) and not any(map(OF_EDITIONS.search, read))
    page.locator(FIELD).fill("telefax")
    expect(page.locator(".search-status")).to_contain_text("Ingen sider")
    page.get_by_label(CHOICE).check()
    expect(page.locator(RESULTS)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=telefax&udgaver=ja$"))
    assert any(map(OF_EDITIONS.search, read))


def test_pages_of_other_editions_come_last_and_say_which_they_are(page: Page) -> None:
    page.goto("soeg/?q=ringe&udgaver=ja")
    expect(page.get_by_label(CHOICE)).to_be_checked()
    expect(page.locator(RESULTS)).to_have_count(9)
    found = results(page)
    assert found[0] == "kanaler/telefon/" and sorted(found[-2:]) == [other.url for other in OTHERS]
    expect(page.locator(".search-status")).to_contain_text("9 sider om »ringe«")
    old = page.locator(".search-results > li", has=page.locator("a[href*='/udgaver/2019/']"))
    expect(old.locator(".result-place")).to_have_text(OLD)
    expect(old.locator(".badge")).to_have_text("Afløst")
    page.get_by_label(CHOICE).uncheck()
    expect(page).to_have_url(re.compile(r"\?q=ringe$"))
    expect(page.locator(RESULTS)).to_have_count(7)


def test_they_are_shown_by_the_button_too(page: Page) -> None:
    """More results than the first ten reach into the second index."""
    page.goto("soeg/")
    counts = page.evaluate(
        """async () => {
          const { inTurn } = await import(document.querySelector("script[type=module]").src.replace("results-page", "client"));
          const search = (name, count) => ({
            count, first: [], unknown: [], suggestion: "", more: async (from, to) => Array.from({ length: count }, (_, at) => name + at).slice(from, to)
          });
          const both = inTurn(search("a", 3), search("b", 4), 5);
          return [both.count, ...await Promise.all([[0, 2], [2, 5], [5, 15], [3, 4]].map((range) => both.more(...range)))];
        }"""
    )
    assert counts == [7, ["a0", "a1"], ["a2", "b0", "b1"], ["b2", "b3"], ["b0"]]


def test_there_is_no_choice_where_there_is_nothing_to_choose() -> None:
    assert CHOICE not in write_html(search_page_nodes("soeg/", {}, str, ""))


def test_the_index_of_the_edition_in_force_is_the_same_with_and_without_others() -> None:
    alone, entry = index_of(IN_FORCE), json.loads(index_of(OTHERS)["search/index.json"])
    assert "telefax" in entry["words"].split() and not any(b"telefax" in content for content in alone.values())
    assert not any(b'"state"' in content for content in alone.values())
