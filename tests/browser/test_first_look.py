"""What is seen first: the answer before all else, boxes that cannot be taken for each other, and cards in rows that look meant."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from playwright.sync_api import Browser

from tests.support.browser import FONTS, set_font


@pytest.mark.parametrize("font", FONTS)
def test_on_a_phone_every_answer_is_on_the_first_screen(browser: Browser, url: str, font: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 375, "height": 812})
    set_font(context, font)
    page = context.new_page()
    page.goto("svar/")
    paths = page.evaluate("[...document.querySelectorAll('.question-list a')].map(it => it.href)")
    assert len(paths) >= 12
    for path in paths:
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => undefined)")
        box = page.locator(".short-answer").bounding_box()
        assert box and box["y"] + box["height"] < 812 * 2 / 3, path  # the reading button and the browser's own bars take some
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_a_rule_and_a_prohibition_look_different(browser: Browser, url: str, scheme: str) -> None:
    page = browser.new_page(base_url=url, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two literals
    looks = {}
    for path, selector in {
        "svar/brev-paa-papir/": ".short-answer",
        "regler/telefon-ring/": ".rule-card",
        "regler/presse-ingen-sagsbehandling/": ".rule-card",
        "vaelg-kanal/": ".not-allowed",
        "kanaler/telefon-og-videomoeder/": "ul:has(> li[id])",
    }.items():
        page.goto(path)
        looks[path] = page.locator(selector).first.evaluate("it => [getComputedStyle(it).backgroundColor, getComputedStyle(it).borderLeftColor]")
    page.close()
    assert looks["regler/telefon-ring/"] == looks["kanaler/telefon-og-videomoeder/"]
    assert looks["regler/presse-ingen-sagsbehandling/"] == looks["vaelg-kanal/"]
    three = [looks["svar/brev-paa-papir/"], looks["regler/telefon-ring/"], looks["vaelg-kanal/"]]
    assert all(one[0] != other[0] and one[1] != other[1] for one, other in combinations(three, 2))


@pytest.mark.parametrize("width", [320, 375, 768, 960, 1280, 1920])
def test_no_card_is_left_alone_in_the_last_row(browser: Browser, url: str, width: int) -> None:
    page = browser.new_page(base_url=url, viewport={"width": width, "height": 900})
    page.goto("")
    for cards in page.locator(".cards").all():
        tops = cards.evaluate("it => [...it.children].map(card => Math.round(card.getBoundingClientRect().top))")
        assert len(set(Counter(tops).values())) == 1, tops
    page.close()


def test_the_sign_on_the_button_has_the_color_of_its_word(browser: Browser, url: str) -> None:
    page = browser.new_page(base_url=url, reduced_motion="reduce")
    page.goto("")
    color, fill = page.locator(".ask button").evaluate("it => [getComputedStyle(it).color, getComputedStyle(it.querySelector('svg')).fill]")
    assert color == fill
    page.close()
