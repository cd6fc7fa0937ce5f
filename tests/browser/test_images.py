"""A picture has its room before it has come, and loads when it is needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser

from kanalstrategi.rendering.images import image_size, with_sizes
from tests.support.servers import serving


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('<p><img alt="a &gt; b" src="a.png"></p>', '<p><img alt="a &gt; b" src="a.png" width="4" height="3"></p>'),
        ('<img alt="a > b" src="a.png">', '<img alt="a > b" src="a.png" width="4" height="3">'),
        ('<img alt="" src="a.png" />', '<img alt="" src="a.png" width="4" height="3">'),
        ('<img src="a.png" width="9">', '<img src="a.png" width="9">'),  # its author knows better
        ('<img src="nothing.png">', '<img src="nothing.png">'),
        ('<img src="a.png"><img src="a.png">', '<img src="a.png" width="4" height="3"><img src="a.png" width="4" height="3" loading="lazy">'),
        ("<p>&lt;img src=a.png&gt;</p>", "<p>&lt;img src=a.png&gt;</p>"),
    ],
)
def test_what_is_added(written: str, made: str) -> None:
    assert with_sizes(written, {"a.png": (4, 3)}.get) == made


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="640" height="420"', (640, 420)),
        ('width="64px" height="42px" viewBox="0 0 1 1"', (64, 42)),
        ('viewBox="0 0 24.4 12.6"', (24, 13)),
        ('viewBox="0,0,24,12" width="100%"', (24, 12)),
        ('width="10mm" height="5mm"', None),
        ("", None),
    ],
)
def test_the_size_of_a_drawing(tmp_path: Path, attributes: str, size: tuple[int, int] | None) -> None:
    file = tmp_path / "a.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    assert image_size(file) == size


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 30)), (6, (30, 40)), (8, (30, 40))])
def test_a_photograph_that_a_phone_has_turned(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    file = tmp_path / "a.jpg"
    Image.new("RGB", (40, 30)).save(file, exif=exif)
    assert image_size(file) == size


def test_the_text_does_not_move_when_a_picture_comes(browser: Browser, published: Path) -> None:
    with serving(published) as where:
        context = browser.new_context(base_url=where, viewport={"width": 375, "height": 500})
        page = context.new_page()
        page.add_init_script("new PerformanceObserver(list => { window.moved = (window.moved ?? 0) + list.getEntries().length }).observe({ type: 'layout-shift' })")
        waiting = []
        page.route("**/*.png", lambda route: waiting.append(route))
        page.goto("strategi/formaal/", wait_until="commit")
        picture = page.locator("main img").first
        picture.scroll_into_view_if_needed()
        before = picture.bounding_box()
        assert before and abs(before["width"] / before["height"] - 640 / 360) < 0.02
        while not waiting:
            page.wait_for_timeout(20)
        for route in waiting:
            route.continue_()
        page.wait_for_function("() => document.querySelector('main img').complete")
        assert picture.bounding_box() == before
        assert page.evaluate("window.moved ?? 0") == 0
        context.close()
