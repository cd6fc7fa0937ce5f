"""Files to download: real ones, from their folder to the words of their links, and what is advised against."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.project import read_project
from tests.support.pages import small

FILES = Path(__file__).parent.parent / "data/attachments"
"""Made by LibreOffice: a Word file, a PDF with tags and one without, and a table as text."""


def test_real_files_are_accepted_published_as_they_are_and_their_links_say_kind_and_size(tmp_path: Path) -> None:
    project = small(tmp_path / "project")
    shutil.copytree(FILES, project.root / "docs/filer")
    names = sorted(file.name for file in FILES.iterdir())
    project.write(
        "docs/index.md",
        (project.root / "docs/index.md").read_text(encoding="utf-8") + "".join(f"\n[Hent {name.partition('.')[0]}](filer/{name})\n" for name in names),
    )
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    links = re.findall(r'<a href="filer/([^"]+)">([^<]*)</a>', (project.site / "index.html").read_text(encoding="utf-8"))
    assert links == [
        ("plan.docx", "Hent plan (Word, 5 kB)"),
        ("plan.pdf", "Hent plan (PDF, 19 kB)"),
        ("tal.csv", "Hent tal (CSV, 1 kB)"),
        ("udskrevet.pdf", "Hent udskrevet (PDF, 18 kB)"),
    ]
    assert all((project.site / "filer" / name).read_bytes() == (FILES / name).read_bytes() for name in names)
    [warning] = [found for found in find_warnings(read_project(project.root, os.environ), project.root / "docs") if found.file.startswith("docs/filer/")]
    assert str(warning) == (
        "docs/filer/udskrevet.pdf:1: PDF-filen har ingen mærker (tags), så en skærmlæser kan ikke læse den op i rækkefølge"
        " – gem den igen fra Word med »Gem som« og typen PDF, ikke ved at udskrive den"
    )
