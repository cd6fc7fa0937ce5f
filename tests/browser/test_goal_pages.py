"""The goals of a municipality with five years of figures: page, chart, document and open data say the same, and everybody can read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import axe_finds, measuring
from tests.support.goal_figures import CHANGES, COURSES, MISSING, PAGES, TODAY, fill_in_goals
from tests.support.project import Project, copied, seconds
from tests.support.servers import serving

MIN_PIXELS = 12
"""The size of the smallest text of a chart."""
CHART = "svg.goal-chart"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Our own site with figures, and with the goals in its only document."""
    project = copied(tmp_path_factory.mktemp("goals") / "project")
    project.remove_other_documents()
    project.print_only("maal/")
    fill_in_goals(project)
    process = project.build(epoch=seconds(TODAY.isoformat()))
    assert process.returncode == 0, process.stdout + process.stderr
    return project


@pytest.fixture(scope="module")
def url(built: Project) -> Iterator[str]:
    with serving(built.site) as served:
        yield served


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    with measuring(browser, url, 1280) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def records(built: Project) -> dict[str, Any]:
    return {record["id"]: record for record in json.loads((built.site / "data/goals.json").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def drawings(built: Project) -> list[str]:
    """The alternative texts of the figures of the document."""
    with pikepdf.open(built.site / "pdf/kanalstrategi.pdf") as pdf:
        elements = (found for found in pdf.objects if isinstance(found, pikepdf.Dictionary))
        return [str(found.Alt) for found in elements if found.get("/S") == "/Figure" and "/Alt" in found]


@pytest.mark.parametrize("id", PAGES)
def test_page_chart_document_and_data_say_the_same(id: str, page: Page, records: dict[str, Any], drawings: list[str]) -> None:
    record, change = records[PAGES[id]], CHANGES[id].partition(": ")[2]
    first, last = (f"{danish(record[end]['value'])} {record['unit']} i {record[end]['period']}" for end in ("baseline", "latest"))
    page.goto(record["url"])
    article = page.locator("article").inner_text()
    facts = dict(zip(page.locator(".goal-facts dt").all_inner_texts(), page.locator(".goal-facts dd").all_inner_texts(), strict=True))
    assert (facts["Første tal"], facts["Seneste tal"], facts["Ændring"]) == (first, last, change)
    assert facts.get("Det mangler", "").lower() == ", ".join(MISSING[id])
    assert COURSES[id] in article.lower() and record["sentence"] in article
    chart = page.get_by_role("img", name=re.compile(f"^{re.escape(record['title'])}: {record['unit']} i "))
    description = page.locator(f"{CHART} > desc").text_content() or ""
    expect(chart).to_have_accessible_description(description)
    alternative = next(text for text in drawings if text.startswith(f"{record['title']}: "))
    for words in (description, alternative):
        assert all(fact in words for fact in (first, last, change, COURSES[id]))
    assert (record["change"], record["course_text"], record["missing"]) == (CHANGES[id], COURSES[id], list(MISSING[id]))
    in_table = [row.split("\t")[:2] for row in page.locator(".goal-table tbody").inner_text().split("\n")]
    measured = [[row["period"], danish(row["value"])] for row in record["measurements"]]
    assert [row for row in in_table if row[1] != "ingen måling"] == measured
    page.goto("maal/")
    row = page.get_by_role("row").filter(has_text=record["title"]).inner_text()
    assert last in row and change in row and COURSES[id] in row.lower()


def danish(value: float) -> str:
    """A number as Danes write it, by other means than the program's."""
    return f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("dark", "active")])
def test_a_goal_is_readable_everywhere(width: int, scheme: str, forced: str, browser: Browser, url: str) -> None:
    with measuring(browser, url, width, color_scheme=scheme, forced_colors=forced, reduced_motion="reduce") as context:
        page = context.new_page()
        for name in (f"maal/{PAGES['breve']}/", "maal/"):
            page.goto(name)
            assert axe_finds(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"maal/{PAGES['breve']}/")
        sizes = page.locator(f"{CHART} text").evaluate_all("texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)")
        assert sizes and min(sizes) >= MIN_PIXELS
        colors = page.evaluate(
            """chart => { const style = (part) => getComputedStyle(document.querySelector(`${chart} ${part}`));
              return [style("path.chart-measured").stroke, style("circle.chart-measured").fill, style("text.chart-value").fill,
                      getComputedStyle(document.body).backgroundColor]; }""",
            CHART,
        )
        assert colors[-1] not in colors[:-1] and "none" not in colors


def test_the_chart_is_within_its_frame_and_nothing_is_styled_in_place(page: Page, records: dict[str, Any]) -> None:
    for record in records.values():
        page.goto(record["url"])
        inside = page.locator(CHART).evaluate(
            "chart => { const frame = chart.getBoundingClientRect(); return [...chart.querySelectorAll('text, circle, path')].filter(part => {"
            " const box = part.getBoundingClientRect(); return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;"
            " }).map(part => part.outerHTML) }"
        )
        assert inside == []
        assert page.locator(f"{CHART} style, {CHART} [style]").count() == 0


def test_the_figures_can_be_fetched_as_they_are(built: Project, page: Page) -> None:
    page.goto(f"maal/{PAGES['telefon']}/")
    link = page.get_by_role("link", name="Hent tallene (CSV)")
    file = Path(built.site / "maal" / (link.get_attribute("href") or "").rpartition("/")[2])
    assert file.read_bytes() == (built.root / "docs/maal" / file.name).read_bytes()
