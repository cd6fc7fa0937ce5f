"""Find what keeps a PDF from being accessible: `python3 scripts/audit_pdf.py FILE…`.

Prints one line for each finding, in Danish, with the page and what to do. Exits with 1 if there
is any, and with 2 if a file could not be read.

The PDF/UA-1 rules come from page-validation. A file can obey them all and still be hard to use:
page numbers read aloud on every page, a link that is spelled letter by letter, a table whose
headers belong to nothing. Those are our own checks, from the Matterhorn Protocol 1.1, ISO 32000-1
chapter 14, and what WeasyPrint 70 was seen to leave out.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":  # the build imports this module; its environment is in place already
    import environment

    environment.enter("requirements.txt", environment.FOR_PDF)

import argparse
import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import page as page_validation
import pikepdf
from lxml import etree
from pikepdf.exceptions import PikepdfError

ObjGen = tuple[int, int]
"""The number and generation of an object in the file; (0, 0) for one that stands inside another."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@functools.total_ordering
@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. They are ordered as a person goes through the file."""

    rule: str
    """A short id that stays the same, such as `figure-alt`."""
    page: int | None
    """Counted from 1; None where it concerns the whole file."""
    what: str
    remedy: str

    def __lt__(self, other: Finding) -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[int, str, str, str]:
        return (self.page or 0, self.rule, self.what, self.remedy)

    def __str__(self) -> str:
        place = f"side {self.page}: " if self.page else ""
        return f"{place}{self.what} – {self.remedy}"


class UnreadableError(ValueError):
    """A file that cannot be audited. Says why, in Danish."""


_PDF_UA_1 = page_validation.ValidationProfile.PDF_UA_1
_LIMITS = page_validation.SafetyLimits(max_reference_depth=2000)
"""Its own limit of 256 refuses a file with more bookmarks than that in a row; with no limit at all,
one with 20 000 runs it out of stack, which ends the program."""


def audit(file: Path) -> list[Finding]:
    """Everything that is wrong with a PDF, in order. Raises UnreadableError."""
    try:
        with pikepdf.open(file) as pdf:
            report = page_validation.validate_pdf(file, profile=_PDF_UA_1, limits=_LIMITS)
            reading = _read(pdf)
            own = [finding for check in _CHECKS for finding in check(reading)]
            others = dict.fromkeys(_of_validator(report, reading, {finding.rule for finding in own}))
            return sorted([*own, *others])
    except FileNotFoundError as error:
        raise UnreadableError("filen findes ikke") from error
    except IsADirectoryError as error:
        raise UnreadableError("det er en mappe og ikke en fil") from error
    except PermissionError as error:
        raise UnreadableError("du har ikke lov til at læse filen") from error
    except OSError as error:
        raise UnreadableError(f"filen kan ikke åbnes ({error.strerror})") from error
    except pikepdf.PasswordError as error:
        raise UnreadableError("filen er låst med en adgangskode – gem den uden") from error
    except page_validation.SafetyLimitError as error:
        raise UnreadableError("filen er for stor eller for indviklet til at blive undersøgt") from error
    except (PikepdfError, page_validation.PageError) as error:
        raise UnreadableError("filen er ikke en PDF, eller den er beskadiget – lav den igen") from error


# --- What a file holds, as plain records ------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """A piece of marked content: the stream that holds it (page or form) and its number there."""

    stream: ObjGen
    number: int


@dataclass(frozen=True)
class Piece:
    """Something painted: a line of text, or (where `text` is None) a picture or shape."""

    mark: Mark | None
    artifact: bool
    text: str | None
    points: tuple[Point, ...]
    """Where it stands in the units of the page: where a text begins, the corners of a picture. Shapes
    have none unless they are marked as a figure."""

    @property
    def bare(self) -> bool:
        """Whether it is neither in the structure nor declared as decoration."""
        return self.mark is None and not self.artifact


@dataclass(frozen=True)
class Content:
    """What a content stream paints."""

    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()
    """As often as they are opened, those of forms not included."""
    languages: tuple[str, ...] = ()
    forms: tuple[ObjGen, ...] = ()
    fonts: tuple[ObjGen, ...] = ()
    readable: bool = True


@dataclass(frozen=True)
class Form:
    """A form XObject with marked content of its own."""

    page: int
    parents: int | None
    content: Content


@dataclass(frozen=True)
class Page:
    number: int
    id: ObjGen
    raw: pikepdf.Dictionary
    box: tuple[float, float, float, float]
    parents: int | None
    annotations: tuple[pikepdf.Object, ...]
    content: Content


@dataclass(frozen=True, eq=False)
class Element:
    """An element of the structure tree. `Reading.elements` holds them in reading order."""

    index: int
    end: int
    """One past the index of its last descendant."""
    parent: int
    """An index; -1 for what stands at the top."""
    id: ObjGen
    tag: str
    role: str
    """The standard type that its tag is mapped to."""
    page: int | None
    raw: pikepdf.Dictionary


@dataclass(frozen=True, eq=False)
class Reading:
    """A PDF, read once."""

    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    forms: dict[ObjGen, Form]
    roles: dict[str, str]
    elements: tuple[Element, ...]
    marks: dict[Mark, tuple[int, ...]]
    """Which elements (indices) refer to a piece of marked content."""
    annotations: dict[ObjGen, tuple[int, ...]]
    """Which elements refer to an annotation."""
    parent_tree: dict[int, Any]
    held: dict[int, tuple[Mark, ...]]
    """Of each element by index, the content that it holds itself."""
    texts: dict[Mark, str]
    painted: frozenset[Mark]
    """What holds pictures or shapes."""
    numbers: dict[ObjGen, int]
    """The page that an object belongs to."""
    children: dict[int, tuple[Element, ...]] = field(default_factory=dict)

    def inside(self, element: Element) -> Iterator[Element]:
        """An element and all below it."""
        return iter(self.elements[element.index : element.end])

    def above(self, element: Element) -> Iterator[Element]:
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    def text(self, element: Element) -> str:
        """What is read aloud, as far as the fonts tell."""
        found = []
        for part in self.inside(element):
            replacement = _text(part.raw.get("/ActualText")) or _text(part.raw.get("/Alt"))
            words = (self.texts.get(mark, "") for mark in self.held.get(part.index, ()))
            found.append(replacement or " ".join(words))
        return " ".join(" ".join(found).split())


# --- Reading: values of any kind, whatever a broken file puts there ---------------------------


def _entry(thing: Any, key: str) -> Any:
    return thing.get(key) if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else None


def _items(thing: Any) -> list[Any]:
    """PDF lets one value stand where a list may."""
    if thing is None:
        return []
    return list(thing) if isinstance(thing, pikepdf.Array | list) else [thing]


def _pairs(thing: Any) -> list[tuple[str, Any]]:
    return list(thing.items()) if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else []


def _name(thing: Any) -> str:
    return str(thing)[1:] if isinstance(thing, pikepdf.Name) else ""


def _text(thing: Any) -> str:
    if not isinstance(thing, pikepdf.String):
        return ""
    try:
        return str(thing).strip()
    except UnicodeError:
        return bytes(thing).decode("latin-1").strip()


def _integer(thing: Any) -> int | None:
    return thing if isinstance(thing, int) and not isinstance(thing, bool) else None


def _numbers(thing: Any) -> tuple[float, ...]:
    """The numbers of an array; nothing if it holds anything else."""
    values = _items(thing)
    try:
        return tuple(float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        return ()


def _id(thing: Any) -> ObjGen:
    return thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)


def _bytes(stream: Any) -> bytes:
    if not isinstance(stream, pikepdf.Stream):
        return b""
    try:
        return stream.read_bytes()
    except PikepdfError:
        return b""


def _resolved(thing: Any) -> bytes:
    """An object as it is written in a file, with references for what stands elsewhere."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    return thing.unparse(resolved=True) if isinstance(thing, pikepdf.Object) else b""


