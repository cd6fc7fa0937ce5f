"""Leads `/was` at the root of a host to the accessibility statement: the address where the authorities look for it, whoever's site it is."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.content.conventions import STATEMENT_PAGE
from kanalstrategi.content.model import Content
from kanalstrategi.content.published_urls import page_urls
from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.publishing.csp import page_policy, with_policy

STATEMENT_DOOR = "was/"
"""The URL, relative to the root of the host. Also without the slash."""


def statement_address(content: Content) -> str:
    """Return where the statement is: a URL in the national tool, or that of our own page, relative to the site's root; empty if there is none."""
    page = content.pages.get(STATEMENT_PAGE)
    return content.organisation.accessibility_statement or (page.url if page else "")


def statement_redirect(content: Content, site_url: str) -> dict[str, str]:
    """Return the redirect to the statement, empty if the site is not at the root of its host, or if that URL is one of its own."""
    address = statement_address(content)
    is_taken = STATEMENT_DOOR in page_urls(content) or STATEMENT_DOOR in all_redirects(content)
    is_at_root = bool(site_url) and not urlsplit(site_url).path.strip("/")
    return {STATEMENT_DOOR: address} if address and is_at_root and not is_taken else {}


def statement_hint(content: Content, site_url: str) -> str:
    """Return what somebody else has to do, in Danish, because the site is not at the root of its host; empty if there is nothing to do."""
    parts, address = urlsplit(site_url), statement_address(content)
    if not parts.path.strip("/") or not address:
        return ""
    target = address if address.startswith("https://") else f"{site_url.rstrip('/')}/{address}"
    door = f"{parts.scheme}://{parts.netloc}/was"
    return f"{door} skal føre til tilgængelighedserklæringen. Bed den, der har hjemmesiden på roden, om at sende den videre til {target}"


def write_statement_door(site: Path, content: Content, site_url: str) -> None:
    """Write the page that leads to the statement, for servers without redirects, into a built site. `site_url` is empty if it is not known."""
    for old, address in statement_redirect(content, site_url).items():
        (site / old).mkdir(exist_ok=True)
        target = address if address.startswith("https://") else f"../{address}"
        (site / old / "index.html").write_text(with_policy(_door_page(target), page_policy(())), encoding="utf-8", newline="\n")


def _door_page(address: str) -> str:
    target = escape(address)
    return f"""\
<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>Tilgængelighedserklæring</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<main>
<h1>Tilgængelighedserklæring</h1>
<p><a href="{target}">Gå til tilgængelighedserklæringen</a></p>
</main>
</body>
</html>
"""
