"""A portal takes a whole site as the program builds it, compressed files and all, and leaves out what is not for readers."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.cli.portal_files import copy_site
from kanalstrategi.design.assets import read_assets
from kanalstrategi.publishing.portal.own_scripts import own_scripts
from kanalstrategi.publishing.servers.served_files import SERVER_FILES


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def assert_all_is_taken(site: Path, target: Path) -> None:
    copy_site(site, target, own_scripts(read_assets()))
    built, taken = files(site), files(target)
    assert built.items() >= taken.items()
    assert {path for path in built.keys() - taken.keys() if not path.startswith("admin/")} == set(SERVER_FILES)
    assert {"sitemap.xml.gz", "index.html.br", "index.html.gz"} <= taken.keys()


def test_the_projects_own_site_is_taken(site: Path, tmp_path: Path) -> None:
    assert_all_is_taken(site, tmp_path / "portal")


def test_a_site_with_an_editor_a_moved_page_and_an_address_of_its_own_is_taken(published: Path, tmp_path: Path) -> None:
    assert (published / "admin/index.html").is_file() and (published / "opensearch.xml").is_file()
    assert_all_is_taken(published, tmp_path / "portal")
