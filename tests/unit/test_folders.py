"""A site may call the folders of its strategy, channels and guidelines something else: all that comes of them is the same at other addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.checks.browser_rules import browser_rules
from kanalstrategi.content.conventions import EDITOR_FOLDER
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.folder_settings import NAMES_OF_PROGRAM
from kanalstrategi.content.folders import DEFAULT_FOLDERS, Folders
from kanalstrategi.content.project import Project as Read
from kanalstrategi.content.project import read_project
from kanalstrategi.content.settings import settings_of
from kanalstrategi.editor.config import editor_config, entry_url
from kanalstrategi.markdown.nodes import descendants, text_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.search.audiences import PageKind, page_kind, searches_as_staff
from kanalstrategi.search.portal_index import DATA_FILES, GUIDELINE_FILE, portal_pages
from macros import MACROS
from tests.support.project import EPOCH, ROOT, Project, copied
from tests.support.renamed_folders import NAMES, SHAPE, rename_folders, with_former_names
from tests.support.small_project import FILES, run, small_project, tree

OURS = Folders("politik", "veje", "afdelinger")
DAY = {"SOURCE_DATE_EPOCH": str(EPOCH)}
LOCAL = Editing("proxy")
TEMPLATES = {name: parse("# Titel\n\nTekst.\n") for name in ("retningslinjer", "svar", "procesplan", "materiale")}
IS_NO_NAME = "shape.folders.channels er ikke navnet på en mappe – skriv ét navn med små bogstaver a–z"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """This project with its three folders renamed."""
    project = copied(tmp_path_factory.mktemp("renamed") / "project")
    rename_folders(project)
    return project


@pytest.fixture(scope="module")
def read(renamed: Project) -> Read:
    return read_project(renamed.root, DAY)


@pytest.fixture(scope="module")
def ours() -> Read:
    return read_project(ROOT, DAY)


def ordered(value: Any) -> Any:
    """JSON with every list sorted: the order of paths changes with the names of folders."""
    if isinstance(value, dict):
        return {key: ordered(item) for key, item in value.items()}
    return sorted(map(ordered, value), key=json.dumps) if isinstance(value, list) else value


def compared(value: object) -> Any:
    """A value as JSON in which the folders have the program's names."""
    return ordered(json.loads(with_former_names(json.dumps(value, ensure_ascii=False).replace('\\"', "`"))))


# Reading them


def test_the_settings_name_them() -> None:
    assert settings_of(b"extra:\n" + SHAPE.encode()).folders == OURS
    assert settings_of(b"extra: {shape: {folders: {channels: veje}}}").folders == Folders(channels="veje")
    assert settings_of(b"").folders == DEFAULT_FOLDERS == Folders("strategi", "kanaler", "retningslinjer")


@pytest.mark.parametrize(
    ("folders", "line", "message"),
    [
        ("politik", 5, "shape.folders har ingen mapper – skriv dem under den, som `strategy: politik`, `channels: veje` og `guidelines: afdelinger`"),
        ("{channel: kanaler}", 5, "shape.folders.channel kendes ikke – mente du channels?"),
        ("{channels: Små Veje}", 5, f"{IS_NO_NAME}, tal og bindestreg, højst 40 tegn, som `channels: smaa-veje`"),
        ("{channels: a/b}", 5, IS_NO_NAME),
        ("{channels: ../b}", 5, IS_NO_NAME),
        ("{channels: a_b}", 5, IS_NO_NAME),
        ("{channels: ''}", 5, IS_NO_NAME),
        ("{channels: 2026}", 5, IS_NO_NAME),
        ("{channels: }", 5, IS_NO_NAME),
        ("{channels: [veje]}", 5, IS_NO_NAME),
        (f"{{channels: {'a' * 41}}}", 5, IS_NO_NAME),
        ("{guidelines: svar}", 5, "shape.folders.guidelines kan ikke være svar: det navn er taget af hjemmesiden selv – vælg et andet, som `guidelines: afd"),
        ("{strategy: data}", 5, "shape.folders.strategy kan ikke være data: det navn er taget af hjemmesiden selv"),
        ("{strategy: con}", 5, "shape.folders.strategy kan ikke være con: det navn er taget af hjemmesiden selv"),
        ("{strategy: kanaler}", 5, "shape.folders.strategy er kanaler, og det er shape.folders.channels også – giv hver af de tre sin egen mappe"),
        ("{strategy: strategi, channels: strategi}", 5, "shape.folders.channels er strategi, og det er shape.folders.strategy også"),
        ("{strategy: strateg}", 5, "shape.folders.strategy er strateg, men docs/strateg/ har ingen sider – ret navnet, eller flyt siderne dertil; mente"),
        ("\n      strategy: strategi\n      channels: kanal", 7, "shape.folders.channels er kanal, men docs/kanal/ har ingen sider"),
    ],
)  # fmt: skip # one mistake on a line
def test_what_is_wrong_is_told_of_where_it_stands(tmp_path: Path, folders: str, line: int, message: str) -> None:
    project = small_project(tmp_path)
    project.replace("mkdocs.yml", "extra:\n", f"# Ny\nextra:\n  shape:\n    folders: {folders}\n")
    found = [str(one) for one in read_project(project.root, {}).diagnostics if one.file == "mkdocs.yml" and "shape" in one.message]
    assert len(found) == 1 and found[0].startswith(f"mkdocs.yml:{line}: {message}"), found


