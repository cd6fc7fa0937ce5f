"""A cached page is the page that MkDocs would render, whatever has changed elsewhere, and its warnings are repeated."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from mkdocs.commands.build import _build_page, _populate_page  # private: kanalstrategi/build/scheduler.py calls them
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page
from PIL import Image

from kanalstrategi.build.cache import CACHE_FOLDER
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.project import read_project
from tests.support.brands import WIDE_LOGO
from tests.support.pages import add_warning
from tests.support.project import EPOCH, ROOT, Project, are_same, copied

PURPOSE = "docs/strategi/formaal.md"


def test_mkdocs_sets_on_a_page_what_ours_has_and_nothing_else(tmp_path: Path) -> None:
    """`kanalstrategi.build.tree_page` replaces what MkDocs does to read and render a page: whatever templates ask of a page is on ours."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: Prøve\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_config(config)
    files = get_files(config)
    page = Page(None, files.src_uris["a.md"], config)
    before = dict(vars(page))
    _populate_page(page, config, files)
    changed = {name for name, value in vars(page).items() if name not in before or before[name] is not value}
    assert changed == {"markdown", "meta", "content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}


@pytest.mark.parametrize(("function", "fingerprint"), [(_populate_page, "31a70ea4caef1e12"), (_build_page, "adcdbd14b2361126")])
def test_the_functions_of_mkdocs_that_we_call_are_unchanged(function: Callable[..., None], fingerprint: str) -> None:
    """Fingerprints of MkDocs 1.6.1. kanalstrategi/build/scheduler.py calls these functions for pages that it has skipped: if they
    change, see that this still works, and put the new fingerprint here."""
    assert sha256(inspect.getsource(function).encode()).hexdigest()[:16] == fingerprint


def edit(project: Project, path: str, old: str, new: str) -> None:
    project.replace(path, old, new)


def new_page(project: Project) -> None:
    text = (project.root / "docs/retningslinjer/skoler.md").read_text(encoding="utf-8")
    project.write("docs/retningslinjer/musikskoler.md", text.replace("skoler", "musikskoler").replace("Skoler", "Musikskoler"))


def larger_image(project: Project) -> None:
    Image.new("RGB", (300, 200), "#125a73").save(project.root / "docs/billeder/kort.png")


def larger_attachment(project: Project, size: int = 300_000) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].contents_add(bytes(size))
    pdf.save(project.root / "docs/billeder/plan.pdf", compress_streams=False)


def another_logo(project: Project) -> None:
    project.write("overrides/brand.yml", "logo: billeder/logo.svg\n")
    process = project.build(is_cold=True)
    assert process.returncode == 0, process.stdout + process.stderr
    project.write("docs/billeder/logo.svg", WIDE_LOGO)


CHANGES: dict[str, Callable[[Project], None]] = {
    "a paragraph": lambda project: edit(project, PURPOSE, "\n## Kerne", "\nEt afsnit om højskolekvalitet.\n\n## Kerne"),
    "a title, which menus show": lambda project: edit(project, "docs/strategi/digital-inklusion.md", "\n# Digital", "\n# Om digital"),
    "a rule, which other pages quote": lambda project: edit(
        project, "docs/kanaler/telefon-og-videomoeder.md", "journalisering overholdes\n", "journalisering følges\n"
    ),
    "a decision, which is counted": lambda project: edit(project, "docs/retningslinjer/biblioteker.md", "- [ ] Telefontider", "- [x] Telefontider"),
    "who owns what": lambda project: edit(project, "mkdocs.yml", '      phone: "54 73 10 00"\n    ikke', '      phone: "54 73 10 01"\n    ikke'),
    "a page more": new_page,
    "an image of another size": larger_image,
    "an attached document of another size": larger_attachment,
    "a page less": lambda project: (project.root / "docs/retningslinjer/musikskoler.md").unlink(),
    "another logo in the file that brand.yml names": another_logo,  # last, since the project has a program of its own from then on
}


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that gets all the changes, one after the other, with the cache of the builds before."""
    project = copied(tmp_path_factory.mktemp("changing") / "project")
    project.remove_documents()
    Image.new("RGB", (640, 360), "#125a73").save(project.root / "docs/billeder/kort.png")
    larger_attachment(project, 100_000)
    project.replace(PURPOSE, "\n## Strategiens", "\n![Et kort](../billeder/kort.png)\n\n[Planen](../billeder/plan.pdf)\n\n## Strategiens")
    process = project.build(is_cold=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return project


def test_after_any_change_the_site_equals_a_clean_build(changing: Project, tmp_path: Path) -> None:
    """One test, since each change needs the cache of those before it."""
    for name, change in CHANGES.items():
        change(changing)
        clean = Project(tmp_path / name)
        shutil.copytree(changing.root, clean.root, symlinks=True, ignore=shutil.ignore_patterns(CACHE_FOLDER, "site", ".site-*"))
        for project in (changing, clean):
            process = project.build(is_cold=True)
            assert process.returncode == 0, (name, process.stdout + process.stderr)
        assert are_same(changing.site, clean.site), name


COUNTING = """
import os, runpy, sys
from kanalstrategi.build import tree_page
render = tree_page.render_page
def counted(parsed, page, *more, **named):
    os.write(1, f"{os.getpid()} {page.path}\\n".encode())  # at once: two processes write to the same pipe
    return render(parsed, page, *more, **named)
tree_page.render_page = counted
os.write(1, f"{os.getpid()}\\n".encode())
sys.argv = ["mkdocs", "build", "--strict"]
runpy.run_module("mkdocs", run_name="__main__")
"""


def rendered(project: Project) -> tuple[set[str], set[str]]:
    """Return the pages that a build renders: in its own process, and in workers."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    process = subprocess.run([sys.executable, "-c", COUNTING], cwd=project.root, env=environment, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    own, *lines = process.stdout.splitlines()
    pages = [line.split(" ") for line in lines]
    return {path for process, path in pages if process == own}, {path for process, path in pages if process != own}


def test_all_pages_are_rendered_in_workers_and_then_only_changed_ones(project: Project) -> None:
    project.print_only("strategi/formaal.md", "soeg.md")
    content = read_project(ROOT, {}).content
    pages = {*content.pages, *content.rule_pages}
    assert rendered(project) == ({SEARCH_PAGE}, pages - {SEARCH_PAGE})
    project.replace(PURPOSE, "\n## Strategiens", "\nEt afsnit mere.\n\n## Strategiens")
    assert rendered(project) == ({SEARCH_PAGE, "strategi/formaal.md"}, set())
    assert rendered(project) == (set(), set())


def test_warnings_of_mkdocs_are_repeated_with_every_build(project: Project) -> None:
    project.remove_documents()
    add_warning(project, PURPOSE)
    reported = []
    for _ in range(2):
        process = project.build("--no-strict")
        assert process.returncode == 0, process.stdout + process.stderr
        reported.append([line for line in process.stderr.splitlines() if "WARNING" in line])
    assert len(reported[0]) == 1 and "formaal.md" in reported[0][0] and reported[0] == reported[1]
