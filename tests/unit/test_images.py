"""The size of images on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from kanalstrategi.markdown.nodes import descendants
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.images import image_size, set_image_sizes


@pytest.mark.parametrize(
    ("typed", "images"),
    [
        ("![a > b](a.png)", [{"alt": "a > b", "src": "a.png", "width": "4", "height": "3"}]),
        ("![a](a.png){: width=9 }", [{"alt": "a", "src": "a.png", "width": "9"}]),  # the author's own size
        ("![a](nothing.png)", [{"alt": "a", "src": "nothing.png"}]),
        (
            "![a](a.png)\n\n- ![b](a.png)",
            [
                {"alt": "a", "src": "a.png", "width": "4", "height": "3"},
                {"alt": "b", "src": "a.png", "width": "4", "height": "3", "loading": "lazy"},
            ],
        ),
    ],
)
def test_sizes_are_added_to_images(typed: str, images: list[dict[str, str]]) -> None:
    root = parse(typed).root
    set_image_sizes(root, {"a.png": (4, 3)}.get)
    assert [element.attributes for element in descendants(root) if element.tag == "img"] == images


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
