"""The example files for a portal and for object storage do what they say: valid, pinned, and only with commands that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from kanalstrategi.cli import portal
from kanalstrategi.cli.main import COMMANDS
from kanalstrategi.publishing.servers.headers import header_rules
from tests.support.project import ROOT

PORTAL = ROOT / "examples/portal"
GITHUB = sorted((PORTAL / ".github/workflows").iterdir())
GITLAB = PORTAL / ".gitlab-ci.yml"
UPLOADED = (
    "index.html", "404.html", "kanaler/index.html", "assets/0123456789ab/site.css", "assets/0123456789ab/search/client.js", "assets/0123456789ab/sans.woff2",
    "search/index.json", "search/0123456789ab/words-0.json", "deling/0123456789ab.png", "pdf/kanalstrategi.pdf", "nyt/feed.xml", "data/rules.json",
    "data/rules.csv", "data/schemas/rules.json", "data/catalog.jsonld", "opfoelgning/skoler.ics", "img/a.svg", "sitemap.xml", "word/a.docx",
    "admin/index.html", "admin/decap.js",
)  # fmt: skip # one name per line would fill a page
"""Files of every kind that a site has."""


def read(file: Path) -> Mapping[str, Any]:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


def commands(file: Path) -> list[str]:
    config = read(file)
    steps = [step for job in config.get("jobs", {}).values() for step in job.get("steps", ())]
    jobs = [job for job in config.values() if isinstance(job, dict)]
    return [step["run"] for step in steps if "run" in step] + [line for job in jobs for key in ("before_script", "script") for line in job.get(key, ())]


@pytest.mark.parametrize("file", [*GITHUB, GITLAB], ids=lambda file: file.name)
def test_it_is_what_the_schema_wants(file: Path) -> None:
    schema = "vendor.gitlab-ci" if file is GITLAB else "vendor.github-workflows"
    process = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)], capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.name)
def test_a_workflow_is_pinned_and_has_nothing_to_take(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    uses = [line for line in text.split("\n") if "uses:" in line and "./.github" not in line]
    assert uses and [line for line in uses if not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []
    assert read(file)["permissions"] == {"contents": "read"}
    assert not re.search(r"secrets\b|pull_request_target|workflow_run", re.sub(r"(?m)#.*$", "", text))
    assert [command for command in commands(file) if "${{" in command] == []
    for job in read(file)["jobs"].values():
        steps = job.get("steps", ())
        assert "timeout-minutes" in job or "uses" in job
        assert not ("write" in job.get("permissions", {}).values() and any("run" in step or "checkout" in step["uses"] for step in steps))
        assert all(step["with"]["persist-credentials"] == "false" for step in steps if "checkout" in step.get("uses", ""))


def test_the_job_that_runs_the_macros_of_a_site_has_nothing_to_take_or_to_change() -> None:
    """Whoever can change a municipality's repository runs code there."""
    (build,) = read(PORTAL / ".github/workflows/site.yml")["jobs"].values()
    assert set(build) == {"runs-on", "timeout-minutes", "steps"}  # no environment, no variables, no rights beyond reading
    assert {name for step in build["steps"] for name in step.get("env", {})} == {"REPOSITORY", "COMMIT", "ID"}
    assert not re.search(r"secrets|token", (PORTAL / ".github/workflows/site.yml").read_text(encoding="utf-8").partition("permissions:")[2])
    caller = read(PORTAL / ".github/workflows/portal.yml")["jobs"]["site"]
    assert set(caller) == {"needs", "strategy", "uses", "with"} and set(caller["with"]) == {"id", "repository", "commit"}
    gitlab = read(GITLAB)["site"]
    assert set(gitlab) == {"extends", "stage", "timeout", "allow_failure", "script", "artifacts"}
    assert "TOKEN" not in "\n".join(gitlab["script"]) and gitlab["artifacts"]["paths"] == ["built/"]
    for config in (read(GITLAB), read(PORTAL / "sites.gitlab-ci.yml")):
        assert not {"variables", "id_tokens", "secrets"} & config.keys()
    for system, runs in (("GitHub", commands(PORTAL / ".github/workflows/portal.yml")), ("GitLab", read(GITLAB)["pages"]["script"])):
        assert any("kanalstrategi portal sites.yml built public" in line for line in runs), system  # which checks what that job hands on


@pytest.mark.parametrize("file", [*GITHUB, GITLAB], ids=lambda file: file.name)
def test_every_command_exists(file: Path) -> None:
    text = "\n".join(commands(file))
    assert {*re.findall(r"/kanalstrategi ([\w-]+)", text)} <= COMMANDS.keys()
    assert "/kanalstrategi portal" in text or "/mkdocs build --strict" in text
    assert subprocess.run(["sh", "-n"], input=text, text=True).returncode == 0


def test_gitlab_has_the_list_of_sites(capsys: pytest.CaptureFixture[str]) -> None:
    assert portal.main(PORTAL, ["sites.yml", "--matrix", "gitlab"]) == 0
    assert capsys.readouterr().out == (PORTAL / "sites.gitlab-ci.yml").read_text(encoding="utf-8")


def passes(tmp_path: Path) -> list[dict[str, Any]]:
    """Return what the script asks rclone to do, by one that only writes its arguments down."""
    fake = tmp_path / "rclone"
    fake.write_text(f"#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done >> {tmp_path}/calls\nprintf '\\n' >> {tmp_path}/calls\n", encoding="utf-8")
    fake.chmod(0o755)
    script = ROOT / "examples/object-storage/publish.sh"
    subprocess.run(["sh", str(script), "site", "remote:bucket"], check=True, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
    calls = [call.split("\n") for call in (tmp_path / "calls").read_text(encoding="utf-8").strip().split("\n\n")]
    return [
        {
            "command": call[0],
            "headers": dict(call[at + 1].split(": ", 1) for at, word in enumerate(call) if word == "--header-upload"),
            "filters": [call[at + 1] for at, word in enumerate(call) if word == "--filter"],
        }
        for call in calls
    ]


def takes(filters: list[str], path: str) -> bool:
    """Whether rclone's filters take a file: the first that matches decides. A pattern without a slash at its start matches at any depth."""
    for line in filters:
        pattern = re.escape(line[2:]).replace(r"\*\*", ".*").replace(r"\*", "[^/]*").replace(r"\[0\-9a\-f\]", "[0-9a-f]")
        if re.fullmatch(rf"(?:.*/)?{pattern}", path):
            return line[0] == "+"
    return True


@pytest.mark.parametrize("path", [*UPLOADED, *(f"fjordby/{path}" for path in UPLOADED)])
def test_each_object_has_the_headers_of_its_file(tmp_path: Path, path: str) -> None:
    taking = [one for one in passes(tmp_path) if one["command"] == "copy" and takes(one["filters"], path)]
    assert len(taking) == 1, taking
    rule = next(rule for rule in header_rules(frozenset()) if re.match(rule.pattern, path.removeprefix("fjordby/")))
    assert taking[0]["headers"]["Cache-Control"] == dict(rule.own)["Cache-Control"]
    assert taking[0]["headers"].get("Content-Type", rule.content_type).startswith(rule.content_type)


@pytest.mark.parametrize("path", ["index.html.br", "a/index.html.gz", "_headers", "_nginx.conf", ".htaccess", "web.config"])
def test_what_only_a_server_reads_is_not_uploaded(tmp_path: Path, path: str) -> None:
    assert [one for one in passes(tmp_path) if takes(one["filters"], path)] == []
