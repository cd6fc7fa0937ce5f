"""The second corpus of attacks by what a reader opens: queries, fragments, what the browser has stored, messages, and requests to the web server."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.support.canary import Watch, watching
from tests.support.project import PUBLISHED_PATH
from tests.support.servers import nginx
from tests.support.threats.reader import ADDRESSES, HEADERS, MESSAGES, QUERIES, REQUESTS, STORAGE_VALUES

PAGES = ("vaelg-kanal/", "regler/", "soeg/?q=kanal")
HIDDEN = b"location of Headers"
"""What the hidden files of `published_url` hold."""
CANNOT_BE_TYPED = "broken percent sign"
"""The query that is in an address alone."""


@pytest.fixture(scope="module")
def origin(published: Path) -> Iterator[str]:
    """The URL of the site, served by nginx with the headers that the build has written."""
    with nginx(published, PUBLISHED_PATH) as url:
        yield url


@pytest.fixture(scope="module")
def watch(origin: str, browser: Browser) -> Iterator[Watch]:
    """A watched page of that site without its Content-Security-Policy, which would stop what must not be there at all."""
    with watching(browser, origin, policy=False) as found:
        yield found


def encoded(query: str) -> str:
    """Return a query as it stands in an address."""
    return query if query == QUERIES[CANNOT_BE_TYPED] else quote(query.encode("utf-8", "surrogatepass"))


def test_a_query_is_words_to_search_for(watch: Watch) -> None:
    noticed = {name: found for name, query in QUERIES.items() if (found := watch.visit(f"soeg/?q={encoded(query)}"))}
    assert noticed == {}
    watch.visit("soeg/?q=kanal")
    watch.page.locator("[data-search-results] a").first.wait_for()


def test_what_is_typed_is_words_to_search_for(watch: Watch) -> None:
    watch.visit("")
    for name, query in QUERIES.items():
        if name != CANNOT_BE_TYPED:
            watch.page.locator("#site-search").fill(query.encode("utf-8", "replace").decode())
            watch.page.evaluate("() => new Promise(requestIdleCallback)")
            assert watch.look() == [], name
    watch.page.locator("#site-search").fill("")
    watch.page.locator("#site-search").press_sequentially("kanal")
    watch.page.locator(".site-search-panel li").first.wait_for()


def test_an_address_changes_nothing_but_what_is_shown(watch: Watch, origin: str) -> None:
    noticed = {name: found for name, address in ADDRESSES.items() if (found := [*watch.visit(address), *left(watch, origin)])}
    assert noticed == {}


def left(watch: Watch, origin: str) -> list[str]:
    """Return where the browser has gone, if it is not on the site."""
    return [] if watch.page.url.startswith(origin) else [watch.page.url]


def test_what_the_browser_has_stored_is_not_believed(watch: Watch, origin: str, published: Path) -> None:
    scripts = [file.read_text(encoding="utf-8") for file in published.rglob("*.js") if "admin" not in file.parts]
    pages = [(published / "index.html").read_text(encoding="utf-8")]
    names = {name for text in [*scripts, *pages] for name in re.findall(r"""["'`]([\w./-]{2,30})["'`]""", text)} | {"/.__palette", "/under/path/.__palette"}
    assert "udseende" in names, "the name that the site itself uses"
    for name, value in STORAGE_VALUES.items():
        watch.page.goto(origin)
        keys = ["udseende"] if len(value) > 1_000 else [*names]
        watch.page.evaluate("([keys, value]) => keys.forEach(key => { localStorage.setItem(key, value); sessionStorage.setItem(key, value); })", [keys, value])
        assert {page: found for page in PAGES if (found := [*watch.visit(page), *left(watch, origin)])} == {}, name
        watch.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")


def test_the_policy_has_nothing_to_report(origin: str, browser: Browser) -> None:
    with watching(browser, origin) as watch:
        for path in ("", *PAGES, f"soeg/?q={encoded(QUERIES['tag'])}", ADDRESSES["register with a query"], ADDRESSES["chooser with a fragment"]):
            assert watch.visit(path) == [], path


def test_a_message_of_another_window_is_not_read(watch: Watch, origin: str) -> None:
    for page in PAGES:
        watch.visit(page)
        watch.page.evaluate("messages => { window.name = '<img src=x onerror=__canary()>'; messages.forEach(one => postMessage(one, '*')); }", list(MESSAGES))
        watch.page.evaluate("() => new Promise(requestIdleCallback)")
        assert [*watch.look(), *left(watch, origin)] == [], page


def answer(url: str, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of a request that is sent byte for byte."""
    parts = urlsplit(url)
    lines = [f"GET {target} HTTP/1.1", *(f"{key}: {value}" for key, value in ({"Host": parts.netloc} | headers).items()), "Connection: close", "", ""]
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *fields = head.decode("latin-1").split("\r\n")
    return int(status.split(" ")[1]), {key.lower(): value for key, _, value in (one.partition(": ") for one in fields)}, body


def test_no_request_gets_more_than_the_site(published_url: str, published_with_hidden: Path) -> None:
    base = urlsplit(published_url).path.rstrip("/")
    (published_with_hidden.parent / "hemmelig.txt").write_bytes(HIDDEN)
    targets = {name: (f"{base}{path}", dict[str, str]()) for name, path in REQUESTS.items()}
    targets |= {f"{name} at the root": (path, dict[str, str]()) for name, path in REQUESTS.items()}
    targets |= {name: (f"{base}/strategi", headers) for name, headers in HEADERS.items()}
    for name, (target, headers) in targets.items():
        status, fields, body = answer(published_url, target, headers)
        assert HIDDEN not in body and b"root:" not in body and b"__canary" not in body, name
        assert "set-cookie" not in fields and "access-control-allow-origin" not in fields, name
        assert status < 500 or status == 505, (name, status)
        if "location" in fields and headers.get("Host") != "evil.example":
            host = urlsplit(fields["location"]).netloc
            assert host in ("", urlsplit(published_url).netloc, "example.org") and not fields["location"].startswith(("//", "/\\")), (name, fields["location"])
            assert "evil" not in host
        if status == 200:
            assert fields.get("x-content-type-options") == "nosniff", name
            assert "cache-control" in fields and not fields["cache-control"].startswith("public, max-age=31536000, immutable"), (name, fields)
