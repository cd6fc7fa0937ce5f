"""`scripts/remind.py --issues`, against the API of GitHub and of GitLab on loopback: one issue for each owner, found again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_issues import TOKEN, FakeIssues, fake_issues
from tests.support.project import Project
from tests.support.reminded_project import remind_on, reminded_project

Captured = pytest.CaptureFixture[str]
SOON, LATE = "2025-12-10", "2026-01-02"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return reminded_project(tmp_path / "project")


@pytest.fixture(params=[False, True], ids=["github", "gitlab"])
def service(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIssues]:
    with fake_issues(is_gitlab=request.param) as service:
        for name in ("GITHUB_REPOSITORY", "CI_PROJECT_ID", "GITHUB_API_URL", "CI_API_V4_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {**service.environment, "SITE_URL": "https://example.org/"}.items():
            monkeypatch.setenv(name, value)
        yield service


def test_each_owner_has_one_issue_which_is_updated(service: FakeIssues, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"title": "En anden", "body": "", "description": "", "labels": ["opfølgning"], "open": True}
    service.issues += [{"number": number, "iid": number, **other} for number in range(1, 121)]
    assert remind_on(SOON, project, monkeypatch, "--issues") == 0
    opened = {issue["title"]: issue for issue in service.issues[120:]}
    assert list(opened) == ["Opfølgning: Huset", "Opfølgning: Skole & Æbler", "Opfølgning: Den tavse"]  # also the one without an address
    text = opened["Opfølgning: Huset"]["description" if service.is_gitlab else "body"]
    assert "@by/hus: Det her venter i" in text and "](<https://example.org/strategi/formaal/>)" in text
    assert remind_on("2025-12-11", project, monkeypatch, "--issues") == 0
    assert remind_on(LATE, project, monkeypatch, "--issues") == 0
    assert len(service.issues) == 123 and [number for number, _ in service.comments] == [121, 123]
    assert "**Fristen er overskredet**" in service.comments[0][1]


def test_a_closed_issue_is_left_alone(service: FakeIssues, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    remind_on(SOON, project, monkeypatch, "--issues")
    service.issues[0]["open"] = False
    remind_on(LATE, project, monkeypatch, "--issues")
    assert [issue["title"] for issue in service.issues].count("Opfølgning: Huset") == 2 and [number for number, _ in service.comments] == [3]


def test_an_answer_that_is_lost_opens_no_second_issue(service: FakeIssues, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    service.refuses.add("POST")
    assert remind_on(SOON, project, monkeypatch, "--issues") == 1
    service.refuses.clear()
    assert remind_on("2025-12-11", project, monkeypatch, "--issues") == 0
    assert len(service.issues) == 3


def test_a_wrong_token_is_told_and_not_shown(service: FakeIssues, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("GITLAB_TOKEN" if service.is_gitlab else "GITHUB_TOKEN", "forkert")
    assert remind_on(SOON, project, monkeypatch, "--issues") == 1 and service.issues == []
    assert "tjenesten svarede 401" in (error := capsys.readouterr().err) and "forkert" not in error


def test_the_token_goes_nowhere_else(service: FakeIssues, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_issues(is_gitlab=service.is_gitlab) as other:
        service.redirects_to = f"{other.url}{'/api/v4/projects/7' if service.is_gitlab else '/repos/by/strategi'}/issues"
        assert remind_on(SOON, project, monkeypatch, "--issues") == 1 and other.issues == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GITHUB_REPOSITORY", "", "hverken GITHUB_REPOSITORY eller CI_PROJECT_ID"),
        ("GITHUB_TOKEN", "", "GITHUB_TOKEN er ikke sat"),
        ("GITHUB_TOKEN", f"{TOKEN}\r\nX: y", "GITHUB_TOKEN er ikke sat"),
        ("GITHUB_API_URL", "file:///etc", "begynder ikke med https://"),
        ("GITHUB_API_URL", "http://127.0.0.1:9", "kan ikke nås"),
        ("SITE_URL", "", "sæt SITE_URL"),
    ],
)
def test_wrong_settings_say_why(name: str, value: str, words: str, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    settings = {"GITHUB_REPOSITORY": "by/strategi", "GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": "https://127.0.0.1:9", "SITE_URL": "https://example.org/"}
    for one, is_set in {**settings, name: value}.items():
        monkeypatch.setenv(one, is_set)
    monkeypatch.delenv("CI_PROJECT_ID", raising=False)
    assert remind_on(SOON, project, monkeypatch, "--issues") == 1
    assert words in capsys.readouterr().err
