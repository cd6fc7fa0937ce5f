"""Writes the headers and redirects into the configuration files of each kind of server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.data_model import DATA_FOLDER
from kanalstrategi.publishing.servers.apache import htaccess
from kanalstrategi.publishing.servers.headers import FINGERPRINT, FINGERPRINTED_FOLDERS, HeaderRule
from kanalstrategi.publishing.servers.iis import web_config
from kanalstrategi.publishing.servers.nginx import nginx_config
from kanalstrategi.publishing.servers.served_files import GENERATED_MARKER
from kanalstrategi.publishing.servers.static_hosts import headers_file
from kanalstrategi.publishing.sharing.social_card import CARD_FOLDER

_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
_HOST = re.compile(r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?)?")

_OUTWARD = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9/._~-]*)?(?:\?[A-Za-z0-9=&._~-]*)?")
_NONE: Mapping[str, str] = MappingProxyType({})


class UnusableUrlError(ValueError):
    """The site's URL cannot be written in a server's configuration."""


def host_and_base(site_url: str) -> tuple[str, str]:
    """Return the start of the site's URLs (scheme and host, or empty if not known) and the site's path: `/` or `/under/path/`.

    Raises UnusableUrlError.
    """
    parts = urlsplit(site_url)
    host, path = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "", parts.path.strip("/")
    has_bad_part = path and {"", ".", ".."} & set(path.split("/"))
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or has_bad_part or parts.query or parts.fragment:
        raise UnusableUrlError(site_url)
    return host, f"/{path}/" if path else "/"


def server_files(
    rules: tuple[HeaderRule, ...],
    redirects: Mapping[str, str],
    site_url: str,
    folders: Mapping[str, Iterable[str]],
    temporary: Mapping[str, str] = _NONE,
) -> dict[str, str]:
    """Return the content of the files to write into the site, keyed by name.

    `redirects` maps old to new URLs, relative to the site's root, in the form that `kanalstrategi.content.redirects` accepts.
    `site_url` is empty if it is not known where the site will be published. Static hosts do not support patterns, so `folders` maps
    the kind of each rule to the folders with its files. `temporary` maps URLs of the site to others that may change, also on other hosts; one
    that cannot stand in a server's configuration is left to the page that leads there. Raises UnusableUrlError, and ValueError for a redirect that cannot be
    written in a server's configuration.
    """
    host, base = host_and_base(site_url)
    if bad := [path for pair in redirects.items() for path in pair if not _PATH.fullmatch(path) or ".." in path]:
        raise ValueError(f"cannot stand in a server's configuration: {bad}")
    paths = {base + old: base + new for old, new in sorted(redirects.items())}
    for old in [old for old in paths if old.endswith("/")]:
        paths.setdefault(old.rstrip("/"), paths[old])  # otherwise the server's first redirect would only add the slash
    outward = {old: url if _OUTWARD.fullmatch(url) else base + url for old, url in temporary.items() if _OUTWARD.fullmatch(url) or _PATH.fullmatch(url)}
    passing = {base + way: url for old, url in outward.items() for way in (old, old.rstrip("/"))}
    return {
        ".htaccess": htaccess(rules, paths, passing, base, host),
        "_headers": headers_file(rules, base, folders),
        "_nginx-brotli.conf": f"# {GENERATED_MARKER} For an nginx that has Brotli (Debian: libnginx-mod-http-brotli-static).\nbrotli_static on;\n",
        "_nginx.conf": nginx_config(rules, paths, passing, base),
        "_redirects": "".join(f"{old} {new} 301\n" for old, new in paths.items()) + "".join(f"{old} {url} 302\n" for old, url in passing.items()),
        "web.config": web_config(rules, paths, passing, base, host),
    }


def write_server_files(
    site: Path, rules: tuple[HeaderRule, ...], redirects: Mapping[str, str], site_url: str, temporary: Mapping[str, str] = _NONE
) -> None:
    """Write the files into a site that is otherwise complete. See `server_files` for the arguments and errors."""
    for name, text in server_files(rules, redirects, site_url, _folders_by_kind(site), temporary).items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")


def _folders_by_kind(site: Path) -> dict[str, list[str]]:
    """Return the folders with the files of each rule, keyed by the rule's kind."""

    def top_folders(extension: str, excluded: set[str]) -> set[str]:
        """Return the top-level folders with at least one file, at any depth, that has a given extension."""
        return {folder.name for folder in site.glob("*/") if folder.name not in excluded and any(folder.rglob(f"*.{extension}"))}

    pages = top_folders("html", {"admin"})
    fingerprinted = [folder for name in FINGERPRINTED_FOLDERS for folder in (site / name).glob("*/") if re.fullmatch(FINGERPRINT, folder.name)]
    data = [folder for folder in (site / DATA_FOLDER, *site.glob(f"{EDITION_FOLDER}/*/{DATA_FOLDER}")) if folder.is_dir()]
    return {
        "page": sorted(pages),
        "admin": ["admin"],
        "svg": sorted(top_folders("svg", {"admin", *FINGERPRINTED_FOLDERS, *pages})),
        "immutable": [*sorted(folder.relative_to(site).as_posix() for folder in fingerprinted), CARD_FOLDER],
        "data": sorted(folder.relative_to(site).as_posix() for folder in data),
    }
