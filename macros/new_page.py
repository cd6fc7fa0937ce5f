"""Write a new page from a template in `docs/skabeloner/`, and put it in the menu."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path

from dateutil.relativedelta import relativedelta

from .content import TEMPLATES
from .dates import MONTHS_UNTIL_OLD, build_date
from .guidelines import GUIDELINES
from .source import slug

TEMPLATE = f"docs/{TEMPLATES}/retningslinje.md"
CONFIG = "mkdocs.yml"
NAME = re.compile(r"[^\W_][\w ,.&/()’'–-]{0,59}")
"""What a department may be called: the name stands in front matter, in tables and in the file's name."""


class NewPageError(ValueError):
    """A page that could not be made. Says why and what to do, in Danish."""


def new_department(root: Path, name: str, environment: Mapping[str, str]) -> str:
    """Write the guideline of a new department, and give its path from the project's root.

    Nothing is written unless all of it can be. Raises NewPageError.
    """
    name = " ".join(name.split())
    id = slug(name)
    if not NAME.fullmatch(name) or not id:
        raise NewPageError(f"»{name}« kan ikke bruges som navn – brug bogstaver, tal og mellemrum, højst 60 tegn")
    path = f"docs/{GUIDELINES}/{id}.md"
    if (root / path).exists() or id == "index":
        raise NewPageError(f"{path} findes allerede – ret den, eller vælg et andet navn")
    try:
        template = (root / TEMPLATE).read_text(encoding="utf-8")
    except OSError as error:
        raise NewPageError(f"skabelonen {TEMPLATE} kan ikke læses ({error.strerror}) – hent den tilbage") from error
    config = (root / CONFIG).read_text(encoding="utf-8")
    menu = _with_entry(config, f"{GUIDELINES}/{id}.md")
    try:
        today = build_date(environment)
    except ValueError as error:
        raise NewPageError("SOURCE_DATE_EPOCH er ikke et tidspunkt – fjern den") from error
    text = string.Template(template).safe_substitute(
        department=name,
        reviewed=today.isoformat(),
        review_by=(today + relativedelta(months=MONTHS_UNTIL_OLD)).isoformat(),
    )
    (root / path).write_text(text, encoding="utf-8")
    (root / CONFIG).write_text(menu, encoding="utf-8")
    return path


def _with_entry(config: str, path: str) -> str:
    """The configuration with a page after the last one of its folder. The rest stays as it was typed."""
    folder = re.escape(path.rpartition("/")[0])
    entries = list(re.finditer(rf"^([ \t]*)- (?:[^\n#]*: )?{folder}/\S+\.md[ \t]*(?:#[^\n]*)?\n", config, re.MULTILINE))
    if not entries:
        raise NewPageError(f"menuen i {CONFIG} har ingen sider fra {GUIDELINES}/ – skriv `- {path}` under nav i hånden")
    last = entries[-1]
    return f"{config[: last.end()]}{last.group(1)}- {path}\n{config[last.end() :]}"
