"""Overdue pages and open decisions, on the pages and in the data, to the day."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from tests.support.project import Project, seconds


@pytest.mark.parametrize(
    ("day", "is_overdue", "is_old"),
    [("2023-08-28", False, False), ("2023-08-29", False, True), ("2025-12-31", False, True), ("2026-01-01", True, True)],
)
def test_page_and_data_follow_the_build_date(site_on: Callable[[str], Path], day: str, is_overdue: bool, is_old: bool) -> None:
    site = site_on(day)
    data = json.loads((site / "data" / "pages.json").read_text(encoding="utf-8"))
    formaal = next(page for page in data if page["id"] == "strategi/formaal")
    assert (formaal["overdue"], formaal["old"]) == (is_overdue, is_old)
    assert (formaal["owner"], formaal["owner_phone"]) == ("politik-personale", "54 73 10 00")
    page = html.parse(str(site / "opfoelgning/index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    listed = page.xpath("//table[contains(@class, 'overdue-pages')]//a/@href")
    assert ("../strategi/formaal/" in listed) is is_overdue
    assert set(listed) == {f"../{entry['url']}" for entry in data if entry["overdue"]}
    own = html.parse(str(site / "strategi/formaal/index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    words = " ".join(own.xpath("//ul[contains(@class, 'status')]")[0].text_content().split())
    assert ("Ældre end 6 mdr." in words) is is_old
    assert "ennemgå" not in words  # late reviews are told once, on opfoelgning/
    open_in_all = sum(entry["open_decisions"] for entry in data)
    assert open_in_all > 300
    assert f"{open_in_all} åbne beslutninger" in page.text_content()
    tasks = json.loads((site / "data" / "tasks.json").read_text(encoding="utf-8"))
    by_owner, by_department = page.xpath("//table[contains(@class, 'overview')]")
    totals = dict(" ".join(cell.text_content().split()).rsplit(": ", 1) for cell in by_owner.xpath(".//tr[@class='totals']/td"))
    assert totals["Over fristen"] == str(sum(task["state"] == "overdue" for task in tasks))
    assert totals["Frist inden 30 dage"] == str(sum(task["state"] == "due-soon" for task in tasks))
    assert totals["Retningslinjer, der ikke er færdige"] == str(len({entry["id"] for entry in data if entry["open_decisions"]}))
    assert totals["Åbne beslutninger"] == str(open_in_all) == str(sum(task["count"] for task in tasks if task["kind"] == "guideline"))
    owners, folded = by_owner.xpath(".//tbody//a/@href"), page.xpath("//article//details[@id]")
    assert set(owners) == {f"#{heading}" for heading in page.xpath("//article//h2/@id")} - {"#efter-ansvarlig", "#efter-fagomraade", "#kalendere"}
    assert len(folded) >= len(owners) and not page.xpath("//article//details[@open]")
    assert len(by_department.xpath(".//tbody/tr")) == len({task["id"] for task in tasks if task["kind"] == "guideline"})


def test_every_page_says_where_it_stands(site: Path) -> None:
    for entry in json.loads((site / "data" / "pages.json").read_text(encoding="utf-8")):
        page = html.parse(str(site / entry["url"] / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
        (status,) = page.xpath("//article//ul[contains(concat(@class, ' '), 'status ')]")
        begins = {"draft": "Udkast", "adopted": "Vedtaget", "": "Ansvarlig: "}[entry["status"]]  # nobody adopts what comes with the program
        assert " ".join(status.text_content().split()).startswith(begins), entry["id"]
        (foot,) = page.find_class("page-foot")  # the owner of an answer stands there: nothing is in its way
        words = " ".join(f"{status.text_content()} {foot.text_content()}".split())
        for words_of_page in (entry["owner_name"], entry["owner_phone"]):
            assert words_of_page in words, entry["id"]


@pytest.mark.parametrize(
    ("today", "expected", "unexpected"),
    [
        ("2023-08-28", ["Vedtaget 28. februar 2023"], ["Ældre end 6 mdr.", "ikke oplyst"]),
        ("2025-12-31", ["Ældre end 6 mdr.", "Fristen for den første evaluering er den 31. december 2025."], ["ikke oplyst"]),
        ("2026-01-01", ["Ældre end 6 mdr.", "Det er ikke oplyst, om evalueringen er gennemført"], ["Skulle være gennemgået"]),
    ],
)
def test_pages_say_that_they_are_old_and_whether_the_strategy_was_evaluated(
    site_on: Callable[[str], Path], today: str, expected: list[str], unexpected: list[str]
) -> None:
    for path in ("strategi/om-kanalstrategien/index.html", "index.html"):
        page = (site_on(today) / path).read_text(encoding="utf-8")
        assert [text for text in expected if text not in page] == [], path
        assert [text for text in unexpected if text in page] == [], path


def test_a_build_date_before_the_strategy_builds(project: Project) -> None:
    assert project.build(epoch=seconds("2020-01-01")).returncode == 0


def test_an_evaluation_is_reported(project: Project) -> None:
    project.remove_documents()
    project.replace("docs/index.md", "evaluate_by: 2025-12-31\n", "evaluate_by: 2025-12-31\nevaluated: 2025-11-01\n")
    assert project.build().returncode == 0
    page = (project.site / "strategi/om-kanalstrategien/index.html").read_text(encoding="utf-8")
    assert "Strategien blev evalueret den 1. november 2025." in page
    assert "ikke oplyst" not in page
