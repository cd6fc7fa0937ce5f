"""Writes the headers for Netlify and Cloudflare Pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kanalstrategi.publishing.servers.headers import ANY_SITE, COMMON_HEADERS, HeaderRule, Headers
from kanalstrategi.publishing.servers.served_files import GENERATED_MARKER


def headers_file(rules: tuple[HeaderRule, ...], base: str, folders: Mapping[str, Iterable[str]]) -> str:
    """Return the content of `_headers`. `folders` maps the kind of each rule to the folders with its files.

    These hosts combine the headers of all blocks that match a URL, so no header may be set twice for the same URL. The folders of the open
    data have the rest of their headers from the folders that they are in, which hold pages.
    """
    own = {rule.kind: rule.own for rule in rules}
    blocks: dict[str, Headers] = {f"{base}*": COMMON_HEADERS}
    blocks |= {base + name: own["page"] for name in ("", "index.html", "404.html")}
    for kind, names in folders.items():
        for folder in names:
            path = f"{base}{folder}/*"
            blocks[path] = (*blocks.get(path, ()), *(ANY_SITE if kind == "data" else own[kind]))
    texts = (f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers) for path, headers in blocks.items())
    return f"# {GENERATED_MARKER}\n" + "".join(texts)
