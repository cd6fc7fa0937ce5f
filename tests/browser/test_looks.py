"""The look of pages: the font that arrives, headings and their permalinks, lists, menus and links that say what they do, and paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.browser import every_kind_of_page, roboto

TOPS = "it => { const range = new Range(); range.selectNodeContents(it); return [...range.getClientRects()].map(it => Math.round(it.top)) }"
PAPER = {"width": 643, "height": 900}
"""A4 between its margins, in pixels."""


def test_the_font_of_paper_is_the_font_of_the_screen(browser: Browser, nginx_url: str) -> None:
    page = browser.new_page(base_url=nginx_url)
    with page.expect_response("**/*.woff2") as waiting:
        page.goto("")
    answer = waiting.value
    assert re.fullmatch(r".*/assets/[0-9a-f]{12}/sans\.woff2", answer.url)
    assert answer.header_value("cache-control") == "public, max-age=31536000, immutable"
    assert answer.header_value("content-type") == "font/woff2" and answer.header_value("content-encoding") is None
    page.evaluate("document.fonts.ready.then(() => undefined)")
    assert page.evaluate("[...document.fonts].filter(it => it.status === 'loaded').map(it => it.family)") == ["Kanal Sans"]
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).fontFamily").startswith('"Kanal Sans"')
    page.close()


def heights(browser: Browser, url: str, width: int, path: str, *, is_font_there: bool) -> list[float]:
    """Return the height of each paragraph and heading: as we mean it, or as on Android for as long as our font has not arrived."""
    page = browser.new_page(base_url=url, viewport={"width": width, "height": 812})

    def on_android(route: Route) -> None:
        style = re.sub(r'local\("Roboto[^;]*', "url(android.ttf)", route.fetch().text())
        assert style.count("android.ttf") == 2
        route.fulfill(body=style, content_type="text/css")

    if not is_font_there:
        page.route("**/site.css", on_android)
        page.route("**/android.ttf", lambda route: route.fulfill(body=roboto(), content_type="font/ttf"))
        page.route("**/*.woff2", lambda route: route.abort())
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => undefined)")
    loaded = page.evaluate("[...new Set([...document.fonts].filter(it => it.status === 'loaded').map(it => it.family))]")
    assert loaded == ["Kanal Sans" if is_font_there else "Kanal Roboto"]
    found = page.evaluate("[...document.querySelectorAll('article :is(p, h1, h2, h3, li)')].map(it => it.getBoundingClientRect().height)")
    page.close()
    return found


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", ["", "kanaler/skriftlig-kommunikation/"])
def test_almost_nothing_moves_when_the_font_arrives(browser: Browser, url: str, path: str, width: int) -> None:
    """Every line is as high as before; here and there, one that was just full is broken at another word."""
    before, after = (heights(browser, url, width, path, is_font_there=there) for there in (False, True))
    same = [abs(one - other) < 1 for one, other in zip(before, after, strict=True)]
    assert same.count(False) <= len(same) / 10
    assert abs(sum(before) / sum(after) - 1) < 0.03


def test_a_heading_is_called_what_it_says_and_its_permalink_stands_beside_it(browser: Browser, site: Path, url: str) -> None:
    page = browser.new_page(base_url=url)
    faults = {}
    for path in every_kind_of_page(site):
        page.goto(path)
        names = page.evaluate("[...document.querySelectorAll('article :is(h1, h2, h3, h4, h5, h6)')].filter(it => /#/.test(it.textContent)).length")
        links = page.evaluate("[...document.querySelectorAll('.headerlink')].map(it => it.hash)")
        if names or len(links) != len(set(links)):
            faults[path] = names, links
    assert faults == {}
    page.goto("strategi/formaal/")
    heading = page.get_by_role("heading", name="Kerneopgaven", exact=True)
    expect(heading).to_have_count(1)
    link = page.get_by_role("link", name="Link til dette afsnit: Kerneopgaven")
    expect(link).to_have_attribute("href", "#" + (heading.get_attribute("id") or ""))
    beside, own = link.bounding_box(), heading.bounding_box()
    assert beside and own and 0 <= beside["x"] < own["x"] and own["y"] - 4 < beside["y"] and beside["y"] + beside["height"] < own["y"] + own["height"] + 4
    page.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_a_list_in_the_follow_up_is_indented(browser: Browser, url: str, width: int) -> None:
    page = browser.new_page(base_url=url, viewport={"width": width, "height": 900})
    page.goto("opfoelgning/")
    cell = page.locator(".follow-up td:has(li)").first
    left = "it => { const range = new Range(); range.selectNodeContents(it); return range.getClientRects()[0].left }"
    inside = cell.evaluate("it => it.getBoundingClientRect().left + parseFloat(getComputedStyle(it).paddingLeft)")
    assert cell.locator("li").first.evaluate(left) > inside + 10
    page.close()


def test_a_bullet_is_beside_the_first_line_of_a_link(browser: Browser, url: str) -> None:
    """A block in an item, even in the line, would have its bullet beside its last line."""
    page = browser.new_page(base_url=url, viewport={"width": 200, "height": 900})
    page.goto("kanaler/skriftlig-kommunikation/")
    links = page.locator(".questions li > a")
    assert links.count() > 3
    assert max(len(set(tops)) for tops in (link.evaluate(TOPS) for link in links.all())) > 1
    assert {link.evaluate("it => getComputedStyle(it).display") for link in links.all()} == {"inline"}
    page.close()


def test_a_quote_has_room_around_it(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url)
    page.goto("strategi/formaal/")
    style = page.locator("blockquote:not(.pull-quote)").first.evaluate("it => { const s = getComputedStyle(it); return [s.paddingTop, s.paddingLeft] }")
    assert all(float(measure.removesuffix("px")) >= 5 for measure in style)
    page.close()


@pytest.mark.parametrize("menu", [".menu > ul > li > a", ".section-menu a"])
def test_where_colours_are_forced_only_the_current_page_looks_current(browser: Browser, url: str, menu: str) -> None:
    page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 900}, forced_colors="active", reduced_motion="reduce")
    page.goto("strategi/formaal/")
    edge = "it => { const s = getComputedStyle(it); return [s.borderBottomColor, s.borderLeftColor, s.borderBottomWidth, s.borderLeftWidth].join() }"
    current = {link.evaluate(edge) for link in page.locator(f"{menu}[aria-current]").all()}
    others = {link.evaluate(edge) for link in page.locator(f"{menu}:not([aria-current]):visible").all()}
    assert len(current) == 1 and others and not current & others
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(background in edges for edges in others)
    page.close()


@pytest.mark.parametrize("path", ["svar/brev-paa-papir/", "retningslinjer/skoler/", "strategi/formaal/"])
def test_a_menu_says_udkast_once_where_all_of_a_section_are_drafts(browser: Browser, url: str, path: str) -> None:
    page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 900})
    page.goto(path)
    lists = page.locator(".section-menu ul").all()
    own = [found.evaluate("it => [...it.children].map(li => li.querySelector(':scope > a > .badge') !== null)") for found in lists]
    assert lists and not any(all(marks) for marks in own)
    around = {"svar": "Spørgsmål og svar Udkast", "retningslinjer": "Lokale retningslinjer Udkast", "strategi": "Strategien"}[path.split("/")[0]]
    assert around in page.locator(".section-menu :is(p, a)").all_inner_texts()
    assert page.locator(".menu > ul > li > a").locator(".badge:visible").count() == 0
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_role("button", name="Menu").click()
    expect(page.locator(".menu > ul > li > a").filter(has_text="Spørgsmål og svar").locator(".badge")).to_be_visible()
    page.close()


def test_forrige_and_naeste_lead_to_pages_of_the_same_section(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url)
    for path, links in (("strategi/om-kanalstrategien/", ["formaal/"]), ("strategi/formaal/", ["om-kanalstrategien/", "vision-og-maal/"])):
        page.goto(path)
        found = [link.get_attribute("href") or "" for link in page.locator(".siblings a").all()]
        assert [link.removeprefix("../") for link in found] == links
    page.goto("redaktoer/felter-og-tekst/")
    expect(page.locator(".siblings a")).to_have_count(2)
    for path in ("regler/", "opfoelgning/", "soeg/", "vaelg-kanal/", "medarbejdere/", "svar/brev-paa-papir/", "retningslinjer/", "retningslinjer/skoler/"):
        page.goto(path)
        expect(page.locator(".siblings")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("path", ["retningslinjer/", "retningslinjer/skoler/", "kanaler/telefon-og-videomoeder/"])
def test_the_key_above_has_every_look_of_a_cell_and_no_other(browser: Browser, url: str, path: str) -> None:
    page = browser.new_page(base_url=url, reduced_motion="reduce")  # on a busy machine, colours would be read halfway through their transition
    page.goto(path)
    look = "it => { const s = getComputedStyle(it); return [s.backgroundColor, s.color, s.borderTopStyle, s.borderLeftWidth].join() }"
    key = page.locator(".key").first
    samples = [sample.evaluate(look) for sample in key.locator(".sample").all()]
    assert len(set(samples)) == len(samples)
    assert {cell.evaluate(look) for cell in page.locator("td .state").all()} == set(samples)
    (number,) = re.findall(r"(0 af \d+) intet er besluttet", key.inner_text())
    assert number in page.locator(".coverage").first.inner_text(), "the example is one of the table's own"
    expect(key).to_contain_text("Udkast er et forslag, som ikke er vedtaget. ✓ vedtaget: afsnittet gælder.")
    assert page.evaluate("document.querySelector('.key').compareDocumentPosition(document.querySelector('.coverage')) & Node.DOCUMENT_POSITION_FOLLOWING")
    page.close()


@pytest.mark.parametrize("with_script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_the_map_is_read_without_scrolling_sideways(browser: Browser, url: str, width: int, with_script: bool) -> None:
    """Where its columns have no room, each department is a card, whose name stays in sight above its cells."""
    page = browser.new_context(base_url=url, viewport={"width": width, "height": 600}, java_script_enabled=with_script).new_page()
    page.goto("retningslinjer/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = "[...document.querySelectorAll('.coverage :is(th, td, a)')].filter(it => it.getBoundingClientRect().right > innerWidth).length"
    assert page.evaluate(beyond) == 0
    cell = page.get_by_role("link", name="Plejecentre, Personligt fremmøde: 0 af 7 besluttet, udkast")
    expect(cell).to_have_attribute("href", "plejecentre/#personligt-fremmoede")
    if width < 400:
        cell.evaluate("it => scrollBy(0, it.getBoundingClientRect().top - 100)")
        top = page.get_by_role("link", name="Plejecentre", exact=True).bounding_box()
        assert top and 0 <= top["y"] < 30
    page.context.close()


@pytest.mark.evidence("9.1.4.1", how="colour")
def test_cells_are_told_apart_where_colours_are_forced(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 900}, forced_colors="active")
    page.goto("retningslinjer/")
    edge = "it => { const s = getComputedStyle(it); return [s.borderTopStyle, s.borderTopWidth, s.borderLeftWidth].join() }"
    edges = [sample.evaluate(edge) for sample in page.locator(".key .sample").all()]
    assert len(set(edges)) == len(edges)
    page.close()


def test_the_open_data_are_linked_from_every_page(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url)
    page.goto("strategi/formaal/")
    page.get_by_role("contentinfo").get_by_role("link", name="Åbne data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Åbne data")
    for link in page.locator("article a[href$='.json'], article a[href$='.csv'], article a[href$='.jsonld']").all():
        assert page.request.get(link.evaluate("it => it.href")).ok
    page.close()


@pytest.mark.parametrize("shows_pdfs", [True, False])
def test_a_link_says_that_it_opens_a_window_only_where_it_does(browser: Browser, url: str, shows_pdfs: bool) -> None:
    page = browser.new_page(base_url=url)
    page.add_init_script(f"Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', {{ get: () => {str(shows_pdfs).lower()} }})")
    page.goto("")
    link = page.get_by_role("link", name="Download Kanalstrategien")
    assert ("(nyt vindue)" in link.inner_text()) == shows_pdfs
    assert (link.get_attribute("target") == "_blank") == shows_pdfs
    page.close()


def on_paper(browser: Browser, url: str, path: str) -> Page:
    page = browser.new_page(base_url=url, viewport=PAPER)  # type: ignore[arg-type]  # a dictionary is as good
    page.goto(path)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("path", ["retningslinjer/", "retningslinjer/skoler/", "opfoelgning/"])
def test_coverage_and_follow_up_fit_on_paper(browser: Browser, url: str, path: str) -> None:
    page = on_paper(browser, url, path)
    beyond = "[...document.querySelectorAll('article *')].filter(it => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(beyond) == 0
    rows = "[...document.querySelectorAll(':is(.follow-up, .coverage) tr')]"
    assert page.evaluate(f"{rows}.length > 5 && {rows}.every(it => getComputedStyle(it).breakInside === 'avoid')")
    page.close()


def test_a_cell_of_the_map_keeps_its_fill_on_paper_and_has_an_edge(browser: Browser, url: str) -> None:
    page = on_paper(browser, url, "retningslinjer/")
    style = page.locator(".state.decided-none").first.evaluate("it => { const s = getComputedStyle(it); return [s.printColorAdjust, s.borderTopStyle] }")
    assert style == ["exact", "solid"]
    expect(page.locator(".key")).to_be_visible()
    page.close()
