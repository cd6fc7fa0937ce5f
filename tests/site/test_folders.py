"""A site whose folders are called something else is built whole: the same pages, data, menus and files at other addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.project import Project, copied, files_in, seconds
from tests.support.renamed_folders import NAMES, rename_folders, with_former_names

DAY = "2025-12-31"
"""A day that other tests need the site of, too."""
PACKED = (".br", ".gz")
_OF_BUILD = re.compile(r'search/[0-9a-f]{12}/|^UID:.*|"@value": "\d+"', re.MULTILINE)
"""What follows from the lengths and digests of other files, or from the whole address of a page."""


def pieces(file: Path, name: Callable[[str], str]) -> list[str]:
    """A file's tags, texts and lines in any order: lists that are sorted by path have another order."""
    text = _OF_BUILD.sub("", name(file.read_text(encoding="utf-8")))
    return sorted(piece.strip(" ,") for piece in re.split(r"(?<=>)|\n", text))


def compared_files(site: Path, name: Callable[[str], str]) -> Iterator[tuple[str, Path]]:
    for path in files_in(site):
        if not path.endswith(PACKED) and not path.startswith("search/"):  # its words are those of paths, too
            yield name(path), site / path


def test_a_renamed_site_is_the_same_at_other_addresses(site_on: Callable[[str], Path], tmp_path: Path) -> None:
    project: Project = copied(tmp_path / "project")
    project.remove_documents()
    rename_folders(project)
    built = project.build(epoch=seconds(DAY))
    assert built.returncode == 0, built.stdout + built.stderr
    site, other = dict(compared_files(project.site, with_former_names)), dict(compared_files(site_on(DAY), str))
    assert site.keys() == other.keys() and len(site) > 150
    assert not {*NAMES} & {path.name for path in project.site.iterdir()}
    assert (project.site / "word/retningslinjer-skoler.docx").is_file()  # names of files are the same everywhere
    kinds, other_kinds = (json.loads((folder / "search/index.json").read_text(encoding="utf-8"))["kinds"] for folder in (project.site, site_on(DAY)))
    assert kinds == other_kinds  # of the pages in the order of the menu
    different = []
    for path, file in site.items():
        if file.read_bytes() != other[path].read_bytes():
            different += [path] if pieces(file, with_former_names) != pieces(other[path], str) else []
    assert different == []
