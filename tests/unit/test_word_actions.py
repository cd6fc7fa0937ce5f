"""What the editor on this machine writes when someone hands in a Word file: all of it or nothing, in `docs/`, and nothing that is there already."""

from __future__ import annotations

import base64
import errno
import multiprocessing
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

from kanalstrategi.build import word_reading
from kanalstrategi.build.word_reading import WordReading
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.editor.docs_folder import DocsFolder, RefusedError
from kanalstrategi.editor.local_api import Workplace, answer
from kanalstrategi.sanitizing.files import MAX_BYTES
from tests.support.project import ROOT

PAGE, IMAGE = "docs/retningslinjer/ny.md", "docs/billeder/ny-1.png"
FILE = {"name": "vejledning.docx", "content": base64.b64encode(b"PK").decode()}


@dataclass(frozen=True)
class _Page:
    """A page from a Word file, as the build would hand it over."""

    files: Mapping[str, bytes] = field(default_factory=lambda: {IMAGE: b"x", PAGE: b"# Ny\n"})
    former: bytes | None = None
    path: str = PAGE
    report: str = "Fra filen"

    def explain(self, diagnostics: Sequence[Diagnostic]) -> str:
        return f"ikke skrevet – {diagnostics[0].message}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs/retningslinjer").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    return tmp_path


def handed_in(project: Path, page: _Page, problems: Sequence[Diagnostic] = (), action: str = "importGuideline") -> object:
    """The answer to a file that becomes a page."""
    files = mock.Mock(begin_guideline=lambda *_: page, answer_questionnaire=lambda *_: page)
    workplace = Workplace(DocsFolder(project), mock.Mock(problems=lambda changes: list(problems)), files)
    return answer(workplace, {"action": action, "params": {"name": "Ny", "file": FILE}})


def files_of(project: Path) -> dict[str, bytes]:
    return {file.relative_to(project).as_posix(): file.read_bytes() for file in project.rglob("*") if file.is_file()}


def test_all_files_are_written_and_the_report_is_the_answer(project: Path) -> None:
    assert handed_in(project, _Page()) == {"path": PAGE, "changed": True, "report": "Fra filen"}
    assert files_of(project) == {"mkdocs.yml": b"site_name: x\n", IMAGE: b"x", PAGE: b"# Ny\n"}
    assert handed_in(project, _Page({PAGE: b"# Nyere\n"}, b"# Ny\n"), action="applyAnswers") == {"path": PAGE, "changed": True, "report": "Fra filen"}
    assert handed_in(project, _Page({}, b"# Nyere\n"), action="applyAnswers") == {"path": PAGE, "changed": False, "report": "Fra filen"}
    assert files_of(project)[PAGE] == b"# Nyere\n"


@pytest.mark.parametrize(
    "page",
    [
        *(_Page({IMAGE: b"x", path: b"x"}, path=path) for path in ("mkdocs.yml", "docs/../mkdocs.yml", "/etc/x.md", "docs/.git/x.md", ".word/x.txt")),
        *(_Page({path: b"x", PAGE: b"x"}) for path in ("docs/billeder/x.py", "docs/billeder/../../x.png", "docs/billeder/x\0.png", "docs/X.png")),
        _Page({IMAGE: b"x" * (MAX_BYTES[".png"] + 1), PAGE: b"x"}),
        _Page({IMAGE: b"x", PAGE: b"x" * (MAX_BYTES[".md"] + 1)}),
        _Page({PAGE: b"x"}, former=b"en anden tekst"),
    ],
    ids=repr,
)
def test_what_the_editor_may_not_write_is_refused(project: Path, page: _Page) -> None:
    before = files_of(project)
    with pytest.raises(RefusedError, match=" – "):
        handed_in(project, page)
    assert files_of(project) == before


@pytest.mark.parametrize("path", [PAGE, IMAGE])
def test_what_is_there_already_is_not_written_over(project: Path, path: str) -> None:
    DocsFolder(project).write(path, b"imens")
    before = files_of(project)
    with pytest.raises(RefusedError, match="ændret imens – "):
        handed_in(project, _Page())
    assert files_of(project) == before


def test_nothing_is_written_if_the_checks_or_the_disk_refuse(project: Path) -> None:
    before = files_of(project)
    with pytest.raises(RefusedError, match="ikke skrevet – galt"):
        handed_in(project, _Page(), [Diagnostic(PAGE, 1, "galt", "ret det")])
    replace = os.replace

    def rename_images_only(old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        if not new.endswith(".png"):
            raise OSError(errno.ENOSPC, "x")
        replace(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    with mock.patch("os.replace", rename_images_only), pytest.raises(RefusedError, match="disken er fuld"):
        handed_in(project, _Page())
    assert files_of(project) == before


@pytest.mark.parametrize(
    "file",
    [None, "x", {}, {"name": "a.docx"}, {"name": 1, "content": "eA=="}, {"name": "a.docx", "content": "ikke base64!"}, {"name": "a" * 300, "content": "eA=="}],
)
def test_a_file_that_does_not_come_whole_is_refused(project: Path, file: object) -> None:
    files = mock.Mock()
    workplace = Workplace(DocsFolder(project), mock.Mock(), files)
    for action in ("importGuideline", "applyAnswers"):
        with pytest.raises(RefusedError, match=" – "):
            answer(workplace, {"action": action, "params": {"name": "Ny", "file": file}})
    assert files.mock_calls == []


@pytest.mark.parametrize(
    ("department", "file", "data", "words"),
    [
        ("../../mkdocs", "a.txt", b"Tekst", "kan ikke bruges som navn – "),
        ("Skoler", "a.txt", b"Tekst", "findes allerede – "),
        ("Ny", "../../a.docm", b"PK", "makroer – "),
    ],
)
def test_a_refusal_comes_out_of_the_process_that_reads(department: str, file: str, data: bytes, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        WordReading(ROOT, "mkdocs.yml").begin_guideline(department, data, file)


def test_a_project_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="opsætningen kan ikke læses: "):
        WordReading(tmp_path, "mkdocs.yml").begin_guideline("Ny", b"Tekst", "a.txt")


def test_a_file_that_takes_too_long_is_given_up_and_its_process_ended() -> None:
    with mock.patch.object(word_reading, "MAX_SECONDS", 0), pytest.raises(RefusedError, match="tager for lang tid"):
        WordReading(ROOT, "mkdocs.yml").answer_questionnaire(b"PK", "a.docx")
    assert multiprocessing.active_children() == []
