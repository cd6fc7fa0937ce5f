"""Word files in the markup that ECMA-376 describes, written by hand: what Word makes, and no library does."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Overskrift{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in range(1, 10)
    )
    + '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Indholdsfortegnelse1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="MinOverskrift"><w:name w:val="Min overskrift"/><w:basedOn w:val="Overskrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Opstilling"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Strk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def _level(level: int, how: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/></w:lvl>'


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">' + "".join(_level(n, "bullet", "\uf0b7") for n in range(9)) + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">' + "".join(_level(n, "decimal", f"%{n + 1}.") for n in range(9)) + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">' + _level(0, "lowerLetter", "%1)") + _level(1, "lowerRoman", "%2.") + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3">' + _level(0, "decimal", "§ %1", 7) + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
"""Numbers 1 (bullets), 2 (1. 1.), 3 (a) i.), 4 (§ 7) and 5 (numbers that begin anew)."""


@dataclass
class WordFile:
    """A file that is being written."""

    body: str
    notes: dict[str, str] = field(default_factory=dict)
    """The footnotes, keyed by id."""
    endnotes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    header: str = ""
    footer: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """Where links lead, keyed by the id of the relationship."""
    media: dict[str, bytes] = field(default_factory=dict)
    """Images by file name; the id of the relationship is the name without its extension."""
    parts: dict[str, bytes] = field(default_factory=dict)
    """Other parts, keyed by name."""
    main_type: str = f"{_MAIN}.document.main+xml"

    def bytes(self) -> bytes:
        """Return the file."""
        own = {
            "styles": ("styles", f"<w:styles {_NAMESPACES}>{_STYLES}</w:styles>"),
            "numbering": ("numbering", f"<w:numbering {_NAMESPACES}>{_NUMBERING}</w:numbering>"),
            "footnotes": ("footnotes", _notes("footnote", self.notes)),
            "endnotes": ("endnotes", _notes("endnote", self.endnotes)),
            "comments": ("comments", _notes("comment", self.comments)),
            "header1": ("header", f"<w:hdr {_NAMESPACES}>{self.header}</w:hdr>" if self.header else ""),
            "footer1": ("footer", f"<w:ftr {_NAMESPACES}>{self.footer}</w:ftr>" if self.footer else ""),
        }
        own = {name: part for name, part in own.items() if part[1]}
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for name, (kind, _) in own.items())
            archive.writestr(
                "[Content_Types].xml",
                f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
                '<Default Extension="emf" ContentType="image/x-emf"/><Default Extension="bmp" ContentType="image/bmp"/>'
                f'<Override PartName="/word/document.xml" ContentType="{self.main_type}"/>{overrides}</Types>',
            )
            archive.writestr("_rels/.rels", _relationships([("rId1", "officeDocument", "word/document.xml", False)]))
            archive.writestr("word/document.xml", f"{_XML}<w:document {_NAMESPACES}><w:body>{self.body}<w:sectPr/></w:body></w:document>")
            rows = [(name, kind, f"{name}.xml", False) for name, (kind, _) in own.items()]
            rows += [(id, "hyperlink", target, True) for id, target in self.links.items()]
            rows += [(name.rpartition(".")[0], "image", f"media/{name}", False) for name in self.media]
            archive.writestr("word/_rels/document.xml.rels", _relationships(rows))
            for name, (_, content) in own.items():
                archive.writestr(f"word/{name}.xml", _XML + content)
            for name, data in self.media.items():
                archive.writestr(f"word/media/{name}", data)
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return file.getvalue()


def _notes(kind: str, notes: dict[str, str]) -> str:
    texts = "".join(f'<w:{kind} w:id="{id}" w:author="Inge Berg">{content}</w:{kind}>' for id, content in notes.items())
    separator = "" if kind == "comment" else f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f"<w:{kind}s {_NAMESPACES}>{separator}{texts}</w:{kind}s>" if notes else ""


def _relationships(rows: list[tuple[str, str, str, bool]]) -> str:
    written = "".join(
        f'<Relationship Id="{id}" Type="{_RELATIONSHIPS}/{kind}" Target="{escape(target)}" TargetMode="{"External" if is_external else "Internal"}"/>'
        for id, kind, target, is_external in rows
    )
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", style: str = "", number: tuple[int, int] | None = None) -> str:
    """Return a paragraph: of plain text, or of markup if it begins with `<`. `number` is the id of a numbering and the level."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content if content.startswith('<') else run(content) if content else ''}</w:p>"


def h(level: int, text: str) -> str:
    """Return a heading."""
    return p(text, f"Overskrift{level}")


def tc(content: str, properties: str = "") -> str:
    """Return a cell of plain text, or of markup."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content if content.startswith('<w:') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def picture(id: str, alternative: str = "", crop: str = "") -> str:
    """Return a run with an image."""
    described = f' descr="{escape(alternative)}"' if alternative else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Billede 1"{described}/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{id}"/>{f"<a:srcRect {crop}/>" if crop else ""}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def field_of(code: str, result: str) -> str:
    """Return a field in its long form, with its result as markup."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    """Return an image, as JPEG with the place where it was taken."""
    image, file = Image.new("RGB", (width, height), (200, 120, 40)), BytesIO()
    image.paste((10, 90, 160), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = {1: "N", 2: (54.0, 46.0, 0.0), 3: "E", 4: (11.0, 52.0, 0.0)}
    image.save(file, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return file.getvalue()
