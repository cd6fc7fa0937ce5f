"""Writes the configuration for Apache."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kanalstrategi.publishing.servers.headers import HeaderRule
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, DENIED_PATHS, GENERATED_MARKER, PRECOMPRESSED


def htaccess(rules: tuple[HeaderRule, ...], redirects: Mapping[str, str], temporary: Mapping[str, str], base: str, host: str) -> str:
    """Return the content of `.htaccess`. `redirects` maps old to new paths on the host, `temporary` paths to URLs; `base` is the path of the site.

    `host` is the start of the site's URLs (scheme and host), or empty if it is not known. Without it, Apache (2.4) completes a path with
    the scheme and host of the request, which differ from the ones that the reader sees if Apache is behind a proxy.
    """
    start, extensions = re.escape(base), "|".join(CONTENT_TYPES)
    lines = [
        f"# {GENERATED_MARKER}",
        "# It needs mod_headers and mod_rewrite. Without them Apache answers 500, rather than leave out what protects readers.",
        f"ErrorDocument 404 {base}404.html",
        f"ErrorDocument 403 {base}404.html",
        "DirectoryIndex index.html",
        "DirectorySlash Off",
    ]
    # Apache evaluates these again for the name of the compressed file. If they did not allow its suffix, compressed pages would have no policy.
    for number, rule in enumerate(rules):
        element = "ElseIf" if number else "If"
        pattern = start + rule.pattern.removesuffix("$") + r"(?:\.(?:br|gz))?$"
        lines += [
            f'<{element} "%{{REQUEST_URI}} =~ m#^{pattern}#">',
            *([f'  ForceType "{rule.content_type}; charset=utf-8"'] if rule.content_type else []),
            *(f'  Header always set {name} "{value}"' for name, value in rule.headers),
            f"</{element}>",
        ]
    lines += [f"AddType {type} .{extension}" for extension, type in CONTENT_TYPES.items()]
    lines += [
        f"AddCharset utf-8 {' '.join(f'.{extension}' for extension in CONTENT_TYPES)}",
        "RemoveLanguage .br",  # Apache would take it for Breton
        "RewriteEngine On",
        "RewriteOptions AllowNoSlash",
        f"RewriteRule ^{DENIED_PATHS} - [R=404,L]",
        *(f"RewriteRule ^{re.escape(old.removeprefix(base))}$ {host}{new} [R=301,L]" for old, new in redirects.items()),
        *(f"RewriteRule ^{re.escape(old.removeprefix(base))}$ {host if url.startswith('/') else ''}{url} [R=302,L]" for old, url in temporary.items()),
        "RewriteCond %{REQUEST_URI} [^/]$",
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html -f",
        f"RewriteRule ^ {host}%{{REQUEST_URI}}/ [R=301,L]",
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html !-f",
        "RewriteRule ^ - [R=404,L]",
        "RewriteCond %{ENV:REDIRECT_packed_br}%{ENV:REDIRECT_packed_gz} 1",
        rf"RewriteRule \.(?:{extensions})\.(?:br|gz)$ - [E=no-gzip:1,E=no-brotli:1,L]",
        rf"RewriteRule \.(?:{extensions})\.(?:br|gz)$ - [R=404,L]",  # a direct request for a compressed file would get no Content-Encoding
    ]
    for suffix, coding in PRECOMPRESSED:
        lines += [
            rf"RewriteCond %{{HTTP:Accept-Encoding}} (?:^|,)\s*{coding}(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))\s*(?:[;,]|$) [NC]",
            f"RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f",
            rf"RewriteRule \.(?:{extensions})$ %{{REQUEST_URI}}.{suffix} [E=packed_{suffix}:1,L]",
        ]
    for suffix, coding in PRECOMPRESSED:
        for extension, type in CONTENT_TYPES.items():
            lines += [
                rf'<FilesMatch "\.{extension}\.{suffix}$">',
                f'  ForceType "{type}; charset=utf-8"',
                f"  Header set Content-Encoding {coding} env=REDIRECT_packed_{suffix}",
                "</FilesMatch>",
            ]
    lines += [rf'<FilesMatch "\.(?:{extensions})(?:\.br|\.gz)?$">', "  Header merge Vary Accept-Encoding", "</FilesMatch>"]
    return "\n".join(lines) + "\n"
