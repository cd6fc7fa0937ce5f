"""Images are published without anything but pixels, orientation and color profile: not where they were taken, in whatever way they say it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from kanalstrategi.sanitizing.color_profiles import colors_of
from kanalstrategi.sanitizing.image_containers import ImageContainerError, orientation_of, without_metadata
from kanalstrategi.sanitizing.images import RASTER_FORMATS
from tests.support.images import PROFILE, SECRET, TURNED, exif, images
from tests.support.pages import small
from tests.support.project import Project, built_once

IMAGES = images()
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- {SECRET.decode()} --><g><!-- /home/{SECRET.decode()} --></g></svg>'


def cleaned(name: str, data: bytes) -> bytes:
    return without_metadata(data, RASTER_FORMATS[Path(name).suffix])


def frames(data: bytes) -> list[tuple[str, object, bytes]]:
    """Return the mode, the duration and the pixels of each frame of an image that readers see."""
    with Image.open(BytesIO(data)) as image:
        found = []
        for number in range(1 if image.format == "MPO" else getattr(image, "n_frames", 1)):
            image.seek(number)
            found.append((image.mode, image.info.get("duration"), image.tobytes()))
        return [*found, ("", image.info.get("loop"), b"")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with all the images, one of them on a page with a document."""

    def build(root: Path) -> None:
        project = small(root)
        folder = root / "docs/billeder"
        for name, data in IMAGES.items():
            (folder / name).write_bytes(data)
        project.write("docs/billeder/tegning.svg", f"<!-- {SECRET.decode()} -->{SVG}")
        page = root / "docs/strategi/formaal.md"
        shown = "\n\n".join(f"![Skranken]({'../billeder/' + name})" for name in ("exif.jpg", "second-image.jpg", "text.png", "lossy.webp"))
        page.write_text(page.read_text(encoding="utf-8") + f"\n{shown}\n\n![Tegning](../billeder/tegning.svg)\n", encoding="utf-8")
        process = project.build()
        assert process.returncode == 0, process.stdout + process.stderr

    return Project(built_once(tmp_path_factory, "published-images", build))


def test_nothing_in_the_site_says_where_an_image_was_taken(built: Project) -> None:
    files = [file for file in built.site.rglob("*") if file.is_file()]
    assert {"formaal", "kort.pdf", "exif.jpg", "tegning.svg"} <= {file.name for file in built.site.rglob("*")}
    assert [file.name for file in files if SECRET in file.read_bytes()] == []


def test_every_image_is_published_as_these_tests_clean_it(built: Project) -> None:
    assert {name: (built.site / "billeder" / name).read_bytes() for name in IMAGES} == {name: cleaned(name, IMAGES[name]) for name in IMAGES}


@pytest.mark.parametrize("name", IMAGES)
def test_only_pixels_orientation_and_profile_are_left(name: str) -> None:
    published = cleaned(name, IMAGES[name])
    assert cleaned(name, published) == published, "nothing is left to take out"
    with Image.open(BytesIO(IMAGES[name])) as before, Image.open(BytesIO(published)) as after:
        assert after.format == RASTER_FORMATS[Path(name).suffix]
        found = after.getexif()
        assert dict(found) in ({}, {ExifTags.Base.Orientation: orientation_of(before.info.get("exif", b""))})
        assert not found.get_ifd(ExifTags.IFD.GPSInfo) and not found.get_ifd(ExifTags.IFD.Exif) and not found.get_ifd(ExifTags.IFD.IFD1)
        assert (after.size, after.mode) == (before.size, before.mode)
        assert after.info.get("icc_profile", b"") == colors_of(before.info.get("icc_profile", b""))
        assert not getattr(after, "text", {}) and not after.info.keys() & {"comment", "photoshop", "xmp", "mp", "mpoffset", "XML:com.adobe.xmp"}
        for profile in (before.info.get("gamma"), before.info.get("transparency")):
            assert profile in (after.info.get("gamma"), after.info.get("transparency"))
    assert frames(published) == frames(IMAGES[name])


def test_the_images_of_these_tests_are_what_they_should_be() -> None:
    """Otherwise a library that cannot write what we ask of it would let every test pass."""
    compressed = {"text.png", "palette.png", "deep.png", "transparent.png", "animated.png"}
    assert all(SECRET in data for name, data in IMAGES.items() if name not in compressed and name not in ("upright.webp",))
    profiles = {name for name, data in IMAGES.items() if Image.open(BytesIO(data)).info.get("icc_profile")}
    assert {"progressive.jpg", "profile-name.png", "transparent.png", "lossy.webp", "lossless.webp", "animated.webp"} == profiles
    assert {name for name, data in IMAGES.items() if len(frames(data)) > 2} == {"animated.png", "animated.webp", "animated.gif"}
    turned = {name for name, data in IMAGES.items() if orientation_of(Image.open(BytesIO(cleaned(name, data))).info.get("exif", b"")) == TURNED}
    assert {"exif.jpg", "exif-twice.jpg", "second-image.jpg", "exif.png", "lossy.webp"} <= turned
    assert PROFILE


def test_comments_are_taken_out_of_drawings(built: Project) -> None:
    published = (built.site / "billeder/tegning.svg").read_text(encoding="utf-8")
    assert published == '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>'


def test_an_image_with_nothing_to_take_out_is_published_byte_for_byte(built: Project) -> None:
    assert (built.site / "billeder/logo.svg").read_bytes() == (built.root / "docs/billeder/logo.svg").read_bytes()


@pytest.mark.parametrize("orientation", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 65535])
def test_the_orientation_is_kept_if_it_is_one(orientation: int) -> None:
    assert orientation_of(exif(orientation)) == (orientation if 1 <= orientation <= 8 else 1)


@given(st.sampled_from(sorted(IMAGES)), st.integers(0, 3000), st.integers(0, 255), st.integers(0, 3000))
def test_a_broken_image_is_refused_or_written(name: str, position: int, byte: int, end: int) -> None:
    """Whatever is wrong with a file, nothing else is raised."""
    broken = bytearray(IMAGES[name])
    broken[position % len(broken)] = byte
    for data in (bytes(broken), bytes(broken[: end % len(broken)]), IMAGES[name][: end % len(broken)]):
        try:
            cleaned(name, data)
        except ImageContainerError:
            continue
