"""What the tests have shown about accessibility: written down by a whole run alone, read with care, and never shown as better than it is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.en_301_549 import CRITERIA, criterion_of
from kanalstrategi.content.evidence import EVIDENCE_FILE, MAX_EVIDENCE_BYTES, read_evidence, sources_digest
from kanalstrategi.content.evidence_methods import METHODS
from kanalstrategi.content.evidence_model import Evidence, Outcome
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from macros import MACROS
from tests.support.browser import AXE_CLAUSES
from tests.support.evidence import EvidenceRecorder, marked_functions
from tests.support.project import ROOT
from tests.support.small_project import small_project

TEST = {"name": "tests/a.py::test_axe", "how": "axe", "clauses": ["9.1.4.3"], "passed": 1, "failed": 0, "not_run": 0}
FILE: dict[str, Any] = {"day": "2025-12-30", "commit": "0123abc", "digest": "0" * 64, "tools": {"axe-core": "4.12.1"}, "tests": [TEST]}


def read(root: Path, **changed: object) -> Evidence | None:
    (root / EVIDENCE_FILE).write_text(json.dumps(FILE | changed), encoding="utf-8")
    return read_evidence(root, [])


def page_of(root: Path) -> str:
    """Return the HTML of the evidence in a project."""
    content = read_project(root, {"SOURCE_DATE_EPOCH": "1767225600"}).content
    return write_html(MACROS["accessibility_evidence"](Call(content, content.pages["index.md"])))


def row(html: str, clause: str) -> str:
    """Return the words in the row of a clause."""
    (found,) = re.findall(rf"<tr>(?:(?!</tr>).)*>{re.escape(clause)} .*?</tr>", html, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found)


# The standard


def test_the_criteria_are_those_of_wcag_2_1() -> None:
    assert len({one.number for one in CRITERIA}) == 50 and Counter(one.level for one in CRITERIA) == {"A": 30, "AA": 20}
    assert [one.number for one in CRITERIA] == sorted((one.number for one in CRITERIA), key=lambda number: [int(part) for part in number.split(".")])
    double_a = "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 4.1.3"
    assert [one.number for one in CRITERIA if one.level == "AA"] == double_a.split()
    assert all(one.by_hand.endswith(".") and one.title for one in CRITERIA)


@pytest.mark.parametrize(("clause", "title"), [("9.1.4.10", "Ombrydning"), ("10.3.1.1", "Sidens sprog"), ("9.1.4.6", ""), ("11.1.1.1", ""), ("1.1.1", "")])
def test_a_clause_names_a_criterion_or_nothing(clause: str, title: str) -> None:
    found = criterion_of(clause)
    assert (found.title if found else "") == title


def test_axe_has_rules_about_every_clause_that_it_is_said_to_test() -> None:
    tags = set(re.findall(r"""['"]wcag([1-4][0-9]{2,3})['"]""", AXE_SCRIPT))
    assert len(tags) > 20
    assert [clause for clause in AXE_CLAUSES if clause.removeprefix("9.").replace(".", "") not in tags] == []


# Read


