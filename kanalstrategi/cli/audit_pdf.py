"""Audits PDFs for accessibility: `python3 scripts/audit_pdf.py FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.pdf.audit.diagnostics import UnreadableError, counted
from kanalstrategi.pdf.audit.runner import audit


@explains_errors
def main(arguments: Sequence[str] | None = None) -> int:
    """Print each diagnostic on a line of its own, in Danish. Return 1 if there are any, and 2 if a file could not be read."""
    parser = ArgumentParser(usage_line="python3 scripts/audit_pdf.py FIL.pdf …", description="Find det, der gør en PDF svær at bruge for nogen.")
    parser.add_argument("files", metavar="FIL", nargs="+", type=Path)
    code = 0
    for file in parser.parse_args(arguments).files:
        try:
            diagnostics = audit(file)
        except UnreadableError as error:
            print(f"{file}: kan ikke læses: {error}", file=sys.stderr)
            code = 2
            continue
        for diagnostic in diagnostics:
            print(f"{file}: {diagnostic}")
        print(f"{file}: {counted(len(diagnostics), 'fejl', 'fejl')} fundet" if diagnostics else f"{file}: ingen fejl fundet")
        code = max(code, 1 if diagnostics else 0)
    return code
