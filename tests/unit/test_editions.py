"""Editions that are not in force: which there are, how far they have come, and what their links lead to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.edition_paths import edition_documents, linked_file, path_in_force
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import published_urls
from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.markdown.nodes import Element, element, line_of
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.headings import remove_empty_sections
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.editions import PAGES, edition_from_markdown

FRONT = "---\ndescription: Strategien.\nowner: hus\nstatus: {status}\nreviewed: 2020-01-01\nreview_by: 2030-01-01\n{facts}---\n\n# Strategi {name}\n\nTekst.\n"
CHANNEL = FRONT.split("# ")[0] + "# Telefon\n\n## Det betyder, at\n\n- vi skal {rule}\n    {{: #telefon-ring }}\n\n[Formål](../strategi/formaal.md#maal)\n"
AIM = FRONT.split("# ")[0] + "# Formål\n\nVi taler sammen.\n{{: #maal }}\n\n![Logo](../billeder/logo.svg)\n"
CONFIG = """\
site_name: Strategi
extra:
  organisation: Byen
  owners: {hus: {name: Huset}}
  documents:
    kanalstrategi: {name: Strategien, opening: index.md, pages: [strategi/, kanaler/]}
    samlet: {name: Det hele, opening: index.md, pages: [strategi/, kanaler/, soeg.md]}
nav: [index.md, strategi/formaal.md, kanaler/telefon.md, soeg.md]
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'


def write_edition(docs: Path, folder: str, name: str, rule: str, facts: str = "", status: str = "adopted") -> None:
    for path, text in {"index.md": FRONT, "strategi/formaal.md": AIM, "kanaler/telefon.md": CHANNEL}.items():
        file = docs / folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(name=name, rule=rule, status=status, facts=facts if path == "index.md" else ""))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    (docs / "billeder").mkdir(parents=True)
    (docs / "billeder/logo.svg").write_text(LOGO)
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (docs / "soeg.md").write_text(FRONT.format(name="", status="adopted", facts="").replace("Tekst.", "{{ search() }}"))
    write_edition(docs, "", "2023", "ringe", "edition: 2023\nadopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n")
    write_edition(docs, "udgaver/2026", "2026", "skrive", "consultation_from: 2026-01-10\nconsultation_to: 2026-01-20\n", status="draft")
    write_edition(docs, "udgaver/2019", "2019", "møde op", "adopted: 2019-01-01\nsuperseded: 2023-02-28\nsuperseded_by: 2023\n")
    return tmp_path


def on(day: str) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str((date.fromisoformat(day) - date(1970, 1, 1)).days * 86400 + 43200)}


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-01-09", "proposal"), ("2026-01-10", "consultation"), ("2026-01-20", "consultation"), ("2026-01-21", "proposal")],
)
def test_the_state_of_an_edition_follows_from_its_dates(root: Path, day: str, state: str) -> None:
    content = read_project(root, on(day)).content
    assert content.edition and (content.edition.name, content.edition.state) == ("2023", EditionState.ADOPTED)
    found = [(one.edition.name, one.edition.state) for one in content.editions if one.edition]
    assert found == [("2026", EditionState(state)), ("2019", EditionState.SUPERSEDED)]
    assert content.former is content.editions[1]


def test_each_edition_has_its_own_words_and_the_site_those_in_force(root: Path) -> None:
    content = read_project(root, on("2026-02-01")).content
    assert {one.edition.name: one.rules["telefon-ring"].text for one in (content, *content.editions) if one.edition} == {
        "2023": "vi skal ringe",
        "2026": "vi skal skrive",
        "2019": "vi skal møde op",
    }
    assert list(content.pages) == ["index.md", "strategi/formaal.md", "kanaler/telefon.md", "soeg.md"]
    page = content.published_pages["udgaver/2026/kanaler/telefon.md"]
    assert page.url == "udgaver/2026/kanaler/telefon/" and content.content_of(page.path) is content.editions[0]
    assert content.editions[0].replacements[page.path] == "kanaler/telefon/"


