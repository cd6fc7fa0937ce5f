"""A first visit is light: the front page with all that it loads, compressed as a server sends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Finding
from kanalstrategi.verification.places import OutsideError, place_of

MAX_BYTES = 100_000
"""What the first visit of any page may weigh: some 60,000 bytes are the program's own, the rest is for a logo, a font and an image of the site."""
_IMPORTS = re.compile(r"""\b(?:from|import)\s*+["'](\.{1,2}/[^"'\n]++)["']""")
"""What a script loads before it runs; what it asks for later is no part of the first visit."""
_COMPRESSED = ".br"
_LISTED = 3
"""How many of the heaviest files a message names."""


def first_visit_is_light(site: BuiltSite) -> Iterator[Finding]:
    """Yield the pages whose first visit is heavier than the limit."""
    for url in site.pages:
        sizes = first_visit(site, url)
        if (total := sum(sizes.values())) > MAX_BYTES:
            heaviest = sorted(sizes, key=lambda file: (-sizes[file], file))[:_LISTED]
            names = ", ".join(f"{file or 'forsiden'} ({_kilobytes(sizes[file])})" for file in heaviest)
            message = f"et første besøg fylder {_kilobytes(total)}, og grænsen er {_kilobytes(MAX_BYTES)}; mest fylder {names}"
            yield Finding(f"/{url}", message, "gør billederne mindre, eller brug færre snit af en skrift")


def first_visit(site: BuiltSite, url: str) -> dict[str, int]:
    """Return the bytes of a page and of each file that it loads at once, keyed by URL."""
    page, sizes = site.pages[url], {url: _size(site, url)}
    waiting = []
    for reference in page.references:
        if reference.is_file and not reference.is_lazy:
            try:
                place = place_of(site, reference.target, url)
            except OutsideError:
                continue
            waiting += [place.url] if place else []
    while waiting:
        file = waiting.pop()
        if file not in sizes:
            sizes[file] = _size(site, file)
            if file.endswith(".js") and site.file_of(file).is_file():
                waiting += [urljoin(file, target) for target in _IMPORTS.findall(site.file_of(file).read_text(encoding="utf-8"))]
    return sizes


def _size(site: BuiltSite, url: str) -> int:
    """Return the bytes that a server sends for a URL; none for a file that is not there, which another promise tells of."""
    file = site.file_of(url)
    compressed = file.with_name(file.name + _COMPRESSED)
    return next((found.stat().st_size for found in (compressed, file) if found.is_file()), 0)


def _kilobytes(size: int) -> str:
    return f"{round(size / 1000)} kB"
