"""The table, the channel's page, the guideline and the data agree about every department and channel group."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.adopted_text import article
from tests.support.project import ROOT, Project

FOLDER = ROOT / "docs" / "retningslinjer"
SKOLER = "docs/retningslinjer/skoler.md"

GROUPS = (
    "hjemmeside-og-selvbetjening", "presse-sociale-medier-og-annoncer", "telefon-og-videomoeder",
    "skriftlig-kommunikation", "personligt-fremmoede",
)  # fmt: skip - laid out by hand, as a table
NAMED_BY_THE_STRATEGY = (
    "daginstitutioner", "skoler", "biblioteker", "plejecentre", "bosteder", "raadhus", "administration",
)  # fmt: skip - laid out by hand, as a table


@pytest.fixture
def project(project: Project) -> Project:
    """A copy of the project without documents, since its only one holds no guideline."""
    project.remove_documents()
    return project


def counted(file: Path) -> dict[str, int]:
    """Return the number of open decisions by section, counted without our parser."""
    found: Counter[str] = Counter()
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## .*\{: #(\S+) \}$", line):
            section = heading.group(1)
        if line.startswith("- [ ] "):
            found[section] += 1
    return dict(found)


def table(site: Path, url: str) -> list[list[str]]:
    """Return the words of a page's coverage table, without those that only a phone shows."""
    (found,) = article(site, url).xpath(".//table[contains(@class, 'coverage')]")
    for hidden in found.xpath(".//*[contains(@class, 'column') or contains(@class, 'visually-hidden') or @class='sign']"):
        hidden.drop_tree()
    return [[" ".join(cell.text_content().split()) for cell in row.iter("th", "td")] for row in found.iter("tr")]


def decided_of(sections: Iterable[dict[str, Any]]) -> str:
    """Return how many of the decisions of sections are made, as the tables say it."""
    found = [decision["open"] for section in sections for decision in section["decisions"]]
    return f"{found.count(False)} af {len(found)} besluttet"


def records(site: Path) -> dict[tuple[str, str], dict[str, Any]]:
    data = json.loads((site / "data" / "guidelines.json").read_text(encoding="utf-8"))
    return {(record["department"], record["channel"]): record for record in data}


def test_the_seven_areas_have_a_page_each() -> None:
    # Others may be added; the strategy itself names these.
    assert {file.stem for file in FOLDER.glob("*.md")} >= set(NAMED_BY_THE_STRATEGY)


def test_table_and_data_hold_true_counts(site: Path) -> None:
    rows = table(site, "retningslinjer")
    data = records(site)
    names = {id: record["department_title"] for (id, _), record in data.items()}
    assert set(data) == {(id, group) for id in names for group in GROUPS}
    for row in rows[1:-1]:
        id = next(id for id, name in names.items() if name == row[0])
        open_now = counted(FOLDER / f"{id}.md")
        for cell, group in zip(row[1:-1], GROUPS, strict=True):
            record = data[id, group]
            assert record["open_decisions"] == open_now.get(group, 0)
            if record["status"] == "draft":
                assert cell == f"{decided_of([record])}, udkast"
        assert row[-1].startswith(decided_of(data[id, group] for group in GROUPS))
    assert rows[-1][-1].startswith(decided_of(data.values()))
    for column, group in enumerate(GROUPS, 1):
        assert rows[-1][column].startswith(decided_of(data[id, group] for id in names))


def test_each_cell_leads_to_its_section(site: Path) -> None:
    links = article(site, "retningslinjer").xpath(".//a[contains(@class, 'state')]/@href")
    assert len(links) == len(records(site))
    for link in links:
        path, _, anchor = link.partition("#")
        assert article(site, f"retningslinjer/{path}").xpath(".//h2[@id=$id]", id=anchor), link


