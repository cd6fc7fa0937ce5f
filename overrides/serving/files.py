"""The headers and redirects as each kind of server wants to be told of them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from overrides.serving.headers import EVERYWHERE, FINGERPRINTED, SHARED, Headers, Rule

NOT_SERVED = r"(?:_headers|_redirects|_nginx[^/]*\.conf|(?:.*/)?\.(?!well-known/)[^/]+.*)$"
"""What is meant for the server, and what is hidden. Certificates are proved by `.well-known/`."""
TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
MADE_BY = "Made by the build from overrides/serving/: change it there, not here."


def server_files(
    rules: tuple[Rule, ...], redirects: dict[str, str], base: str, folders: frozenset[str], forever: frozenset[str]
) -> dict[str, str]:
    """By name, the files to write into the site.

    `redirects` are addresses of the site, old to new. `base` is the path it lies at, such as `/` or `/under/path/`.
    `folders` are those at the top that hold pages, `forever` the addresses that a fingerprint keeps from changing:
    static hosts have no patterns that could tell.
    """
    for path in [base, *redirects, *redirects.values(), *folders, *forever]:
        if not re.fullmatch(r"[A-Za-z0-9/._~-]*", path) or ".." in path:
            raise ValueError(f"cannot stand in a server's configuration: {path!r}")
    if not (base.startswith("/") and base.endswith("/")) or "//" in base:
        raise ValueError(f"no base path: {base!r}")
    moved = {base + old.lstrip("/"): base + new.lstrip("/") for old, new in sorted(redirects.items())}
    for old in [old for old in moved if old.endswith("/") and old != base]:
        moved.setdefault(old.rstrip("/"), moved[old])  # else the first redirect would only add the slash
    return {
        ".htaccess": _htaccess(rules, moved, base),
        "_headers": _headers(rules, base, folders, forever),
        "_nginx-brotli.conf": f"# {MADE_BY} For an nginx that has Brotli (Debian: libnginx-mod-http-brotli-static).\nbrotli_static on;\n",
        "_nginx.conf": _nginx(rules, moved, base),
        "_redirects": "".join(f"{old} {new} 301\n" for old, new in moved.items()),
    }


def write_server_files(site: Path, rules: tuple[Rule, ...], redirects: dict[str, str], site_url: str) -> None:
    """Write them into a site that is otherwise finished."""
    folders = {page.relative_to(site).parts[0] for page in site.glob("*/**/*.html")} - {"admin"}
    found = [entry for name in FINGERPRINTED for entry in (site / name).glob("*/")] + [*(site / SHARED).glob("*.png")]
    forever = {
        f"{path}/*" if entry.is_dir() else path
        for entry in found
        if re.match(rules[0].pattern, (path := entry.relative_to(site).as_posix()) + ("/" if entry.is_dir() else ""))
    }
    paths = frozenset(path.removesuffix("/*") for path in forever)
    for name, text in server_files(rules, redirects, base_path(site_url), frozenset(folders), paths).items():
        (site / name).write_text(text, encoding="utf-8")


def base_path(site_url: str) -> str:
    """Where on its host the site lies."""
    path = urlsplit(site_url).path.strip("/")
    return f"/{path}/" if path else "/"


def _headers(rules: tuple[Rule, ...], base: str, folders: frozenset[str], forever: frozenset[str]) -> str:
    """For Netlify and Cloudflare Pages. What matches twice is joined there, so no header is named twice for an address."""
    own = {rule.kind: rule.own for rule in rules}
    parts: list[tuple[str, Headers]] = [(f"{base}*", EVERYWHERE)]
    parts += [(base + name, own["page"]) for name in ("", "index.html", "404.html")]
    parts += [(f"{base}{name}/*", own["page"]) for name in sorted(folders)]
    parts += [(f"{base}admin/*", own["admin"])]
    parts += [(base + path + ("" if path.endswith(".png") else "/*"), own["forever"]) for path in sorted(forever)]
    return f"# {MADE_BY}\n" + "".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers) for path, headers in parts)


def _nginx(rules: tuple[Rule, ...], moved: dict[str, str], base: str) -> str:
    """One location, so that nothing reaches what else the server has.

    An `add_header` inside hides those outside, so every location that has any has its full set; redirects have none
    of their own and inherit.
    """
    at, other = re.escape(base), rules[-1]
    lines = [
        f"# {MADE_BY}",
        "# Include it in a server { … } whose root holds the site at this path.",
        f"location {base} {{",
        "  index index.html;",
        "  absolute_redirect off;",
        "  charset utf-8;",
        f"  charset_types {' '.join(sorted({*TYPES.values(), 'application/javascript', 'application/xml'} - {'text/html'}))};",
        "  gzip_static on;",
        "  gzip_vary on;",
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


def _htaccess(rules: tuple[Rule, ...], moved: dict[str, str], base: str) -> str:
    at, kinds = re.escape(base), "|".join(TYPES)
    lines = [
        f"# {MADE_BY}",
        f"ErrorDocument 404 {base}404.html",
        f"ErrorDocument 403 {base}404.html",
        "DirectoryIndex index.html",
        "<IfModule mod_alias.c>",
        *(f'  RedirectMatch 301 "^{re.escape(old)}$" "{new}"' for old, new in moved.items()),
        f'  RedirectMatch 404 "^{at}{NOT_SERVED}"',
        "</IfModule>",
        "<IfModule mod_headers.c>",
    ]
    # Apache looks again under the name of the packed file: without its suffix here, packed pages would have no policy.
    patterns = [at + rule.pattern.removesuffix("$") + r"(?:\.(?:br|gz))?$" for rule in rules]
    for number, rule in enumerate(rules):
        others = "".join(f" && %{{REQUEST_URI}} !~ m#^{earlier}#" for earlier in patterns[:number])
        lines += [
            f'  <If "%{{REQUEST_URI}} =~ m#^{patterns[number]}#{others}">',
            *(f'    Header always set {name} "{value}"' for name, value in rule.headers),
            "  </If>",
        ]
    lines += ["</IfModule>", "<IfModule mod_mime.c>"]
    lines += [f"  AddType {type} .{kind}" for kind, type in TYPES.items()]
    lines += [
        f"  AddCharset utf-8 {' '.join(f'.{kind}' for kind in TYPES)}",
        "  RemoveLanguage .br",  # Breton
        "</IfModule>",
        "<IfModule mod_rewrite.c>",
        "  RewriteEngine On",
        "  RewriteCond %{REQUEST_FILENAME} -d",
        "  RewriteCond %{REQUEST_FILENAME}/index.html !-f",
        "  RewriteRule ^ - [R=404,L]",
        "  <IfModule mod_headers.c>",
    ]
    for suffix, coding in (("br", "br"), ("gz", "gzip")):
        lines += [
            rf"    RewriteCond %{{HTTP:Accept-Encoding}} \b{coding}\b",
            f"    RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f",
            rf"    RewriteRule \.(?:{kinds})$ %{{REQUEST_URI}}.{suffix} [E=packed_{suffix}:1,E=no-gzip:1,E=no-brotli:1,L]",
        ]
    for suffix, coding in (("br", "br"), ("gz", "gzip")):
        for kind, type in TYPES.items():
            lines += [
                rf'    <FilesMatch "\.{kind}\.{suffix}$">',
                f'      ForceType "{type}; charset=utf-8"',
                f"      Header set Content-Encoding {coding} env=REDIRECT_packed_{suffix}",
                "      SetEnv no-gzip 1",
                "      SetEnv no-brotli 1",
                "    </FilesMatch>",
            ]
    lines += [
        rf'    <FilesMatch "\.(?:{kinds})(?:\.br|\.gz)?$">',
        "      Header merge Vary Accept-Encoding",
        "    </FilesMatch>",
        "  </IfModule>",
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"
