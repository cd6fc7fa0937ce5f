"""The size of images in a page's HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from kanalstrategi.rendering.images import image_size, with_sizes


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('<p><img alt="a &gt; b" src="a.png"></p>', '<p><img alt="a &gt; b" src="a.png" width="4" height="3"></p>'),
        ('<img alt="a > b" src="a.png">', '<img alt="a > b" src="a.png" width="4" height="3">'),
        ('<img alt="" src="a.png" />', '<img alt="" src="a.png" width="4" height="3">'),
        ('<img src="a.png" width="9">', '<img src="a.png" width="9">'),  # the author's own size
        ('<img src="nothing.png">', '<img src="nothing.png">'),
        ('<img src="a.png"><img src="a.png">', '<img src="a.png" width="4" height="3"><img src="a.png" width="4" height="3" loading="lazy">'),
        ("<p>&lt;img src=a.png&gt;</p>", "<p>&lt;img src=a.png&gt;</p>"),
    ],
)
def test_sizes_are_added_to_images(written: str, result: str) -> None:
    assert with_sizes(written, {"a.png": (4, 3)}.get) == result


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
def test_the_size_of_an_svg_file(tmp_path: Path, attributes: str, size: tuple[int, int] | None) -> None:
    file = tmp_path / "a.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    assert image_size(file) == size


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 30)), (6, (30, 40)), (8, (30, 40))])
def test_the_size_of_a_rotated_photograph(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    file = tmp_path / "a.jpg"
    Image.new("RGB", (40, 30)).save(file, exif=exif)
    assert image_size(file) == size
