"""Every path of the channel chooser ends in an outcome: by keyboard, by URL, without JavaScript and in print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content.model import Chooser
from kanalstrategi.content.project import read_project
from tests.support.adopted_text import normal, pdf_text
from tests.support.project import ROOT, Project
from tests.support.servers import serving

CHOOSER = "docs/vaelg-kanal.md"
IN_SIGHT = """() => {
  const { top } = document.querySelector(".step.current h3").getBoundingClientRect()
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


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_every_path_by_keyboard_alone(page: Page, chooser: Chooser) -> None:
    reached = set()
    assert len(chooser.paths) > 10
    for path in chooser.paths:
        page.goto("vaelg-kanal/")
        for answer in path:
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
    assert reached == {step.id for step in chooser.steps if step.is_outcome}


def test_the_url_restores_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    urls = [page.url]
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
        urls.append(page.url)
    assert len(set(urls)) == len(path) + 1
    for number, where in enumerate(urls):
        page.goto("regler/")
        page.goto(where)
        assert shown_step(page) == (path[number - 1].to if number else chooser.steps[0].id)
        assert page.get_by_role("navigation", name="Dine svar").locator("li").count() == number


def test_back_takes_one_answer_back(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
    for answer in reversed(path[:-1]):
        page.go_back()
        assert shown_step(page) == answer.to
    page.go_back()
    assert shown_step(page) == chooser.steps[0].id
    page.go_forward()
    assert shown_step(page) == path[0].to


def test_an_answer_can_be_changed_and_all_reset(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path[:3]:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
    trail = page.get_by_role("navigation", name="Dine svar")
    trail.get_by_role("link", name=f"Ret svaret på: {chooser.by_id[path[0].to].title}").click()
    assert shown_step(page) == path[0].to
    trail.get_by_role("link", name="Begynd forfra").click()
    assert shown_step(page) == chooser.steps[0].id
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
    assert shown_step(page) in chooser.by_id
    expect(page.get_by_role("navigation", name="Dine svar").locator("li")).to_have_count(0 if "#%" not in fragment else 1)


def test_other_links_of_the_page_keep_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
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
    for answer in chooser.paths[0]:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
        page.wait_for_function(IN_SIGHT)
    page.close()


def test_all_steps_can_be_shown_at_once(page: Page, chooser: Chooser) -> None:
    page.goto("vaelg-kanal/")
    page.get_by_role("button", name="Vis alle spørgsmål og resultater").click()
    expect(page.locator(".step:visible")).to_have_count(len(chooser.steps))
    page.get_by_role("button", name="Vis ét spørgsmål ad gangen").click()
    assert shown_step(page) == chooser.steps[0].id


def test_whole_without_javascript(browser: Browser, url: str, chooser: Chooser) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("vaelg-kanal/")
    for step in chooser.steps:
        expect(page.get_by_role("heading", name=step.title, exact=False).first).to_be_visible()
    for step in chooser.steps:
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
            headings = [heading.text for heading in section.iter("h4")]
            assert headings[:2] == ["Hvorfor", "Ikke tilladt"], step.id


def test_the_chooser_is_whole_in_print(site: Path, chooser: Chooser) -> None:
    text = pdf_text(site / "pdf" / "samlet.pdf")
    for step in chooser.steps:
        assert normal(step.title) in text
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
        page.goto(f"{where}vaelg-kanal/")
        page.get_by_role("link", name="Én borger").first.click()
        assert shown_step(page) == "sag"
        assert "?vej=en-eller-mange#sag" in page.url
        expect(page.get_by_role("heading", name="Handler det om en bestemt borgers sag?")).to_be_visible()
        page.close()
