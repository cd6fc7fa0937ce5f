"""Reads Atom feeds as strictly as RFC 4287 has them."""

from __future__ import annotations

from lxml import etree

from tests.support.project import DATA

ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(xml: bytes) -> etree._Element:
    """Return the root of a feed. Fails if it is not valid, if two entries have one id, or if a link is missing or there twice."""
    feed = etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    schema = etree.RelaxNG(etree.parse(str(DATA / "atom.rng")))
    assert schema.validate(feed), schema.error_log
    ids = [*texts(feed, "id"), *texts(feed, "entry/id")]
    assert len(ids) == len(set(ids))
    assert texts(feed, "updated")[0] == max([*texts(feed, "entry/updated")], default=texts(feed, "updated")[0])
    assert link(feed, "self") and all(link(part, "alternate") for part in (feed, *feed.findall(f"{ATOM}entry")))
    return feed


def texts(feed: etree._Element, path: str) -> list[str]:
    """Return the texts of all elements at a path, such as `entry/title`."""
    return [found.text or "" for found in feed.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))]


def link(element: etree._Element, relation: str) -> str:
    """Return the URL of a feed's or an entry's link."""
    [found] = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == relation]
    return found.get("href") or ""
