"""Writes down what the tests have shown about accessibility, for the page that says so (`macros/evidence.py`).

A test says which clauses of EN 301 549 it shows something about, and how: `@pytest.mark.evidence("9.1.4.3", how="axe")`. Each worker
hands its marks over with its reports. The file is written by a run of all marked tests and by no other: what was tested is not to
look like more, or less, than it is.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.base import AXE_SCRIPT

from kanalstrategi.content.en_301_549 import criterion_of
from kanalstrategi.content.evidence import EVIDENCE_FILE, EvidenceFile, EvidenceTest, sources_digest
from kanalstrategi.content.evidence_methods import METHODS
from kanalstrategi.danish.local_date import date_in_denmark

MARKER = "evidence"
PROPERTY = "evidence"
"""The property of a report in which a mark is handed over."""
MARKER_HELP = f"{MARKER}(*clauses, how): shows something about clauses of EN 301 549, in a way that kanalstrategi/content/evidence_methods.py names"


class EvidenceRecorder:
    """The plugin. In a worker it only hands over marks; where the reports arrive, it writes the file."""

    def __init__(self, root: Path, is_worker: bool) -> None:
        self._root = root
        self._is_worker = is_worker
        self._outcomes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        """What came of each variant of a test, keyed by its id, under its function and method."""
        self._clauses: dict[tuple[str, str], tuple[str, ...]] = {}
        self._digest = "" if is_worker else sources_digest(root)

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Put the marks of a test where its reports carry them along. Raises UsageError for a clause or a method that does not exist."""
        for mark in item.iter_markers(MARKER):
            how = str(mark.kwargs.get("how", ""))
            wrong = [clause for clause in mark.args if not criterion_of(clause)] + ([how] if how not in METHODS else [])
            if wrong or not mark.args:
                raise pytest.UsageError(f"{item.nodeid}: the mark {MARKER} has {wrong or 'no clause'}")
            item.user_properties.append((PROPERTY, json.dumps([how, *mark.args])))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what came of a marked test. The worst of its phases counts."""
        for name, value in report.user_properties:
            if name == PROPERTY and not self._is_worker:
                how, *clauses = json.loads(str(value))
                key = (function_of(report.nodeid), how)
                self._clauses[key] = tuple(clauses)
                known = self._outcomes[key].get(report.nodeid, "not_run")
                if report.failed:
                    known = "failed"
                elif report.when == "call" and report.passed and known != "failed":
                    known = "passed"
                self._outcomes[key][report.nodeid] = known

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file after a run of all marked tests, whatever came of them."""
        if not self._is_worker and self._is_whole(session):
            (self._root / EVIDENCE_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(self.result()), indent=1) + b"\n")

    def result(self) -> EvidenceFile:
        """Return what the tests have shown so far."""
        tests = []
        for (name, how), outcomes in sorted(self._outcomes.items()):
            counts = {outcome: list(outcomes.values()).count(outcome) for outcome in ("passed", "failed", "not_run")}
            tests.append(EvidenceTest(name, how, self._clauses[name, how], **counts))
        return EvidenceFile(date_in_denmark(), commit_of(self._root), self._digest, dict(sorted(tools().items())), tuple(tests))

    def _is_whole(self, session: pytest.Session) -> bool:
        """Whether all marked tests were run, each with all its variants."""
        option = session.config.option
        selected = option.keyword or option.markexpr not in ("", MARKER) or any("::" in argument for argument in session.config.args)
        again = getattr(option, "lf", False) or getattr(option, "failedfirst", False) or getattr(option, "collectonly", False)
        ended = session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
        run = {name for name, _ in self._outcomes}
        return bool(ended and not selected and not again and run and marked_functions(self._root / "tests") <= run)


def function_of(nodeid: str) -> str:
    """Return the file and function of a test, without the variant: `tests/unit/test_x.py::test_it`."""
    return nodeid.partition("[")[0]


def marked_functions(folder: Path) -> set[str]:
    """Return every marked test below a folder, as its file and function, read from the sources without running them."""
    found = set()
    for file in folder.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        if f"mark.{MARKER}" not in text:
            continue
        place = file.relative_to(folder.parent).as_posix()
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and any(f"mark.{MARKER}(" in ast.unparse(decorator) for decorator in node.decorator_list):
                found.add(f"{place}::{node.name}")
    return found


def commit_of(root: Path) -> str:
    """Return the commit of a repository, or nothing where there is none."""
    try:
        process = subprocess.run(["git", "rev-parse", "--verify", "HEAD"], cwd=root, capture_output=True, text=True)
    except OSError:
        return ""
    return process.stdout.strip() if process.returncode == 0 else ""


def tools() -> dict[str, str]:
    """Return the programs that test, each with its version."""
    found = {"page-validation": version("page-validation"), "Playwright": version("playwright")}
    if axe := re.search(r"axe v([0-9.]+)", AXE_SCRIPT[:500]):
        found["axe-core"] = axe[1]
    if program := next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None):
        process = subprocess.run([program, "--version"], capture_output=True, text=True)
        if number := re.search(r"[0-9]+(?:\.[0-9]+)+", process.stdout):
            found["Chromium"] = number[0]
    tested_with = json.loads((Path(__file__).parent.parent / "tools" / "package.json").read_text(encoding="utf-8"))
    names = {"vnu-jar": "Nu HTML Checker", "lighthouse": "Lighthouse"}
    return found | {names[name]: number for name, number in tested_with["dependencies"].items() if name in names}
