"""Checks that a file of Word or Excel (Office Open XML, ECMA-376) is a document to read.

Such a file is a ZIP archive of parts. Only the kinds of parts that a document consists of are allowed: no programs, and no other files.
Nothing may be fetched from elsewhere when somebody opens the document.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

from lxml import etree

from kanalstrategi.sanitizing.xml_files import is_utf8_xml

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 100_000_000
"""The maximum size of all parts together when they are unpacked."""
MAX_TAGS = 4_000_000
"""The maximum number of start and end tags in one part, since each takes a hundred bytes of memory."""

_PROGRAMS = {".docx": "Word", ".xlsx": "Excel"}
"""The programs that write each kind of file."""
_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
}
"""The content types of the part that is the document itself, each with the extension of the file."""
_PART_EXTENSIONS = frozenset((
    ".bmp", ".emf", ".gif", ".jpeg", ".jpg", ".odttf", ".png", ".psmdcp", ".rels", ".svg", ".tif", ".tiff", ".vml", ".wdp", ".webp", ".wmf", ".xml",
))  # fmt: skip # one line per name would fill a page
"""The extensions of parts that hold text, images, fonts and metadata."""
_XML_EXTENSIONS = (".psmdcp", ".rels", ".vml", ".xml")
_PRINTER_SETTINGS = re.compile(r"(?:word|xl)/printersettings/[^/]*\.bin")
_PROGRAM_TYPES = re.compile(r"macro|vba|activex|extensibility|keymapcustomizations|attachedtoolbars|dialogsheet|/control$", re.IGNORECASE)
"""What the content types and relationships of programs contain."""
_EMBEDDED_TYPES = re.compile(r"oleobject|/package$|/afchunk$|/subdocument$", re.IGNORECASE)
_FETCHING_TYPES = re.compile(r"externallink|connections", re.IGNORECASE)
_FETCHING_FIELDS = re.compile(r"^[^\S\n]*(DATABASE|DDE|DDEAUTO|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK|MACROBUTTON)\b", re.IGNORECASE | re.MULTILINE)
"""The fields of Word that fetch something or start a program (ECMA-376 part 1, 17.16.5)."""
_FETCHING_FUNCTIONS = re.compile(r"\b(CALL|DDE|IMAGE|REGISTER(?:\.ID)?|RTD|WEBSERVICE)\s*\(", re.IGNORECASE)
"""The functions of Excel that do the same."""
_FOREIGN_REFERENCES = re.compile(r"\[[^\[\]]*\.xl\w+\]|\\\\", re.IGNORECASE)
"""How a formula names a workbook that is not this one."""
_TEXT, _SHEET_NAME = re.compile(r'"[^"]*"'), re.compile(r"'[^']*'")
_PROGRAM_PARTS = ("customui/", "xl/macrosheets/")
_FETCHING_PARTS = ("xl/connections.xml", "xl/externallinks/", "xl/querytables/")
"""How the names of parts begin that are programs, and that fetch something."""
_OTHER_FILES = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")
"""How programs, archives and documents begin that are hidden in a part for an image."""
_URL_SCHEMES = ("http", "https", "mailto", "tel")

_MAX_DIAGNOSTICS = 10
_END_BYTES = 22
"""The length of what ends an archive."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How files of Office begin that are encrypted or in the format from before 2007."""
_TOO_LARGE = ("filen fylder for meget, når den pakkes ud", "gør dokumentet mindre, eller del det i flere")


class _UnreadableError(Exception):
    """A part is not what the format prescribes."""


@dataclass(frozen=True)
class _Archive:
    """A file, and the words that its diagnostics need."""

    parts: dict[str, bytes]
    """The content of each part, keyed by its name in lower case: names differ in more than case (ECMA-376 part 2, 6.2.2.3)."""
    extension: str

    @property
    def program(self) -> str:
        """The name of the program that writes such files."""
        return _PROGRAMS[self.extension]


