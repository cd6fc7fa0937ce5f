"""What each page of an edition says about it, how a point is answered in a hearing, and where the answer stands afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.content.edition_model import Consultation
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.rendering.page import render_page
from macros import MACROS

PAGE = "---\ndescription: Strategien.\nowner: hus\nstatus: {status}\nreviewed: 2020-01-01\nreview_by: 2030-01-01\n{facts}---\n\n# {title}\n\n"
CHANNEL = "{{{{ status() }}}}\n\n## Sådan gør vi\n\nVi taler sammen.\n\n### Det betyder, at\n\n- vi skal ringe\n    {{: #telefon-ring }}\n- vi skal svare\n\n"
CONFIG = """\
site_name: Strategi
extra:
  organisation: Byen
  owners: {hus: {name: Huset}}
  documents: {kanalstrategi: {name: Strategien, opening: index.md, pages: [kanaler/]}}
nav: [index.md, kanaler/telefon.md, soeg.md]
"""
HEARING = "consultation_from: 2026-01-10\nconsultation_to: 2026-01-20\n"
ANSWERS = (
    PAGE.format(status="adopted", facts="", title="Svar på høringen")
    + "Tak.\n\n## telefon-ring\n\nNogle vil skrive.\n\n## telefon-2\n\nJa.\n\n## Til sidst\n\nTak.\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    editions = {
        "": ("2023", "adopted", "edition: 2023\nadopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n"),
        "udgaver/2026": ("2026", "draft", HEARING),
        "udgaver/2019": ("2019", "adopted", "adopted: 2019-01-01\nadopted_by: direktionen\nsuperseded: 2023-02-28\nsuperseded_by: 2023\n"),
        "udgaver/2018": ("2018", "draft", "lapsed: 2018-05-01\n"),
    }
    for folder, (name, status, facts) in editions.items():
        (docs / folder / "kanaler").mkdir(parents=True)
        (docs / folder / "index.md").write_text(PAGE.format(status=status, facts=facts, title=f"Strategi {name}") + "Tekst.\n")
        (docs / folder / "kanaler/telefon.md").write_text(PAGE.format(status=status, facts="", title="Telefon") + CHANNEL.format())
    (docs / "soeg.md").write_text(PAGE.format(status="adopted", facts="", title="Søg") + "{{ search() }}\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


def read(root: Path, day: str) -> Project:
    return read_project(root, on(day))


def on(day: str) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str((date.fromisoformat(day) - date(1970, 1, 1)).days * 86400 + 43200)}


def rendered(project: Project, path: str, consultation: Consultation | None = None) -> Element:
    content = project.content.content_of(path)
    content = replace(content, organisation=replace(content.organisation, consultation=consultation))
    page = content.published_pages[path]
    return render_page(project.parsed_pages[path], page, content, MACROS, files=project.files, assets="a", site_url="https://b.dk/").root


def with_class(root: Element, name: str) -> list[Element]:
    return [node for node in descendants(root) if node.has_class(name)]


@pytest.mark.parametrize(
    ("folder", "day", "mark", "more"),
    [
        ("2026", "2026-01-01", "Forslag – gælder ikke", "Forslaget kommer i høring fra 10. januar 2026 til 20. januar 2026."),
        ("2026", "2026-01-20", "I høring fra 10. januar 2026 til 20. januar 2026", "Det er et forslag og gælder ikke."),
        ("2026", "2026-01-21", "Forslag – gælder ikke", "Forslaget var i høring fra 10. januar 2026 til 20. januar 2026."),
        ("2019", "2026-01-01", "Afløst den 28. februar 2023 af Strategi 2023", "Vedtaget den 1. januar 2019 af direktionen."),
        ("2018", "2026-01-01", "Bortfaldet den 1. maj 2018", "Forslaget er opgivet og har aldrig været gældende."),
    ],
)
def test_every_page_of_an_edition_says_at_its_top_which_it_is_and_leads_to_the_one_in_force(root: Path, folder: str, day: str, mark: str, more: str) -> None:
    page = rendered(read(root, day), f"udgaver/{folder}/kanaler/telefon.md")
    elements = [child for child in page.children if type(child) is Element]
    assert elements[0].tag == "h1" and elements[1].has_class("edition-banner")
    assert len(with_class(page, "edition-banner")) == 1 and not with_class(page, "status")
    text = line_of(elements[1])
    assert text.startswith(mark) and more in text
    links = {line_of(node): node.attributes["href"] for node in descendants(elements[1]) if node.tag == "a"}
    assert links["Læs siden, der gælder nu"] == "../../../../kanaler/telefon/"
    assert links[f"Forsiden af Strategi {folder}"] == "../../"
    assert ("../../kvittering.json" in links.values()) == mark.startswith("Afløst")


def test_a_page_in_force_names_its_edition_once_there_are_others(root: Path) -> None:
    project = read(root, "2026-01-01")
    assert "Vedtaget 28. februar 2023Udgave: 2023" in line_of(with_class(rendered(project, "kanaler/telefon.md"), "status")[0])
    alone = replace(project, content=replace(project.content, editions=()))
    assert "Udgave" not in line_of(with_class(rendered(alone, "kanaler/telefon.md"), "status")[0])


def test_in_a_hearing_each_point_has_its_reference_and_a_link_to_answer_it(root: Path) -> None:
    portal = Consultation(url="https://svar.example/?punkt={reference}")
    page = rendered(read(root, "2026-01-15"), "udgaver/2026/kanaler/telefon.md", portal)
    links = with_class(page, "block-answer")
    references = ["telefon-1", "telefon-2", "telefon-ring", "telefon-4"]
    assert [link.attributes["href"] for link in links] == [f"https://svar.example/?punkt={reference}" for reference in references]
    assert [link.attributes["aria-label"] for link in links] == [f"Svar på dette punkt: {reference}" for reference in references]
    assert [line_of(node) for node in with_class(page, "block-reference")] == [f"Punkt {reference}" for reference in references]
    ids = [node.id for node in descendants(page) if node.id]
    assert len(ids) == len(set(ids)) and {"telefon-2", "telefon-ring", "telefon-4"} <= set(ids)
    assert all(link.has_class("web-only") for link in links)


def test_an_answer_by_mail_says_so_and_how_to_write_it_by_hand(root: Path) -> None:
    page = rendered(read(root, "2026-01-15"), "udgaver/2026/kanaler/telefon.md", Consultation(email="svar@byen.dk"))
    [banner] = with_class(page, "edition-banner")
    assert "Linket åbner en mail. Kan du ikke skrive en mail herfra, så skriv selv til adressen, og nævn punktets navn" in line_of(banner)
    links = [node for node in descendants(page) if node.tag == "a"]
    assert "mailto:svar@byen.dk" in [link.attributes["href"] for link in links if line_of(link) == "svar@byen.dk"]
    answers = with_class(page, "block-answer")
    assert [link.attributes["aria-label"] for link in answers][2] == "Svar på dette punkt (åbner en mail): telefon-ring"


def test_what_a_proposal_changes_is_marked_and_leads_to_the_change(root: Path) -> None:
    path = "udgaver/2026/kanaler/telefon.md"
    file = root / "docs" / path
    text = file.read_text().replace("vi skal svare\n", "vi skal svare\n- vi skal skrive\n    {: #telefon-skriv }\n")
    file.write_text(text.replace("vi skal ringe", "vi skal altid ringe"))
    for day, before in (("2026-01-15", "Punkt telefon-ring · "), ("2026-01-01", "")):
        page = rendered(read(root, day), path, Consultation(email="a@b.dk") if before else None)
        links = [node for mark in with_class(page, "block-change") for node in descendants(mark) if node.tag == "a"]
        assert [(line_of(link), link.attributes["href"]) for link in links] == [
            ("Ændret", "../../aendringer/#aendring-telefon-ring"),
            ("Ny", "../../aendringer/#aendring-telefon-skriv"),
        ]
        assert f"{before}Ændret" in [line_of(note)[: len(before) + 6] for note in with_class(page, "block-notes")]
    assert not with_class(rendered(read(root, "2026-01-15"), "kanaler/telefon.md"), "block-change")


def test_outside_a_hearing_points_have_anchors_and_nothing_to_read(root: Path) -> None:
    for day, path in (
        ("2026-01-15", "udgaver/2019/kanaler/telefon.md"),
        ("2026-01-01", "udgaver/2026/kanaler/telefon.md"),
        ("2026-01-01", "kanaler/telefon.md"),
    ):
        page = rendered(read(root, day), path, Consultation(email="a@b.dk"))
        assert {"telefon-2", "telefon-4"} <= {node.id for node in descendants(page)}
        assert not with_class(page, "block-answer") and not with_class(page, "block-reference")


def test_an_answer_quotes_its_point_and_the_point_leads_to_the_answer(root: Path) -> None:
    (root / "docs/udgaver/2026/svar.md").write_text(ANSWERS)
    project = read(root, "2026-01-21")
    page = rendered(project, "udgaver/2026/svar.md")
    headings = [(line_of(node), node.id) for node in descendants(page) if node.tag == "h2"]
    assert headings == [("Telefon: vi skal ringe", "telefon-ring"), ("Telefon: Vi taler sammen.", "telefon-2"), ("Til sidst", "til-sidst")]
    quotes = [node for node in descendants(page) if node.tag == "blockquote"]
    assert [line_of(quote) for quote in quotes] == ["vi skal ringePunktet telefon-ring i strategien", "Vi taler sammen.Punktet telefon-2 i strategien"]
    assert [node.attributes["href"] for quote in quotes for node in descendants(quote) if node.tag == "a"] == [
        "../kanaler/telefon/#telefon-ring",
        "../kanaler/telefon/#telefon-2",
    ]
    channel = rendered(project, "udgaver/2026/kanaler/telefon.md")
    assert [link.attributes["href"] for link in with_class(channel, "block-answer")] == ["../../svar/#telefon-2", "../../svar/#telefon-ring"]


def test_the_answers_follow_the_text_when_the_edition_comes_into_force(root: Path) -> None:
    docs = root / "docs"
    front = docs / "index.md"
    front.write_text(front.read_text().replace("edition: 2023", "edition: 2026"))
    for file in sorted((docs / "udgaver/2026").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    (docs / "udgaver/2026/svar.md").write_text(ANSWERS)
    project = read(root, "2026-03-01")
    page = rendered(project, "udgaver/2026/svar.md")
    assert "../../../kanaler/telefon/#telefon-2" in [node.attributes.get("href") for node in descendants(page)]
    assert with_class(rendered(project, "kanaler/telefon.md"), "block-answer")
    [banner] = with_class(page, "edition-banner")
    assert line_of(banner).startswith("Om Strategi 2023, der gælder nu") and not with_class(page, "status")
    assert "../../../" in [node.attributes["href"] for node in descendants(banner) if node.tag == "a"]


def test_a_hearing_without_an_address_is_a_problem_that_says_what_to_write(root: Path) -> None:
    def found(day: str) -> list[str]:
        return [str(diagnostic) for diagnostic in find_diagnostics(root, on(day), MACROS) if "høring" in diagnostic.message]

    (line,) = found("2026-01-15")
    assert line.startswith("mkdocs.yml:2: Strategi 2026 er i høring, men der står ikke, hvor man svarer – skriv `consultation:`")
    assert found("2026-01-21") == []
    (root / "mkdocs.yml").write_text(CONFIG.replace("extra:\n", "extra:\n  consultation: {email: hoering@byen.dk}\n"))
    assert found("2026-01-15") == []


def test_a_content_without_editions_has_no_anchors(root: Path) -> None:
    project = read(root, "2026-01-01")
    content: Content = replace(project.content, editions=())
    assert not with_class(rendered(replace(project, content=content), "kanaler/telefon.md"), "block-anchor")
