"""Browser contexts on a served site, and axe, which finds accessibility errors."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from kanalstrategi.verification.axe import AXE_RUN, AXE_TAGS
from tests.support.servers import serving

FONTS = ("Plex", "DejaVu", "Roboto")
"""The site's own font; a very wide one, which stands in for any that a device may have; and that of Android."""
_STYLE = """
const style = new CSSStyleSheet()
style.replaceSync(`* { hyphens: manual !important } ${FONT}`)
document.adoptedStyleSheets = [style]
"""
"""Without the browser's hyphenation, which depends on the machine: what fits without it fits with it."""
_WIDE_FONT = ':root { --md-text-font: "DejaVu Sans" !important }'
AXE_CLAUSES = (
    "9.1.1.1", "9.1.3.1", "9.1.4.1", "9.1.4.3", "9.1.4.4", "9.1.4.12", "9.2.1.1", "9.2.2.1", "9.2.2.2", "9.2.4.1", "9.2.4.2", "9.2.4.4", "9.3.1.1",
    "9.3.1.2", "9.4.1.2",
)  # fmt: skip - one per line would fill a page
"""The clauses of EN 301 549 that axe has rules about, by the tags of its rules, but for those about media and forms: the site has none."""


@contextlib.contextmanager
def visiting(browser: Browser, folder: Path) -> Iterator[Page]:
    """Yield a page in a context of its own whose base URL serves a folder."""
    with serving(folder) as url:
        context = browser.new_context(base_url=url)
        yield context.new_page()
        context.close()


@contextlib.contextmanager
def failing_on_errors(context: BrowserContext) -> Iterator[tuple[Page, list[str]]]:
    """Yield a page and a list, to which more may be added, of its errors. Fails at the end if there are any, and closes the context."""
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, errors
    context.close()
    assert errors == []


@contextlib.contextmanager
def measuring(browser: Browser, url: str, width: int, script: str = AXE_SCRIPT, **more: object) -> Iterator[BrowserContext]:
    """Yield a context whose pages hold a script, axe if nothing else is said, from the start. No policy forbids that, and it is sent only once."""
    context = browser.new_context(base_url=url, viewport=ViewportSize(width=width, height=900), **more)  # type: ignore[arg-type]  # any option
    context.add_init_script(script)
    yield context
    context.close()


def roboto() -> bytes:
    """Return the font of Android."""
    return files("fontpkg_roboto").joinpath("files", "Roboto[wdth,wght].ttf").read_bytes()


def set_font(context: BrowserContext, font: str) -> None:
    """Show every page of a context in one of `FONTS`, and without the browser's hyphenation."""
    context.add_init_script(_STYLE.replace("${FONT}", _WIDE_FONT if font == "DejaVu" else ""))
    if font == "Roboto":
        context.route("**/*.woff2", lambda route: route.fulfill(body=roboto(), content_type="font/ttf"))


def axe_finds(page: Page) -> list[str]:
    """Return what axe finds on a page in its current state, as `rule: element`."""
    return [f"{found['id']}: {found['target']}" for found in page.evaluate(AXE_RUN, AXE_TAGS)]


def every_page(site: Path) -> list[str]:
    """Return the URLs of all pages, relative to the site's root, from its sitemap; and the error page."""
    found = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    start = min(found, key=len)  # the front page
    return [url.removeprefix(start) for url in found] + ["404.html"]


def every_kind_of_page(site: Path) -> list[str]:
    """Return the same, but only three of the rules, one of each kind: their pages are made from one pattern."""
    rules = json.loads((site / "data" / "rules.json").read_text("utf-8"))
    shown = {rule["kind"]: rule["page"] for rule in reversed(rules)}.values()
    return [path for path in every_page(site) if path in shown or not re.match("regler/.", path)]
