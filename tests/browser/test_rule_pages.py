"""The page of a rule in the browser: its reference is copied, or can be marked; the register shows the rules of one kind; the search finds rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.search_cases import RESULTS

RULE = "regler/presse-ingen-sagsbehandling/"


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=url)
    yield context.new_page()
    context.close()


def test_the_reference_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{RULE}#henvis")
    page.get_by_role("button", name="Kopiér henvisningen").click()
    expect(page.get_by_text("Henvisningen er kopieret.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("»Det betyder, at vi ikke må sagsbehandle") and copied.endswith(f"/under/path/{RULE}")


def test_where_copying_is_not_allowed_the_reference_is_marked(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(RULE)
    page.get_by_role("button", name="Kopiér henvisningen").click()
    expect(page.get_by_text("Henvisningen er markeret.")).to_be_visible()
    assert page.evaluate("String(getSelection())").startswith("»Det betyder, at vi ikke må")


def test_without_javascript_the_reference_can_be_read(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto(RULE)
    expect(page.get_by_text("»Det betyder, at vi ikke må")).to_be_visible()
    expect(page.get_by_text("Kopiér henvisningen")).to_be_hidden()
    context.close()


@pytest.mark.evidence("9.1.4.1", how="colour")
@pytest.mark.parametrize("colors", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_sign_has_an_icon_and_a_word_whatever_the_colors(page: Page, colors: dict[str, str]) -> None:
    page.emulate_media(**colors)  # type: ignore[arg-type]  # names of media features
    page.goto("kanaler/presse-sociale-medier-og-annoncer/")
    sign = page.get_by_role("img", name="Forbud")
    expect(sign).to_have_count(1)
    expect(sign.locator("svg")).to_be_visible()
    assert sign.evaluate("it => getComputedStyle(it, '::after').content") == '"Forbud"'
    weights = [page.get_by_role("img", name=name).first.evaluate("it => Number(getComputedStyle(it).fontWeight)") for name in ("Forbud", "Påbud")]
    assert weights[0] > weights[1]


def test_the_register_shows_one_kind_and_no_heading_over_nothing(page: Page, site: Path) -> None:
    rules = json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))
    banned = [rule["id"] for rule in rules if rule["kind"] == "prohibition"]
    page.goto("regler/")
    page.get_by_label("Slags regel").select_option("Forbud")
    visible = page.locator("li[data-rule]:visible").evaluate_all("items => items.map(item => item.dataset.rule)")
    assert visible == banned and "slags=prohibition" in page.url
    expect(page.locator(".rules-lead:visible")).to_have_count(len(banned) + 1)  # and that of the sentences in the text
    for heading in page.locator("article :is(h2, h3):visible").all():
        assert heading.evaluate(
            "it => { for (let at = it.nextElementSibling; at; at = at.nextElementSibling) if (at.matches('ul') && !at.hidden) return true }"
        )
    page.get_by_label("Vis kun regler, der indeholder").fill("annoncere")
    expect(page.locator("li[data-rule]:visible")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Slags regel")).to_have_value("prohibition")
    expect(page.locator("li[data-rule]:visible")).to_have_count(1)


def test_the_search_finds_the_pages_of_rules_and_says_what_kind_they_are(page: Page) -> None:
    page.goto("soeg/?q=forbudt")
    found = page.locator("[data-search-results] > li").filter(has=page.locator(f"a[href$='{RULE}']"))
    expect(found.get_by_role("img", name="Forbud")).to_be_visible()


def test_a_rule_is_found_once(page: Page) -> None:
    page.goto("soeg/?q=sagsbehandle+via+kanalerne")
    page.locator(RESULTS).first.wait_for()
    links = page.locator(RESULTS).evaluate_all("links => links.map(link => link.href)")
    assert sum("presse-ingen-sagsbehandling" in link for link in links) == 1
    first = page.locator("[data-search-results] li").first
    expect(first).to_contain_text("Det betyder, at vi ikke må")
    expect(first.get_by_role("img", name="Forbud")).to_be_visible()
