"""On every page and in each of its states, axe finds nothing, the console is empty, and no third party is contacted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from kanalstrategi.verification.page_visits import TEXT_TWICE_AS_LARGE, TOO_WIDE
from tests.support.browser import AXE_CLAUSES, axe_finds, every_kind_of_page, measuring
from tests.support.search_cases import RESULTS

PHONE, DESKTOP = 375, 1280
SCRIPT = """
addEventListener("securitypolicyviolation", event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
"""
MOVING = """() => {
  const slow = list => list.split(",").some(time => parseFloat(time) > 0.01)
  const name = it => it.tagName.toLowerCase() + "." + it.className
  const found = document.getAnimations().filter(it => it.effect.getComputedTiming().duration > 10).map(it => name(it.effect.target))
  for (const element of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part)
      if (slow(style.transitionDuration) || (style.animationName !== "none" && slow(style.animationDuration)))
        found.push(name(element) + (part ?? ""))
    }
  return [...new Set(found)]
}"""
EDGELESS = """() => [...document.querySelectorAll("button, input, select, textarea")]
  .filter(it => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && it.getBoundingClientRect().width > 1)
  .filter(it => ["borderTopStyle", "outlineStyle", "appearance"].every(name => getComputedStyle(it)[name] === "none"))
  .map(it => it.tagName.toLowerCase() + "." + it.className)"""
"""Forced colors remove backgrounds and shadows: only their edges show buttons and fields."""
SPACED = """() => {
  const style = new CSSStyleSheet()
  style.replaceSync("* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }")
  document.adoptedStyleSheets = [style]
}"""
"""The spacing that WCAG 1.4.12 lets readers set."""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(it => {
  const { overflowX, overflowY, clipPath } = getComputedStyle(it)
  const box = it.getBoundingClientRect()
  if (clipPath !== "none" || box.width < 2 || !it.checkVisibility({ visibilityProperty: true }) || !it.textContent.trim()) return false
  return (overflowY === "hidden" && it.scrollHeight > it.clientHeight + 1) || (overflowX === "hidden" && it.scrollWidth > it.clientWidth + 1)
}).map(it => it.tagName.toLowerCase() + "." + it.className)"""
"""Elements whose text does not fit and cannot be scrolled to."""


