"""A site begins with the municipality's own text from Word: headings become chapters and channels, announced lists rules, and no word is lost unsaid."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.cli import new_site
from kanalstrategi.content.pins import Release
from kanalstrategi.content.project import read_project
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.markdown.parser import parse
from kanalstrategi.starter.answers import Answers, NewDepartment
from kanalstrategi.starter.site_files import site_files
from kanalstrategi.word.importing import GuidelineFileError
from kanalstrategi.word.strategy import ImportedStrategy, import_strategy
from tests.support.random_word_files import random_word_file
from tests.support.strategy_in_word import FJORDBY_POLICY, strategy_in_word

CHANNELS = ["Hjemmesiden fjordby.dk", "Selvbetjening", "Digital Post", "Telefon", "Personligt fremmøde", "Sociale medier", "Chat og sms"]
TODAY = date(2026, 1, 1)
PROGRAM = Release("1.0.0", "", "")
SMALL = Answers("Fjordby", departments=(NewDepartment("Havnen"),))


@cache
def imported(markdown: str = FJORDBY_POLICY, channels: tuple[str, ...] = (), leads: tuple[str, ...] = ()) -> ImportedStrategy:
    return import_strategy(strategy_in_word(markdown), "politik.docx", channels, leads)


def test_headings_become_chapters_and_channels_and_announced_lists_rules(tmp_path: Path) -> None:
    found = imported()
    assert found.missing == {} and found.text.rule_leads == ("Vi vil",)
    new_site.make_site(tmp_path / "site", site_files(SMALL, None, TODAY, PROGRAM, found.text))  # which raises for whatever the check would find
    content = read_project(tmp_path / "site", os.environ).content
    assert content.pages["index.md"].title == "Kommunikations- og kanalpolitik 2024-2027"
    chapters = [page.title for page in content.pages.values() if page.section == "strategi"]
    assert chapters == ["Forord", "Syv principper", "Kanaler og formål", "Organisation", "Bilag 1: Svarfrister"]
    assert [group.title for group in content.groups] == CHANNELS
    assert [len(group.rules) for group in content.groups] == [3, 2, 2, 3, 2, 2, 2]
    assert content.rules["telefon-ringe-samme-dag"].text == "ringe op samme dag, hvis vi har lovet det."
    assert {rule.kind for rule in content.rules.values()} == {RuleKind.AIM}
    assert "●●●" in (tmp_path / "site/docs/strategi/kanaler-og-formaal.md").read_text(encoding="utf-8")
    front = (tmp_path / "site/docs/index.md").read_text(encoding="utf-8")
    assert "hvad der mangler" not in front


def test_channels_whose_pages_would_be_one_lose_no_text(tmp_path: Path) -> None:
    parts = {"Båd": "sejle", "Baad": "ro", "Index": "slå op", "Telefon": "ringe"}
    found = imported("# Politik\n\n" + "".join(f"## {title}\n\nVi vil:\n\n- {word} hver dag.\n- svare.\n\n" for title, word in parts.items()))
    assert [*found.text.channels] == ["Båd", "Telefon"]
    new_site.make_site(tmp_path / "site", site_files(SMALL, None, TODAY, PROGRAM, found.text))
    said = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "site/docs").rglob("*.md"))
    assert [word for word in parts.values() if f"{word} hver dag" not in said] == []


def test_channels_that_were_answered_get_the_text_about_them_and_the_others_stay_drafts() -> None:
    text = imported(channels=("Telefoner", "Fremmøde", "Bogbussen")).text
    assert [*text.channels] == ["Telefoner", "Fremmøde"] and text.channels_with_rules == {"Telefoner", "Fremmøde"}
    assert text.channels["Telefoner"].startswith("## Telefon\n\nKontaktcentret")  # the heading says something else, so it stays
    assert "## Chat og sms" in text.about_channels
    files = site_files(replace(SMALL, channels=("Telefoner", "Fremmøde", "Bogbussen")), None, TODAY, PROGRAM, text)
    assert "Teksten er endnu ikke skrevet" in files["docs/kanaler/bogbussen.md"].decode()
    assert "Teksten er endnu ikke skrevet" not in files["docs/kanaler/telefoner.md"].decode()


def test_leads_that_were_answered_are_those_that_count() -> None:
    text = imported(leads=("Vi lover",)).text
    assert text.channels == {} and text.channels_with_rules == frozenset()


@pytest.mark.parametrize(
    ("markdown", "title", "chapters"),
    [
        ("# Strategi\n\n## Formål\n\nTekst.\n\n## Mål\n\nMere.", "Strategi", ["Formål", "Mål"]),
        ("Tekst.\n\n# Formål\n\nMere.", "", ["Indledning", "Formål"]),
        ("# Formål\n\nTekst.", "", ["Formål"]),
        ("Kun tekst.", "", ["Indledning"]),
        ("# Formål\n\nTekst.\n\n# Formål\n\nMere.\n\n# Con\n\nx\n\n# ???\n\ny", "", ["Formål", "Formål", "Con", "???"]),
    ],
)
def test_each_file_has_a_title_and_chapters(markdown: str, title: str, chapters: list[str]) -> None:
    text = imported(markdown).text
    assert (text.title, [name for name, _ in text.chapters]) == (title, chapters)
    files = [path for path in site_files(SMALL, None, TODAY, PROGRAM, text) if path.startswith("docs/strategi/")]
    assert len(files) == len(chapters) and "docs/strategi/con.md" not in files


def test_points_below_a_rule_go_with_it() -> None:
    text = imported("# Telefon\n\nVi vil:\n\n- svare\n- svare\n", ("Telefon",), ("Vi vil",)).text
    assert text.channels["Telefon"] == "Vi vil:\n\n- svare\n    {: #telefon-svare }\n- svare\n    {: #telefon-svare-2 }"


def test_the_report_says_where_everything_went() -> None:
    report = imported().report
    for line in (
        "Fra politik.docx",
        "- »Forord«",
        "- »Telefon«: 3 regler",
        "Lister under »Vi vil« er blevet til regler. Passer det ikke, så ret shape i mkdocs.yml.",
    ):
        assert line in report.split("\n")


@pytest.mark.parametrize("title", ["{{ search() }}", "x #} {{ search() }}", "{# Chat", "Chat for $department $$ $reviewed", "Chat #", "Chat {: .skjult }"])
def test_no_heading_is_more_than_words_on_the_page_that_is_made_of_it(title: str, tmp_path: Path) -> None:
    """Nor an item or a paragraph."""
    text = imported(f"# Politik\n\n## {title}\n\nVi vil:\n\n- svare {title}\n- skrive.\n\n{title}\n", leads=("Vi vil",)).text
    new_site.make_site(tmp_path / "site", site_files(SMALL, None, TODAY, PROGRAM, text))
    content = read_project(tmp_path / "site", os.environ).content
    (chapter,) = [page for page in content.pages.values() if page.section == "strategi"]
    assert chapter.title == title and chapter.description.startswith(f"{title} – et kapitel")
    page = parse((tmp_path / "site/docs" / chapter.path).read_text(encoding="utf-8"))
    assert {call.name for call in page.calls} == {"status"}


def test_a_file_that_cannot_be_read_is_refused_in_danish() -> None:
    with pytest.raises(GuidelineFileError, match=r"^politik\.docx: "):
        import_strategy(b"PK\x03\x04", "politik.docx", (), ())


@settings(max_examples=15)
@given(st.integers(0, 100_000), st.booleans())
def test_no_word_is_lost_and_every_page_reads(seed: int, are_answered: bool) -> None:
    data = random_word_file(Random(seed), 12)
    found = import_strategy(data, "politik.docx", ("Telefon", "Mails og breve") if are_answered else (), ("Telefon", "Indledning"))
    assert found.missing == {}
    for path, content in site_files(SMALL, None, TODAY, PROGRAM, found.text).items():
        if path.startswith(("docs/strategi/", "docs/kanaler/")):
            page = parse(content.decode())
            assert not (page.diagnostics or page.macro_diagnostics or page.front.errors), path
