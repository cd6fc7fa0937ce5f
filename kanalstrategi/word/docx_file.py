"""Begins and saves Word files: A4, in the look of `overrides/word/`, accessible, and with the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from string import Template
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lxml import etree

from kanalstrategi.design.look import Logo, Look, default_look
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.word.ooxml import Xml, field, paragraph, run, tab, w

if TYPE_CHECKING:
    from docx.document import Document

PAGE_TWIPS, MARGIN_TWIPS = (11906, 16838), 1134
"""The size of A4, and the margins of 2 cm, in twentieths of a point."""
TEXT_TWIPS = PAGE_TWIPS[0] - 2 * MARGIN_TWIPS
"""The width of the text."""
BULLETS, LEVELS, INDENT_TWIPS = 1, 9, 357
"""The number of the list definition with bullets, how many levels a list may have, and how far each goes in."""
_FONTS = {"font": "IBM Plex Sans", "code_font": "IBM Plex Mono"}
_LANGUAGES = {"da": "da-DK", "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "nb": "nb-NO", "no": "nb-NO", "pl": "pl-PL", "sv": "sv-SE"}
"""The languages that Word only knows together with a country."""
_QUOTE = {'"': "&quot;"}
"""What else is escaped in the value of an attribute."""
_LOGO_MM, _MAX_LOGO_MM = 10, 60
"""The height of the logo in the header, and its greatest width."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of each part of the archive, so that equal documents are equal files."""

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""What tells a screen reader to pass over a picture."""
_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "fontTable": "fonts"}
"""The parts of an empty document besides the text itself: the kind of each, and the file of `overrides/word/`."""


@dataclass(frozen=True)
class WordFacts:
    """The facts about a Word file in its header, its footer and its properties."""

    title: str
    organisation: str
    description: str
    language: str
    today: date
    state: str
    """Whether what it says is adopted, in words: "Udkast. Ikke vedtaget"."""
    look: Look = dataclass_field(default_factory=default_look)


def begin(facts: WordFacts) -> Document:
    """Return an empty document with its header, its footer and its properties."""
    import docx  # imported here, because it is slow, and only builds with something new need it

    document = docx.Document(BytesIO(_template(language_tag(facts.language), facts.look)))
    midnight = datetime.combine(facts.today, time.min)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = facts.title, facts.organisation, facts.organisation
    properties.subject, properties.language = facts.description, language_tag(facts.language)
    properties.created = properties.modified = midnight
    properties.revision, properties.comments, properties.keywords = 1, "", ""
    (section,) = document.sections
    header, footer = section.header._element, section.footer._element
    for part in (header, footer):
        del part[:]
    header.append(paragraph("Header", run(facts.state, w("b")), tab(), run(facts.organisation)))
    if facts.look.logo:
        _add_logo(section.header, facts.look.logo, facts.look.rgb("--k-brand"))
    footer.append(paragraph("Footer", run(facts.title), tab(), run("Side "), field("PAGE"), run(" af "), field("NUMPAGES")))
    return document


def add_blocks(document: Document, blocks: Iterable[Xml]) -> None:
    """Add paragraphs and tables at the end of the text."""
    body = document.element.body
    for block in blocks:
        body[-1].addprevious(block)  # the last one holds the size of the page


def save(document: Document) -> bytes:
    """Return a document as the content of its file."""
    saved, plain = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            _add(target, name, source.read(name))
    return plain.getvalue()


def _add_logo(header: Any, logo: Logo, ground: tuple[int, int, int]) -> None:
    """Put the logo in front of what the header says. The name of the municipality stands there, so it is an ornament to a screen reader."""
    from docx.shared import Mm  # imported here, as above

    header.paragraphs[-1].paragraph_format.space_after = Mm(_LOGO_MM / 2)  # the header is higher than the margin, so the text begins right below
    width = min(_LOGO_MM * logo.width / logo.height, _MAX_LOGO_MM)
    drawing = _on_ground(logo.drawing, ground) if logo.needs_ground else logo.drawing
    picture = header.paragraphs[0].insert_paragraph_before().add_run().add_picture(BytesIO(drawing), width=Mm(width))
    properties = picture._inline.docPr
    properties.set("name", "Logo")
    properties.append(etree.fromstring(_DECORATIVE))


def _on_ground(drawing: bytes, ground: tuple[int, int, int]) -> bytes:
    """Return a PNG with a color behind it. Its size stays, and with it the proportions."""
    from PIL import Image  # imported here, as above

    saved = BytesIO()
    with Image.open(BytesIO(drawing)) as image:
        Image.alpha_composite(Image.new("RGBA", image.size, (*ground, 255)), image.convert("RGBA")).save(saved, "PNG")
    return saved.getvalue()


def language_tag(language: str) -> str:
    """Return a language as Word names it: `da-DK`."""
    return _LANGUAGES.get(language, language)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


@cache
def _template(language: str, look: Look) -> bytes:
    """Return an empty document. That of python-docx (1.2.0) has a thumbnail, a hundred styles that nothing uses, and English."""
    colors = {name.removeprefix("--k-").replace("-", "_"): name for name, value in look.tokens.items() if value.startswith("#")}
    values = _FONTS | {"language": language} | {key: "{:02X}{:02X}{:02X}".format(*look.rgb(name)) for key, name in colors.items()}
    if look.text:
        values["font"] = look.text.name
    own = f'<w:rFonts w:ascii="{escape(look.headings.name, _QUOTE)}" w:hAnsi="{escape(look.headings.name, _QUOTE)}"/>' if look.headings else ""
    types = [f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in (("xml", "application/xml"), ("rels", f"{_TYPE_OF_RELATIONSHIPS}"))]
    types.append(f'<Override PartName="/word/document.xml" ContentType="{_WORDPROCESSING}.document.main+xml"/>')
    types += [f'<Override PartName="/word/{kind}.xml" ContentType="{_WORDPROCESSING}.{kind}+xml"/>' for kind in _PARTS]
    document_relationships = [f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for number, kind in enumerate(_PARTS, 1)]
    template = BytesIO()
    with zipfile.ZipFile(template, "w") as archive:
        _add(archive, "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{"".join(types)}</Types>'.encode())
        _add(archive, "_rels/.rels", _relationships([f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>']))
        _add(archive, "word/_rels/document.xml.rels", _relationships(document_relationships))
        for kind, file in _PARTS.items():
            text = (OVERRIDES / "word" / f"{file}.xml").read_text(encoding="utf-8")
            escaped = {key: escape(value, _QUOTE) for key, value in values.items()}
            _add(archive, f"word/{kind}.xml", Template(text).substitute(escaped, heading_font=own).encode())
        _add(archive, "word/document.xml", _serialized(w("document", w("body", _page_setup()))))
    return template.getvalue()


_TYPE_OF_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"


def _relationships(entries: Iterable[str]) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'.encode()


def _page_setup() -> Xml:
    width, height = PAGE_TWIPS
    sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN_TWIPS)
    return w("sectPr", w("pgSz", w=width, h=height), w("pgMar", **sides, header=567, footer=567, gutter=0))


def _serialized(root: Xml) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
