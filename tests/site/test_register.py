"""The rule register: every rule, where it stands and where it is shown, with a filter that works at once."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.adopted_text import article, normal, pdf_text
from tests.support.project import Project


def rules(site: Path) -> list[dict]:  # type: ignore[type-arg]
    return json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))


def test_every_rule_is_listed_under_its_channel_with_its_permalink(site: Path) -> None:
    register = article(site, "regler")
    items = register.xpath(".//li[@data-rule]")
    assert [item.get("data-rule") for item in items] == [rule["id"] for rule in rules(site)]
    for item, rule in zip(items, rules(site), strict=True):
        assert (item.text or "").strip() == rule["text"]
        assert item.xpath("string(.//*[@class='rule-source']/a/@href)") == f"../{rule['url']}"
        assert item.xpath("string(preceding::*[self::h2 or self::h3][1]/@id)") == rule["channel"]


def test_where_a_rule_is_shown_is_true_and_whole(site: Path) -> None:
    pages = json.loads((site / "data" / "pages.json").read_text(encoding="utf-8"))
    for item in article(site, "regler").xpath(".//li[@data-rule]"):
        text = normal(item.text or "")
        told = {link.removeprefix("../") for link in item.xpath(".//*[contains(@class, 'quoted')]//a/@href")}
        permalink = item.xpath("string(.//*[@class='rule-source']/a/@href)")
        shown = set()
        for page in pages:
            links = article(site, page["url"]).xpath(".//*[@class='rule-source']/a")
            targets = {urljoin(f"/{page['url']}", link.get("href")).removeprefix("/") for link in links}
            if permalink.removeprefix("../") in targets and page["url"] != "regler/":
                assert text in normal(article(site, page["url"]).text_content())
                shown.add(page["url"])
        assert told == shown, item.get("data-rule")


def test_a_changed_wording_follows_everywhere(project: Project) -> None:
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "vi skal ringe, når vi i den", "vi skal altid ringe, når vi i den")
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    holders = [
        file.parent.relative_to(project.site).as_posix()
        for file in project.site.rglob("index.html")
        if "ringe, når vi i den enkelte sag" in normal(article(project.site, file.parent.relative_to(project.site).as_posix()).text_content())
    ]
    assert {"kanaler/telefon-og-videomoeder", "regler", "vaelg-kanal", "retningslinjer/skoler"} <= set(holders)
    for holder in holders:
        text = normal(article(project.site, holder).text_content())
        assert "vi skal ringe, når vi i den enkelte sag" not in text, holder
        assert "vi skal altid ringe, når vi i den enkelte sag" in text, holder
    assert "vi skal altid ringe, når vi i den enkelte sag" in pdf_text(project.site / "pdf/kanalstrategi.pdf")


@pytest.fixture
def register(browser: Browser, url: str) -> Page:
    page = browser.new_page(base_url=url)
    page.goto("regler/")
    yield page
    page.close()


def visible(page: Page) -> list[str]:
    return page.locator("li[data-rule]:visible").evaluate_all("items => items.map(item => item.dataset.rule)")


def test_the_filter_works_at_once_and_in_the_address(register: Page, site: Path) -> None:
    field = register.get_by_label("Vis kun regler, der indeholder")
    field.press_sequentially("journalisering NOTATPLIGT")
    wanted = [rule["id"] for rule in rules(site) if "notatpligt" in rule["text"] and "journalisering" in rule["text"]]
    assert visible(register) == wanted
    expect(register.get_by_role("status").filter(has_text="regler")).to_have_text(f"Viser {len(wanted)} af {len(rules(site))} regler.")
    # Headings of channels without a rule that fits are gone with them.
    expect(register.get_by_role("heading", name="Presse, sociale medier og annoncer")).to_be_hidden()
    expect(register.get_by_role("heading", name="Telefon og videomøder")).to_be_visible()
    url = register.url
    assert "?vis=journalisering" in url
    register.goto("regler/")
    register.goto(url)
    assert visible(register) == wanted
    expect(register.locator(".site-search-panel")).to_have_count(0)  # the search at the top is another
    register.get_by_label("Vis kun regler, der indeholder").fill("xyz")
    expect(register.get_by_text("Ingen regler indeholder de ord.")).to_be_visible()


def test_the_filter_knows_the_channels_by_name(register: Page, site: Path) -> None:
    register.get_by_label("Vis kun regler, der indeholder").fill("videomøder")
    shown = set(visible(register))
    assert {rule["id"] for rule in rules(site) if rule["channel"] == "videomoeder"} <= shown
    assert not {rule["id"] for rule in rules(site) if rule["group"] == "personligt-fremmoede"} & shown


def test_whole_without_javascript(browser: Browser, url: str, site: Path) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("regler/")
    assert visible(page) == [rule["id"] for rule in rules(site)]
    expect(page.get_by_label("Vis kun regler, der indeholder")).to_be_hidden()
    context.close()
