"""A page that is added to a folder of the menu is in the menu and the overviews, with no other change."""

from __future__ import annotations

import json
import os
import urllib.request

from kanalstrategi.content.page_template import new_department
from kanalstrategi.content.project import read_project
from tests.support.preview import wait_for
from tests.support.project import Project


def test_a_new_page_is_everywhere_with_no_other_change(whole_project: Project) -> None:
    project = whole_project
    new_department(project.root, "Sundhedsplejen", {"SOURCE_DATE_EPOCH": "1767225600"})
    assert project.check() == []
    documents = read_project(project.root, os.environ).content.organisation.documents
    assert documents["retningslinjer-sundhedsplejen"].pages == ("retningslinjer/sundhedsplejen.md",)
    pages = documents["samlet"].pages
    assert pages.index("retningslinjer/sundhedsplejen.md") == pages.index("retningslinjer/administration.md") + 1
    project.remove_documents()  # the department's own is built in tests/site/test_fresh_clone.py
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    overview = (project.site / "retningslinjer/index.html").read_text(encoding="utf-8")
    assert overview.count('href="sundhedsplejen/') > 1
    menu = overview[overview.index('class="section-menu"') : overview.index("<main")]
    assert menu.index('retningslinjer/administration/"') < menu.index('retningslinjer/sundhedsplejen/"')
    reported = json.loads((project.site / "data/pages.json").read_text(encoding="utf-8"))
    assert "retningslinjer/sundhedsplejen/" in [page["url"] for page in reported]


def test_the_preview_sees_a_new_page(preview: tuple[Project, str]) -> None:
    project, url = preview
    new_department(project.root, "Sundhedsplejen", {})

    def is_in_the_menu() -> bool:
        with urllib.request.urlopen(f"{url}retningslinjer/") as answer:
            return 'href="sundhedsplejen/"' in answer.read().decode()

    wait_for(is_in_the_menu)
    assert "WARNING" not in (project.root / "log").read_text(encoding="utf-8")
