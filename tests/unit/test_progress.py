"""The record of the departments' progress: its file, the command that writes it, and what is read of git's history."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.cli import progress as command
from kanalstrategi.content.progress import HEADER, MAX_BYTES, PROGRESS_FILE, format_progress, parse_progress, progress_before, progress_of, with_progress
from kanalstrategi.content.progress_words import change_words
from kanalstrategi.content.project import read_project
from kanalstrategi.content.record_model import DepartmentProgress
from tests.support.project import Project, seconds
from tests.support.small_project import small_project

HEAD = ",".join(HEADER)
SCHOOLS = "docs/retningslinjer/skoler.md"
OPEN, MADE = "Vi svarer.\n\n- [ ] Hvem svarer?\n    {: #hvem }\n- [ ] Hvornår?\n    {: #hvornaar }\n", "- [x] Hvem svarer?"


@st.composite
def rows(draw: st.DrawFn) -> DepartmentProgress:
    numbers = st.integers(0, 999_999)
    decisions = draw(numbers)
    department = draw(st.from_regex(r"[a-zæøå0-9-]{1,20}", fullmatch=True))
    day = draw(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
    return DepartmentProgress(day, department, draw(numbers), draw(numbers), draw(numbers), draw(st.integers(0, decisions)), decisions)


def key(row: DepartmentProgress) -> tuple[date, str]:
    return row.day, row.department


@given(st.lists(rows(), unique_by=key))
def test_what_is_written_is_read_again(written: list[DepartmentProgress]) -> None:
    read, wrong = parse_progress(format_progress(written))
    assert sorted(read, key=key) == sorted(written, key=key) and wrong == [] and [row.day for row in read] == sorted(row.day for row in written)


PIECES = ["2026-01-31", "skoler", "1", ",", "\n", '"', "²", "-1"]


@given((st.text() | st.lists(st.sampled_from(PIECES)).map("".join)).flatmap(lambda text: st.sampled_from([text, f"{HEAD}\n{text}"])))
def test_any_text_is_read_or_told_of(text: str) -> None:
    read, wrong = parse_progress(text)
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    assert len(read) + len(wrong) >= min(len(lines), 1) and all(1 <= one.line <= text.count("\n") + 1 for one in wrong)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2026-01-31,skoler,1,2,3,4", "linjen har 6 felter, og den skal have 7"),
        ("31-01-2026,skoler,1,2,3,4,5", "»31-01-2026« er ikke en dag, skrevet som 2026-03-31"),
        ("2026-02-30,skoler,1,2,3,4,5", "»2026-02-30« er ikke en dag, skrevet som 2026-03-31"),
        ("2026-01-31,,1,2,3,4,5", "linjen nævner ikke et fagområde"),
        ("2026-01-31,skoler,1,2,x,4,5", "»x« er ikke et helt tal"),
        ("2026-01-31,skoler,1,2,-3,4,5", "»-3« er ikke et helt tal"),
        ("2026-01-31,skoler,1,2,3,6,5", "der kan ikke være 6 åbne af 5 beslutninger"),
        ("2026-01-30,skoler,1,2,3,4,5", "fagområdet skoler har allerede en linje om 2026-01-30"),
    ],
)
def test_a_wrong_line_is_told_of_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    project = small_project(tmp_path)
    project.write(PROGRESS_FILE, f"{HEAD}\n2026-01-30,skoler,0,1,0,2,2\n\n{line}\n")
    read = read_project(project.root, {})
    (problem,) = read.diagnostics
    assert (problem.place, problem.message) == ("records/progress.csv:4", message)
    assert [row.day for row in read.content.progress] == [date(2026, 1, 30)]
    assert command.main(project.root, []) == 1  # writing the file again would lose the line
    assert (project.root / PROGRESS_FILE).read_text("utf-8").endswith(f"{line}\n")


@pytest.mark.parametrize("text", ["", "dag;fagområde\n", "2026-01-30,skoler,0,1,0,2,2\n", f"{HEAD}\n" + "x" * MAX_BYTES])
def test_a_file_that_is_none_is_one_problem(tmp_path: Path, text: str) -> None:
    project = small_project(tmp_path)
    project.write(PROGRESS_FILE, text)
    read = read_project(project.root, {})
    assert [problem.place for problem in read.diagnostics] == ["records/progress.csv:1"] and read.content.progress == ()


def test_the_state_is_written_once_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    project = small_project(tmp_path)
    project.replace(SCHOOLS, "Vi svarer.\n", OPEN)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds("2026-01-31")))
    assert command.main(project.root, []) == 0 and capsys.readouterr().out == "records/progress.csv: 1 linje er skrevet til.\n"
    first = (project.root / PROGRESS_FILE).read_text("utf-8")
    assert first == f"{HEAD}\n2026-01-31,skoler,0,1,0,2,2\n"
    project.replace(SCHOOLS, "- [ ] Hvem svarer?", MADE)
    assert command.main(project.root, []) == 0 and capsys.readouterr().out == "records/progress.csv: der er allerede skrevet om i dag.\n"
    assert (project.root / PROGRESS_FILE).read_text("utf-8") == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds("2026-02-01")))
    assert command.main(project.root, []) == 0
    assert (project.root / PROGRESS_FILE).read_text("utf-8") == f"{first}2026-02-01,skoler,0,1,0,1,2\n"


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> None:
    stamp = f"{day}T12:00:00+01:00"
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose guideline has got further month by month, and which has been under version control from the start."""
    project = small_project(tmp_path_factory.mktemp("history"))
    git(project.root, "init", "-q", "-b", "main")
    (project.root / SCHOOLS).rename(project.root / "skoler.md")
    commit = ("add", "-A"), ("commit", "-q", "-m", "x")
    for arguments in commit:
        git(project.root, *arguments, day="2025-10-05")
    (project.root / "skoler.md").rename(project.root / SCHOOLS)
    project.replace(SCHOOLS, "Vi svarer.\n", OPEN)
    for arguments in commit:
        git(project.root, *arguments, day="2025-11-03")
    project.replace(SCHOOLS, "- [ ] Hvem svarer?", MADE)
    for arguments in commit:
        git(project.root, *arguments, day="2025-11-28")
    project.replace(SCHOOLS, "## Telefon", "### Telefon")  # a section that is not where it belongs is not counted
    for arguments in commit:
        git(project.root, *arguments, day="2025-12-30")
    project.replace(SCHOOLS, "### Telefon", "## Telefon")
    project.replace(SCHOOLS, "status: draft", "status: adopted")
    return project