def test_each_cell_says_what_it_is_about_and_is_filled_by_how_much_is_decided(site: Path) -> None:
    names, titles = {}, {group["id"]: group["title"] for group in json.loads((site / "data" / "channels.json").read_text(encoding="utf-8"))}
    for link in article(site, "retningslinjer").xpath(".//a[contains(@class, 'state')]"):
        names[" ".join(link.text_content().split())] = link.get("class").split()[-1]
    assert len(names) == len(records(site))
    for record in records(site).values():
        about = f"{record['department_title']}, {titles[record['channel']]}: "
        open_count, count = record["open_decisions"], len(record["decisions"])
        level = "decided-all" if not open_count else "decided-none" if open_count == count else "decided-some"
        level = "missing" if record["status"] == "missing" else level
        assert [fill for name, fill in names.items() if name.startswith(about)] == [level]


def test_each_guideline_shows_every_rule_of_the_strategy(site: Path) -> None:
    rules = json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))
    for id in NAMED_BY_THE_STRATEGY:
        links = article(site, f"retningslinjer/{id}").xpath(".//*[@class='rule-source']/a/@href")
        assert sorted(links) == sorted(f"../../{rule['url']}" for rule in rules), id


def test_a_decision_and_an_adopted_page_show_everywhere(project: Project) -> None:
    text = (project.root / SKOLER).read_text(encoding="utf-8")
    before = counted(project.root / SKOLER)
    text = text.replace("- [ ] Telefontider: Hvornår kan man", "- [x] Telefontider: Man kan", 1)
    project.write(SKOLER, text)
    project.replace("docs/retningslinjer/bosteder.md", "status: draft", "status: adopted")
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    all_of_skoler, all_of_bosteder = before["telefon-og-videomoeder"], counted(project.root / "docs/retningslinjer/bosteder.md")["telefon-og-videomoeder"]
    skoler, bosteder = f"1 af {all_of_skoler} besluttet, udkast", f"0 af {all_of_bosteder} besluttet, vedtaget"

    rows = {row[0]: row for row in table(project.site, "retningslinjer")}
    assert rows["Skoler"][3] == skoler
    assert rows["Bosteder"][3] == bosteder
    assert rows["Bosteder"][-1].endswith("besluttet, 5 af 5 vedtaget")
    assert rows["I alt"][3].endswith("besluttet, 1 af 7 vedtaget")
    cell = article(project.site, "retningslinjer").xpath("string(.//a[@href='skoler/#telefon-og-videomoeder']/@class)")
    assert cell == "state map-cell decided-some"

    channel = {row[0]: row for row in table(project.site, "kanaler/telefon-og-videomoeder")}
    assert channel["Skoler"][1] == skoler
    assert channel["Bosteder"][1] == bosteder

    own = {row[0]: row for row in table(project.site, "retningslinjer/skoler")}
    assert own["Telefon og videomøder"][1:] == [skoler]
    assert own["I alt"][1].startswith(f"1 af {sum(before.values())} besluttet")
    decided = article(project.site, "retningslinjer/skoler").xpath(".//li[contains(@class, 'decided')]")
    assert [" ".join(item.text_content().split())[:32] for item in decided] == ["Besluttet Telefontider: Man kan "]

    data = records(project.site)
    assert data["skoler", "telefon-og-videomoeder"]["open_decisions"] == all_of_skoler - 1
    assert data["bosteder", "telefon-og-videomoeder"]["status"] == "adopted"
    assert "Udkast" not in " ".join(article(project.site, "retningslinjer/bosteder").find("ul").itertext())


def test_a_section_that_holds_nothing_of_the_departments_own_is_missing(project: Project) -> None:
    text = (project.root / SKOLER).read_text(encoding="utf-8")
    start = text.index("Forslag til beslutninger:", text.index("## Personligt fremmøde"))
    project.write(SKOLER, text[:start])
    assert project.check() == []
    assert project.build().returncode == 0
    rows = {row[0]: row for row in table(project.site, "retningslinjer")}
    assert rows["Skoler"][5] == "mangler"
    assert rows["Skoler"][6].endswith("besluttet, 0 af 5 vedtaget, 1 mangler")
    assert records(project.site)["skoler", "personligt-fremmoede"]["status"] == "missing"