# --- Reading: fonts ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Font:
    """How the bytes of a text become letters."""

    width: int
    letters: dict[int, str]
    known: bool
    """Whether there is a table of letters; without it, they are guessed for simple fonts."""

    def decode(self, data: bytes) -> str:
        if not self.known and self.width == 1:
            return data.decode("cp1252", errors="replace")
        codes = data if self.width == 1 else [high << 8 | low for high, low in zip(data[::2], data[1::2], strict=False)]
        return "".join([self.letters.get(code, "\ufffd") for code in codes])


_NO_FONT = Font(1, {}, False)


def _font(raw: Any) -> Font:
    width = 2 if _name(_entry(raw, "/Subtype")) == "Type0" else 1
    table = _entry(raw, "/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return Font(width, {}, False)
    letters = {}
    source = _bytes(table)
    if width == 2 and not re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{4}>", source):
        width = 1 if re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{2}>", source) else 2
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            letters[int(code, 16)] = _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        pattern = rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
        for first, last, text, several in re.findall(pattern, block):
            start, stop = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            listed = re.findall(rb"<([0-9A-Fa-f\s]*)>", several)
            for step, code in enumerate(range(start, stop + 1)):
                if listed:
                    letters[code] = _utf16(listed[step]) if step < len(listed) else "\ufffd"
                else:
                    base = _utf16(text)
                    letters[code] = base[:-1] + chr(min(ord(base[-1]) + step, 0x10FFFF)) if base else ""
    return Font(width, letters, True)


def _utf16(digits: bytes) -> str:
    clean = b"".join(digits.split()).decode()
    return bytes.fromhex(clean + "0" * (len(clean) % 2)).decode("utf-16-be", errors="replace")


# --- Reading: content streams -----------------------------------------------------------------

_PATHS = frozenset(["m", "l", "c", "v", "y", "re"])
_OPERATORS = "m l c v y re n q Q cm Do BMC BDC EMC BT Tf Tm Td TD T* TL Tj TJ ' \" f F f* B B* b b* S s sh BI ID EI"
_SHAPES = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"])
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SAME_LINE = 0.5
"""In points. Text that stands closer than this is one line."""


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, point: Point) -> Point:
    (a, b, c, d, e, f), (x, y) = matrix, point
    return (a * x + c * y + e, b * x + d * y + f)


def _matrix(thing: Any) -> Matrix:
    numbers = _numbers(thing)
    return numbers if len(numbers) == 6 else _UNIT


@dataclass(frozen=True)
class _Marking:
    """What surrounds a piece of content: the nearest numbered mark or artifact."""

    mark: Mark | None = None
    artifact: bool = False
    figure: bool = False


class _ContentReader:
    """Reads content streams, each once: a form that is used on every page is read on the first."""

    def __init__(self) -> None:
        self.forms: dict[ObjGen, tuple[Content, pikepdf.Stream]] = {}
        self._fonts: dict[ObjGen, Font] = {}
        self._open: set[ObjGen] = set()

    def read(self, source: Any, owner: ObjGen, resources: Any) -> Content:
        try:
            instructions = pikepdf.parse_content_stream(source, operators=_OPERATORS)
        except (PikepdfError, TypeError, ValueError):
            return Content(readable=False)
        pieces: list[Piece] = []
        shapes: set[_Marking] = set()
        marks: list[Mark] = []
        languages: list[str] = []
        forms: list[ObjGen] = []
        used: list[ObjGen] = []
        path: list[Point] = []
        markings = [_Marking()]
        saved: list[tuple[Matrix, Font, float]] = []
        ctm, font, leading = _UNIT, _NO_FONT, 0.0
        line = _UNIT
        fonts = _entry(resources, "/Font")
        words: list[str] = []
        line_marking, line_at = markings[0], (0.0, 0.0)

        def finish() -> None:
            if words:
                pieces.append(Piece(line_marking.mark, line_marking.artifact, "".join(words), (line_at,)))
                words.clear()

        for instruction in instructions:
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in ("Tj", "TJ", "'", '"'):
                if operator in ("'", '"'):
                    line = _times((1.0, 0.0, 0.0, 1.0, 0.0, -leading), line)
                point = _at(ctm, (line[4], line[5]))
                marking = markings[-1]
                if words and (marking != line_marking or abs(point[1] - line_at[1]) > _SAME_LINE):
                    finish()
                if not words:
                    line_marking, line_at = marking, point
                words.append(_shown(operands, font))
            elif operator == "Tm":
                line = _matrix(operands)
            elif operator in ("Td", "TD", "T*"):
                x, y = _two(operands) if operator != "T*" else (0.0, -leading)
                leading = -y if operator == "TD" else leading
                line = _times((1.0, 0.0, 0.0, 1.0, x, y), line)
            elif operator == "BT":
                line = _UNIT
            elif operator == "TL":
                leading = next(iter(_numbers(operands)), leading)
            elif operator == "Tf":
                raw = _entry(fonts, str(operands[0])) if _names(operands) else None
                font = self._font(raw)
                used.append(_id(raw))
            elif operator == "q":
                saved.append((ctm, font, leading))
            elif operator == "Q":
                ctm, font, leading = saved.pop() if saved else (ctm, font, leading)
            elif operator == "cm":
                ctm = _times(_matrix(operands), ctm)
            elif operator in ("BMC", "BDC"):
                properties = _properties(operands, resources) if operator == "BDC" else None
                number = _integer(_entry(properties, "/MCID"))
                if _name(next(iter(operands), None)) == "Artifact":
                    markings.append(_Marking(artifact=True))
                elif number is not None:
                    marks.append(Mark(owner, number))
                    markings.append(_Marking(marks[-1], figure=_name(operands[0]) == "Figure"))
                else:
                    markings.append(markings[-1])
                if isinstance(_entry(properties, "/Lang"), pikepdf.String):
                    languages.append(_text(_entry(properties, "/Lang")))
            elif operator == "EMC":
                if len(markings) > 1:
                    markings.pop()
            elif operator in _PATHS:
                if markings[-1].figure:
                    path += (_at(ctm, point) for point in _corners(operator, _numbers(operands)))
            elif operator == "n":
                path.clear()
            elif operator in _SHAPES:
                marking = markings[-1]
                if path and marking.figure:
                    pieces.append(Piece(marking.mark, marking.artifact, None, _around(path)))
                else:
                    shapes.add(marking)
                path.clear()
            elif operator == "Do" and _names(operands):
                thing = _entry(_entry(resources, "/XObject"), str(operands[0]))
                if _name(_entry(thing, "/Subtype")) == "Form":
                    finish()
                    inner = self._form(thing, resources)
                    forms += [_id(thing), *inner.forms]
                    used += inner.fonts
                    place = _times(_matrix(_entry(thing, "/Matrix")), ctm)
                    pieces += (_placed(piece, markings[-1], place) for piece in inner.pieces)
                else:
                    corners = tuple(_at(ctm, corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))
                    pieces.append(Piece(markings[-1].mark, markings[-1].artifact, None, corners))
        finish()
        pieces += (Piece(marking.mark, marking.artifact, None, ()) for marking in shapes)
        unique = (tuple(dict.fromkeys(each)) for each in (forms, used))
        return Content(tuple(pieces), tuple(marks), tuple(languages), *unique)

    def _form(self, form: pikepdf.Stream, resources: Any) -> Content:
        key = _id(form)
        if key not in self.forms:
            if key in self._open or len(self._open) > 30:  # a form that paints itself
                return Content(readable=False)
            self._open.add(key)
            content = self.read(form, key, form.get("/Resources", resources))
            self._open.discard(key)
            self.forms[key] = (content, form)
        return self.forms[key][0]

    def _font(self, raw: Any) -> Font:
        key = _id(raw)
        if key == (0, 0):
            return _NO_FONT if raw is None else _font(raw)
        if key not in self._fonts:
            self._fonts[key] = _font(raw)
        return self._fonts[key]


