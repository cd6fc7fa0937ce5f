"""Formats diagnostics for other tools."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kanalstrategi.diagnostics import Diagnostic, printable


def as_json(errors: Sequence[Diagnostic], warnings: Sequence[Diagnostic]) -> str:
    """Return a JSON list of records with `file`, `line`, `severity` (`error` or `warning`), `message` and `hint`."""
    records = [
        {"file": diagnostic.file, "line": diagnostic.line, "severity": severity, "message": diagnostic.message, "hint": diagnostic.hint}
        for severity, diagnostics in (("error", errors), ("warning", warnings))
        for diagnostic in diagnostics
    ]
    return json.dumps(records, indent=1)  # only ASCII, so that no file name can break it


def as_annotation(severity: str, diagnostic: Diagnostic) -> str:
    """Return a workflow command that makes GitHub show a diagnostic at its line in a pull request. `severity` is as in `as_json`."""
    file = _escape(printable(diagnostic.file)).replace(":", "%3A").replace(",", "%2C")
    return f"::{severity} file={file},line={diagnostic.line}::{_escape(diagnostic.text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25")  # the other characters that have a meaning to GitHub are not printable
