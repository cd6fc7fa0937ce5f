"""The journeys that the site is made for: from the front page to what to do, in as few taps as promised. In real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.support.browser import FONTS, set_font

IN_VIEW = "it => { const box = it.getBoundingClientRect(); return scrollY === 0 && box.top >= 0 && box.bottom <= innerHeight }"


def in_view(found: Locator) -> bool:
    """Return whether an element is seen whole, without scrolling."""
    found.page.wait_for_load_state("load")  # with its style
    found.page.evaluate("document.fonts.ready.then(() => undefined)")
    return bool(found.evaluate(IN_VIEW))


@pytest.fixture(params=FONTS)
def phone(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The front page on a phone, in each font."""
    yield from front_page(browser.new_context(base_url=url, viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True), request.param)


@pytest.fixture(params=FONTS)
def screen(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The front page on a desk, in each font."""
    yield from front_page(browser.new_context(base_url=url, viewport={"width": 1280, "height": 800}), request.param)


def front_page(context: BrowserContext, font: str) -> Iterator[Page]:
    set_font(context, font)
    page = context.new_page()
    page.goto("")
    yield page
    context.close()


def test_a_citizen_with_a_phone_reads_after_one_tap_whether_letters_come_on_paper(phone: Page) -> None:
    question = phone.get_by_role("link", name="Kan jeg få brev på papir?")
    assert in_view(question)
    question.tap()
    answer = phone.locator(".short-answer")
    expect(answer).to_contain_text("Ja, hvis du er fritaget for digital post.")
    assert in_view(answer)


def test_a_citizen_with_a_phone_asks_in_own_words_and_reads_the_answer(phone: Page) -> None:
    field = phone.get_by_role("searchbox", name="Hvad vil du vide?")
    field.tap()
    field.type("kan jeg stadig få brev på papir")
    field.press("Enter")
    first = phone.locator("[data-search-results] a").first
    expect(first).to_have_text("Kan jeg få brev på papir?")
    assert in_view(first)
    first.tap()
    answer = phone.locator(".short-answer")
    expect(answer).to_be_visible()
    assert in_view(answer)


def test_a_caseworker_with_a_mail_that_holds_a_cpr_number_reads_what_to_do_after_two_clicks(screen: Page) -> None:
    door = screen.locator(".staff-door a")
    assert in_view(door)
    door.click()
    situation = screen.get_by_role("link", name="Jeg har fået en mail med et CPR-nummer")
    expect(situation).to_be_visible()
    assert in_view(situation)
    situation.click()
    actions = screen.locator(".current ol.actions > li")
    expect(actions.first).to_be_in_viewport(ratio=1)
    assert 2 <= actions.count() <= 4
