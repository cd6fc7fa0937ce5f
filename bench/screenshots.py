"""Take ten pictures of the site in `site/`, in `screenshots/`; `--readme` renews the two of the README too.

`--site` and `--to` name other folders.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import environment

environment.enter("requirements-test.txt", environment.FOR_PDF + environment.FOR_TESTS)

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

PHONE, DESKTOP = (375, 812), (1280, 800)
PDF = "pdf/kanalstrategi.pdf"
PDF_PAGE = 4
GAP = 24


def open_menu(page: Page) -> None:
    page.locator(".menu-button").click()
    page.locator("#menu").wait_for()


def answer_twice(page: Page) -> None:
    for _ in range(2):
        page.locator(".answer a:visible").first.click()


def wait_for_results(page: Page) -> None:
    page.locator("[data-search-results] a").first.wait_for()


VIEWS = (
    ("front-desktop", "", DESKTOP, "light", None),
    ("front-phone", "", PHONE, "light", None),
    ("front-phone-dark", "", PHONE, "dark", None),
    ("channel-desktop", "kanaler/telefon-og-videomoeder/", DESKTOP, "light", None),
    ("channel-phone-menu", "kanaler/telefon-og-videomoeder/", PHONE, "light", open_menu),
    ("guideline-desktop-dark", "retningslinjer/skoler/", DESKTOP, "dark", None),
    ("overview-desktop", "retningslinjer/", DESKTOP, "light", None),
    ("chooser-phone", "vaelg-kanal/", PHONE, "light", answer_twice),
    ("search-desktop", "soeg/?q=telefon", DESKTOP, "light", wait_for_results),
)  # and pdf, below


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def take(site: Path, to: Path) -> None:
    """The views of the site, served on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, path, (width, height), scheme, do in VIEWS:
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", locale="da-DK"
            )
            page.set_default_timeout(15_000)
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
            if do:
                do(page)
            page.screenshot(path=to / f"{name}.png")
            page.close()
        browser.close()
    server.shutdown()


def spread(pdf: Path, to: Path) -> None:
    """A document's cover and a page of it, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        sheets = []
        for number in (1, PDF_PAGE):
            pages = ["-f", str(number), "-l", str(number)]
            subprocess.run(["pdftoppm", "-png", "-r", "72", "-singlefile", *pages, str(pdf), f"{folder}/{number}"], check=True)
            sheets.append(Image.open(f"{folder}/{number}.png").convert("RGB"))
    width, height = sheets[0].size
    whole = Image.new("RGB", (2 * width + 3 * GAP, height + 2 * GAP), "#d9d9d9")
    for n, sheet in enumerate(sheets):
        whole.paste(sheet, (GAP + n * (width + GAP), GAP))
    whole.save(to)


def shrink(picture: Path, to: Path) -> None:
    """A picture for the repository: with 128 colours it is a third of its size, and looks the same."""
    Image.open(picture).convert("RGB").quantize(128).save(to, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=environment.ROOT / "site")
    parser.add_argument("--to", type=Path, default=environment.ROOT / "screenshots")
    parser.add_argument("--readme", action="store_true")
    wanted = parser.parse_args()
    if not (wanted.site / "index.html").is_file():
        sys.exit("Der er intet site at tage billeder af – kør først: python3 scripts/build.py")
    wanted.to.mkdir(parents=True, exist_ok=True)
    take(wanted.site, wanted.to)
    spread(wanted.site / PDF, wanted.to / "pdf.png")
    if wanted.readme:
        shrink(wanted.to / "front-desktop.png", environment.ROOT / ".github" / "site.png")
        shrink(wanted.to / "pdf.png", environment.ROOT / ".github" / "pdf.png")


main()