def _corners(operator: str, numbers: tuple[float, ...]) -> list[Point]:
    """The points of an operator that makes a part of a path."""
    if operator == "re" and len(numbers) == 4:
        x, y, width, height = numbers
        return [(x, y), (x + width, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _around(points: Iterable[Point]) -> tuple[Point, ...]:
    """Two corners of the smallest box around some points."""
    across, up = zip(*points, strict=True)
    return ((min(across), min(up)), (max(across), max(up)))


def _names(operands: Any) -> bool:
    return len(operands) > 0 and isinstance(operands[0], pikepdf.Name)


def _two(operands: Any) -> Point:
    numbers = _numbers(operands)
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0.0, 0.0)


def _properties(operands: Any, resources: Any) -> Any:
    """The second operand of BDC: a dictionary, or the name of one."""
    if len(operands) < 2:
        return None
    if isinstance(operands[1], pikepdf.Name):
        return _entry(_entry(resources, "/Properties"), str(operands[1]))
    return operands[1]


_SPACE = -200
"""In thousandths of the size of the font. A move of this much in a text is a space."""


def _shown(operands: list[Any], font: Font) -> str:
    """The letters of Tj, TJ, ' and "."""
    data = []
    for part in _items(operands[-1]) if operands else []:
        if isinstance(part, pikepdf.String):
            data.append(bytes(part))
        elif isinstance(part, int | Decimal) and part < _SPACE:
            data.append(b"")
    runs: list[bytes] = []
    for is_space, parts in itertools.groupby(data, key=lambda each: not each):
        runs.append(b"" if is_space else b"".join(parts))
    return "".join(font.decode(run) if run else " " for run in runs)


def _placed(piece: Piece, marking: _Marking, place: Matrix) -> Piece:
    """A piece of a form, as it is where the form is painted."""
    points = tuple(_at(place, point) for point in piece.points)
    if piece.bare:
        return Piece(marking.mark, marking.artifact, piece.text, points)
    return Piece(piece.mark, piece.artifact, piece.text, points)


# --- Reading: pages and the structure tree ----------------------------------------------------


def _read(pdf: pikepdf.Pdf) -> Reading:
    reader = _ContentReader()
    pages = tuple(_page(number, page, reader) for number, page in enumerate(pdf.pages, 1))
    numbers = {page.id: page.number for page in pages}
    first_use: dict[ObjGen, int] = {}
    for page in pages:
        for form in page.content.forms:
            first_use.setdefault(form, page.number)
        for annotation in page.annotations:
            for thing in (annotation, _entry(annotation, "/A")):
                if _id(thing) != (0, 0):
                    numbers.setdefault(_id(thing), page.number)
        for stream in _items(page.raw.get("/Contents")):
            numbers.setdefault(_id(stream), page.number)
    forms = {
        key: Form(first_use[key], _integer(form.get("/StructParents")), content)
        for key, (content, form) in reader.forms.items()
        if key in first_use
    }
    numbers = {**first_use, **numbers}
    texts: dict[Mark, list[str]] = defaultdict(list)
    painted = set()
    for page in pages:
        for piece in page.content.pieces:
            if piece.mark and piece.text is None:
                painted.add(piece.mark)
            elif piece.mark:
                texts[piece.mark].append(piece.text or "")
    tree = _entry(pdf.Root, "/StructTreeRoot")
    roles = {tag: _name(role) for tag, role in ((key[1:], value) for key, value in _pairs(_entry(tree, "/RoleMap")))}
    elements, held, annotations = _structure(tree, roles, numbers)
    marks: dict[Mark, list[int]] = defaultdict(list)
    for index, those in held.items():
        for mark in those:
            marks[mark].append(index)
    children: dict[int, list[Element]] = defaultdict(list)
    for element in elements:
        children[element.parent].append(element)
        if element.page:
            numbers.setdefault(element.id, element.page)
    return Reading(
        pdf=pdf,
        pages=pages,
        forms=forms,
        roles=roles,
        elements=elements,
        marks={mark: tuple(indices) for mark, indices in marks.items()},
        annotations={key: tuple(indices) for key, indices in annotations.items()},
        parent_tree=_number_tree(_entry(tree, "/ParentTree")),
        held={index: tuple(those) for index, those in held.items()},
        texts={mark: " ".join(lines) for mark, lines in texts.items()},
        painted=frozenset(painted),
        numbers=numbers,
        children={index: tuple(those) for index, those in children.items()},
    )


def _page(number: int, page: pikepdf.Page, reader: _ContentReader) -> Page:
    raw = page.obj
    box = _numbers(_inherited(raw, "/CropBox")) or _numbers(_inherited(raw, "/MediaBox"))
    left, bottom, right, top = box if len(box) == 4 else (0.0, 0.0, 595.0, 842.0)
    return Page(
        number=number,
        id=_id(raw),
        raw=raw,
        box=(min(left, right), min(bottom, top), max(left, right), max(bottom, top)),
        parents=_integer(raw.get("/StructParents")),
        annotations=tuple(thing for thing in _items(raw.get("/Annots")) if isinstance(thing, pikepdf.Dictionary)),
        content=reader.read(page, _id(raw), _inherited(raw, "/Resources")),
    )


def _inherited(page: pikepdf.Dictionary, key: str) -> Any:
    node: Any = page
    for _ in range(50):  # a page tree can be a circle in a broken file
        if _entry(node, key) is not None or node is None:
            break
        node = _entry(node, "/Parent")
    return _entry(node, key)


def _number_tree(root: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if _id(node) != (0, 0):
            if _id(node) in seen:
                continue
            seen.add(_id(node))
        values = _items(_entry(node, "/Nums"))
        for key, value in zip(values[::2], values[1::2], strict=False):
            if _integer(key) is not None:
                found[key] = value
        waiting += _items(_entry(node, "/Kids")) if len(seen) < 100_000 else []
    return found


_Held = dict[int, list[Mark]]
_Annotations = dict[ObjGen, list[int]]


def _structure(
    tree: Any, roles: dict[str, str], numbers: dict[ObjGen, int]
) -> tuple[tuple[Element, ...], _Held, _Annotations]:
    """The elements in reading order, what content each holds, and the elements of each annotation."""
    begun: list[tuple[int, ObjGen, str, ObjGen, pikepdf.Dictionary]] = []
    held: _Held = defaultdict(list)
    annotations: _Annotations = defaultdict(list)
    seen: set[ObjGen] = set()
    waiting: list[tuple[Any, int]] = [(kid, -1) for kid in reversed(_items(_entry(tree, "/K")))]
    while waiting:
        kid, parent = waiting.pop()
        page = begun[parent][3] if parent >= 0 else (0, 0)
        if parent < 0 and _entry(kid, "/S") is None:
            continue  # only elements may stand at the top
        if _integer(kid) is not None:
            held[parent].append(Mark(page, kid))
        elif not isinstance(kid, pikepdf.Dictionary):
            continue
        elif "/S" in kid:
            if _id(kid) in seen or len(begun) > 2_000_000:  # in two places, or a circle
                continue
            if _id(kid) != (0, 0):
                seen.add(_id(kid))
            own = _id(kid.get("/Pg")) if "/Pg" in kid else page
            begun.append((parent, _id(kid), _name(kid.get("/S")), own, kid))
            waiting += [(below, len(begun) - 1) for below in reversed(_items(kid.get("/K")))]
        elif "/MCID" in kid:
            stream = kid.get("/Stm")
            where = _id(stream) if stream is not None else _id(kid.get("/Pg")) if "/Pg" in kid else page
            number = _integer(kid.get("/MCID"))
            held[parent].append(Mark(where, -1 if number is None else number))
        elif "/Obj" in kid:
            annotations[_id(kid.get("/Obj"))].append(parent)
    ends = list(range(1, len(begun) + 1))
    shown: list[int | None] = [numbers.get(page) for _, _, _, page, _ in begun]
    for index in range(len(begun) - 1, -1, -1):
        parent = begun[index][0]
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[index])
            if begun[parent][3] == (0, 0):  # an element without a page begins where its content does
                shown[parent] = shown[index] or shown[parent]
    elements = tuple(
        Element(index, ends[index], parent, key, tag, _role(tag, roles), shown[index], raw)
        for index, (parent, key, tag, _, raw) in enumerate(begun)
    )
    return elements, held, annotations


def _role(tag: str, roles: dict[str, str]) -> str:
    """The standard type of a tag, or the tag itself if it leads to none."""
    role, seen = tag, {tag}
    while role not in _STANDARD and role in roles and roles[role] not in seen:
        role = roles[role]
        seen.add(role)
    return role


# --- The checks -------------------------------------------------------------------------------

_GROUPING = frozenset("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private".split())
_BLOCKS = frozenset("P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot".split())
_INLINE = frozenset("Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP".split())
_STANDARD = _GROUPING | _BLOCKS | _INLINE | {"Figure", "Formula", "Form"}
"""ISO 32000-1, 14.8.4."""
_PDF_2 = re.compile(r"H[1-9]\d*|DocumentFragment|Aside|Title|FENote|Sub|Em|Strong|Artifact")
"""What ISO 32000-2 adds, for elements that say that they are of its namespace."""
_HEADING = re.compile(r"H[1-6]?")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[xi](?=-))(?:-[A-Za-z0-9]{1,8})*")
_MANY_PAGES = 10
_MANY_LINKS = 8
"""A page with so many links to other pages is a table of contents, or the document has one."""


