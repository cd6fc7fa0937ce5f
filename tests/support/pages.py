"""Parts of pages that tests write."""

from __future__ import annotations

import re

from tests.support.project import Project

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
