"""The four targets that the link "Foreslå en ændring" may have."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from kanalstrategi.content.project import read_project
from kanalstrategi.editor.change_link import change_link
from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.rendering.macros import Call
from tests.support.project import ROOT

CONTENT = read_project(ROOT, {}).content
PAGE = CONTENT.pages["retningslinjer/skoler.md"]


def link(email: str = "", has_editor: bool = False, edit_url: str = "", site_url: str = "") -> str:
    page = replace(PAGE, title="A & B + c?", owner=replace(PAGE.owner, email=email))
    (paragraph,) = change_link(Call(CONTENT, page), has_editor=has_editor, edit_url=edit_url, site_url=site_url)
    assert isinstance(paragraph, Element)
    assert paragraph.attributes == {"class": "suggest-change web-only", "data-search-exclude": ""}
    (url,) = [found.attributes["href"] for found in descendants(paragraph) if found.tag == "a"]
    return url


def test_the_editor_comes_first_then_the_repository() -> None:
    assert link("a@b.dk", True, "https://example.org/e") == "../../admin/#/collections/retningslinjer/entries/skoler"
    assert link("a@b.dk", False, "https://example.org/e?a&b") == "https://example.org/e?a&b"


def test_a_mail_names_the_page_and_where_it_is() -> None:
    for site_url, where in (("https://example.org/x/", "https://example.org/x/retningslinjer/skoler/"), ("", "docs/retningslinjer/skoler.md")):
        url = link("a+b@b.dk", site_url=site_url)
        assert url.startswith("mailto:a%2Bb@b.dk?") and "+" not in url
        reported = parse_qs(urlsplit(url).query)
        assert reported["subject"] == ["A & B + c?"] and f"Adresse: {where}\r\n" in reported["body"][0]


def test_without_a_mail_one_calls() -> None:
    assert link() == f"tel:+45{PAGE.owner.phone.replace(' ', '')}"
