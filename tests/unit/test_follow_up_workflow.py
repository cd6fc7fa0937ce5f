"""The jobs that send reminders: what runs the program cannot change the site, what changes it runs nothing of it and takes three files alone.

So it is in this repository, in a new site, and in one that was a clone of this repository before.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kanalstrategi.content.reminder_record import REMINDER_FILE
from kanalstrategi.starter.site_files import TEXTS
from kanalstrategi.upgrading.clone_ci import with_installed_program
from tests.support.project import ROOT

GITHUB_FILE, GITLAB_FILE = ".github/workflows/follow-up.yml", ".gitlab-ci.yml"
OWN_TIME = {GITHUB_FILE: (b'cron: "40 3 * * 1-5"', b'cron: "50 4 * * 1-5"'), GITLAB_FILE: (b"timeout: 1 hour", b"timeout: 2 hours")}
"""What a municipality has changed in its clone of each file."""


def upgraded(path: str) -> str:
    """Return a file of a clone as it is after the upgrade, in which the municipality has changed something before."""
    old, new = OWN_TIME[path]
    changed = with_installed_program({path: (ROOT / path).read_bytes().replace(old, new)}).changes[path] or b""
    assert new in changed and old not in changed
    return changed.decode()


GITHUB = {
    "github": (ROOT / GITHUB_FILE).read_text(encoding="utf-8"),
    "new-github": (TEXTS / "github/follow-up.yml").read_text(encoding="utf-8"),
    "upgraded-github": upgraded(GITHUB_FILE),
}
GITLAB = {
    "gitlab": (ROOT / GITLAB_FILE).read_text(encoding="utf-8"),
    "new-gitlab": (TEXTS / "gitlab-ci.yml").read_text(encoding="utf-8"),
    "upgraded-gitlab": upgraded(GITLAB_FILE),
}
SYSTEMS = GITHUB | GITLAB
RECORDS = ("links.json", "progress.csv", "reminders.json")


def jobs(system: str) -> dict[str, Any]:
    if system in GITHUB:
        return yaml.load(GITHUB[system], yaml.BaseLoader)["jobs"]
    config = yaml.safe_load(GITLAB[system])  # which knows what `<<` is
    default = config.get("default", {})
    return {name: default | config[name] for name in ("look", "save-found", "remind", "save-said")}


def runs_code(part: object) -> bool:
    """Whether a job, or a step, runs something of the site: a script, the program, or what its lock names."""
    return bool(re.search(r"scripts/|kanalstrategi (?:links|progress|remind)|requirements\.txt", str(part)))


@pytest.mark.parametrize("system", GITHUB)
def test_on_github_no_job_both_runs_the_code_and_may_write(system: str) -> None:
    text = GITHUB[system]
    assert [line for line in text.split("\n") if "uses:" in line and not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []
    config = yaml.load(text, yaml.BaseLoader)
    assert config["permissions"] == {"contents": "read"} and config["concurrency"]["cancel-in-progress"] == "false"
    assert set(config["on"]) == {"schedule", "workflow_dispatch"}  # and no pull request
    for id, job in jobs(system).items():
        assert "timeout-minutes" in job and all("${{" not in step.get("run", "") for step in job["steps"])
        assert all(step["with"]["persist-credentials"] == "false" for step in job["steps"] if "checkout" in step.get("uses", ""))
        assert runs_code(job["steps"]) is (id in ("look", "remind"))
        assert ("write" in job.get("permissions", {}).values()) is (not runs_code(job["steps"]))
        assert ("secrets." in str(job)) is (id == "remind")


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_is_sent_before_what_was_found_could_be_saved_and_what_was_sent_is_saved_in_any_case(system: str) -> None:
    order = jobs(system)
    if system in GITHUB:
        assert (order["save-found"]["needs"], order["remind"]["needs"], order["save-said"]["needs"]) == ("look", "save-found", "remind")
        assert order["save-said"]["if"].startswith("always()") and order["remind"]["steps"][-1]["if"] == "always()"
        assert order["save-said"]["steps"] == order["save-found"]["steps"]
    else:
        assert order["remind"]["needs"] == ["look", "save-found"] and order["save-said"]["needs"] == ["remind"]
        assert order["save-said"]["when"] == "always" and order["remind"]["artifacts"]["when"] == "always"


@pytest.mark.parametrize("system", GITLAB)
def test_on_gitlab_the_jobs_have_their_secrets_by_their_environment(system: str) -> None:
    found = jobs(system)
    assert {name: job.get("environment", {}).get("name", "") for name, job in found.items()} == {
        "look": "", "save-found": "follow-up/save", "remind": "follow-up/mail", "save-said": "follow-up/save"
    }  # fmt: skip - laid out by hand, as a table
    for name, job in found.items():
        assert runs_code([job["script"], job.get("before_script")]) is (name in ("look", "remind")), name


def test_a_new_site_follows_up_only_once_it_is_told_to() -> None:
    """Else it would write into the repository of people who have never heard of it."""
    look = jobs("new-github")["look"]
    assert look["if"] == "github.ref == 'refs/heads/main' && vars.FOLLOW_UP == '1'"
    assert all("needs" in job for name, job in jobs("new-github").items() if name != "look")
    for system in GITLAB:
        rules = yaml.safe_load(GITLAB[system])[".follow-up"]["rules"]
        assert rules == [{"if": '$CI_PIPELINE_SOURCE == "schedule" && $FOLLOW_UP && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'}]
        assert all(yaml.safe_load(GITLAB[system])[name]["extends"] == ".follow-up" for name in jobs(system))


def test_what_a_new_site_hands_on_is_what_may_be_saved() -> None:
    """The folder of a new site holds a file for git, too, which would not belong there."""
    for name in ("look", "remind"):
        assert jobs("new-gitlab")[name]["artifacts"]["paths"] == [f"records/{record}" for record in RECORDS]
        (kept,) = [step["with"] for step in jobs("new-github")[name]["steps"] if "upload-artifact" in step.get("uses", "")]
        assert kept["path"] == "records/" and "include-hidden-files" not in kept


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


def save(system: str, origin: Path, tmp_path: Path, **records: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of the job that saves, as the service would."""
    folder = tmp_path / "job"
    if system in GITHUB:
        git(tmp_path, "clone", "--quiet", origin.as_uri(), str(folder))
        (script,) = [step["run"] for step in jobs(system)["save-found"]["steps"] if "run" in step]
        new = folder / "new-records"
    else:
        script = "\n".join(jobs(system)["save-found"]["script"]).replace("https://follow-up:$PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git", origin.as_uri())
        new = folder / "records"
    new.mkdir(parents=True)
    for name, content in records.items():
        (new / name).write_text(content, encoding="utf-8")
    if "links.json" in records and not records["links.json"]:
        (new / "links.json").unlink()
        (new / "links.json").symlink_to("/etc/passwd")
    environment = {**os.environ, "TOKEN": "x", "PUSH_TOKEN": "x", "CI_DEFAULT_BRANCH": "main"}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_records_are_pushed_as_one_commit_and_nothing_else_is_changed(system: str, origin: Path, tmp_path: Path) -> None:
    process = save(system, origin, tmp_path, **{"progress.csv": "efter\n", "reminders.json": "{}\n"})
    assert process.returncode == 0, process.stdout + process.stderr
    assert git(origin, "diff", "--name-only", "main~1", "main").split() == ["records/progress.csv", "records/reminders.json"]
    assert git(origin, "show", "main:records/progress.csv") == "efter\n" and git(origin, "rev-list", "--count", "main") == "2\n"
    assert REMINDER_FILE == "records/reminders.json"


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("name", ["evil.py", "links.json", ""])
def test_a_record_that_does_not_belong_there_changes_nothing(name: str, system: str, origin: Path, tmp_path: Path) -> None:
    """A program, a link out of the folder, and no change at all."""
    records = {name: "" if name == "links.json" else "x", "progress.csv": "efter\n"} if name else {"progress.csv": "før\n"}
    process = save(system, origin, tmp_path, **records)
    assert (process.returncode == 0) is (not name), process.stdout + process.stderr
    assert git(origin, "rev-list", "--count", "main") == "1\n"
