"""Starts Chromium, if it and what drives it are on this machine. Both belong to the extra `verify`, so nothing else imports them."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kanalstrategi.verification.model import NotTriedError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
"""The names under which systems have Chromium, or a browser made of it."""
_GET_DRIVER = "skriv: pip install playwright axe-playwright-python"
_GET_BROWSER = "installér Chromium (Debian/Ubuntu: sudo apt-get install chromium), eller skriv: playwright install chromium"
_OPTIONS = ["--disable-background-networking", "--disable-component-update", "--disable-gpu"]
"""The browser shall ask nobody for anything, and needs no graphics card."""


def axe_script() -> str:
    """Return the script of axe, which finds accessibility errors. Raises NotTriedError if it is not installed."""
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError:
        raise NotTriedError("axe er ikke installeret", _GET_DRIVER) from None
    return str(AXE_SCRIPT)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser. Raises NotTriedError, with what is missing, if there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NotTriedError("Playwright, som styrer browseren, er ikke installeret", _GET_DRIVER) from None
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if not program and not Path(playwright.chromium.executable_path).is_file():
            raise NotTriedError("der er ingen Chromium på maskinen", _GET_BROWSER)
        try:
            browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        except Error as error:
            raise NotTriedError(f"Chromium kan ikke starte ({error.message.splitlines()[0]})", _GET_BROWSER) from error
        try:
            yield browser
        finally:
            browser.close()
