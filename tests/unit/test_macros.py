"""What each macro puts on a page: golden files, text in to text out.

A case is a pair of files in `tests/data/macros/`: the `.md` holds the calling page and the text with the calls, the `.html` the
output of the macros. The pages are those of a small municipality in `tests/data/macros/project`, so that editors can change the
real ones. To renew the output after a deliberate change, run `python3 scripts/test.py tests/unit/test_macros.py --renew-golden`,
and read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kanalstrategi.checks.consistency import check_consistency
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.macro_calls import parse_macros
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call
from kanalstrategi.sanitizing.sanitizer import Sanitizer
from macros import MACROS
from tests.support.project import DATA

FOLDER = DATA / "macros"
CASES = sorted(FOLDER.glob("*.md"))
TODAY = {"SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path, request: pytest.FixtureRequest) -> None:
    loaded = read_project(FOLDER / "project", TODAY)
    assert loaded.diagnostics == () and [*check_consistency(loaded)] == []
    content = loaded.content
    path, _, body = case.read_text(encoding="utf-8").partition("\n")
    call = Call(content, content.pages[path.removeprefix("page: ")])
    bound = {name: lambda *args, macro=macro: macro(call, *args) for name, macro in MACROS.items()}
    html_of_macros = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(body).render(bound)
    html_of_macros = re.sub("<svg.*?</svg>", "<svg/>", html_of_macros)  # the theme's icons are not ours to store
    expected = case.with_suffix(".html")
    if request.config.getoption("--renew-golden"):
        expected.write_text(html_of_macros + "\n", encoding="utf-8")
    assert html_of_macros + "\n" == expected.read_text(encoding="utf-8")


def test_every_macro_has_a_case() -> None:
    called = "".join(case.read_text(encoding="utf-8") for case in CASES)
    assert [name for name in MACROS if f"{name}(" not in called] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_macro_output_may_be_published(case: Path) -> None:
    expected = markdown.markdown(case.with_suffix(".html").read_text(encoding="utf-8"), extensions=["attr_list"])
    assert Sanitizer(MACROS.classes).sanitize(expected, [expected])[1] == []


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_words_of_the_content_are_neither_markdown_nor_html_on_a_page(words: str) -> None:
    page = html.fromstring(markdown.markdown(f"Før <span>{escape_text(words)}</span> efter", extensions=["attr_list", "tables"]))
    assert page.text_content() == f"Før {words} efter"
    assert [element.tag for element in page.iter()] == ["p", "span"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_macro_declares_the_classes_that_it_writes(case: Path) -> None:
    content = read_project(FOLDER / "project", TODAY).content
    path, _, body = case.read_text(encoding="utf-8").partition("\n")
    call = Call(content, content.pages[path.removeprefix("page: ")])
    for macro_call in parse_macros(body).calls:
        macro = MACROS[macro_call.name]
        written = {name for value in re.findall(r'class="([^"]*)"', macro(call, *macro_call.arguments)) for name in value.split()}
        assert written <= macro.classes, macro.name
