"""A number stands before a noun that has its form: `1 side`, `2 sider`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kanalstrategi.cli import published_urls
from kanalstrategi.content.frame_words import words
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.markdown.nodes import text_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page_status import status
from kanalstrategi.upgrading.difference import Difference, in_short
from tests.support.project import ROOT
from tests.support.small_project import run, small_project

PLURALS = re.compile(
    r" (?:\w+e )?(adresser|afdelinger|beslutninger|dage|felter|filer|gange|handlinger|kanaler|kapitler|kolonner|kommuner|links|linjer|målinger|måneder|mdr"
    r"|perioder|punkter|retningslinjer|regler|rækker|sekunder|sider|situationer|steder|sætninger|tabeller|timer|uger|udgaver|år)\b"
)
ALWAYS_MORE = {
    "markdown/reader.py", "sanitizing/images.py", "starter/answer_file.py",
    "checks/short_texts.py", "cli/structure_tree.py", "content/chooser.py", "content/goal_facts.py", "macros/board.py", "pdf/audit/check_document.py",
    "pdf/worker.py", "publishing/reminder_text.py", "word/report.py",
}  # fmt: skip - a list of files, several a line
"""The files in which what is counted so is always more than one."""


def counted(text: str) -> Iterator[str]:
    """Yield what stands in a program after a number that may be one: an expression that is no constant, and a noun in the plural."""
    for node in ast.walk(ast.parse(text)):
        for value, following in pairwise(node.values) if isinstance(node, ast.JoinedStr) else ():
            if isinstance(value, ast.FormattedValue) and isinstance(following, ast.Constant) and PLURALS.match(said := str(following.value)):
                number = ast.unparse(value.value)
                if not re.fullmatch(r"MAX_\w+|[A-Z_]+", number) and "phrase" not in number:
                    yield f"{{{number}}}{said}"


def test_no_number_that_may_be_one_stands_before_a_plural() -> None:
    sources = [*(ROOT / "kanalstrategi").rglob("*.py"), *(ROOT / "macros").glob("*.py")]
    files = {file.relative_to(ROOT).as_posix().removeprefix("kanalstrategi/"): file for file in sources}
    assert {*files} >= ALWAYS_MORE
    found = {name: [*counted(file.read_text(encoding="utf-8"))] for name, file in files.items() if name not in ALWAYS_MORE}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert [*counted('f"{len(x)} filer er ændret"')] == ["{len(x)} filer er ændret"]


@pytest.mark.parametrize(("months", "said"), [(1, "Ældre end en måned"), (2, "Ældre end 2 mdr.")])
def test_a_page_that_is_older_than_a_month(tmp_path: Path, months: int, said: str) -> None:
    project = small_project(tmp_path)
    content = read(project.root, months)
    assert said in text_of(status(Call(content, content.pages["strategi/formaal.md"])))
    assert words("en", "Ældre end en måned") == "More than a month old"


def read(root: Path, months: int) -> Content:
    content = read_project(root, {}).content
    organisation = replace(content.organisation, settings=replace(Settings(), review_months=months))
    return replace(content, organisation=organisation, today=date(2026, 1, 1))


def test_one_of_each_is_said_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "pdf/a.pdf: før 1 side, nu 2" in "\n".join(in_short(Difference((), (), {}, {"pdf/a.pdf": (1, 2)}, 3)))
    (found,) = parse("| a |\n|---|\n| b | c |\n").diagnostics
    assert found.message == "rækken har 2 felter, men tabellen har 1 kolonne"
    project = small_project(tmp_path)
    project.replace("addresses.txt", "/nyt/feed.xml\n", "")
    assert published_urls.main(project.root, ["--check"]) == 1 and "1 adresse mangler på listen" in capsys.readouterr().out
    assert published_urls.main(project.root, []) == 0 and "1 adresse er skrevet til." in capsys.readouterr().out
    assert run(project, "new", "edition", "2026-2029") == 0
    capsys.readouterr()
    assert run(project, "edition", "lapse", "2026-2029", "--date", "2026-01-01") == 0
    assert "1 fil er ændret." in capsys.readouterr().out
