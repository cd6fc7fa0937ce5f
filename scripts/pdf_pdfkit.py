"""Make the PDF of a print page with wkhtmltopdf, driven through pdfkit: the second engine.

For who cannot install WeasyPrint's libraries. The program renders with the WebKit of 2012 and is no longer
maintained, so this engine takes as little as possible from it. It reads no page of ours as it stands: `_clean`
builds a new one of known tags and attributes, with copies of the pictures. What comes out has neither title,
bookmarks, inner links nor page numbers, and names the folder it was made in: `_finish` mends that with pikepdf.

What it cannot do is tag. The document's last page says so.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import io
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pdfkit
import pikepdf
import tinycss2
from lxml import etree, html
from lxml.html import HtmlElement
from PIL import Image, UnidentifiedImageError

from overrides.tokens import print_style
from scripts.pdf_engine import FONTS, PdfError, font_file, icon_file, may_not_be_fetched, site_file

PROGRAM = "wkhtmltopdf"
SECONDS = 180
"""What one run of the program may take; 70 pages take 1."""
PASSES = 3
"""How often the document is made until the page numbers written in it are true."""
MARGINS = {"margin-top": "22mm", "margin-right": "24mm", "margin-bottom": "20mm", "margin-left": "24mm"}
NO_MARGINS = dict.fromkeys(MARGINS, "0mm")

# What links and targets are called while wkhtmltopdf has them. It turns the address of a link into one of its own
# making (`#place` into `file:///tmp/…#place`) and writes down no targets at all, but each link with its place on
# the page. So a link goes through as its number, and a target as a link that nobody sees.
LINK = "https://link.invalid/"
MARK = "https://mark.invalid/"

TAGS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section "
    "small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
"""What goes to wkhtmltopdf. Of other tags only the content does."""
LEFT_OUT = frozenset("datalist math noframes option script select style template textarea".split())
"""And of these not even that."""
ATTRIBUTES = frozenset("class colspan dir id lang reversed rowspan start type value".split())
ADDRESSES = frozenset("archive background classid code codebase data href manifest poster src srcdoc srcset".split())
"""Attributes that a program may fetch from. Not `action`, `cite` and the like, which are dropped unread."""
FETCHING_FUNCTIONS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
SVG = "{http://www.w3.org/2000/svg}"
SVG_LEFT_OUT = frozenset("animate animateColor animateMotion animateTransform foreignObject script set".split())
"""The animations because they can set an address that was not there before."""


@dataclass(frozen=True)
class Link:
    """A link of the document: to a place in it if it begins with `#`."""

    target: str
    text: str


@dataclass(frozen=True)
class Heading:
    level: int
    title: str
    id: str
    is_draft: bool


@dataclass(frozen=True)
class Clean:
    """A print page with nothing in it that wkhtmltopdf could fetch or run."""

    title: str
    author: str
    description: str
    language: str
    created: date
    cover: HtmlElement | None
    body: HtmlElement
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where on a page something stands, in points from its lower left corner."""

    page: int
    """Counted from 1, the cover included."""
    left: float
    top: float


