"""Units follow the department above them, a channel may be for some departments only, and not to use one is an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.decision_model import DecisionState
from kanalstrategi.content.model import Guideline
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.progress import progress_of
from kanalstrategi.content.project import Project as LoadedProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.task_words import lacking_words
from kanalstrategi.content.tasks import TaskKind, tasks
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page import render_page
from kanalstrategi.word.questionnaire import questionnaire_of
from macros import MACROS
from tests.support.project import Project
from tests.support.small_project import FILES, small_project

FIELDS = "---\ndescription: Om os.\nowner: hus\nstatus: draft\nreviewed: 2026-02-01\nreview_by: 2026-08-01\n{more}---\n\n# {title}\n\n"
LETTER = FILES["docs/kanaler/telefon.md"].replace("Telefon", "Brev").replace("ringe", "skrive").replace("telefon-ring", "brev-skriv")
SCHOOLS = (
    FIELDS.format(more="department: Skoler\n", title="Skoler")
    + '## Telefon {: #telefon }\n\n{{ rules("telefon") }}\n\n- [x] Tider: Hele dagen.\n- [ ] Svarer: Hvem svarer?\n\n'
    + "## Brev {: #brev }\n\n- [ ] Papir: Hvornår?\n"
)
UNIT = FIELDS.format(more="department: Nordskolen\npart_of: skoler\n", title="Nordskolen")
OWN = '## Telefon {: #telefon }\n\n{{ rules("telefon") }}\n\n- [x] Tider: Om morgenen.\n- [ ] Liste: Hvem retter listen?\n'
UNUSED = "## Brev {: #brev used=no }\n\nVi har ingen printer.\n\nForslag til beslutninger:\n\n- [ ] Papir: Hvornår?\n- [x] Frimærker: Ja.\n"


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """The small project with two channels, a department and a unit that has written nothing yet."""
    project = small_project(tmp_path)
    project.write("docs/kanaler/brev.md", LETTER)
    project.write("docs/retningslinjer/skoler.md", SCHOOLS)
    unit(project, "")
    project.replace("mkdocs.yml", "  - kanaler/telefon.md\n", "  - kanaler/telefon.md\n  - kanaler/brev.md\n")
    project.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", "  - retningslinjer/skoler.md\n  - retningslinjer/nordskolen.md\n")
    return project


def unit(project: Project, written: str) -> None:
    project.write("docs/retningslinjer/nordskolen.md", UNIT + written)


def read(project: Project) -> tuple[LoadedProject, Guideline, Guideline]:
    loaded = read_project(project.root, {})
    schools, north = loaded.content.guidelines
    return loaded, schools, north


def page_of(loaded: LoadedProject, path: str) -> Element:
    return render_page(loaded.parsed_pages[path], loaded.content.pages[path], loaded.content, MACROS, files=loaded.files, assets="assets").root


def sections_of(root: Element) -> dict[str, str]:
    """Return the words below each heading of the second level, without permalinks."""
    found: dict[str, str] = {}
    current = ""
    for child in root.children:
        if isinstance(child, Element) and child.tag == "h2":
            current = child.id
        elif current and isinstance(child, Element):
            found[current] = f"{found.get(current, '')} {line_of(child)}".strip()
    return {id: words.removeprefix("# ") for id, words in found.items()}


# Units


def test_a_unit_has_what_the_department_has(site: Project) -> None:
    assert site.check() == []
    loaded, schools, north = read(site)
    assert [(section.coverage, section.url, section.decisions) for section in north.sections] == [
        (Coverage.INHERITED, schools.sections[0].url, ()),
        (Coverage.INHERITED, schools.sections[1].url, ()),
    ]
    assert sections_of(page_of(loaded, "retningslinjer/nordskolen.md")) == {"telefon": "Som Skoler.", "brev": "Som Skoler."}
    assert "Del af Skoler" in line_of(page_of(loaded, "retningslinjer/nordskolen.md"))
    records = {record["id"]: record for record in OPEN_DATA["guidelines"](loaded.content)}
    telephone = records["nordskolen/telefon"]
    assert (telephone["status"], telephone["part_of"], telephone["open_decisions"]) == ("inherited", "skoler", 0)
    assert telephone["inherited_decisions"] == ["telefon-tider", "telefon-svarer"] and telephone["url"] == "retningslinjer/skoler/#telefon"
    assert [(row.department, row.missing, row.decisions) for row in progress_of(loaded.content)] == [("skoler", 0, 3), ("nordskolen", 0, 0)]


def test_a_unit_may_have_its_own_decisions_and_the_rest_of_the_department(site: Project) -> None:
    unit(site, OWN)
    assert site.check() == []
    loaded, _, north = read(site)
    telephone, letter = north.sections
    assert telephone.coverage is Coverage.DRAFT and [one.name for one in telephone.decisions] == ["Tider", "Liste"]
    assert [one.name for one in telephone.inherited] == ["Svarer"] and letter.coverage is Coverage.INHERITED
    shown = sections_of(page_of(loaded, "retningslinjer/nordskolen.md"))
    assert shown["telefon"].endswith("Resten er som Skoler: Svarer.") and [*shown] == ["telefon", "brev"]
    task = next(task for task in tasks(loaded.content) if task.kind is TaskKind.GUIDELINE and task.subject == "nordskolen")
    assert task.detail == "1 åben beslutning, ikke vedtaget"
    assert [asked.question for block in questionnaire_of(north, loaded.content).blocks for asked in block.decisions] == ["Liste: Hvem retter listen?"]


def test_a_section_that_a_unit_has_not_written_stands_in_the_order_of_the_channels(site: Project) -> None:
    unit(site, "## Om skolen\n\nTekst.\n\n## Brev {: #brev }\n\nVi skriver.\n\n## Andet\n\nMere.\n")
    loaded, _, _ = read(site)
    assert [*sections_of(page_of(loaded, "retningslinjer/nordskolen.md"))] == ["om-skolen", "telefon", "brev", "andet"]


def test_a_heading_alone_is_not_a_section_of_its_own(site: Project) -> None:
    unit(site, '## Telefon {: #telefon }\n\n{{ rules("telefon") }}\n')
    loaded, _, north = read(site)
    assert north.sections[0].coverage is Coverage.INHERITED
    assert sections_of(page_of(loaded, "retningslinjer/nordskolen.md"))["telefon"].endswith("Som Skoler.")


@pytest.mark.parametrize(
    ("parent", "message"),
    [
        ("skole", "fagområdet skole findes ikke – mente du skoler?"),
        ("nordskolen", "fagområdet kan ikke være en del af sig selv – slet linjen"),
        ("syd", "syd er selv en del af skoler – skriv `part_of: skoler`; der er kun ét niveau af enheder"),
    ],
)
def test_a_unit_that_is_a_part_of_nothing_is_told_of_once(site: Project, parent: str, message: str) -> None:
    site.write("docs/retningslinjer/syd.md", UNIT.replace("Nordskolen", "Sydskolen"))
    site.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", "  - retningslinjer/skoler.md\n  - retningslinjer/syd.md\n")
    site.replace("docs/retningslinjer/nordskolen.md", "part_of: skoler", f"part_of: {parent}")
    (line,) = site.check()
    assert line.startswith("docs/retningslinjer/nordskolen.md:8: ") and message in line
    assert all(section.coverage is Coverage.MISSING for section in read_project(site.root, {}).content.guidelines[-1].sections)


def test_two_units_that_are_parts_of_each_other_are_both_told_of(site: Project) -> None:
    site.replace("docs/retningslinjer/skoler.md", "department: Skoler\n", "department: Skoler\npart_of: nordskolen\n")
    assert [line.rpartition(": ")[0].partition(" – ")[0] for line in site.check()] == [
        "docs/retningslinjer/nordskolen.md:8: skoler er selv en del af nordskolen",
        "docs/retningslinjer/skoler.md:8: nordskolen er selv en del af skoler",
    ]


# Not used


def test_not_to_use_a_channel_is_an_answer(site: Project) -> None:
    site.replace("docs/retningslinjer/skoler.md", "## Brev {: #brev }\n\n- [ ] Papir: Hvornår?\n", UNUSED)
    assert site.check() == []
    loaded, schools, north = read(site)
    letter = schools.sections[1]
    assert letter.coverage is Coverage.NOT_USED and {one.state for one in letter.decisions} == {DecisionState.NOT_RELEVANT}
    assert lacking_words(schools) == "1 åben beslutning, ikke vedtaget"
    assert north.sections[1].coverage is Coverage.INHERITED
    root = page_of(loaded, "retningslinjer/skoler.md")
    assert sections_of(root)["brev"].startswith("Fagområdet bruger ikke denne kanal. Vi har ingen printer. Strategiens regler for kanalen")
    (folded,) = [element for element in descendants(root) if element.tag == "details"]
    assert line_of(folded).count("Ikke relevant") == 2 and "besluttet " not in line_of(folded)
    assert "Papir" in line_of(folded) and "printer" not in line_of(folded)
    assert OPEN_DATA["guidelines"](loaded.content)[1]["status"] == "not_used"


def test_a_unit_may_use_what_its_department_does_not_and_the_other_way_round(site: Project) -> None:
    site.replace("docs/retningslinjer/skoler.md", "## Brev {: #brev }\n\n- [ ] Papir: Hvornår?\n", UNUSED)
    unit(site, "## Telefon {: #telefon used=no }\n\n## Brev {: #brev }\n\n- [ ] Papir: Hvornår?\n")
    assert site.check() == []
    loaded, _, north = read(site)
    assert [(section.coverage, section.inherited) for section in north.sections] == [(Coverage.NOT_USED, ()), (Coverage.DRAFT, ())]
    assert "Resten er som" not in line_of(page_of(loaded, "retningslinjer/nordskolen.md"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#brev }", "#brev used=ja }", "used kan ikke være ja – skriv used=no"),
        ("# Skoler", "# Skoler {: used=no }", "used kan kun stå på en overskrift med ##"),
        ("## Brev {: #brev }", "## Brev {: #brev }\n\n- [ ] a\n\n## Andet {: used=no }", "used står på en overskrift, der ikke er en kanal"),
    ],
)
def test_it_is_said_on_the_heading_of_a_channel_in_one_way(site: Project, old: str, new: str, message: str) -> None:
    site.replace("docs/retningslinjer/skoler.md", old, new)
    assert any(message in line for line in site.check())


# For some departments only


def test_a_channel_may_be_for_some_departments_only(site: Project) -> None:
    site.write("docs/retningslinjer/bosteder.md", SCHOOLS.replace("Skoler", "Bosteder").split("## Brev")[0])
    site.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", "  - retningslinjer/skoler.md\n  - retningslinjer/bosteder.md\n")
    assert any("retningslinjen mangler et afsnit om Brev" in line for line in site.check())
    site.replace("docs/kanaler/brev.md", "status: adopted", "departments: [skoler]\nstatus: adopted")
    assert site.check() == []
    content = read_project(site.root, {}).content
    homes = next(guideline for guideline in content.guidelines if guideline.id == "bosteder")
    assert [section.coverage for section in homes.sections] == [Coverage.DRAFT, Coverage.NOT_APPLICABLE]
    assert len(homes.written_sections) == 1 and "mangler" not in lacking_words(homes)
    north = next(guideline for guideline in content.guidelines if guideline.part_of)
    assert north.sections[1].coverage is Coverage.INHERITED  # a unit has the channels of its department
    site.write("docs/retningslinjer/bosteder.md", SCHOOLS.replace("Skoler", "Bosteder"))
    (line,) = site.check()
    assert "kanalen Brev gælder ikke for fagområdet – slet afsnittet, eller skriv bosteder under departments i docs/kanaler/brev.md" in line


def test_a_department_that_a_channel_is_for_has_to_be_there(site: Project) -> None:
    site.replace("docs/kanaler/brev.md", "status: adopted", "departments:\n  - skoler\n  - skolr\nstatus: adopted")
    assert [line.partition(" – ")[0] for line in site.check()] == ["docs/kanaler/brev.md:6: fagområdet skolr findes ikke"]


def test_both_keys_belong_to_their_pages(site: Project) -> None:
    site.replace("docs/strategi/maal.md", "status: adopted", "departments: [skoler]\npart_of: skoler\nstatus: adopted")
    assert [line.split(": ")[1].partition(" – ")[0] for line in site.check()] == [
        "feltet departments hører til i docs/kanaler",
        "feltet part_of hører til i docs/retningslinjer",
    ]


# In the map


def test_the_map_says_all_of_it_and_counts_each_decision_once(site: Project) -> None:
    site.replace("docs/retningslinjer/skoler.md", "## Brev {: #brev }\n\n- [ ] Papir: Hvornår?\n", UNUSED)
    site.replace("docs/kanaler/telefon.md", "status: adopted", "departments: [skoler]\nstatus: adopted")
    site.write("docs/retningslinjer/bosteder.md", FIELDS.format(more="department: Bosteder\n", title="Bosteder") + "## Brev {: #brev }\n\n- [x] Papir: Ja.\n")
    site.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", "  - retningslinjer/skoler.md\n  - retningslinjer/bosteder.md\n")
    content = read_project(site.root, {}).content
    shown = MACROS["coverage"](Call(content, content.pages["index.md"]))
    words = " ".join(line_of(node) for node in shown)
    assert "2 af 3 beslutninger er truffet. 0 af 2 afsnit er vedtaget. 2 beslutninger er ikke relevante" in words
    assert "1 afsnit siger, at kanalen ikke bruges." in words
    states = [element.classes[-1] for node in shown if isinstance(node, Element) for element in descendants(node) if element.has_class("state")]
    assert {*states} == {"decided-some", "not-used", "inherited", "not-applicable", "decided-all"}
    assert "Nordskolen (del af Skoler)" in words and "som Skoler" in words and "✓ bruges ikke" in words and "gælder ikke" in words
