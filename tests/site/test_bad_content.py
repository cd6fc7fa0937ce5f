"""Bad content stops the build with a Danish message that names file, line and hint, and leaves the previous site untouched.

`check.py` prints the same message. The cases are in tests/support/bad_content.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.content.project import read_project
from tests.support.bad_content import CASES, CONFIGURATION, FORMAAL, TELEFON
from tests.support.pages import add_warning
from tests.support.project import Project


@pytest.mark.parametrize("case", CONFIGURATION)
def test_errors_in_the_configuration_are_reported(project: Project, case: str) -> None:
    (old, new), neighbor, words = CONFIGURATION[case]
    project.replace("mkdocs.yml", old, new)
    lines = (project.root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line_of_neighbor = next(number for number, line in enumerate(lines, 1) if line.startswith(neighbor))
    line = line_of_neighbor - 1 if neighbor.startswith("      ") else line_of_neighbor
    reported = project.check()
    assert [line_ for line_ in reported if line_.startswith(f"mkdocs.yml:{line}: {words}")], reported


@pytest.mark.parametrize("case", CASES)
def test_a_check_reports_file_line_and_hint(project: Project, case: str) -> None:
    change, words = CASES[case]
    place = change(project)
    assert [line for line in project.check() if line.startswith(f"{place}: {words}")], project.check()


@pytest.mark.parametrize("case", ["broken YAML", "unknown channel", "duplicate rule id", "missing picture"])
def test_build_stops_and_leaves_the_previous_site(project: Project, case: str) -> None:
    project.write("site/index.html", "den forrige udgave")
    change, words = CASES[case]
    place = change(project)
    process = project.build()
    assert process.returncode == 1
    assert f"{place}: {words}" in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    assert leftovers(project) == {"site/index.html": "den forrige udgave"}


def test_all_errors_are_reported_at_once_and_once(project: Project) -> None:
    cases = ("unknown owner", "unknown channel", "missing picture", "rule id with capitals")
    places = [CASES[case][0](project) for case in cases]
    lines = project.check()
    assert sorted(line.split(": ")[0] for line in lines) == sorted(places), lines


def test_one_broken_page_causes_no_other_errors(project: Project) -> None:
    project.replace(TELEFON, "owner: politik-personale", "owner: [")
    assert len(project.check()) == 1


def test_a_renamed_section_causes_no_other_errors(project: Project) -> None:
    project.replace(TELEFON, "## Telefon {: #telefon }", "## Telefonen")
    assert len(project.check()) == 1


def test_a_page_without_fields_is_reported_once(project: Project) -> None:
    project.write(FORMAAL, "# Formål\n\n{: #x }\n")
    fields = "description, owner, status, reviewed, review_by"
    assert f"{FORMAAL}:1: siden mangler sine felter øverst – begynd siden med --- på en linje, felterne {fields} på hver sin, og --- igen" in project.check()


def test_not_utf_8(project: Project) -> None:
    file = project.root / "docs/index.md"
    file.write_bytes(file.read_bytes().replace("på".encode(), b"p\xe5", 1))
    assert len(project.check()) == 1
    assert "teksten er ikke gemt som UTF-8 – gem filen igen med tegnsættet UTF-8" in project.check()[0]


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("### Det betyder, at\n\n- vi skal ringe", "### Det betyder, at\n- vi skal ringe"),
        ("### Det betyder, at\n\n- vi skal ringe", "### Det betyder, at\n\nTekst\n- vi skal ringe"),
        ("- vi skal ringe", "-\n  vi skal ringe"),
        ("    {: #telefon-ring }\n", "    {: #telefon-ring }\n\n"),  # an empty line between the rules
        ("    {: #telefon-ring }\n", "  {: #telefon-ring }\n"),
    ],
)
def test_a_rule_is_a_rule_however_its_list_is_written(project: Project, typed: str, instead: str) -> None:
    before = read_project(project.root, {}).content.rules
    project.replace(TELEFON, typed, instead)
    assert project.check() == []
    assert {id: rule.text for id, rule in read_project(project.root, {}).content.rules.items()} == {id: rule.text for id, rule in before.items()}


def test_a_rule_without_id_is_noticed_under_any_heading(project: Project) -> None:
    project.replace(
        "docs/kanaler/skriftlig-kommunikation.md", "i dialog med borgerne\n    {: #faellespostkasser-dialog }", "i dialog med borgerne",
    )  # fmt: skip # laid out by hand, as a table
    assert ["reglen har intet id" in line for line in project.check()] == [True]


def test_two_channels_of_one_name(project: Project) -> None:
    path = "docs/kanaler/personligt-fremmoede.md"
    line = project.replace(path, "status: adopted", "status: adopted\nsubchannels:\n  - telefon") + 1
    project.replace(path, "## Det betyder, at", "## Telefon {: #telefon }\n\n### Det betyder, at")
    assert f"{path}:{line}: kanalen telefon står allerede i {TELEFON}:13 – giv den ene af de to et andet navn" in project.check()


def test_menu_and_pages_agree(project: Project) -> None:
    (project.root / FORMAAL).rename(project.root / "docs/strategi/hensigt.md")
    line = (project.root / "mkdocs.yml").read_text(encoding="utf-8").split("strategi/formaal.md")[0].count("\n") + 1
    assert [reported for reported in project.check() if "menu" in reported] == [
        "docs/strategi/hensigt.md:1: siden står ikke i menuen – skriv `- strategi/hensigt.md` under nav i mkdocs.yml",
        f"mkdocs.yml:{line}: menuen nævner strategi/formaal.md, som ikke findes – ret stien, eller slet linjen under nav",
    ]


@pytest.mark.parametrize("name", ["ny.markdown", "README.md"])
def test_menu_entries_that_are_no_pages(project: Project, name: str) -> None:
    project.write(f"docs/strategi/{name}", "# Ny\n")
    assert project.check() == [
        f"docs/strategi/{name}:1: filens navn kan ikke bruges til en side – omdøb filen, så den ender på .md (en mappes forside hedder index.md)"
    ]


def test_an_invalid_build_date(project: Project) -> None:
    for epoch in ("abc", "99999999999999"):
        process = project.build(epoch=epoch)  # type: ignore[arg-type]  # a wrong one, on purpose
        assert process.returncode == 1 and "Traceback" not in process.stderr
        assert "mkdocs.yml:1: SOURCE_DATE_EPOCH er ikke et tidspunkt – sæt den til" in process.stdout


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_a_warning_of_mkdocs_stops_a_strict_build(project: Project, quiet: list[str]) -> None:
    project.remove_documents()
    project.write("site/index.html", "den forrige udgave")
    add_warning(project, FORMAAL)
    assert project.check() == []
    process = project.build(*quiet)
    assert process.returncode == 1
    assert "Der er advarsler ovenfor (1) – ret dem, og byg igen" in process.stdout
    assert "about strategi/formaal.md" in process.stderr
    assert leftovers(project) == {"site/index.html": "den forrige udgave"}


def leftovers(project: Project) -> dict[str, str]:
    """Return the files in the project's folder that a build has created."""
    files = [file for folder in project.root.glob("*site*") for file in folder.rglob("*") if file.is_file()]
    hidden = [file for folder in project.root.glob(".site*") for file in folder.rglob("*")]
    return {str(file.relative_to(project.root)): Path(file).read_text() for file in [*files, *hidden]}
