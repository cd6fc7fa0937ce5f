"""The headers for Netlify and Cloudflare Pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kanalstrategi.publishing.servers.headers import COMMON_HEADERS, HeaderRule, Headers
from kanalstrategi.publishing.servers.served_files import GENERATED_MARKER


def headers_file(rules: tuple[HeaderRule, ...], base: str, folders: Mapping[str, Iterable[str]]) -> str:
    """For Netlify and Cloudflare Pages. What matches twice is joined there, so no header is named twice for an address."""
    own = {rule.kind: rule.own for rule in rules}
    parts: list[tuple[str, Headers]] = [(f"{base}*", COMMON_HEADERS)]
    parts += [(base + name, own["page"]) for name in ("", "index.html", "404.html")]
    parts += [(f"{base}{folder}/*", own[kind]) for kind, inside in folders.items() for folder in inside]
    return f"# {GENERATED_MARKER}\n" + "".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers) for path, headers in parts)
