"""The configuration for Apache."""

from __future__ import annotations

import re

from kanalstrategi.publishing.servers.headers import HeaderRule
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, DENIED_PATHS, GENERATED_MARKER, PRECOMPRESSED


def htaccess(rules: tuple[HeaderRule, ...], moved: dict[str, str], base: str, host: str) -> str:
    """`host` is how an address begins, if that is known: Apache (2.4) makes a path whole with the host and the scheme that
    it was asked with, and behind a proxy that is not what the reader has."""
    at, kinds = re.escape(base), "|".join(CONTENT_TYPES)
    lines = [
        f"# {GENERATED_MARKER}",
        "# It needs mod_headers and mod_rewrite. Without them Apache answers 500, rather than leave out what protects readers.",
        f"ErrorDocument 404 {base}404.html",
        f"ErrorDocument 403 {base}404.html",
        "DirectoryIndex index.html",
        "DirectorySlash Off",
    ]
    # Apache looks again under the name of the packed file: without its suffix here, packed pages would have no policy.
    for number, rule in enumerate(rules):
        element = "ElseIf" if number else "If"
        pattern = at + rule.pattern.removesuffix("$") + r"(?:\.(?:br|gz))?$"
        lines += [
            f'<{element} "%{{REQUEST_URI}} =~ m#^{pattern}#">',
            *(f'  Header always set {name} "{value}"' for name, value in rule.headers),
            f"</{element}>",
        ]
    lines += [f"AddType {type} .{kind}" for kind, type in CONTENT_TYPES.items()]
    lines += [
        f"AddCharset utf-8 {' '.join(f'.{kind}' for kind in CONTENT_TYPES)}",
        "RemoveLanguage .br",  # Breton
        "RewriteEngine On",
        "RewriteOptions AllowNoSlash",
        f"RewriteRule ^{DENIED_PATHS} - [R=404,L]",
        *(f"RewriteRule ^{re.escape(old.removeprefix(base))}$ {host}{new} [R=301,L]" for old, new in moved.items()),
        "RewriteCond %{REQUEST_URI} [^/]$",
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html -f",
        f"RewriteRule ^ {host}%{{REQUEST_URI}}/ [R=301,L]",
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html !-f",
        "RewriteRule ^ - [R=404,L]",
        "RewriteCond %{ENV:REDIRECT_packed_br}%{ENV:REDIRECT_packed_gz} 1",
        rf"RewriteRule \.(?:{kinds})\.(?:br|gz)$ - [E=no-gzip:1,E=no-brotli:1,L]",
        rf"RewriteRule \.(?:{kinds})\.(?:br|gz)$ - [R=404,L]",  # asked for by that name, its coding would not be told
    ]
    for suffix, coding in PRECOMPRESSED:
        lines += [
            rf"RewriteCond %{{HTTP:Accept-Encoding}} (?:^|,)\s*{coding}(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))\s*(?:[;,]|$) [NC]",
            f"RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f",
            rf"RewriteRule \.(?:{kinds})$ %{{REQUEST_URI}}.{suffix} [E=packed_{suffix}:1,L]",
        ]
    for suffix, coding in PRECOMPRESSED:
        for kind, type in CONTENT_TYPES.items():
            lines += [
                rf'<FilesMatch "\.{kind}\.{suffix}$">',
                f'  ForceType "{type}; charset=utf-8"',
                f"  Header set Content-Encoding {coding} env=REDIRECT_packed_{suffix}",
                "</FilesMatch>",
            ]
    lines += [rf'<FilesMatch "\.(?:{kinds})(?:\.br|\.gz)?$">', "  Header merge Vary Accept-Encoding", "</FilesMatch>"]
    return "\n".join(lines) + "\n"