def _quoted(text: str) -> str:
    return f"»{text[:57]}…«" if len(text) > 60 else f"»{text}«"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _damage(reading: Reading) -> Iterator[Finding]:
    if reading.pdf.get_warnings():
        what = "filen er beskadiget og kun læst så godt, det kunne lade sig gøre"
        yield Finding("damaged", None, what, "lav den igen")
    for page in reading.pages:
        streams = [page.content, *(reading.forms[form].content for form in page.content.forms if form in reading.forms)]
        if not all(stream.readable for stream in streams):
            yield Finding("damaged", page.number, "noget af sidens indhold kan ikke læses", "lav filen igen")


def _declarations(reading: Reading) -> Iterator[Finding]:
    """What the catalogue says of the whole document."""
    root = reading.pdf.Root
    if _entry(_entry(root, "/MarkInfo"), "/Marked") is not True:
        yield Finding("marked", None, "filen siger ikke, at den har tags", "sæt /Marked til true i /MarkInfo")
    if not reading.elements:
        what = "filen har ingen tags, så en skærmlæser kender hverken overskrifter, lister eller tabeller"
        yield Finding("structure", None, what, "lav filen med et program, der sætter tags (PDF/UA)")
    if _entry(_entry(root, "/ViewerPreferences"), "/DisplayDocTitle") is not True:
        what = "vinduet viser filens navn i stedet for dokumentets titel"
        yield Finding("display-title", None, what, "sæt /DisplayDocTitle til true i /ViewerPreferences")
    language = _text(_entry(root, "/Lang"))
    if not language:
        yield Finding("lang", None, "dokumentets sprog mangler", 'sæt sproget, for eksempel <html lang="da">')
    elif not _LANGUAGE.fullmatch(language):
        yield Finding("lang", None, f"sproget {_quoted(language)} findes ikke", "brug en sprogkode som da eller en-GB")
    if reading.pdf.is_encrypted and not reading.pdf.encryption.P & 1 << 9:
        what = "filens beskyttelse forbyder skærmlæsere at læse den"
        yield Finding("encryption", None, what, "gem den uden beskyttelse")


_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_UA = "{http://www.aiim.org/pdfua/ns/id/}"


def _metadata(reading: Reading) -> Iterator[Finding]:
    stream = _entry(reading.pdf.Root, "/Metadata")
    name = _text(_entry(_entry(reading.pdf.trailer, "/Info"), "/Title"))
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        xmp = etree.fromstring(_bytes(stream), parser)
    except etree.XMLSyntaxError:
        xmp = None
    if xmp is None:
        what = "oplysningerne om dokumentet (XMP) mangler eller kan ikke læses"
        yield Finding("metadata", None, what, "lav filen med XMP-metadata")
        return
    parts = [node.get(f"{_UA}part") or "" for node in xmp.iter(f"{_RDF}Description")]
    parts += [node.text or "" for node in xmp.iter(f"{_UA}part")]
    if "1" not in [part.strip() for part in parts]:
        what = "filen siger ikke, at den følger PDF/UA-1"
        yield Finding("pdfua-id", None, what, "skriv pdfuaid:part = 1 i XMP, når resten er i orden")
    titles = [(node.text or "").strip() for title in xmp.iter(f"{_DC}title") for node in title.iter(f"{_RDF}li")]
    if not any(titles):
        yield Finding("title", None, "dokumentets titel mangler", "giv det en titel (dc:title i XMP, <title> i HTML)")
    elif name and name not in titles:
        what = f"titlen er {_quoted(titles[0])} ét sted (XMP) og {_quoted(name)} et andet (Info)"
        yield Finding("title-differs", None, what, "skriv den samme titel begge steder")


def _tab_order(reading: Reading) -> Iterator[Finding]:
    for page in reading.pages:
        if page.annotations and _name(page.raw.get("/Tabs")) != "S":
            what = "tabulatortasten følger ikke dokumentets rækkefølge"
            yield Finding("tab-order", page.number, what, "sæt /Tabs til /S på siden")


def _fonts(reading: Reading) -> Iterator[Finding]:
    for font, page in _fonts_in_use(reading):
        kind = _name(_entry(font, "/Subtype"))
        name = _name(_entry(font, "/BaseFont")) or _name(_entry(font, "/Name")) or kind
        below = _items(_entry(font, "/DescendantFonts")) if kind == "Type0" else [font]
        descriptors = [_entry(one, "/FontDescriptor") for one in below]
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        embedded = [any(isinstance(_entry(one, key), pikepdf.Stream) for key in files) for one in descriptors]
        if kind != "Type3" and not (embedded and all(embedded)):
            what = f"skrifttypen {name} følger ikke med filen"
            yield Finding("font-embedded", page, what, "indlejr den, så teksten ser ens ud overalt")
        if not isinstance(_entry(font, "/ToUnicode"), pikepdf.Stream) and not _says_letters(font, below, descriptors):
            what = f"skrifttypen {name} siger ikke, hvilke bogstaver dens tegn er"
            yield Finding("font-unicode", page, what, "lav filen, så skrifttypen får en tabel (/ToUnicode)")


