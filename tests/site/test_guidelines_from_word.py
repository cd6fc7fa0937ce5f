"""Ten Word files become guidelines: every word is on a page or in the report, the pages have no errors, and the site is built with them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.cli.word_guideline import REPORT_FOLDER, new_department_from
from kanalstrategi.markdown.nodes import decode_tree
from kanalstrategi.markdown.parser import parse
from kanalstrategi.word.importing import shown_text
from kanalstrategi.word.words import words_of, words_of_file
from macros import MACROS
from tests.support.project import EPOCH, Project, copied
from tests.support.random_word_files import random_word_file
from tests.support.word_samples import LIBREOFFICE_SOURCES, WORD_SAMPLES, libreoffice_samples

DRAWN = {"tilfaeldig": 4}
"""The seeds of the files that are drawn at random."""
NAMES = [*(source.stem for source in LIBREOFFICE_SOURCES), *WORD_SAMPLES, *DRAWN]


@pytest.fixture(scope="module")
def with_guidelines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, dict[str, bytes]]]:
    """A copy of the project with a guideline of each file, and the files by name. All are in one document."""
    folder = tmp_path_factory.mktemp("word")
    files = {name: make() for name, make in WORD_SAMPLES.items()} | {name: random_word_file(Random(seed), 40) for name, seed in DRAWN.items()}
    files |= libreoffice_samples(folder)
    project = copied(folder / "project")
    project.remove_documents()
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
        new_department_from(project.root, name.capitalize(), folder / f"{name}.docx", {"SOURCE_DATE_EPOCH": str(EPOCH)})
    pages = "".join(f"        - retningslinjer/{name}.md\n" for name in files)
    project.replace("mkdocs.yml", "\nnav:\n", f"\n  documents:\n    word:\n      name: Word\n      opening: index.md\n      pages:\n{pages}\nnav:\n")
    yield project, files


def test_ten_files_are_tried() -> None:
    assert len(NAMES) == 10


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_on_the_page_or_in_the_report(with_guidelines: tuple[Project, dict[str, bytes]], name: str) -> None:
    project, files = with_guidelines
    page = (project.root / f"docs/retningslinjer/{name}.md").read_text(encoding="utf-8")
    report = (project.root / REPORT_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    template = (project.root / "docs/skabeloner/retningslinje.md").read_text(encoding="utf-8")
    of_template = words_of(shown_text(decode_tree(parse(template).tree)))
    on_page = words_of(shown_text(decode_tree(parse(page).tree))) - of_template
    often = re.sub(r"»(.*)« \((\d+) steder\)", lambda match: f"{match[1]} " * int(match[2]), report)
    assert words_of_file(files[name]) - on_page - words_of(often) == {}
    assert "ikke kunne placeres" not in report


def test_the_pages_have_no_errors(with_guidelines: tuple[Project, dict[str, bytes]]) -> None:
    project, _ = with_guidelines
    assert list(map(str, find_diagnostics(project.root, {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}, MACROS))) == []


def test_the_site_is_built_with_them(with_guidelines: tuple[Project, dict[str, bytes]]) -> None:
    project, files = with_guidelines
    result = project.build()
    assert result.returncode == 0, result.stdout + result.stderr
    assert (project.site / "pdf/word.pdf").is_file()
    guidelines = json.loads((project.site / "data/guidelines.json").read_text(encoding="utf-8"))
    added = [one for one in guidelines if one["department"].lower() in files]
    assert {one["status"] for one in added} == {"draft"} and all(one["open_decisions"] for one in added)
    shown = (project.site / "retningslinjer/numbers/index.html").read_text(encoding="utf-8")
    assert "{{ status() }} &lt;b&gt;ikke fed&lt;/b&gt; &amp;amp; $100" in re.sub("<wbr>", "", shown)


def test_no_image_says_where_it_was_taken(with_guidelines: tuple[Project, dict[str, bytes]]) -> None:
    project, _ = with_guidelines
    images = sorted(file for file in (project.root / "docs/billeder").iterdir() if "fra-word" in file.name)
    assert [file.name for file in images if file.name.startswith("images-")] == [f"images-fra-word-{n}.{'jpg' if n < 3 else 'png'}" for n in (1, 2, 3, 4)]
    for file in images:
        with Image.open(BytesIO(file.read_bytes())) as image:
            assert not image.getexif() and max(image.size) <= 1600
    with Image.open(images[[file.name for file in images].index("images-fra-word-2.jpg")]) as cropped:
        assert cropped.size == (200, 200)
        assert cropped.getpixel((2, 100))[0] > 150  # what was cut off is blue
