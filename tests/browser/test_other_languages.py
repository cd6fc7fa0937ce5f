"""Pages in Arabic, Ukrainian, English and German, built once: what browsers, screen readers, search engines and paper get of them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf  # type: ignore[import-untyped]  # it has no types
import pytest
from lxml import etree, html
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.pdf.audit.runner import audit
from tests.support.adopted_text import article
from tests.support.browser import axe_finds, measuring
from tests.support.languages import SIGNS, TEXTS, language_project
from tests.support.project import built_once, run_mkdocs
from tests.support.servers import serving

URL = "https://example.org/under/"
PAGES = {"da": "strategi/formaal/", **{language: f"{language}/formaal/" for language in TEXTS}}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
DIRECTIONS = {"da": "ltr", "en": "ltr", "de": "ltr", "uk": "ltr", "ar": "rtl"}
RESULTS = ".search-results > li h2 > a"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(root: Path) -> None:
        process = run_mkdocs(language_project(root).root, site_url=URL)
        assert process.returncode == 0, process.stdout + process.stderr

    return built_once(tmp_path_factory, "languages", build) / "site"


@pytest.fixture(scope="module")
def made_url(made: Path) -> Iterator[str]:
    with serving(made) as url:
        yield url


def tree(made: Path, language: str) -> html.HtmlElement:
    return html.fromstring((made / PAGES[language] / "index.html").read_bytes())


@pytest.mark.parametrize("language", PAGES)
def test_a_page_says_which_language_it_is_in_and_which_others_there_are(made: Path, language: str) -> None:
    page = tree(made, language)
    assert (page.get("lang"), page.get("dir")) == (language, DIRECTIONS[language])
    alternates = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")}
    assert alternates == {other: URL + path for other, path in PAGES.items()}
    links = {link.get("lang"): link for link in page.xpath("//nav[contains(@class, 'versions')]//a")}
    assert set(links) == set(PAGES) - {language} and all(link.get("dir") == DIRECTIONS[other] for other, link in links.items())
    assert page.xpath("string(//meta[@property='og:locale']/@content)").partition("_")[0] == language
    skip = page.xpath("string(//a[@class='skip'])")
    assert skip != "Gå til hovedindhold" or language == "da"


def test_danish_words_on_a_page_in_another_language_are_marked(made: Path) -> None:
    page = tree(made, "ar")
    for words in ("Strategi 2023-2025", "Forside", "Byen", "vi skal ringe", "Huset"):
        places = [node for node in page.xpath("//body//text()") if words in node]
        assert places, words
        for place in places:
            nearest = place.getparent().xpath("(ancestor-or-self::*[@lang])[last()]")[0]
            assert nearest.get("lang") == "da" and nearest.get("dir") == "ltr", words
    menu = tree(made, "da").xpath("//nav[@id='menu']//a[@lang]")
    assert [(link.get("lang"), link.get("dir")) for link in menu] == [(language, DIRECTIONS[language]) for language in sorted(TEXTS, key=list(TEXTS).index)]


def test_the_sitemap_names_all_versions(made: Path) -> None:
    sitemap = etree.parse(made / "sitemap.xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    for path in PAGES.values():
        links = sitemap.xpath(f"//s:url[s:loc='{URL}{path}']/x:link", namespaces=names)
        assert {link.get("hreflang"): link.get("href") for link in links} == {language: URL + other for language, other in PAGES.items()}
    assert not sitemap.xpath(f"//s:url[s:loc='{URL}kanaler/telefon/']/x:link", namespaces=names)


def test_the_open_data_has_the_language(made: Path) -> None:
    records = {record["id"]: record for record in json.loads((made / "data" / "pages.json").read_text("utf-8"))}
    assert (records["ar/formaal"]["language"], records["ar/formaal"]["translation_of"]) == ("ar", "strategi/formaal")
    assert (records["strategi/formaal"]["language"], records["strategi/formaal"]["translation_of"]) == ("da", "")


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, made_url: str, width: int) -> None:
    with measuring(browser, made_url, width, reduced_motion="reduce") as context:
        page = context.new_page()
        for path in PAGES.values():
            page.goto(path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert axe_finds(page) == [], path
            page.set_viewport_size({"width": 320 if width == 375 else width, "height": 900})
            assert not page.evaluate(TOO_WIDE), path


def loaded_fonts(page: Page, path: str) -> set[str]:
    fetched: set[str] = set()
    page.on("request", lambda request: fetched.add(request.url.rpartition("/")[2]) if request.url.endswith(".woff2") else None)
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => undefined)")
    return fetched


def test_only_pages_that_need_other_letters_fetch_them(browser: Browser, made: Path, made_url: str) -> None:
    fetched = {}
    for path in ("", *PAGES.values()):
        page = browser.new_page(base_url=made_url)
        fetched[path] = loaded_fonts(page, path)
        page.close()
    assert fetched[""] == fetched[PAGES["en"]] == fetched[PAGES["de"]] == {"sans.woff2"}
    assert len(fetched[PAGES["ar"]]) == 3 and len(fetched[PAGES["uk"]]) == 2  # Arabic in two weights, and Cyrillic
    assert len(fetched[PAGES["da"]] - {"sans.woff2"}) >= 3  # its signs come from three fonts
    assert fetched[PAGES["ar"]].isdisjoint(fetched[PAGES["uk"]] - {"sans.woff2"})


def test_a_page_from_right_to_left_is_a_mirror(browser: Browser, made_url: str) -> None:
    page = browser.new_page(base_url=made_url, viewport={"width": 1280, "height": 900})

    def left(path: str, selector: str) -> float:
        page.goto(path)
        return float(page.locator(selector).first.evaluate("it => it.getBoundingClientRect().left"))

    english, arabic = PAGES["en"], PAGES["ar"]
    assert left(english, ".site-name span") < 200 and left(arabic, ".site-name span") > 700
    assert left(english, ".contents") > 700 and left(arabic, ".contents") < 300
    quote = page.locator("article blockquote").first
    edges = quote.evaluate("it => [getComputedStyle(it).borderLeftWidth, getComputedStyle(it).borderRightWidth].map(parseFloat)")
    assert edges[0] == 0 < edges[1]
    cell = page.locator("article table td").first
    assert cell.evaluate("it => { const text = document.createRange(); text.selectNodeContents(it);"
        "return it.getBoundingClientRect().right - text.getBoundingClientRect().right }") < 20  # fmt: skip - one script
    number = page.locator("article span[dir=ltr]", has_text="54 73 10 00").first
    assert number.evaluate("it => it.getClientRects().length") == 1
    quoted = page.locator("article .quoted-rules").first  # the strategy's own words, in Danish
    assert quoted.evaluate("it => [getComputedStyle(it).direction, parseFloat(getComputedStyle(it).borderLeftWidth) > 0]") == ["ltr", True]
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_the_search_at_the_top_finds_stays_on_the_screen(browser: Browser, made_url: str, language: str) -> None:
    page = browser.new_page(base_url=made_url, viewport={"width": 1280, "height": 900})
    page.goto(PAGES[language])
    page.locator(".site-search input").fill("telefon")
    expect(page.locator(".site-search-panel li").first).to_be_visible()
    sides = page.locator(".site-search-panel").evaluate("it => [it.getBoundingClientRect().left, it.getBoundingClientRect().right]")
    assert 0 <= sides[0] < sides[1] <= 1280 and not page.evaluate(TOO_WIDE)
    page.close()


def test_the_title_and_the_excerpt_of_a_result_begin_at_the_same_side(browser: Browser, made_url: str) -> None:
    page = browser.new_page(base_url=made_url)
    page.goto("soeg/?q=يومي")
    excerpt = page.locator(".search-results .excerpt").first
    expect(excerpt).to_have_attribute("dir", "rtl")
    assert excerpt.evaluate("it => getComputedStyle(it).textAlign") == "left"
    page.close()


def test_the_link_to_the_document_is_in_the_language_of_the_page(made: Path) -> None:
    (link,) = tree(made, "de").xpath("//div[contains(@class, 'offer')]//a")
    assert link.text_content() == f"Herunterladen: {TEXTS['de'][0]} (neues Fenster)" and not link.xpath("ancestor-or-self::*[@lang='da']")
    (facts,) = tree(made, "de").xpath("//*[@data-pdf]")
    assert "sider" in facts.text and facts.xpath("ancestor::*[@lang][1]/@lang") == ["da"]


def test_the_first_column_on_paper_begins_where_the_text_does(made: Path) -> None:
    with pymupdf.open(made / "pdf" / "ar-formaal.pdf") as document:
        spans = [span for page in document for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
    edges = {name: max(span["bbox"][2] for span in spans if letters in span["text"]) for name, letters in (("cell", "الهاتف"), ("paragraph", "يمكنك"))}
    assert abs(edges["cell"] - edges["paragraph"]) < 1


@pytest.mark.parametrize(
    ("query", "language"), [("باختصار", "ar"), ("يومي", "ar"), ("відповідаємо", "uk"), ("їжак", "uk"), ("weekdays", "en"), ("Arbeitstagen", "de")]
)
def test_a_page_is_found_by_its_words(browser: Browser, made_url: str, query: str, language: str) -> None:
    page = browser.new_page(base_url=made_url)
    page.goto(f"soeg/?q={query}")
    first = page.locator(RESULTS).first
    expect(first).to_have_attribute("href", re.compile(f"/{PAGES[language]}"))
    expect(first).to_have_attribute("lang", language)
    expect(first).to_have_attribute("dir", DIRECTIONS[language])
    page.close()


def test_a_danish_query_finds_danish_pages_first(browser: Browser, made_url: str) -> None:
    page = browser.new_page(base_url=made_url)
    page.goto("soeg/?q=ringe")
    expect(page.locator(RESULTS).first).to_be_visible()
    assert page.locator(RESULTS).first.get_attribute("lang") is None
    page.close()


@pytest.mark.parametrize("language", TEXTS)
def test_paper_has_the_language_the_text_and_the_letters(made: Path, language: str) -> None:
    file = made / "pdf" / f"{language}-formaal.pdf"
    text = " ".join(article(made, PAGES[language]).xpath(".//p[not(ancestor::*[contains(@class, 'web-only')])]//text()")[:3])
    assert audit(file, [TEXTS[language][0], text], is_archive=True) == []
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang).partition("-")[0] == language
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout
    assert ("Arabic" in fonts) == (language == "ar") and "Noto" not in fonts


def test_signs_stand_on_paper(made: Path) -> None:
    text = subprocess.run(["pdftotext", str(made / "pdf" / "kanalstrategi.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    assert set(SIGNS.replace(" ", "")) <= set(text)
    with pikepdf.open(made / "pdf" / "kanalstrategi.pdf") as pdf:
        assert str(pdf.Root.Lang).partition("-")[0] == "da"
    assert audit(made / "pdf" / "kanalstrategi.pdf", is_archive=True) == []
