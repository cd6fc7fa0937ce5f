"""What we replace in the theme is what we think it is.

Fails when the theme's own file changes underneath the one in overrides/theme: compare the
two, carry over what is new, and put the new fingerprint here.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html

OVERRIDES = Path(__file__).parent.parent / "overrides" / "theme"

# Of mkdocs-material 9.8.1.
FINGERPRINTS = {
    "base.html": "8536d352b0093623",  # whose block `htmltitle` main.html replaces
    "main.html": "9948b55a7bc979c3",
    "404.html": "80c93494b5432b1b",
    "partials/header.html": "8cf3fb15bcf969ff",
    "partials/language.html": "3a44516f305006ac",
}


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_the_file_we_replace_is_unchanged(name: str) -> None:
    theirs = files("material").joinpath("templates", *name.split("/")).read_bytes()
    assert hashlib.sha256(theirs).hexdigest()[:16] == FINGERPRINTS[name]


def test_nothing_else_is_replaced() -> None:
    templates = {file.relative_to(OVERRIDES).as_posix() for file in OVERRIDES.rglob("*.html")}
    replaced = {name for name in templates if files("material").joinpath("templates", *name.split("/")).is_file()}
    assert replaced == set(FINGERPRINTS) - {"base.html"}


def test_every_menu_has_a_name_of_its_own(site: Path) -> None:
    """See overrides/menus.py."""
    for path in ("index.html", "kanaler/index.html", "kanaler/skriftlig-kommunikation/index.html"):
        page = html.parse(str(site / path), html.HTMLParser(encoding="utf-8")).getroot()
        ids = page.xpath("//nav/@aria-labelledby")
        names = [" ".join(page.get_element_by_id(id).text_content().split()) for id in ids]
        assert len(names) >= 3 and all(names) and len(set(names)) == len(names), path
