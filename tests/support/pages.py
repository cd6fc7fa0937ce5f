"""Parts of pages that tests write."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.project import Project, built_once, copied
from tests.support.servers import serving

FRONT = """---
description: {description}
owner: politik-personale
status: adopted
reviewed: 2023-02-28
review_by: 2027-12-31
---

# Et angreb

"""
"""The front matter and heading of a page, to be formatted with its description."""


def without_menu(project: Project) -> Project:
    """Remove the menu and the documents, so that pages can be added and removed."""
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("mkdocs.yml", re.sub(r"^nav:.*?(?=^\S)", "", text, flags=re.MULTILINE | re.DOTALL))
    project.remove_documents()
    return project


def small(root: Path) -> Project:
    """Return a project of three pages, one of them a document, which takes less than two seconds to build."""
    project = without_menu(copied(root))
    shutil.rmtree(root / "docs")
    front = FRONT.format(description="Prøve")
    strategy = front.replace("---\n", "---\nadopted: 2023-02-28\nadopted_by: Byrådet\nevaluate_by: 2025-12-31\n", 1)
    project.write("docs/index.md", strategy + 'Tekst.\n\n{{ download("kort") }}\n')
    project.write("docs/soeg.md", front + "{{ search() }}\n")
    project.write("docs/strategi/formaal.md", front + "Tekst om formålet.\n")
    project.write("docs/billeder/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    document = "  documents:\n    kort:\n      name: uddraget\n      opening: index.md\n      pages:\n        - strategi/formaal.md\n"
    project.replace("mkdocs.yml", "extra:\n", f"extra:\n{document}")
    return project


@contextlib.contextmanager
def serving_page(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> Iterator[str]:
    """Serve a site with a page at `strategi/<name>/`, and yield the site's URL. `text` is what stands below its title."""

    def build(root: Path) -> None:
        project = without_menu(copied(root))
        project.write(f"docs/strategi/{name}.md", FRONT.format(description=name) + text)
        process = project.build()
        assert process.returncode == 0, process.stdout + process.stderr

    with serving(built_once(tmp_path_factory, name, build) / "site") as url:
        yield url


def add_warning(project: Project, page: str, logger: str = "mkdocs.hooks.other") -> None:
    """Give the project a hook that warns of a page whenever the page is rendered, as a plugin may."""
    path = page.removeprefix("docs/")
    project.replace("mkdocs.yml", "plugins:\n", "hooks:\n  - warning.py\n\nplugins:\n")
    project.write(
        "warning.py",
        f"import logging\ndef on_page_content(html, page, **_):\n    if html and page.file.src_uri == {path!r}:\n"
        f"        logging.getLogger({logger!r}).warning('about %s', page.file.src_uri)\n",
    )


_TABLE_MACRO = """\
from kanalstrategi.markdown.nodes import element
from kanalstrategi.rendering.macros import Call, macro


@macro
def without_headings(call: Call):
    return element("table", element("tbody", element("tr", element("td", "Kanal"), element("td", "Et medie"))))


"""


def add_table_without_headings(project: Project, page: str) -> None:
    """Put a macro of the site's own on a page: no error for MkDocs and check.py, which trust what it answers, but one for PDF/UA-1."""
    project.replace("macros/__init__.py", "MACROS = MacroRegistry([", f"{_TABLE_MACRO}MACROS = MacroRegistry([without_headings,")
    text = (project.root / page).read_text(encoding="utf-8")
    project.write(page, f"{text}\n{{{{ without_headings() }}}}\n")
