"""A page in docs/svar/ asks one question, answers it in its first sentence, and says nothing that the strategy does not say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from kanalstrategi.checks.answers import check_answer
from kanalstrategi.checks.readability import lix
from kanalstrategi.content.answer_model import AnswerPage
from kanalstrategi.content.model import Content, Status
from kanalstrategi.content.project import Project as LoadedProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.answer_pages import question_list
from kanalstrategi.rendering.macros import Call, MacroError
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.project import ROOT

QUESTION = "brev-paa-papir"


@pytest.fixture(scope="module")
def loaded() -> LoadedProject:
    return read_project(ROOT, {})


@pytest.fixture(scope="module")
def content(loaded: LoadedProject) -> Content:
    return loaded.content


def answer(content: Content, id: str = QUESTION) -> AnswerPage:
    return next(answer for answer in content.answers if answer.id == id)


def shown(content: Content, loaded: LoadedProject, path: str) -> html.HtmlElement:
    """Return a page as readers get it."""
    rendered = render_page(loaded.parsed_pages[path], content.pages[path], content, MACROS, files=loaded.files, assets="assets/x")
    return html.fromstring(write_html([rendered.root]))


def test_the_first_sentence_answers(content: Content) -> None:
    found = answer(content)
    assert found.page.title == "Kan jeg få brev på papir?"
    assert found.first_sentence == "Ja, hvis du er fritaget for digital post."
    assert found.text == f"{found.first_sentence} Ellers får du digital post."
    assert found.channel is not None and found.channel.id == "digital-post"
    assert "e-boks" in found.words


def test_a_dozen_questions_are_answered_in_plain_words(loaded: LoadedProject) -> None:
    answers = loaded.content.answers
    assert len(answers) >= 12
    for found in answers:
        texts = [block.text for block in loaded.parsed_pages[found.page.path].blocks if block.kind != "heading" and block.text]
        assert lix(texts) < Settings().max_answer_lix, found.id


def test_the_websites_are_those_that_the_strategy_names(content: Content) -> None:
    assert content.named_hosts == ("borger.dk", "google.com", "guldborgsund.dk", "virk.dk")


def test_no_website_is_seen_where_none_is_named() -> None:
    named = read_project(ROOT / "tests/data/macros/project", {}).content.named_hosts
    assert named == ("sandkoebing.dk",)  # and neither `f.eks` nor the host of an e-mail address


def test_a_button_leads_only_where_the_strategy_does(content: Content) -> None:
    call = Call(content, answer(content).page)
    with pytest.raises(MacroError, match=r"strategien nævner ikke borgen\.dk – mente du borger\.dk"):
        MACROS["website"](call, "borgen.dk")
    for hidden in ("borger.dk.example.org", "borger.dk/", "borger.dk@example.org", "javascript:x"):
        with pytest.raises(MacroError):
            MACROS["website"](call, hidden)


FRONT = "---\ndescription: x\n---\n\n# Må jeg det?\n\n{{ status() }}\n\n"
SOURCE = '\n\n{{ passage("mail-usikker") }}\n'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (FRONT + "Ja, det må du." + SOURCE, 0, ""),
        (FRONT + "Ja, se [her](https://www.borger.dk/x)." + SOURCE, 0, ""),
        (FRONT + "## Svar\n\nJa." + SOURCE, 5, "siden begynder ikke med svaret"),
        (FRONT + "- Ja" + SOURCE, 5, "siden begynder ikke med svaret"),
        (FRONT + '{{ rules("mail") }}\n\nJa.', 5, "siden begynder ikke med svaret"),
        (FRONT + 'Ja, for {{ rule("telefon-ring") }}.', 9, "der står en makro i svaret"),
        (FRONT + "ja " * 26 + SOURCE, 9, "svaret er på 26 ord; der er plads til 25"),
        (FRONT + 'Ja.\n\n{{ website("borger.dk") }}\n\n{{ website("virk.dk") }}' + SOURCE, 13, "siden har mere end én knap"),
        (FRONT + "Ja, det må du.", 5, "svaret henviser ikke til strategien"),
        (FRONT + "Ja.\n\n## Sådan gør du\n\n{# her #}\n\n## Det siger strategien" + SOURCE, 11, "der står ikke noget under overskriften »Sådan gør du«"),
        (FRONT + "Ja.\n\n## Kilder\n\n### Strategien" + SOURCE, 0, ""),
        (FRONT + "Ja." + SOURCE + "\n## Mere\n", 13, "der står ikke noget under overskriften »Mere«"),
        (FRONT + "Ja.\n\nSe [her](https://example.org/)." + SOURCE, 11, "linket fører til example.org, som strategien ikke nævner"),
        (FRONT + "Ja.\n\n" + "Digitaliseringsstrategiens kommunikationsplatforme. " * 10 + SOURCE, 11, "svaret er for svært at læse"),
    ],
)
def test_a_page_that_is_not_an_answer_is_reported(content: Content, text: str, line: int, message: str) -> None:
    page = replace(answer(content).page, title="Må jeg det?", line=5)
    found = [str(diagnostic) for diagnostic in check_answer(replace(answer(content), page=page), parse(text), content)]
    assert [f"docs/{page.path}:{line}: {message}" for _ in found] == [one[: len(f"docs/{page.path}:{line}: {message}")] for one in found]
    assert len(found) == bool(message)


def test_a_title_that_asks_nothing_is_reported(content: Content) -> None:
    page = replace(answer(content).page, title="Brev på papir", line=5)
    [found] = check_answer(replace(answer(content), page=page), parse(FRONT + "Ja." + SOURCE), content)
    assert found.message == "titlen er ikke et spørgsmål"


def test_the_answer_stands_in_its_box_and_the_draft_says_what_it_is(content: Content, loaded: LoadedProject) -> None:
    page = shown(content, loaded, f"svar/{QUESTION}.md")
    assert [child.get("class") or child.tag for child in page[:3]] == ["h1", "status", "short-answer"]
    assert page.xpath("string(//*[@class='short-answer'])").strip() == answer(content).text
    assert [item.text_content() for item in page.xpath("//ul[@class='status']/li")] == ["Udkast Vejledning, som kommunen endnu ikke har behandlet"]


def test_an_adopted_answer_is_no_draft(content: Content, loaded: LoadedProject) -> None:
    found = answer(content)
    adopted = replace(found.page, status=Status.ADOPTED)
    changed = replace(content, pages={**content.pages, adopted.path: adopted}, answers=(replace(found, page=adopted),))
    assert "Vejledning" not in shown(changed, loaded, adopted.path).xpath("string(//ul[@class='status'])")


def test_a_channel_page_lists_its_questions_outside_the_adopted_text(content: Content, loaded: LoadedProject) -> None:
    page = shown(content, loaded, "kanaler/skriftlig-kommunikation.md")
    [box] = page.xpath("//div[contains(@class, 'questions')]")
    assert "web-only" in box.classes and box.get("data-search-exclude") is not None
    assert [link.text_content() for link in box.iter("a")] == [found.page.title for found in content.answers_about(content.channels["digital-post"])]
    assert f"../../svar/{QUESTION}/" in [link.get("href") for link in box.iter("a")]
    assert box.text_content().count("Udkast") == 1
    assert not shown(replace(content, answers=()), loaded, "kanaler/skriftlig-kommunikation.md").xpath("//div[contains(@class, 'questions')]")


def test_a_list_of_drafts_says_so_once_and_a_mixed_one_at_each(content: Content) -> None:
    call = Call(content, content.pages["index.md"])
    drafts = content.answers[:3]
    assert write_html(question_list(call, drafts)).count("Udkast") == 1
    mixed = (replace(drafts[0], page=replace(drafts[0].page, status=Status.ADOPTED)), *drafts[1:])
    assert write_html(question_list(call, mixed)).count("Udkast") == 2
    own = Call(content, content.pages["svar/index.md"])  # a draft, too, whose status says it already
    assert write_html(question_list(own, drafts)).count("Udkast") == 0
