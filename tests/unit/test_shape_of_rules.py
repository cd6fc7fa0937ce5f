"""What announces rules is a setting: a heading, or a paragraph right above a list; rules may be numbered and have points below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.project import read_project
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.content.rule_leads import as_lead, joined, kind_of, means_nothing_alone, stands_alone
from kanalstrategi.markdown.nodes import Element, descendants, element, text_of
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.rule_page import rule_page_tree
from macros import MACROS
from tests.support.fjordby import FJORDBY, fjordby
from tests.support.project import Project


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return fjordby(tmp_path_factory.mktemp("fjordby"))


@pytest.fixture(scope="module")
def content(town: Project) -> Content:
    return read_project(town.root, {}).content


def answer(content: Content, name: str, argument: str) -> Element:
    page = content.pages["retningslinjer/biblioteker.md"]
    return element("div", MACROS[name](Call(content, page), argument))


def test_the_shape_of_another_municipality_has_no_mistakes(town: Project) -> None:
    assert town.check() == []


def test_lists_below_a_paragraph_are_rules(content: Content) -> None:
    assert [len(group.rules) for group in content.groups] == [3, 2, 2, 3, 2, 2, 2]
    rule = content.rules["telefon-svar"]
    assert (rule.text, rule.lead, rule.heading) == ("besvare ni ud af ti opkald inden for tre minutter", "Vi vil", "Telefon")
    assert rule.kind is RuleKind.AIM


def test_a_list_below_another_paragraph_is_text(content: Content) -> None:
    assert "hjemmesiden-aabent" not in content.rules and not any("hverdage" in rule.text for rule in content.groups[0].rules)


def test_numbered_principles_of_the_strategy_are_rules(content: Content) -> None:
    [chapter] = content.chapters
    assert chapter.id == "principper" and [rule.id for rule in chapter.rules][:2] == ["borgeren-foerst", "digital"]
    assert content.rules["borgeren-foerst"].needed_lead == content.rules["borgeren-foerst"].shown_lead == ""
    assert "principper" not in content.channels and "borgeren-foerst" not in content.passages
    assert "regler/borgeren-foerst.md" in content.rule_pages


def test_what_leads_up_to_a_rule_stands_in_every_quotation(content: Content) -> None:
    assert "Vi vil besvare ni ud af ti opkald" in text_of(answer(content, "rule", "telefon-svar"))
    assert "Telefon: Vi vil" in text_of(answer(content, "rules", "telefon"))
    page = content.rule_pages["regler/telefon-svar.md"]
    assert page.title.startswith("Telefon: Vi vil besvare") and page.description.startswith("Telefon: Vi vil besvare")
    tree = rule_page_tree(Call(content, page), content.rules["telefon-svar"], "")
    assert "Vi vil besvare ni" in text_of(tree) and "noget, vi vil." in text_of(tree) and "»Vi vil besvare" in text_of(tree)


def test_points_below_a_rule_stand_in_every_quotation(content: Content) -> None:
    rule = content.rules["hjemmesiden-sprog"]
    assert rule.text == "skrive ud fra det, borgerne spørger om: på telefonen; i søgningen" and rule.points == ("på telefonen", "i søgningen")
    assert "om: på telefonen; i søgningen" in text_of(answer(content, "rule", rule.id))
    quoted = answer(content, "rules", "hjemmesiden")
    assert [text_of(item) for item in descendants(quoted) if item.tag == "li" and item.children == ["på telefonen"]] == ["på telefonen"]
    [record] = [record for record in OPEN_DATA["rules"](content) if record["id"] == rule.id]
    assert record["text"] == rule.text and record["lead"] == "Vi vil"


def test_every_rule_is_in_the_register_and_the_data(content: Content) -> None:
    register = text_of(element("div", MACROS["register"](Call(content, content.pages["regler.md"]))))
    assert all((rule.own_text or rule.text) in register for rule in content.rules.values()) and len(content.rules) == 23
    assert {record["id"] for record in OPEN_DATA["rules"](content)} == content.rules.keys()


def test_a_channel_with_a_list_but_no_rule_is_told_of(tmp_path: Path) -> None:
    project = fjordby(tmp_path)
    project.replace("docs/kanaler/telefon.md", "Vi vil:", "Vi lover at:")
    for id in ("telefon-svar", "telefon-stille-om", "telefon-ringe"):
        project.replace("docs/kanaler/telefon.md", f"\n    {{: #{id} }}", "")
    loaded = read_project(project.root, {})
    [warning] = [str(warning) for warning in find_warnings(loaded, project.root / "docs") if "ingen regler" in str(warning)]
    assert warning.startswith("docs/kanaler/telefon.md:17: kanalens side har en liste, men ingen regler – skriv »Vi vil« eller »Syv principper« over")
    assert warning.endswith('skriv dem under shape i mkdocs.yml: `rule_leads: ["Vi lover at"]`')
    project.replace("mkdocs.yml", "- Vi vil\n", "- Vi vil\n      - Vi lover at\n")
    assert any("telefon.md:17: reglen har intet id" in line for line in project.check())


def test_a_site_that_says_nothing_has_today_s_heading(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for path, text in FJORDBY.items():
        project.write(path, text)
    project.write("mkdocs.yml", FJORDBY["mkdocs.yml"].partition("  shape:")[0] + "nav:" + FJORDBY["mkdocs.yml"].partition("nav:")[2])
    content = read_project(project.root, {}).content
    assert not content.chapters and content.rules["telefon-svar"].lead == "Vi vil"  # its items have ids


@pytest.mark.parametrize(
    ("text", "lead", "alone"),
    [
        ("slette hadefulde kommentarer", "Vi vil", False),
        ("svare den, der har ventet", "Vi vil", False),
        ("svare borgere, som er i tvivl", "Derfor skal vi", False),
        ("vi svarer altid", "Vi vil", True),
        ("Borgeren først.", "Syv principper", True),
        ("klart sprog", "Syv principper", False),
        ("Klart sprog", "Det lægger vi vægt på:", False),
        ("vi skal ringe", "Det betyder, at", True),
        ("vi ikke må ringe", "Det betyder, at", False),
    ],
)
def test_which_rules_need_what_leads_up_to_them(text: str, lead: str, alone: bool) -> None:
    assert stands_alone(text, lead) is alone


@pytest.mark.parametrize(
    ("text", "lead", "kind"),
    [
        ("ringe", "Vi vil", RuleKind.AIM),
        ("ikke sende reklamer", "Vi vil", RuleKind.PROHIBITION),
        ("sende reklamer", "Vi vil ikke", RuleKind.PROHIBITION),
        ("sende reklamer", "Vi må ikke", RuleKind.PROHIBITION),
        ("ringe", "Vi skal", RuleKind.DUTY),
        ("vi skal ringe", "Vi vil", RuleKind.DUTY),
        ("vi skal ringe", "Det betyder, at", RuleKind.DUTY),
    ],
)
def test_the_kind_follows_the_verb_that_leads_up_to_a_rule(text: str, lead: str, kind: RuleKind) -> None:
    assert kind_of(text, lead) is kind


def test_words_and_points_in_one_line() -> None:
    assert joined("svare", ["på mail;", "på brev."]) == "svare: på mail; på brev."
    assert joined("svare, når det er:", ["mail", "brev"]) == "svare, når det er: mail; brev" and joined("svare", []) == "svare"


def test_headings_that_are_the_name_of_something() -> None:
    leads = ("Det betyder, at", "Vi vil", "Syv principper")
    assert [means_nothing_alone(text, leads) for text in ("Det betyder at:", "VI VIL", "Syv principper", "Formål:")] == [True, True, False, False]
    assert [as_lead(text) for text in ("Vi vil:", "På sociale medier:", "Det betyder, at")] == ["Vi vil", "På sociale medier:", "Det betyder, at"]
