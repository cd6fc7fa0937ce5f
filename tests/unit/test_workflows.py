"""The workflows for pull requests and publishing are valid, call scripts that exist, and are safe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.content.evidence import COMMAND, EVIDENCE_FILE
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, published_urls, with_recorded
from kanalstrategi.starter.site_files import TEXTS
from macros import MACROS
from tests.support.project import PARTS, ROOT, Project, seconds

CHECK, PUBLISH, GITLAB = ".github/workflows/check.yml", ".github/workflows/publish.yml", ".gitlab-ci.yml"
FOLLOW_UP = ".github/workflows/follow-up.yml"
"""It has secrets and pushes, so that `test_follow_up_workflow.py` says what is safe there."""
OF_NEW_SITES = {f"kanalstrategi/starter/files/github/{name}.yml": "vendor.github-workflows" for name in ("check", "follow-up", "publish")}
OF_NEW_SITES |= {"kanalstrategi/starter/files/gitlab-ci.yml": "vendor.gitlab-ci"}
"""The schemas of the files that a new site gets, keyed by path."""
_CALL = re.compile(r"\.venv/bin/kanalstrategi ([^|&;\n]+)")
SCHEMAS = {FOLLOW_UP: "vendor.github-workflows", CHECK: "vendor.github-workflows", PUBLISH: "vendor.github-workflows", GITLAB: "vendor.gitlab-ci"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read(text: str) -> dict[str, Any]:
    return yaml.load(text, yaml.BaseLoader)  # which reads `on` as a string


def commands(text: str) -> list[str]:
    """Return the shell commands of a workflow, of GitHub or GitLab."""
    config = read(text)
    steps = [step for job in config.get("jobs", {}).values() for step in job["steps"]]
    jobs = [job for job in config.values() if isinstance(job, dict) and "script" in job]
    return [step["run"] for step in steps if "run" in step] + [line for job in jobs for line in job["script"]]


def calls(text: str) -> list[str]:
    """Return the calls of our scripts in a workflow, with their arguments."""
    bare = [re.sub(r'"[^"]*"', '""', command) for command in commands(text)]  # text in quotes is not run
    return [call for command in bare for call in re.findall(r"python3 (scripts/[^|&;\n]+)", command)]


def test_all_workflows_are_looked_at() -> None:
    assert {file.relative_to(ROOT).as_posix() for file in (ROOT / ".github/workflows").iterdir()} == {CHECK, FOLLOW_UP, PUBLISH}
    assert {file.relative_to(ROOT).as_posix() for file in TEXTS.rglob("*.yml") if "docs" not in file.parts and file.name != "mkdocs.yml"} == {*OF_NEW_SITES}


# The schemas that GitHub and GitLab publish


def schema_says(file: Path, schema: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("name", SCHEMAS | OF_NEW_SITES)
def test_it_is_what_the_schema_wants(name: str, tmp_path: Path) -> None:
    process = schema_says(ROOT / name, (SCHEMAS | OF_NEW_SITES)[name])
    assert process.returncode == 0, process.stdout + process.stderr
    wrong = text_of(name).replace("    steps:", "    stepz:").replace("  script:", "  script: 7\n  scripts:")
    (tmp_path / "wrong.yml").write_text(wrong, encoding="utf-8")
    assert schema_says(tmp_path / "wrong.yml", (SCHEMAS | OF_NEW_SITES)[name]).returncode == 1


# The commands work


@pytest.fixture
def runnable(project: Project) -> Project:
    """A copy of the project whose scripts use the environment of the tests."""
    project.write(
        "scripts/environment.py",
        "\n".join(
            [
                "import os",
                "from pathlib import Path",
                "ROOT = Path(__file__).resolve().parent.parent",
                "FOR_PEERS = FOR_TESTS = ()",
                "def enter(*_): pass",
                "def run_instead(command): os.execv(command[0], command)",
                "",
            ]
        ),
    )  # fmt: skip - laid out by hand, as a table
    shutil.copy(ROOT / "CODEOWNERS", project.root)
    project.write(RECORD_FILE, with_recorded("", published_urls(read_project(project.root, {}).content)))
    return project


def error_of(project: Project, call: str) -> str:
    # With `--help`, MkDocs only parses the other arguments: a build would take long. Links are not asked, and without settings no mail is sent.
    script = call.split()[0]
    more = {"scripts/build.py": ["--help"], "scripts/links.py": ["--help"], "scripts/test.py": ["--help"]}.get(script, [])
    command = [sys.executable, *call.split(), *more]
    process = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    is_wrong = process.returncode == 2 if script == "scripts/remind.py" else process.returncode
    return process.stdout + process.stderr if is_wrong else ""


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_calls_scripts_that_exist_as_they_are_called(runnable: Project, name: str) -> None:
    found = calls(text_of(name))
    assert any(call.startswith("scripts/remind.py" if name == FOLLOW_UP else "scripts/build.py") for call in found)
    assert {call: error for call in found if (error := error_of(runnable, call))} == {}


def test_a_new_site_calls_the_commands_that_are_called_here() -> None:
    """By the names of the scripts, which take the same arguments; that they can be called so is tried above."""
    here = {call.strip().replace(".py", "", 1) for name in SCHEMAS for call in calls(text_of(name))}
    there = {f"scripts/{call.strip()}" for name in OF_NEW_SITES for command in commands(text_of(name)) for call in _CALL.findall(command)}
    assert {"scripts/build", "scripts/remind --send", "scripts/links"} <= there <= here


@pytest.mark.parametrize("call", ["scripts/chek.py", "scripts/check.py --nope", "scripts/remind.py --sent", "scripts/build.py --site-dri public"])
def test_a_call_that_cannot_be_is_found(runnable: Project, call: str) -> None:
    assert calls(f"jobs:\n  a:\n    steps:\n      - run: python3 {call} || true\n") == [f"{call} "]
    assert error_of(runnable, call)


# Safety


def errors(text: str) -> Iterator[str]:
    """Yield everything that makes a workflow of GitHub unsafe."""
    workflow = read(text)
    for line in text.split("\n"):
        if "uses:" in line and not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line):
            yield f"not pinned: {line.strip()}"
    if re.search(r"secrets\b|pull_request_target|workflow_run", re.sub(r"(?m)#.*$", "", text)):
        yield "reaches for secrets"
    for command in commands(text):
        if "${{" in command:
            yield f"puts something into a command: {command}"
    if workflow.get("permissions") != {"contents": "read"}:
        yield "the token may more than read"
    for id, job in workflow["jobs"].items():
        if "timeout-minutes" not in job:
            yield f"{id} may run for ever"
        may_write = "write" in job.get("permissions", {}).values()
        if may_write and any("run" in step or "checkout" in step.get("uses", "") for step in job["steps"]):
            yield f"{id} runs the project's code and may write"
        for step in job["steps"]:
            if "checkout" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") != "false":
                yield f"{id} leaves the token in the project's folder"


@pytest.mark.parametrize("name", [CHECK, PUBLISH, *(name for name in OF_NEW_SITES if name.endswith(("check.yml", "publish.yml")))])
def test_the_workflows_are_safe(name: str) -> None:
    assert list(errors(text_of(name))) == []


PLANTED = {
    "a tag": (r"@[0-9a-f]{40} # ", "@", "not pinned"),
    "a title in a command": ("scripts/build.py", r"scripts/build.py ${{ github.event.pull_request.title }}", "puts something"),
    "a branch in a command": ("scripts/build.py", r"scripts/build.py ${{ github.head_ref }}", "puts something"),
    "the base's rights": ("on: pull_request", "on: pull_request_target", "reaches for secrets"),
    "a secret": ("scripts/build.py", "scripts/build.py\n        env:\n          KEY: ${{ secrets.KEY }}", "reaches for secrets"),
    "a token that may write": ("contents: read", "contents: write", "the token may more"),
    "rights to a job that runs code": ("    timeout", "    permissions:\n      contents: write\n    timeout", "may write"),
    "no end": ("    timeout-minutes: 20\n", "", "for ever"),
    "the token left behind": ("persist-credentials: false", "persist-credentials: true", "leaves the token"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_unsafe_workflows_are_found(case: str) -> None:
    pattern, planted, words = PLANTED[case]
    text, count = re.subn(pattern, lambda _: planted, text_of(CHECK))
    assert count
    assert any(words in error for error in errors(text)), list(errors(text))


def test_a_pull_request_is_cancelled_by_its_next_and_leaves_a_preview() -> None:
    workflow = read(text_of(CHECK))
    assert workflow["on"] == "pull_request"
    assert workflow["concurrency"] == {"group": "check-${{ github.ref }}", "cancel-in-progress": "true"}
    artifacts = [step["with"] for step in workflow["jobs"]["check"]["steps"] if "upload-artifact" in step.get("uses", "")]
    assert artifacts == [{"name": "site", "path": "site/", "if-no-files-found": "error", "retention-days": "14"}]


def test_only_what_publishes_may_publish() -> None:
    workflow = read(text_of(PUBLISH))
    assert set(workflow["on"]) == {"push", "schedule", "workflow_dispatch"}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build" and jobs["deploy"]["if"] == "github.ref == 'refs/heads/main'"
    assert [step.get("env") for step in jobs["build"]["steps"] if "build.py" in step.get("run", "")] == [{"SITE_URL": "${{ steps.pages.outputs.base_url }}"}]


def test_what_was_tested_reaches_the_build_and_a_test_that_fails_stops_nothing() -> None:
    jobs = read(text_of(PUBLISH))["jobs"]
    (test,) = [step["run"] for step in jobs["evidence"]["steps"] if "test.py" in step.get("run", "")]
    assert test.startswith(f"{COMMAND} ||") and jobs["build"]["needs"] == "evidence" and jobs["build"]["if"] == "${{ !cancelled() }}"
    (kept,) = [step["with"] for step in jobs["evidence"]["steps"] if "upload-artifact" in step.get("uses", "")]
    assert (kept["path"], kept["include-hidden-files"]) == (EVIDENCE_FILE, "true")
    steps = jobs["build"]["steps"]
    (taken,) = [number for number, step in enumerate(steps) if "download-artifact" in step.get("uses", "")]
    assert steps[taken]["with"] == {"name": kept["name"]} and steps[taken]["continue-on-error"] == "true"
    assert taken < next(number for number, step in enumerate(steps) if "build.py" in step.get("run", ""))
    gitlab = read(text_of(GITLAB))["evidence"]
    assert (gitlab["script"], gitlab["stage"], gitlab["allow_failure"]) == ([COMMAND], "test", "true")
    assert (gitlab["artifacts"]["when"], gitlab["artifacts"]["paths"]) == ("always", [EVIDENCE_FILE])


def test_a_night_does_not_fail_because_something_is_overdue() -> None:
    assert find_diagnostics(ROOT, {"SOURCE_DATE_EPOCH": str(seconds("2040-01-01"))}, MACROS) == []


def only_warns(project: Project, script: str) -> None:
    """Assert that the publishing step with a script prints a warning, and does not fail."""
    for name in (PUBLISH, GITLAB):
        step = next(command for command in commands(text_of(name)) if script in command)
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        process = subprocess.run(["bash", "-ec", step], cwd=project.root, env=environment, capture_output=True, text=True)
        assert process.returncode == 0, process.stdout + process.stderr
        assert f"Run python3 scripts/{script}".casefold() in process.stdout.casefold()


def test_publishing_continues_when_codeowners_is_outdated(runnable: Project) -> None:
    owner = "      name: Center for Politik & Personale\n"
    runnable.replace("mkdocs.yml", owner, owner + '      account: "@kommune/politik"\n')
    only_warns(runnable, "codeowners.py")


def test_publishing_continues_when_a_url_is_not_recorded(runnable: Project) -> None:
    runnable.write(RECORD_FILE, "/\n")
    only_warns(runnable, "addresses.py")


# Before a commit


def test_a_commit_is_checked_without_a_third_party(runnable: Project) -> None:
    shutil.copy(ROOT / ".pre-commit-config.yaml", runnable.root)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "PRE_COMMIT_HOME": str(runnable.root / ".cache"),
        "https_proxy": "http://127.0.0.1:9",  # where nothing listens
    }  # fmt: skip - laid out by hand, as a table

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=runnable.root, env=environment, capture_output=True, text=True)

    assert run("git", "init", "--quiet").returncode == 0
    assert run("git", "add", *PARTS, "CODEOWNERS", RECORD_FILE, ".pre-commit-config.yaml").returncode == 0
    pre_commit = (sys.executable, "-m", "pre_commit", "run", "--all-files")
    process = run(*pre_commit)
    assert process.returncode == 0 and process.stdout.count("Passed") == 3, process.stdout + process.stderr
    line = runnable.replace("docs/strategi/formaal.md", "# Formål\n", '# Formål\n\n{{ rules("mangler") }}\n') + 2
    process = run(*pre_commit)
    assert process.returncode == 1 and f"docs/strategi/formaal.md:{line}: kanalen mangler findes ikke" in process.stdout, process.stdout
