"""A small project whose owners have addresses, and how its commands see the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.cli import remind
from tests.support.project import Project, seconds
from tests.support.small_project import small_project

OWNERS = """\
  owners:
    hus:
      name: Huset
      email: hus@by.dk
      account: "@by/hus"
      deputy: skole
    skole: {name: "Skole & Æbler", email: skole@by.dk}
    bib: {name: Biblioteket, email: bib@by.dk}
    tavs: {name: Den tavse}
"""


def reminded_project(root: Path) -> Project:
    """Write the project: Huset has pages due on the last day of 2025, the school an open guideline, the library one page due in 2030."""
    project = small_project(root)
    project.replace("mkdocs.yml", "  owners: {hus: {name: Huset}}\n", OWNERS)
    project.replace("docs/retningslinjer/skoler.md", "owner: hus", "owner: skole")
    project.replace("docs/retningslinjer/skoler.md", "review_by: 2025-12-31", "review_by: 2030-12-31")
    project.replace("docs/retningslinjer/skoler.md", "Vi svarer.", "Vi svarer.\n\n- [ ] Tider: Hvornår?\n- [ ] Svar: Hvem?")
    project.replace("docs/strategi/maal.md", "owner: hus", "owner: bib")
    project.replace("docs/strategi/maal.md", "review_by: 2025-12-31", "review_by: 2030-12-31")
    project.replace("docs/soeg.md", "owner: hus", "owner: tavs")
    return project


def remind_on(day: str, project: Project, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command as on a day, and return its exit code."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds(day)))
    return remind.main(project.root, arguments)
