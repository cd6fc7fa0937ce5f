"""Every situation and path of the channel chooser ends in an outcome: by keyboard, by URL, without JavaScript and in print."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content.chooser_model import Answer, Chooser
from kanalstrategi.content.project import read_project
from tests.support.adopted_text import normal, pdf_text
from tests.support.browser import AXE_CLAUSES, axe_finds, measuring
from tests.support.project import ROOT, Project
from tests.support.servers import serving

CHOOSER = "docs/vaelg-kanal.md"
QUESTIONS = "Et andet spørgsmål"
"""The answer that leads from the situations to the questions."""
IN_SIGHT = """() => {
  const { top } = document.querySelector(".step.current :is(h2, h3)").getBoundingClientRect()
  return top >= 0 && top < 300
}"""
"""Whether the heading of the current step is near the top of the window."""


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    found = read_project(ROOT, {}).content.chooser
    assert found
    return found


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=url)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def shown_step(page: Page) -> str:
    """Return the id of the only visible step."""
    (id,) = page.locator(".step:visible").evaluate_all("steps => steps.map(step => step.dataset.step)")
    return str(id)


def all_answers(page: Page, path: tuple[Answer, ...]) -> None:
    """Begin with the situations, and give every answer of a path of questions."""
    page.goto("vaelg-kanal/")
    for words in (QUESTIONS, *(answer.text for answer in path)):
        page.locator(".step.current").get_by_role("link", name=words, exact=True).click()


def printed(page: Page, folder: Path) -> tuple[int, str]:
    """Return the number of sheets that the browser prints a page on, and their text, each run of spaces as one."""
    file = str(folder / "page.pdf")
    page.pdf(path=file, format="A4", prefer_css_page_size=True)
    facts, text = (
        subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        for command in (["pdfinfo", file], ["pdftotext", "-layout", file, "-"])
    )
    found = re.search(r"^Pages:\s+(\d+)$", facts, re.MULTILINE)
    assert found
    return int(found[1]), " ".join(text.split())


def skip_the_header(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#__content$"))  # which the browser tells a little later


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


@pytest.mark.evidence("9.2.1.1", "9.2.1.2", "9.2.4.3", how="chooser")
def test_every_path_by_keyboard_alone(page: Page, chooser: Chooser) -> None:
    reached = set()
    assert len(chooser.paths) > 10
    for path in chooser.paths:
        page.goto("vaelg-kanal/")
        skip_the_header(page)
        for answer in (Answer(QUESTIONS, chooser.steps[0].id, 0), *path):
            # The focus is on the new question, so the answers come next.
            tab_to(page, answer.text)
            page.keyboard.press("Enter")
            assert shown_step(page) == answer.to
            assert page.evaluate("document.activeElement.parentElement.dataset.step") == answer.to
        outcome = chooser.by_id[path[-1].to]
        reached.add(outcome.id)
        expect(page.locator(".step:visible").get_by_role("link").first).to_be_visible()
        assert outcome.title in page.title()
        given_answers = page.get_by_role("navigation", name="Dine svar").locator("strong").all_text_contents()
        assert given_answers == [answer.text for answer in path]
    assert reached | {situation.to for situation in chooser.situations} == {step.id for step in chooser.steps if step.is_outcome}


@pytest.mark.evidence("9.2.1.1", "9.2.1.2", "9.2.4.3", how="chooser")
def test_every_situation_by_keyboard_alone(page: Page, chooser: Chooser) -> None:
    assert len(chooser.situations) == 8
    for situation in chooser.situations:
        page.goto("vaelg-kanal/")
        skip_the_header(page)
        tab_to(page, situation.text)
        page.keyboard.press("Enter")
        assert shown_step(page) == situation.to
        assert page.evaluate("document.activeElement.parentElement.dataset.step") == situation.to
        assert chooser.by_id[situation.to].title in page.title()
        trail = page.get_by_role("navigation", name="Dine svar")
        assert trail.locator("strong").all_text_contents() == [situation.text]
        where = page.url
        trail.get_by_role("link", name="Vælg en anden situation").click()
        assert shown_step(page) == "situationer" and page.evaluate("document.activeElement.tagName") == "H2"
        page.goto("about:blank")
        page.goto(where)
        assert shown_step(page) == situation.to
        assert trail.locator("strong").all_text_contents() == [situation.text]
        page.go_back()


def test_the_mail_with_a_cpr_number_is_one_click_from_what_to_do(browser: Browser, url: str, chooser: Chooser) -> None:
    for width in (375, 1280):
        page = browser.new_page(base_url=url, viewport={"width": width, "height": 812})
        page.goto("vaelg-kanal/")
        page.get_by_role("link", name="Jeg har fået en mail med et CPR-nummer").click()
        actions = page.locator(".current ol.actions > li")
        assert actions.all_text_contents() == list(chooser.by_id[chooser.situations[0].to].actions)
        expect(actions.first).to_be_in_viewport(ratio=1)
        assert "digital post" in actions.first.inner_text()
        parts = page.locator(".current :is(h4, summary)").all_inner_texts()
        assert parts == ["Gør sådan", "Ikke tilladt", "Hvorfor"]
        expect(page.locator(".current .not-allowed")).to_contain_text("må ikke anvendes til personfølsomme oplysninger")
        reason = page.locator(".current .reasons li").first
        expect(reason).to_be_hidden()
        page.locator(".current summary").click()
        expect(reason).to_be_visible()
        page.close()


@pytest.mark.evidence(*AXE_CLAUSES, how="axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_situations_and_outcomes_are_accessible(browser: Browser, url: str, chooser: Chooser, scheme: str) -> None:
    for width in (375, 1280):
        with measuring(browser, url, width, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto("vaelg-kanal/")
            assert axe_finds(page) == []
            page.get_by_role("link", name=chooser.situations[0].text).click()
            page.locator(".current summary").click()
            assert axe_finds(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.evidence("9.1.4.1", how="colour")
def test_where_colours_are_forced_what_is_not_allowed_has_an_edge(browser: Browser, url: str, chooser: Chooser) -> None:
    context = browser.new_context(base_url=url, forced_colors="active")
    page = context.new_page()
    page.goto(f"vaelg-kanal/#{chooser.situations[0].to}")
    width = page.locator(".current .not-allowed").evaluate("box => parseFloat(getComputedStyle(box).borderLeftWidth)")
    assert width >= 3
    context.close()


def test_a_situation_and_the_way_back(page: Page, chooser: Chooser) -> None:
    page.goto("vaelg-kanal/")
    for situation in chooser.situations[:2]:
        page.get_by_role("link", name=situation.text, exact=True).click()
        assert shown_step(page) == situation.to
        page.go_back()
        assert shown_step(page) == "situationer"
        page.go_forward()
        assert shown_step(page) == situation.to
        page.get_by_role("link", name="Begynd forfra").click()
        assert shown_step(page) == "situationer"
    page.get_by_role("link", name=QUESTIONS).click()
    assert shown_step(page) == chooser.steps[0].id and page.url.endswith(f"vaelg-kanal/#{chooser.steps[0].id}")


@pytest.mark.parametrize("width", [375, 1280])
def test_a_link_to_a_step_lands_there_with_nothing_above(browser: Browser, url: str, chooser: Chooser, width: int) -> None:
    page = browser.new_page(base_url=url, viewport={"width": width, "height": 300})
    above = """() => [...document.querySelectorAll("article *, header *")].filter(it => {
        const { bottom, height } = it.getBoundingClientRect()
        return height > 1 && bottom > 0 && bottom < document.querySelector(".current :is(h2, h3)").getBoundingClientRect().top && it.checkVisibility()
    }).map(it => it.textContent)"""
    for step in (chooser.steps[0], *(step for step in chooser.steps if step.is_outcome)):
        page.goto("about:blank")
        page.goto(f"vaelg-kanal/#{step.id}")
        page.wait_for_load_state("load")
        assert shown_step(page) == step.id
        page.wait_for_function(IN_SIGHT)
        assert page.evaluate(above) == []
    page.goto("kanaler/telefon-og-videomoeder/#telefon")
    page.wait_for_load_state("load")
    assert page.locator("#telefon").evaluate("it => it.getBoundingClientRect().top") < 24
    page.close()


def test_a_link_to_the_reasons_unfolds_them(page: Page, chooser: Chooser) -> None:
    page.goto("vaelg-kanal/")
    id = page.locator(f"[data-step={chooser.situations[1].to}] .reasons").get_attribute("id")
    page.goto("about:blank")
    page.goto(f"vaelg-kanal/#{id}")
    assert shown_step(page) == chooser.situations[1].to
    expect(page.locator(".current .reasons li").first).to_be_visible()


def test_each_outcome_is_printed_on_one_sheet_with_the_way_there(page: Page, chooser: Chooser, tmp_path: Path) -> None:
    longest = {path[-1].to: path for path in sorted(chooser.paths, key=len)}
    ways = [["situationer", situation.to] for situation in chooser.situations]
    ways += [[chooser.steps[0].id, *(answer.to for answer in path)] for path in longest.values()]
    answers = {(step.id, answer.to): answer.text for step in (*chooser.steps, chooser.opening) if step for answer in step.answers}
    for way in ways:
        page.goto("about:blank")
        page.goto(f"vaelg-kanal/?vej={'.'.join(way[:-1])}#{way[-1]}")
        sheets, text = printed(page, tmp_path)
        assert sheets == 1, way
        outcome = chooser.by_id[way[-1]]
        expected = [outcome.title, "Ikke tilladt", "Hvorfor", *outcome.actions, *(answers[pair] for pair in itertools.pairwise(way))]
        assert [words for words in expected if words not in text] == []
        for source in page.locator(".current .rule-source").all_text_contents():
            assert source in text
        for dead in ("Begynd forfra", "Ret svar", "Vælg en anden", "Vis alle", "Hele oversigten", "gå til:"):
            assert dead not in text


def test_an_outcome_has_a_button_that_prints_it(page: Page) -> None:
    page.add_init_script("globalThis.print = () => (globalThis.timesPrinted = (globalThis.timesPrinted ?? 0) + 1)")
    page.goto("vaelg-kanal/")
    button = page.get_by_role("button", name="Udskriv resultatet på én side")
    expect(button).to_have_count(0)
    page.get_by_role("link", name="En borger ringer om sin sag").click()
    button.click()
    assert page.evaluate("timesPrinted") == 1
    page.get_by_role("button", name="Vis alle spørgsmål og resultater").click()
    expect(button).to_have_count(0)


def test_the_situations_and_questions_are_printed_on_a_few_sheets(page: Page, chooser: Chooser, tmp_path: Path) -> None:
    page.goto("vaelg-kanal/")
    for where in ("", f"#{chooser.steps[1].id}"):
        page.goto(f"vaelg-kanal/{where}")
        sheets, text = printed(page, tmp_path)
        assert sheets <= 4
        for situation in chooser.situations:
            assert f"{situation.text} – gå til: {chooser.by_id[situation.to].title}" in text
        for step in chooser.steps:
            assert step.title in text and not any(action in text for action in step.actions)
        assert "Resultaterne udskrives ét ad gangen" in text
        for dead in ("Begynd forfra", "Ret svar", "Vis alle spørgsmål"):
            assert dead not in text


def test_all_outcomes_are_printed_where_all_show(page: Page, chooser: Chooser, tmp_path: Path) -> None:
    page.goto("vaelg-kanal/")
    page.get_by_role("button", name="Vis alle spørgsmål og resultater").click()
    _, text = printed(page, tmp_path)
    assert [action for step in chooser.steps for action in step.actions if action not in text] == []
    assert "Resultaterne udskrives ét ad gangen" not in text


def test_the_bullets_of_the_table_stay_in_their_column(page: Page) -> None:
    page.goto("vaelg-kanal/")
    room = page.locator(".outcomes td li").first.evaluate(
        "it => it.getBoundingClientRect().left - it.closest('td').getBoundingClientRect().left - parseFloat(getComputedStyle(it.closest('td')).paddingLeft)"
    )
    assert room >= 12


def test_the_url_restores_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto(f"vaelg-kanal/#{chooser.steps[0].id}")
    urls = [page.url]
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
        urls.append(page.url)
    assert len(set(urls)) == len(path) + 1
    for number, where in enumerate(urls):
        page.goto("about:blank")
        page.goto(where)
        assert shown_step(page) == (path[number - 1].to if number else chooser.steps[0].id)
        assert page.get_by_role("navigation", name="Dine svar").locator("li").count() == number


def test_back_takes_one_answer_back(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    all_answers(page, path)
    for answer in reversed(path[:-1]):
        page.go_back()
        assert shown_step(page) == answer.to
    page.go_back()
    assert shown_step(page) == chooser.steps[0].id
    page.go_back()
    assert shown_step(page) == "situationer"
    page.go_forward()
    page.go_forward()
    assert shown_step(page) == path[0].to


def test_an_answer_can_be_changed_and_all_reset(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    all_answers(page, path[:3])
    trail = page.get_by_role("navigation", name="Dine svar")
    trail.get_by_role("link", name=f"Ret svaret på: {chooser.by_id[path[0].to].title}").click()
    assert shown_step(page) == path[0].to
    trail.get_by_role("link", name="Begynd forfra").click()
    assert shown_step(page) == "situationer"
    expect(trail).to_be_hidden()


@pytest.mark.parametrize(
    "fragment",
    [
        "?vej=findes-ikke#heller-ikke",
        "?vej=en-eller-mange.simpel#ring",
        "?vej=en-eller-mange.sag#%",
        "?vej=__proto__#constructor",
        "?vej=%3Cimg%20src%3Dx%3E#x",
    ],
)
def test_a_url_of_no_step_still_shows_a_step(page: Page, chooser: Chooser, fragment: str) -> None:
    page.goto(f"vaelg-kanal/{fragment}")
    assert shown_step(page) in (*chooser.by_id, "situationer")
    expect(page.get_by_role("navigation", name="Dine svar").locator("li")).to_have_count(0 if "#%" not in fragment else 1)


def test_other_links_of_the_page_keep_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    all_answers(page, path)
    for target in ("#vaelg-kanal", "#hele-oversigten", "#findes-ikke"):
        page.evaluate("target => { location.hash = target }", target)
        page.wait_for_timeout(50)
        assert shown_step(page) == path[-1].to
    page.evaluate("location.hash = document.querySelector('.step.current h4').id")
    page.wait_for_timeout(50)
    assert shown_step(page) == path[-1].to


def test_a_step_that_comes_up_is_in_sight(browser: Browser, url: str, chooser: Chooser) -> None:
    page = browser.new_page(base_url=url, viewport={"width": 320, "height": 500})
    page.goto("vaelg-kanal/")
    for words in (QUESTIONS, *(answer.text for answer in chooser.paths[0])):
        page.locator(".step.current").get_by_role("link", name=words, exact=True).click()
        page.wait_for_function(IN_SIGHT)
    page.close()


def test_all_steps_can_be_shown_at_once(page: Page, chooser: Chooser) -> None:
    page.goto("vaelg-kanal/")
    page.get_by_role("button", name="Vis alle spørgsmål og resultater").click()
    expect(page.locator(".step:visible")).to_have_count(1 + len(chooser.steps))
    page.get_by_role("button", name="Vis ét spørgsmål ad gangen").click()
    assert shown_step(page) == "situationer"


def test_whole_without_javascript(browser: Browser, url: str, chooser: Chooser) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("vaelg-kanal/")
    for step in chooser.steps:
        expect(page.get_by_role("heading", name=step.title, exact=False).first).to_be_visible()
    expect(page.locator(".outcome .reasons li:visible")).to_have_count(page.locator(".outcome .reasons li").count())
    assert chooser.opening
    for step in (chooser.opening, *chooser.steps):
        for answer in step.answers:
            section = page.locator(f"[data-step={step.id}]")
            expect(section.get_by_text(f"gå til: {chooser.by_id[answer.to].title}")).to_be_visible()
            section.get_by_role("link", name=answer.text, exact=True).click()
            expect(page.locator(f"#{answer.to}")).to_be_in_viewport()
    context.close()


def test_an_outcome_names_a_channel_and_cites_the_strategy(site: Path, chooser: Chooser) -> None:
    tree = html.parse(str(site / "vaelg-kanal/index.html"), html.HTMLParser(encoding="utf-8"))
    for step in chooser.steps:
        if step.is_outcome:
            (section,) = tree.xpath("//section[@data-step=$id]", id=step.id)
            links = section.xpath(".//*[@class='rule-source']/a/@href")
            assert len(links) >= 2 and all(link.startswith(("../kanaler/", "../strategi/")) for link in links)
            parts = [part.text for part in section.iter("h4", "summary")]
            assert parts == ["Gør sådan", "Ikke tilladt", "Hvorfor"], step.id
            for cited in (".//*[@class='not-allowed']//*[@class='rule-source']", ".//*[@class='reasons']//*[@class='rule-source']"):
                assert section.xpath(cited), step.id


def test_the_chooser_is_whole_in_print(site: Path, chooser: Chooser) -> None:
    text = pdf_text(site / "pdf" / "samlet.pdf")
    assert chooser.opening
    for step in (chooser.opening, *chooser.steps):
        assert normal(step.title) in text
        assert [action for action in step.actions if normal(action) not in text] == []
        for answer in step.answers:
            assert normal(f"{answer.text} – gå til: {chooser.by_id[answer.to].title} (side ") in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [Én borger](#sag)", "- **[Én borger](#sag)**"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n\n"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n\n    Eller en familie.\n\n"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n    - for eksempel en forælder\n"),
        ("### Handler det om en bestemt borgers sag?", "### Handler det om en *bestemt* borgers sag?"),
    ],
)
def test_answers_work_however_they_are_marked_up(project: Project, browser: Browser, old: str, new: str) -> None:
    project.replace(CHOOSER, old, new)
    project.print_only(CHOOSER.removeprefix("docs/"))
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    with serving(project.site) as where:
        page = browser.new_page()
        page.goto(f"{where}vaelg-kanal/#en-eller-mange")
        page.get_by_role("link", name="Én borger").first.click()
        assert shown_step(page) == "sag"
        assert "?vej=en-eller-mange#sag" in page.url
        expect(page.get_by_role("heading", name="Handler det om en bestemt borgers sag?")).to_be_visible()
        page.close()
