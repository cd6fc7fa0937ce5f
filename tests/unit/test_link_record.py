"""What the link check remembers: a link is reported after three days, forgotten when it works or is gone, and never stops anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.cli import links
from kanalstrategi.content.link_record import LINK_RECORD, LinkFailure, link_record_json, next_record, parse_link_record
from kanalstrategi.content.outward_links import outward_links
from kanalstrategi.content.project import read_project
from kanalstrategi.content.tasks import TaskKind, tasks
from tests.support.outside import Answer, Asked, Outside, outside, reply
from tests.support.project import Project, seconds
from tests.support.small_project import small_project

DAYS = ("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30")
PAGE = "docs/strategi/formaal.md"
GONE = "http://vaek.dk/side"
LINE = 14
"""The line of the link on that page."""


class Servers:
    """Two servers, of which one has lost its page for as long as a test wants."""

    is_broken = True

    def gone(self, asked: Asked) -> Answer:
        return reply(404 if asked.path == "/side" and self.is_broken else 200)


def always(answer: Answer, asked: Asked) -> Answer:
    return answer


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
def world(servers: Servers) -> Iterator[Outside]:
    others = {"virker.dk": reply(200), "flyttet.dk": reply(301, Location="http://virker.dk/ny")}
    with outside({"vaek.dk": servers.gone} | {name: partial(always, answer) for name, answer in others.items()}) as one:
        yield one


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path)
    project.replace(PAGE, "{: #maal }\n", f"{{: #maal }}\n\n[Væk]({GONE}#top), [her](https://virker.dk/) og [flyttet](http://flyttet.dk/).\n")
    return project


def run(project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch, day: str, *arguments: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds(day)))
    return links.main(project.root, arguments, world.network, world.trust)


def record(project: Project) -> dict[str, dict[str, object]]:
    return json.loads((project.root / LINK_RECORD).read_text(encoding="utf-8"))


def test_a_link_is_reported_after_failures_on_three_days(
    project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = f"{PAGE}:{LINE}: {GONE} – siden findes ikke (404)"
    for number, day in enumerate(DAYS[:2], 1):
        for _ in range(2):  # twice on one day counts once
            assert run(project, world, monkeypatch, day) == 0
        said = capsys.readouterr().out
        assert f"  {place} (dag {number})" in said and "Huset" not in said
        assert read_project(project.root, {}).content.broken_links == ()
    assert run(project, world, monkeypatch, DAYS[2]) == 0
    said = capsys.readouterr().out
    assert f"  Huset (hus)\n    {place}, siden 27. november 2026\n" in said
    assert said.startswith("3 adresser på 3 hjemmesider: 2 virker, 1 virker ikke.\n")
    assert f"  {PAGE}:{LINE}: http://flyttet.dk/ – nu http://virker.dk/ny\n" in said
    assert record(project) == {GONE: {"failed": list(DAYS[:3]), "reason": "siden findes ikke (404)"}}

    loaded = read_project(project.root, {"SOURCE_DATE_EPOCH": str(seconds(DAYS[2]))})
    (task,) = [task for task in tasks(loaded.content) if task.kind is TaskKind.LINK]
    assert (task.owner.id, task.page.path, task.detail) == ("hus", "strategi/formaal.md", "linket virker ikke: siden findes ikke (404)")
    (warning,) = [warning for warning in find_warnings(loaded, project.root / "docs") if GONE in warning.message]
    assert str(warning) == (
        f"{PAGE}:{LINE}: linket {GONE} har ikke virket siden 27. november 2026: siden findes ikke (404) – ret adressen, eller slet linket"
    )

    before = (project.root / LINK_RECORD).stat()
    assert run(project, world, monkeypatch, DAYS[3]) == 0
    assert (project.root / LINK_RECORD).stat().st_mtime_ns == before.st_mtime_ns, "nothing new, nothing written"


def test_a_link_is_forgotten_when_it_works(project: Project, world: Outside, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in DAYS[:3]:
        run(project, world, monkeypatch, day)
    servers.is_broken = False
    run(project, world, monkeypatch, DAYS[3])
    assert (project.root / LINK_RECORD).read_text(encoding="utf-8") == "{}\n"
    assert read_project(project.root, {}).content.broken_links == ()


def test_a_link_that_no_page_has_is_ignored_and_then_forgotten(project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in DAYS[:3]:
        run(project, world, monkeypatch, day)
    assert read_project(project.root, {}).content.broken_links
    project.replace(PAGE, f"[Væk]({GONE}#top), ", "")
    loaded = read_project(project.root, {})
    assert loaded.content.broken_links == () and loaded.diagnostics == ()
    run(project, world, monkeypatch, DAYS[3])
    assert record(project) == {}


def test_a_dry_run_writes_nothing(project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, world, monkeypatch, DAYS[0], "--dry-run") == 0
    assert not (project.root / LINK_RECORD).exists() and GONE in capsys.readouterr().out


def test_without_a_network_nothing_is_held_against_a_link(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with outside({}) as nothing:
        assert run(project, nothing, monkeypatch, DAYS[0]) == 0
        assert "ikke adgang til internettet" in capsys.readouterr().out and not (project.root / LINK_RECORD).exists()
        monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
        assert run(project, nothing, monkeypatch, DAYS[0]) == 0
    assert "gennem en proxy (HTTPS_PROXY)" in capsys.readouterr().out and not (project.root / LINK_RECORD).exists()


def test_wrong_usage_is_explained(project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(project, world, monkeypatch, DAYS[0], "--nej")
    assert ended.value.code == 2 and capsys.readouterr().err.startswith("Skriv: python3 scripts/links.py")


def test_a_site_without_outward_links(tmp_path: Path, world: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small_project(tmp_path), world, monkeypatch, DAYS[0]) == 0
    assert capsys.readouterr().out == "Ingen sider linker til andre hjemmesider.\n" and world.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{" * 100_000,
        '{"https://a.dk/": {"failed": [], "reason": "a"}}',
        '{"https://a.dk/": {"failed": ["i går"], "reason": "a"}}',
        '{"https://a.dk/": {"failed": ["2026-11-28", "2026-11-27"], "reason": "a"}}',
        '{"https://a.dk/": {"failed": ["2026-11-27"], "reason": "a\\nb"}}',
        '{"https://a.dk/": {"failed": ["2026-11-27"], "reason": "a\u200bb"}}',
        '{"https://a.dk/": {"failed": ["2026-11-27"]}}',
        '{"javascript:a": {"failed": ["2026-11-27"], "reason": "a"}}',
        f'{{"https://a.dk/": {{"failed": ["2026-11-27"], "reason": "{"a" * 1_000_000}"}}}}',
    ],
    ids=str,
)
def test_a_record_that_somebody_has_changed_is_reported_and_left_alone(
    project: Project, world: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    project.write(LINK_RECORD, text)
    (diagnostic,) = [one for one in read_project(project.root, {}).diagnostics if one.file == LINK_RECORD]
    assert str(diagnostic).startswith("records/links.json:1: listen over links, der ikke virker, kan ikke læses – slet records/links.json")
    assert run(project, world, monkeypatch, DAYS[0]) == 1
    assert str(diagnostic) in capsys.readouterr().err and (project.root / LINK_RECORD).read_text(encoding="utf-8") == text and world.asked == []


def test_where_outward_links_stand(project: Project) -> None:
    project.replace("mkdocs.yml", "  organisation: Byen\n", "  organisation: Byen\n  accessibility_statement: https://was.example/erklaering\n")
    project.replace("docs/index.md", "evaluate_by:", "decision: https://www.example.org/referat\nevaluate_by:")
    page = "docs/kanaler/index.md"
    more = "\n<https://a.dk/> [b](HTTPS://B.dk/?q#c)\n[tlf](tel:+4512345678) [her](telefon.md) `https://kode.dk/` [to](https://a.dk/)\n"
    project.write(page, (project.root / page).read_text(encoding="utf-8") + more)
    loaded = read_project(project.root, {})
    found = [(link.url, link.file, link.line, link.page.path) for link in outward_links(loaded.content, loaded.parsed_pages, loaded.config)]
    front = "index.md"
    assert found == [
        ("https://www.example.org/referat", "docs/index.md", 12, front),
        (GONE, PAGE, LINE, "strategi/formaal.md"),
        ("https://virker.dk/", PAGE, LINE, "strategi/formaal.md"),
        ("http://flyttet.dk/", PAGE, LINE, "strategi/formaal.md"),
        ("https://a.dk/", page, 13, "kanaler/index.md"),
        ("HTTPS://B.dk/?q", page, 13, "kanaler/index.md"),
        ("https://a.dk/", page, 14, "kanaler/index.md"),
        ("https://was.example/erklaering", "mkdocs.yml", 4, front),
    ]


def test_a_link_in_the_settings_says_where_it_is(project: Project) -> None:
    url = "https://was.example/erklaering"
    project.replace("mkdocs.yml", "  organisation: Byen\n", f"  organisation: Byen\n  accessibility_statement: {url}\n")
    project.write(LINK_RECORD, link_record_json({url: LinkFailure(tuple(map(date.fromisoformat, DAYS[:3])), "certifikatet er udløbet")}).decode())
    (broken,) = read_project(project.root, {}).content.broken_links
    assert (broken.place, broken.path, broken.since.isoformat()) == ("mkdocs.yml:4", "index.md", DAYS[0])


urls = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf", "Cs"]), max_size=20).map("https://a.dk/".__add__)
reasons = st.text("abæøå ()404", min_size=1, max_size=50)


@given(st.lists(st.tuples(st.dictionaries(urls, reasons, max_size=5), st.sets(urls, max_size=5), st.booleans()), max_size=8))
def test_a_record_reads_back_as_it_was_written(days: list[tuple[dict[str, str], set[str], bool]]) -> None:
    record: dict[str, LinkFailure] = {}
    today = date(2026, 11, 1)
    for failed, undecided, is_next_day in days:
        today += timedelta(days=is_next_day)
        before, record = record, next_record(record, failed, undecided, today)
        written = link_record_json(record)
        assert link_record_json(dict(reversed(record.items()))) == written
        if parse_link_record(written) is not None:  # a URL with a character that no text may have is no page's
            assert parse_link_record(written) == record
        assert set(record) == set(failed) | (undecided & set(before))
        for url, failure in record.items():
            assert 1 <= len(failure.failed) <= 3 and (url not in failed or failure.reason == failed[url])
