"""Says why a built site must not stand beside others on a portal. No I/O.

All sites of a portal have one origin, so that a script on one could read and change the pages of another. The program itself writes no other
scripts than its own, but a site is built with its municipality's own macros, and those can write anything. Each file is therefore checked.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape

from kanalstrategi.publishing.csp import page_policy

MAX_FILE_BYTES = 100_000_000
MAX_SITE_BYTES = 2_000_000_000
MAX_FILES = 100_000
MAX_DEPTH = 30
"""How many folders may lie inside each other."""
EXTENSIONS = frozenset((
    "br", "css", "csv", "docx", "gif", "gz", "html", "ico", "ics", "jpeg", "jpg", "js", "json", "jsonld", "md", "ods", "odt", "pdf",
    "png", "pptx", "svg", "txt", "webp", "woff2", "xlsx", "xml",
))  # fmt: skip # one line per name would fill a page
"""The extensions of the files that a site may have. Anything else, such as `.php`, might be run by a web server."""
NAMES_WITHOUT_EXTENSION = frozenset(("CNAME", ".nojekyll"))
LEFT_OUT = ("admin", "_headers", "_redirects", "_nginx.conf", "_nginx-brotli.conf", ".htaccess", "web.config")
"""What is not published of a site. Its editor keeps its key in the browser, where any page of the same origin can read it, and what tells a
web server what to do could make it send a text file of the site as a page."""

_PATH = re.compile(r"(?!.*//)(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9._~/-]{1,300}")
_START = re.compile(
    r'\s*<!doctype html>\s*<html lang="[A-Za-z-]{2,12}"(?: (?:class="no-js"|dir="(?:ltr|rtl)")){0,2}>\s*<head>\s*<meta charset="utf-8">\s*'
    r'<meta http-equiv="Content-Security-Policy" content="([^"]{1,2000})">',
    re.IGNORECASE,
)
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/=]{44}'")
_SCRIPT_SOURCE = re.compile(r"<script\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_ACTIVE_SVG = re.compile(r"<\s*(?:[\w-]{1,20}:)?(?:script|foreignObject|iframe|embed|object)\b|\bon[a-z]{3,30}\s*=|javascript:|<!ENTITY", re.IGNORECASE)


def is_left_out(path: str) -> bool:
    """Whether a file or folder of a site is not published on a portal. Paths are relative to the site."""
    return path.split("/", 1)[0] in LEFT_OUT


def fault_of_name(path: str) -> str:
    """Return why a file must not be published because of its path, in Danish; empty if it may."""
    name = path.rpartition("/")[2]
    if not _PATH.fullmatch(path):
        return "navnet har andre tegn end bogstaver a–z, tal, punktum, bindestreg og understreg"
    if name not in NAMES_WITHOUT_EXTENSION and name.rpartition(".")[2].lower() not in EXTENSIONS:
        return "den slags fil har en hjemmeside ikke"
    return ""


def fault_of_content(path: str, content: bytes, scripts: Set[bytes], inline: Set[str]) -> str:
    """Return why a file must not be published because of its content, in Danish; empty if it may.

    `scripts` are the contents of the program's own scripts, and `inline` the hashes of those in its pages.
    """
    extension = path.rpartition(".")[2].lower()
    if extension == "js":
        return "" if content in scripts else "scriptet er ikke programmets eget"
    text = content.decode("utf-8", errors="replace") if extension in ("html", "svg") else ""
    if extension == "svg" and _ACTIVE_SVG.search(text):
        return "tegningen har et script i sig"
    return _fault_of_page(text, inline) if extension == "html" else ""


def _fault_of_page(text: str, inline: Set[str]) -> str:
    start = _START.match(text)
    if not start:
        return "siden begynder ikke med den sikkerhedspolitik, som programmet skriver"
    policy = unescape(start[1])
    hashes = set(_HASH.findall(policy))
    if policy != page_policy(hashes) or not hashes <= inline:
        return "sidens sikkerhedspolitik tillader mere end programmets egne scripts"
    if any(not source.endswith(".js") or "//" in source for source in _SCRIPT_SOURCE.findall(text)):
        return "siden henter et script, der ikke er programmets"
    return ""