def test_earlier_months_are_filled_in_from_git(history: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds("2026-01-31")))
    for _ in range(2):
        assert command.main(history.root, ["--from-git"]) == 0
    assert (history.root / PROGRESS_FILE).read_text("utf-8") == f"{HEAD}\n2025-11-28,skoler,0,1,0,1,2\n2026-01-31,skoler,1,0,0,1,2\n"
    assert "30. december 2025 er sprunget over: retningslinjerne var skrevet, så de ikke kan tælles som i dag." in capsys.readouterr().out


def test_without_history_nothing_is_made_up(history: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shallow, plain = tmp_path / "shallow", tmp_path / "plain"
    git(tmp_path, "clone", "-q", "--depth", "1", history.root.as_uri(), str(shallow))
    shutil.copytree(history.root, plain, ignore=shutil.ignore_patterns(".git", "records"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for root, reason in {shallow: "historikken er ikke hentet helt – hent resten med: git fetch --unshallow", plain: "mappen er ikke hentet med git"}.items():
        assert command.main(root, ["--from-git"]) == 1
        assert f"records/progress.csv er ikke skrevet: {reason}" in capsys.readouterr().err
        assert not (root / PROGRESS_FILE).exists()
    monkeypatch.setenv("PATH", "")
    assert command.main(plain, ["--from-git"]) == 1 and "git findes ikke på maskinen" in capsys.readouterr().err


def test_the_state_is_compared_with_the_earliest_within_a_year_or_on_a_day(tmp_path: Path) -> None:
    content = read_project(small_project(tmp_path).root, {"SOURCE_DATE_EPOCH": str(seconds("2026-03-01"))}).content
    (now,) = progress_of(content)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 9, 30), date(2026, 3, 1), date(2026, 4, 1)]
    content = replace(content, progress=with_progress((), [replace(now, day=day) for day in days]))

    def found(since: date | None = None) -> date | None:
        row = progress_before(content, "skoler", since)
        return row.day if row else None

    assert found() == date(2025, 3, 1)
    assert [found(date(year, month, 1)) for year, month in ((2024, 1), (2025, 8), (2026, 1))] == [date(2025, 2, 28), date(2025, 3, 1), date(2025, 9, 30)]
    assert progress_before(content, "biblioteker") is None
    assert progress_before(replace(content, progress=(replace(now, day=date(2026, 3, 1)),)), "skoler") is None  # not with today's own


def test_what_has_changed_is_said_in_words() -> None:
    before = DepartmentProgress(date(2026, 1, 1), "skoler", 0, 3, 2, 12, 20)
    assert change_words(before, before) == "ingen ændring"
    after = replace(before, adopted=2, drafts=3, missing=0, open_decisions=3)
    assert change_words(before, after) == "2 flere vedtaget, 2 færre mangler, 9 færre åbne"
    assert change_words(after, before) == "2 færre vedtaget, 2 flere mangler, 9 flere åbne"
