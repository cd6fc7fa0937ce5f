"""Problems in the forms that tools read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from .records import Problem, printable


def as_json(problems: Sequence[Problem], advice: Sequence[Problem]) -> str:
    """A list of records with `file`, `line`, `severity` (`error`, `warning`), `what` and `remedy`."""
    records = [
        {"file": problem.file, "line": problem.line, "severity": severity, "what": problem.what, "remedy": problem.remedy}
        for severity, found in (("error", problems), ("warning", advice))
        for problem in found
    ]
    return json.dumps(records, indent=1)  # ASCII, so that no name of a file can spoil it


def as_annotation(severity: str, problem: Problem) -> str:
    """A workflow command of GitHub, which shows it at the line in a pull request. `severity` is `error` or `warning`."""
    file = _escaped(printable(problem.file)).replace(":", "%3A").replace(",", "%2C")
    return f"::{severity} file={file},line={problem.line}::{_escaped(problem.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25")  # the others that GitHub reads as its own are not printable
