"""Reads a questionnaire that a department has filled in, as Word, LibreOffice or Google Docs has saved it.

Text that was inserted with tracked changes counts, deleted text does not. What is no answer is handed over, too, so that it can be reported.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from kanalstrategi.incoming_text import read_typed
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.sanitizing.office_files import check_readable_office
from kanalstrategi.word.ooxml import Xml, qualified
from kanalstrategi.word.questionnaire import ESSENTIAL_WORD, HEADS, KEY_LABEL

_KEY = re.compile(rf"{KEY_LABEL}\s*:\s*([\w-]+)\s*/\s*(\S+)", re.IGNORECASE)
SURROUNDINGS = ("sidehoved", "sidefod")
"""Where a questionnaire has words of its own besides its text."""
_NO_MARKS = frozenset(("", "nej", "n", "☐", "□"))
"""What may stand in the last column without meaning that a question is not relevant."""
_MAX_MARK_CHARACTERS = 3
"""Longer words in the last column are a reason, which is kept."""
_MAX_COLUMNS = 63
"""How many columns a table of Word may have."""
_DELETED = frozenset(map(qualified, ("del", "moveFrom")))
_IGNORED = frozenset((*map(qualified, ("rPr", "pPr", "instrText", "tbl")), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"))
"""Elements without words of their own: properties, codes of fields, tables, and what stands there a second time for old programs."""
_BREAKS = frozenset(map(qualified, ("br", "cr")))
_NOTE_MARKS = frozenset(map(qualified, ("footnoteReference", "endnoteReference")))
_PICTURES = frozenset(map(qualified, ("drawing", "pict", "object")))
_OTHER_PARTS = {
    "comments": ("comment", "kommentar"),
    "footnotes": ("footnote", "fodnote"),
    "endnotes": ("endnote", "slutnote"),
    "header": ("hdr", SURROUNDINGS[0]),
    "footer": ("ftr", SURROUNDINGS[1]),
}
"""What else a file may say, keyed by the kind of the part: the name of the element, and what it is called."""
_UNREADABLE = "filen kan ikke læses – gem dokumentet igen som .docx"


class FilledInError(ValueError):
    """A file is no questionnaire that can be read. The message says why, in Danish."""


@dataclass(frozen=True)
class Line:
    """A paragraph of an answer."""

    text: str
    is_item: bool = False
    """Whether it is an item of a list."""


@dataclass(frozen=True)
class FilledRow:
    """A row of a table."""

    department: str
    """Id of the department that it belongs to; empty if the row has no key."""
    id: str
    """Id of the decision; empty if the row has no key."""
    question: str
    answer: tuple[Line, ...]
    mark: str
    """What stands in the column for questions that are not relevant, if it means that this one is not."""
    rest: tuple[str, ...]
    """What else the row holds, in words."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not (self.answer or self.mark or self.rest)


@dataclass(frozen=True)
class FilledIn:
    """A questionnaire that was filled in."""

    rows: tuple[FilledRow, ...]
    outside: tuple[tuple[str, str], ...]
    """The lines that stand outside the tables, each with where it stands: empty, `kommentar fra …`, `fodnote`, one of SURROUNDINGS …"""

    @property
    def department(self) -> str:
        """The id of the department that most of the rows belong to; empty if no row has a key."""
        departments = [row.department for row in self.rows if row.department]
        return max(departments, key=departments.count, default="")


def read_filled_in(data: bytes) -> FilledIn:
    """Return a questionnaire, given the content of its file. Raises FilledInError."""
    try:
        with time_limit():
            for message, hint in check_readable_office(data, ".docx"):
                raise FilledInError(f"{message} – {hint}")
            return _read(data)
    except TooSlowError as error:
        raise FilledInError("filen tager for lang tid at læse – gem dokumentet igen, eller del det i flere") from error
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:  # what no program writes
        if isinstance(error, FilledInError):
            raise
        raise FilledInError(_UNREADABLE) from error