def check_office(data: bytes, extension: str) -> list[tuple[str, str]]:
    """Return a message and a hint in Danish for each kind of thing that is wrong with a file. `extension` is `.docx` or `.xlsx`."""
    return _check(data, extension, _faults)


def check_readable_office(data: bytes, extension: str) -> list[tuple[str, str]]:
    """Return the same for a file whose text is read, but which nobody is offered: what it would fetch or link to does no harm."""
    return _check(data, extension, _faults_in_reading)


def _check(data: bytes, extension: str, find_faults: Callable[[_Archive], Iterator[tuple[str, str]]]) -> list[tuple[str, str]]:
    save_again = f"gem dokumentet igen fra {_PROGRAMS[extension]}"
    if data.startswith(_OLD_FORMAT):
        return [("filen er låst med en adgangskode eller gemt i et gammelt format", f"gem den igen som {extension} uden adgangskode")]
    if not data.startswith(b"PK\x03\x04"):
        return [(f"filen er ikke et dokument fra {_PROGRAMS[extension]}", save_again)]
    try:
        if data[-_END_BYTES:][:4] != b"PK\x05\x06" or not data.endswith(b"\0\0"):  # something follows the archive, or it has a comment
            raise _UnreadableError
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
                return [_TOO_LARGE]
            parts = {info.filename.lower(): _read(archive, info) for info in infos}
        if any(content.count(b"<") > MAX_TAGS for content in parts.values()):
            return [_TOO_LARGE]
        if len(parts) < len(infos):
            raise _UnreadableError
        return list(dict.fromkeys(find_faults(_Archive(parts, extension))))[:_MAX_DIAGNOSTICS]
    except (_UnreadableError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, etree.XMLSyntaxError):
        return [("filen er beskadiget eller kan ikke læses", save_again)]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:  # encrypted
        raise _UnreadableError
    with archive.open(info) as part:
        content = part.read(info.file_size + 1)  # not all that there is, since the size may be a lie
    if len(content) != info.file_size:
        raise _UnreadableError
    return content


