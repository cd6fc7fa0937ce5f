"""Says why an HTML page must not stand beside those of others on a portal. No I/O.

The policy at a page's top lets no other scripts run than files of the same host, and a browser takes a file of another kind for a script if a page
asks it to. So every script of a page has to be written as the program writes it, which needs no parser that reads HTML as browsers do: a script
begins with the same seven characters in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape

from kanalstrategi.publishing.csp import page_policy

# Only spaces that HTML knows: after any other character a browser has begun the page's body, where it takes no policy. And no letters in other case:
# those of other alphabets (ſ) are the same letter to Python, and not to a browser.
_START = re.compile(
    r'[ \t\r\n]*<!doctype html>[ \t\r\n]*<html lang="[A-Za-z0-9-]{2,35}"(?: dir="(?:ltr|rtl)")?(?: class="no-js")?>[ \t\r\n]*<head>[ \t\r\n]*'
    r'<meta charset="utf-8">[ \t\r\n]*<meta http-equiv="Content-Security-Policy" content="([^"]{1,2000})">'
)
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/=]{44}'")
_ANY_SCRIPT = re.compile("<script", re.IGNORECASE | re.ASCII)
_SOURCE = r'src="(?!//)[A-Za-z0-9._~/-]{1,500}\.js"'
_OWN_SCRIPT = re.compile(rf'<script(?: type="application/(?:ld\+)?json"| type="module" {_SOURCE}| {_SOURCE} data-target="[^"<>]{{1,2000}}")?>')
_FOR_SERVERS = re.compile(r"<!--#|<\?|<%")
"""How commands begin that a server runs in pages: server-side includes, PHP and ASP."""


def fault_of_page(content: bytes, inline: Set[str]) -> str:
    """Return why a page must not be published, in Danish; empty if it may. `inline` are the hashes of the program's scripts in pages."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return "siden er ikke gemt som UTF-8"
    start = _START.match(text)
    if not start:
        return "siden begynder ikke med den sikkerhedspolitik, som programmet skriver"
    policy = unescape(start[1])
    hashes = set(_HASH.findall(policy))
    if policy != page_policy(hashes) or not hashes <= inline:
        return "sidens sikkerhedspolitik tillader mere end programmets egne scripts"
    if any(not _OWN_SCRIPT.match(text, script.start()) for script in _ANY_SCRIPT.finditer(text)):
        return "siden henter et script på en anden måde end programmets sider"
    if _FOR_SERVERS.search(text):
        return "siden har en kommando til en webserver i sig"
    return ""
