"""The built site works in a real browser, below a path, and contacts no third party."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import failing_on_errors, visiting
from tests.support.project import Project, run_mkdocs


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Page]:
    """A page whose errors fail the test."""
    with failing_on_errors(browser.new_context(base_url=url)) as (page, errors):
        page.on("request", lambda request: request.url.startswith((url, "data:", "blob:")) or errors.append(request.url))
        page.on("response", lambda response: response.status < 400 or errors.append(f"{response.status} {response.url}"))
        yield page
        page.wait_for_load_state("networkidle")
        assert page.context.cookies() == []


def test_front_page_leads_to_strategy_and_channels(visit: Page) -> None:
    visit.goto("")
    expect(visit).to_have_title("Guldborgsund Kommunes kanalstrategi")
    expect(visit.locator("html")).to_have_attribute("lang", "da")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Kanalstrategi 2023-2025")
    image = visit.get_by_role("img", name="Forsiden af kommunens kanalstrategi viser")
    assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    cards = visit.locator(".cards").nth(1).get_by_role("link")
    expect(cards).to_have_count(5)
    cards.nth(2).click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Telefon og videomøder")


def test_channel_page_shows_its_rules_and_their_permalinks(visit: Page) -> None:
    visit.goto("kanaler/telefon-og-videomoeder/#telefon-notatpligt")
    rule = visit.locator("#telefon-notatpligt")
    expect(rule).to_be_in_viewport()
    expect(rule).to_contain_text("vi skal sikre, at regler for notatpligt og journalisering overholdes")
    rule.get_by_role("link", name="Link til denne regel").click()
    assert visit.url.endswith("/kanaler/telefon-og-videomoeder/#telefon-notatpligt")


def test_download_is_the_pdf_and_says_how_heavy_it_is(visit: Page, url: str) -> None:
    visit.goto("")
    link = visit.get_by_role("link", name="Download Kanalstrategien")
    target = link.evaluate("link => link.href")
    assert target == f"{url}pdf/kanalstrategi.pdf"
    answer = visit.request.get(target)
    assert answer.ok and answer.body().startswith(b"%PDF-")
    pages = len(pikepdf.open(io.BytesIO(answer.body())).pages)
    kilobytes = round(len(answer.body()) / 1000)
    expect(visit.locator(".pdf-facts[data-pdf='pdf/kanalstrategi.pdf']")).to_have_text(f"PDF, {pages} sider, {kilobytes} kB")


def test_skip_link_comes_first_and_leads_to_the_content(visit: Page) -> None:
    visit.goto("strategi/formaal/")
    visit.keyboard.press("Tab")
    skip = visit.locator(":focus")
    expect(skip).to_have_text("Gå til hovedindhold")
    visit.keyboard.press("Enter")
    assert visit.url.endswith("#__content")
    visit.keyboard.press("Tab")
    expect(visit.locator("main :focus")).to_have_count(1)


def test_readable_without_javascript(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("kanaler/skriftlig-kommunikation/")
    expect(page.locator("#faellespostkasser-annoncering")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_scrolls_sideways(browser: Browser, url: str, width: int) -> None:
    context = browser.new_context(base_url=url, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ("", "strategi/om-kanalstrategien/", "kanaler/skriftlig-kommunikation/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_read_as_a_table_on_a_phone_too(browser: Browser, url: str) -> None:
    for width in (320, 1280):
        context = browser.new_context(base_url=url, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto("retningslinjer/")
        found = page.get_by_role("table", name="Lokale retningslinjer: fagområder og kanaler")
        expect(found.get_by_role("columnheader")).to_have_count(7)
        row = found.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Skoler"))
        expect(row.get_by_role("cell")).to_have_count(6)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # On a phone, each cell names its channel, since the column's heading is hidden.
        label = row.locator(".column", has_text="Telefon og videomøder:")
        expect(label).to_be_visible() if width == 320 else expect(label).to_be_hidden()
        row.get_by_role("link").nth(3).click()
        expect(page.locator("#telefon-og-videomoeder")).to_be_in_viewport()
        context.close()


PAGE = "docs/strategi/formaal.md"
OLD, OLD_PDF = "strategi/hvorfor/", "pdf/gammel.pdf"


def give(project: Project, *former: str, page: str = PAGE) -> int:
    """Give a page former URLs, and return their line."""
    text = (project.root / page).read_text(encoding="utf-8")
    project.write(page, text.replace("---\n", f"---\nredirects: {json.dumps(former)}\n", 1))
    return 2


def test_a_reader_with_an_old_link_comes_to_the_new_page(project: Project, browser: Browser) -> None:
    project.remove_documents()
    give(project, OLD, "helt/andet/sted/", OLD_PDF)
    process = run_mkdocs(project.root)
    assert process.returncode == 0, process.stdout + process.stderr
    assert not (project.site / OLD_PDF).exists()  # a server has to redirect this one
    assert OLD not in (project.site / "sitemap.xml").read_text(encoding="utf-8")
    pages = json.loads((project.site / "data/pages.json").read_text(encoding="utf-8"))
    assert [page["redirects"] for page in pages if page["redirects"]] == [[OLD, "helt/andet/sted/", OLD_PDF]]
    (project.root / "served").mkdir()
    shutil.move(project.site, project.root / "served/under")  # not at the root of the host
    with visiting(browser, project.root / "served") as page:
        for old in (OLD, "helt/andet/sted/"):
            page.goto(f"under/{old}")
            page.wait_for_url("**/under/strategi/formaal/")
            expect(page.locator("h1")).to_contain_text("Formål")