def _faults(archive: _Archive) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a file, more than once if it is."""
    yield from _faults_of_kind(archive)
    for name, content in archive.parts.items():
        if name.startswith(_PROGRAM_PARTS):
            yield _program(archive)
        elif name.startswith(_FETCHING_PARTS):
            yield _fetches(archive, posixpath.basename(name))
        extension = "." + name.rpartition(".")[2]  # not `splitext`, to which `.rels` is a name without an extension
        if extension not in _PART_EXTENSIONS and not _PRINTER_SETTINGS.fullmatch(name):
            yield _program(archive) if "vba" in name else _embedded(archive, posixpath.basename(name))
        elif extension == ".rels":
            for relationship in _elements(content, "Relationship"):
                yield from _faults_of_relationship(archive, relationship)
        elif extension in _XML_EXTENSIONS:
            yield from _faults_of_text(archive, content)
        elif content.startswith(_OTHER_FILES):
            yield _embedded(archive, posixpath.basename(name))


def _faults_in_reading(archive: _Archive) -> Iterator[tuple[str, str]]:
    yield from _faults_of_kind(archive)
    for name, content in archive.parts.items():
        if name.startswith(_PROGRAM_PARTS) or "vbaproject" in name:
            yield _program(archive)
        elif name.endswith(_XML_EXTENSIONS):
            for _ in _elements(content, "Relationship"):  # reads the whole part, which raises an error for what no part may have
                pass


def _faults_of_kind(archive: _Archive) -> Iterator[tuple[str, str]]:
    """Yield a diagnostic unless the document itself is of the kind that the extension says."""
    types = list(_elements(_part(archive, "[content_types].xml"), "Override", "Default"))
    if any(_PROGRAM_TYPES.search(one.get("ContentType", "")) for one in types):
        yield _program(archive)
        return
    main = [
        one.get("Target", "").lower().lstrip("/")
        for one in _elements(_part(archive, "_rels/.rels"), "Relationship")
        if one.get("Type", "").endswith("/officeDocument")
    ]
    names = {one.get("PartName", "").lower().lstrip("/"): one.get("ContentType", "") for one in types}
    kinds = {_MAIN_TYPES.get(names.get(name, "")) for name in main}
    if len(main) != 1 or main[0] not in archive.parts or kinds == {None}:
        yield f"filen er ikke et dokument fra {archive.program}", f"gem den igen som {archive.extension}"
    elif kinds != {archive.extension}:
        yield f"filen hedder {archive.extension}, men er et dokument af typen {kinds.pop()}", "giv den den rigtige endelse"


def _faults_of_relationship(archive: _Archive, relationship: etree._Element) -> Iterator[tuple[str, str]]:
    kind, target = relationship.get("Type", ""), relationship.get("Target", "")
    if _PROGRAM_TYPES.search(kind):
        yield _program(archive)
    elif _EMBEDDED_TYPES.search(kind):
        yield _embedded(archive, posixpath.basename(target))
    elif kind.endswith("/attachedTemplate"):
        yield f"filen henter en skabelon ({_short(target)})", f"vælg skabelonen Normal i {archive.program}, og gem filen igen"
    elif _FETCHING_TYPES.search(kind):
        yield _fetches(archive, target)
    elif relationship.get("TargetMode", "").lower() == "external":
        if not kind.endswith("/hyperlink"):
            yield _fetches(archive, target)
        elif not _can_be_followed(target):
            yield f"filen linker til {_short(target)}, som læserne ikke kan følge", "ret linket i dokumentet, og gem filen igen"


def _faults_of_text(archive: _Archive, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields and formulas of a part that fetch something. The name of a field may be spread over several elements."""
    fields: list[str] = []
    for found in _elements(content, "fldChar", "instrText", "fldSimple", "mailMerge", "f", "definedName", "formula", "formula1", "formula2"):
        name, text = etree.QName(found).localname, "".join(found.itertext())
        if name == "instrText":
            fields.append(text)
        elif name == "fldChar":
            fields.append("\n")
        elif name == "fldSimple":
            fields += ["\n", *(value for key, value in found.attrib.items() if etree.QName(key).localname == "instr"), "\n"]
        elif name == "mailMerge":
            yield _fetches(archive, "brevfletning")
        elif function := _FETCHING_FUNCTIONS.search(text):
            yield _fetches(archive, function[1].upper())
        elif _FOREIGN_REFERENCES.search(typed := _TEXT.sub("", text)) or "|" in _SHEET_NAME.sub("", typed):  # no operator, but an exchange with a program
            yield _fetches(archive, text)
    for field in _FETCHING_FIELDS.finditer("".join(fields)):
        yield _fetches(archive, field[1].upper())


def _program(archive: _Archive) -> tuple[str, str]:
    return "filen indeholder makroer eller et andet program", f"gem den igen som {archive.extension} uden makroer og knapper"


def _embedded(archive: _Archive, name: str) -> tuple[str, str]:
    return f"filen har en anden fil i sig ({_short(name)})", f"sæt det ind som et billede i {archive.program}, og gem filen igen"


def _fetches(archive: _Archive, what: str) -> tuple[str, str]:
    return f"filen henter noget andre steder fra ({_short(what)})", f"bryd forbindelsen i {archive.program}, og gem filen igen"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _can_be_followed(target: str) -> bool:
    if target.startswith("#"):
        return True
    try:
        return urlsplit(target.strip()).scheme in _URL_SCHEMES
    except ValueError:
        return False


def _part(archive: _Archive, name: str) -> bytes:
    if name not in archive.parts:
        raise _UnreadableError
    return archive.parts[name]


def _elements(content: bytes, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of an XML part that have one of these names, in any namespace, each at its end.

    Raises _UnreadableError for what no program of Office writes: entities, and text in another encoding than UTF-8.
    """
    if not is_utf8_xml(content) or b"<!DOCTYPE" in content:
        raise _UnreadableError
    tags = [f"{{*}}{name}" for name in names]
    for _, found in etree.iterparse(BytesIO(content), tag=tags, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True):
        yield found
