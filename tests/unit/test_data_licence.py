"""The licence of the open data is what `data_licence` says, or open; a wrong one is reported at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.content.organisation_model import Licence
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from macros import MACROS
from tests.support.small_project import small_project

CC_BY = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


def licence_of(root: Path, line: str) -> tuple[Licence | None, list[str], str]:
    """Return the licence that a line gives, what is reported, and what the page about the data says of it."""
    project = small_project(root)
    project.replace("mkdocs.yml", "  organisation: Byen\n", f"  organisation: Byen\n{line}")
    loaded = read_project(root, {})
    shown = write_html([element("div", MACROS["open_data"](Call(loaded.content, loaded.content.pages["index.md"])))])
    return loaded.content.organisation.data_licence, [*map(str, loaded.diagnostics)], shown


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("CC BY 4.0", CC_BY),
        ("https://creativecommons.org/licenses/by/4.0/", CC_BY),
        ("https://byen.dk/vilkaar", Licence("https://byen.dk/vilkaar", "https://byen.dk/vilkaar")),
    ],
)
def test_a_licence_is_known_by_name_or_by_its_url(tmp_path: Path, value: str, licence: Licence) -> None:
    found, reported, shown = licence_of(tmp_path, f"  data_licence: {value}\n")
    assert (found, reported) == (licence, [])
    assert f'<a href="{licence.url}">{licence.name}</a>' in shown and "Ikke besluttet" not in shown


def test_without_one_the_page_says_that_nobody_has_decided_it(tmp_path: Path) -> None:
    found, reported, shown = licence_of(tmp_path, "")
    assert (found, reported) == (None, []) and "Ikke besluttet endnu." in shown and "Spørg Huset" in shown


@pytest.mark.parametrize(
    ("value", "hint"),
    [("CC-BY 4", "mente du CC BY 4.0?"), ("gratis", "skriv CC0 1.0, CC BY 4.0, CC BY-SA 4.0 eller adressen på en anden"), ("[a, b]", "skriv CC0 1.0")],
)
def test_a_wrong_one_is_reported_at_its_line_and_not_used(tmp_path: Path, value: str, hint: str) -> None:
    found, [reported], shown = licence_of(tmp_path, f"  data_licence: {value}\n")
    assert found is None and "Ikke besluttet endnu." in shown
    assert reported.startswith("mkdocs.yml:4: licensen ") and " kendes ikke – " in reported and hint in reported
