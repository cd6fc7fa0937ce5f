"""The open data holds the whole strategy, and its links lead to what they name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from kanalstrategi.content.data_files import DATA_FILES
from tests.support.adopted_text import normal, source_sentences
from tests.support.project import ROOT


def data(site: Path, name: str) -> list[dict[str, Any]]:
    return json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))


def at(site: Path, url: str) -> html.HtmlElement:
    """Return the element that a URL points at."""
    path, _, anchor = url.partition("#")
    tree = html.parse(str(site / path / "index.html"), html.HTMLParser(encoding="utf-8"))
    found = tree.xpath("//*[@id=$id]", id=anchor) if anchor else [tree.getroot()]
    assert len(found) == 1, url
    return found[0]


def test_five_channel_groups_in_the_order_of_the_strategy(site: Path) -> None:
    assert [group["title"] for group in data(site, "channels")] == [
        "Hjemmesider og selvbetjening",
        "Presse, sociale medier og annoncer",
        "Telefon og videomøder",
        "Digital og analog skriftlig kommunikation",
        "Personligt fremmøde",
    ]


def test_every_bullet_of_the_source_is_a_rule(site: Path) -> None:
    rules = data(site, "rules")
    # 22 under "Det betyder, at"; and 4 about shared mailboxes, two of which the source ran together.
    assert len(rules) == 22 + 4
    assert len({rule["id"] for rule in rules}) == len(rules)
    source = source_sentences()
    for rule in rules:
        # A rule of two sentences is two in the source.
        assert normal(rule["text"]) in normal(" ".join(source)), rule["id"]


def test_shared_mailboxes_have_their_bullets_set_apart(site: Path) -> None:
    texts = [rule["text"] for rule in data(site, "rules") if rule["id"].startswith("faellespostkasser-")]
    assert texts == [
        "vi skal bruge fællespostkasser til distribution af mails internt i organisationen",
        "vi skal bestræbe os på at undgå fællespostkasser i dialog med borgerne",
        (
            "på hjemmesiden skal vi ikke annoncere med vores fællespostkasseadresser, men i stedet tilbyde "
            "links til digital post på borger.dk og virk.dk, når det er muligt"
        ),
        "vi skal sikre, at regler for journalisering overholdes.",
    ]


def test_permalink_of_a_rule_leads_to_its_words(site: Path) -> None:
    for rule in data(site, "rules"):
        item = at(site, rule["url"])
        assert item.tag == "li"
        assert normal(item.text_content()) == normal(rule["text"] + "#")  # its own permalink


@pytest.mark.parametrize("name", DATA_FILES)
def test_every_record_has_id_title_and_a_working_url(site: Path, name: str) -> None:
    for record in data(site, name):
        assert record["id"] and record["title"]
        at(site, record["url"])


def test_the_page_says_how_many_records_each_file_has_and_links_to_all_its_forms(site: Path) -> None:
    page = at(site, "data/")
    for name, file in DATA_FILES.items():
        [row] = page.xpath("//tr[th/a[@href=$link]]", link=f"#{name}")
        assert row.xpath("string(td[2])").removeprefix("Poster: ") == str(len(data(site, name)))
        links = {a.get("href") for a in page.xpath("//h3[@id=$id]/following-sibling::p[2]/a", id=name)}
        assert links == {url.removeprefix("data/") for url in (*file.urls("data/"), file.schema_url)}
        assert all((site / "data" / link).is_file() for link in links)
    assert page.xpath("//link[@rel='alternate'][@type='application/ld+json']/@href") == ["catalog.jsonld"]
    assert "Ikke besluttet endnu." in page.xpath("string(//h2[@id='licens']/following-sibling::p[1])")  # nobody has decided the licence


@pytest.mark.parametrize("name", DATA_FILES)
def test_what_is_published_is_as_its_published_schema_says(site: Path, name: str) -> None:
    schema = json.loads((site / "data/schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data(site, name))


def test_answers_begin_with_their_first_sentence(site: Path) -> None:
    channels = {channel["id"] for group in data(site, "channels") for channel in (group, *group["channels"])}
    for answer in data(site, "answers"):
        assert answer["channel"] in channels and answer["words"] and answer["status"] in ("draft", "adopted")
        [box] = at(site, answer["url"]).xpath("//*[@class='short-answer']")
        assert normal(box.text_content()).startswith(normal(answer["first_sentence"]))


def test_rules_name_channels_that_exist(site: Path) -> None:
    channels = {channel["id"] for group in data(site, "channels") for channel in (group, *group["channels"])}
    for rule in data(site, "rules"):
        assert rule["channel"] in channels and rule["group"] in channels


def test_pages_name_their_owner_and_whether_they_are_overdue(site: Path) -> None:
    page = next(page for page in data(site, "pages") if page["id"] == "strategi/formaal")
    assert page["url"] == "strategi/formaal/"
    assert (page["owner"], page["status"]) == ("politik-personale", "adopted")
    assert page["short"].startswith("Strategien skal være med til")
    assert next(page for page in data(site, "pages") if page["id"] == "regler")["short"] == ""
    assert (page["reviewed"], page["review_by"], page["overdue"]) == ("2023-02-28", "2025-12-31", True)


def test_the_promised_urls_exist(site: Path) -> None:
    for path in (
        "index.html",
        "404.html",
        "sitemap.xml",
        "pdf/kanalstrategi.pdf",
        "strategi/om-kanalstrategien/index.html",
        "strategi/formaal/index.html",
        "strategi/vision-og-maal/index.html",
        "strategi/digital-inklusion/index.html",
        "kanaler/index.html",
        "kanaler/hjemmeside-og-selvbetjening/index.html",
        "kanaler/presse-sociale-medier-og-annoncer/index.html",
        "kanaler/telefon-og-videomoeder/index.html",
        "kanaler/skriftlig-kommunikation/index.html",
        "kanaler/personligt-fremmoede/index.html",
        "vaelg-kanal/index.html",
        "retningslinjer/index.html",
        "retningslinjer/skoler/index.html",
        "regler/index.html",
        "opfoelgning/index.html",
        "redaktoer/index.html",
        "pdf/samlet.pdf",
    ):  # fmt: skip - laid out by hand, as a table
        assert (site / path).is_file(), path
    sources = {file.relative_to(ROOT / folder) for folder in ("docs", "pages") for file in (ROOT / folder).rglob("*.md")}
    pages = [file for file in sources if {"skabeloner", "eksempel"}.isdisjoint(file.parts)]
    assert (site / "sitemap.xml").read_text().count("<loc>") == len(pages) + len(data(site, "rules"))  # each rule has a page
    assert not (site / "skabeloner").exists()
