"""The municipality's own strategy can be succeeded by a new edition, and back."""

from __future__ import annotations

from tests.support.project import ROOT, Project
from tests.support.small_project import run, tree


def test_the_strategy_in_force_is_succeeded_and_comes_back_byte_for_byte(whole_project: Project) -> None:
    project = whole_project
    project.write("addresses.txt", (ROOT / "addresses.txt").read_text(encoding="utf-8"))
    at_first = tree(project.root)
    assert run(project, "new", "edition", "2099-2102") == 0
    assert project.check() == []
    begun = tree(project.root)
    assert run(project, "edition", "adopt", "2099-2102", "--date", "2026-02-24", "--by", "byrådet") == 0
    assert project.check() == []
    after = tree(project.root)
    pages = {path for path in at_first if path.startswith(("docs/strategi/", "docs/kanaler/"))}
    assert len(pages) == 10
    assert {path.replace("docs", "docs/udgaver/2023-2025", 1): at_first[path] for path in pages}.items() <= after.items()
    assert at_first.keys() - after.keys() == set()
    assert b"title: Kanalstrategi 2099-2102, samlet udgave" in after["mkdocs.yml"]
    assert run(project, "edition", "undo") == 0 and tree(project.root) == begun
    assert run(project, "edition", "undo") == 0 and tree(project.root) == at_first
