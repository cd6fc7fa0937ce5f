"""With SOURCE_DATE_EPOCH set, two builds are byte-identical, including PDFs: in another folder, with the cache and without, in any
order of files, with any number of processors, and without any font on the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kanalstrategi.build.cache import CACHE_FOLDER
from tests.support.project import EPOCH, PUBLISHED, Project, are_same, copied

PAGE = "docs/strategi/formaal.md"
OTHER_ORDER = """
import os, runpy, sys
class Folder:
    def __init__(self, entries): self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    close = __exit__
listdir, scandir = os.listdir, os.scandir
os.listdir = lambda *path: sorted(listdir(*path), reverse=True)
os.scandir = lambda *path: Folder(scandir(*path))
os.cpu_count = lambda: 1
sys.argv = ["mkdocs", "build", "--strict"]
runpy.run_module("mkdocs", run_name="__main__")
"""
"""A build that meets files in another order and has one processor."""


def test_a_build_in_another_folder_and_file_order_with_one_processor_and_no_font_is_the_same(site: Path, whole_project: Project, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts.conf").write_text(f"<?xml version='1.0'?><fontconfig><dir>{tmp_path / 'fonts'}</dir></fontconfig>")
    without_fonts = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    environment = {**os.environ, **without_fonts, "SOURCE_DATE_EPOCH": str(EPOCH)}
    seen = "import typst; print(len(typst.Fonts(include_embedded_fonts=False).families()))"
    assert subprocess.run([sys.executable, "-c", seen], env=environment, capture_output=True, text=True).stdout == "0\n"
    process = subprocess.run([sys.executable, "-c", OTHER_ORDER], cwd=whole_project.root, env=environment, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    assert are_same(site, whole_project.site)


def change(project: Project) -> None:
    project.replace(PAGE, "## Strategiens sigte", "## Strategiens højskolesigte")


def test_the_cache_changes_no_byte(project: Project, tmp_path: Path) -> None:
    first = project.build(site_url=PUBLISHED, is_cold=True)
    assert first.returncode == 0, first.stdout + first.stderr
    first_site = tmp_path / "first"
    project.site.rename(first_site)
    again = project.build(site_url=PUBLISHED)
    reported = [line for line in again.stderr.splitlines() if "PDF" in line and " af " in line]
    assert reported and all("uændret" in line for line in reported)
    assert are_same(first_site, project.site)

    change(project)
    assert project.build(site_url=PUBLISHED).returncode == 0
    assert not are_same(first_site, project.site)
    clean = copied(tmp_path / "clean")
    for part in ("docs", "mkdocs.yml"):
        subprocess.run(["cp", "-r", str(project.root / part), str(clean.root)], check=True)
    assert not (clean.root / CACHE_FOLDER).exists()
    assert clean.build(site_url=PUBLISHED, is_cold=True).returncode == 0
    assert are_same(clean.site, project.site)