def make(html: str, site: Path, target: Path) -> None:
    """Write the PDF of a print page (see overrides/pdf/assemble.py), creating its folder.

    `site` is the folder that addresses beginning with `site:` are looked up in.
    Raises PdfError.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise PdfError(f"{PROGRAM} findes ikke – installér den med: sudo apt-get install {PROGRAM}")
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name).resolve()
        runner = _Runner(program, folder)
        page = _clean(html, site, folder)
        content = _render(runner, page)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


# From the print page to one that is safe to render


def _clean(source: str, site: Path, folder: Path) -> Clean:
    """Refuses every address but those of icons and of pictures in the site, which are copied into `folder`."""
    # As bytes: lxml refuses text that begins with an XML declaration.
    tree = html.document_fromstring(source.encode(), html.HTMLParser(encoding="utf-8"))
    for element in tree.iter(etree.Element):
        _refuse_addresses(element)
    body = tree.find("body")
    body = html.Element("body") if body is None else body
    meta = {element.get("name"): element.get("content", "") for element in tree.iter("meta")}
    _add_last_page(body)
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    _replace_drawings(body)
    for element in list(body.iter(*LEFT_OUT)):
        element.drop_tree()
    for element in list(body.iterdescendants(etree.Element)):
        if element.tag not in TAGS:
            element.drop_tag()
    _stand_in_for_selectors(body)
    _keep_together(body)
    headings = _name_headings(body)
    pictures = _Pictures(site, folder)
    links: list[Link] = []
    for element in body.iterdescendants():
        _clean_attributes(element, pictures, links)
    targets = _mark_targets(body, links, headings)
    covers = body.xpath("./section[@class='cover']")
    if covers:
        covers[0].drop_tree()
    return Clean(
        title=" ".join(tree.findtext(".//title", "").split()),
        author=meta.get("author", ""),
        description=meta.get("description", ""),
        language=tree.get("lang", ""),
        created=_date(meta.get("dcterms.created", "")),
        cover=covers[0] if covers else None,
        body=body,
        headings=headings,
        links=tuple(links),
        targets=targets,
    )


def _date(text: str) -> date:
    """A constant where the page says none: the same page always makes the same file."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date(2000, 1, 1)


def _refuse_addresses(element: HtmlElement) -> None:
    if element.tag == "style":
        _refuse_in_style(tinycss2.parse_stylesheet(element.text_content()))
    if element.tag == "meta" and (element.get("http-equiv") or "").strip().lower() == "refresh":
        raise may_not_be_fetched(element.get("content", ""))
    for name, value in element.attrib.items():
        name = _local(name)
        if name == "style":
            _refuse_in_style(tinycss2.parse_component_value_list(value))
        elif name == "href" and element.tag in ("a", "area"):
            _refuse_link(value)
        elif name in ADDRESSES:
            _refuse_address(value, "site:", "icon:")


def _local(name: str) -> str:
    """`href` of `xlink:href` and of `{http://www.w3.org/1999/xlink}href`."""
    return re.split("[:}]", name)[-1].lower()


def _refuse_address(value: str, *allowed: str) -> None:
    address = value.strip()
    if address and not address.startswith(("#", *allowed)):
        raise may_not_be_fetched(address)


def _refuse_link(value: str) -> None:
    """Links are not fetched, but what they say stands in the file. Assembled pages have none that are relative."""
    scheme, colon, _ = "".join(value.split()).lower().partition(":")
    if not value.startswith("#") and (not colon or scheme in ("data", "file", "javascript", "vbscript")):
        raise PdfError(f"linket {value} kan ikke stå i en PDF")


def _refuse_in_style(nodes: Iterable[tinycss2.ast.Node], allowed: Sequence[str] = ("site:", "font:")) -> None:
    """Reads the style as a browser does, since `u\\72l(…)` and comments hide from any simpler search."""
    for node in nodes:
        if node.type == "url":
            _refuse_address(node.value, *allowed)
        elif node.type == "error" and node.kind in ("bad-url", "bad-string"):
            raise may_not_be_fetched(node.message)
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            for part in node.prelude:
                if part.type == "string":
                    raise may_not_be_fetched(part.value)
        elif node.type == "function" and node.lower_name in FETCHING_FUNCTIONS:
            for argument in node.arguments:
                if argument.type == "string":
                    _refuse_address(argument.value, *allowed)
        for inner in ("prelude", "content", "arguments"):
            _refuse_in_style(getattr(node, inner, None) or (), allowed)


