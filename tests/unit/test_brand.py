"""What is wrong in `overrides/brand.yml` is told in Danish at its line, and nothing that a file or a font holds makes a check fail."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.woff2 import WOFF2DirectoryEntry
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from PIL import Image

from kanalstrategi.build.look_files import use_logo
from kanalstrategi.content.brand import read_look
from kanalstrategi.design.brand_fonts import as_sfnt, as_woff2
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.font_files import NEEDED, FontFile, read_font
from kanalstrategi.sanitizing.svg import check_svg, plain_svg
from tests.support.brands import DRAWN_LOGO, FJORDBY, SKOVLUND, WIDE_LOGO, serif

LINE = "overrides/brand.yml:{}: {}"


@cache
def small_font() -> bytes:
    """A font with the needed characters alone, which is read in no time."""
    font = TTFont(io.BytesIO(serif("bold.ttf")))
    subsetter = subset.Subsetter(subset.Options(hinting=False, name_IDs=["*"]))
    subsetter.populate(text=NEEDED)
    subsetter.subset(font)
    return saved(font)


def saved(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def changed(**values: Any) -> bytes:
    """The small font with other values in its table OS/2."""
    font = TTFont(io.BytesIO(small_font()))
    for name, value in values.items():
        setattr(font["OS/2"], name, value)
    return saved(font)


def looked(folder: Path, brand: str) -> tuple[Look, list[str]]:
    """Return the look that a file gives, and what it is told."""
    for name, data in {"docs/billeder/fjordby.svg": WIDE_LOGO.encode(), "docs/billeder/skovlund.svg": DRAWN_LOGO.encode()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "overrides/fonts").mkdir(parents=True, exist_ok=True)
    (folder / "overrides/fonts/fed.ttf").write_bytes(small_font())
    (folder / "overrides/brand.yml").write_text(brand, encoding="utf-8")
    diagnostics: list[Diagnostic] = []
    look = read_look(folder, diagnostics)
    return look, [str(diagnostic) for diagnostic in sorted(diagnostics)]


def test_without_the_file_the_look_is_that_of_the_program(tmp_path: Path) -> None:
    diagnostics: list[Diagnostic] = []
    assert read_look(tmp_path, diagnostics) is default_look() and not default_look().is_branded and diagnostics == []


@pytest.mark.parametrize(
    ("brand", "told"),
    [
        ("colors:\n  primary: #6b1f7b\n", (2, "farven primary mangler – skriv den i anførselstegn, for # begynder en kommentar: primary: \"#0c4a60\"")),
        ("colors:\n  primary: fodbold\n", (2, "fodbold er ikke en farve")),
        ('colors:\n  primary: "#6b1f7b80"\n', (2, 'farven #6b1f7b80 er gennemsigtig – skriv den, som den ser ud på hvidt: "#b58fbd"')),
        ("colors:\n  primray: red\n", (2, "colors.primray kendes ikke – mente du primary?")),
        ("colour: red\n", (1, "colour kendes ikke – mente du colors?")),
        ('colors: "#6b1f7b"\n', (1, "colors har ingen navne med hver sin værdi – skriv dem på hver sin linje")),
        ("colors:\n  dark: blue\n", (2, "colors.dark har ingen navne med hver sin værdi")),
        ("fonts: [fed.ttf]\n", (1, "fonts har ingen navne med hver sin værdi")),
        ("- colors\n", (1, "filen har ingen navne med hver sin værdi")),
        ("logo: [billeder/logo.svg]\n", (1, "logo er ikke en sti")),
        (f"logo: {'a' * 300}.svg\n", (1, f"logoet docs/{'a' * 80} findes ikke")),
        (f"fonts:\n  text: {'a' * 300}.woff2\n", (2, f"skriften {'a' * 80} findes ikke")),
        ('"\\U00110000": b\n', (1, "filen kan ikke læses")),
        ('colors:\n  accent: "#6b1f7b"\n', (2, "accent (#6b1f7b) har kontrasten 1,02 til sidens top og forsiden af PDF’er, og den skal være")),
        ('colors:\n  dark:\n    link: "#333"\n', (3, "link (#333333) har i mørkt udseende kontrasten ")),
        ("logo: billeder/findes-ikke.svg\n", (1, "logoet docs/billeder/findes-ikke.svg findes ikke")),
        ("logo: ../mkdocs.yml\n", (1, "logoet docs/../mkdocs.yml findes ikke")),
        ("fonts:\n  text: ../x.ttf\n", (2, "skriften ../x.ttf findes ikke i overrides/fonts/")),
        ("fonts:\n  text: fed.ttf\n", (2, "fonts.text mangler en almindelig skrift (vægt 400)")),
        ("fonts: {headings: []}\n", (1, "fonts.headings skal nævne fra 1 til 8 filer")),
        ("colors: [\n", (2, "filen kan ikke læses")),
        ("# " + "x" * 20_000, (1, "filen fylder over 20 kB")),
    ],
)  # fmt: skip - one per line would fill a page
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, brand: str, told: tuple[int, str]) -> None:
    _, lines = looked(tmp_path, brand)
    assert len(lines) == 1 and lines[0].startswith(LINE.format(*told)), lines


def test_many_aliases_are_read_in_no_time(tmp_path: Path) -> None:
    aliases = "".join(f"a{number}: &a{number} {{x: *a{number - 1}, y: *a{number - 1}}}\n" for number in range(1, 60))
    assert looked(tmp_path, f"a0: &a0 {{x: 1}}\n{aliases}")[1]  # or this would never end


@pytest.mark.parametrize("size", ["100 0.001", "5000 1", "1 5000", "13 1"])
def test_a_drawing_that_would_fill_the_memory_is_refused(tmp_path: Path, size: str) -> None:
    (tmp_path / "docs").mkdir()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><rect width="1" height="1"/></svg>'
    (tmp_path / "docs/logo.svg").write_text(drawing, encoding="utf-8")
    look, told = looked(tmp_path, "logo: logo.svg\n")
    assert look.logo is None and told[0].startswith(LINE.format(1, "logoet docs/logo.svg er over 12 gange så bredt, som det er højt, eller omvendt"))


@pytest.mark.parametrize(
    ("size", "kind", "message"),
    [((30_000, 1), "PNG", "er over 12 gange"), ((5_100, 5_100), "PNG", "kan ikke tegnes"), ((20, 20), "BMP", "kan ikke tegnes")],
)
def test_an_image_is_drawn_when_its_size_and_its_kind_are_known(tmp_path: Path, size: tuple[int, int], kind: str, message: str) -> None:
    (tmp_path / "docs").mkdir()
    Image.new("1", size).save(tmp_path / "docs/logo.png", kind)
    look, told = looked(tmp_path, "logo: logo.png\n")
    assert look.logo is None and told[0].startswith(LINE.format(1, f"logoet docs/logo.png {message}"))


def test_a_logo_is_the_way_up_that_browsers_show_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    Image.new("RGB", (20, 60), "white").save(tmp_path / "docs/logo.jpg", exif=exif)
    look, told = looked(tmp_path, "logo: logo.jpg\n")
    assert told == [] and look.logo and (look.logo.width, look.logo.height) == (720, 240)


def test_a_file_that_refers_to_itself(tmp_path: Path) -> None:
    _, lines = looked(tmp_path, "colors: &a\n  dark: *a\n")
    assert all(line.startswith("overrides/brand.yml:") for line in lines)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("colrsfntgprimayc:&*[]{}#\"' \n-!|>1a"), max_size=60))
def test_any_text_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    looked(tmp_path_factory.mktemp("brand"), text)


def test_the_look_of_each_municipality(tmp_path: Path) -> None:
    look, told = looked(tmp_path, FJORDBY)
    assert told == [] and look.logo and (look.logo.width, look.logo.height, look.logo.has_plate) == (960, 240, True)
    other, told = looked(tmp_path, SKOVLUND.split("fonts:")[0] + "fonts:\n  headings: fed.ttf\n")
    assert told == [] and other.logo and not other.logo.has_plate and other.headings and not other.text
    assert len({look.digest, other.digest, looked(tmp_path, FJORDBY + " ")[0].digest, ""}) == 4


def test_a_changed_font_or_logo_changes_the_digest(tmp_path: Path) -> None:
    brand = "logo: billeder/fjordby.svg\nfonts: {headings: fed.ttf}\n"
    first = looked(tmp_path, brand)[0].digest
    (tmp_path / "overrides/fonts/fed.ttf").write_bytes(changed(usWeightClass=800))
    assert read_look(tmp_path, []).digest != first
    looked(tmp_path, brand)
    (tmp_path / "docs/billeder/fjordby.svg").write_text(WIDE_LOGO.replace("6B1F7B", "6B1F7C"))
    assert read_look(tmp_path, []).digest != first


def test_the_logo_of_mkdocs_yml_and_that_of_the_look_are_the_same(tmp_path: Path) -> None:
    looked(tmp_path, FJORDBY)
    diagnostics: list[Diagnostic] = []
    read_look(tmp_path, diagnostics, "billeder/logo.svg")
    assert [diagnostic.message for diagnostic in diagnostics] == ["logoet er et andet end i mkdocs.yml (theme: logo: billeder/logo.svg)"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.woff", b"", "en skrift skal være en fil af typen .woff2, .ttf eller .otf"),
        ("x.ttf", b"", "filen kan ikke læses som en skrifttype"),
        ("x.ttf", b"OTTO" + b"\0" * 20, "skriften har ingen omrids af bogstaver"),
        ("x.woff2", b"wOF2" + b"\xff" * 200, "skriften fylder for meget, når den pakkes ud"),
        ("x.ttf", b"\0\1\0\0" + b"\0" * 1_000_000, "skriften fylder 1001 kB, og den må højst fylde 1000 kB"),
    ],
)
def test_a_file_that_is_no_font(name: str, data: bytes, message: str) -> None:
    found = read_font(name, data)
    assert isinstance(found, tuple) and found[0] == message


@pytest.mark.parametrize("embedding", [0x0002, 0x0100, 0x0200])
def test_a_font_whose_license_forbids_embedding_is_refused(embedding: int) -> None:
    found = read_font("x.ttf", changed(fsType=embedding))
    assert isinstance(found, tuple) and "må ikke indlejres" in found[0]


@pytest.mark.parametrize("embedding", [0x0000, 0x0004, 0x0008])
def test_a_font_that_may_be_embedded_is_not(embedding: int) -> None:
    assert isinstance(read_font("x.ttf", changed(fsType=embedding)), FontFile)


def test_a_font_without_danish_letters_is_refused() -> None:
    font = TTFont(io.BytesIO(small_font()))
    for table in font["cmap"].tables:
        table.cmap.pop(ord("ø"), None)
    found = read_font("x.ttf", saved(font))
    assert isinstance(found, tuple) and found[0] == "skriften mangler tegn, som dansk bruger: ø"


@pytest.mark.parametrize("is_honest", [True, False])
def test_a_compressed_font_that_would_fill_the_memory_is_refused(is_honest: bool) -> None:
    """Its tables are of 40 MB, packed into a few bytes, whether it says so or not."""
    data = as_woff2(small_font())
    place = 48
    for _ in range(int.from_bytes(data[12:14], "big")):
        entry = WOFF2DirectoryEntry()
        window = data[place : place + 17]
        place += len(window) - len(entry.fromString(window))
    packed = brotli.compress(bytes(40_000_000), quality=1)
    bomb = data[:8] + (place + len(packed)).to_bytes(4, "big") + data[12:20] + len(packed).to_bytes(4, "big") + data[24:place] + packed
    if is_honest:
        font = TTFont(io.BytesIO(small_font()))
        font["DATA"] = table = newTable("DATA")
        table.data = bytes(9_000_000)
        font.flavor = "woff2"
        bomb = saved(font)
    assert len(bomb) < 100_000 and read_font("x.woff2", bomb)[0] == "skriften fylder for meget, når den pakkes ud"


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20), st.sampled_from([64, 800, 10**9]))
def test_a_damaged_font_is_refused_or_can_be_used(is_compressed: bool, changes: list[tuple[float, int]], window: int) -> None:
    data = bytearray(as_woff2(small_font()) if is_compressed else small_font())
    for place, value in changes:
        data[int(place * min(len(data), window))] = value
    found = read_font("x.woff2" if is_compressed else "x.ttf", bytes(data))
    if isinstance(found, FontFile):
        as_sfnt(found.face.data, "Brand Text")
        as_woff2(found.face.data)


def test_a_logo_as_a_drawing_program_saves_it_is_published_without_its_document_type() -> None:
    assert list(check_svg(DRAWN_LOGO.encode())) == []
    published = plain_svg(DRAWN_LOGO.encode())
    assert b"<!" not in published and b"Illustrator" not in published and b"<use" in published


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg [<!ENTITY a "x">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY a "x">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/x.dtd">',
    ],
)
def test_a_document_type_that_declares_something_is_refused(doctype: str) -> None:
    assert [found.message for found in check_svg(f'{doctype}<svg xmlns="http://www.w3.org/2000/svg"/>'.encode())] == ["filen har en DOCTYPE"]


def test_what_is_repeated_may_not_repeat_others_or_grow() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a">' + "<path/>" * 100 + '</g><g id="b"><use href="#a"/></g></defs>'
    assert list(check_svg(f'{head}<use href="#a"/></svg>'.encode())) == []
    for inside in ('<use href="#b"/>', '<use href="#c"/>', '<use href="x.svg#a"/>', '<use href="#a"/>' * 60, '<g id="d"><use href="#d"/></g>'):
        assert len(list(check_svg(f"{head}{inside}</svg>".encode()))) == 1, inside


@pytest.mark.parametrize(("icon", "expected"), [("", "billeder/fjordby.svg"), ("billeder/ikon.png", "billeder/ikon.png")])
def test_the_logo_is_the_icon_of_a_site_that_has_no_other(tmp_path: Path, icon: str, expected: str) -> None:
    look, _ = looked(tmp_path, "logo: billeder/fjordby.svg\n")
    config = MkDocsConfig()
    config.theme = Theme("material", favicon=icon)
    use_logo(look, config)
    assert (config.theme["logo"], config.theme["favicon"]) == ("billeder/fjordby.svg", expected)
