"""New pages begin from templates that come with the program, in the site's words; a site's own at the same path is used instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.content.conventions import (
    ACTION_TEMPLATE,
    ANSWER_FOLDER,
    ANSWER_TEMPLATE,
    CHANNEL_TEMPLATE,
    MATERIAL_FOLDER,
    MATERIAL_TEMPLATE,
    NOBODY,
    PLAN_FOLDER,
)
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.page_template import NewPageError, new_action, new_answer, new_department, new_material
from kanalstrategi.content.project import read_project
from kanalstrategi.design.theme import PAGES
from kanalstrategi.editor.config import FACTS, editor_config
from kanalstrategi.editor.site import templates_of
from kanalstrategi.markdown.front_matter import parse_front_matter
from macros import MACROS
from tests.support.made_up_site import made_up_site
from tests.support.project import EPOCH, Project

DAY = {"SOURCE_DATE_EPOCH": str(EPOCH)}
BEGIN = {ANSWER_TEMPLATE: (new_answer, "Må jeg få en tolk?"), ACTION_TEMPLATE: (new_action, "Saml det"), MATERIAL_TEMPLATE: (new_material, "Et brev")}
IN_OTHER_WORDS = "  shape: {words: {strategy: politik, department: afdeling}}\n  owners:\n"


@pytest.fixture
def site(tmp_path: Path) -> Project:
    return made_up_site(tmp_path / "site")


def begun(site: Project, template: str) -> str:
    begin, title = BEGIN[template]
    return (site.root / begin(site.root, title, DAY)).read_text(encoding="utf-8")


@pytest.mark.parametrize("template", BEGIN)
def test_a_page_begins_from_the_program_s_template_in_the_words_of_the_site(site: Project, template: str) -> None:
    assert not (site.root / "docs/skabeloner").exists()
    text = begun(site, template)
    values = parse_front_matter(text).values
    assert (values["owner"], values["status"], values["reviewed"], values["review_by"]) == ("stab", "draft", "2026-01-01", "2026-07-01")
    assert f"\n# {BEGIN[template][1]}\n" in text and "$" not in text
    site.replace("mkdocs.yml", "  owners:\n", IN_OTHER_WORDS)
    site.replace("mkdocs.yml", "nav:\n", f"    {NOBODY}: {{name: Ingen}}\nnav:\n")
    for page in (site.root / "docs").glob("*/*-*.md"):
        page.unlink()
    other = begun(site, template)
    assert parse_front_matter(other).values["owner"] == NOBODY  # nobody has taken it on yet
    assert "strategi" not in other and ("politik" in other) == ("strategi" in text)


@pytest.mark.parametrize("template", BEGIN)
def test_a_template_of_the_site_s_own_is_used_instead_and_checked(site: Project, template: str) -> None:
    shipped = (PAGES / template).read_text(encoding="utf-8")
    site.write(f"docs/{template}", shipped + "\nVores egen med strategi.\n")
    assert find_diagnostics(site.root, DAY, MACROS) == []
    site.replace("mkdocs.yml", "  owners:\n", IN_OTHER_WORDS)
    assert begun(site, template).endswith("\nVores egen med strategi.\n")
    site.write(f"docs/{template}", shipped + "\n{{ findes_ikke() }}\n")
    reported = [one for one in find_diagnostics(site.root, DAY, MACROS) if one.file == f"docs/{template}"]
    assert [(one.line, one.message) for one in reported] == [(shipped.count("\n") + 2, "makroen findes_ikke findes ikke")]


def test_templates_are_no_pages(site: Project) -> None:
    site.write(f"docs/{ANSWER_TEMPLATE}", (PAGES / ANSWER_TEMPLATE).read_text(encoding="utf-8"))
    loaded = read_project(site.root, DAY)
    assert not [path for path in (*loaded.content.published_pages, *loaded.program.files) if path.startswith("skabeloner/")]
    assert {path.name for path in (PAGES / "skabeloner").iterdir()} == {Path(path).name for path in (*BEGIN, CHANNEL_TEMPLATE)}


def test_the_editor_in_the_browser_begins_with_the_same(site: Project) -> None:
    content = read_project(site.root, DAY).content
    collections = {one["name"]: one for one in editor_config(content, Editing("proxy"), templates_of(site.root / "docs", content), "")["collections"]}
    for folder, template in ((ANSWER_FOLDER, ANSWER_TEMPLATE), (PLAN_FOLDER, ACTION_TEMPLATE), (MATERIAL_FOLDER, MATERIAL_TEMPLATE)):
        shown = {field["name"]: field.get("default") for field in collections[folder]["fields"]}
        [facts] = [field for field in collections[folder]["fields"] if field["name"] == FACTS]
        shown |= {field["name"]: field.get("default") for field in facts["fields"]}
        assert (shown["owner"], shown["status"]) == ("stab", "draft")
        assert shown["body"] == (PAGES / template).read_text(encoding="utf-8").split("\n# ")[1].partition("\n")[2].strip()


def test_a_template_that_nobody_has_is_told_of(site: Project) -> None:
    """What a guideline asks about depends on the channels, so the site has that template."""
    with pytest.raises(NewPageError, match=r"^skabelonen kan ikke læses: "):
        new_department(site.root, "Sundhed", DAY)