def _add_last_page(body: HtmlElement) -> None:
    """Says what the file cannot do. The address of the newest edition goes along, being the last thing to read."""
    imprint = body.xpath("./section[@class='imprint']")
    addresses = body.xpath(".//p[@class='newest']//a/@href")
    where = "på nettet"
    if addresses:
        site = escape(urljoin(addresses[0], "../"))  # the documents have a folder of their own in the site
        where = f'på nettet: <a href="{site}">{site}</a>'
    page = html.fragment_fromstring(
        '<section class="chapter untagged"><h1>Om denne PDF</h1>'
        "<p>Denne PDF er ikke tagget. Det betyder, at den ikke er tilgængelig for dig, der bruger skærmlæser "
        "eller et andet hjælpemiddel: det kan ikke se, hvad der er overskrifter, lister og tabeller, eller i hvilken "
        "rækkefølge teksten skal læses.</p>"
        f"<p>Det samme indhold er tilgængeligt som almindelige sider {where}</p></section>"
    )
    page.extend(imprint)
    body.append(page)


def _replace_drawings(body: HtmlElement) -> None:
    """Put the words of a drawing inside the page in its place: what it looks like is lost with lxml's HTML parser,
    which turns `viewBox` into `viewbox`. Drawings in files of their own are kept."""
    for drawing in body.xpath(".//svg[not(ancestor::svg)]"):
        words = drawing.xpath("string(.//title)") or drawing.get("aria-label") or ""
        text = html.Element("span")
        text.text, text.tail = words.strip(), drawing.tail
        drawing.getparent().replace(drawing, text)


def _stand_in_for_selectors(body: HtmlElement) -> None:
    """Classes for what print.css finds with `:has()`."""
    for element in body.xpath(".//ul[li/@id]"):
        element.classes.add("ids")
    for element in body.xpath(".//ul[li[contains(concat(' ', @class, ' '), ' decision ')]]"):
        element.classes.add("decisions")
    for element in body.xpath(".//p[following-sibling::*[1][self::ul or self::ol]]"):
        element.classes.add("leads-list")


def _keep_together(body: HtmlElement) -> None:
    """Put what leads on to a box that does not break into one piece with it: the program's WebKit leaves it behind."""
    leads = "self::h2 or self::h3 or self::h4 or contains(@class, 'leads-list')"
    classes = ("definition", "ids", "quoted-rules", "rules", "step")
    has_class = (f"contains(concat(' ', @class, ' '), ' {name} ')" for name in classes)
    boxes = " or ".join(("self::blockquote", *has_class))
    for element in body.xpath(f".//*[{boxes}][not(contains(@class, 'decisions'))][preceding-sibling::*[1][{leads}]]"):
        piece = html.Element("div", {"class": "together"})
        element.addprevious(piece)
        while before := piece.xpath(f"preceding-sibling::*[1][{leads}]"):
            piece.insert(0, before[0])
        piece.append(element)


def _name_headings(body: HtmlElement) -> tuple[Heading, ...]:
    """The headings that become bookmarks, each with an id."""
    headings = []
    for number, element in enumerate(body.iter("h1", "h2")):
        if not element.get("id"):
            element.set("id", f"overskrift-{number}")
        is_draft = element.tag == "h1" and bool(element.xpath("ancestor::*[contains(@class, 'is-draft')]"))
        title = " ".join(element.text_content().split())
        headings.append(Heading(int(element.tag[1]), title, element.get("id"), is_draft))
    return tuple(headings)


def _mark_targets(body: HtmlElement, links: Sequence[Link], headings: Sequence[Heading]) -> tuple[str, ...]:
    """Put a link that nobody sees where each target begins; gives the targets in the order of their numbers."""
    wanted = {heading.id for heading in headings}
    wanted |= {link.target[1:] for link in links if link.target.startswith("#")}
    wanted |= {reference[1:] for reference in body.xpath(".//@data-to")}
    found: list[str] = []
    for element in list(body.iterdescendants()):
        if element.get("id") not in wanted or element.get("id") in found:
            continue
        mark = html.Element("a", {"class": "pdf-mark", "href": f"{MARK}{len(found)}"})
        found.append(element.get("id"))
        # Into the first thing that may hold one, or before the outermost link: links inside links are taken apart.
        holders = element.xpath("descendant-or-self::*[not(self::ul|self::ol|self::dl|self::table|self::thead|"
                                "self::tbody|self::tfoot|self::tr|self::colgroup|self::col)][1]")  # fmt: skip
        holder = holders[0] if holders else element
        around = holder.xpath("(ancestor-or-self::a | self::img | self::br | self::hr | self::wbr)[1]")
        if around:
            around[0].addprevious(mark)
        else:
            mark.tail, holder.text = holder.text, None
            holder.insert(0, mark)
    if missing := sorted(wanted - set(found)):
        raise PdfError(f"linket #{missing[0]} fører ingen steder hen")
    return tuple(found)


