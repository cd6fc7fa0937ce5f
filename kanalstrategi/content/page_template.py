"""Creates a new page from a template in `docs/skabeloner/`."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.conventions import GUIDELINE_FOLDER, GUIDELINE_TEMPLATE
from kanalstrategi.content.dates import REVIEW_INTERVAL_MONTHS, build_date
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import printable
from kanalstrategi.file_system import explain, write_whole
from kanalstrategi.incoming_text import read_bytes, read_typed

DEPARTMENT_NAME = re.compile(r"[^\W_][\w ,.&/()’'–-]{0,59}")
"""A valid name of a department. The name is written in front matter and in tables, and becomes the file's name."""


class NewPageError(ValueError):
    """A page could not be created. The message says why and what to do about it, in Danish."""


def new_department(root: Path, name: str, environment: Mapping[str, str]) -> str:
    """Write the guideline of a new department, and return its path relative to the project's root.

    Only `SOURCE_DATE_EPOCH` is read from `environment`. Raises NewPageError.
    """
    typed = read_typed(name)
    name = " ".join(typed.text.split())
    id = slug(name)
    if typed.diagnostics or not DEPARTMENT_NAME.fullmatch(name) or not id:
        raise NewPageError(f"»{printable(name)}« kan ikke bruges som navn – brug bogstaver, tal og mellemrum, højst 60 tegn")
    path = f"docs/{GUIDELINE_FOLDER}/{id}.md"
    if (root / path).exists() or id == "index":
        raise NewPageError(f"{path} findes allerede – ret den, eller vælg et andet navn")
    try:
        today = build_date(environment)
    except ValueError as error:
        raise NewPageError("SOURCE_DATE_EPOCH er ikke et tidspunkt – fjern den") from error
    page = fill_template(_read_template(root, GUIDELINE_TEMPLATE), name, today)
    try:
        write_whole(root / path, page.encode())
    except (OSError, MemoryError) as error:
        raise NewPageError(f"{path} er ikke skrevet: {explain(error)}") from error
    return path


def fill_template(template: str, department: str, today: date) -> str:
    """Return the text of the template with the department's name and the dates filled in."""
    return string.Template(template).safe_substitute(
        department=department,
        reviewed=today.isoformat(),
        review_by=(today + relativedelta(months=REVIEW_INTERVAL_MONTHS)).isoformat(),
    )


def _read_template(root: Path, path: str) -> str:
    """Return the text of a template with its line endings unchanged, given its path in `docs/`. Raises NewPageError."""
    file = root / "docs" / path
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NewPageError(f"skabelonen kan ikke læses: {explain(error)}") from error
    for diagnostic in read_bytes(data).diagnostics:
        raise NewPageError(str(diagnostic.in_file(f"docs/{path}")))
    return data.decode()
