"""Take ten images of the site in `site/`, in `screenshots/`; `--readme` also renews the two in the README.

`--site` and `--to` name other folders. `--guide` takes those of the guide for editors instead, which need no built site.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize

from bench.guide_images import GUIDE_IMAGES, take_guide_images
from bench.views import View, shrink, take_views

PHONE, DESKTOP = ViewportSize(width=375, height=812), ViewportSize(width=1280, height=800)
PDF = "pdf/kanalstrategi.pdf"
PDF_PAGE = 4
"""The page of the PDF that is shown beside its cover."""
GAP = 24
"""Between and around the two pages of the PDF, in pixels."""


def open_menu(page: Page) -> None:
    """Open the menu as on a phone."""
    page.locator(".menu-button").click()
    page.locator("#menu").wait_for()


def choose_situation(page: Page) -> None:
    """Choose the chooser's first situation."""
    page.locator(".answer a:visible").first.click()


def wait_for_results(page: Page) -> None:
    """Wait until the search has answered."""
    page.locator("[data-search-results] a").first.wait_for()


VIEWS = (
    View("front-desktop", "", DESKTOP),
    View("front-phone", "", PHONE),
    View("front-phone-dark", "", PHONE, "dark"),
    View("channel-desktop", "kanaler/telefon-og-videomoeder/", DESKTOP),
    View("channel-phone-menu", "kanaler/telefon-og-videomoeder/", PHONE, prepare=open_menu),
    View("guideline-desktop-dark", "retningslinjer/skoler/", DESKTOP, "dark"),
    View("overview-desktop", "retningslinjer/", DESKTOP),
    View("chooser-phone", "vaelg-kanal/", PHONE, prepare=choose_situation),
    View("search-desktop", "soeg/?q=telefon", DESKTOP, prepare=wait_for_results),
)
"""All but the tenth, `pdf.png`, which `show_pdf` makes."""


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Take the images of the site that was built from the project in a folder, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=root / "site")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--guide", action="store_true")
    options = parser.parse_args(arguments)
    if options.guide:
        take_guide_images(root, options.to or root / GUIDE_IMAGES)
        return 0
    if not (options.site / "index.html").is_file():
        print("Der er intet site at tage billeder af – kør først: python3 scripts/build.py", file=sys.stderr)
        return 1
    folder = options.to or root / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    take_views(options.site, folder, VIEWS)
    show_pdf(options.site / PDF, folder / "pdf.png")
    if options.readme:
        shrink(folder / "front-desktop.png", root / ".github" / "site.png")
        shrink(folder / "pdf.png", root / ".github" / "pdf.png")
    return 0


def show_pdf(pdf: Path, to: Path) -> None:
    """Write an image of a document's cover and one of its pages, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        sheets = []
        for number in (1, PDF_PAGE):
            pages = ["-f", str(number), "-l", str(number)]
            subprocess.run(["pdftoppm", "-png", "-r", "72", "-singlefile", *pages, str(pdf), f"{folder}/{number}"], check=True)
            sheets.append(Image.open(f"{folder}/{number}.png").convert("RGB"))
    width, height = sheets[0].size
    both = Image.new("RGB", (2 * width + 3 * GAP, height + 2 * GAP), "#d9d9d9")
    for place, sheet in enumerate(sheets):
        both.paste(sheet, (GAP + place * (width + GAP), GAP))
    both.save(to)