def _clean_attributes(element: HtmlElement, pictures: _Pictures, links: list[Link]) -> None:
    kept = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES}
    if element.tag == "img":
        kept |= {name: element.get(name) for name in ("width", "height") if element.get(name, "").isdigit()}
        kept["src"] = pictures.copy(element.get("src", "").strip())
    if element.tag == "a" and (href := element.get("href", "").strip()):
        kept["href"] = f"{LINK}{len(links)}"
        text = element.get("aria-label") or " ".join(element.text_content().split())
        links.append(Link(href, text or href))
    if (reference := element.get("data-to", "")).startswith("#"):
        kept["data-to"] = reference
    if style := _plain_style(element.get("style", "")):
        kept["style"] = style
    element.attrib.clear()
    element.attrib.update(kept)


def _plain_style(style: str) -> str:
    """The declarations that hold words and numbers only, such as how a table's column is aligned."""
    plain = {"dimension", "hash", "ident", "number", "percentage", "whitespace"}
    declarations = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
    return "; ".join(
        f"{declaration.lower_name}: {tinycss2.serialize(declaration.value).strip()}"
        for declaration in declarations
        if declaration.type == "declaration"
        and re.fullmatch("[a-z-]+", declaration.lower_name)
        and all(part.type in plain and "\\" not in part.serialize() for part in declaration.value)
    )