def test_a_draft_says_so_even_if_its_editor_forgot(project: Project) -> None:
    project.replace(SKOLER, "{{ status() }}\n\n", "")
    assert project.build().returncode == 0
    page = article(project.site, "retningslinjer/skoler")
    assert page.xpath("string(.//h1/following-sibling::*[1]//strong)") == "Udkast"


WRITTEN = (
    "- [ ] **Telefontider:** Hvornår?\n",
    "- [ ] [Telefontider](../regler.md): Hvornår?\n",
    "- [ ]  Telefontider\n    over to linjer\n",
    "* [ ] Telefontider: Hvornår?\n\n",
    "- [ ] Telefontider: Hvornår?\n\n    Et afsnit til.\n\n",
    "- Åbningstider\n    - [ ] Telefontider: Hvornår?\n",
)
TELEFONTIDER = "- [ ] Telefontider: Hvornår kan man ringe til skolens kontor, og hvordan er tiderne afstemt med resten af kommunen?\n"


def test_decisions_count_and_show_however_they_are_written(project: Project) -> None:
    """Each way of writing stands in the guideline of another department, so that one build is enough."""
    written_by = dict(zip(NAMED_BY_THE_STRATEGY, WRITTEN, strict=False))
    assert len(written_by) == len(WRITTEN)
    for id, written in written_by.items():
        file = FOLDER / f"{id}.md"
        text, found = re.subn(r"^- \[ \] Telefontider: .*\n", written, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert found == 1
        project.write(f"docs/retningslinjer/{id}.md", text)
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    data = records(project.site)
    for id, written in written_by.items():
        page = article(project.site, f"retningslinjer/{id}")
        decisions = [item for item in page.xpath(".//li[contains(@class, 'decision')]") if "Telefontider" in item.text_content()]
        assert len(decisions) == 1 and "[ ]" not in page.text_content(), written
        group = "telefon-og-videomoeder"
        assert data[id, group]["open_decisions"] == counted(FOLDER / f"{id}.md")[group], written


@pytest.mark.parametrize(
    "written",
    ["-[ ] Telefontider: Hvornår?\n", "[ ] Telefontider: Hvornår?\n\n", "- **[ ] Telefontider:** Hvornår?\n",
         "<div>\n- [ ] Telefontider: Hvornår?\n</div>\n"],
)  # fmt: skip - laid out by hand, as a table
def test_a_decision_that_would_not_count_is_reported(project: Project, written: str) -> None:
    line = project.replace(SKOLER, TELEFONTIDER, "\n" + written) + 1
    reported = [int(reported.split(":")[1]) for reported in project.check() if "beslutningen er ikke skrevet rigtigt" in reported]
    assert reported and reported[0] in (line, line + 1)


def test_a_decision_in_a_box_counts(project: Project) -> None:
    project.replace(SKOLER, TELEFONTIDER, '\n!!! note "Husk"\n\n    - [x] Telefontider: Ikke besluttet før nu.\n\nOg:\n\n')
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout
    records = json.loads((project.site / "data/guidelines.json").read_text(encoding="utf-8"))
    section = next(record for record in records if record["id"] == "skoler/telefon-og-videomoeder")
    assert {"text": "Telefontider: Ikke besluttet før nu.", "open": False} in section["decisions"]


def test_a_decision_below_its_bullet_is_reported(project: Project) -> None:
    line = project.replace(SKOLER, TELEFONTIDER, TELEFONTIDER.replace("- [ ] ", "-\n  [ ] "))
    found = project.check()
    assert {diagnostic.partition(": ")[0] for diagnostic in found} == {f"{SKOLER}:{line + 1}"}
    assert any("beslutningen er ikke skrevet rigtigt" in diagnostic for diagnostic in found)


def test_code_is_no_decision(project: Project) -> None:
    project.replace(SKOLER, "{{ progress() }}\n", "{{ progress() }}\n\n```\n- [ ] Sådan: skriver man\n```\n")
    assert project.check() == []
    assert project.build().returncode == 0
