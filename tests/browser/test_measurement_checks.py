"""The table of a goal's measurements and its checks, without Decap: the file stays as it was, and the browser says what the checks say."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kanalstrategi.checks.browser_rules import browser_rules
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.measurements import read_measurements
from kanalstrategi.content.project import read_project
from kanalstrategi.editor.site import EDITOR_FOLDER
from macros import MACROS
from tests.support.browser import visiting
from tests.support.goal_figures import FIGURES
from tests.support.project import ROOT

HEADS = [
    "periode,værdi,kilde", "periode;værdi;kilde;bemærkning", "periode,værdi,kilde,bemærkning", '"periode";"værdi";kilde', "periode;værdi",
    "Periode,værdi,kilde",
]  # fmt: skip # laid out by hand, as a table
CELLS = [
    "2023", "2024", "2025", "1. halvår 2024", "2.kvartal 2024", "2024-K3", "2024-K5", "maj 2025", "2025-05", "2025-13", "Maj 2024", "juno 2024", "2999", "0999",
    "3. halvår 2024", "2023 1. halvår", "12.345", "12345", '"12,5"', "12,5", "12.5", "12,345", '"12,345"', "1 234", "12 opkald", "12 %", "-3", "−3", "x", "",
    " ", "Borger.dk", '"Et; to"', '"a ""b"" c"', 'a"b', '"a', '"a"b', "1" * 16, "9" * 41, "x" * 41, "x" * 501, "\xa0", "2. kvartal i 2025", "2025 ", "1.000,25",
]  # fmt: skip # laid out by hand, as a table
PARTS = st.sampled_from([*HEADS, *(cell for cell in CELLS if len(cell) < 40), ",", ";", ",", ";", '"', "\n", "\r\n", "\r", "\n\n", "\ufeff"])
BEGINNINGS = [f"{mark}{head}" for mark in ("", "\ufeff") for head in (*(f"{head}\n" for head in HEADS), "")]
ANY_TEXT = st.tuples(st.sampled_from(BEGINNINGS), st.lists(PARTS, max_size=30).map("".join)).map("".join)
MANY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(EDITOR_FOLDER, folder, dirs_exist_ok=True)
    (folder / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with visiting(browser, folder) as page:
        page.goto("")
        page.evaluate(
            """async rules => {
                const load = name => import(new URL(`${name}.js`, document.baseURI))
                Object.assign(window, await load("checks/measurements"), await load("measurements/table-text"), { rules: JSON.parse(rules) })
                window.edited = (text, edit) => { const table = tableOf(text); return textOf({ ...table, lines: edit(table.lines) }) }
                window.rowsOf = lines => lines.filter(({ kind }) => kind === "row")
            }""",
            json.dumps(browser_rules(read_project(ROOT, {}), MACROS)),
        )
        yield page


@MANY
@given(st.lists(ANY_TEXT, min_size=60, max_size=120))
def test_what_nobody_has_changed_is_the_same_to_the_byte(page: Page, texts: list[str]) -> None:
    assert page.evaluate("texts => texts.map(text => edited(text, lines => lines).text)", texts) == texts


@MANY
@given(st.lists(ANY_TEXT, min_size=60, max_size=120), st.sampled_from(["12.345", "12,5", 'Et "navn"; og mere', ""]))
def test_a_changed_value_changes_its_cell_only(page: Page, texts: list[str], value: str) -> None:
    script = """([texts, value]) => texts.map(text => {
        const rows = rowsOf(tableOf(text).lines)
        const changed = edited(text, lines => lines.map(line => line === rowsOf(lines)[1] ? withValue(line, 2, value) : line))
        return [rows.length, changed.text, changed.numbers[tableOf(text).lines.findIndex(line => line.kind === "row" && line.written === rows[1]?.written)]]
    })"""
    for text, (count, after, _) in zip(texts, page.evaluate(script, [texts, value]), strict=True):
        old, new = text.splitlines(keepends=True), after.splitlines(keepends=True)
        if count < 2:
            assert after == text
        elif len(old) == len(new):
            assert sum(one != other for one, other in zip(old, new, strict=True)) <= 1


@pytest.mark.parametrize("id", FIGURES)
def test_the_rows_are_the_measurements(page: Page, id: str) -> None:
    rows = page.evaluate("text => rowsOf(tableOf(text).lines).map(({ values }) => values)", FIGURES[id])
    read = read_measurements(FIGURES[id].encode(), date(2026, 3, 1)).rows
    assert [(row[0], row[2], row[3]) for row in rows] == [(one.period.label, one.source, one.note) for one in read]


NEW = "lines => { const more = withNewRow(lines); const at = more.findIndex(line => line.end === null); const set = (line, values) => values.reduce((row, value, column) => withValue(row, column, value), line); return more.map((line, place) => place === at ? set(line, VALUES) : line) }"  # noqa: E501 - one expression
ADDED = {
    ("", ("2025", "12,5", "Fagsystem", "")): 'periode,værdi,kilde,bemærkning\n2025,"12,5",Fagsystem,\n',
    ("\n", ("2025", "1", 'Et "navn"', "Ny")): 'periode,værdi,kilde,bemærkning\n2025,1,"Et ""navn""",Ny\n',
    ("", ("", "", "", "")): "",
    ("\ufeffperiode;værdi;kilde\r\n2024;1;A\r\n", ("2025", "12,5", "B", "")): "\ufeffperiode;værdi;kilde\r\n2024;1;A\r\n2025;12,5;B\r\n",
    ("periode;værdi;kilde\n2024;1;A", ("2025", "2", "B", "")): "periode;værdi;kilde\n2024;1;A\n2025;2;B",
    ("periode;værdi;kilde\n2024;1;A\n\n", ("2025", "2", "B", "Ny; vej")): 'periode;værdi;kilde;bemærkning\n2024;1;A\n2025;2;B;"Ny; vej"\n\n',
    ("periode,værdi,kilde\n2024,61,5,A\n", ("2025", "2", "B", "")): "periode,værdi,kilde\n2024,61,5,A\n2025,2,B\n",
}