_ENCODINGS = ("WinAnsiEncoding", "MacRomanEncoding", "MacExpertEncoding")
_GLYPH = re.compile(
    r"uni(?:[0-9A-F]{4})+|u[0-9A-F]{4,6}|[A-Za-z]|(?!(?:cid|glyph|gid|index)\d)[A-Za-z]{2,}\d*(?:[._]\w+)?|\.notdef"
)


def _says_letters(font: Any, below: list[Any], descriptors: list[Any]) -> bool:
    """Whether letters follow from an encoding that programs know (ISO 32000-1, 9.10.2)."""
    encoding = _entry(font, "/Encoding")
    if _name(_entry(font, "/Subtype")) == "Type0":
        orders = {_text(_entry(_entry(one, "/CIDSystemInfo"), "/Ordering")) for one in below}
        return bool(orders) and orders <= {"GB1", "CNS1", "Japan1", "Korea1"}
    if _name(encoding):
        return _name(encoding) in _ENCODINGS
    flags = [_integer(_entry(one, "/Flags")) or 0 for one in descriptors if one is not None]
    own = _name(_entry(font, "/BaseFont")) in ("Symbol", "ZapfDingbats") or any(flag & 4 for flag in flags)
    base = _name(_entry(encoding, "/BaseEncoding")) in _ENCODINGS or not own
    changed = [_name(thing) for thing in _items(_entry(encoding, "/Differences")) if isinstance(thing, pikepdf.Name)]
    if changed and not all(_GLYPH.fullmatch(name) for name in changed):
        return False
    return bool(changed) or base


def _fonts_in_use(reading: Reading) -> Iterator[tuple[Any, int]]:
    """Every font of pages, forms, patterns and fields, with the first page that writes with it.

    Pages may share their resources; where a font is only there, it is the first page that has it.
    """
    seen: set[ObjGen] = set()
    first: dict[ObjGen, int] = {}
    for page in reading.pages:
        for key in page.content.fonts:
            first.setdefault(key, page.number)
    first.pop((0, 0), None)
    for page in reading.pages:
        waiting = [_inherited(page.raw, "/Resources")]
        for annotation in page.annotations:
            looks = [look for _, look in _pairs(_entry(annotation, "/AP"))]
            for look in [*looks, *(state for each in looks for _, state in _pairs(each))]:
                waiting.append(_entry(look, "/Resources"))
        for _ in range(100_000):
            if not waiting:
                break
            resources = waiting.pop()
            if _id(resources) in seen:
                continue
            seen |= {_id(resources)} - {(0, 0)}
            states = (_entry(state, "/Font") for _, state in _pairs(_entry(resources, "/ExtGState")))
            fonts = [font for _, font in _pairs(_entry(resources, "/Font"))]
            for font in [*fonts, *(next(iter(_items(state)), None) for state in states)]:
                if _id(font) not in seen and isinstance(font, pikepdf.Dictionary):
                    seen |= {_id(font)} - {(0, 0)}
                    waiting.append(_entry(font, "/Resources"))
                    yield font, first.get(_id(font), page.number)
            for kind in ("/XObject", "/Pattern"):
                for _, thing in _pairs(_entry(resources, kind)):
                    if _id(thing) not in seen:
                        seen |= {_id(thing)} - {(0, 0)}
                        waiting.append(_entry(thing, "/Resources"))


def _attribute(reading: Reading, element: Element, owner: str, key: str) -> Any:
    """An attribute of an element, its own or of its classes (ISO 32000-1, 14.7.5)."""
    classes = _entry(_entry(reading.pdf.Root, "/StructTreeRoot"), "/ClassMap")
    named = [_entry(classes, str(name)) for name in _items(element.raw.get("/C")) if isinstance(name, pikepdf.Name)]
    for group in [*_items(element.raw.get("/A")), *(one for each in named for one in _items(each))]:
        if _name(_entry(group, "/O")) == owner and _entry(group, key) is not None:
            return _entry(group, key)
    return None


def _figures(reading: Reading) -> Iterator[Finding]:
    """A picture has a text, and a place that is on the page and where the middle of the picture is.

    Only the middle: what is painted may reach further and be cut to the box.
    """
    corners: dict[Mark, list[Point]] = defaultdict(list)
    for page in reading.pages:
        for piece in page.content.pieces:
            if piece.mark and piece.text is None:
                corners[piece.mark] += piece.points
    for element in reading.elements:
        if element.role not in ("Figure", "Formula"):
            continue
        text = _text(element.raw.get("/Alt")) or _text(element.raw.get("/ActualText"))
        if not text:
            what = "et billede har ingen tekst til den, der ikke kan se det"
            yield Finding("figure-alt", element.page, what, "skriv en billedtekst (alt), eller gør det til pynt")
        if element.role == "Formula" or element.page is None:
            continue
        box = _numbers(_attribute(reading, element, "Layout", "/BBox"))
        name = _quoted(text) if text else "uden tekst"
        if len(box) != 4:
            what = f"billedet {name} siger ikke, hvor på siden det står"
            yield Finding("figure-bbox", element.page, what, "sæt /BBox i dets /A")
            continue
        marks = [mark for part in reading.inside(element) for mark in reading.held.get(part.index, ())]
        points = [point for mark in marks for point in corners.get(mark, ())]
        middle = [_middle(_around(points))] if points else []
        frame = reading.pages[element.page - 1].box
        if not _holds(frame, [(box[0], box[1]), (box[2], box[3])]) or not _holds(box, middle):
            what = f"billedet {name} siger, at det står et andet sted på siden, end det gør"
            yield Finding("figure-bbox", element.page, what, "skriv /BBox i punkter fra sidens nederste hjørne")


def _middle(corners: tuple[Point, ...]) -> Point:
    (left, bottom), (right, top) = corners
    return ((left + right) / 2, (bottom + top) / 2)


def _holds(box: tuple[float, ...], points: Iterable[Point], slack: float = 2.0) -> bool:
    left, right = min(box[0], box[2]) - slack, max(box[0], box[2]) + slack
    bottom, top = min(box[1], box[3]) - slack, max(box[1], box[3]) + slack
    return all(left <= x <= right and bottom <= y <= top for x, y in points)


def _headings(reading: Reading) -> Iterator[Finding]:
    level = 0
    for element in reading.elements:
        if not re.fullmatch(r"H[1-6]", element.role):
            continue
        now = int(element.role[1])
        text = _quoted(reading.text(element))
        if level == 0 and now != 1:
            what = f"den første overskrift, {text}, er på niveau {now}"
            yield Finding("heading-first", element.page, what, "begynd med en overskrift på niveau 1")
        elif level and now > level + 1:
            what = f"overskriften {text} springer fra niveau {level} til {now}"
            yield Finding("heading-skip", element.page, what, f"brug niveau {level + 1}")
        level = now


def _empty(reading: Reading) -> Iterator[Finding]:
    """Headings and links that a screen reader stops at and has nothing to say of."""
    linked = {index for indices in reading.annotations.values() for index in indices}
    for element in reading.elements:
        heading = _HEADING.fullmatch(element.role)
        if not heading and element.role != "Link":
            continue
        marks = [mark for part in reading.inside(element) for mark in reading.held.get(part.index, ())]
        shown = any(mark in reading.painted for mark in marks)
        if reading.text(element) or shown:
            continue
        if not heading and not marks and any(part.index in linked for part in reading.inside(element)):
            what = "et link er et klikbart felt uden noget indhold"
            yield Finding("empty", element.page, what, "sæt linkets tekst eller billede ind i dets tag")
        else:
            what = "en overskrift er tom" if heading else "et link er tomt"
            yield Finding("empty", element.page, what, "fjern tagget")