class _Pictures:
    """Copies pictures of the site into the one folder that wkhtmltopdf may read."""

    def __init__(self, site: Path, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._copied: dict[str, str] = {}

    def copy(self, address: str) -> str:
        """Gives the copy's name, which has nothing of the picture's."""
        if address not in self._copied:
            content, ending = self._read(address)
            name = f"{len(self._copied)}.{ending}"
            (self._folder / name).write_bytes(content)
            self._copied[address] = name
        return self._copied[address]

    def _read(self, address: str) -> tuple[bytes, str]:
        scheme, _, name = unquote(address).partition(":")
        if scheme == "icon":
            return icon_file(name), "svg"
        if scheme != "site":
            raise may_not_be_fetched(address)
        content = site_file(self._site, name)
        if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")):
            return content, "png" if content[:1] == b"\x89" else "jpg" if content[:1] == b"\xff" else "gif"
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _clean_svg(content, name), "svg"
        return _as_png(content, name), "png"


def _as_png(content: bytes, name: str) -> bytes:
    """WebP and others, which the program knows only if Qt's plugins happen to be installed."""
    png = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.convert("RGBA").save(png, "PNG")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PdfError(f"billedet {name} kan ikke læses") from error
    return png.getvalue()


def _clean_svg(content: bytes, name: str) -> bytes:
    """An SVG is a page of its own, and can name other files in as many ways."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PdfError(f"billedet {name} kan ikke læses") from error
    for reference in root.iter(etree.Entity):
        raise may_not_be_fetched(reference.text)
    for element in list(root.iter(etree.Element)):
        if not element.tag.startswith(SVG) or element.tag.removeprefix(SVG) in SVG_LEFT_OUT:
            if "}include" in element.tag:
                raise may_not_be_fetched(element.get("href", ""))
            _refuse_svg_addresses(element)
            if element is root:
                raise PdfError(f"billedet {name} kan ikke læses")
            element.getparent().remove(element)
            continue
        _refuse_svg_addresses(element)
        for attribute in element.attrib:
            if _local(attribute).startswith("on") or attribute.endswith("}base"):
                del element.attrib[attribute]
    return etree.tostring(root, encoding="utf-8")


def _refuse_svg_addresses(element: etree._Element) -> None:
    if element.tag == f"{SVG}style":
        _refuse_in_style(tinycss2.parse_stylesheet("".join(element.itertext())), allowed=())
    for attribute, value in element.attrib.items():
        if _local(attribute) in ADDRESSES and element.tag != f"{SVG}a":
            if not re.match("data:image/(png|jpeg|gif);base64,", value.strip()):
                _refuse_address(value)
        elif "(" in value or "\\" in value:  # fill, mask, filter and the like
            _refuse_in_style(tinycss2.parse_component_value_list(value), allowed=())


# The program


class _Runner:
    """Runs wkhtmltopdf on pages in one folder, the only one that it may read."""

    def __init__(self, program: str, folder: Path) -> None:
        self._folder = folder
        for font in FONTS.values():
            (folder / "fonts").mkdir(exist_ok=True)
            (folder / "fonts" / font).write_bytes(font_file(font))
        # The fonts by way of fontconfig, which knows each weight of a variable font by its name.
        (folder / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir>"
            f"<cachedir>{folder}/cache</cachedir><cachedir>/var/cache/fontconfig</cachedir></fontconfig>"
        )
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "QT_HASH_SEED": "0",  # the order of the fonts in the file is that of a hash table
            "QT_QPA_PLATFORM": "offscreen",  # it looks for a screen otherwise; not every distribution's build knows
        }
        # pdfkit takes options from `<meta name="pdfkit-…">` of the page. Nobody can guess this prefix.
        self._configuration = pdfkit.configuration(
            wkhtmltopdf=program, meta_tag_prefix=secrets.token_hex(), environ=environment
        )

    def run(self, name: str, body: str, margins: dict[str, str]) -> bytes:
        page, made = self._folder / f"{name}.html", self._folder / f"{name}.pdf"
        page.write_text(
            f'<!doctype html><html><head><meta charset="utf-8"><title></title><style>{print_style("print-pdfkit.css")}</style></head>'
            f'<body class="{name}">{body}</body></html>',
            encoding="utf-8",
        )
        options = {
            "allow": str(self._folder),
            "disable-local-file-access": "",
            "disable-javascript": "",
            "disable-plugins": "",
            "proxy": "http://127.0.0.1:1",  # where nothing listens
            "load-error-handling": "abort",
            "load-media-error-handling": "abort",
            "encoding": "utf-8",
            "page-size": "A4",
            "log-level": "error",
            **margins,
        }
        # `verbose` only so that pdfkit leaves out --quiet, which hides what went wrong. And not its `to_pdf`, which
        # waits for the program for ever.
        kit = pdfkit.PDFKit(str(page), "file", options=options, configuration=self._configuration, verbose=True)
        made.unlink(missing_ok=True)
        try:
            done = subprocess.run(
                kit.command(str(made)), env=kit.environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise PdfError(f"{PROGRAM} blev ikke færdig på {SECONDS} sekunder") from error
        except OSError as error:
            raise PdfError(f"{PROGRAM} kan ikke køres: {error.strerror}") from error
        if done.returncode or not made.is_file():
            lines = done.stderr.decode(errors="replace").replace(f"{self._folder}/", "").split("\n")
            said = next((line.strip() for line in reversed(lines) if line.strip()), f"kode {done.returncode}")
            raise PdfError(f"{PROGRAM} gik i stå: {said}")
        try:
            pikepdf.open(made).close()
        except pikepdf.PdfError as error:
            raise PdfError(f"{PROGRAM} gik i stå: det, der kom ud, er ikke en PDF") from error
        return made.read_bytes()


def _render(runner: _Runner, page: Clean) -> bytes:
    """Make the document again until the page numbers in it are those of the document they stand in."""
    before = 0 if page.cover is None else 1
    numbers: dict[str, int] = {}
    for _ in range(PASSES):
        body = runner.run("body", _inner(_with_numbers(page.body, numbers)), MARGINS)
        with pikepdf.open(io.BytesIO(body)) as pdf:
            places = _places(pdf, page.targets, before)
            count = len(pdf.pages)
        found = {id: place.page for id, place in places.items()}
        if found == numbers:
            break
        numbers = found
    else:
        raise PdfError("sidetallene i indholdsfortegnelsen falder ikke til ro")
    sheets = runner.run("sheets", _sheets(page, places, before + 1, before + count), NO_MARGINS)
    cover = None if page.cover is None else runner.run("cover", _inner(page.cover), NO_MARGINS)
    return _finish(page, body, sheets, cover, places)


def _inner(element: HtmlElement) -> str:
    return "".join(html.tostring(child, encoding="unicode") for child in element)


def _with_numbers(body: HtmlElement, numbers: dict[str, int]) -> HtmlElement:
    """Fill in what print.css does with `target-counter()`."""
    body = copy.deepcopy(body)
    for element in body.xpath(".//*[@data-to]"):
        number = numbers.get(element.attrib.pop("data-to")[1:], 0)
        if element.get("class") in ("page", "on-page"):
            element.text = str(number)
        else:
            text = html.Element("span")
            text.text = f" (side {number})"
            element.append(text)
    return body


def _places(pdf: pikepdf.Pdf, targets: Sequence[str], before: int) -> dict[str, Place]:
    places = {}
    for number, page in enumerate(pdf.pages, before + 1):
        for annotation in page.get("/Annots", []):
            if (uri := _address(annotation)).startswith(MARK):
                left, top = float(annotation.Rect[0]), float(annotation.Rect[3])
                places.setdefault(targets[int(uri.removeprefix(MARK))], Place(number, left, top))
    return places


def _address(annotation: pikepdf.Object) -> str:
    return str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""


def _sheets(page: Clean, places: dict[str, Place], first: int, last: int) -> str:
    """What is laid under each page after the cover: the program knows no running headers."""
    return "".join(
        f'<div class="sheet"><p class="running-title">{escape(page.title)}</p>'
        f'<p class="running-chapter">{escape(_running(page.headings, places, number))}</p>'
        f'<p class="running-number">Side {number} af {last}</p></div>'
        for number in range(first, last + 1)
    )


def _running(headings: Sequence[Heading], places: dict[str, Place], number: int) -> str:
    """The chapter that a page belongs to; the opening has none."""
    chapters = [heading for heading in headings if heading.level == 1 and heading.id in places]
    begun = [heading for heading in chapters if places[heading.id].page <= number]
    if not begun or begun[-1] is chapters[0]:
        return ""
    return begun[-1].title + (" – udkast" if begun[-1].is_draft else "")


# From what the program makes to a document


def _finish(page: Clean, body: bytes, sheets: bytes, cover: bytes | None, places: dict[str, Place]) -> bytes:
    with contextlib.ExitStack() as stack:
        pdf, under = (stack.enter_context(pikepdf.open(io.BytesIO(made))) for made in (body, sheets))
        if len(under.pages) != len(pdf.pages):
            raise PdfError(f"{PROGRAM} gik i stå: der er ikke lige mange sider og sidetal")
        for number, (content, sheet) in enumerate(zip(pdf.pages, under.pages, strict=True)):
            # Not over the page: a sheet is painted white. And not with `add_underlay`, which makes up a random name.
            name = pikepdf.Name(f"/Sheet{number}")
            content.add_resource(pdf.copy_foreign(sheet.as_form_xobject()), pikepdf.Name.XObject, name)
            content.contents_add(b"q %s Do Q" % bytes(name), prepend=True)
        if cover is not None:
            pdf.pages.insert(0, stack.enter_context(pikepdf.open(io.BytesIO(cover))).pages[0])
        _rename_fonts(pdf)
        _make_links(pdf, page.links, places)
        _name_places(pdf, places)
        _make_outline(pdf, page.headings, places)
        _say_what_it_is(pdf, page)
        pdf.remove_unreferenced_resources()
        numbered, made = io.BytesIO(), io.BytesIO()
        # Twice: objects are numbered anew when written one by one, but kept in their old order when packed together.
        pdf.save(numbered, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        with pikepdf.open(numbered) as same:
            same.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return made.getvalue()


def _rename_fonts(pdf: pikepdf.Pdf) -> None:
    """Give the fonts names that hang on what is in them. Qt's hang on the order in which it writes them, and that on
    the folder that they lie in, which has another name each time."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor:
            digest = hashlib.sha256(thing.FontFile2.read_bytes()).digest()
            tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
            thing.FontName = pikepdf.Name(f"/{tag}+{str(thing.FontName).rpartition('+')[2]}")
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing:
            thing.BaseFont = thing.FontDescriptor.FontName


def _make_links(pdf: pikepdf.Pdf, links: Sequence[Link], places: dict[str, Place]) -> None:
    """Give the links back what they lead to, and take the marks away. None keeps what the program wrote."""
    for page in pdf.pages:
        kept = []
        for annotation in page.get("/Annots", []):
            uri = _address(annotation)
            if not uri.startswith(LINK):
                continue
            link = links[int(uri.removeprefix(LINK))]
            made = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=annotation.Rect, Border=[0, 0, 0],
                Contents=pikepdf.String(link.text),
            )  # fmt: skip
            if not link.target.startswith("#"):
                made.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=_as_ascii(link.target))
            elif link.target[1:] in places:
                made.Dest = pikepdf.String(link.target[1:])
            else:
                continue
            kept.append(pdf.make_indirect(made))
        if "/Annots" in page:
            del page["/Annots"]
        if kept:
            page.Annots = pikepdf.Array(kept)


