"""The size of a first visit: the front page with all that it loads, as nginx sends it. Prints the bytes of each kind of file."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

BUDGET = 60_000
"""In bytes, compressed, the font included."""


def test_the_first_visit_is_light(browser: Browser, nginx_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    context = browser.new_context(base_url=nginx_url, viewport={"width": 375, "height": 812})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright accepts no built-in function
    page.goto("", wait_until="networkidle")
    cost: Counter[str] = Counter()
    for answer in answers:
        kind = PurePosixPath(urlsplit(answer.url).path).suffix or ".html"
        if kind not in (".svg", ".woff2"):  # one is smaller than its headers, the other compressed already
            assert answer.header_value("content-encoding") == "br", answer.url
        cost[kind] += answer.request.sizes()["responseBodySize"]
    context.close()
    with capsys.disabled():
        print("\nfirst visit, Brotli:", ", ".join(f"{kind} {size / 1000:.1f} KB" for kind, size in cost.most_common()), f"– {cost.total() / 1000:.1f} KB")
    assert set(cost) == {".html", ".css", ".js", ".svg", ".woff2"}
    kinds = Counter(PurePosixPath(urlsplit(url).path).suffix for url in {answer.url for answer in answers})
    assert kinds[".woff2"] == kinds[".css"] == kinds[".js"] == 1  # nothing is loaded before it is asked for
    assert cost.total() < BUDGET


def test_the_first_paint_waits_for_no_script(browser: Browser, nginx_url: str) -> None:
    """The largest element of the front page is painted even if no script arrives."""
    context = browser.new_context(base_url=nginx_url, viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.route("**/*.js", lambda route: None)
    page.goto("", wait_until="commit")
    painted = page.evaluate(
        "() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).element.tagName))"
        ".observe({type: 'largest-contentful-paint', buffered: true}))"
    )
    assert painted
    context.close()
