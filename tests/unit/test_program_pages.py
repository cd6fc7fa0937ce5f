"""The pages that belong to the program are on a site as if they lay in its `docs/`, and nothing of the site's own is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.code_owners import code_owners
from kanalstrategi.content.guide_example import read_example
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.project import Project as LoadedProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.tasks import tasks
from kanalstrategi.design.theme import PAGES
from kanalstrategi.markdown.nodes import Element, descendants, text_of
from kanalstrategi.pdf.cover import document_facts
from kanalstrategi.rendering.page import render_page
from kanalstrategi.search.audiences import PageKind, page_kind
from kanalstrategi.site_macros import MacroNameError, load_registry
from macros import MACROS
from tests.support.made_up_site import FIELDS, made_up_site
from tests.support.project import EPOCH, ROOT, Project

OWN_MACRO = """
from kanalstrategi.rendering.macros import Call, MacroRegistry, macro

from .words import GREETING


@macro
def {name}(call: Call) -> str:
    return GREETING


MACROS = MacroRegistry([{name}])
"""


@pytest.fixture
def site(tmp_path: Path) -> Project:
    return made_up_site(tmp_path / "site")


def read(site: Project) -> LoadedProject:
    return read_project(site.root, {"SOURCE_DATE_EPOCH": str(EPOCH)})


def problems(site: Project) -> list[str]:
    return [str(one) for one in find_diagnostics(site.root, {"SOURCE_DATE_EPOCH": str(EPOCH)}, load_registry(site.root))]


def article(loaded: LoadedProject, path: str) -> Element:
    content: Content = loaded.content
    return render_page(loaded.parsed_pages[path], content.pages[path], content, MACROS, files=loaded.files, assets="a").root


def test_a_made_up_site_has_no_problem_and_the_pages_that_its_menu_names(site: Project) -> None:
    assert problems(site) == []
    loaded = read(site)
    assert {"redaktoer/index.md", "redaktoer/makroer.md", "nyt.md", "soeg.md"} <= {*loaded.program.pages}
    assert loaded.content.pages["redaktoer/makroer.md"].owner.name == "Staben"
    assert not loaded.content.pages["index.md"].is_of_program


def test_a_page_of_the_program_is_there_when_the_menu_or_a_page_of_the_site_leads_to_it(site: Project) -> None:
    for entry in ("  - nyt.md\n", "  - For redaktører: [redaktoer/index.md, redaktoer/*]\n"):
        site.replace("mkdocs.yml", entry, "")
    loaded = read(site)
    assert {"nyt.md", "redaktoer/index.md"}.isdisjoint(loaded.content.pages) and loaded.program.images == ()
    site.replace("docs/index.md", "Fjordby taler", "[Det nyeste](nyt.md). Fjordby taler")
    assert "nyt.md" in read(site).content.pages and problems(site) == []


def test_settings_that_cannot_be_read_make_no_link_a_mistake(site: Project) -> None:
    site.replace("docs/index.md", "Fjordby taler", "[Det nyeste](nyt.md). Fjordby taler")
    site.write("mkdocs.yml", "site_name: [\n")
    found = problems(site)
    assert any(line.startswith("mkdocs.yml:") for line in found) and not any("peger på" in line for line in found)


def test_a_page_of_the_site_s_own_replaces_one(site: Project) -> None:
    site.write("docs/redaktoer/felter-og-tekst.md", FIELDS + "# Vores egen vejledning\n\nSpørg Staben.\n")
    loaded = read(site)
    page = loaded.content.pages["redaktoer/felter-og-tekst.md"]
    assert (page.title, page.is_of_program) == ("Vores egen vejledning", False)
    assert problems(site) == []  # although the rest of the guide links to parts that it does not have
    targets = {link.target for link in loaded.parsed_pages["redaktoer/makroer.md"].links}
    assert "felter-og-tekst.md" in targets and "felter-og-tekst.md#changed" not in targets


def test_a_link_to_a_page_that_the_site_lacks_is_text(site: Project) -> None:
    root = article(read(site), "redaktoer/makroer.md")
    links = {node.attributes["href"] for node in descendants(root) if node.tag == "a"}
    assert "../../retningslinjer/" in links
    assert not any(link.startswith(("../../procesplan", "../../medarbejdere", "../../maal")) for link in links)


def test_a_mistake_in_a_page_of_the_program_is_not_said_to_be_in_docs(site: Project) -> None:
    site.replace("docs/index.md", "edition: 2026-2029\n", "")
    [line] = problems(site)
    assert line.startswith("pages/udgaver/index.md:")
    assert line.endswith("(siden følger med programmet; en side i docs/udgaver/index.md træder i stedet for den)")


def test_the_owner_of_the_site_is_named_or_the_first(site: Project) -> None:
    site.replace("mkdocs.yml", "  owners:\n", "  site_owner: havn\n  owners:\n    kaj: {name: Kajen}\n    havn: {name: Havnen}\n")
    assert read(site).content.pages["nyt.md"].owner.name == "Havnen"
    line = site.replace("mkdocs.yml", "site_owner: havn", "site_owner: havm")
    assert problems(site) == [f"mkdocs.yml:{line}: den ansvarlige havm i site_owner findes ikke – mente du havn?"]
    assert read(site).content.pages["nyt.md"].owner.name == "Kajen"


def test_nobody_in_the_municipality_is_asked_to_review_what_comes_with_the_program(site: Project) -> None:
    site.replace("mkdocs.yml", 'phone: "11 22 33 44"', 'account: "@fjordby/stab"')
    late = read_project(site.root, {"SOURCE_DATE_EPOCH": str(EPOCH + 3 * 365 * 86400)})
    own = [path for path, page in late.content.pages.items() if not page.is_of_program]
    assert {warning.file for warning in find_warnings(late, site.root / "docs") if "gennemgået senest" in warning.message} == {f"docs/{path}" for path in own}
    assert "soeg" not in {task.id for task in tasks(late.content)}
    assert "/docs/index.md @fjordby/stab" in code_owners(late.content) and "soeg" not in code_owners(late.content)


def test_no_page_of_the_program_is_a_draft_or_adopted_but_the_statement(site: Project) -> None:
    """Nobody can adopt them, so they would be drafts for ever. The statement is about the municipality, which has to say what it declares."""
    site.write("docs/data.md", FIELDS.replace("adopted", "draft") + "# Vores data\n")
    late = read_project(site.root, {"SOURCE_DATE_EPOCH": str(EPOCH + 3 * 365 * 86400)})
    content, statement = late.content, "tilgaengelighed/erklaering.md"
    shipped = {path: page for path, page in content.pages.items() if page.is_of_program}
    assert {path for path, page in shipped.items() if page.told_status is not None} == {statement}
    for path, page in shipped.items():
        [status] = [node for node in descendants(article(late, path)) if node.has_class("status")]
        assert text_of(status).split("Ansvarlig: ")[0].strip() == ("Udkast" if path == statement else ""), path
        assert "Staben" in text_of(status) and "Ældre end" not in text_of(status)
        assert page_kind(page, content) is not PageKind.DRAFT or path == statement
    assert "Udkast" in text_of(article(late, "data.md")) and "Ældre end" in text_of(article(late, "data.md"))
    records = {record["id"]: record for record in OPEN_DATA["pages"](content)}
    assert {(records[page.id]["status"], records[page.id]["old"]) for page in shipped.values()} == {("", False), ("draft", False)}
    assert (records["data"]["status"], records["data"]["old"]) == ("draft", True)


def test_a_sheet_of_a_page_of_the_program_is_neither_adopted_nor_a_draft(site: Project) -> None:
    site.replace("mkdocs.yml", "nav:\n", "  documents:\n    ark: {name: arket, opening: status.md, sheet: true}\nnav:\n")
    content = read(site).content
    [document] = content.organisation.documents.values()
    assert document.opening == "status.md" and document_facts(document, content, site_url="").cover_lines == ()


def test_the_pages_of_the_program_name_nobody_s_municipality() -> None:
    for file in [*PAGES.rglob("*.md"), *PAGES.rglob("*.yml")]:
        text = file.read_text(encoding="utf-8")
        assert "Guldborgsund" not in text and "politik-personale" not in text, file
        if {"eksempel", "skabeloner"}.isdisjoint(file.parts):
            assert not any(line.startswith(("owner:", "status: adopted")) for line in text.split("---")[1].split("\n")), file


def test_the_example_of_the_guide_is_a_site_without_problems() -> None:
    assert find_diagnostics(PAGES / "eksempel", {"SOURCE_DATE_EPOCH": str(EPOCH)}, MACROS) == []


def test_the_guide_shows_the_same_examples_on_every_site(site: Project) -> None:
    ours = article(read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}), "redaktoer/makroer.md")
    theirs = article(read(site), "redaktoer/makroer.md")
    shown = [[node for node in descendants(root) if node.has_class("example")] for root in (ours, theirs)]
    assert len(shown[0]) > 12 and shown[0] == shown[1]
    assert not [link for box in shown[0] for link in descendants(box) if link.tag == "a" or link.id]
    rule = read_example(read(site).content.today).content.rules["telefon-notat"]
    assert any(rule.text in str(box) for box in shown[0])


def test_a_site_s_own_macros_come_on_top_of_the_shared(site: Project) -> None:
    site.write("macros/words.py", 'GREETING = "Goddag"\n')
    site.write("macros/__init__.py", OWN_MACRO.format(name="greeting"))
    registry = load_registry(site.root)
    assert {*registry} == {*MACROS, "greeting"}
    site.write("macros/__init__.py", OWN_MACRO.format(name="rule"))
    with pytest.raises(MacroNameError, match=r"^macros/__init__.py: navnet rule er taget af en makro, der følger med programmet – giv jeres egen"):
        load_registry(site.root)


def test_a_site_without_macros_has_the_shared_and_a_clone_its_own(site: Project) -> None:
    assert {*load_registry(site.root)} == {*MACROS} == {*load_registry(ROOT)}
