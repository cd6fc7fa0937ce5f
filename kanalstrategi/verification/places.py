"""Where an address that is written on a page or in a file leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from kanalstrategi.content.urls import LOCAL_URL
from kanalstrategi.verification.built_site import BuiltSite

_HOST = "http://site.invalid"
"""Stands for the host while addresses are resolved (RFC 2606: the name can never exist)."""


@dataclass(frozen=True)
class Place:
    """A place on the site."""

    url: str
    """Relative to the site's root."""
    anchor: str = ""

    def __str__(self) -> str:
        return f"/{self.url}{f'#{self.anchor}' if self.anchor else ''}"


class OutsideError(ValueError):
    """An address on the site's own host that is not below the site's own path."""


def place_of(site: BuiltSite, target: str, page: str = "") -> Place | None:
    """Return where a target on a page, or in a file beside it, leads; None if it is another site or no address of a page.

    Raises OutsideError for an address that only works while the site is at the root of its host.
    """
    root = f"{_HOST}{site.base_path}"
    for own in filter(None, (site.site_url, LOCAL_URL)):
        if target.startswith(own):
            target = root + target.removeprefix(own)
    try:
        absolute = urlsplit(urljoin(root + page, target.strip()))
    except ValueError:  # a host in brackets, for one
        raise OutsideError(target) from None
    if f"{absolute.scheme}://{absolute.netloc}" != _HOST:
        return None
    path = absolute.path or "/"
    if not path.startswith(site.base_path):
        raise OutsideError(target)
    return Place(unquote(path.removeprefix(site.base_path)), unquote(absolute.fragment))
