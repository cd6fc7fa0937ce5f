"""Creates a new page from its template."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.cli.word_guideline import new_department_from
from kanalstrategi.content.page_template import NewPageError, new_action, new_answer, new_department, new_material
from kanalstrategi.content.project import read_project

USAGE = (
    'python3 scripts/new.py department "Fagområdets navn", eventuelt med --from vejledning.docx\n'
    '  python3 scripts/new.py channel "Chat og sms"\n'
    '  python3 scripts/new.py answer "Borgerens spørgsmål?"\n'
    '  python3 scripts/new.py answers udfyldt.docx\n'
    '  python3 scripts/new.py action "Det, der skal gøres"\n'
    '  python3 scripts/new.py material "Materialets navn"\n'
    '  python3 scripts/new.py edition "2026-2029"'
)

DESCRIPTION = "Begynd en ny side: et fagområdes lokale retningslinje, svaret på et spørgsmål, en handling i procesplanen eller materiale."
_BEGIN = {"department": new_department, "answer": new_answer, "action": new_action, "material": new_material}
"""The functions that begin a page, keyed by the word on the command line."""


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Create the page in the project in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description=DESCRIPTION)
    parser.add_argument("kind", choices=[*_BEGIN])
    parser.add_argument("name", help="fagområdets navn, som det skal stå i tabeller, spørgsmålet, som borgeren ville stille det, eller titlen")
    parser.add_argument("--from", dest="file", type=Path, help="en Word-fil (.docx) eller en tekstfil, hvis tekst skal med i retningslinjen")
    options = parser.parse_args(arguments)
    if options.file and options.kind != "department":
        parser.error("--from")
    try:
        if options.file:
            path, report = new_department_from(root, options.name, options.file, os.environ)
            print(report)
        else:
            path = _BEGIN[options.kind](root, options.name, os.environ)
    except NewPageError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path} er oprettet. Ret siden, og kør derefter python3 scripts/check.py")
    order = read_project(root, os.environ).content.organisation.order
    page = path.removeprefix("docs/")
    if order and page not in order:  # if `mkdocs.yml` has no menu, MkDocs' own menu has all pages
        print(f"Siden står ikke i menuen – skriv `- {page}` under nav i mkdocs.yml")
    return 0
