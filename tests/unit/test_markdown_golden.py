"""What a page becomes as HTML, for everything that an editor can write: golden files, text in to text out.

A case is a pair of files in `tests/data/markdown/`. In the `.html`, `<macro>` stands for the answer of a macro. To renew the output after
a deliberate change, run `python3 scripts/test.py tests/unit/test_markdown_golden.py --renew-golden`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Node, element
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.expansion import expand_macros
from tests.support.project import DATA

CASES = sorted((DATA / "markdown").glob("*.md"))


def answer(call: MacroCall) -> list[Node]:
    return [element("macro", f"{call.name}({', '.join(call.arguments)})", line=str(call.line))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_page_becomes_what_is_expected(case: Path, request: pytest.FixtureRequest) -> None:
    parsed = parse(case.read_text(encoding="utf-8"))
    assert [*parsed.diagnostics, *parsed.macro_diagnostics] == []
    html = write_html(expand_macros(parsed.root, answer).children)
    expected = case.with_suffix(".html")
    if request.config.getoption("--renew-golden"):
        expected.write_text(html, encoding="utf-8")
    assert html == expected.read_text(encoding="utf-8")


def test_there_are_cases() -> None:
    assert len(CASES) >= 15
