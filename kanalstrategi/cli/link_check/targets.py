"""Reads a URL, typed by an editor or sent by a server, as what is asked of whom. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from kanalstrategi.cli.link_check.addresses import is_address, is_public
from kanalstrategi.cli.link_check.outcome import LinkError, Verdict

MAX_TARGET_CHARACTERS = 4000
"""Limit of a URL that a server redirects to; that of pages is 2,000."""

_PORTS = {"http": 80, "https": 443}
"""The only ports that are asked: on others there are rather machines inside than pages."""
_SAFE = "!#$%&'()*+,/:;=?@[]~"
"""The characters that stay as they are in a path or a query."""
_WRITTEN_WRONGLY = "adressen er ikke skrevet rigtigt"
_DNS_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")


@dataclass(frozen=True)
class Target:
    """What is asked of which server."""

    scheme: str
    host: str
    """In ASCII, in lower case, as DNS has it."""
    path: str
    """Path and query, encoded."""

    @property
    def port(self) -> int:
        """The port of the scheme."""
        return _PORTS[self.scheme]

    @property
    def origin(self) -> str:
        """The scheme and the host, which share one robots.txt."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}"

    @property
    def url(self) -> str:
        """The URL."""
        return f"{self.origin}{self.path}"


def parse_target(url: str, base: Target | None = None) -> Target:
    """Return what a URL asks for; `base` is the page that redirects to it. Raises LinkError for one that is not asked."""
    if len(url) > MAX_TARGET_CHARACTERS or re.search(r"[\x00-\x20\x7f\\]", url.strip(" ")):
        raise LinkError(_WRITTEN_WRONGLY)
    try:
        parts = urlsplit(urljoin(base.url, url.strip(" ")) if base else url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise LinkError(_WRITTEN_WRONGLY) from error
    if parts.scheme not in _PORTS:
        raise LinkError("adressen begynder ikke med https://")
    if not host:
        raise LinkError(_WRITTEN_WRONGLY)
    if "@" in parts.netloc:
        raise LinkError("adressen har et brugernavn i sig", Verdict.UNCHECKED)
    if port not in (None, _PORTS[parts.scheme]):
        raise LinkError(f"der bliver kun spurgt på de sædvanlige porte, ikke på {port}", Verdict.UNCHECKED)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Target(parts.scheme, _ascii_host(host), path)


def _ascii_host(host: str) -> str:
    if is_address(host):
        if not is_public(host):
            raise LinkError("adressen er på et lukket net")
        return host
    try:
        name = (host if host.isascii() else idna.encode(host, uts46=True).decode()).lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise LinkError(_WRITTEN_WRONGLY) from error
    if not _DNS_NAME.fullmatch(name) or len(name) > 253:
        raise LinkError(_WRITTEN_WRONGLY)
    return name.removesuffix(".")
