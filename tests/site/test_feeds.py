"""The feeds of the built site: valid, at the site's own URL, and found from the pages that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.support.feeds import link, read_feed
from tests.support.project import PUBLISHED


def test_every_feed_is_valid_and_leads_to_pages_of_the_site(published: Path) -> None:
    files = sorted((published / "nyt").glob("*.xml"))
    assert {"feed.xml", "skoler.xml"} <= {file.name for file in files} and len(files) == 8
    for file in files:
        feed = read_feed(file.read_bytes())
        assert link(feed, "self") == f"{PUBLISHED}nyt/{file.name}"
        entries = feed.findall("{*}entry")
        assert entries
        for url in (link(part, "alternate") for part in (feed, *entries)):
            assert url.startswith(PUBLISHED) and (published / url.removeprefix(PUBLISHED) / "index.html").is_file()


@pytest.mark.parametrize(
    ("page", "feed"),
    [("", "feed.xml"), ("nyt/", "feed.xml"), ("retningslinjer/skoler/", "skoler.xml"), ("retningslinjer/", ""), ("strategi/formaal/", "")],
)
def test_a_page_names_the_feed_that_it_is_about(published: Path, page: str, feed: str) -> None:
    file = published / page / "index.html"
    found = html.fromstring(file.read_bytes()).xpath('//head/link[@rel="alternate" and @type="application/atom+xml"]/@href')
    assert [(file.parent / href).resolve() for href in found] == ([(published / "nyt" / feed).resolve()] if feed else [])
