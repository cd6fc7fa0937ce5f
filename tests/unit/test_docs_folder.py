"""What the editor in the browser may read, write and delete on this machine: plain files that the checks know, below `docs/`, and nothing else."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanalstrategi.editor import held_folder
from kanalstrategi.editor.docs_folder import DocsFolder, RefusedError
from kanalstrategi.editor.local_api import Workplace, answer
from kanalstrategi.sanitizing.files import MAX_BYTES

OUTSIDE = [
    "mkdocs.yml",
    "/etc/passwd",
    "docs/../mkdocs.yml",
    "docs/x/../../mkdocs.yml",
    "docs/./../mkdocs.yml",
    "docs//../x.md",
    "../x.md",
    "./docs/x.md",
    "/docs/x.md",
    "docs",
    "docs/",
    "",
    ".",
    "..",
    "docs\\..\\mkdocs.yml",
    "docs/..\\mkdocs.yml",
    "docs/strategi\\x.md",
    "C:\\x.md",
    "docs/C:x.md",
    "Docs/x.md",
    "DOCS/x.md",
    "docsx/x.md",
    "docs/x.md\0.png",
    "docs/\0",
    "docs/x\n.md",
    "docs/x.md/",
    "docs/x.md ",
    "docs/ x.md",
    "docs/x.md.",
    "file:///docs/x.md",
    "docs%2f..%2fmkdocs.yml",
    ".git/hooks/post-commit",
    "docs/.git/hooks/x.md",
    "docs/.htaccess",
    "docs/.x.md",
    "docs/strategi/.skjult/x.md",
    "docs/a.py",
    "docs/a.html",
    "docs/a.js",
    "docs/a",
    "docs/a.yml",
    "docs/a.md.py",
    "docs/a.markdown",
    "docs/hooks.py",
    "docs/A.md",
    "docs/README.md",
    "docs/pa\u030a.md",
    "docs/på.md",
    "docs/\u202egnp.md",
    "docs/ｘ.md",
    "docs/admin/x.md",
    "docs/assets/x.svg",
    "docs/x\ud800.md",
    f"docs/{'a' * 300}.md",
    f"docs/{'a/' * 200}x.md",
    f"docs/{'a/' * 30}x.md",
    "macros/__init__.py",
    "kanalstrategi/build/plugin.py",
    "CODEOWNERS",
    "addresses.txt",
    ".editor/x.md",
    ".cache/x.md",
    "site/index.md",
    "docs/index.md/../../mkdocs.yml",
]  # fmt: skip - laid out by hand, as a table


def workplace(project: Path) -> Workplace:
    """The folder `docs/` of a project, with checks that find nothing wrong."""
    refused = mock.Mock(side_effect=RefusedError("ingen Word-filer – skriv selv"))
    return Workplace(DocsFolder(project), mock.Mock(problems=lambda changes: []), mock.Mock(begin_guideline=refused, answer_questionnaire=refused))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(params=[True, False], ids=["by descriptor", "by path"])
def project(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, on a system that has descriptors of folders, and on one that has not (Windows)."""
    monkeypatch.setattr(held_folder, "HAS_DESCRIPTORS", request.param)
    root = tmp_path / "project"
    (root / "docs/strategi").mkdir(parents=True)
    (root / "docs/billeder").mkdir()
    (root / "docs/index.md").write_text("# Forside\n")
    (root / "docs/strategi/om.md").write_text("# Om\n")
    (root / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.md").write_text("udenfor")
    return root


def state(root: Path) -> dict[str, bytes | str]:
    """Everything in a folder, with the targets of links."""
    found: dict[str, bytes | str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        found[name] = f"-> {os.readlink(path)}" if path.is_symlink() else path.read_bytes() if path.is_file() else ""
    return found


@pytest.fixture
def hasty() -> Iterator[None]:
    """Does without waiting for the disk at every write."""
    with mock.patch("os.fsync"):
        yield


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: ascii(path)[:60])
def test_nothing_but_pages_and_files_in_docs_is_read_written_or_deleted(project: Path, path: str) -> None:
    before = state(project.parent)
    docs = DocsFolder(project)
    for attempt in attempts(docs, path):
        with pytest.raises(RefusedError, match=" – ") as refused:
            attempt()
        assert str(refused.value).isprintable() and len(str(refused.value)) < 500
    assert state(project.parent) == before


def attempts(docs: DocsFolder, path: str) -> list[Callable[[], object]]:
    return [partial(docs.write, path, b"x"), partial(docs.delete, path), partial(docs.read, path)]


def links(project: Path) -> Iterator[tuple[str, Path]]:
    """Paths that lead out of `docs/`, and the link that does so."""
    outside = project.parent / "outside"
    for path, link, target in (
        ("docs/x.md", "docs/x.md", outside / "x.md"),
        ("docs/y.md", "docs/y.md", outside / "y.md"),
        ("docs/ud/x.md", "docs/ud", outside),
        ("docs/ud2/ny/x.md", "docs/ud2", outside),
        ("docs/strategi/ud/x.md", "docs/strategi/ud", Path("../../../outside")),
    ):
        (project / link).symlink_to(target)
        yield path, project / link


def test_no_symbolic_link_is_followed(project: Path) -> None:
    docs = DocsFolder(project)
    for path, link in links(project):
        before = state(project.parent)
        for attempt in attempts(docs, path):
            with suppress(RefusedError):
                assert attempt() is None and state(project.parent) == before and path in ("docs/y.md", "docs/ud2/ny/x.md"), path
        assert state(project.parent) == before and link.is_symlink()
    with pytest.raises(RefusedError, match="symlink"):
        docs.list_files("docs/ud", "", 1)
    assert docs.list_files("docs", "", 9) == ["docs/index.md", "docs/strategi/om.md"]
    (project / "docs").rename(project / "real")
    (project / "docs").symlink_to("real")
    with pytest.raises(RefusedError, match="symlink"):
        docs.write("docs/index.md", b"x")


def test_a_link_that_is_put_there_meanwhile_is_not_followed(project: Path, hasty: None) -> None:
    if not held_folder.HAS_DESCRIPTORS:
        pytest.skip("SECURITY.md says so")
    folder, outside = project / "docs/strategi", project.parent / "outside"
    stopped = threading.Event()

    def swap() -> None:
        while not stopped.is_set():
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(FileExistsError, FileNotFoundError):  # the writer has made the folder again
                folder.symlink_to(outside)
                folder.unlink()

    thread = threading.Thread(target=swap)
    thread.start()
    outcomes = set()
    try:
        for _ in range(400):
            try:
                DocsFolder(project).write("docs/strategi/ny.md", b"x")
                outcomes.add("written")
            except RefusedError:
                outcomes.add("refused")
    finally:
        stopped.set()
        thread.join()
    assert "written" in outcomes
    assert state(outside) == {"x.md": b"udenfor"}


def test_what_is_no_regular_file_is_left_alone(project: Path) -> None:
    docs = DocsFolder(project)
    (project / "docs/mappe.md").mkdir()
    os.mkfifo(project / "docs/roer.md")
    for path in ("docs/mappe.md", "docs/roer.md"):
        for attempt in attempts(docs, path):
            with pytest.raises(RefusedError):
                attempt()
    assert (project / "docs/mappe.md").is_dir() and stat.S_ISFIFO((project / "docs/roer.md").stat().st_mode)
    os.link(project.parent / "outside/x.md", project / "docs/haard.md")
    docs.write("docs/haard.md", b"ny")
    assert (project.parent / "outside/x.md").read_text() == "udenfor"


def test_a_file_is_written_byte_for_byte_with_its_permissions_and_folders(project: Path) -> None:
    docs = DocsFolder(project)
    (project / "docs/index.md").chmod(0o640)
    content = b"\xef\xbb\xbf# A\r\n\xff\0 uden linjeskift"
    docs.write("docs/index.md", content)
    assert docs.read("docs/index.md") == content
    assert stat.S_IMODE((project / "docs/index.md").stat().st_mode) == 0o640
    docs.write("docs/ny/dybere/fil.pdf", b"%PDF")
    assert (project / "docs/ny/dybere/fil.pdf").read_bytes() == b"%PDF"
    docs.delete("docs/ny/dybere/fil.pdf")
    docs.delete("docs/ny/dybere/fil.pdf")
    assert docs.read("docs/ny/dybere/fil.pdf") is None and docs.read("docs/findes-ikke/x.md") is None
    assert docs.list_files("docs/findes-ikke", "md", 1) == []


@pytest.mark.parametrize(("path", "extension"), [("docs/a.md", ".md"), ("docs/billeder/a.png", ".png"), ("docs/a.pdf", ".pdf")])
def test_sizes_are_those_of_the_checks(project: Path, path: str, extension: str) -> None:
    docs = DocsFolder(project)
    docs.write(path, b"x" * MAX_BYTES[extension])
    with pytest.raises(RefusedError, match="højst fylde"):
        docs.write(path, b"x" * (MAX_BYTES[extension] + 1))
    assert len(docs.read(path) or b"") == MAX_BYTES[extension]
    with (project / path).open("ab") as file:
        file.write(b"x")
    with pytest.raises(RefusedError, match="højst fylde"):
        docs.read(path)  # part of it would be saved as the whole


def test_a_write_that_fails_leaves_the_file_as_it_was(project: Path) -> None:
    before = state(project)
    for function, number, words in (("fsync", errno.ENOSPC, "disken er fuld"), ("replace", errno.EACCES, "rettighederne"), ("replace", errno.EIO, "prøv igen")):
        with mock.patch(f"os.{function}", side_effect=OSError(number, "x")), pytest.raises(RefusedError, match=words):
            DocsFolder(project).write("docs/index.md", b"ny")
        assert state(project) == before


def test_a_reader_sees_the_old_or_the_new_file_and_never_a_part(project: Path, hasty: None) -> None:
    docs, stopped, file = DocsFolder(project), threading.Event(), project / "docs/index.md"
    texts = (b"a" * 90_000, b"b" * 90_000)
    docs.write("docs/index.md", texts[0])

    def write() -> None:
        while not stopped.is_set():
            for text in texts:
                docs.write("docs/index.md", text)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert {file.read_bytes() for _ in range(500)} <= {*texts}
    finally:
        stopped.set()
        thread.join()


ACTIONS = [
    "info",
    "entriesByFolder",
    "entriesByFiles",
    "getEntry",
    "persistEntry",
    "getMedia",
    "getMediaFile",
    "persistMedia",
    "deleteFile",
    "deleteFiles",
    "getDeployPreview",
    "importGuideline",
    "applyAnswers",
    "unpublishedEntries",
    "__class__",
]  # fmt: skip - likewise
WORDS = st.sampled_from([*OUTSIDE, *ACTIONS, "base64", "docs/a.md"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=9) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from("path paths base ids files folder extension depth dataFiles entry assets asset mediaFolder content encoding raw newPath name".split())
FIELDS = st.dictionaries(NAMES, VALUES | st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=2), max_size=8)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES | st.fixed_dictionaries({"action": st.sampled_from(ACTIONS) | VALUES}, optional={"params": FIELDS | VALUES}))
def test_whatever_is_asked_is_answered_or_refused_in_danish(project: Path, request_: object) -> None:
    outside = {name: content for name, content in state(project.parent).items() if not name.startswith("project/docs")}
    try:
        answer(workplace(project), request_)
    except RefusedError as refused:
        assert " – " in str(refused)
    assert {name: content for name, content in state(project.parent).items() if not name.startswith("project/docs")} == outside


