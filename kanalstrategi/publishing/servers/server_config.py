"""The headers and redirects as each kind of server wants to be told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.publishing.servers.apache import htaccess
from kanalstrategi.publishing.servers.headers import FINGERPRINT, FINGERPRINTED_FOLDERS, SOCIAL_CARD_FOLDER, HeaderRule
from kanalstrategi.publishing.servers.nginx import nginx_config
from kanalstrategi.publishing.servers.served_files import GENERATED_MARKER
from kanalstrategi.publishing.servers.static_hosts import headers_file

_PATH = re.compile(r"[A-Za-z0-9/._~-]*")

_HOST = re.compile(r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?)?")


class UnusableUrlError(ValueError):
    """The site's address cannot stand in a server's configuration."""


def host_and_base(site_url: str) -> tuple[str, str]:
    """How the site's addresses begin, if that is known, and where on its host it lies, such as `/` or `/under/path/`.

    Raises UnusableAddressError.
    """
    parts = urlsplit(site_url)
    host, path = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "", parts.path.strip("/")
    dots_or_nothing = path and {"", ".", ".."} & set(path.split("/"))
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or dots_or_nothing or parts.query or parts.fragment:
        raise UnusableUrlError(site_url)
    return host, f"/{path}/" if path else "/"


def server_files(
    rules: tuple[HeaderRule, ...], redirects: dict[str, str], site_url: str, folders: Mapping[str, Iterable[str]]
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
        ".htaccess": htaccess(rules, moved, base, host),
        "_headers": headers_file(rules, base, folders),
        "_nginx-brotli.conf": f"# {GENERATED_MARKER} For an nginx that has Brotli (Debian: libnginx-mod-http-brotli-static).\nbrotli_static on;\n",
        "_nginx.conf": nginx_config(rules, moved, base),
        "_redirects": "".join(f"{old} {new} 301\n" for old, new in moved.items()),
    }


def write_server_files(site: Path, rules: tuple[HeaderRule, ...], redirects: dict[str, str], site_url: str) -> None:
    """Write them into a site that is otherwise finished. Raises UnusableAddressError."""
    for name, text in server_files(rules, redirects, site_url, _folders_by_rule(site)).items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")


def _folders_by_rule(site: Path) -> dict[str, list[str]]:
    def at_the_top(ending: str, but: set[str]) -> set[str]:
        """Those at the top that hold such a file at any depth: the first that is found will do."""
        return {folder.name for folder in site.glob("*/") if folder.name not in but and any(folder.rglob(f"*.{ending}"))}

    pages = at_the_top("html", {"admin"})
    named = [folder for name in FINGERPRINTED_FOLDERS for folder in (site / name).glob("*/") if re.fullmatch(FINGERPRINT, folder.name)]
    return {
        "page": sorted(pages),
        "admin": ["admin"],
        "drawing": sorted(at_the_top("svg", {"admin", *FINGERPRINTED_FOLDERS, *pages})),
        "forever": sorted(folder.relative_to(site).as_posix() for folder in named) + [SOCIAL_CARD_FOLDER],
    }
