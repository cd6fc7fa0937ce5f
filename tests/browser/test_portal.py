"""The front page of a portal, in a browser: found by name, searched over all, without errors of accessibility, by keyboard, and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kanalstrategi.cli import portal
from tests.support.browser import axe_finds, failing_on_errors, measuring
from tests.support.servers import serving

SITES = "name: Kommunernes kanalstrategier\nurl: https://kommuner.example.dk/\nsites:\n" + "".join(
    f"  - id: {id}\n    name: {name} Kommune\n    repository: https://github.com/example/{id}\n"
    for id, name in (("aeroe", "Ærø"), ("fjordby", "Fjordby"), ("aarhus", "Aarhus"))
)


@pytest.fixture(scope="module")
def url(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The project's own site as two municipalities', and a third that was not built."""
    folder = tmp_path_factory.mktemp("portal")
    (folder / "sites.yml").write_text(SITES, encoding="utf-8")
    (folder / "built").mkdir()
    for id in ("aeroe", "fjordby"):
        (folder / "built" / id).symlink_to(site)
    assert portal.main(folder, ["sites.yml", "built", "out"]) == 0
    with serving(folder / "out") as served:
        yield served


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, url: str, width: int, scheme: str) -> None:
    with measuring(browser, url, width, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("?q=notatpligt")
        expect(page.locator("[data-search-results] > li").first).to_be_visible()
        assert axe_finds(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_municipality_is_found_by_name_and_all_are_searched_by_keyboard(browser: Browser, url: str) -> None:
    with failing_on_errors(browser.new_context(base_url=url)) as (page, _):
        page.goto("")
        page.get_by_label("Skriv en del af kommunens navn").press_sequentially("aeroe")
        expect(page.locator(".portal-list > li:visible")).to_have_text(["Ærø Kommune"])
        expect(page.locator(".portal-count")).to_have_text("1 kommune")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Ærø Kommune", exact=True)).to_be_focused()
        field = page.get_by_label("Søg i alle kommuners kanalstrategier")
        field.press_sequentially("fjordby notatpligten")
        field.press("Enter")
        first = page.locator("[data-search-results] > li").first
        expect(first.locator(".result-place")).to_have_text("Fjordby Kommune")
        first.get_by_role("link").press("Enter")
        page.wait_for_url("**/fjordby/**")
        expect(page.locator("h1").first).to_be_visible()


def test_without_scripts_every_municipality_is_there(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url, java_script_enabled=False)
    page.goto("")
    expect(page.locator(".portal-list > li")).to_have_count(3)
    expect(page.get_by_text("Søgefeltet virker kun med JavaScript")).to_be_visible()
    page.close()
