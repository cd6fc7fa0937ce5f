"""Each rule has a page of its own: its words with what leads up to them, where it is quoted, and how to refer to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.adopted_text import article, normal
from tests.support.project import PUBLISHED

KINDS = {"duty": "Påbud", "aim": "Hensigt", "prohibition": "Forbud"}
FRAGMENT = "vi ikke må sagsbehandle via kanalerne"


@pytest.fixture
def rules(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))


def test_every_rule_has_its_page(site: Path, rules: list[dict[str, Any]]) -> None:
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    for rule in rules:
        assert f"/{rule['page']}</loc>" in sitemap
        page = article(site, rule["page"])
        [card] = page.xpath(f".//div[@class='rule-card {rule['kind']}']")
        assert normal(f"{rule['lead']} {rule['text']}") in normal(card.text_content())
        assert card.xpath("string(.//*[@role='img']/@aria-label)") == KINDS[rule["kind"]]
        assert f"../../{rule['url']}" in page.xpath(".//a/@href")
        assert "../../data/rules.json" in page.xpath(".//a/@href")


def test_no_menu_holds_the_pages_of_rules(site: Path, rules: list[dict[str, Any]]) -> None:
    text = (site / "regler" / "index.html").read_text(encoding="utf-8")
    menus = "".join(re.findall(r"<nav.*?</nav>", text, re.DOTALL))
    assert "opfoelgning/" in menus
    assert [rule["id"] for rule in rules if f"{rule['id']}/" in menus] == []


def test_the_page_names_every_place_that_quotes_the_rule(site: Path, rules: list[dict[str, Any]]) -> None:
    register = article(site, "regler")
    for rule in rules:
        page = article(site, rule["page"])
        links = {link.removeprefix("../../").partition("#")[0] for link in page.xpath(".//h2[@id='gengivet']/following-sibling::ul[1]//a/@href")}
        item = register.xpath(f".//li[@data-rule='{rule['id']}']//*[contains(@class, 'quoted')]//a/@href")
        assert links == {link.removeprefix("../") for link in item}, rule["id"]


def test_a_guideline_and_a_result_of_the_chooser_are_found_at_their_place(site: Path) -> None:
    links = article(site, "regler/presse-ingen-sagsbehandling").xpath(".//a/@href")
    assert {"../../retningslinjer/skoler/#presse-sociale-medier-og-annoncer", "../../vaelg-kanal/#svar-kort"} <= {*links}


def test_a_rule_is_shown_with_its_kind_wherever_it_is_quoted(site: Path) -> None:
    for path in ("kanaler/presse-sociale-medier-og-annoncer", "regler", "vaelg-kanal", "retningslinjer/skoler"):
        page = article(site, path)
        places = [node for node in page.iter("li", "span") if node.get("class") != "rule-lead" and FRAGMENT in "".join(node.xpath("text()"))]
        assert places, path
        for place in places:
            assert place.xpath("string(*[contains(@class, 'rule-kind')]/@aria-label)") == "Forbud", path


def test_a_quoted_rule_is_no_fragment(site: Path) -> None:
    for file in site.rglob("index.html"):
        if b"<article" not in file.read_bytes():
            continue  # a redirect
        page = article(site, file.parent.relative_to(site).as_posix())
        for place in page.iter("li", "span", "p"):
            text = "".join(place.xpath("text()"))
            if FRAGMENT not in text or f"Det betyder, at {FRAGMENT}" in text:
                continue
            above = "string((preceding::h2 | preceding::p[@class='rules-lead' or @class='rules-title'])[last()])"
            before = place.xpath("string(*[@class='rule-lead'])") or place.xpath(above).replace("#", "")
            assert before.strip().endswith("Det betyder, at"), file


def test_the_reference_has_the_address_where_it_is_known(site: Path, published: Path) -> None:
    [reference] = article(published, "regler/telefon-ring").xpath(".//p[@class='reference-text']")
    text = " ".join(reference.text_content().split())
    assert text.startswith("»Det betyder, at vi skal ringe, når") and "vedtaget den 28. februar 2023, Telefon." in text
    assert text.endswith(f"{PUBLISHED}regler/telefon-ring/")
    [unknown] = article(site, "regler/telefon-ring").xpath(".//p[@class='reference-text']")
    assert "http" not in unknown.text_content()