def test_nothing_of_a_page_is_saved_unless_all_of_it_may_be(project: Path) -> None:
    before = state(project)
    page = {"slug": "x", "path": "docs/index.md", "raw": "ny", "base": "# Forside\n"}
    image = {"path": "docs/billeder/a.png", "content": "eA==", "encoding": "base64"}
    for pages, assets in (
        ([page, {**page, "path": "mkdocs.yml"}], [image]),
        ([page], [image, {**image, "path": "docs/a.py"}]),
        ([page], [{**image, "content": "ikke base64!"}]),
        ([page], [{**image, "encoding": "utf-8"}]),
        ([{**page, "raw": "\ud800"}], [image]),
        ([{**page, "raw": "x" * 100_001}], [image]),
        ([{**page, "newPath": "docs/../mkdocs.yml"}], [image]),
    ):
        with pytest.raises(RefusedError):
            answer(workplace(project), {"action": "persistEntry", "params": {"dataFiles": pages, "assets": assets}})
        assert state(project) == before
    answer(workplace(project), {"action": "persistEntry", "params": {"dataFiles": [page], "assets": [image]}})
    assert (project / "docs/index.md").read_text() == "ny" and (project / "docs/billeder/a.png").read_bytes() == b"x"
    with pytest.raises(RefusedError):
        answer(workplace(project), {"action": "deleteFiles", "params": {"paths": ["docs/index.md", "mkdocs.yml"], "ids": {"docs/index.md": digest(b"ny")}}})
    assert (project / "docs/index.md").exists()


