"""Decides which requests the preview answers, and which of them may edit. No I/O.

The preview has no password, and every web page that is open in the same browser can send it requests. A page whose name is made to
point to this machine (DNS rebinding) can even read the answers, but it cannot choose the header `Host`, nor those by which a browser
says where a request comes from.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs

KEY = "noegle"
"""The name of the key in the URL that the editor is opened with."""
MAX_URL_CHARACTERS = 2000
"""Maximum length of a URL's path."""
_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered."""

    status: HTTPStatus
    reason: str
    """A sentence in Danish that says what to do."""


class Door:
    """Knows the address of the preview, and two secrets that live as long as its process: the key in the editor's URL, and a cookie.

    A browser that comes with the key gets the cookie, whose value is another, so that the key need not be kept. Browsers send cookies to
    all ports of a machine: the name has the port in it, and a page on another port is refused although it has the cookie.
    """

    def __init__(self, host: str, port: int, path: str) -> None:
        names = {*_NAMES, f"[{host}]" if ":" in host else host.lower()}
        self._hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{port}{path}"
        self._path = f"{path}admin/"
        self._key, self._cookie_value = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._cookie_name = f"redigering-{port}"

    @property
    def editor_url(self) -> str:
        """The URL that the editor is opened with. Whoever has it may edit."""
        return f"{self._url}admin/?{KEY}={self._key}"

    @property
    def cookie(self) -> str:
        """The value of the header `Set-Cookie` for a browser that has come with the key."""
        return f"{self._cookie_name}={self._cookie_value}; Path={self._path}; HttpOnly; SameSite=Strict"

    def has_key(self, query: str) -> bool:
        """Whether the query of a URL holds the key."""
        return any(_are_equal(value, self._key) for value in parse_qs(query).get(KEY, ()))

    def refuse(self, headers: Mapping[str, str], path: str) -> Refusal | None:
        """Return why a request is not answered at all, if so. The names of the headers are in lower case."""
        if len(path) > MAX_URL_CHARACTERS or not path.isprintable():
            return Refusal(HTTPStatus.BAD_REQUEST, "Adressen kan ikke bruges – ret den.")
        if headers.get("host", "").lower() not in self._hosts:
            return Refusal(HTTPStatus.FORBIDDEN, f"Forhåndsvisningen svarer kun på sin egen adresse – åbn {self._url}")
        if not self._is_own(headers) and not _is_followed_link(headers):
            return Refusal(HTTPStatus.FORBIDDEN, f"Forhåndsvisningen svarer ikke på det, som andre sider beder om – åbn {self._url} selv")
        return None

    def refuse_to_edit(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request may not see or use the editor, if so, even though it may see the preview."""
        if not self._is_own(headers) or not self._has_cookie(headers.get("cookie", "")):
            reason = "Redigeringen kræver nøglen i adressen – åbn den adresse, som serve.py skrev, da forhåndsvisningen blev startet"
            return Refusal(HTTPStatus.FORBIDDEN, reason)
        return None

    def refuse_to_write(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request from the editor may not ask for a change, if so."""
        if headers.get("origin") != f"http://{headers.get('host', '').lower()}":  # browsers always send it with what is not a plain GET
            return Refusal(HTTPStatus.FORBIDDEN, "Redigeringen kan kun bruges fra sin egen side – genindlæs den")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":  # which no form can send
            return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Redigeringens besked kan ikke læses – genindlæs siden")
        return None

    def _is_own(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from a page of the preview, or from nobody but the user. Browsers of before 2023 may not say."""
        origin = headers.get("origin")
        is_own_origin = origin is None or origin == f"http://{headers.get('host', '').lower()}"
        return is_own_origin and headers.get("sec-fetch-site", "none") in ("none", "same-origin")

    def _has_cookie(self, header: str) -> bool:
        cookies = (cookie.strip().partition("=") for cookie in header.split(";"))
        return any(name == self._cookie_name and _are_equal(value, self._cookie_value) for name, _, value in cookies)


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_followed_link(headers: Mapping[str, str]) -> bool:
    """Whether someone has followed a link on another page: that shows the preview to nobody but the user."""
    return headers.get("origin") is None and (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")


def _are_equal(given: str, secret: str) -> bool:
    """Compare two texts in a time that does not tell how much of them is equal."""
    return hmac.compare_digest(given.encode(), secret.encode())
