"""On a host that has no redirects, the page at a former URL leads to the current page, at the same place of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content import model, organisation_model
from kanalstrategi.design.assets import ASSET_SOURCES
from kanalstrategi.publishing.redirect_pages import write_redirects
from tests.support.browser import failing_on_errors
from tests.support.servers import serving

OLD, NEW, ASSETS = "proeve/gammel/", "strategi/ny/", "assets/0123456789ab"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL, below a path, of a site with a page at its new URL and at two former ones."""
    root = tmp_path_factory.mktemp("host")
    site = root / "under/path"
    (root / "favicon.ico").touch()  # browsers ask for it
    for name, text in {
        f"{NEW}index.html": '<!doctype html><html lang="da"><title>Ny side</title><h2 id="afsnit-to">Afsnit to</h2>',
        f"{ASSETS}/redirect.js": (ASSET_SOURCES / "redirect.js").read_text(encoding="utf-8"),
    }.items():
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text(text, encoding="utf-8")
    day = date(2026, 1, 1)
    owner = organisation_model.Owner("a", "Afdelingen")
    page = model.Page("strategi/ny.md", NEW, "Ny side", "Om siden", owner, model.Status.ADOPTED, day, day, redirects=(OLD, "gammel/"))
    content = model.Content(organisation_model.Organisation("Kommunen"), day, None, {page.path: page}, (), {})
    write_redirects(site, content, "", ASSETS)
    with serving(root) as url:
        yield f"{url}under/path/"


@pytest.fixture
def visit(browser: Browser, host: str) -> Iterator[Page]:
    """A page whose errors fail the test."""
    with failing_on_errors(browser.new_context(base_url=host)) as (page, _):
        yield page


@pytest.mark.parametrize("old", [OLD, "gammel/"])
@pytest.mark.parametrize("rest", ["", "#afsnit-to", "?q=id&side=2", "?q=%C3%A6#afsnit-to", "?q='\"><script>alert(1)</script>", "#//example.org"])
def test_gammel_adresse_takes_the_anchor_and_the_query_along(visit: Page, host: str, old: str, rest: str) -> None:
    visit.goto(NEW + rest)
    wanted = visit.url
    visit.goto(old + rest)
    visit.wait_for_url(f"{host}{NEW}**")
    assert visit.url == wanted
    expect(visit).to_have_title("Ny side")


def test_the_way_back_does_not_lead_to_the_former_url(visit: Page, host: str) -> None:
    visit.goto(f"{NEW}?start")
    visit.evaluate("old => location.assign(old)", f"{host}{OLD}#afsnit-to")
    visit.wait_for_url(f"{host}{NEW}#afsnit-to")
    visit.go_back()
    assert visit.url == f"{host}{NEW}?start"


def test_without_javascript_it_leads_to_the_page(browser: Browser, host: str) -> None:
    context = browser.new_context(base_url=host, java_script_enabled=False)
    page = context.new_page()
    page.goto(OLD)
    page.wait_for_url(f"{host}{NEW}")
    context.close()


def test_where_the_script_does_not_arrive_there_is_a_link(browser: Browser, host: str) -> None:
    context = browser.new_context(base_url=host)
    context.route("**/redirect.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(OLD)
    page.get_by_role("link", name="Gå til »Ny side«").click()
    page.wait_for_url(f"{host}{NEW}")
    context.close()


def test_only_scripts_of_the_site_can_run(visit: Page) -> None:
    page = visit.request.get(OLD).text()
    assert "script-src &#x27;self&#x27;;" in page and "unsafe" not in page