def _tables(reading: Reading) -> Iterator[Finding]:
    for element in reading.elements:
        parent = reading.elements[element.parent].role if element.parent >= 0 else ""
        if element.role == "Table":
            if not any(part.role == "TH" for part in reading.inside(element)):
                what = "en tabel har ingen overskrifter til kolonner eller rækker"
                yield Finding("table-header", element.page, what, "lav de celler, der er overskrifter, som <th>")
        elif element.role == "TH":
            if _name(_attribute(reading, element, "Table", "/Scope")) not in ("Row", "Column", "Both"):
                name = _quoted(reading.text(element))
                what = f"tabeloverskriften {name} siger ikke, om den gælder kolonnen eller rækken"
                yield Finding("th-scope", element.page, what, "sæt /Scope i dens /A")
        if element.role in ("TH", "TD") and parent != "TR":
            what = f"tabelcellen {_quoted(reading.text(element))} står ikke i en række"
            yield Finding("table-structure", element.page, what, "sæt den i en TR")
        elif element.role == "TR" and parent not in ("Table", "THead", "TBody", "TFoot"):
            yield Finding("table-structure", element.page, "en række står ikke i en tabel", "sæt den i en Table")


_LIST_CHILDREN = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
_TOC_CHILDREN = {"TOC": {"TOCI", "TOC", "Caption"}}


def _lists(reading: Reading) -> Iterator[Finding]:
    yield from _wrong_children(reading, "list-structure", "en liste", _LIST_CHILDREN)
    yield from _wrong_children(reading, "toc-structure", "en indholdsfortegnelse", _TOC_CHILDREN)
    needs = {"LI": ("L", "list-structure"), "LBody": ("LI", "list-structure"), "TOCI": ("TOC", "toc-structure")}
    for element in reading.elements:
        if element.role in needs:
            wanted, rule = needs[element.role]
            parent = reading.elements[element.parent].role if element.parent >= 0 else ""
            if parent != wanted:
                what = f"et {element.role}-tag står ikke i {wanted} ({_quoted(reading.text(element))})"
                yield Finding(rule, element.page, what, f"sæt det i en {wanted}")
        items = [child for child in reading.children.get(element.index, ()) if child.role in ("LI", "L")]
        if element.role == "L" and not items:
            yield Finding("list-structure", element.page, "en liste har ingen punkter", "fjern den")


def _wrong_children(reading: Reading, rule: str, noun: str, allowed: dict[str, set[str]]) -> Iterator[Finding]:
    for element in reading.elements:
        for child in reading.children.get(element.index, ()) if element.role in allowed else ():
            if child.role not in allowed[element.role]:
                what = f"{noun} har et {child.tag}-tag, hvor det ikke må stå ({_quoted(reading.text(child))})"
                names = " eller ".join(sorted(allowed[element.role]))
                yield Finding(rule, child.page, what, f"i {element.role} må kun stå {names}")


def _contents(reading: Reading) -> Iterator[Finding]:
    tables = [element for element in reading.elements if element.role == "TOC"]
    for element in tables:
        if not any(part.role == "TOCI" for part in reading.inside(element)):
            what = "indholdsfortegnelsen har ingen punkter"
            yield Finding("toc-structure", element.page, what, "lav hvert punkt som TOCI")
    if tables or not reading.elements:
        return
    for page in reading.pages:
        if sum(1 for annotation in page.annotations if _leads_inside(annotation)) >= _MANY_LINKS:
            what = "indholdsfortegnelsen er ikke mærket som en"
            yield Finding("toc", page.number, what, "brug tags af typen TOC og TOCI")
            return


def _leads_inside(annotation: Any) -> bool:
    if _name(_entry(annotation, "/Subtype")) != "Link":
        return False
    return _entry(annotation, "/Dest") is not None or _name(_entry(_entry(annotation, "/A"), "/S")) == "GoTo"


_HIDDEN = 2


def _links(reading: Reading) -> Iterator[Finding]:
    for page in reading.pages:
        for annotation in page.annotations:
            if _name(annotation.get("/Subtype")) != "Link" or (_integer(annotation.get("/F")) or 0) & _HIDDEN:
                continue
            target = _target(annotation)
            holders = [reading.elements[index] for index in reading.annotations.get(_id(annotation), ())]
            inside = [one for each in holders for one in (each, *reading.above(each)) if one.role == "Link"]
            text = reading.text(inside[0]) if inside else ""
            name = _quoted(text or target)
            if reading.elements and not inside:
                what = f"linket {name} er ikke en del af teksten for en skærmlæser"
                yield Finding("link-structure", page.number, what, "sæt det i et Link-tag (OBJR)")
            description = _text(annotation.get("/Contents"))
            if not description:
                what = f"linket {name} har ingen beskrivelse"
                yield Finding("link-description", page.number, what, "skriv i /Contents, hvor det fører hen")
            elif text and _plain(description) != _plain(text) and _plain(description) == _plain(target):
                what = f"linket {name} har kun sin adresse som beskrivelse ({_quoted(description)})"
                yield Finding("link-description", page.number, what, "skriv i /Contents, hvor det fører hen")


def _target(annotation: Any) -> str:
    """The address that a link leads to, or the name of a place in the document."""
    action = _entry(annotation, "/A")
    for thing in (_entry(action, "/URI"), _entry(annotation, "/Dest"), _entry(action, "/D")):
        if _text(thing) or _name(thing):
            return _text(thing) or _name(thing)
    return ""


def _plain(text: str) -> str:
    """An address or text without what makes no difference to a reader."""
    bare = "".join(text.split()).casefold()
    return re.sub(r"^(?:https?://(?:www\.)?|www\.|mailto:|tel:)", "", bare).rstrip("/.")


_EDGE = 0.08
"""How much of the height of a page, at the top and at the bottom, may be running text."""