def test_without_a_file_there_is_none_and_nothing_is_wrong(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    assert read_evidence(tmp_path, found) is None and found == []


WRONG: Mapping[str, str | bytes] = {
    "nothing": "",
    "no JSON": "{",
    "no text": b"\xff\xfe",
    "a list": "[]",
    "nested": "[" * 100_000,
    "too large": json.dumps(FILE) + " " * MAX_EVIDENCE_BYTES,
    "no day": json.dumps(FILE | {"day": "i går"}),
    "a commit that is a script": json.dumps(FILE | {"commit": "<script>"}),
    "a number below zero": json.dumps(FILE | {"tests": [TEST | {"failed": -1}]}),
    "a word for a number": json.dumps(FILE | {"tests": [TEST | {"passed": "1"}]}),
    "a clause of its own": json.dumps(FILE | {"tests": [TEST | {"clauses": ["9.9.9.9"]}]}),
    "a tool of many words": json.dumps(FILE | {"tools": {"x" * 61: "1"}}),
    "half of it": json.dumps({"day": "2025-12-30"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_cannot_be_read_is_reported_and_shows_nothing(case: str, tmp_path: Path) -> None:
    text = WRONG[case]
    (tmp_path / EVIDENCE_FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    found: list[Diagnostic] = []
    assert read_evidence(tmp_path, found) is None
    assert [one.file for one in found] == [EVIDENCE_FILE] and "slet den" in found[0].hint


def _keyed(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FILE, *TEST]), inner, max_size=6)


@settings(max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), _keyed, max_leaves=8))
def test_whatever_the_file_holds_there_is_no_traceback(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / EVIDENCE_FILE).write_text(json.dumps(value), encoding="utf-8")
    found: list[Diagnostic] = []
    assert (read_evidence(root, found) is None) == bool(found)


def test_it_is_current_as_long_as_the_sources_are_those_that_were_tested(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    evidence = read(tmp_path, digest=sources_digest(tmp_path))
    assert evidence and evidence.is_current
    project.write("docs/strategi/ny.txt", "")
    evidence = read_evidence(tmp_path, [])
    assert evidence and not evidence.is_current


# Shown


def test_what_failed_is_shown_as_failed_whatever_else_has_passed(tmp_path: Path) -> None:
    small_project(tmp_path)
    not_run = TEST | {"how": "keyboard", "clauses": ["9.2.1.1"], "passed": 0, "not_run": 2}
    tests = [TEST | {"passed": 99}, TEST | {"how": "contrast", "passed": 3, "failed": 1}, not_run]
    evidence = read(tmp_path, tests=tests, digest=sources_digest(tmp_path))
    assert evidence
    outcomes = {clause: result.outcome for clause in ("9.1.4.3", "9.2.1.1", "9.4.1.1") if (result := evidence.result_of(clause))}
    assert outcomes == {"9.1.4.3": Outcome.FAILED, "9.2.1.1": Outcome.NOT_RUN}
    html = page_of(tmp_path)
    assert "Fejl 1 af 103 prøver har fejl: axe-core, beregnet kontrast" in row(html, "9.1.4.3")
    assert "Ikke kørt 2 af 2 prøver er ikke kørt: tastatur" in row(html, "9.2.1.1")
    assert "Ingen prøve" in row(html, "9.4.1.1")
    assert "netop denne udgave" in html and "tidligere udgave" not in html and "1 af dem har fejl" in html
    assert "Bestået" not in html


def test_results_of_other_sources_are_shown_as_such(tmp_path: Path) -> None:
    small_project(tmp_path)
    read(tmp_path)
    html = page_of(tmp_path)
    assert "den 30. december 2025 på en tidligere udgave" in html and "netop denne udgave" not in html
    assert "Bestået 1 prøve: axe-core" in row(html, "9.1.4.3")


def test_without_results_nothing_is_shown_as_passed(tmp_path: Path) -> None:
    small_project(tmp_path)
    html = page_of(tmp_path)
    assert "Der er ingen resultater fra prøver" in html and "Bestået" not in html.partition("Siderne: kapitel 9")[2]
    assert html.count("<td>") == html.count("Intet resultat</td>") * 2 == 100


# Written down


def report(name: str, when: str, outcome: str, how: str = "axe", *clauses: str) -> pytest.TestReport:
    properties = [("evidence", json.dumps([how, *(clauses or ("9.1.4.3",))]))]
    return pytest.TestReport(f"tests/a.py::{name}", ("", 0, ""), {}, outcome, None, when, user_properties=properties)  # type: ignore[arg-type]  # literals


def test_the_worst_of_a_test_counts_and_each_variant_is_one() -> None:
    recorder = EvidenceRecorder(ROOT, is_worker=False)
    variants = {
        "test_it[a]": [("setup", "passed"), ("call", "passed"), ("teardown", "passed")],
        "test_it[b]": [("setup", "passed"), ("call", "failed"), ("teardown", "passed")],
        "test_it[c]": [("setup", "skipped"), ("teardown", "passed")],
        "test_it[d]": [("setup", "failed"), ("teardown", "passed")],
        "test_it[e]": [("setup", "passed"), ("call", "passed"), ("teardown", "failed")],
    }
    for name, phases in variants.items():
        for when, outcome in phases:
            recorder.pytest_runtest_logreport(report(name, when, outcome))
    (test,) = recorder.result().tests
    assert (test.name, test.how, test.clauses) == ("tests/a.py::test_it", "axe", ("9.1.4.3",))
    assert (test.passed, test.failed, test.not_run) == (1, 3, 1)


PLAIN = """
import pytest
@pytest.mark.evidence("9.1.4.3", how="axe")
def test_one(): pass
@pytest.mark.evidence("9.2.1.1", how="keyboard")
def test_two(): {}
"""
PARTIAL = [("-k", "one"), ("tests/test_a.py::test_one",), ("-m", "not evidence"), ("--collect-only",), ("--deselect", "tests/test_a.py::test_two")]


@pytest.fixture
def run_tests(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with two marked tests, the second of which fails."""
    pytester.makeconftest(
        "from pathlib import Path\nfrom tests.support.evidence import MARKER_HELP, EvidenceRecorder\n"
        "def pytest_configure(config):\n    config.addinivalue_line('markers', MARKER_HELP)\n"
        "    config.pluginmanager.register(EvidenceRecorder(Path(__file__).parent, is_worker=hasattr(config, 'workerinput')))\n"
    )
    (pytester.path / "tests").mkdir()
    (pytester.path / "tests" / "test_a.py").write_text(PLAIN.format("assert False"), encoding="utf-8")
    pytester.makeini("[pytest]\ntestpaths = tests\n")
    pytester.syspathinsert(ROOT)
    return pytester


@pytest.mark.parametrize("arguments", [("-n", "0"), ("-n", "0", "-m", "evidence"), ("-n", "2")])
def test_a_whole_run_writes_down_what_came_of_it(run_tests: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    run_tests.runpytest_inprocess("-p", "no:cacheprovider", *arguments)
    evidence = read_evidence(run_tests.path, [])
    assert evidence and {test.name: (test.passed, test.failed) for test in evidence.tests} == {
        "tests/test_a.py::test_one": (1, 0),
        "tests/test_a.py::test_two": (0, 1),
    }
    assert dict(evidence.tools).keys() >= {"axe-core", "Chromium"}


@pytest.mark.parametrize("arguments", PARTIAL)
def test_a_run_of_some_of_them_leaves_the_file_as_it_was(run_tests: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    run_tests.runpytest_inprocess("-p", "no:cacheprovider", *arguments)
    assert not (run_tests.path / EVIDENCE_FILE).exists()


def test_a_mark_that_names_no_clause_is_found(run_tests: pytest.Pytester) -> None:
    (run_tests.path / "tests" / "test_a.py").write_text(PLAIN.format("pass").replace("9.1.4.3", "9.1.4.6"), encoding="utf-8")
    result = run_tests.runpytest_inprocess("-p", "no:cacheprovider")
    assert result.ret != 0 and "9.1.4.6" in "".join(result.outlines + result.errlines)


def test_every_method_is_used_and_every_marked_test_is_known() -> None:
    known = marked_functions(ROOT / "tests")
    assert len(known) > 25 and "tests/browser/test_accessibility.py::test_every_page" in known
    text = "".join((ROOT / name.partition("::")[0]).read_text(encoding="utf-8") for name in known)
    used = set(re.findall(r"@pytest\.mark\.evidence\([^)\n]*how=\"([a-z-]+)\"\)", text))
    assert used == METHODS.keys()
