"""Audits PDFs for accessibility: `python3 scripts/audit_pdf.py FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.pdf.audit.diagnostics import UnreadableError, counted
from kanalstrategi.pdf.audit.expected_text import read_expected_text
from kanalstrategi.pdf.audit.runner import audit


@explains_errors
def main(arguments: Sequence[str] | None = None) -> int:
    """Print each diagnostic on a line of its own, in Danish. Return 1 if there are any, and 2 if a file could not be read."""
    parser = ArgumentParser(usage_line="python3 scripts/audit_pdf.py [--tekst FIL] FIL.pdf …", description="Find det, der gør en PDF svær at bruge for nogen.")
    parser.add_argument("files", metavar="FIL.pdf", nargs="+", type=Path)
    parser.add_argument("--tekst", metavar="FIL", type=Path, help="find også de ord i denne fil (ren tekst eller HTML), som ikke står på papiret")
    options = parser.parse_args(arguments)
    text = read_expected_text(options.tekst) if options.tekst else None
    code = 0
    for file in options.files:
        try:
            diagnostics = audit(file, text)
        except UnreadableError as error:
            print(f"{file}: kan ikke læses: {error}", file=sys.stderr)
            code = 2
            continue
        for diagnostic in diagnostics:
            print(f"{file}: {diagnostic}")
        print(f"{file}: {counted(len(diagnostics), 'fejl', 'fejl')} fundet" if diagnostics else f"{file}: ingen fejl fundet")
        code = max(code, 1 if diagnostics else 0)
    return code