def test_ids_of_two_editions_are_no_conflict_and_the_project_has_no_problem(root: Path) -> None:
    found = [str(one) for one in find_diagnostics(root, on("2026-02-01"), MACROS)]
    assert len(found) == 1 and "har ingen kvittering" in found[0]


def test_a_mistake_in_a_proposal_is_reported_and_one_in_a_filed_edition_is_not(root: Path) -> None:
    for name in ("2019", "2026"):
        file = root / f"docs/udgaver/{name}/kanaler/telefon.md"
        file.write_text(file.read_text() + "\n[Væk](../svar/vaek.md)\n\n{{ regel() }}\n")
    found = [one for one in find_diagnostics(root, on("2026-02-01"), MACROS) if "kvittering" not in one.file + one.message]
    assert {one.file for one in found} == {"docs/udgaver/2026/kanaler/telefon.md"} and len(found) == 2


def test_dates_of_a_hearing_that_cannot_be_are_reported(root: Path) -> None:
    write_edition(
        root / "docs", "udgaver/2026", "2026", "skrive", "consultation_from: 2026-01-20\nconsultation_to: 2026-01-10\ndecision: http://x.dk\n", "draft"
    )
    write_edition(root / "docs", "udgaver/2027", "2027", "skrive", "consultation_from: 2026-01-20\n", "draft")
    found = [str(one) for one in find_diagnostics(root, on("2026-02-01"), MACROS)]
    assert any(line.startswith("docs/udgaver/2026/index.md:8: høringen slutter, før den begynder") for line in found)
    assert any("beslutningens adresse begynder ikke med https://" in line for line in found)
    assert any(line.startswith("docs/udgaver/2027/index.md:7: feltet consultation_to mangler") for line in found)


def test_an_edition_without_a_front_page_is_reported(root: Path) -> None:
    (root / "docs/udgaver/2026/index.md").unlink()
    assert any("udgaven har ingen forside" in one.message for one in find_diagnostics(root, on("2026-02-01"), MACROS))


@pytest.mark.parametrize("name", ["../../x", "retningslinjer", "index", "con", "2023--2025", "Forår", "x" * 61, '""', "[a]", ""])
def test_a_name_that_no_folder_can_have_is_reported(root: Path, name: str) -> None:
    front = root / "docs/index.md"
    front.write_text(front.read_text().replace("edition: 2023", f"edition: {name}"))
    [problem] = [found for found in find_diagnostics(root, on("2026-01-15"), MACROS) if "docs/index.md" in found.file]
    assert problem.line == 7 and (name[:60] in problem.message or "edition" in problem.message)


def test_a_folder_that_no_edition_can_be_called_is_reported(root: Path) -> None:
    (root / "docs/udgaver/2026").rename(root / "docs/udgaver/forslag_1")
    found = [str(problem) for problem in find_diagnostics(root, on("2026-01-05"), MACROS) if "forslag_1" in problem.file]
    assert len(found) == 1 and found[0].startswith("docs/udgaver/forslag_1/index.md:1: en udgave kan ikke hedde »forslag_1«")


def test_a_proposal_cannot_have_lapsed_on_a_day_to_come(root: Path) -> None:
    front = root / "docs/udgaver/2026/index.md"
    front.write_text(front.read_text().replace("consultation_from:", "lapsed: 2999-01-01\nconsultation_from:"))
    assert [str(problem) for problem in find_diagnostics(root, on("2026-01-05"), MACROS) if "2026" in problem.file] == [
        "docs/udgaver/2026/index.md:7: forslaget er bortfaldet på en dato, der ikke er kommet – ret datoen i lapsed"
    ]


def test_a_page_where_the_edition_in_force_will_be_filed_is_reported(root: Path) -> None:
    write_edition(root / "docs", "udgaver/2023", "2023", "skrive", status="draft")
    found = [problem.file for problem in find_diagnostics(root, on("2026-01-05"), MACROS) if "skal arkiveres" in problem.message]
    assert found == [f"docs/udgaver/2023/{path}" for path in ("index.md", "kanaler/telefon.md", "strategi/formaal.md")]