@pytest.mark.parametrize("folders", ["{strategy: strategi, channels: kanaler, guidelines: retningslinjer}", "{}", "{channels: kanaler}"])
def test_what_is_right_is_not_told_of(tmp_path: Path, folders: str) -> None:
    project = small_project(tmp_path)
    project.replace("mkdocs.yml", "extra:\n", f"extra:\n  shape:\n    folders: {folders}\n")
    assert read_project(project.root, {}).diagnostics == () and read_project(project.root, {}).content.folders == DEFAULT_FOLDERS


def test_a_name_of_the_program_is_no_folder_of_a_site(ours: Read) -> None:
    in_docs = {path.partition("/")[0].removesuffix(".md") for path in (*ours.files, *ours.content.published_pages)}
    assert in_docs - {*NAMES} <= NAMES_OF_PROGRAM
    assert NAMES_OF_PROGRAM.isdisjoint({*NAMES, *NAMES.values()})


def test_the_folders_can_change_names_with_each_other() -> None:
    swapped = Folders(strategy="kanaler", channels="strategi")
    assert swapped.placed("kanaler/telefon.md") == "strategi/telefon.md" and swapped.as_shipped("strategi/telefon.md") == "kanaler/telefon.md"
    assert OURS.as_shipped("retningslinjer/index.md") == "" and OURS.as_shipped("afdelinger/index.md") == "retningslinjer/index.md"
    assert OURS.placed("nyt.md") == OURS.as_shipped("nyt.md") == "nyt.md" and OURS.as_shipped("strategi.md") == "strategi.md"


# A whole project


def test_a_renamed_project_has_no_problem_and_the_same_content(renamed: Project, read: Read, ours: Read) -> None:
    assert renamed.check() == []
    of, other = read.content, ours.content
    assert {with_former_names(path) for path in of.pages} == {*other.pages} and of.pages.keys().isdisjoint(other.pages.keys() - read.files)
    assert [group.id for group in of.groups] == [group.id for group in other.groups] and of.rules.keys() == other.rules.keys()
    assert [guideline.id for guideline in of.guidelines] == [guideline.id for guideline in other.guidelines]
    assert of.passages.keys() == other.passages.keys() and of.named_hosts == other.named_hosts
    assert [document.url for document in of.organisation.documents.values()] == [document.url for document in other.organisation.documents.values()]
    kinds = {with_former_names(page.path): page_kind(page, of) for page in of.pages.values()}
    assert kinds == {page.path: page_kind(page, other) for page in other.pages.values()}
    assert searches_as_staff("afdelinger/skoler.md", OURS) and not searches_as_staff("retningslinjer/skoler.md", OURS)


def test_the_programs_own_pages_follow(read: Read) -> None:
    assert "afdelinger/index.md" in read.program.pages and "retningslinjer/index.md" not in read.files
    for path in read.program.pages:
        parsed = read.parsed_pages[path]
        names = [link.target for link in parsed.links if not link.is_image and re.search(rf"\b({'|'.join(NAMES)})/", link.target)]
        assert names == [], path
    guide = read.parsed_pages[f"{EDITOR_FOLDER}/index.md"]
    assert any(link.target.startswith("../afdelinger/") for link in guide.links)
    shown = "\n".join(text_of(one) for one in descendants(guide.root) if one.tag == "code")
    assert "docs/afdelinger" in shown and "docs/veje" in shown and "docs/retningslinjer" not in shown and "docs/kanaler" not in shown


