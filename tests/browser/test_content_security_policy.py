"""The content security policy forbids nothing that a page does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.support.browser import every_kind_of_page, measuring, visiting

PAGE, OLD = "strategi/formaal/", "strategi/hvorfor/"
"""The URL of the moved page of `published`, and its former URL."""


VIOLATIONS = "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"


def test_under_a_path_the_policy_forbids_nothing_that_a_page_does(browser: Browser, published: Path, published_url: str, server: str) -> None:
    errors: list[str] = []
    with measuring(browser, published_url, 375, VIOLATIONS) as context:
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and errors.append(f"{page.url} {message.text}"))
        page.on("request", lambda request: request.url.startswith((published_url, "data:")) or errors.append(request.url))
        page.on("response", lambda answer: answer.ok or answer.status == 301 or errors.append(f"{answer.url} {answer.status}"))
        for path in every_kind_of_page(published):
            page.goto(path)
        if server == "nginx":  # Apache redirects to the public URL
            page.goto(OLD)
            assert page.url == published_url + PAGE
        page.goto("soeg/?q=telefon")
        page.locator("main li a").first.wait_for()
    assert errors == []


def test_a_page_without_headers_still_has_its_policy(browser: Browser, site: Path) -> None:
    """As on a host where headers cannot be set."""
    with visiting(browser, site) as page:
        page.add_init_script(VIOLATIONS)
        page.goto("")
        with page.expect_console_message(lambda message: "policy: script-src" in message.text):
            page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))")
        assert page.evaluate("window.ran") is None


def test_an_aligned_column_is_aligned(browser: Browser, published: Path) -> None:
    with visiting(browser, published) as page:
        page.goto(PAGE)
        assert page.locator("td", has_text="4").evaluate("it => getComputedStyle(it).textAlign") == "end"
        assert page.locator("td", has_text="Mail").evaluate("it => getComputedStyle(it).textAlign") != "end"