def _running(reading: Reading) -> dict[int, list[tuple[Piece, str]]]:
    """Of each page, what is tagged as content although it is a running header or footer.

    A height close to the edge belongs to running text if the same words, numbers apart, stand
    there on more than half of the pages (the title, the number of the page), or if all that stands
    there is the same on three pages in a row or every second, as in books (the chapter). All text
    at such a height is taken for running text. Headings and tables are left out: a table that goes
    on repeats its head at the top of each page. In a document of one page, nothing repeats.
    """
    words: dict[tuple[str, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    lines: dict[tuple[tuple[str, int], int], list[str]] = defaultdict(list)
    tagged: list[tuple[tuple[str, int], int, Piece]] = []
    for page in reading.pages:
        for piece in page.content.pieces:
            text = re.sub(r"\d+", "#", " ".join((piece.text or "").split()))
            place = _edge(page, piece.points[0]) if text else None
            if place and not _in_heading_or_table(reading, piece.mark):
                words[place][text].add(page.number)
                lines[place, page.number].append(text)
                if piece.mark:
                    tagged.append((place, page.number, piece))
    whole: dict[tuple[str, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (place, number), texts in lines.items():
        whole[place][" ".join(texts)].add(number)
    count = len(reading.pages)
    often = max(2, count) if count < 4 else max(3, count // 2 + 1)
    repeated = {
        place
        for place, on in words.items()
        if any(len(those) >= often for those in on.values()) or any(map(_in_a_row, whole[place].values()))
    }
    found: dict[int, list[tuple[Piece, str]]] = defaultdict(list)
    for place, number, piece in tagged:
        if place in repeated:
            found[number].append((piece, place[0]))
    return found


def _in_a_row(pages: set[int]) -> bool:
    return any({page, page + step, page + 2 * step} <= pages for page in pages for step in (1, 2))


def _edge(page: Page, point: Point) -> tuple[str, int] | None:
    """Which edge of the page a text is close to, and how close in points."""
    left, bottom, right, top = page.box
    turned = (_integer(_inherited(page.raw, "/Rotate")) or 0) % 360
    below = {0: point[1] - bottom, 90: right - point[0], 180: top - point[1], 270: point[0] - left}.get(turned, 0.0)
    height = top - bottom if turned in (0, 180) else right - left
    if 0 <= below < height * _EDGE:
        return "sidefoden", round(below)
    if 0 <= height - below < height * _EDGE:
        return "sidehovedet", round(height - below)
    return None


def _in_heading_or_table(reading: Reading, mark: Mark | None) -> bool:
    for index in reading.marks.get(mark, ()) if mark else ():
        element = reading.elements[index]
        if any(one.role == "Table" or _HEADING.fullmatch(one.role) for one in (element, *reading.above(element))):
            return True
    return False


def _content(reading: Reading) -> Iterator[Finding]:
    """Everything painted is in the structure or an artifact, and both sides agree on which is where."""
    if not reading.elements:
        return  # said once, of the whole file
    running = _running(reading)
    for number, lines in running.items():
        for edge in sorted({edge for _, edge in lines}):
            words = _quoted(" … ".join((piece.text or "").strip() for piece, at in lines if at == edge))
            what = f"{edge}, {words}, læses op som en del af teksten"
            yield Finding("running-text", number, what, "gør det til /Artifact")
    for page in reading.pages:
        bare = [piece for piece in page.content.pieces if piece.bare]
        texts = " ".join(piece.text.strip() for piece in bare if piece.text)
        if texts.strip():
            what = f"teksten {_quoted(texts.strip())} står uden for dokumentets struktur"
            yield Finding("untagged", page.number, what, "giv den et tag, eller gør den til /Artifact")
        elif bare:
            what = "en tegning eller et billede står uden for dokumentets struktur"
            yield Finding("untagged", page.number, what, "giv den et tag, eller gør den til /Artifact")
    explained = {piece.mark for lines in running.values() for piece, _ in lines}
    yield from _marks(reading, explained)


@dataclass(frozen=True)
class _Stream:
    """What a page or a form has of marked content, and its key in the parent tree."""

    id: ObjGen
    page: int
    parents: int | None
    marks: tuple[Mark, ...]


def _streams(reading: Reading) -> Iterator[_Stream]:
    for page in reading.pages:
        yield _Stream(page.id, page.number, page.parents, page.content.marks)
    for key, form in reading.forms.items():
        yield _Stream(key, form.page, form.parents, form.content.marks)


def _marks(reading: Reading, explained: set[Mark | None]) -> Iterator[Finding]:
    of_stream: dict[ObjGen, list[Mark]] = defaultdict(list)
    for mark in reading.marks:
        of_stream[mark.stream].append(mark)
    known = set()
    for stream in _streams(reading):
        known.add(stream.id)
        there, referred = set(stream.marks), of_stream[stream.id]
        stray = {mark for mark in there if mark not in reading.marks and mark not in explained}
        if stray:
            words = " ".join(reading.texts.get(mark, "") for mark in sorted(stray, key=lambda mark: mark.number))
            quote = f" ({_quoted(' '.join(words.split()))})" if words.strip() else ""
            noun = _count(len(stray), "stykke indhold", "stykker indhold")
            what = f"{noun} er mærket, men mangler i strukturen{quote}"
            yield Finding("mcid-stray", stream.page, what, "sæt det ind i strukturen, eller gør det til /Artifact")
        dangling = sum(1 for mark in referred if mark not in there)
        if dangling:
            noun = _count(dangling, "stykke indhold", "stykker indhold")
            what = f"strukturen henviser til {noun}, der ikke findes"
            yield Finding("mcid-dangling", stream.page, what, "fjern henvisningen")
        twice = sum(1 for times in Counter(stream.marks).values() if times > 1)
        twice += sum(1 for mark in referred if len(reading.marks[mark]) > 1)
        if twice:
            noun = _count(twice, "stykke indhold", "stykker indhold")
            remedy = "giv hvert stykke sit eget nummer og ét tag"
            yield Finding("mcid-twice", stream.page, f"{noun} er brugt to gange", remedy)
        wrong = _wrong_parents(reading, stream, referred)
        if wrong:
            noun = _count(wrong, "sted", "steder")
            what = f"registret over sidens indhold (ParentTree) passer ikke med strukturen {noun}"
            yield Finding("parent-tree", stream.page, what, "lav registret igen ud fra strukturen")
    lost = sum(1 for mark in reading.marks if mark.stream not in known)
    if lost:
        noun = _count(lost, "stykke indhold", "stykker indhold")
        what = f"strukturen henviser til {noun} på sider, der ikke findes"
        yield Finding("mcid-dangling", None, what, "fjern henvisningen")
    yield from _annotation_parents(reading)


def _wrong_parents(reading: Reading, stream: _Stream, referred: list[Mark]) -> int:
    """How many pieces of a stream the parent tree gives to another element than the structure does."""
    there = set(stream.marks)
    if stream.parents is None:
        return len([mark for mark in referred if mark in there])
    entry = reading.parent_tree.get(stream.parents)
    listed = {number: _id(thing) for number, thing in enumerate(_items(entry)) if thing is not None}
    shared = [mark for mark in referred if mark in there]
    holders = {mark.number: {reading.elements[index].id for index in reading.marks[mark]} for mark in shared}
    wrong = sum(1 for number, ids in holders.items() if listed.get(number) not in ids)
    return wrong + sum(1 for number in listed if number not in holders and Mark(stream.id, number) not in there)


def _annotation_parents(reading: Reading) -> Iterator[Finding]:
    for page in reading.pages:
        wrong = 0
        for annotation in page.annotations:
            indices = reading.annotations.get(_id(annotation), ())
            holders = {reading.elements[index].id for index in indices}
            key = _integer(annotation.get("/StructParent"))
            listed = _id(reading.parent_tree.get(key)) if key is not None else (0, 0)
            wrong += bool(holders) and listed not in holders
        if wrong:
            noun = _count(wrong, "link eller felt", "links eller felter")
            what = f"registret (ParentTree) kender ikke {noun} på siden"
            yield Finding("parent-tree", page.number, what, "lav registret igen ud fra strukturen")


def _role_map(reading: Reading) -> Iterator[Finding]:
    seen = set()
    for element in reading.elements:
        modern = "/NS" in element.raw and _PDF_2.fullmatch(element.tag)
        if element.role not in _STANDARD and not modern and element.tag not in seen:
            seen.add(element.tag)
            what = f"tagget {_quoted(element.tag)} findes ikke og er ikke forklaret"
            yield Finding("role-map", element.page, what, "brug et af standardens tags, eller forklar det i /RoleMap")
    for tag, role in reading.roles.items():
        if tag in _STANDARD and tag != role:
            what = f"standardens tag {_quoted(tag)} er lavet om til {_quoted(role)}"
            yield Finding("role-map", None, what, "fjern det fra /RoleMap")


def _languages(reading: Reading) -> Iterator[Finding]:
    found = [(_text(one.raw.get("/Lang")), one.page) for one in reading.elements if "/Lang" in one.raw]
    found += [(language, page.number) for page in reading.pages for language in page.content.languages]
    found += [(language, form.page) for form in reading.forms.values() for language in form.content.languages]
    for language, page in found:
        if not _LANGUAGE.fullmatch(language):
            what = f"sproget {_quoted(language)} på en del af teksten findes ikke"
            yield Finding("lang-part", page, what, "brug en sprogkode som da eller en-GB")


def _bookmarks(reading: Reading) -> Iterator[Finding]:
    headings = any(_HEADING.fullmatch(element.role) for element in reading.elements)
    if len(reading.pages) <= _MANY_PAGES or not headings:
        return
    if _entry(_entry(reading.pdf.Root, "/Outlines"), "/First") is None:
        what = f"et dokument på {len(reading.pages)} sider har ingen bogmærker"
        yield Finding("bookmarks", None, what, "lav bogmærker af overskrifterne")


_STRINGS = re.compile(rb"\(((?:[^\\()]|\\.)*)\)|<([0-9A-Fa-f]{2,})>", re.DOTALL)
_SCRIPT = re.compile(rb"/(?:JavaScript|JS)(?![A-Za-z])")
_LAUNCH = re.compile(rb"/S\s*/(?:Launch|ImportData)(?![A-Za-z])")
_FOLDERS = "home|Users|root|tmp|var|opt|private|mnt|builds?|workspaces?"
_MACHINE = re.compile(rf"file:/|(?<![\w.:/#?=&%~-])/(?:{_FOLDERS})/[\w.-]|(?<!\w)[A-Za-z]:\\+\w", re.IGNORECASE)


def _actions_and_paths(reading: Reading) -> Iterator[Finding]:
    """Nothing starts a program, and nothing tells of the machine that made the file.

    Looks at every string of every object and at the metadata, not at what is painted: a text may
    speak of folders.
    """
    files = {}
    for page in reading.pages:
        for annotation in page.annotations:
            address = _text(_entry(_entry(annotation, "/A"), "/URI"))
            if address.casefold().startswith("file:"):
                files[address] = page.number
    for address, number in files.items():
        what = f"et link fører til en fil på en computer ({_quoted(address)})"
        yield Finding("file-link", number, what, "link til en adresse på nettet eller et sted i dokumentet")
    here = _folders_of_this_machine()
    for thing in [*reading.pdf.objects, reading.pdf.trailer]:
        if not isinstance(thing, pikepdf.Object):
            continue
        written = _resolved(thing)
        page = reading.numbers.get(_id(thing))
        bare = _STRINGS.sub(b"", written)
        if _SCRIPT.search(bare):
            what = "filen indeholder et program (JavaScript)"
            yield Finding("script", page, what, "fjern det")
        if _LAUNCH.search(bare):
            yield Finding("launch", page, "filen kan starte et program på læserens computer", "fjern det")
        texts = [_string(*found.groups()) for found in _STRINGS.finditer(written)]
        if isinstance(thing, pikepdf.Stream) and _name(thing.get("/Subtype")) == "XML":
            texts.append(_bytes(thing).decode("utf-8", errors="replace"))
        for text in texts:
            found = _MACHINE.search(text)
            if text.strip() in files or not (found or any(folder in text for folder in here)):
                continue
            start = found.start() if found else 0
            quote = _quoted(text[start : start + 80].strip())
            what = f"filen røber en mappe på den computer, der lavede den ({quote})"
            yield Finding("machine-path", page, what, "fjern den")


def _folders_of_this_machine() -> tuple[str, ...]:
    """For a build that audits what it has just made. Short ones are left out: `/srv` is also a word."""
    folders = (Path.home(), Path.cwd(), Path(__file__).resolve().parent.parent)
    return tuple({f"{folder}/" for folder in folders if len(folder.parts) > 2})


def _string(literal: bytes | None, digits: bytes | None) -> str:
    """A string as it is written in a file, decoded."""
    if digits is not None:
        data = bytes.fromhex(digits.decode() + "0" * (len(digits) % 2))
    else:
        data = re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, literal or b"", flags=re.DOTALL)
    return data[2:].decode("utf-16-be", errors="replace") if data[:2] == b"\xfe\xff" else data.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255]) if not set(code) & set(b"89") else code
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)


_CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    _damage,
    _declarations,
    _metadata,
    _tab_order,
    _fonts,
    _figures,
    _headings,
    _empty,
    _tables,
    _lists,
    _contents,
    _links,
    _content,
    _role_map,
    _languages,
    _bookmarks,
    _actions_and_paths,
)


