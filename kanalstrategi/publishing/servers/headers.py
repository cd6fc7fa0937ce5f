"""Defines the HTTP headers of each URL, for all kinds of servers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kanalstrategi.content.conventions import EDITION_FOLDER, NEWS_FOLDER
from kanalstrategi.content.data_model import CATALOGUE_URL, DATA_FOLDER
from kanalstrategi.content.data_schema import SCHEMA_TYPE
from kanalstrategi.publishing.calendars import CALENDAR_TYPE
from kanalstrategi.publishing.catalogue import CATALOGUE_TYPE
from kanalstrategi.publishing.csp import FRAME_ANCESTORS, page_policy
from kanalstrategi.publishing.feeds import FEED_TYPE
from kanalstrategi.publishing.sharing.social_card import CARD_FOLDER
from kanalstrategi.publishing.spreadsheet import CSV_TYPE

Headers = tuple[tuple[str, str], ...]
"""Pairs of a header's name and value."""

FINGERPRINTED_FOLDERS = ("assets", "search")
"""The folders whose subfolders are named after a digest of their content. In CARD_FOLDER, the files themselves are named that way."""
FINGERPRINT = "[0-9a-f]{12}"
"""A regular expression for a name that is a digest."""

COMMON_HEADERS: Headers = (
    # Without includeSubDomains, since this site cannot know whether the municipality's other hosts have HTTPS.
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    # A URL may contain the reader's search. The browsers' default would also tell other sites that a reader comes from this one.
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        ("accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"),
    ),
)
"""The headers that every URL has."""

IMMUTABLE = ("Cache-Control", "public, max-age=31536000, immutable")
REVALIDATE = ("Cache-Control", "no-cache")
"""Even a few minutes of caching are too long: an older page would refer to fingerprinted files that a newer build has removed."""
ONE_HOUR = ("Cache-Control", "public, max-age=3600")
ANY_SITE: Headers = (("Access-Control-Allow-Origin", "*"),)
"""Lets the scripts of other sites read a file. It only concerns what everybody can read anyway: a browser sends no cookies with it."""
_DATA_FOLDERS = rf"(?:{EDITION_FOLDER}/[^/]+/)?{DATA_FOLDER}"
"""A regular expression for the folders of the open data: those of the site, and those of its editions."""


@dataclass(frozen=True)
class HeaderRule:
    """The headers of all URLs that match a pattern."""

    kind: str
    pattern: str
    """A regular expression for the rest of the URL after the base path."""
    own: Headers
    """The headers in addition to COMMON_HEADERS."""
    content_type: str = ""
    """The content type, if it is another than the extension's."""

    @property
    def headers(self) -> Headers:
        """Return all headers of the rule."""
        return (*COMMON_HEADERS, *self.own)


def header_rules(script_hashes: frozenset[str], admin_policy: str = "") -> tuple[HeaderRule, ...]:
    """Return the rules in order. The first rule that matches a URL applies.

    `admin_policy` is the Content-Security-Policy of the browser editor, if the site has one.
    Raises ValueError for a header that cannot be written in a server's configuration.
    """
    pages = f"{page_policy(script_hashes)}; {FRAME_ANCESTORS}"
    nothing = "default-src 'none'"
    admin = f"{admin_policy or nothing}; {FRAME_ANCESTORS}"
    folders = "|".join(FINGERPRINTED_FOLDERS)
    rules = (
        HeaderRule("immutable", rf"(?:(?:{folders})/{FINGERPRINT}/.*|{CARD_FOLDER}/{FINGERPRINT}\.png)$", (IMMUTABLE,)),
        # No Cross-Origin-Opener-Policy, because signing in opens a window that must be able to answer the window that opened it.
        HeaderRule("admin", r"admin(?:/.*)?$", (("Content-Security-Policy", admin), ("Cache-Control", "no-store"))),
        HeaderRule(
            "page",
            r"(?:.*/)?(?:[^/]*\.html)?$",
            (("Content-Security-Policy", pages), ("Cross-Origin-Opener-Policy", "same-origin"), REVALIDATE),
        ),
        # An SVG file that is opened directly is a document, too.
        HeaderRule(
            "svg",
            r".*\.svg$",
            (("Content-Security-Policy", f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {FRAME_ANCESTORS}"), ONE_HOUR),
        ),
        # Scripts and styles without a fingerprint must be as recent as the page, and so must the entry files of the search.
        HeaderRule("current", r"(?:.*\.(?:js|css)|search/(?:index|editions)\.json)$", (REVALIDATE,)),
        HeaderRule("feed", rf"{NEWS_FOLDER}/[^/]+\.xml$", (ONE_HOUR,), FEED_TYPE),
        HeaderRule("schema", rf"{DATA_FOLDER}/schemas/[^/]+\.json$", (*ANY_SITE, ONE_HOUR), SCHEMA_TYPE),
        HeaderRule("catalogue", rf"{re.escape(CATALOGUE_URL)}$", (*ANY_SITE, ONE_HOUR), CATALOGUE_TYPE),
        HeaderRule("data-table", rf"{_DATA_FOLDERS}/[^/]+\.csv$", (*ANY_SITE, ONE_HOUR), CSV_TYPE),
        HeaderRule("data", rf"{_DATA_FOLDERS}/[^/]+\.json$", (*ANY_SITE, ONE_HOUR)),
        # The types of these are not known to every nginx.
        HeaderRule("calendar", r".*\.ics$", (ONE_HOUR,), CALENDAR_TYPE),
        HeaderRule("table", r".*\.csv$", (ONE_HOUR,), CSV_TYPE),
        HeaderRule("other", r".*$", (ONE_HOUR,)),
    )
    for rule in rules:
        for name, value in rule.headers:
            _require_quotable(f"{name}: {value}")
    return rules


def _require_quotable(text: str) -> None:
    """Raise ValueError if a text contains a character that has a special meaning between double quotes to any of the servers."""
    if not text.isascii() or not text.isprintable() or set(text) & set('"\\$%`{}'):
        raise ValueError(f"cannot stand in a server's configuration: {text!r}")
