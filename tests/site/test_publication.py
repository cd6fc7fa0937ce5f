"""A build for publication says what the law asks for and the site lacks; with --strict-publication it is refused, and the site stays as it was."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from mkdocs.exceptions import Abort

from kanalstrategi.build.publication import announce_gaps, require_publishable
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from tests.support.project import PUBLISHED, Project

GAPS = ("adressen på tilgængelighedserklæringen mangler", "det er ikke afgjort, om hjemmesiden overholder standarden", "ingen mailadresse")
STRICT = {"STRICT_PUBLICATION": "1"}


@pytest.fixture
def content(project: Project) -> Content:
    """The content of the project, which lacks what the law asks for."""
    return read_project(project.root, {}).content


@pytest.fixture
def lawful(project: Project) -> Content:
    """The same with everything that it asks for."""
    address = "  accessibility_statement: https://www.was.digst.dk/example-org\n"
    project.replace("mkdocs.yml", "  organisation: Guldborgsund", f"{address}  organisation: Guldborgsund")
    project.replace("mkdocs.yml", "    politik-personale:\n", "    politik-personale:\n      email: post@example.org\n")
    fields = "compliance: full\ntested: 2025-12-01\nmethod: external\n"
    project.replace("docs/tilgaengelighed/erklaering.md", "status: draft\n", f"status: draft\n{fields}")
    return read_project(project.root, {}).content


def test_what_is_missing_is_printed_at_the_end_of_a_build_for_publication_alone(content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    announce_gaps(content, "")
    assert capsys.readouterr().err == ""
    announce_gaps(content, PUBLISHED)
    said = capsys.readouterr().err
    assert "OBS: Loven om webtilgængelighed" in said and all(gap in said for gap in GAPS)


def test_a_site_that_has_it_all_is_built_strictly_and_without_a_word(lawful: Content, capsys: pytest.CaptureFixture[str]) -> None:
    require_publishable(lawful, PUBLISHED, STRICT)
    announce_gaps(lawful, PUBLISHED)
    assert capsys.readouterr().err == ""


def test_only_a_strict_build_is_refused(content: Content, lawful: Content) -> None:
    require_publishable(content, PUBLISHED, {})
    require_publishable(content, PUBLISHED, {"STRICT_PUBLICATION": "0"})
    with pytest.raises(Abort, match=GAPS[0]):
        require_publishable(content, PUBLISHED, STRICT)
    with pytest.raises(Abort, match="sæt SITE_URL"):
        require_publishable(lawful, "", STRICT)


def test_a_refused_build_leaves_the_site_as_it_was(project: Project) -> None:
    project.write("site/index.html", "den gamle")
    command = [sys.executable, "-m", "kanalstrategi.build.command", "--strict-publication", "--quiet"]
    process = subprocess.run(command, cwd=project.root, env={**os.environ, "SITE_URL": PUBLISHED}, capture_output=True, text=True)
    said = process.stdout + process.stderr
    assert process.returncode != 0 and "Traceback" not in said and "En tidligere udgave er uændret" in said
    assert all(gap in said for gap in GAPS)
    assert [file.name for file in project.site.iterdir()] == ["index.html"] and [*project.root.glob(".site-*")] == []