# --- The validator ----------------------------------------------------------------------------

_SAME_AS = (
    ("TAGGED-DOCUMENT", ("marked", "structure")),
    ("STRUCT-TREE-ROOT", ("structure",)),
    ("STRUCT-TREE-ROLE-MAP", ("role-map",)),
    ("ID-", ("pdfua-id", "metadata")),
    ("METADATA-STRUCTURE", ("metadata",)),
    ("METADATA-TITLE", ("title", "metadata")),
    ("METADATA-LANGUAGE", ("lang",)),
    ("VIEWER-PREFERENCES", ("display-title",)),
    ("ENCRYPTION-P", ("encryption",)),
    ("PAGE-TABS", ("tab-order",)),
    ("FONT-EMBEDDING", ("font-embedded",)),
    ("FONT-UNICODE-MAPPING", ("font-unicode",)),
    ("FIGURE-ALTERNATIVE-TEXT", ("figure-alt",)),
    ("FORMULA-ALTERNATIVE-TEXT", ("figure-alt",)),
    ("HEADING-NESTING", ("heading-skip", "heading-first")),
    ("TABLE-HEADERS-SCOPE", ("th-scope",)),
    ("TH-PARENT", ("table-structure",)),
    ("TD-PARENT", ("table-structure",)),
    ("TR-PARENT", ("table-structure",)),
    ("LI-PARENT", ("list-structure",)),
    ("LBODY-PARENT", ("list-structure",)),
    ("L-KIDS", ("list-structure",)),
    ("LI-KIDS", ("list-structure",)),
    ("TOC-KIDS", ("toc-structure",)),
    ("TOCI-PARENT", ("toc-structure",)),
    ("LINK-LINK-TAG", ("link-structure", "structure")),
    ("LINK-CONTENTS", ("link-description",)),
    ("CONTENT-TAGGING", ("untagged", "mcid-stray", "running-text", "structure")),
    ("LANGUAGE-TAG", ("lang", "lang-part")),
)
"""Which of its rules say what ours have said already, in Danish and with the page."""


def _of_validator(report: Any, reading: Reading, said: set[str]) -> Iterator[Finding]:
    for failure in report.failures:
        name = failure.rule_id.removeprefix("PDFUA1-")
        same = {rule for start, rules in _SAME_AS if name.startswith(start) for rule in rules}
        if "-LANGUAGE-0" in name:  # a text without a language, of any kind, when the document has none
            same.add("lang")
        if same & said:
            continue
        place = failure.object_id
        page = reading.numbers.get((place.object_number, place.generation)) if place else None
        what = f"bryder PDF/UA-1, {failure.rule_id}: {failure.message}"
        rule = "ua1-" + re.sub(r"-\d+$", "", name).casefold()
        yield Finding(rule, page, what, "ret det dér, hvor filen bliver lavet")


# --- The command ------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Tells in Danish how it is called."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, "Skriv: python3 scripts/audit_pdf.py FIL.pdf …\n")


def main() -> int:
    parser = _Parser(description="Find det, der gør en PDF svær at bruge for nogen.")
    parser.add_argument("files", metavar="FIL", nargs="+", type=Path)
    code = 0
    for file in parser.parse_args().files:
        try:
            findings = audit(file)
        except UnreadableError as error:
            print(f"{file}: kan ikke læses: {error}", file=sys.stderr)
            code = 2
            continue
        for finding in findings:
            print(f"{file}: {finding}")
        print(f"{file}: {_count(len(findings), 'fejl', 'fejl')} fundet" if findings else f"{file}: ingen fejl fundet")
        code = max(code, 1 if findings else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
