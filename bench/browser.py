"""What a reader waits for, measured in Chromium: from a key press to results, and Lighthouse's score for performance.

Needs what the tests need, and uses their servers and helpers. These figures are not tests, since they depend on what else the
machine does; `tests/browser/` holds what can be counted.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from tests.support.browser import visiting
from tests.support.lighthouse import PATHS, run_lighthouse
from tests.support.search_cases import FIELD, write_large_site
from tests.support.servers import nginx

LARGE_SITE_PAGES = 2000
MAX_MILLISECONDS_TO_RESULTS = 50
"""The target for the median."""
MIN_PERFORMANCE = 98
"""The target of Lighthouse's score, of 100."""
TYPED = ("selvbetjening", "digital post", "hvornår skal vi ringe til borgeren", "fællespostkaser", "retningslinjer")
"""Queries that are typed letter by letter."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_METRICS = {"First paint, s": "first-contentful-paint", "Largest paint, s": "largest-contentful-paint", "Blocked, s": "total-blocking-time"}
_RECORD_TIMES = """() => {
  let pressed
  window.times = []
  addEventListener("keydown", () => (pressed = performance.now()), true)
  const list = document.querySelector("[data-search-results]")
  new MutationObserver(() => {
    if (list.hasAttribute("aria-busy") || pressed === undefined) return
    const from = pressed
    pressed = undefined
    requestAnimationFrame(() => times.push(performance.now() - from))
  }).observe(list, { attributes: true })
}"""
"""Records the milliseconds from each key press until its results are about to be painted."""


@dataclass(frozen=True)
class SearchMeasurement:
    """How long a reader waits for results while typing."""

    pages: int
    """Of the site."""
    milliseconds: tuple[float, ...]
    """From each key press until the results are painted."""


@dataclass(frozen=True)
class LighthouseMeasurement:
    """What Lighthouse has measured on a page."""

    path: str
    scores: tuple[int, ...]
    """For performance, of 100, in each round."""
    seconds: dict[str, float]
    """The median of each metric, on the slow phone that Lighthouse simulates."""


def measure_search(site: Path, folder: Path, rounds: int) -> list[SearchMeasurement]:
    """Type queries on a site, and on one with the index of 2,000 pages, which is written into a new folder."""
    write_large_site(site, folder, LARGE_SITE_PAGES)
    small = sum(1 for _ in site.rglob("index.html"))
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        measurements = []
        for pages, root in ((small, site), (LARGE_SITE_PAGES, folder)):
            milliseconds: list[float] = []
            for _ in range(rounds):
                with visiting(browser, root) as page:
                    milliseconds += _type_queries(page)
            measurements.append(SearchMeasurement(pages, tuple(milliseconds)))
        browser.close()
    return measurements


def measure_lighthouse(site: Path, rounds: int) -> list[LighthouseMeasurement]:
    """Visit one page of each kind, as nginx serves it."""
    measurements = []
    with nginx(site) as url:
        for path in PATHS:
            reports = [run_lighthouse(url + path, ["performance"]) for _ in range(rounds)]
            seconds = {name: median(report.value(audit) for report in reports) / 1000 for name, audit in _METRICS.items()}
            measurements.append(LighthouseMeasurement(path, tuple(report.scores["performance"] for report in reports), seconds))
    return measurements


def search_table(measurements: Sequence[SearchMeasurement]) -> str:
    """Return the figures of the search as Markdown."""
    rows = ["| Pages | Milliseconds from a key press to results, median | 95 % | At most | Target | Met |", "|---:|---:|---:|---:|---:|---|"]
    for one in measurements:
        middle = median(one.milliseconds)
        slow = quantiles(one.milliseconds, n=20, method="inclusive")[-1]
        is_met = "yes" if middle <= MAX_MILLISECONDS_TO_RESULTS else "**no**"
        rows.append(f"| {one.pages} | {middle:.0f} | {slow:.0f} | {max(one.milliseconds):.0f} | {MAX_MILLISECONDS_TO_RESULTS} | {is_met} |")
    return "\n".join(rows) + "\n"


def lighthouse_table(measurements: Sequence[LighthouseMeasurement]) -> str:
    """Return the figures of Lighthouse as Markdown."""
    rows = [f"| Page | Performance, median | least–most | {' | '.join(_METRICS)} | Target | Met |", f"|---|---:|---:|{'---:|' * len(_METRICS)}---:|---|"]
    for one in measurements:
        middle = median(one.scores)
        seconds = " | ".join(f"{one.seconds[name]:.2f}" for name in _METRICS)
        is_met = "yes" if middle >= MIN_PERFORMANCE else "**no**"
        name = f"`{one.path}`" if one.path else "front page"
        rows.append(f"| {name} | {middle:.0f} | {min(one.scores)}–{max(one.scores)} | {seconds} | {MIN_PERFORMANCE} | {is_met} |")
    return "\n".join(rows) + "\n"


def _type_queries(page: Page) -> list[float]:
    """Type on the search page, and return the milliseconds of each key press."""
    page.goto("soeg/")
    page.locator(FIELD).focus()
    page.evaluate(_RECORD_TIMES)
    for query in TYPED:
        page.locator(FIELD).fill("")
        for character in query:
            before = page.evaluate("times.length")
            if character.isascii():
                page.keyboard.press("Space" if character == " " else character)
            else:
                page.keyboard.insert_text(character)  # which sends no key press, and is not timed
            if character not in " åæø":
                page.wait_for_function("before => times.length > before", arg=before)
    return [float(milliseconds) for milliseconds in page.evaluate("times")]
