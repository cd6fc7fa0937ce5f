"""Creates a new page from a template: that of the site in `docs/skabeloner/`, or else that of the program."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.conventions import (
    ACTION_TEMPLATE,
    ANSWER_FOLDER,
    ANSWER_TEMPLATE,
    GUIDELINE_TEMPLATE,
    MATERIAL_FOLDER,
    MATERIAL_TEMPLATE,
    PLAN_FOLDER,
)
from kanalstrategi.content.dates import build_date
from kanalstrategi.content.organisation import read_organisation
from kanalstrategi.content.organisation_model import Organisation
from kanalstrategi.content.program_pages import shipped_template
from kanalstrategi.content.settings_model import Words
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import printable
from kanalstrategi.file_system import explain, write_whole
from kanalstrategi.incoming_text import read_bytes, read_typed

DEPARTMENT_NAME = re.compile(r"[^\W_][\w ,.&/()’'–-]{0,59}")
"""A valid name of a department. The name is written in front matter and in tables, and becomes the file's name."""
QUESTION = re.compile(r"[^\W_][\w ,.&/()’'»«–-]{0,78}\?")
"""A valid question of an answer page. It becomes the page's title and the file's name."""
TITLE = re.compile(r"[^\W_][\w ,.?&/()’'»«–-]{0,79}")
"""A valid title of an action or of material, which becomes the file's name, too."""


class NewPageError(ValueError):
    """A page could not be created. The message says why and what to do about it, in Danish."""


def new_department(root: Path, name: str, environment: Mapping[str, str]) -> str:
    """Write the guideline of a new department, and return its path relative to the project's root.

    Only `SOURCE_DATE_EPOCH` is read from `environment`. Raises NewPageError.
    """
    path, page = begun_department(root, name, environment)
    return _written(root, path, page)


def begun_department(root: Path, name: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the path and the text of the guideline of a new department, without writing it. Raises NewPageError like `new_department`."""
    hint = "kan ikke bruges som navn – brug bogstaver, tal og mellemrum, højst 60 tegn"
    name = _checked(name, DEPARTMENT_NAME, hint)
    organisation = _organisation(root)
    return _begun(root, organisation, organisation.settings.folders.guidelines, GUIDELINE_TEMPLATE, name, {"department": name}, environment)


def new_answer(root: Path, question: str, environment: Mapping[str, str]) -> str:
    """Write an answer page that asks a question and is still to be written, and return its path, as `new_department` does."""
    hint = "kan ikke bruges som spørgsmål – brug bogstaver, tal og mellemrum, højst 80 tegn, og slut med ?"
    question = _checked(question, QUESTION, hint)
    return _written(root, *_begun(root, _organisation(root), ANSWER_FOLDER, ANSWER_TEMPLATE, question, {"question": question}, environment))


def new_action(root: Path, title: str, environment: Mapping[str, str]) -> str:
    """Write an action that nobody has decided yet, and return its path, as `new_department` does."""
    return _new_titled(root, PLAN_FOLDER, ACTION_TEMPLATE, title, environment)


def new_material(root: Path, title: str, environment: Mapping[str, str]) -> str:
    """Write a page for material that is still to be written, and return its path, as `new_department` does."""
    return _new_titled(root, MATERIAL_FOLDER, MATERIAL_TEMPLATE, title, environment)


def _new_titled(root: Path, folder: str, template: str, title: str, environment: Mapping[str, str]) -> str:
    """Write a page that is named after its title, and return its path."""
    title = _checked(title, TITLE, "kan ikke bruges som titel – brug bogstaver, tal og mellemrum, højst 80 tegn")
    return _written(root, *_begun(root, _organisation(root), folder, template, title, {"title": title}, environment))


def fill_template(template: str, values: Mapping[str, str], today: date, review_months: int) -> str:
    """Return the text of the template with the values and the dates filled in."""
    review_by = today + relativedelta(months=review_months)
    return string.Template(template).safe_substitute(values, reviewed=today.isoformat(), review_by=review_by.isoformat())


def _checked(typed: str, valid: re.Pattern[str], hint: str) -> str:
    """Return what somebody has typed, with single spaces. Raises NewPageError if it is not valid."""
    incoming = read_typed(typed)
    text = " ".join(incoming.text.split())
    if incoming.diagnostics or not valid.fullmatch(text) or not slug(text):
        raise NewPageError(f"»{printable(text)}« {hint}")
    return text


def _begun(
    root: Path, organisation: Organisation, folder: str, template: str, name: str, values: Mapping[str, str], environment: Mapping[str, str]
) -> tuple[str, str]:
    """Return the path and the text of a page from a template, with a file name that is made of `name`."""
    path = f"docs/{folder}/{slug(name)}.md"
    if (root / path).exists() or path.endswith("/index.md"):
        raise NewPageError(f"{path} findes allerede – ret den, eller vælg et andet navn")
    try:
        today = build_date(environment)
    except ValueError as error:
        raise NewPageError("SOURCE_DATE_EPOCH er ikke et tidspunkt – fjern den") from error
    text = _read_template(root, template, organisation.settings.words)
    return path, fill_template(text, {"owner": organisation.first_owner, **values}, today, organisation.settings.review_months)


def _organisation(root: Path) -> Organisation:
    """Return what `mkdocs.yml` says of the site, apart from what its pages decide. The check tells of what is wrong in it. Raises NewPageError."""
    try:
        return read_organisation(read_config_file(root / "mkdocs.yml"), (), [])
    except OSError as error:
        raise NewPageError(f"opsætningen kan ikke læses: {explain(error)}") from error


def _written(root: Path, path: str, page: str) -> str:
    """Write a page, and return its path. The first of its kind on a site gets the folder, too."""
    try:
        if not (folder := (root / path).parent).is_dir():
            folder.mkdir(parents=True)
        write_whole(root / path, page.encode())
    except (OSError, MemoryError) as error:
        raise NewPageError(f"{path} er ikke skrevet: {explain(error)}") from error
    return path


def _read_template(root: Path, path: str, words: Words) -> str:
    """Return the text of a template, given its path in `docs/`: the site's own with its line endings, or else the program's. Raises NewPageError."""
    file = root / "docs" / path
    if not file.is_file() and (shipped := shipped_template(path, words)) is not None:
        return shipped
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NewPageError(f"skabelonen kan ikke læses: {explain(error)}") from error
    for diagnostic in read_bytes(data).diagnostics:
        raise NewPageError(str(diagnostic.in_file(f"docs/{path}")))
    return data.decode()
