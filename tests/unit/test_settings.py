"""The shape of a site is set under `shape` in mkdocs.yml; whatever is wrong there, or a key that nobody knows, is told of in Danish."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig

from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.config_keys import MKDOCS_KEYS, check_keys, key_lines
from kanalstrategi.content.page_template import new_department
from kanalstrategi.content.project import read_project
from kanalstrategi.content.settings import read_settings, settings_of
from kanalstrategi.content.settings_model import Settings, Words
from kanalstrategi.danish.nouns import Noun
from kanalstrategi.design.theme import PAGES
from tests.support.fjordby import fjordby
from tests.support.project import ROOT, Project

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
ANYTHING = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=12), inner), max_leaves=12)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return fjordby(tmp_path)


def read(project: Project) -> list[str]:
    return [str(diagnostic) for diagnostic in read_project(project.root, {}).diagnostics]


def mistakes(project: Project, shape: str) -> list[str]:
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = text.partition("  shape:\n")
    project.write("mkdocs.yml", before + "  shape:\n" + shape + "nav:" + rest.partition("nav:")[2])
    return [line for line in read(project) if line.startswith("mkdocs.yml")]


def test_a_site_that_says_nothing_is_as_it_was() -> None:
    assert settings_of((ROOT / "mkdocs.yml").read_bytes()) == settings_of(b"") == settings_of(b"\xff: {") == Settings()
    assert Settings().rule_leads == ("Det betyder, at",) and Settings().review_months == 6


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ("    review_month: 12\n", "13: shape.review_month kendes ikke – mente du review_months?"),
        ("    review_months: 0\n", "13: shape.review_months er ikke et helt tal fra 1 til 60 – skriv for eksempel `review_months: 6`"),
        ("    max_lix: svær\n", "13: shape.max_lix er ikke et helt tal fra 20 til 80 – skriv for eksempel `max_lix: 45`"),
        ("    max_lix: true\n", "13: shape.max_lix er ikke et helt tal fra 20 til 80 – skriv for eksempel `max_lix: 45`"),
        ("    words: politik\n", "13: shape.words har ingen ord – skriv dem under den, som `strategy: politik` og `department: afdeling`"),
        ("    words:\n      strategi: politik\n", "14: shape.words.strategi kendes ikke – mente du strategy?"),
        ("    words:\n      strategy: [a]\n", "14: shape.words.strategy er ikke et ord – skriv det i ubestemt form, som `strategy: politik`"),
        ("    words:\n      department: klynge\n", "14: bøjningen af »klynge« kendes ikke – skriv dets former: `department: {one: afdeling, the: afdelingen,"),
        ("    words:\n      department: {one: klynge, the: klyngen, many: klynger}\n", "14: shape.words.department mangler the_many – skriv de fire former"),
        ("    words:\n      department: {one: a, the: b, many: c, the_many: d}\n", "14: shape.words.department.article er ikke en eller et – skriv"),
        ("    words:\n      department: {one: klynge, teh: klyngen}\n", "14: shape.words.department.teh kendes ikke – mente du the?"),
        ("    rule_leads: [1]\n", "13: shape.rule_leads er ikke en liste med ord, som indleder regler – skriv hver overskrift"),
        ("    rule_leads: ['…']\n", "13: shape.rule_leads er ikke en liste med ord"),
        (f"    rule_leads: ['{'a' * 81}']\n", "13: shape.rule_leads er for lang – skriv højst 10, hver på højst 80 tegn"),
        ("    {}\n", ""),
    ],
)
def test_what_is_wrong_is_told_of_where_it_stands(project: Project, shape: str, message: str) -> None:
    found = mistakes(project, shape)
    expected = _moved(message, project)
    assert (any(line.startswith(expected) for line in found)) if message else not [line for line in found if "shape" in line], found


def _moved(message: str, project: Project) -> str:
    """Return a message with the line that the first setting really stands on, counted from 13."""
    number, _, rest = message.partition(":")
    if not number:
        return ""
    lines = (project.root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    return f"mkdocs.yml:{lines.index('  shape:') + 2 + int(number) - 13}:{rest}"


def test_a_word_may_bring_its_forms() -> None:
    noun = {"one": "Klynge", "the": "klyngen", "many": "klynger", "the_many": "klyngerne", "article": "en"}
    settings = read_settings({"words": {"department": noun}}, lambda *mistake: pytest.fail(str(mistake)))
    assert settings.words == Words(department=Noun("klynge", "klyngen", "klynger", "klyngerne"))
    assert settings.words.say("hvert fagområde") == "hver klynge"


@given(ANYTHING)
def test_whatever_stands_there_is_read_or_told_of(value: object) -> None:
    found: list[str] = []
    settings = read_settings(value, lambda path, message, hint: found.append(message))
    assert isinstance(settings, Settings)
    if value not in (None, {}) and settings == Settings() and not isinstance(value, dict):
        assert found


def test_the_age_that_is_old_counts_everywhere(project: Project) -> None:
    content = read_project(project.root, {}).content
    assert content.settings.review_months == 12
    project.write("docs/skabeloner/retningslinje.md", "---\nreviewed: $reviewed\nreview_by: $review_by\n---\n")
    path = new_department(project.root, "Havne", {"SOURCE_DATE_EPOCH": "1767225600"})
    assert "reviewed: 2026-01-01\nreview_by: 2027-01-01\n" in (project.root / path).read_text(encoding="utf-8")


def test_a_limit_decides_what_is_hard_to_read(project: Project) -> None:
    long = " ".join(["kommunikationsmedarbejderne", "er"] * 15) + ".\n"
    project.write("docs/index.md", (project.root / "docs/index.md").read_text(encoding="utf-8") + "\n" + long * 2)
    warned = [str(warning) for warning in find_warnings(read_project(project.root, {}), project.root / "docs")]
    assert any("højst 45 er godt" in line for line in warned)
    project.replace("mkdocs.yml", "review_months: 12", "max_lix: 80\n    max_sentence_words: 100")
    warned = [str(warning) for warning in find_warnings(read_project(project.root, {}), project.root / "docs")]
    assert not any("lixtal" in line and "index.md" in line for line in warned) or any("højst 80" in line for line in warned)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("site_description:", "site_descripton:", "site_descripton kendes ikke – mente du site_description?"),
        ("  organisation:", "  organization:", "organization kendes ikke – mente du organisation?"),
        ("phone: 12", "fone: 12", "owners.kommunikation.fone kendes ikke – mente du phone?"),
        ("opening: index.md, pages", "opning: index.md, pages", "documents.politik.opning kendes ikke – mente du opening?"),
        ("  shape:", "  zzz: 1\n  shape:", "zzz kendes ikke – ret navnet, eller slet linjen; det, som kun jeres egne skabeloner læser, begynder med x_"),
    ],
)
def test_a_wrong_key_is_named_with_the_nearest_right_one(project: Project, old: str, new: str, message: str) -> None:
    line = project.replace("mkdocs.yml", old, new)
    assert f"mkdocs.yml:{line}: {message}" in read(project)


def test_own_keys_and_those_of_the_theme_are_left_alone(project: Project) -> None:
    project.replace("mkdocs.yml", "  shape:", "  x_banner: ja\n  social: []\n  shape:")
    assert read(project) == []


def test_the_keys_of_mkdocs_are_those_it_has() -> None:
    assert {*MKDOCS_KEYS} == {name for name, _ in MkDocsConfig._schema} - {"config_file_path"} | {"INHERIT"}


@given(ANYTHING)
def test_any_configuration_can_be_searched_for_keys(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    key_lines(text)
    if isinstance(value, dict):
        check_keys({str(key): item for key, item in value.items()}, lambda path, message, hint: None)


def test_many_aliases_are_searched_in_no_time() -> None:
    keys = [f"k{number}" for number in range(40)]
    aliases = "".join(f"a{number}: &a{number} {{{', '.join(f'{key}: *a{number - 1}' for key in keys)}}}\n" for number in range(1, 6))
    lines = key_lines(f"a0: &a0 {{k0: 1}}\n{aliases}last: 1\n")
    assert lines["a0", "k0"] == 1 and lines["last",] == 7 and len(lines) < 300


def test_every_setting_is_explained() -> None:
    explained = (PAGES / "redaktoer" / "felter-og-tekst.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(Settings) if f"`{field.name}`" not in explained] == []
