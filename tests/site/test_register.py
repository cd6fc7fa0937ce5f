"""The rule register holds every rule, where it stands and where it is quoted; and quotes follow the wording of the rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html

from tests.support.adopted_text import article, normal, pdf_text
from tests.support.project import Project


def rules(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "data" / "rules.json").read_text(encoding="utf-8"))


def own_words(item: html.HtmlElement) -> str:
    """Return the words of a rule without those of its links."""
    return "".join(item.xpath("text()")).strip()


def test_every_rule_is_listed_under_its_channel_with_its_permalink(site: Path) -> None:
    register = article(site, "regler")
    items = register.xpath(".//li[@data-rule]")
    assert [item.get("data-rule") for item in items] == [rule["id"] for rule in rules(site)]
    for item, rule in zip(items, rules(site), strict=True):
        assert own_words(item) == rule["text"]
        assert item.xpath("string(*[1]/@aria-label)") == {"duty": "Påbud", "aim": "Hensigt", "prohibition": "Forbud"}[rule["kind"]]
        assert item.xpath("string(.//*[contains(@class, 'rule-more')]/a/@href)") == f"{rule['id']}/" and rule["page"] == f"regler/{rule['id']}/"
        assert item.xpath("string(.//*[@class='rule-source']/a/@href)") == f"../{rule['url']}"
        assert item.xpath("string(preceding::*[self::h2 or self::h3][1]/@id)") == rule["channel"]


def test_the_register_lists_every_page_that_shows_a_rule(site: Path) -> None:
    pages = json.loads((site / "data" / "pages.json").read_text(encoding="utf-8"))
    for item in article(site, "regler").xpath(".//li[@data-rule]"):
        text = normal(own_words(item))
        reported = {link.removeprefix("../") for link in item.xpath(".//*[contains(@class, 'quoted')]//a/@href")}
        permalink = item.xpath("string(.//*[@class='rule-source']/a/@href)")
        showing = set()
        for page in pages:
            links = article(site, page["url"]).xpath(".//*[@class='rule-source']/a")
            targets = {urljoin(f"/{page['url']}", link.get("href")).removeprefix("/") for link in links}
            if permalink.removeprefix("../") in targets and page["url"] != "regler/":
                assert text in normal(article(site, page["url"]).text_content())
                showing.add(page["url"])
        assert reported == showing, item.get("data-rule")


def test_a_changed_wording_follows_everywhere(project: Project) -> None:
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "vi skal ringe, når vi i den", "vi skal altid ringe, når vi i den")
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
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


def test_quotes_lead_to_the_rule_and_follow_its_wording(project: Project) -> None:
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "vi skal ringe, når", "vi skal altid ringe, når")
    page = project.root / "docs/strategi/formaal.md"
    before = page.read_text(encoding="utf-8")
    project.write(
        "docs/strategi/formaal.md",
        before + '\n{{ rules("telefon") }}\n\n- I en liste: {{ rule("telefon-ring") }}\n\n{{ definition("kanal") }}\n',
    )
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    built = html.parse(str(project.site / "strategi/formaal/index.html"), html.HTMLParser(encoding="utf-8"))
    links = built.xpath("//article//*[@class='rule-source']/a/@href")
    assert links == [f"../../kanaler/telefon-og-videomoeder/#{id}" for id in ("telefon-ring", "telefon-notatpligt", "telefon-telefontider", "telefon-ring")]
    words = pdf_text(project.site / "pdf/kanalstrategi.pdf")
    for text in (normal(built.getroot().text_content()), words):
        assert text.count("vi skal altid ringe, når vi i den enkelte sag") >= 2
    assert words.count("vi skal altid ringe, når vi i den enkelte sag") == 3
