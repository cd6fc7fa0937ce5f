"""A site's own templates, styles, fonts and macros are read within limits, and what cannot be read is told of in Danish."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.look_files import check_own_files
from kanalstrategi.build.site_assets import prepare_assets, site_assets
from kanalstrategi.content.project import read_project
from kanalstrategi.design.look import Look
from kanalstrategi.design.own_files import MAX_FILES, MAX_TOTAL_BYTES, refused_files
from tests.support.brands import FJORDBY, put_on
from tests.support.project import ROOT
from tests.support.small_project import small_project

STYLE = "overrides/theme/assets/styles/egen.css"


def sparse(file: Path, size: int) -> None:
    with file.open("wb") as stream:
        stream.truncate(size)


def many(root: Path) -> None:
    for number in range(MAX_FILES):
        (root / "macros" / f"m{number}.txt").touch()


def large_in_all(root: Path) -> None:
    for number in range(MAX_TOTAL_BYTES // 4_000_000 + 1):
        sparse(root / "overrides" / f"{number}.bin", 4_000_000)


CASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a large style": (lambda root: sparse(root / STYLE, 500_001), f"{STYLE}: filen fylder over 0,5 MB – gør den mindre, eller slet den"),
    "a large font": (lambda root: sparse(root / "overrides/a.woff2", 5_000_001), "overrides/a.woff2: filen fylder over 5 MB – gør den mindre"),
    "another encoding": (lambda root: (root / STYLE).write_bytes(b"/* \xe6 */"), f"{STYLE}: filen er ikke gemt som UTF-8 – gem den igen som UTF-8"),
    "a pipe": (lambda root: os.mkfifo(root / "overrides/theme/main.html"), "overrides/theme/main.html: det er ikke en fil, der kan læses – slet den"),
    "a link to nothing": (lambda root: (root / "macros/a.py").symlink_to("b.py"), "macros/a.py: det er ikke en fil, der kan læses"),
    "a link to a pipe": (lambda root: (os.mkfifo(root / "pipe"), (root / "overrides/a.css").symlink_to("../pipe")), "overrides/a.css: det er ikke en fil"),
    "too many": (many, f"macros: der er over {MAX_FILES} filer i overrides og macros"),
    "too much": (large_in_all, "overrides: filerne i overrides og macros fylder over 50 MB"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_read_is_told_of_and_stops_a_build(tmp_path: Path, case: str) -> None:
    spoil, message = CASES[case]
    project = small_project(tmp_path)
    (tmp_path / STYLE).parent.mkdir(parents=True)
    (tmp_path / "macros").mkdir()
    (tmp_path / STYLE).write_text("p { margin: 0 }\n", encoding="utf-8")
    check_own_files(tmp_path)
    assert project.check() == []
    spoil(tmp_path)
    (found,) = project.check()
    assert found.replace(":1:", ":").startswith(message)
    with pytest.raises(Abort, match="Hjemmesiden er ikke bygget"):
        check_own_files(tmp_path)


def test_the_program_s_own_files_are_not_looked_at() -> None:
    assert list(refused_files(ROOT)) == []


@pytest.mark.parametrize("theme", ["logo: billeder/findes-ikke.svg", "favicon: ../hemmeligt.svg", "logo: /etc/passwd", "logo: https://example.org/logo.svg"])
def test_a_logo_that_is_no_file_of_the_site_is_told_of(tmp_path: Path, theme: str) -> None:
    project = small_project(tmp_path)
    config = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("mkdocs.yml", f"{config}theme:\n  name: material\n  {theme}\n")
    key, path = theme.split(": ")
    line = config.count("\n") + 3
    assert project.check() == [f"mkdocs.yml:{line}: theme: {key}: filen docs/{path} findes ikke – skriv stien fra docs/, for eksempel billeder/logo.svg"]
    project.write("mkdocs.yml", f"{config}theme:\n  name: material\n  {key}: billeder/forside.svg\n")
    assert project.check() == []


@pytest.mark.parametrize("brand", ["", FJORDBY])
def test_what_takes_long_is_prepared_for_the_look_of_the_site(tmp_path: Path, brand: str) -> None:
    """The style and the fonts are made while other processes read the pages, and not once more after that."""
    project = small_project(tmp_path)
    if brand:
        put_on(project, brand)
    asked: list[Look | None] = []

    def style(look: Look | None = None) -> bytes:
        asked.append(look)
        return b"p { margin: 0 }"

    cache = BuildCache(tmp_path / ".cache", b"")
    prepare_assets(cache, tmp_path, style)
    loaded = read_project(tmp_path, {})
    assert loaded.look.is_branded is bool(brand)
    site_assets(cache, loaded, style)
    assert [look.digest if look else "" for look in asked] == [loaded.look.digest if brand else ""]
