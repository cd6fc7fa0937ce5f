"""MkDocs and ProperDocs build the pages that we set on their files, and never use Python-Markdown.

These tests fail when either changes underneath: see `kanalstrategi.build.tree_page`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pages import small
from tests.support.project import Project

PAGE = "docs/strategi/formaal.md"
HOOK = """
import markdown
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

def convert(*_):
    raise AssertionError("Python-Markdown was used")

def on_startup(**_):
    markdown.Markdown.convert = convert

def on_nav(nav, **_):
    pages = [(type(page).__name__, page.file.src_uri, page.title) for page in nav.pages]
    assert {name for name, _, _ in pages} == {"TreePage"}, pages
    titles = {path: title for _, path, title in pages}
    assert titles["index.md"] == "Forside"  # as the menu has it
    assert titles["strategi/formaal.md"] == "Formål &amp; <em>".replace("<em>", "&lt;em&gt;")  # as the page has it
"""
EXTENSIONS = "\nmarkdown_extensions:\n"


def build(project: Project, builder: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", builder, "build", "--strict", "-f", "mkdocs.yml", "--quiet"]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True)


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_every_page_is_ours_from_the_beginning(project: Project, builder: str) -> None:
    project.remove_documents()
    project.write("hook.py", HOOK)
    project.replace("mkdocs.yml", "\nplugins:\n", "\nhooks: [hook.py]\nplugins:\n")
    project.replace(PAGE, "\n# Formål\n", "\n# Formål & \\<em>\n")
    done = build(project, builder)
    assert done.returncode == 0, done.stdout + done.stderr
    html = (project.site / "strategi/formaal/index.html").read_text(encoding="utf-8")
    assert "<title>Formål &amp; &lt;em&gt; - " in html
    assert 'href="#kerneopgaven"' in html.partition('class="contents"')[2]  # in the table of contents


@pytest.mark.parametrize("included", ["  - attr_list\n  - md_in_html\n  - toc:\n      permalink: '#'\n", "  - footnotes\n  - markdown.extensions.tables\n"])
def test_extensions_that_pages_have_anyway_are_accepted(tmp_path: Path, included: str) -> None:
    project = small(tmp_path / "project")
    project.replace("mkdocs.yml", "\nplugins:\n", EXTENSIONS + included + "\nplugins:\n")
    done = build(project, "mkdocs")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("  - pymdownx.emoji\n", "udvidelsen pymdownx.emoji under markdown_extensions findes ikke her – slet den"),
        ("  - toc:\n      permalink: false\n      toc_depth: 2\n", "permalink, toc_depth under markdown_extensions, toc, kan ikke ændres – slet linjen"),
    ],
)
def test_other_extensions_are_refused(project: Project, asked: str, message: str) -> None:
    project.replace("mkdocs.yml", "\nplugins:\n", EXTENSIONS + asked + "\nplugins:\n")
    done = build(project, "mkdocs")
    assert done.returncode == 1
    assert f"mkdocs.yml: {message}" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