def _read(data: bytes) -> FilledIn:
    document = _Document(data)
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in document.relations if relation.get("TargetMode") == "External"}
    tables = [table for table in document.root.iter(qualified("tbl")) if not _is_in_table(table)]
    rows = tuple(row for table in tables for row in _rows(table, targets))
    loose = [paragraph for paragraph in document.root.iter(qualified("p")) if not _is_in_table(paragraph)]
    outside = [("", line) for paragraph in loose for line in _text(paragraph).split("\n")]
    outside += [(f"slettet med ændringssporing: »{words}«", "") for paragraph in loose for words in _deleted(paragraph)]
    outside += [("", f"[{what}]") for paragraph in loose for what in _attachments(paragraph, {})]
    outside += _other_parts(document)
    return FilledIn(rows, tuple((where, " ".join(line.split())) for where, line in outside if where or line.strip()))


class _Document:
    """The XML of a Word file, whose parts `check_readable_office` has checked."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self._parts = {info.filename.lower(): archive.read(info) for info in archive.infolist()}
        (main,) = (relation for relation in self._relations("", "_rels/.rels") if relation.get("Type", "").endswith("/officeDocument"))
        name = main.get("Target", "").lower().lstrip("/")
        self.root: Xml = etree.fromstring(self._parts[name])
        self._folder, _, file = name.rpartition("/")
        self.relations: list[Xml] = self._relations(self._folder, f"_rels/{file}.rels")

    def parts(self) -> Iterator[tuple[str, Xml]]:
        """Yield the XML of each part that the text refers to, with the kind that the relation names: `comments`, `header` …"""
        for relation in self.relations:
            name = posixpath.normpath(posixpath.join("/", self._folder, relation.get("Target", ""))).lower().lstrip("/")
            if relation.get("TargetMode") != "External" and name.endswith(".xml") and name in self._parts:
                yield relation.get("Type", "").rpartition("/")[2], etree.fromstring(self._parts[name])

    def _relations(self, folder: str, name: str) -> list[Xml]:
        data = self._parts.get(posixpath.join(folder, name))
        return [] if data is None else [*etree.fromstring(data).iter("{*}Relationship")]


def _is_in_table(element: Xml) -> bool:
    return any(True for _ in element.iterancestors(qualified("tbl")))


def _other_parts(document: _Document) -> Iterator[tuple[str, str]]:
    """Yield the words of comments, notes, headers and footers, each with where it stands."""
    for kind, root in document.parts():
        if kind in _OTHER_PARTS:
            name, where = _OTHER_PARTS[kind]
            for element in root.iter(qualified(name)):
                author = element.get(qualified("author"), "")
                if words := " ".join(" ".join(map(_text, element.iter(qualified("p")))).split()):
                    yield f"{where} fra {author}" if author else where, words


def _rows(table: Xml, targets: Mapping[str, str]) -> Iterator[FilledRow]:
    columns = {name: number for number, name in enumerate(HEADS)}
    for row in table.iter(qualified("tr")):
        if row.getparent() is not table and next(row.iterancestors(qualified("tbl"))) is not table:
            continue
        cells = _cells(row)
        words = [" ".join(line.text for line in _lines(cell)) for cell in cells]
        names = [word.strip().casefold() for word in words]
        if all(name.casefold() in names for name in HEADS[:2]):
            columns = {name: names.index(name.casefold()) for name in HEADS if name.casefold() in names}
            continue
        yield _row(row, cells, words, columns, targets)


def _row(row: Xml, cells: Sequence[Xml], words: Sequence[str], columns: Mapping[str, int], targets: Mapping[str, str]) -> FilledRow:
    question_head, answer_head, mark_head = HEADS

    def cell(name: str) -> Xml | None:
        number = columns.get(name, len(cells))
        return cells[number] if number < len(cells) else None

    question_cell, answer_cell, mark_cell = cell(question_head), cell(answer_head), cell(mark_head)
    question = " ".join(line.text for line in _lines(question_cell) if line.text != ESSENTIAL_WORD)
    key = _KEY.search(question)
    if key:
        question = question[: key.start()] + question[key.end() :]
    rest = [f"i en anden kolonne: »{word}«" for number, word in enumerate(words) if number not in columns.values() and word.strip()]
    rest += [f"slettet med ændringssporing: »{deleted}«" for part in (answer_cell, mark_cell) if part is not None for deleted in _deleted(part)]
    rest += [what for part in (answer_cell, mark_cell) if part is not None for what in _attachments(part, targets)]
    if row.find(f"{qualified('trPr')}/{qualified('del')}") is not None:
        rest.append("rækken er slettet med ændringssporing")
    mark = " ".join(line.text for line in _lines(mark_cell))
    answer = tuple(_lines(answer_cell))
    if len(mark) > _MAX_MARK_CHARACTERS and mark.casefold() not in _NO_MARKS:
        answer = (*answer, Line(mark))
    return FilledRow(
        department=key[1].casefold() if key else "",
        id=key[2] if key else "",
        question=" ".join(question.split()),
        answer=answer,
        mark="" if mark.casefold() in _NO_MARKS else mark,
        rest=tuple(rest),
    )


def _cells(row: Xml) -> list[Xml]:
    """Return the cells of a row, one for each column: a cell of several columns comes first of as many."""
    found: list[Xml] = []
    for cell in row.iter(qualified("tc")):
        if next(cell.iterancestors(qualified("tr"))) is row:
            span = cell.find(f"{qualified('tcPr')}/{qualified('gridSpan')}")
            columns = 1 if span is None else min(int(span.get(qualified("val"), 1)), _MAX_COLUMNS)
            found += [cell, *(etree.Element("none") for _ in range(columns - 1))]
    return found


def _lines(cell: Xml | None) -> Iterator[Line]:
    """Yield the paragraphs of a cell that have words, also those of a table in it."""
    for paragraph in cell.iter(qualified("p")) if cell is not None else ():
        text = "\n".join(" ".join(line.split()) for line in _text(paragraph).split("\n")).strip()
        if text:
            yield Line(read_typed(text).text, _is_item(paragraph))


def _is_item(paragraph: Xml) -> bool:
    properties = paragraph.find(qualified("pPr"))
    if properties is None:
        return False
    style = properties.find(qualified("pStyle"))
    number = properties.find(f"{qualified('numPr')}/{qualified('numId')}")
    is_listed = style is not None and str(style.get(qualified("val"))).lower().startswith(("listbullet", "listnumber"))
    return is_listed if number is None else number.get(qualified("val")) != "0"


def _text(element: Xml) -> str:
    """Return the words of an element that a reader sees, with line breaks; what was deleted with tracked changes is left out."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Xml, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == qualified("t"):
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == qualified("tab"):
            parts.append(" ")
        elif tag == qualified("noBreakHyphen"):
            parts.append("-")
        elif tag == qualified("sym"):
            parts.append(chr(int(child.get(qualified("char"), "3f")[-4:], 16)))
        elif tag not in _DELETED and tag not in _IGNORED:
            _collect(child, parts)


def _deleted(element: Xml) -> Iterator[str]:
    """Yield the words that were deleted with tracked changes, joined where they follow each other."""
    for paragraph in [element] if element.tag == qualified("p") else element.iter(qualified("p")):
        if words := "".join(text.text or "" for text in paragraph.iter(qualified("delText"))).strip():
            yield " ".join(words.split())


def _attachments(element: Xml, targets: Mapping[str, str]) -> Iterator[str]:
    """Yield what an element holds that is not text, in words."""
    if any(True for tag in _PICTURES for _ in element.iter(tag)):
        yield "et billede er ikke sat ind"
    if any(True for tag in _NOTE_MARKS for _ in element.iter(tag)):
        yield "en fodnote er ikke sat ind"
    if element.find(f".//{qualified('tbl')}") is not None:
        yield "en tabel er sat ind som tekst"
    for link in element.iter(qualified("hyperlink")):
        url = targets.get(link.get(qualified("r:id"), ""), "")
        if url and url.removeprefix("mailto:") not in _text(link):
            yield f"linket er sat ind som tekst uden sin adresse: {url}"
