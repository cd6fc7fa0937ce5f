"""Rules know what kind they are: from their words, or as an editor has said; and their words are never shown as a fragment."""

from __future__ import annotations

import pytest

from kanalstrategi.content.model import Content, Rule
from kanalstrategi.content.project import read_project
from kanalstrategi.content.rule_kinds import RuleKind, is_whole_sentence, kind_from_words
from kanalstrategi.markdown.allow_list import RULE_KINDS
from kanalstrategi.markdown.nodes import element, text_of
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.rules import KIND_ICONS, rule_words, shared_lead
from macros import MACROS
from tests.support.project import ROOT, Project

DUTY, AIM, PROHIBITION = RuleKind
TELEFON = "docs/kanaler/telefon-og-videomoeder.md"


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {}).content


def rules_of(project: Project) -> dict[str, Rule]:
    return read_project(project.root, {}).content.rules


def test_the_kinds_of_the_strategy_s_own_rules(content: Content) -> None:
    by_kind = {kind: {rule.id for rule in content.rules.values() if rule.kind is kind} for kind in RuleKind}
    assert by_kind[PROHIBITION] == {"presse-ingen-sagsbehandling", "faellespostkasser-annoncering"}
    assert by_kind[AIM] == {"selvbetjening-loesninger", "faellespostkasser-dialog"}
    assert len(by_kind[DUTY]) == 22


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("vi ikke må sagsbehandle via kanalerne. Vi skal i stedet henvise.", PROHIBITION),
        ("vi skal ikke annoncere", PROHIBITION),
        ("her må vi aldrig skrive navne", PROHIBITION),
        ("vi bør ikke ringe", PROHIBITION),
        ("vi skal henvise. Vi må ikke sagsbehandle.", DUTY),  # the first sentence decides
        ("vi skal ringe, når borgeren ikke må køre", DUTY),
        ("når borgeren ikke må køre, skal vi ringe", DUTY),
        ("når borgeren skal køre, må vi ikke ringe", PROHIBITION),
        ("vi skal ikke kun svare, men også ringe", DUTY),
        ("vi skal ikke mindst ringe", DUTY),
        ("vi skal informere om brede og ikke-personfølsomme emner", DUTY),
        ("vi skal undgå ventetid", DUTY),
        ("borgerne kan ikke ringe", DUTY),
        ("vi skal bestræbe os på ikke at ringe", AIM),
        ("vi tilstræber at svare", AIM),
    ],
)
def test_the_kind_is_read_from_the_words(text: str, kind: RuleKind) -> None:
    assert kind_from_words(text) is kind


@pytest.mark.parametrize("text", ["vi ikke må ringe", "vi altid skal ringe", "svare inden to dage", "mødet forberedt"])
def test_words_that_need_what_leads_up_to_them(text: str) -> None:
    assert not is_whole_sentence(text)


def test_what_an_editor_may_write_are_the_kinds() -> None:
    assert {*RULE_KINDS} == {kind.value for kind in RuleKind}
    assert len(set(KIND_ICONS.values())) == len(RuleKind)  # not by color alone


def test_an_editor_decides_the_kind(whole_project: Project) -> None:
    whole_project.replace(TELEFON, "{: #telefon-ring }", "{: #telefon-ring kind=prohibition }")
    assert whole_project.check() == []
    changed = rules_of(whole_project)["telefon-ring"]
    assert changed.kind is PROHIBITION and changed.text.startswith("vi skal ringe")


def test_a_line_above_the_list_leads_up_to_its_rules(whole_project: Project) -> None:
    whole_project.replace(TELEFON, "- vi skal ringe, når", "På telefonen gælder det, at\n\n- vi skal ringe, når")
    rules = rules_of(whole_project)
    assert rules["telefon-ring"].lead == "På telefonen gælder det, at"
    assert rules["telefon-ring"].heading == rules["videomoeder-moederum"].lead == "Det betyder, at"


def test_a_quoted_rule_is_a_sentence(content: Content) -> None:
    rule = content.rules["presse-ingen-sagsbehandling"]
    assert text_of(element("p", rule_words(rule))).strip().startswith("Det betyder, at vi ikke må sagsbehandle")
    assert text_of(element("p", rule_words(rule, has_lead=True))).strip().startswith("vi ikke må")
    [quoted] = MACROS["rule"](Call(content, content.pages["vaelg-kanal.md"]), rule.id)
    assert "Det betyder, at vi ikke må" in text_of(quoted)
    group = content.channels[rule.group]
    assert shared_lead(group.rules) == "Det betyder, at" and shared_lead(content.channels["skriftlig-kommunikation"].rules) == ""


def test_the_page_of_a_rule_is_kept_where_the_rule_is_stated(content: Content) -> None:
    assert len(content.rule_pages) == len(content.rules) and not content.rule_pages.keys() & content.pages.keys()
    for page in content.rule_pages.values():
        rule = content.rule_of(page)
        assert rule and page.url == rule.page_url == f"regler/{rule.id}/"
        assert (page.owner, page.status, page.review_by) == (rule.page.owner, rule.page.status, rule.page.review_by)
    titles = [page.title for page in content.published_pages.values()]
    assert len({*titles}) == len(titles)
    assert content.rule_pages["regler/presse-ingen-sagsbehandling.md"].title.endswith(": Det betyder, at vi ikke må sagsbehandle via kanalerne")


@pytest.mark.parametrize("path", ["docs/regler/telefon-ring.md", "docs/regler/telefon-ring/index.md"])
def test_a_page_at_the_address_of_a_rule_s_page_is_reported(whole_project: Project, path: str) -> None:
    whole_project.write(path, (whole_project.root / "docs/regler.md").read_text(encoding="utf-8"))
    message = f"{path}:1: siden får samme adresse som siden om reglen telefon-ring, som hjemmesiden selv laver – giv siden et andet navn"
    assert message in whole_project.check()


def test_a_former_address_that_is_a_rule_s_page_is_reported(whole_project: Project) -> None:
    whole_project.replace("docs/medarbejdere.md", "owner:", "redirects: [regler/telefon-ring/]\nowner:")
    [line] = whole_project.check()
    assert "den tidligere adresse regler/telefon-ring/ er adressen på siden om reglen telefon-ring" in line
