"""The second corpus of attacks in files: drawings, images and files to download are refused, or hold nothing but what they show."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Browser

from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.sanitizing.attachments import check_attachment
from kanalstrategi.sanitizing.images import published_image
from tests.support.canary import watching
from tests.support.pages import small
from tests.support.project import Project
from tests.support.servers import serving
from tests.support.threats import SECRET, attachments
from tests.support.threats.attachments import OFFICE, PDFS
from tests.support.threats.drawings import DRAWINGS
from tests.support.threats.hidden import HIDDEN, IMAGES, STAYS


def refused(project: Project, folder: str, files: dict[str, bytes]) -> set[str]:
    """Write files into a folder of `docs/`, and return the names of those that the checks report. No other line is reported."""
    for name, content in files.items():
        (project.root / "docs" / folder / name).write_bytes(content)
    places = {line.partition(":")[0].removeprefix(f"docs/{folder}/") for line in project.check()}
    assert places <= set(files)
    return places


def test_a_drawing_that_is_accepted_does_nothing_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    """Opened by itself, without headers, and in a page."""
    project = small(tmp_path / "project")
    secret = project.root / "hemmelig.txt"
    secret.write_text(SECRET)
    files = {f"t{number:02}.svg": (name, content.replace(b"SECRET_PATH", str(secret).encode())) for number, (name, content) in enumerate(DRAWINGS.items())}
    found = refused(project, "billeder", {file: content for file, (_, content) in files.items()})
    accepted = {file: name for file, (name, _) in files.items() if file not in found}
    assert set(accepted.values()) == {"HTML by its first bytes", "size of nothing", "path that is long", "dashes without number", "expression"}
    published = tmp_path / "published"
    published.mkdir()
    for file in accepted:
        content = published_image(project.root / "docs/billeder" / file)
        assert SECRET.encode() not in content and b"<!--" not in content
        (published / file).write_bytes(content)
    (published / "alle.html").write_text("".join(f"<img src={file} width=50 height=50>" for file in accepted))
    with serving(published) as url, watching(browser, url) as watch:
        assert {name: watch.visit(name) for name in [*accepted, "alle.html"]} == {name: [] for name in [*accepted, "alle.html"]}


def test_the_drawings_of_these_tests_are_alive(tmp_path: Path, browser: Browser) -> None:
    for name in ("script", "handler on the root", "image from elsewhere", "style that imports", "picture of HTML"):
        (tmp_path / f"{name}.svg").write_bytes(DRAWINGS[name])
    with serving(tmp_path) as url, watching(browser, url) as watch:
        for file in tmp_path.iterdir():
            assert watch.visit(file.name), file


def decompressed(png: bytes) -> bytes:
    """Return the pixels of a PNG, and whatever is compressed with them."""
    position, pixels = 8, b""
    while position < len(png):
        length, name = struct.unpack_from(">I4s", png, position)
        pixels += png[position + 8 : position + 8 + length] if name == b"IDAT" else b""
        position += 12 + length
    return zlib.decompress(pixels)


def test_an_image_that_is_accepted_holds_nothing_but_pixels(tmp_path: Path) -> None:
    project = small(tmp_path / "project")
    files = {f"t{number:02}.{extension}": (name, content) for number, (name, (extension, content)) in enumerate(IMAGES.items())}
    found = refused(project, "billeder", {file: content for file, (_, content) in files.items()})
    words = HIDDEN.split(b" ")[0]
    for file in files.keys() - found:
        name, content = files[file]
        published = published_image(project.root / "docs/billeder" / file)
        pixels = decompressed(published) if file.endswith(".png") else b""
        if name not in STAYS:
            assert words not in published and words not in pixels and len(pixels) < 10_000, name
        with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(published)) as after:
            assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes(), name
    assert len(found) == 10 and {name for name, _ in files.values()} >= STAYS


def swapped_profile() -> bytes:
    """Return a color profile that takes red for blue, with words behind it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1) + HIDDEN
    return struct.pack(">I", len(swapped)) + swapped[4:]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_profile_of_an_image_says_nothing_but_its_colors(kind: str, tmp_path: Path, browser: Browser) -> None:
    shown = """async url => { const image = new Image(); image.src = url; await image.decode();
      const context = document.createElement("canvas").getContext("2d"); context.drawImage(image, 0, 0); return [...context.getImageData(1, 1, 1, 1).data]; }"""
    file = tmp_path / f"x.{kind.lower()}".replace("jpeg", "jpg")
    Image.new("RGB", (16, 16), (200, 60, 20)).save(file, kind, icc_profile=swapped_profile(), **({"lossless": True} if kind == "WEBP" else {}))
    published = published_image(file)
    with Image.open(io.BytesIO(published)) as image:
        profile = image.info["icc_profile"]
    assert HIDDEN.split(b" ")[0] not in profile and b"Little CMS" not in profile and profile[24:36] == bytes(12)
    page = browser.new_page()
    before, after = (page.evaluate(shown, f"data:image/{kind.lower()};base64,{base64.b64encode(data).decode()}") for data in (file.read_bytes(), published))
    page.close()
    assert before == after and before[0] < before[2], "red is shown as blue"


@pytest.mark.parametrize(("extension", "name"), [*((extension, name) for name, (extension, _) in OFFICE.items()), *(("pdf", name) for name in PDFS)])
def test_a_file_to_download_is_refused_if_it_is_more_than_a_document(extension: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"x.{extension}"
    file.write_bytes(PDFS[name] if extension == "pdf" else OFFICE[name][1])
    assert bool(list(check_attachment(file, "docs/x"))) != (name in attachments.HARMLESS)


def test_a_page_may_mention_a_folder_where_a_pdf_repeats_its_words(tmp_path: Path) -> None:
    """Bookmarks and what is read aloud are text to read: they do not reveal the machine that made the file."""
    project = small(tmp_path / "project")
    page = project.root / "docs/strategi/formaal.md"
    page.write_text(page.read_text() + "\n## Gem i C:\\Skoler\n\n![Vejen til /home/eva/skemaer](../billeder/logo.svg)\n\n[x](https://a.dk/?b=,/tmp/c)\n")
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout
    assert not [diagnostic for diagnostic in audit(project.site / "pdf/kort.pdf") if diagnostic.rule == "machine-path"]
