"""Which files may lie in `docs/`: pages, pictures and tables of figures, plain files with plain names.

Everything here is published or read while building, so a link to a file elsewhere, a picture that is a
program (SVG) and a picture that fills the machine's memory are refused, each with what to do.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from lxml import etree
from PIL import Image, UnidentifiedImageError

from .limits import TooSlowError, time_limit
from .records import Fault, Problem
from .source import slug

PAGE_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page; we take the first only."""
RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
FIGURES = ".csv"
TAKEN = {
    **{name: f"navnet {name} er taget af hjemmesiden selv" for name in ("assets", "data", "deling", "pdf", "search")},
    "admin": "navnet admin er taget af redigeringen i browseren",
    "templates": "mappen templates kommer ikke med på hjemmesiden",  # MkDocs (1.6.1) passes over it
}
"""Names that nothing at the root of `docs/` can have, and why, in Danish."""

LARGEST = {**dict.fromkeys(PAGE_ENDINGS, 100_000), **dict.fromkeys(RASTER, 2_000_000), ".svg": 500_000, FIGURES: 2_000_000}
"""Bytes, by ending."""
MOST_PIXELS = 25_000_000
DEEPEST = 30
"""Elements inside each other in an SVG file."""
_FOLDER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""Of a file. A folder called `index.html` would stand where a page has to."""


def files_below(docs: Path, problems: list[Problem]) -> list[str]:
    """The paths of all plain files, in order. What is neither file nor folder is complained of, and not followed."""
    found: list[str] = []

    def look(folder: Path, above: str, is_hidden: bool = False) -> None:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = above + entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            # What begins with a dot MkDocs (1.6.1) does not publish, but it walks through it, and follows its links.
            hidden = is_hidden or entry.name.startswith(".")
            if stat.S_ISDIR(mode):
                look(Path(entry.path), f"{path}/", hidden)
            elif stat.S_ISREG(mode):
                if not hidden:
                    found.append(path)
            else:
                what = "filen er en genvej (symlink)" if stat.S_ISLNK(mode) else "filen er ikke en almindelig fil"
                problems.append(Problem(f"docs/{path}", 1, what, "slet den, og læg selve filen i docs/"))

    if docs.is_dir():
        look(docs, "")
    return found


def file_problems(docs: Path, files: list[str]) -> Iterator[Problem]:
    """What is wrong with names, kinds, sizes and pictures."""
    for path in files:
        file, place = docs / path, f"docs/{path}"
        ending = file.suffix
        if file.name != "README.md":  # which is complained of where pages are read
            yield from _name_problems(path)
        if ending not in LARGEST:
            kinds = ", ".join([".md", ".svg", *RASTER, FIGURES])
            yield Problem(place, 1, f"filer af typen {ending or 'uden endelse'} kan ikke ligge i docs/", f"slet den, eller gem den som en af: {kinds}")
            continue
        size = file.stat().st_size
        if size > LARGEST[ending]:
            what = f"filen fylder {_kilobytes(size)} kB, og den må højst fylde {_kilobytes(LARGEST[ending])} kB"
            remedy = "del siden i flere" if ending in PAGE_ENDINGS else "gør den mindre, for eksempel ved at gemme billedet i mindre størrelse"
            yield Problem(place, 1, what, remedy)
        elif ending == ".svg":
            yield from (Problem(place, fault.line, fault.what, fault.remedy) for fault in svg_faults(file.read_bytes()))
        elif ending in RASTER:
            yield from _picture_problems(file, place)
        elif ending == FIGURES and not _is_utf8(file.read_bytes()):
            yield Problem(place, 1, "teksten er ikke gemt som UTF-8", "gem filen igen med tegnsættet UTF-8")


def _kilobytes(size: int) -> int:
    return -(-size // 1000)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _name_problems(path: str) -> Iterator[Problem]:
    parts = path.split("/")
    stem, dot, ending = parts[-1].rpartition(".")
    if why := TAKEN.get(parts[0].removesuffix(".md")):
        yield Problem(f"docs/{path}", 1, why, "giv den et andet navn")
    wrong = [part for part in parts[:-1] if not _FOLDER.fullmatch(part)] + [name for name in parts[-1:] if not _NAME.fullmatch(name)]
    if wrong:
        better = "/".join([*(slug(part) for part in parts[:-1]), (slug(stem or ending) or "side") + dot + ending.lower()])
        remedy = f"brug kun små bogstaver a–z, tal og bindestreg: {better}"
        yield Problem(f"docs/{path}", 1, f"navnet {wrong[0]} kan ikke bruges i en adresse", remedy)


def _picture_problems(file: Path, place: str) -> Iterator[Problem]:
    remedy = "gem billedet igen i et billedprogram"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=sorted(set(RASTER.values()))) as picture, time_limit():
                kind, (width, height) = picture.format, picture.size
                if width * height > MOST_PIXELS:
                    what = f"billedet er {width} × {height} punkter, og det må højst være {MOST_PIXELS // 1_000_000} millioner i alt"
                    yield Problem(place, 1, what, remedy + " i mindre størrelse")
                    return
                picture.load()  # of one that was cut short, the beginning is right
                tells_where = _GPS in picture.getexif()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        yield Problem(place, 1, "billedet har for mange punkter", remedy + " i mindre størrelse")
        return
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TooSlowError):
        yield Problem(place, 1, "filen er ikke et billede, der kan vises", remedy)
        return
    if tells_where:
        yield Problem(place, 1, "billedet fortæller, hvor det er taget (GPS)", "fjern stedet i et billedprogram, og gem billedet igen")
    if _SAME.get(kind, kind) != RASTER[file.suffix]:
        yield Problem(place, 1, f"filen hedder {file.suffix}, men er et billede af typen {kind}", "giv den den rigtige endelse")


_GPS = 0x8825
"""The place where a picture was taken (EXIF 2.3)."""
_SAME = {"MPO": "JPEG"}
"""What a phone calls a JPEG with a second picture in it."""


_SVG = "http://www.w3.org/2000/svg"
_SVG_ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "path", "polygon", "polyline",
    "radialGradient", "rect", "stop", "style", "svg", "text", "title", "tspan",
})  # fmt: skip
"""No scripts, animations, links, other files, or elements that repeat others (which grow without bound)."""
_SVG_ATTRIBUTES = frozenset({
    "baseProfile", "class", "clip-path", "clip-rule", "clipPathUnits", "color", "cx", "cy", "d", "dominant-baseline", "dx", "dy",
    "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style", "font-weight", "fx", "fy",
    "gradientTransform", "gradientUnits", "height", "id", "lang", "letter-spacing", "offset", "opacity", "points",
    "preserveAspectRatio", "r", "role", "rotate", "rx", "ry", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "style", "text-anchor", "textLength", "transform", "data-name", "vector-effect", "version", "viewBox", "visibility",
    "width", "x", "x1", "x2", "y", "y1", "y2", "aria-hidden", "aria-label", "aria-labelledby", "focusable",
    "{http://www.w3.org/XML/1998/namespace}lang", "{http://www.w3.org/XML/1998/namespace}space",
})  # fmt: skip
_NUMBER = r"[-+]?(?:\d{1,5}(?:\.\d*)?|\.\d+)(?:e-\d)?"
_LENGTH = re.compile(rf"{_NUMBER}(?:px|pt|pc|mm|cm|in|em|ex|rem|%)?", re.IGNORECASE)
_NUMBERS = {
    **dict.fromkeys(
        ("cx", "cy", "fx", "fy", "height", "offset", "r", "rx", "ry", "stroke-miterlimit", "stroke-width", "textLength",
         "width", "x1", "x2", "y1", "y2"),
        _LENGTH,
    ),
    "font-size": re.compile(rf"{_LENGTH.pattern}|(?:x?x?-)?(?:small|large)|medium|smaller|larger", re.IGNORECASE),
    "viewBox": re.compile(rf"(?:{_NUMBER}[\s,]+){{3}}{_NUMBER}", re.IGNORECASE),
    "d": re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,\s+-]*"),
    "points": re.compile(r"[Ee0-9.,\s+-]*"),
}  # fmt: skip
"""What the attributes that are numbers may be: the PDF engine (WeasyPrint 70) fails on others."""
_LOCAL = re.compile(r"url\(\s*['\"]?#[\w-]+['\"]?\s*\)", re.IGNORECASE)
_SAVE_PLAIN = "gem billedet som almindelig (»plain« eller optimeret) SVG eller som PNG"


def svg_faults(data: bytes) -> Iterator[Fault]:
    """What an SVG file holds besides a drawing."""
    # As UTF-8, whatever it says: a browser that does not know an encoding reads another file than we do.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", data)
    if not _is_utf8(data) or (declared and declared.group(1).lower() not in (b"utf-8", b"us-ascii")):
        yield Fault(1, "filen er ikke gemt som UTF-8", _SAVE_PLAIN)
        return
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Fault(max(error.lineno or 1, 1), "filen kan ikke læses som SVG", _SAVE_PLAIN)
        return
    except ValueError:  # such as a declared encoding that is not there
        yield Fault(1, "filen kan ikke læses som SVG", _SAVE_PLAIN)
        return
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        yield Fault(1, "filen har en DOCTYPE", "slet linjen med <!DOCTYPE …>, eller " + _SAVE_PLAIN)
    if root.tag != f"{{{_SVG}}}svg":
        yield Fault(1, "filen er ikke et SVG-billede", _SAVE_PLAIN)
        return
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in [*around, *root.iter()]:
        line = element.sourceline or 1
        if isinstance(element, etree._Comment):
            continue
        if not isinstance(element.tag, str):  # a processing instruction or an entity
            yield Fault(line, "filen henter noget andre steder fra", _SAVE_PLAIN)
            continue
        name = etree.QName(element)
        if name.namespace != _SVG or name.localname not in _SVG_ELEMENTS:
            yield Fault(line, f"<{name.localname}> kan ikke bruges i et SVG-billede", _SAVE_PLAIN)
            continue
        for attribute, value in element.attrib.items():
            if name.localname == "style" and attribute == "type" and value == "text/css":
                continue
            if attribute not in _SVG_ATTRIBUTES:
                yield Fault(line, f"{etree.QName(attribute).localname} kan ikke bruges i et SVG-billede", _SAVE_PLAIN)
            elif attribute in _NUMBERS and not _NUMBERS[attribute].fullmatch(value.strip()):
                yield Fault(line, f"{attribute} kan ikke være {value[:40]}", _SAVE_PLAIN)
            elif "\\" in value:
                yield Fault(line, f"{attribute} kan ikke indeholde \\", _SAVE_PLAIN)
            elif "(" in value and "url" in value.lower() and not _LOCAL.fullmatch(value.strip()) and attribute != "style":
                yield Fault(line, f"{attribute} peger ud af SVG-billedet", _SAVE_PLAIN)
            elif attribute == "clip-path" and any(True for _ in element.iterancestors(f"{{{_SVG}}}clipPath")):
                yield Fault(line, "en udklipning bruger en anden udklipning", _SAVE_PLAIN)
        written = element.get("style", "") + ("".join(element.itertext()) if name.localname == "style" else "")
        if not _is_harmless_style(written) or (name.localname == "style" and len(element)):
            yield Fault(line, "SVG-billedets stil henter noget andre steder fra", _SAVE_PLAIN)
        if sum(1 for _ in element.iterancestors()) >= DEEPEST:
            yield Fault(line, f"SVG-billedet har mere end {DEEPEST} lag", _SAVE_PLAIN)
            return


_FUNCTIONS = frozenset({"url", "rgb", "rgba", "hsl", "hsla", "calc", "matrix", "translate", "scale", "rotate", "skewx", "skewy"})
"""What a drawing's style may compute with."""


def _is_harmless_style(written: str) -> bool:
    """Whether a style fetches nothing: no `@import`, and `url()` for something in the file itself only."""
    if re.search(r"\\|clip-path|filter|mask|animation|behavior|binding", written, re.IGNORECASE):
        return False
    waiting = list(tinycss2.parse_component_value_list(written, skip_comments=True))
    while waiting:
        part = waiting.pop()
        if part.type in ("at-keyword", "error"):
            return False
        if part.type == "url" and not part.value.strip().startswith("#"):
            return False
        if part.type == "function" and part.lower_name not in _FUNCTIONS:
            return False
        if part.type == "function" and part.lower_name == "url":
            inner = [token for token in part.arguments if token.type != "whitespace"]
            if any(token.type != "string" or not token.value.strip().startswith("#") for token in inner):
                return False
        waiting += [*(getattr(part, "arguments", None) or ()), *(getattr(part, "content", None) or ())]
    return True
