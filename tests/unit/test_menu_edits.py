"""When an edition is adopted, `mkdocs.yml` names its pages, and every line that need not change stays."""

from __future__ import annotations

import pytest

from kanalstrategi.content.edition_names import as_written, name_in_title, with_name
from kanalstrategi.content.menu_edits import MenuError, with_edition_name, with_pages
from tests.support.project import ROOT

MKDOCS = """\
site_name: "Kanalstrategi 2023–2025" # vores
extra:
  documents:
    all:
      title: Kanalstrategi 2023-2025, samlet
      pages:
        - strategi/
        - kaner.md
    some:
      pages:
        - strategi/a.md # først
        - strategi/b.md
    one:
      pages: [strategi/a.md]
nav:
  - Forside: index.md
  # Strategien
  - Strategien:
      - strategi/a.md
      - B: strategi/b.md # bliver
      - svar/x.md
  - Kun én:
      - Tom:
          - kaner.md
"""
FORMER = ["index.md", "strategi/a.md", "strategi/b.md", "kaner.md"]


def test_what_stays_is_not_touched() -> None:
    assert with_pages(MKDOCS, FORMER, FORMER) == MKDOCS
    own = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert with_edition_name(own, "1999", "2000") == own


def test_a_new_page_comes_after_the_last_of_its_folder() -> None:
    line = "      - strategi/c.md\n"
    changed = with_pages(MKDOCS, FORMER, [*FORMER, "strategi/c.md"])
    menu = MKDOCS.replace("# bliver\n", f"# bliver\n{line}")
    assert changed == menu.replace("        - strategi/b.md\n", f"        - strategi/b.md\n  {line}")


def test_a_page_that_is_gone_loses_its_line_and_a_menu_that_is_empty_its_title() -> None:
    changed = with_pages(MKDOCS, FORMER, ["index.md", "strategi/a.md"])
    expected = [line for line in MKDOCS.splitlines(keepends=True) if "b.md" not in line and "kaner" not in line and "Tom" not in line and "Kun" not in line]
    assert changed == "".join(expected)


def test_a_page_in_the_place_of_another() -> None:
    changed = with_pages(MKDOCS, FORMER, ["index.md", "strategi/a.md", "strategi/c.md", "kaner.md"])
    assert changed == MKDOCS.replace("- strategi/b.md", "- strategi/c.md").replace("- B: strategi/b.md # bliver", "- strategi/c.md")


def test_a_wildcard_names_the_page_already() -> None:
    text = "nav:\n  - strategi/a.md\n  - strategi/*\n"
    assert with_pages(text, FORMER, [*FORMER, "strategi/c.md"]) == text


@pytest.mark.parametrize("text", ["nav:\r\n- strategi/a.md\r\n# slut\r\n", "nav:\n- strategi/a.md"])
def test_line_endings_stay(text: str) -> None:
    end = "\r\n" if "\r" in text else "\n"
    assert with_pages(text, FORMER, [*FORMER, "strategi/c.md"]) == text.replace("a.md", f"a.md{end}- strategi/c.md")


@pytest.mark.parametrize("text", ["nav: [strategi/a.md, index.md]\n", "nav:\n  - index.md\n"])
def test_a_menu_that_cannot_be_changed_is_refused(text: str) -> None:
    with pytest.raises(MenuError, match="–"):
        with_pages(text, FORMER, [*FORMER, "strategi/c.md"])


def test_titles_get_the_new_name() -> None:
    changed = with_edition_name(MKDOCS, "2023-2025", "2026-2029")
    assert changed == MKDOCS.replace("2023–2025", "2026-2029").replace("2023-2025", "2026-2029")


def test_the_name_in_a_title() -> None:
    assert name_in_title("Kanalstrategi 2023 – 2025") == "2023-2025"
    assert name_in_title("Strategi 2030") == "2030"
    assert name_in_title("Fra 2023 til 2025") == name_in_title("Strategien") == name_in_title("Nr. 12345") == ""
    assert with_name("Forår 2023: forår  2023, Forår", "foraar-2023", "X") == "X: X, Forår"
    assert as_written("Kanalstrategi 2026–2029", "2026-2029") == "2026–2029"
    assert as_written("Kanalstrategi", "2026-2029") == "2026-2029"
