"""The filter of the rule register, and the register without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect


def rules(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))


@pytest.fixture
def register(browser: Browser, url: str) -> Iterator[Page]:
    page = browser.new_page(base_url=url)
    page.goto("regler/")
    yield page
    page.close()


def visible(page: Page) -> list[str]:
    return page.locator("li[data-rule]:visible").evaluate_all("items => items.map(item => item.dataset.rule)")


def test_the_filter_works_at_once_and_in_the_url(register: Page, site: Path) -> None:
    field = register.get_by_label("Vis kun regler, der indeholder")
    field.press_sequentially("journalisering NOTATPLIGT")
    wanted = [rule["id"] for rule in rules(site) if "notatpligt" in rule["text"] and "journalisering" in rule["text"]]
    assert visible(register) == wanted
    expect(register.get_by_role("status").filter(has_text="regler")).to_have_text(f"Viser {len(wanted)} af {len(rules(site))} regler.")
    # Headings without a matching rule are hidden, too.
    expect(register.get_by_role("heading", name="Presse, sociale medier og annoncer")).to_be_hidden()
    expect(register.get_by_role("heading", name="Telefon og videomøder")).to_be_visible()
    url = register.url
    assert "?vis=journalisering" in url
    register.goto("regler/")
    register.goto(url)
    assert visible(register) == wanted
    expect(register.locator(".site-search-panel")).to_have_count(0)  # the search in the header is another one
    register.get_by_label("Vis kun regler, der indeholder").fill("xyz")
    expect(register.get_by_text("Ingen regler indeholder de ord.")).to_be_visible()


def test_the_list_of_prohibitions_does_not_look_complete_without_those_in_the_text(register: Page) -> None:
    """What a mail must not hold is no rule of a list, but nobody may think that it is allowed."""
    in_text = register.locator("#forbud-i-teksten ~ ul.register > li")
    assert in_text.count() == 3
    register.get_by_label("Slags regel").select_option("prohibition")
    expect(register.locator(".filter-count")).to_have_text("Viser 2 af 26 regler. 3 forbud i selve teksten står nederst.")
    mail = in_text.filter(has_text="Mails, der ikke er signeret og krypteret med certifikat, må ikke anvendes til personfølsomme oplysninger.")
    expect(mail).to_be_visible()
    expect(mail.get_by_role("img", name="Forbud")).to_have_count(1)
    expect(mail.get_by_role("link", name="fra afsnittet Mails")).to_have_attribute("href", "../kanaler/skriftlig-kommunikation/#mail-personfoelsomt")
    register.get_by_label("Vis kun regler, der indeholder").fill("krypteret certifikat")
    expect(register.locator(".filter-count")).to_have_text("Viser 0 af 26 regler. Et forbud i selve teksten står nederst.")
    register.get_by_label("Slags regel").select_option("duty")
    expect(register.get_by_role("heading", name="Forbud i selve teksten")).to_be_hidden()


def test_the_contents_list_only_the_headings_that_are_shown(register: Page) -> None:
    register.set_viewport_size({"width": 1280, "height": 900})
    entries = register.locator(".contents a:visible")
    everything = entries.count()
    register.get_by_label("Vis kun regler, der indeholder").fill("videomøder")
    assert 0 < entries.count() < everything
    for entry in entries.all():
        expect(register.locator(entry.get_attribute("href") or "")).to_be_visible()


def test_the_filter_knows_the_channels_by_name(register: Page, site: Path) -> None:
    register.get_by_label("Vis kun regler, der indeholder").fill("videomøder")
    visible_rules = set(visible(register))
    assert {rule["id"] for rule in rules(site) if rule["channel"] == "videomoeder"} <= visible_rules
    assert not {rule["id"] for rule in rules(site) if rule["group"] == "personligt-fremmoede"} & visible_rules


def test_whole_without_javascript(browser: Browser, url: str, site: Path) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("regler/")
    assert visible(page) == [rule["id"] for rule in rules(site)]
    expect(page.get_by_label("Vis kun regler, der indeholder")).to_be_hidden()
    context.close()
