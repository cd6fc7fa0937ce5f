"""Problems in the forms that tools read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kanalstrategi.diagnostics import Diagnostic, printable


def as_json(diagnostics: Sequence[Diagnostic], advice: Sequence[Diagnostic]) -> str:
    """A list of records with `file`, `line`, `severity` (`error`, `warning`), `what` and `remedy`."""
    records = [
        {"file": diagnostic.file, "line": diagnostic.line, "severity": severity, "what": diagnostic.message, "remedy": diagnostic.hint}
        for severity, found in (("error", diagnostics), ("warning", advice))
        for diagnostic in found
    ]
    return json.dumps(records, indent=1)  # ASCII, so that no name of a file can spoil it


def as_annotation(severity: str, diagnostic: Diagnostic) -> str:
    """A workflow command of GitHub, which shows it at the line in a pull request. `severity` is `error` or `warning`."""
    file = _escape(printable(diagnostic.file)).replace(":", "%3A").replace(",", "%2C")
    return f"::{severity} file={file},line={diagnostic.line}::{_escape(diagnostic.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25")  # the others that GitHub reads as its own are not printable