@pytest.mark.parametrize(
    ("page", "link", "target"),
    [
        ("udgaver/2026/kanaler/telefon.md", "../strategi/formaal.md", "udgaver/2026/strategi/formaal.md"),
        ("udgaver/2026/strategi/formaal.md", "../billeder/logo.svg", "billeder/logo.svg"),
        ("udgaver/2026/index.md", "kanaler/telefon.md", "udgaver/2026/kanaler/telefon.md"),
        ("kanaler/telefon.md", "../strategi/formaal.md", "strategi/formaal.md"),
        ("udgaver/retningslinjer/skoler/2026-03-01.md", "index.md", "retningslinjer/index.md"),
        ("udgaver/index.md", "../index.md", "index.md"),
    ],
)
def test_a_link_leads_to_the_edition_s_own_file_or_else_to_the_site_s(page: str, link: str, target: str) -> None:
    files = {"udgaver/2026/strategi/formaal.md", "udgaver/2026/kanaler/telefon.md", "strategi/formaal.md", "billeder/logo.svg"}
    assert linked_file(page, link, files, DEFAULT_FOLDERS) == target


def test_a_file_knows_where_it_lies_in_force() -> None:
    assert path_in_force("udgaver/2026/strategi/formaal.md", DEFAULT_FOLDERS) == "strategi/formaal.md"
    assert path_in_force("udgaver/retningslinjer/skoler/2026-03-01.md", DEFAULT_FOLDERS) == "retningslinjer/skoler.md"
    assert path_in_force("udgaver/index.md", DEFAULT_FOLDERS) == "udgaver/index.md"


def test_an_edition_has_the_documents_that_hold_nothing_else(root: Path) -> None:
    content = read_project(root, on("2026-02-01")).content
    assert [document.id for document in edition_documents(content)] == ["kanalstrategi"]
    [document] = content.editions[0].organisation.documents.values()
    assert document.url == "udgaver/2026/pdf/kanalstrategi.pdf"
    assert document.pages == ("udgaver/2026/strategi/formaal.md", "udgaver/2026/kanaler/telefon.md")


def test_the_edition_in_force_is_at_its_name_too_once_it_was_published_there(root: Path) -> None:
    assert all_redirects(read_project(root, on("2026-02-01")).content) == {}
    (root / "docs/udgaver/2023").mkdir()
    (root / "docs/udgaver/2023/kvittering.json").write_text("{}")
    content = read_project(root, on("2026-02-01")).content
    assert all_redirects(content) == {
        "udgaver/2023/": "",
        "udgaver/2023/kanaler/telefon/": "kanaler/telefon/",
        "udgaver/2023/strategi/formaal/": "strategi/formaal/",
    }
    assert "udgaver/2023/pdf/kanalstrategi.pdf" in published_urls(content)


def test_a_heading_with_nothing_below_it_is_removed() -> None:
    def heading(level: int, text: str) -> Element:
        return element(f"h{level}", text)

    root = element(
        "div",
        heading(1, "Titel"),
        heading(2, "A"),
        "\n",
        heading(3, "B"),
        heading(2, "C"),
        element("p", "Tekst"),
        heading(2, "D"),
        heading(3, "E"),
        "Tekst",
        heading(2, "F"),
    )
    remove_empty_sections(root)
    assert write_html([root]).replace("\n", "") == "<div><h1>Titel</h1><h2>C</h2><p>Tekst</p><h2>D</h2><h3>E</h3>Tekst</div>"


@pytest.mark.parametrize("macro", ["det_findes_ikke_mere()", "rules()", 'rules("a", "b", "c")', 'rules("udgaaet")'])
def test_a_filed_page_outlives_the_macros_that_it_calls(macro: str) -> None:
    made = edition_from_markdown({**PAGES, "index.md": f"# Strategi\n\nTekst.\n\n{{{{ {macro} }}}}\n"}, state=EditionState.SUPERSEDED)
    path = f"{made.content.folder}index.md"
    page = render_page(made.parsed_pages[path], made.content.pages[path], made.content, MACROS, files=(), assets="assets")
    assert "Tekst." in line_of(page.root)
