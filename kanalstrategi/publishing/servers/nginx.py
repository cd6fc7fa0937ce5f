"""Writes the configuration for nginx."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kanalstrategi.publishing.servers.headers import HeaderRule, Headers
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, DENIED_PATHS, GENERATED_MARKER


def nginx_config(rules: tuple[HeaderRule, ...], redirects: Mapping[str, str], temporary: Mapping[str, str], base: str) -> str:
    """Return the content of `_nginx.conf`. `redirects` maps old to new paths on the host, `temporary` paths to URLs; `base` is the path of the site.

    Everything is inside one location, so that other sites on the server are not affected. An `add_header` in an inner location hides
    all those of the outer one, so each location with headers has the full set. Redirects have no headers of their own and inherit them.
    """
    start, other = re.escape(base), rules[-1]
    own_types = {rule.content_type for rule in rules if rule.content_type}
    lines = [
        f"# {GENERATED_MARKER}",
        f"# Include it in a server {{ … }} whose root holds the site at {base}, and which has no other location for that.",
        f"location {base} {{",
        "  index index.html;",
        "  absolute_redirect off;",
        "  charset utf-8;",
        f"  charset_types {' '.join(sorted({*CONTENT_TYPES.values(), 'application/javascript', 'application/xml', *own_types} - {'text/html'}))};",
        "  gzip_static on;",
        "  gzip_vary on;",
        "  gzip_http_version 1.0;  # proxies ask by it",
        "  gzip_proxied any;",
        f"  error_page 404 {base}404.html;",
        f"  error_page 403 =404 {base}404.html;  # a folder without a page",
        *_add_headers(other.headers, "  "),
        *(f"  location = {old} {{ return 301 {new}$is_args$args; }}" for old, new in redirects.items()),
        *(f"  location = {old} {{ return 302 {url}; }}" for old, url in temporary.items()),
        f'  location ~ "^{start}{DENIED_PATHS}" {{ return 404; }}',
    ]
    for rule in rules[:-1]:
        type = [f"    types {{ }} default_type {rule.content_type};"] if rule.content_type else []
        lines += [f'  location ~ "^{start}{rule.pattern}" {{', *type, *_add_headers(rule.headers, "    "), "  }"]
    lines.append("}")
    if base != "/":
        lines.append(f"location = {base.rstrip('/')} {{ absolute_redirect off; return 301 {base}$is_args$args; }}")
    return "\n".join(lines) + "\n"


def _add_headers(headers: Headers, indent: str) -> list[str]:
    return [f'{indent}add_header {name} "{value}" always;' for name, value in headers]