def test_a_page_that_cannot_be_read_does_not_hide_the_others(project: Path) -> None:
    (project / "docs/strategi/latin.md").write_bytes(b"# \xe5\n")
    (project / "docs/strategi/.skjult.md").write_text("x")
    params = {"folder": "docs/strategi", "extension": "md", "depth": 1}
    entries = answer(workplace(project), {"action": "entriesByFolder", "params": params})
    assert isinstance(entries, list) and [entry["file"]["path"] for entry in entries] == ["docs/strategi/om.md"]
    with pytest.raises(RefusedError, match="UTF-8"):
        answer(workplace(project), {"action": "getEntry", "params": {"path": "docs/strategi/latin.md"}})


def test_what_is_filed_stays_as_it_is(project: Path) -> None:
    for name, fact in (("2019", "superseded: 2023-02-28"), ("2022", "lapsed: 2022-12-01"), ("2026", "consultation_from: 2026-01-01")):
        (project / f"docs/udgaver/{name}/strategi").mkdir(parents=True)
        (project / f"docs/udgaver/{name}/index.md").write_text(f"---\r\nstatus: draft\r\n{fact}\r\n---\r\n\r\nsuperseded: i teksten\r\n", newline="")
    before = state(project)
    refused = {
        "docs/udgaver/2019/index.md": "udgaven er gemt, som den var",
        "docs/udgaver/2019/strategi/ny.md": "udgaven er gemt, som den var",
        "docs/udgaver/2022/billeder/a.png": "udgaven er gemt, som den var",
        "docs/udgaver/retningslinjer/skoler/2026-03-01.md": "udgaven er gemt, som den var",
        "docs/udgaver/2026/kvittering.json": "kvitteringen skrives af programmet",
    }
    image = {"path": "docs/billeder/a.png", "content": "eA==", "encoding": "base64"}
    for path, reason in refused.items():
        for action, params in (
            ("persistEntry", {"dataFiles": [{"path": path, "raw": "ny", "base": ""}], "assets": [image]}),
            ("persistMedia", {"asset": {**image, "path": path}}),
            ("deleteFiles", {"paths": ["docs/strategi/om.md", path], "ids": {"docs/strategi/om.md": digest(b"# Om\n")}}),
        ):
            with pytest.raises(RefusedError, match=reason):
                answer(workplace(project), {"action": action, "params": params})
    assert state(project) == before
    for path in ("docs/udgaver/2026/index.md", "docs/udgaver/2026/strategi/formaal.md", "docs/udgaver/2023/svar.md"):
        base = (project / path).read_bytes().decode() if (project / path).exists() else ""
        answer(workplace(project), {"action": "persistEntry", "params": {"dataFiles": [{"path": path, "raw": "ny", "base": base}], "assets": []}})
        assert (project / path).read_text() == "ny"
