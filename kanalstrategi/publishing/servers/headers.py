"""Which headers go with which addresses: the one source of what is written for every kind of server."""

from __future__ import annotations

from dataclasses import dataclass

from kanalstrategi.publishing.csp import FRAME_ANCESTORS, page_policy

Headers = tuple[tuple[str, str], ...]

FINGERPRINTED_FOLDERS = ("assets", "search")
"""Folders with folders named by what is in them."""

FINGERPRINT = "[0-9a-f]{12}"

SOCIAL_CARD_FOLDER = "deling"
"""A folder of pictures that are named so themselves."""

COMMON_HEADERS: Headers = (
    # Not includeSubDomains: whether other hosts of the municipality have HTTPS is not for this site to say.
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    # What is searched for stands in the address. Browsers' own choice would tell other sites that readers come from here.
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()",
    ),
)

IMMUTABLE = ("Cache-Control", "public, max-age=31536000, immutable")

# Not some minutes: an older page would name fingerprinted files that a newer build has removed.
REVALIDATE = ("Cache-Control", "no-cache")

ONE_HOUR = ("Cache-Control", "public, max-age=3600")


@dataclass(frozen=True)
class HeaderRule:
    """The headers of the addresses that `pattern` (a regular expression) matches from the base path on."""

    kind: str
    pattern: str
    own: Headers
    """Beside those that stand everywhere."""

    @property
    def headers(self) -> Headers:
        return (*COMMON_HEADERS, *self.own)


def header_rules(script_hashes: frozenset[str], admin_policy: str = "") -> tuple[HeaderRule, ...]:
    """The first that matches holds. `admin_policy` is the editor's own, if there is one."""
    pages = f"{page_policy(script_hashes)}; {FRAME_ANCESTORS}"
    nothing = "default-src 'none'"
    admin = f"{admin_policy or nothing}; {FRAME_ANCESTORS}"
    folders = "|".join(FINGERPRINTED_FOLDERS)
    found = (
        HeaderRule("forever", rf"(?:(?:{folders})/{FINGERPRINT}/.*|{SOCIAL_CARD_FOLDER}/{FINGERPRINT}\.png)$", (IMMUTABLE,)),
        # Signing in opens a window that has to answer the one that opened it: no Cross-Origin-Opener-Policy.
        HeaderRule("admin", r"admin(?:/.*)?$", (("Content-Security-Policy", admin), ("Cache-Control", "no-store"))),
        HeaderRule(
            "page",
            r"(?:.*/)?(?:[^/]*\.html)?$",
            (("Content-Security-Policy", pages), ("Cross-Origin-Opener-Policy", "same-origin"), REVALIDATE),
        ),
        # A drawing that is opened by itself is a document, too.
        HeaderRule(
            "drawing",
            r".*\.svg$",
            (("Content-Security-Policy", f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {FRAME_ANCESTORS}"), ONE_HOUR),
        ),
        # Programs without a fingerprint have to be as new as the page, and so has what says where the search's index is.
        HeaderRule("current", r"(?:.*\.(?:js|css)|search/index\.json)$", (REVALIDATE,)),
        HeaderRule("other", r".*$", (ONE_HOUR,)),
    )
    for rule in found:
        for name, value in rule.headers:
            _require_quotable(f"{name}: {value}")
    return found


def _require_quotable(text: str) -> None:
    """No sign that any server would read as more than itself between double quotes."""
    if not text.isascii() or not text.isprintable() or set(text) & set('"\\$%`'):
        raise ValueError(f"cannot stand in a server's configuration: {text!r}")
