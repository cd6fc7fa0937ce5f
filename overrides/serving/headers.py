"""Which headers go with which addresses: the one source of what is written for every kind of server."""

from __future__ import annotations

from dataclasses import dataclass

from overrides.serving.policy import FRAMES, page_policy

Headers = tuple[tuple[str, str], ...]

FINGERPRINTED = ("assets", "search")
"""Folders with folders named by what is in them."""
FINGERPRINT = "[0-9a-f]{12}"
SHARED = "deling"
"""A folder of pictures that are named so themselves."""

EVERYWHERE: Headers = (
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
FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")
# Not some minutes: an older page would name fingerprinted files that a newer build has removed.
ASK_AGAIN = ("Cache-Control", "no-cache")
AN_HOUR = ("Cache-Control", "public, max-age=3600")


@dataclass(frozen=True)
class Rule:
    """The headers of the addresses that `pattern` (a regular expression) matches from the base path on."""

    kind: str
    pattern: str
    own: Headers
    """Beside those that stand everywhere."""

    @property
    def headers(self) -> Headers:
        return (*EVERYWHERE, *self.own)


def rules(script_hashes: frozenset[str], admin_policy: str = "") -> tuple[Rule, ...]:
    """The first that matches holds. `admin_policy` is the editor's own, if there is one."""
    pages = f"{page_policy(script_hashes)}; {FRAMES}"
    nothing = "default-src 'none'"
    admin = f"{admin_policy or nothing}; {FRAMES}"
    folders = "|".join(FINGERPRINTED)
    found = (
        Rule("forever", rf"(?:(?:{folders})/{FINGERPRINT}/.*|{SHARED}/{FINGERPRINT}\.png)$", (FOR_EVER,)),
        # Signing in opens a window that has to answer the one that opened it: no Cross-Origin-Opener-Policy.
        Rule("admin", r"admin(?:/.*)?$", (("Content-Security-Policy", admin), ("Cache-Control", "no-store"))),
        Rule(
            "page",
            r"(?:.*/)?(?:[^/]*\.html)?$",
            (("Content-Security-Policy", pages), ("Cross-Origin-Opener-Policy", "same-origin"), ASK_AGAIN),
        ),
        # A drawing that is opened by itself is a document, too.
        Rule(
            "drawing",
            r".*\.svg$",
            (("Content-Security-Policy", f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {FRAMES}"), AN_HOUR),
        ),
        # Programs without a fingerprint have to be as new as the page, and so has what says where the search's index is.
        Rule("current", r"(?:.*\.(?:js|css)|search/index\.json)$", (ASK_AGAIN,)),
        Rule("other", r".*$", (AN_HOUR,)),
    )
    for rule in found:
        for name, value in rule.headers:
            _quotable(f"{name}: {value}")
    return found


def _quotable(text: str) -> None:
    """No sign that any server would read as more than itself between double quotes."""
    if not text.isascii() or not text.isprintable() or set(text) & set('"\\$%`'):
        raise ValueError(f"cannot stand in a server's configuration: {text!r}")
