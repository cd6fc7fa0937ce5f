"""The configuration of the editor in the browser, from mkdocs.yml and the content model."""

from __future__ import annotations

import yaml

from kanalstrategi.content.conventions import KNOWN_KEYS, STATEMENT_PAGE
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.project import read_project
from kanalstrategi.editor.config import FACTS, editor_config, entry_url, fields
from kanalstrategi.editor.field_types import Json
from kanalstrategi.editor.goal_fields import MEASUREMENTS
from kanalstrategi.editor.site import templates_of
from tests.support.edition_records import in_force, other
from tests.support.project import ROOT, Project

TEMPLATES = templates_of(ROOT / "docs", read_project(ROOT, {}).content)
LOCAL = Editing("proxy")
_EVERY_KIND = ("index.md", "kanaler/x.md", "retningslinjer/x.md", "svar/x.md", "procesplan/x.md", "materiale/x.md", "maal/x.md", "status.md", STATEMENT_PAGE)


def unfolded(of_page: list[Json]) -> list[Json]:
    """Fields with those that are folded in the place of their group."""
    return [inner for field in of_page for inner in (field["fields"] if field["name"] == FACTS else [field])]


def test_the_editor_has_every_page_once_and_a_field_for_every_key_of_the_model() -> None:
    content = read_project(ROOT, {}).content
    config = editor_config(content, LOCAL, TEMPLATES, "")
    files = [file["file"] for collection in config["collections"] if collection["name"] != MEASUREMENTS for file in collection.get("files", [])]
    kinds = (content.guidelines, content.answers, content.actions, content.materials)
    in_folders = [f"docs/{page.path}" for page in (one.page for kind in kinds for one in kind)]
    assert sorted(files + in_folders) == sorted(f"docs/{path}" for path, page in content.pages.items() if not page.is_of_program)
    every = {field["name"] for path in _EVERY_KIND for field in unfolded(fields(path, content))}
    written_by_commands = {"superseded", "superseded_by", "lapsed"}
    assert every == {*KNOWN_KEYS, "body"} - written_by_commands
    for path, page in content.pages.items():
        if page.is_of_program:
            continue
        offered = {field["name"] for field in unfolded(fields(path, content))}
        assert set(read_front(path)) <= offered, path
        assert page.owner.id in [option["value"] for field in unfolded(fields(path, content)) if field["name"] == "owner" for option in field["options"]]


def test_pages_of_a_proposal_are_edited_and_those_of_a_filed_edition_are_not() -> None:
    content = in_force(other("2027-2030", EditionState.PROPOSAL), other("2021", EditionState.SUPERSEDED), other("2026", EditionState.LAPSED))
    [editions] = [collection for collection in editor_config(content, LOCAL, TEMPLATES, "")["collections"] if collection["name"] == "udgaver"]
    assert {file["file"] for file in editions["files"]} == {f"docs/{path}" for path in content.editions[0].pages}
    front, about = (next(file for file in editions["files"] if file["file"].endswith(name)) for name in ("index.md", "strategi/om.md"))
    assert (front["name"], front["public_folder"], about["public_folder"]) == ("udgaver--2027-2030--index", "billeder", "../billeder")
    assert about["label"] == f"Kanalstrategi 2027-2030: {content.pages['strategi/om.md'].title}"
    names = {field["name"] for field in unfolded(front["fields"])}
    assert {"consultation_from", "consultation_to"} <= names and not names & {"adopted", "adopted_by", "superseded", "lapsed"}
    assert "consultation_from" not in {field["name"] for field in unfolded(about["fields"])}
    url = entry_url(content.editions[0].pages["udgaver/2027-2030/strategi/om.md"], content.folders)
    assert url == "admin/#/collections/udgaver/entries/udgaver--2027-2030--strategi--om"


