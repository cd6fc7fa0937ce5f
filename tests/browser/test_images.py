"""An image has its space before it has loaded, loads when it is needed, and looks as it did before it was cleaned."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import Browser, Route

from kanalstrategi.sanitizing.image_containers import without_metadata
from kanalstrategi.sanitizing.images import RASTER_FORMATS
from tests.support.images import images
from tests.support.servers import serving

DRAWN = """async urls => Promise.all(urls.map(async url => {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight]
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  return [canvas.width, canvas.height, context.getImageData(0, 0, canvas.width, canvas.height).data.join()]
}))"""
"""Draws images, and returns the size and the pixels of each."""


def test_the_text_does_not_move_when_an_image_loads(browser: Browser, published: Path) -> None:
    with serving(published) as where:
        context = browser.new_context(base_url=where, viewport={"width": 375, "height": 500})
        page = context.new_page()
        page.add_init_script(
            "new PerformanceObserver(list => { window.moved = (window.moved ?? 0) + list.getEntries().length }).observe({ type: 'layout-shift' })"
        )
        waiting: list[Route] = []
        page.route("**/*.png", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright accepts no built-in function
        page.goto("strategi/formaal/", wait_until="commit")
        image = page.locator("main img").first
        image.scroll_into_view_if_needed()
        before = image.bounding_box()
        assert before and abs(before["width"] / before["height"] - 640 / 360) < 0.02
        while not waiting:
            page.wait_for_timeout(20)
        for route in waiting:
            route.continue_()
        page.wait_for_function("() => document.querySelector('main img').complete")
        assert image.bounding_box() == before
        assert page.evaluate("window.moved ?? 0") == 0
        context.close()


def test_an_image_looks_as_it_did_before_it_was_cleaned(browser: Browser) -> None:
    def drawn(files: dict[str, bytes]) -> dict[str, list[object]]:
        urls = [f"data:image/{RASTER_FORMATS[Path(name).suffix].lower()};base64,{base64.b64encode(data).decode()}" for name, data in files.items()]
        return dict(zip(files, page.evaluate(DRAWN, urls), strict=True))

    page = browser.new_page()
    before = images()
    after = {name: without_metadata(data, RASTER_FORMATS[Path(name).suffix]) for name, data in before.items()}
    looks = drawn(before)
    assert looks == drawn(after)
    assert {looks[name][0] for name in ("exif.jpg", "second-image.jpg")} == {32}, "they are turned"
    page.close()
