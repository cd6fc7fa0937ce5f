"""The headers of each URL: the one source of what is written for every kind of server."""

from __future__ import annotations

from dataclasses import dataclass

from kanalstrategi.publishing.csp import FRAME_ANCESTORS, page_policy
from kanalstrategi.publishing.sharing.social_card import CARD_FOLDER

Headers = tuple[tuple[str, str], ...]
"""Names and values."""

FINGERPRINTED_FOLDERS = ("assets", "search")
"""Folders whose subfolders are named by a digest of what is in them. The files in CARD_FOLDER are named so themselves."""
FINGERPRINT = "[0-9a-f]{12}"
"""A regular expression for such a name."""

COMMON_HEADERS: Headers = (
    # Without includeSubDomains: this site cannot know whether other hosts of the municipality have HTTPS.
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    # A URL may hold what the reader searched for. The default of browsers would also tell other sites that readers come from here.
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        (
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
            "microphone=(), midi=(), payment=(), usb=()"
        ),
    ),
)
"""The headers of every URL."""

IMMUTABLE = ("Cache-Control", "public, max-age=31536000, immutable")
REVALIDATE = ("Cache-Control", "no-cache")
"""Not a few minutes: an older page would name fingerprinted files that a newer build has removed."""
ONE_HOUR = ("Cache-Control", "public, max-age=3600")


@dataclass(frozen=True)
class HeaderRule:
    """The headers of the URLs that a pattern matches."""

    kind: str
    pattern: str
    """A regular expression for what follows the base path."""
    own: Headers
    """The headers beyond COMMON_HEADERS."""

    @property
    def headers(self) -> Headers:
        """All headers of the rule."""
        return (*COMMON_HEADERS, *self.own)


def header_rules(script_hashes: frozenset[str], admin_policy: str = "") -> tuple[HeaderRule, ...]:
    """Return the rules in order; the first that matches a URL applies.

    `admin_policy` is the Content-Security-Policy of the editor in the browser, if the site has one.
    Raises ValueError for a header that cannot stand in a server's configuration.
    """
    pages = f"{page_policy(script_hashes)}; {FRAME_ANCESTORS}"
    nothing = "default-src 'none'"
    admin = f"{admin_policy or nothing}; {FRAME_ANCESTORS}"
    folders = "|".join(FINGERPRINTED_FOLDERS)
    rules = (
        HeaderRule("immutable", rf"(?:(?:{folders})/{FINGERPRINT}/.*|{CARD_FOLDER}/{FINGERPRINT}\.png)$", (IMMUTABLE,)),
        # No Cross-Origin-Opener-Policy: signing in opens a window that has to answer the one that opened it.
        HeaderRule("admin", r"admin(?:/.*)?$", (("Content-Security-Policy", admin), ("Cache-Control", "no-store"))),
        HeaderRule(
            "page",
            r"(?:.*/)?(?:[^/]*\.html)?$",
            (("Content-Security-Policy", pages), ("Cross-Origin-Opener-Policy", "same-origin"), REVALIDATE),
        ),
        # An SVG file that is opened by itself is a document, too.
        HeaderRule(
            "svg",
            r".*\.svg$",
            (("Content-Security-Policy", f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {FRAME_ANCESTORS}"), ONE_HOUR),
        ),
        # Scripts and styles without a fingerprint must be as new as the page, and so must the file that names the search index.
        HeaderRule("current", r"(?:.*\.(?:js|css)|search/index\.json)$", (REVALIDATE,)),
        HeaderRule("other", r".*$", (ONE_HOUR,)),
    )
    for rule in rules:
        for name, value in rule.headers:
            _require_quotable(f"{name}: {value}")
    return rules


def _require_quotable(text: str) -> None:
    """Raise ValueError if a text holds a character that any of the servers would give a meaning between double quotes."""
    if not text.isascii() or not text.isprintable() or set(text) & set('"\\$%`'):
        raise ValueError(f"cannot stand in a server's configuration: {text!r}")
