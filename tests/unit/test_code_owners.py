"""The owner of a page reviews its changes; the maintainers review all others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kanalstrategi.content.code_owners import code_owners
from kanalstrategi.content.project import read_project
from tests.support.project import ROOT, Project

OWNER = "      name: Center for Politik & Personale\n"


def owner_lines(root: Path) -> list[str]:
    lines = code_owners(read_project(root, os.environ).content).split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def test_codeowners_is_up_to_date() -> None:
    expected = code_owners(read_project(ROOT, os.environ).content)
    assert (ROOT / "CODEOWNERS").read_text(encoding="utf-8") == expected, "run python3 scripts/codeowners.py"


def test_without_accounts_nobody_is_asked(project: Project) -> None:
    assert owner_lines(project.root) == []
    assert "No owner has an account yet" in code_owners(read_project(project.root, {}).content)


def test_each_page_asks_its_owner_and_all_else_the_maintainers(project: Project) -> None:
    project.replace("mkdocs.yml", OWNER, OWNER + '      account: "@kommune/politik"\n')
    project.replace("mkdocs.yml", "  owners:\n", '  maintainers: "@kommune/hjemmeside"\n  owners:\n')
    assert project.check() == []
    lines = owner_lines(project.root)
    assert lines[0] == "* @kommune/hjemmeside"  # first, since the last matching line counts
    assert "/docs/kanaler/telefon-og-videomoeder.md @kommune/politik" in lines
    assert not [line for line in lines if "skoler.md" in line]  # its owner has no account
    assert all(line.startswith("/docs/") for line in lines[1:])
    assert "No owner has an account" not in code_owners(read_project(project.root, {}).content)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("med mellemrum", "med?mellemrum"),
        ("#[a]*!?", "??a????"),
        ("to\n* @tyv", "to????tyv"),
        ("åben-dør_1.2", "åben-dør_1.2"),
    ],
)
def test_a_name_of_a_file_is_no_syntax(project: Project, name: str, pattern: str) -> None:
    project.replace("mkdocs.yml", OWNER, OWNER + '      account: "@kommune/politik"\n')
    text = (project.root / "docs/strategi/formaal.md").read_text(encoding="utf-8")
    project.write(f"docs/strategi/{name}.md", text)
    lines = owner_lines(project.root)
    assert f"/docs/strategi/{pattern}.md @kommune/politik" in lines
    assert all(line.startswith("/docs/") and line.endswith(".md @kommune/politik") for line in lines)
    widened = [number for number, line in enumerate(lines) if "?" in line]
    assert widened == list(range(len(widened)))  # precede the exact names, which win
