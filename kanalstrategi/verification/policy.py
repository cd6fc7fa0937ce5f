"""No page does what its Content-Security-Policy forbids, and every server is configured to send that policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from kanalstrategi.publishing.csp import page_policy
from kanalstrategi.publishing.servers.served_files import POLICY_FILES
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Finding
from kanalstrategi.verification.page_facts import PageFacts
from kanalstrategi.verification.places import OutsideError, place_of

_SCRIPT_SOURCES = re.compile(r"script-src ([^;]*)")
_POLICY = re.compile(r"default-src 'none'; script-src [^\"<\n]*")
"""The policy of pages, in any of these files."""
_OF_THE_EDITOR = "'unsafe-eval'"
"""What only the policy of the editor in the browser has."""


def policy_holds(site: BuiltSite) -> Iterator[Finding]:
    """Yield pages without a policy, what they do against it, and servers that would send another."""
    for page in site.pages.values():
        yield from _of_page(site, page)
    hashes = {hash for page in site.pages.values() for hash in _sources(page.policy) if hash.startswith("'sha256-")}
    for name in POLICY_FILES:
        file = site.folder / name
        if not file.is_file():
            continue
        policies = [policy for policy in _POLICY.findall(unescape(file.read_text(encoding="utf-8"))) if _OF_THE_EDITOR not in policy]
        if not policies:
            yield Finding(f"/{name}", "serveren får ikke at vide, at den skal sende en Content-Security-Policy", "byg hjemmesiden igen")
        elif any(not policy.startswith(page_policy(hashes)) for policy in policies):
            yield Finding(f"/{name}", "serveren sender en anden Content-Security-Policy end den, som siderne er lavet til", "byg hjemmesiden igen")


def _of_page(site: BuiltSite, page: PageFacts) -> Iterator[Finding]:
    where, allowed = f"/{page.url}", _sources(page.policy)
    if not page.policy:
        yield Finding(where, "siden har ingen Content-Security-Policy", "byg hjemmesiden igen; en egen skabelon skal have <meta charset> i sit hoved")
        return
    if "'unsafe-inline'" in allowed or "*" in allowed:
        yield Finding(where, "sidens Content-Security-Policy tillader alle scripts", "fjern det, der har ændret den")
    for hash in page.scripts:
        if hash not in allowed:
            yield Finding(where, "et script på siden er forbudt af sidens Content-Security-Policy", "læg scriptet i en fil på hjemmesiden, eller fjern det")
    for found in page.inline:
        yield Finding(where, f"{found} er forbudt af sidens Content-Security-Policy", "brug en klasse og et stylesheet, eller et script i en fil")
    for reference in page.references:
        if reference.is_file and _is_outside(site, reference.target, page.url):
            yield Finding(where, f"siden henter {reference.target} fra en anden hjemmeside", "læg filen på hjemmesiden selv")


def _sources(policy: str) -> list[str]:
    found = _SCRIPT_SOURCES.search(policy)
    return found[1].split() if found else []


def _is_outside(site: BuiltSite, target: str, page: str) -> bool:
    try:
        return place_of(site, target, page) is None and urlsplit(target).scheme != "data"
    except OutsideError:
        return False  # told of by the promise about links
