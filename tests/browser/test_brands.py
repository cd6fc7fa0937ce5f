"""Two municipalities with looks of their own: on each kind of page, in each appearance, axe finds nothing, and every pair of colors is known."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

import pikepdf
import pymupdf  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image
from playwright.sync_api import Browser

from kanalstrategi.content.brand import read_look
from kanalstrategi.design.contrast import PAIRS, contrast
from kanalstrategi.design.look import Look
from tests.support.brands import FJORDBY, SKOVLUND, put_on
from tests.support.browser import axe_finds, measuring
from tests.support.project import PUBLISHED, Project, built_once, copied
from tests.support.servers import serving

PAGES = (
    "", "kanaler/telefon-og-videomoeder/", "vaelg-kanal/", "retningslinjer/skoler/", "regler/", "soeg/?q=telefon", "status/", "maal/", "opfoelgning/",
)  # fmt: skip - one per line would fill a page
FOUND_PAIRS = """() => {
  const hex = color => { const [r, g, b, a] = color.match(/[\\d.]+/g).map(Number)
    return a === 0 ? "" : a < 1 ? "mixed" : "#" + [r, g, b].map(part => part.toString(16).padStart(2, "0")).join("") }
  const pairs = new Set()
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest("option, mark *")) continue
    let ground = element
    while (ground && !hex(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
    if (ground) pairs.add(`${hex(getComputedStyle(element).color)} ${hex(getComputedStyle(ground).backgroundColor)}`)
  }
  return [...pairs]
}"""
"""The color of each text on a page, and that of the nearest thing behind it."""
LOADED_FONTS = """document.fonts.ready.then(() =>
  [...new Set([...document.fonts].filter(it => it.status === "loaded").map(it => it.family))].sort())"""


class Branded(NamedTuple):
    name: str
    project: Project
    look: Look


@pytest.fixture(scope="module", params=["fjordby", "skovlund"])
def branded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Branded:
    """A built site in one of the two looks, with one document."""

    def build(root: Path) -> None:
        project = copied(root)
        put_on(project, FJORDBY if request.param == "fjordby" else SKOVLUND)
        project.remove_other_documents()
        assert project.check() == []
        process = project.build(site_url=PUBLISHED)
        assert process.returncode == 0, process.stdout + process.stderr

    project = Project(built_once(tmp_path_factory, f"brand-{request.param}", build))
    return Branded(request.param, project, read_look(project.root, []))


@pytest.fixture(scope="module")
def served(branded: Branded) -> Iterator[str]:
    with serving(branded.project.site) as url:
        yield url


@pytest.mark.parametrize("appearance", ["print", "forced colors"])
def test_name_and_logo_are_seen_where_the_header_has_no_ground(branded: Branded, served: str, browser: Browser, appearance: str) -> None:
    page = browser.new_page(base_url=served)
    page.emulate_media(media="print") if appearance == "print" else page.emulate_media(forced_colors="active")
    page.goto("kanaler/telefon-og-videomoeder/")
    ground = page.locator(".site-name img").evaluate("it => getComputedStyle(it).backgroundColor")
    expected = branded.look.rgb("--k-on-brand" if branded.look.logo and branded.look.logo.has_plate else "--k-brand")
    assert ground == f"rgb{expected}"
    if appearance == "print":
        colors = page.locator(".site-header").evaluate("it => [getComputedStyle(it).color, getComputedStyle(it).backgroundColor]")
        assert colors == [f"rgb{branded.look.rgb('--k-text')}", "rgba(0, 0, 0, 0)"]
    page.close()


@pytest.mark.evidence("9.1.4.3", "9.1.4.11", how="contrast")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_every_pair_of_colors_is_listed(branded: Branded, served: str, browser: Browser, scheme: Literal["light", "dark"]) -> None:
    look = branded.look
    values = {**look.tokens, **(look.dark if scheme == "dark" else {})}
    grounds = {pair.ground for pair in PAIRS}
    allowed = {(pair.ink, pair.ground) for pair in PAIRS} | {("page", "link")}  # the last is the pair of links, the other way round
    unlisted, found = [], []
    with measuring(browser, served, 1280, color_scheme=scheme) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(path)
            page.wait_for_load_state("networkidle")
            found += [f"{path}: {finding}" for finding in axe_finds(page)]
            for pair in page.evaluate(FOUND_PAIRS):
                ink, ground = pair.split(" ")
                inks = {name.removeprefix("--k-") for name, value in values.items() if _long(value) == ink}
                behind = {name.removeprefix("--k-") for name, value in values.items() if _long(value) == ground} & {*grounds, "link"}
                if "mixed" in (ink, ground):  # insertions and deletions, which axe looks at
                    continue
                if not any((one, other) in allowed for one in inks for other in behind):
                    unlisted.append(f"{path}: {ink} {sorted(inks)} on {ground} {sorted(behind)} ({contrast(ink, ground):.2f})")
    assert found == []
    assert unlisted == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("look", ["light", "forced", "print"])
def test_nothing_is_wider_than_the_screen_and_the_logo_keeps_its_proportions(branded: Branded, served: str, browser: Browser, width: int, look: str) -> None:
    logo = branded.look.logo
    assert logo
    with measuring(browser, served, width, script="", **({"forced_colors": "active"} if look == "forced" else {})) as context:
        page = context.new_page()
        page.goto("")
        if look == "print":
            page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if look != "print":
            shown = page.locator(".site-name img").bounding_box()
            plate = 2 * 0.15 * 20 if logo.has_plate else 0
            assert shown and shown["height"] <= 32 + plate + 1
            assert page.locator(".site-name img").evaluate("it => getComputedStyle(it).objectFit") == "contain"
            if width == 320:
                end = page.locator(".site-name span").evaluate("it => { const text = document.createRange(); text.selectNodeContents(it);"
                    "return text.getBoundingClientRect().right }")  # fmt: skip - one script
                beside = page.locator(".site-search-link").bounding_box()
                assert beside and end <= beside["x"]
            if width == 1280:
                assert abs((shown["width"] - plate) / (shown["height"] - plate) - logo.width / logo.height) < 0.1


def test_the_fonts_of_the_municipality_are_those_of_the_page(branded: Branded, served: str, browser: Browser) -> None:
    with measuring(browser, served, 1280, script="") as context:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("retningslinjer/skoler/")
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(LOADED_FONTS)
        families = [page.evaluate(f"getComputedStyle(document.querySelector('{part}')).fontFamily") for part in ("article p", "article h1", ".site-name")]
    if branded.look.text:
        assert loaded == ["Brand Headings", "Brand Text"]
        assert families[0].startswith('"Brand Text"') and all(family.startswith('"Brand Headings"') for family in families[1:])
    else:
        assert loaded == ["Kanal Sans"]
    assert not [url for url in asked if not url.startswith(served)]
    style = next(branded.project.site.glob("assets/*/site.css")).read_text(encoding="utf-8")
    assert branded.look.tokens["--k-brand"] in style and "#0c4a60" not in style


def test_documents_have_the_fonts_and_the_color_of_the_municipality(branded: Branded) -> None:
    with pikepdf.open(branded.project.site / "pdf/kanalstrategi.pdf") as pdf:
        names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
        fonts = {name.partition("+")[2] or name for name in names}
    assert any("PTSerif" in name.replace("-", "").replace("_", "") for name in fonts) == bool(branded.look.text), fonts
    with pymupdf.open(branded.project.site / "pdf/kanalstrategi.pdf") as document:
        cover = document[0].get_pixmap(dpi=36)
        drawn = cover.pixel(cover.width - 5, 5)
    assert all(abs(one - other) <= 1 for one, other in zip(drawn, branded.look.rgb("--k-brand"), strict=True))


def test_cards_and_word_files_have_the_colors_and_the_logo(branded: Branded) -> None:
    card = next((branded.project.site / "deling").glob("*.png"))
    with Image.open(card) as image:
        assert image.size == (1200, 630)
        colors = {color for _, color in image.convert("RGB").getcolors(1_000_000) or ()}
    assert branded.look.rgb("--k-brand") in colors and branded.look.rgb("--k-warm") in colors
    with zipfile.ZipFile(branded.project.site / "word/retningslinjer-skoler.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
        header = next(name for name in archive.namelist() if name.startswith("word/header"))
        assert b"<w:drawing>" in archive.read(header) and b"decorative" in archive.read(header)
        media = next(name for name in archive.namelist() if name.startswith("word/media/"))
        with Image.open(BytesIO(archive.read(media))) as logo:
            assert branded.look.logo and logo.size == (branded.look.logo.width, branded.look.logo.height)
            assert branded.look.logo.needs_ground == (branded.name == "skovlund")  # whose logo is white
            if branded.look.logo.needs_ground:
                assert branded.look.rgb("--k-brand") in {color[:3] for _, color in logo.convert("RGBA").getcolors(1_000_000) or () if color[3] == 255}
    assert branded.look.tokens["--k-brand"].removeprefix("#").upper() in styles
    assert ('w:ascii="PT Serif"' in styles) == bool(branded.look.text)


def test_the_look_is_part_of_what_a_build_depends_on(branded: Branded) -> None:
    data = json.loads((branded.project.site / "data/pages.json").read_text(encoding="utf-8"))
    assert data  # the site is whole
    page = (branded.project.site / "index.html").read_text(encoding="utf-8")
    folder = next(branded.project.site.glob("assets/*/site.css")).parent.name
    assert f"assets/{folder}/site.css" in page
    for font in ("text-1.woff2", "headings-1.woff2") if branded.look.text else ("sans.woff2",):
        assert f'rel="preload" href="./assets/{folder}/{font}"' in page or f'rel="preload" href="assets/{folder}/{font}"' in page


def _long(color: str) -> str:
    """Return a color with all its digits."""
    return color if len(color) == 7 else "#" + "".join(digit * 2 for digit in color[1:])