@pytest.mark.parametrize(("before", "values"), ADDED)
def test_a_new_row_is_written_as_the_file_is(page: Page, before: str, values: tuple[str, ...]) -> None:
    found = page.evaluate(f"([text, VALUES]) => edited(text, {NEW}).text", [before, list(values)])
    assert found == ADDED[before, values]


def test_the_browser_says_what_the_checks_say_about_three_thousand_files(page: Page) -> None:
    draw = random.Random(24)

    def row(delimiter: str) -> str:
        usual = [draw.choice(CELLS[:8]), draw.choice(CELLS[16:20]), "Borger.dk", "Ny"][: draw.choice([3, 3, 4])]
        cells = [cell if draw.random() < 0.8 else draw.choice(CELLS) for cell in usual] + draw.choice([[], [], [], [""], ["x"]])
        return (delimiter if draw.random() < 0.9 else draw.choice(",;")).join(cells)

    texts = []
    for _ in range(3000):
        head = draw.choice(HEADS[:4] if draw.random() < 0.95 else HEADS)
        delimiter, end = ";" if ";" in head else ",", draw.choice(["\n", "\n", "\r\n"])
        texts.append(draw.choice(["", "", "\ufeff"]) + end.join([head, *(row(delimiter) for _ in range(draw.randrange(7)))]) + draw.choice(["", end, end * 2]))
    texts += ["", "\n", "x" * 100_001, "periode,værdi,kilde\n" + "x\n" * 150, "periode;værdi;kilde\n" + "".join(f"{year};1;A\n" for year in range(900, 2020))]
    months = "".join(f"{1900 + number // 12}-{number % 12 + 1:02};1;A\n" for number in range(1002))
    texts.append(f"periode;værdi;kilde\n{months}")
    found = page.evaluate("texts => texts.map(text => checkMeasurements(text, rules).map(({line, message, hint}) => [line, message, hint]))", texts)
    said = 0
    for text, lines in zip(texts, found, strict=True):
        expected = read_measurements(text.encode(), today_in_denmark()).diagnostics
        assert sorted(map(tuple, lines)) == sorted((one.line, one.message, one.hint) for one in expected), text
        said += len(lines)
    assert said > 3000
