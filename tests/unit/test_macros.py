"""What each macro puts on a page: golden files, text in to text out.

A case is a pair of files in `tests/data/macros/`: the `.md` holds the calling page and the text with the calls, the `.html` the
output of the macros. The pages are those of a small municipality in `tests/data/macros/project`, so that editors can change the
real ones. To renew the output after a deliberate change, run `python3 scripts/test.py tests/unit/test_macros.py --renew-golden`,
and read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.checks.consistency import check_consistency
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.macro_calls import MacroCall, parse_macros
from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.components import document_offer, download, icon, pdf_facts
from kanalstrategi.rendering.macros import Call, macro
from macros import MACROS
from tests.support.project import DATA

FOLDER = DATA / "macros"
CASES = sorted(FOLDER.glob("*.md"))
TODAY = {"SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026


@pytest.fixture(scope="module")
def content() -> Content:
    loaded = read_project(FOLDER / "project", TODAY)
    assert loaded.diagnostics == () and [*check_consistency(loaded)] == []
    return loaded.content


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path, content: Content, request: pytest.FixtureRequest) -> None:
    path, _, body = case.read_text(encoding="utf-8").partition("\n")
    call = Call(content, content.pages[path.removeprefix("page: ")])
    parts = [MACROS[part.name](call, *part.arguments) if isinstance(part, MacroCall) else [part] for part in parse_macros(body).parts]
    html = "".join(write_html(part) for part in parts)
    html = re.sub("<svg xmlns.*?</svg>", "<svg/>", html).rstrip() + "\n"  # the theme's icons are not ours to store
    expected = case.with_suffix(".html")
    if request.config.getoption("--renew-golden"):
        expected.write_text(html, encoding="utf-8")
    assert html == expected.read_text(encoding="utf-8")


def test_every_macro_has_a_case() -> None:
    called = "".join(case.read_text(encoding="utf-8") for case in CASES)
    assert [name for name in MACROS if f"{name}(" not in called] == []


@pytest.mark.parametrize("value", [None, 3, {"p": "Nej"}, ["Ja", None], MacroCall("rule", ("ring",), 1)])
def test_a_macro_that_does_not_answer_with_nodes_fails_by_name(value: Any, content: Content) -> None:
    @macro
    def greeting(call: Call) -> Any:
        return value

    with pytest.raises(TypeError, match="the macro greeting returned"):
        greeting(Call(content, content.pages["index.md"]))


def test_an_icon_is_drawn_as_in_the_theme_each_time_anew() -> None:
    (first,), (second,) = icon("material/phone-outline"), icon("material/phone-outline")
    assert re.fullmatch(
        r'<span class="icon" data-icon="material/phone-outline" aria-hidden="true">'
        r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="[^"]+"></path></svg></span>',
        write_html([first]),
    )
    assert first == second and not isinstance(first, str | MacroCall)
    first.children.clear()
    assert write_html([second]) != write_html([first]) and icon("material/phone-outline") == [second]
    assert icon("") == []


def test_the_placeholder_of_a_document_s_length_is_found_in_finished_pages(content: Content) -> None:
    link = write_html(download(Call(content, content.pages["kanaler/index.md"]), "strategi"))
    assert write_html([pdf_facts("pdf/strategi.pdf")]) in link
    assert write_html([pdf_facts("pdf/strategi.pdf", ", 4 sider")]) == '<span class="pdf-facts web-only" data-pdf="pdf/strategi.pdf">PDF, 4 sider</span>'


def test_a_page_of_a_document_offers_it_once(content: Content) -> None:
    document = content.organisation.documents["strategi"]
    call = Call(content, content.pages[document.pages[0]])
    offer = document_offer(element("div", element("h1", "Titel")), call)
    assert '<div class="offer web-only">' in write_html(offer)
    assert document_offer(element("div", element("div", download(call, "strategi"))), call) == []
    others = [page for page in content.pages.values() if not any(page.path in other.pages for other in content.organisation.documents.values())]
    assert others and document_offer(element("div"), Call(content, others[0])) == []
