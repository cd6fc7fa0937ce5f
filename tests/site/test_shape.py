"""A site of another shape is built whole, and the program says nothing on it in another municipality's words."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.support.fjordby import fjordby
from tests.support.project import PROGRAM, PUBLISHED, ROOT, Project, run_mkdocs

OTHERS = re.compile(r"\b(?:kanal)?strategi(?:ens?|er|erne|ernes|s)?\b(?!/)|fagområde", re.IGNORECASE)
TEXTS = (".html", ".json", ".jsonld", ".xml", ".csv", ".ics")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = fjordby(tmp_path_factory.mktemp("fjordby"))
    for part in PROGRAM:
        (project.root / part).symlink_to(ROOT / part)
    built = run_mkdocs(project.root, site_url=PUBLISHED)
    assert built.returncode == 0, built.stdout + built.stderr
    return project


def said(file: Path) -> str:
    """Return the words of a file, without addresses, names of files and the generator's name."""
    text = file.read_text(encoding="utf-8")
    return re.sub(r"(?:https?:|tag:)[^\s\"<>]*|kanalstrategi (?:\d|//)|-//kanalstrategi//|strategi/|[\w/-]*strategi[\w-]*\.\w+", "", text)


def test_no_file_says_strategi_or_fagomraade(town: Project) -> None:
    files = [file for file in town.site.rglob("*") if file.suffix in TEXTS]
    assert len(files) > 60
    found = [f"{file.relative_to(town.site)}: {match[0]}" for file in files for match in OTHERS.finditer(said(file))]
    assert found == []
    assert "Efter afdeling" in (town.site / "opfoelgning" / "index.html").read_text(encoding="utf-8")


def test_what_is_printed_and_in_word_has_its_rules_and_words(town: Project) -> None:
    paper = subprocess.run(["pdftotext", town.site / "pdf" / "politik.pdf", "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(paper.replace("\N{SOFT HYPHEN}", "").split())
    assert "Vi vil: " in words and "på telefonen" in words and "i søgningen" in words and "Borgeren først." in words
    assert not OTHERS.search(words)
    for file in (town.site / "word").glob("*.docx"):
        with zipfile.ZipFile(file) as parts:
            text = re.sub("<[^>]*>", " ", parts.read("word/document.xml").decode())
        assert "søgningen" in text or "spoergsmaal" in file.name
        assert not OTHERS.search(text), file.name
