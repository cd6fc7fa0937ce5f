"""The headers and redirects as each kind of server wants to be told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from overrides.serving.headers import EVERYWHERE, FINGERPRINT, FINGERPRINTED, SHARED, Headers, Rule

NOT_SERVED = r"(?:_headers|_redirects|_nginx[^/]*\.conf|(?:.*/)?\.(?!well-known/)[^/]+.*)$"
"""What is meant for the server, and what is hidden. Certificates are proved by `.well-known/`."""
_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
_HOST = re.compile(r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?)?")
TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
PACKED = (("br", "br"), ("gz", "gzip"))
"""The endings of packed files, and their codings, the better first."""
MADE_BY = "Made by the build from overrides/serving/: change it there, not here."


class UnusableAddressError(ValueError):
    """The site's address cannot stand in a server's configuration."""


def host_and_base(site_url: str) -> tuple[str, str]:
    """How the site's addresses begin, if that is known, and where on its host it lies, such as `/` or `/under/path/`.

    Raises UnusableAddressError.
    """
    parts = urlsplit(site_url)
    host, path = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "", parts.path.strip("/")
    dots_or_nothing = path and {"", ".", ".."} & set(path.split("/"))
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or dots_or_nothing or parts.query or parts.fragment:
        raise UnusableAddressError(site_url)
    return host, f"/{path}/" if path else "/"


def server_files(
    rules: tuple[Rule, ...], redirects: dict[str, str], site_url: str, folders: Mapping[str, Iterable[str]]
) -> dict[str, str]:
    """By name, the files to write into the site.

    `redirects` are addresses relative to the site's root, old to new, as `macros.moved` lets them through. `site_url` is
    empty where nobody has said where the site will be. Static hosts have no patterns, so `folders` says by the kind of
    rule where its files lie. Raises UnusableAddressError.
    """
    host, base = host_and_base(site_url)
    if wrong := [path for pair in redirects.items() for path in pair if not _PATH.fullmatch(path) or ".." in path]:
        raise ValueError(f"cannot stand in a server's configuration: {wrong}")
    moved = {base + old: base + new for old, new in sorted(redirects.items())}
    for old in [old for old in moved if old.endswith("/")]:
        moved.setdefault(old.rstrip("/"), moved[old])  # else the first redirect would only add the slash
    return {
        ".htaccess": _htaccess(rules, moved, base, host),
        "_headers": _headers(rules, base, folders),
        "_nginx-brotli.conf": f"# {MADE_BY} For an nginx that has Brotli (Debian: libnginx-mod-http-brotli-static).\nbrotli_static on;\n",
        "_nginx.conf": _nginx(rules, moved, base),
        "_redirects": "".join(f"{old} {new} 301\n" for old, new in moved.items()),
    }


def write_server_files(site: Path, rules: tuple[Rule, ...], redirects: dict[str, str], site_url: str) -> None:
    """Write them into a site that is otherwise finished. Raises UnusableAddressError."""
    for name, text in server_files(rules, redirects, site_url, _folders(site)).items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")


def _folders(site: Path) -> dict[str, list[str]]:
    def at_the_top(ending: str, but: set[str]) -> set[str]:
        """Those at the top that hold such a file at any depth: the first that is found will do."""
        return {folder.name for folder in site.glob("*/") if folder.name not in but and any(folder.rglob(f"*.{ending}"))}

    pages = at_the_top("html", {"admin"})
    named = [folder for name in FINGERPRINTED for folder in (site / name).glob("*/") if re.fullmatch(FINGERPRINT, folder.name)]
    return {
        "page": sorted(pages),
        "admin": ["admin"],
        "drawing": sorted(at_the_top("svg", {"admin", *FINGERPRINTED, *pages})),
        "forever": sorted(folder.relative_to(site).as_posix() for folder in named) + [SHARED],
    }


def _headers(rules: tuple[Rule, ...], base: str, folders: Mapping[str, Iterable[str]]) -> str:
    """For Netlify and Cloudflare Pages. What matches twice is joined there, so no header is named twice for an address."""
    own = {rule.kind: rule.own for rule in rules}
    parts: list[tuple[str, Headers]] = [(f"{base}*", EVERYWHERE)]
    parts += [(base + name, own["page"]) for name in ("", "index.html", "404.html")]
    parts += [(f"{base}{folder}/*", own[kind]) for kind, inside in folders.items() for folder in inside]
    return f"# {MADE_BY}\n" + "".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers) for path, headers in parts)


def _nginx(rules: tuple[Rule, ...], moved: dict[str, str], base: str) -> str:
    """One location, so that nothing reaches what else the server has.

    An `add_header` inside hides those outside, so every location that has any has its full set; redirects have none
    of their own and inherit.
    """
    at, other = re.escape(base), rules[-1]
    lines = [
        f"# {MADE_BY}",
        f"# Include it in a server {{ … }} whose root holds the site at {base}, and which has no other location for that.",
        f"location {base} {{",
        "  index index.html;",
        "  absolute_redirect off;",
        "  charset utf-8;",
        f"  charset_types {' '.join(sorted({*TYPES.values(), 'application/javascript', 'application/xml'} - {'text/html'}))};",
        "  gzip_static on;",
        "  gzip_vary on;",
        "  gzip_http_version 1.0;  # proxies ask by it",
        "  gzip_proxied any;",
        f"  error_page 404 {base}404.html;",
        f"  error_page 403 =404 {base}404.html;  # a folder without a page",
        *_add_headers(other.headers, "  "),
        *(f"  location = {old} {{ return 301 {new}; }}" for old, new in moved.items()),
        f'  location ~ "^{at}{NOT_SERVED}" {{ return 404; }}',
    ]
    for rule in rules[:-1]:
        lines += [f'  location ~ "^{at}{rule.pattern}" {{', *_add_headers(rule.headers, "    "), "  }"]
    lines.append("}")
    if base != "/":
        lines.append(f"location = {base.rstrip('/')} {{ absolute_redirect off; return 301 {base}; }}")
    return "\n".join(lines) + "\n"


def _add_headers(headers: Headers, indent: str) -> list[str]:
    return [f'{indent}add_header {name} "{value}" always;' for name, value in headers]


def _htaccess(rules: tuple[Rule, ...], moved: dict[str, str], base: str, host: str) -> str:
    """`host` is how an address begins, if that is known: Apache (2.4) makes a path whole with the host and the scheme that
    it was asked with, and behind a proxy that is not what the reader has."""
    at, kinds = re.escape(base), "|".join(TYPES)
    lines = [
        f"# {MADE_BY}",
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
    lines += [f"AddType {type} .{kind}" for kind, type in TYPES.items()]
    lines += [
        f"AddCharset utf-8 {' '.join(f'.{kind}' for kind in TYPES)}",
        "RemoveLanguage .br",  # Breton
        "RewriteEngine On",
        "RewriteOptions AllowNoSlash",
        f"RewriteRule ^{NOT_SERVED} - [R=404,L]",
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
    for suffix, coding in PACKED:
        lines += [
            rf"RewriteCond %{{HTTP:Accept-Encoding}} (?:^|,)\s*{coding}(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))\s*(?:[;,]|$) [NC]",
            f"RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f",
            rf"RewriteRule \.(?:{kinds})$ %{{REQUEST_URI}}.{suffix} [E=packed_{suffix}:1,L]",
        ]
    for suffix, coding in PACKED:
        for kind, type in TYPES.items():
            lines += [
                rf'<FilesMatch "\.{kind}\.{suffix}$">',
                f'  ForceType "{type}; charset=utf-8"',
                f"  Header set Content-Encoding {coding} env=REDIRECT_packed_{suffix}",
                "</FilesMatch>",
            ]
    lines += [rf'<FilesMatch "\.(?:{kinds})(?:\.br|\.gz)?$">', "  Header merge Vary Accept-Encoding", "</FilesMatch>"]
    return "\n".join(lines) + "\n"
