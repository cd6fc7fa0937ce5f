"""The jobs that send reminders: what runs the project's code cannot change it, what changes it runs none of it and takes three files alone."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kanalstrategi.content.reminder_record import REMINDER_FILE
from tests.support.project import ROOT

GITHUB, GITLAB = ROOT / ".github/workflows/follow-up.yml", ROOT / ".gitlab-ci.yml"
RECORDS = ("links.json", "progress.csv", "reminders.json")


def jobs(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8")
    if file == GITHUB:
        return yaml.load(text, yaml.BaseLoader)["jobs"]
    config = yaml.safe_load(text)  # which knows what `<<` is
    return {name: config[name] for name in ("look", "save-found", "remind", "save-said")}


def test_on_github_no_job_both_runs_the_code_and_may_write() -> None:
    text = GITHUB.read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if "uses:" in line and not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []
    config = yaml.load(text, yaml.BaseLoader)
    assert config["permissions"] == {"contents": "read"} and config["concurrency"]["cancel-in-progress"] == "false"
    assert set(config["on"]) == {"schedule", "workflow_dispatch"}  # and no pull request
    for id, job in jobs(GITHUB).items():
        assert "timeout-minutes" in job and all("${{" not in step.get("run", "") for step in job["steps"])
        assert all(step["with"]["persist-credentials"] == "false" for step in job["steps"] if "checkout" in step.get("uses", ""))
        runs_code = any("scripts/" in step.get("run", "") for step in job["steps"])
        assert runs_code is (id in ("look", "remind"))
        assert ("write" in job.get("permissions", {}).values()) is (not runs_code)
        assert ("secrets." in str(job)) is (id == "remind")


def test_nothing_is_sent_before_what_was_found_could_be_saved_and_what_was_sent_is_saved_in_any_case() -> None:
    order = jobs(GITHUB)
    assert (order["save-found"]["needs"], order["remind"]["needs"], order["save-said"]["needs"]) == ("look", "save-found", "remind")
    assert order["save-said"]["if"].startswith("always()") and order["remind"]["steps"][-1]["if"] == "always()"
    assert order["save-said"]["steps"] == order["save-found"]["steps"]
    order = jobs(GITLAB)
    assert order["remind"]["needs"] == ["look", "save-found"] and order["save-said"]["needs"] == ["remind"]
    assert order["save-said"]["when"] == "always" and order["remind"]["artifacts"]["when"] == "always"


def test_on_gitlab_the_jobs_have_their_secrets_by_their_environment() -> None:
    found = jobs(GITLAB)
    assert {name: job.get("environment", {}).get("name", "") for name, job in found.items()} == {
        "look": "", "save-found": "follow-up/save", "remind": "follow-up/mail", "save-said": "follow-up/save"
    }  # fmt: skip - laid out by hand, as a table
    assert all(("scripts/" in str(job["script"])) is (name in ("look", "remind")) for name, job in found.items())


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a record, as a server has it."""
    for name, value in {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@y.dk", "GIT_COMMITTER_NAME": "x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "x@y.dk")
    work, origin = tmp_path / "work", tmp_path / "origin.git"
    (work / "records").mkdir(parents=True)
    (work / "records/progress.csv").write_text("før\n", encoding="utf-8")
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Begin")
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(origin))
    return origin


def save(system: Path, origin: Path, tmp_path: Path, **records: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of the job that saves, as the service would."""
    folder = tmp_path / "job"
    if system == GITHUB:
        git(tmp_path, "clone", "--quiet", origin.as_uri(), str(folder))
        (script,) = [step["run"] for step in jobs(GITHUB)["save-found"]["steps"] if "run" in step]
        new = folder / "new-records"
    else:
        script = "\n".join(jobs(GITLAB)["save-found"]["script"]).replace("https://follow-up:$PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git", origin.as_uri())
        new = folder / "records"
    new.mkdir(parents=True)
    for name, content in records.items():
        (new / name).write_text(content, encoding="utf-8")
    if "links.json" in records and not records["links.json"]:
        (new / "links.json").unlink()
        (new / "links.json").symlink_to("/etc/passwd")
    environment = {**os.environ, "TOKEN": "x", "PUSH_TOKEN": "x", "CI_DEFAULT_BRANCH": "main"}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("system", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_the_records_are_pushed_as_one_commit_and_nothing_else_is_changed(system: Path, origin: Path, tmp_path: Path) -> None:
    process = save(system, origin, tmp_path, **{"progress.csv": "efter\n", "reminders.json": "{}\n"})
    assert process.returncode == 0, process.stdout + process.stderr
    assert git(origin, "diff", "--name-only", "main~1", "main").split() == ["records/progress.csv", "records/reminders.json"]
    assert git(origin, "show", "main:records/progress.csv") == "efter\n" and git(origin, "rev-list", "--count", "main") == "2\n"
    assert REMINDER_FILE == "records/reminders.json"


@pytest.mark.parametrize("system", [GITHUB, GITLAB], ids=["github", "gitlab"])
@pytest.mark.parametrize("name", ["evil.py", "links.json", ""])
def test_a_record_that_does_not_belong_there_changes_nothing(name: str, system: Path, origin: Path, tmp_path: Path) -> None:
    """A program, a link out of the folder, and no change at all."""
    records = {name: "" if name == "links.json" else "x", "progress.csv": "efter\n"} if name else {"progress.csv": "før\n"}
    process = save(system, origin, tmp_path, **records)
    assert (process.returncode == 0) is (not name), process.stdout + process.stderr
    assert git(origin, "rev-list", "--count", "main") == "1\n"