class Visit:
    """A page of the browser, and all errors on it so far, as `page: error`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.page = context.new_page()
        self.where = ""
        self.errors: list[str] = []
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.report([message.text]))
        self.page.on("pageerror", lambda error: self.report([str(error)]))
        self.page.on("request", lambda request: request.url.startswith((url, "data:", "blob:")) or self.report([request.url]))

    def go(self, path: str) -> Page:
        self.where = path or "(front page)"
        self.page.goto(path)
        return self.page

    def report(self, found: list[str], state: str = "") -> None:
        self.errors += [f"{self.where}{' ' + state if state else ''}: {message}" for message in found]

    def axe(self, state: str = "", schemes: Sequence[Literal["light", "dark"]] = ("light", "dark")) -> None:
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)
            self.report(axe_finds(self.page), f"{state} {scheme}".strip())

    def leaves_nothing(self) -> None:
        stored = self.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        self.report([f"is stored: {name}" for name in stored])
        self.report([f"cookie: {cookie.get('name')}" for cookie in self.context.cookies()])


def visits(browser: Browser, url: str, width: int, **more: object) -> Iterator[Visit]:
    # Without motion, so that axe does not see colors in transition.
    with measuring(browser, url, width, AXE_SCRIPT + SCRIPT, reduced_motion="reduce", **more) as context:
        visit = Visit(context, url)
        yield visit
        assert visit.errors == [], compact(visit.errors)


def too_wide(page: Page) -> list[str]:
    """Return what makes a page scroll sideways, if anything does."""
    return list(filter(None, [page.evaluate(TOO_WIDE)]))


def compact(errors: list[str]) -> str:
    """Return a line for each rule that a page breaks: the first place, and the number of others."""
    lines: dict[str, list[str]] = {}
    for violation in dict.fromkeys(errors):
        rule, _, place = violation.rpartition(": ")
        lines.setdefault(rule, []).append(place)
    return "\n" + "\n".join(f"{rule}: {places[0]}" + (f" (+{len(places) - 1})" if places[1:] else "") for rule, places in lines.items())


@pytest.fixture(params=[PHONE, DESKTOP])
def visit(browser: Browser, nginx_url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    yield from visits(browser, nginx_url, request.param)


@pytest.mark.evidence(*AXE_CLAUSES, how="axe")
@pytest.mark.evidence("9.1.4.4", "9.1.4.10", how="reflow")
@pytest.mark.parametrize("part", [0, 1])  # so that two workers can share the work
def test_every_page(visit: Visit, site: Path, part: int) -> None:
    """A phone sees each page in light colors, a screen in dark ones, and both see one page of each folder in both: the colors of all are the same."""
    paths = every_kind_of_page(site)
    assert len(paths) > 40
    in_both = {path.partition("/")[0]: path for path in reversed(paths)}.values()
    for path in paths[part::2]:
        page = visit.go(path)
        size = page.viewport_size
        assert size
        visit.axe("", ("light", "dark") if path in in_both else ("light",) if size["width"] == PHONE else ("dark",))
        visit.leaves_nothing()
        if size["width"] == PHONE:
            page.set_viewport_size({"width": 320, "height": 900})
            visit.report(too_wide(page), "320 px")
            page.set_viewport_size(size)
        else:
            page.evaluate(TEXT_TWICE_AS_LARGE)
            visit.report(too_wide(page), "text at 200 %")


@pytest.mark.evidence("9.1.4.12", how="spacing")
def test_text_may_be_spaced_out(visit: Visit, site: Path) -> None:
    for path in {path.partition("/")[0]: path for path in reversed(every_kind_of_page(site))}.values():
        page = visit.go(path)
        before = page.evaluate(CUT_OFF)
        page.evaluate(SPACED)
        visit.report([name for name in page.evaluate(CUT_OFF) if name not in before], "is cut off")
        visit.report(too_wide(page), "spaced out")


def half_way(page: Page) -> None:
    for _ in range(2):
        page.locator(".answer a:visible").first.click()


@pytest.mark.evidence(*AXE_CLAUSES, how="axe")
@pytest.mark.evidence("9.2.2.2", how="motion")
def test_the_states_of_pages(visit: Visit) -> None:
    page = visit.go("vaelg-kanal/#en-eller-mange")
    half_way(page)
    visit.axe("half-way")
    page = visit.go("soeg/?q=telefon")
    page.locator(RESULTS).first.wait_for()
    visit.axe("results")
    page = visit.go("kanaler/telefon-og-videomoeder/")
    size = page.viewport_size
    if size and size["width"] == PHONE:
        page.locator(".menu-button").click()
        page.locator("#menu").wait_for()
        visit.axe("menu open")
    else:
        page.locator("#site-search").fill("telefon")
        page.locator(".site-search-panel a").first.wait_for()
        visit.axe("search open")
    visit.report(page.evaluate(MOVING), "moves")


@pytest.mark.evidence("9.1.4.1", "9.1.4.11", how="colour")
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_where_colours_are_forced_controls_have_edges_and_nothing_moves(browser: Browser, nginx_url: str, width: int) -> None:
    for visit in visits(browser, nginx_url, width, forced_colors="active"):
        for path in ("", "kanaler/telefon-og-videomoeder/", "retningslinjer/skoler/", "retningslinjer/", "vaelg-kanal/", "regler/", "soeg/"):
            page = visit.go(path)
            visit.report(page.evaluate(MOVING), "moves")
            visit.report(page.evaluate(EDGELESS), "has no edge")