def test_a_new_answer_asks_for_all_that_an_answer_must_have() -> None:
    content = read_project(ROOT, {}).content
    [answers] = [collection for collection in editor_config(content, LOCAL, TEMPLATES, "")["collections"] if collection["name"] == "svar"]
    of_new = {field["name"]: field for field in unfolded(answers["fields"])}
    assert answers["create"] and answers["folder"] == "docs/svar" and answers["identifier_field"] in of_new
    assert [option["value"] for option in of_new["channel"]["options"]] == [*content.channels]
    assert all(of_new[name].get("required", True) for name in ("title", "description", "channel", "keywords", "body"))
    assert not of_new["short"]["required"] and of_new["short"]["label"] == "Kort fortalt"
    assert "default" not in of_new["channel"] and (of_new["status"]["default"], of_new["hide"]["default"]) == ("draft", ["toc"])
    assert of_new["body"]["default"].startswith("{{ status() }}\n\n{# ") and of_new["body"]["default"].count("\n## ") == 2


def test_a_new_action_and_new_material_ask_for_what_they_need() -> None:
    content = read_project(ROOT, {}).content
    collections = {collection["name"]: collection for collection in editor_config(content, LOCAL, TEMPLATES, "")["collections"]}
    action = {field["name"]: field for field in unfolded(collections["procesplan"]["fields"])}
    assert list(action)[:2] == ["title", "action"] and (action["action"]["default"], action["owner"]["default"]) == ("open", "ikke-udpeget")
    assert not any(action[name]["required"] for name in ("begins", "due", "done", "serves"))
    served = [option["value"] for option in action["serves"]["options"]]
    assert "telefon-telefontider" in served and {id for one in content.actions for id in (*one.goals, *one.rules)} <= set(served)
    assert "title" not in action["body"]["default"] and action["body"]["default"].startswith("{{ status() }}")
    material = {field["name"]: field for field in unfolded(collections["materiale"]["fields"])}
    assert all(material[name].get("required", True) for name in ("title", "description", "purpose", "audience"))
    assert [option["value"] for option in material["supports"]["options"]] == [one.id for one in content.actions]
    assert all(collections[name]["create"] and collections[name]["format"] for name in ("procesplan", "materiale"))


def test_the_editor_knows_where_the_repository_tells_the_rest() -> None:
    content = read_project(ROOT, {}).content
    sites = [
        (Editing("github", "a/b", "main", "https://login.example.org", "", "https://api.github.com"), "https://github.com/a/b/pulls"),
        (Editing("github", "a/b", "main", "https://login.example.org", "", "https://kode.example.org/api/v3"), "https://kode.example.org/a/b/pulls"),
        (Editing("gitlab", "a/b", "main", "https://kode.example.org", "x", "https://kode.example.org/api/v4"), "https://kode.example.org/a/b/-/merge_requests"),
    ]
    for editing, url in sites:
        config = editor_config(content, editing, TEMPLATES, "")
        assert config["review"]["url"] == url and config["checks_in_browser"]
    local = editor_config(content, LOCAL, TEMPLATES, "")
    assert "review" not in local and not local["checks_in_browser"]


def read_front(path: str) -> dict[str, object]:
    return yaml.safe_load((ROOT / "docs" / path).read_text(encoding="utf-8").split("---\n")[1])


GITHUB = "  editing:\n    backend: github\n    repository: a/b\n    branch: main\n    sign_in: https://login.example.org\n"


def test_editing_is_optional_and_its_errors_are_reported(project: Project) -> None:
    assert project.check() == []
    config = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("mkdocs.yml", config.replace("extra:\n", f"extra:\n{GITHUB}", 1))
    assert project.check() == []
    wrong = GITHUB.replace("github", "gitlab").replace("a/b", "ab").replace("https://login", "http://login") + "    filial: x\n"
    project.write("mkdocs.yml", config.replace("extra:\n", f"extra:\n{wrong}", 1))
    first = config[: config.index("extra:\n")].count("\n") + 2
    reported = project.check()
    assert [int(line.split(":")[1]) - first for line in reported] == [0, 2, 4, 5], reported
    assert all(" – " in line and line.startswith("mkdocs.yml:") for line in reported)


def test_each_goal_has_its_measurements_also_before_there_is_a_file() -> None:
    content = read_project(ROOT, {}).content
    [table] = [collection for collection in editor_config(content, LOCAL, TEMPLATES, "")["collections"] if collection["name"] == MEASUREMENTS]
    assert [(file["file"], file["label"]) for file in table["files"]] == [(f"docs/maal/{goal.id}.csv", goal.page.title) for goal in content.goals] != []