def _as_ascii(address: str) -> pikepdf.String:
    """A PDF's addresses hold nothing else; what is escaped already stays as it is."""
    return pikepdf.String(quote(address, safe="%!#$&'()*+,/:;=?@[]~"))


def _destination(pdf: pikepdf.Pdf, place: Place) -> pikepdf.Array:
    return pikepdf.Array([pdf.pages[place.page - 1].obj, pikepdf.Name.XYZ, place.left, place.top, 0])


def _name_places(pdf: pikepdf.Pdf, places: dict[str, Place]) -> None:
    """Named as in the HTML, so that `kanalstrategi.pdf#strategi-formaal` leads there."""
    names: list[pikepdf.Object] = []
    for name in sorted(map(pikepdf.String, places), key=bytes):
        names += [name, _destination(pdf, places[str(name)])]
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(names)))


def _make_outline(pdf: pikepdf.Pdf, headings: Sequence[Heading], places: dict[str, Place]) -> None:
    with pdf.open_outline() as outline:
        for heading in headings:
            if heading.id not in places:
                continue
            item = pikepdf.OutlineItem(heading.title, _destination(pdf, places[heading.id]))
            under = outline.root[-1].children if heading.level == 2 and outline.root else outline.root
            under.append(item)


def _say_what_it_is(pdf: pikepdf.Pdf, page: Clean) -> None:
    when = f"D:{page.created:%Y%m%d}000000Z"
    said = {"/Title": page.title, "/Author": page.author, "/Subject": page.description,
            "/Creator": f"{PROGRAM} (pdfkit)", "/Producer": str(pdf.docinfo.get("/Producer", "Qt")),
            "/CreationDate": when, "/ModDate": when}  # fmt: skip
    del pdf.docinfo
    for name, value in said.items():
        if value:
            pdf.docinfo[name] = value
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo)
        if page.language:
            xmp["dc:language"] = {page.language}
    if page.language:
        pdf.Root.Lang = pikepdf.String(page.language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if page.headings:
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