def test_the_editor_has_the_same_collections_of_other_files(read: Read, ours: Read) -> None:
    config, other = (editor_config(project.content, LOCAL, TEMPLATES, "") for project in (read, ours))
    assert compared(config) == compared(other)
    [guidelines] = [one for one in config["collections"] if one["name"] == "retningslinjer"]
    assert guidelines["folder"] == "docs/afdelinger" and "kanaler" in [one["name"] for one in config["collections"]]
    page = read.content.guidelines[0].page
    assert entry_url(page, OURS) == f"admin/#/collections/retningslinjer/entries/{read.content.guidelines[0].id}"


def test_the_browser_checks_by_the_same_tables(read: Read, ours: Read) -> None:
    rules, other = (browser_rules(project, MACROS) for project in (read, ours))
    assert compared(rules) == compared(other)
    assert rules["folders"]["channels"] == "veje" and rules["keys"]["folders"]["department"] == "afdelinger"
    assert {folder for vocabulary in rules["vocabularies"] for folder in vocabulary["folders"]}.isdisjoint(NAMES)


# Commands

COMMANDS = (
    ("new", "edition", "2026-2029"),
    ("edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet"),
    ("edition", "guideline", "skoler", "--date", "2026-02-25", "--by", "byrådet"),
    ("edition", "guideline", "skoler", "--date", "2026-02-26", "--by", "byrådet"),
    ("new", "department", "Huse"),
    ("structure", "rename", "channel", "telefon", "Ring til os"),
    ("structure", "rename", "department", "skoler", "Skoler og SFO"),
    ("structure", "remove", "department", "skoler-og-sfo", "--to", "huse"),
)


def test_commands_do_the_same_in_other_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 1 March 2026
    one, other = small_project(tmp_path / "one"), small_project(tmp_path / "other")
    for project in (one, other):
        project.replace("docs/retningslinjer/skoler.md", "## Telefon\n", "## Telefon {: #telefon }\n")
        guideline = FILES["docs/retningslinjer/skoler.md"].replace("## Telefon\n", "## Telefon {: #telefon }\n").replace("Skoler", "$department")
        dates = "reviewed: 2023-02-28\nreview_by: 2025-12-31", "reviewed: $reviewed\nreview_by: $review_by"
        project.write("docs/skabeloner/retningslinje.md", guideline.replace(*dates))
    rename_folders(other)
    for command in COMMANDS:
        assert run(one, *command) == run(other, *command) == 0, command
        assert other_files(other, with_former_names) == other_files(one, str), command
    assert [with_former_names(line) for line in other.check()] == one.check()
    assert (other.root / "docs/udgaver/2023-2025/politik/formaal.md").is_file()
    assert (other.root / "docs/udgaver/retningslinjer/skoler/2026-02-25.md").is_file()  # that address stays, whatever guidelines' folder is called


def other_files(project: Project, name: Callable[[str], str]) -> dict[str, list[list[str]]]:
    """The words of a project's files, with lines and words in any order, and without digests, which change with links, and the setting itself."""
    files = {path: _DIGEST.sub("", content.decode().replace(SHAPE, "")) for path, content in tree(project.root).items()}
    return {name(path): sorted(sorted(re.findall(r"[^\s,\[\]]+", name(line))) for line in text.split("\n")) for path, text in files.items()}


# The portal


def test_the_portal_finds_a_municipalitys_own_pages_in_other_folders(read: Read) -> None:
    page = {"title": "Titel", "status": "adopted"}
    urls = ("redaktoer/", "soeg/", "veje/", "veje/telefon/", "politik/formaal/", "afdelinger/skoler/", "maal/tid/", "svar/ringe/")
    records = {"pages": [page | {"url": url} for url in urls] + [page | {"url": "en/purpose/", "language": "en"}]}
    records |= {"guidelines": [page | {"url": "afdelinger/skoler/#telefon"}]}
    data = {name: json.dumps(records.get(name, [])).encode() for name in (*DATA_FILES, GUIDELINE_FILE)}
    found = {one.url: one.kind for one in portal_pages("a", "A", data)}
    assert found == {"a/veje/telefon/": PageKind.STRATEGY, "a/politik/formaal/": PageKind.STRATEGY, "a/afdelinger/skoler/": PageKind.GUIDELINE}
