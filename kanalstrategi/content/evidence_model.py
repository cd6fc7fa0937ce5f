"""Defines the records of what was tested for accessibility, as the tests' own run has written it down. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kanalstrategi.content.en_301_549 import Criterion, criterion_of


class Outcome(Enum):
    """What came of tests. The value is the word used in CSS classes."""

    FAILED = "failed"
    """At least one has failed."""
    PASSED = "passed"
    """At least one has passed, and none has failed."""
    NOT_RUN = "not-run"
    """None has been run."""


@dataclass(frozen=True)
class TestResult:
    """What came of one test, which may have been run in several variants."""

    __test__ = False  # pytest takes it for a class of tests by its name

    name: str
    """The file and function of the test."""
    how: str
    """The id of the method, one of `METHODS`."""
    clauses: tuple[str, ...]
    """The clauses of the standard that it shows something about: `9.1.4.3`."""
    passed: int
    failed: int
    not_run: int


@dataclass(frozen=True)
class ClauseResult:
    """What came of all tests of one clause."""

    passed: int
    failed: int
    not_run: int
    methods: tuple[str, ...]
    """Ids of the methods, each once."""

    @property
    def outcome(self) -> Outcome:
        """What came of them together. Nothing counts as passed unless a test has passed."""
        return Outcome.FAILED if self.failed else Outcome.PASSED if self.passed else Outcome.NOT_RUN


@dataclass(frozen=True)
class Evidence:
    """The results of one run of all tests that show something about accessibility."""

    day: str
    """The day of the run in Denmark (ISO 8601)."""
    commit: str
    """The commit that was tested; empty if it is not known."""
    tools: tuple[tuple[str, str], ...]
    """The programs that tested, each with its version."""
    tests: tuple[TestResult, ...]
    is_current: bool
    """Whether exactly the sources of this build were tested."""

    def result_of(self, clause: str) -> ClauseResult | None:
        """Return what came of the tests of a clause, or None if there are none."""
        tests = [test for test in self.tests if clause in test.clauses]
        return _sum_of(tests) if tests else None

    @property
    def total(self) -> ClauseResult:
        """What came of all tests."""
        return _sum_of(list(self.tests))

    def criteria(self, chapter: str) -> tuple[Criterion, ...]:
        """Return the criteria that there are tests of, in a chapter of the standard, in the order of their numbers."""
        clauses = {clause for test in self.tests for clause in test.clauses if clause.startswith(f"{chapter}.")}
        found = [criterion for clause in clauses if (criterion := criterion_of(clause))]
        return tuple(sorted(found, key=lambda criterion: [int(part) for part in criterion.number.split(".")]))


def _sum_of(tests: list[TestResult]) -> ClauseResult:
    methods = tuple(dict.fromkeys(test.how for test in tests))
    return ClauseResult(sum(test.passed for test in tests), sum(test.failed for test in tests), sum(test.not_run for test in tests), methods)
