"""Takes images of pages of a built site."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MAX_COLORS = 128
"""An image with so few colors is a third of the size, and looks the same."""
TIMEOUT = 15_000
"""Milliseconds that a page may take."""


class View(NamedTuple):
    """One image of the site."""

    name: str
    url: str
    """Relative to the site's root."""
    viewport: ViewportSize
    color_scheme: Literal["light", "dark"] = "light"
    prepare: Callable[[Page], None] | None = None
    """What is done on the page before the image is taken."""


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def take_views(site: Path, to: Path, views: Sequence[View]) -> None:
    """Take images of a site, which is served on loopback meanwhile."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for view in views:
            page = browser.new_page(viewport=view.viewport, color_scheme=view.color_scheme, reduced_motion="reduce", locale="da-DK")
            page.set_default_timeout(TIMEOUT)
            page.goto(f"http://127.0.0.1:{server.server_port}/{view.url}", wait_until="networkidle")
            if view.prepare:
                view.prepare(page)
            page.screenshot(path=to / f"{view.name}.png")
            page.close()
        browser.close()
    server.shutdown()


def shrink(image: Path, to: Path) -> None:
    """Write an image with fewer colors, for the repository."""
    Image.open(image).convert("RGB").quantize(MAX_COLORS).save(to, optimize=True)
