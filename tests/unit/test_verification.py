"""What is tried on a built site whatever lies in it: by single functions, without a site that is built."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from kanalstrategi.cli import verify
from kanalstrategi.verification.page_facts import read_page_facts
from kanalstrategi.verification.promises import PROMISES


@pytest.mark.parametrize("content", [b"", b"<!-- x -->", b"\0", b"google-site-verification: x"])
def test_a_file_with_no_page_in_it_is_a_page_with_nothing_on_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(content)
    assert (facts := read_page_facts(tmp_path / "x.html", "x.html")).references == () and not facts.policy


def test_a_copy_to_build_from_nothing_has_all_pages(tmp_path: Path) -> None:
    for path in ("docs/site/index.md", "docs/.cache/a.md", "docs/__pycache__/a.pyc", "site/index.html", ".cache/a", ".venv/pyvenv.cfg", "env/pyvenv.cfg"):
        (tmp_path / "root" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / path).write_text("x", encoding="utf-8")
    copytree(tmp_path / "root", tmp_path / "copy", ignore=partial(verify._ignored, tmp_path / "root"))
    assert {file.relative_to(tmp_path / "copy").as_posix() for file in (tmp_path / "copy").rglob("*.*") if file.is_file()} == {
        "docs/site/index.md", "docs/.cache/a.md",
    }  # fmt: skip - as above


def test_a_run_that_would_try_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        verify.main(tmp_path, ["--skip", ",".join(promise.id for promise in PROMISES)])
    assert ended.value.code == 2 and capsys.readouterr().err.startswith("Skriv: kanalstrategi verify")


def test_a_build_that_fails_says_why_and_not_what_it_had_done_until_then(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("Uden felter.\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [kanalstrategi]\n", encoding="utf-8")
    said = verify._build(tmp_path, tmp_path / "new")
    assert "docs/index.md:1: siden mangler sine felter øverst" in said and "INFO" not in said and "Zensical" not in said and "\x1b" not in said
