"""Finds out what the content streams of a PDF paint.

This takes a third of the time of an audit, and a build audits about 140 pages, so measure before and after any change.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf.exceptions import PikepdfError

from kanalstrategi.pdf.audit.fonts import NO_FONT, Font, read_font
from kanalstrategi.pdf.audit.geometry import IDENTITY, Matrix, Point, bounding_box, multiply, transform
from kanalstrategi.pdf.audit.model import Mark, PaintedItem, StreamContent
from kanalstrategi.pdf.audit.objects import DIRECT, ObjGen, as_integer, as_list, as_numbers, get_entry, name_of, object_id, text_of

MAX_FORM_LEVELS = 30
"""How deeply forms may be nested."""

SAME_LINE_POINTS = 0.5
"""Texts whose baselines are closer than this are on the same line."""

SPACE_THOUSANDTHS = -200
"""A move of this size within a text counts as a space. In thousandths of the font size."""

_NUMBERS = (int, Decimal)

_UNIT_SQUARE: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
"""The corners of an image in its own coordinates."""


@dataclass(frozen=True)
class _Context:
    """The context of a piece of content: the nearest artifact or marked content with an id around it."""

    mark: Mark | None = None
    is_artifact: bool = False
    is_figure: bool = False


class ContentReader:
    """Reads the content streams of one file, and each form only once, since many pages may paint the same form."""

    def __init__(self) -> None:
        self.forms: dict[ObjGen, tuple[StreamContent, pikepdf.Stream]] = {}
        """The forms that have been read so far."""
        self._fonts: dict[ObjGen, Font] = {}
        self._open_forms: set[ObjGen] = set()

    def read(self, source: Any, owner: ObjGen, resources: Any) -> StreamContent:
        """Return the content that a page or form paints. `owner` is the id of its object."""
        try:
            instructions = pikepdf.parse_content_stream(source, operators=_OPERATORS)
        except (PikepdfError, TypeError, ValueError):
            return StreamContent(is_readable=False)
        return _Interpreter(self, owner, resources).run(instructions)

    def read_form(self, form: pikepdf.Stream, resources: Any) -> StreamContent:
        """Return the content that a form paints. `resources` are the resources of the stream that paints it."""
        key = object_id(form)
        if key not in self.forms:
            if key in self._open_forms or len(self._open_forms) > MAX_FORM_LEVELS:  # a form that paints itself
                return StreamContent(is_readable=False)
            self._open_forms.add(key)
            content = self.read(form, key, form.get("/Resources", resources))
            self._open_forms.discard(key)
            self.forms[key] = (content, form)
        return self.forms[key][0]

    def font(self, raw: Any) -> Font:
        """Return the encoding of a font, given its dictionary."""
        key = object_id(raw)
        if key == DIRECT:
            return NO_FONT if raw is None else read_font(raw)
        if key not in self._fonts:
            self._fonts[key] = read_font(raw)
        return self._fonts[key]


class _Interpreter:
    """Executes the instructions of a content stream and collects everything that they paint.

    The methods for operators take the operator and its operands. `_HANDLERS` maps each operator to its method.
    """

    def __init__(self, reader: ContentReader, owner: ObjGen, resources: Any) -> None:
        self._reader = reader
        self._owner = owner
        self._resources = resources
        self._font_resources = get_entry(resources, "/Font")
        # The results so far.
        self._items: list[PaintedItem] = []
        self._shape_contexts: set[_Context] = set()
        self._marks: list[Mark] = []
        self._languages: list[str] = []
        self._forms: list[ObjGen] = []
        self._fonts: list[ObjGen] = []
        # The graphics state.
        self._matrix = IDENTITY
        self._font = NO_FONT
        self._leading = 0.0
        self._saved_states: list[tuple[Matrix, Font, float]] = []
        self._contexts = [_Context()]
        self._path: list[Point] = []
        # The current line of text: its matrix, its parts so far, and its starting point.
        self._text_matrix = IDENTITY
        self._line_parts: list[str] = []
        self._line_context = self._contexts[0]
        self._line_start: Point = (0.0, 0.0)

    def run(self, instructions: Iterable[Any]) -> StreamContent:
        handlers = _HANDLERS
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in handlers:
                handlers[operator](self, operator, list(instruction.operands))
        self._finish_line()
        self._items += (PaintedItem(context.mark, context.is_artifact, None, ()) for context in self._shape_contexts)
        forms, fonts = (tuple(dict.fromkeys(ids)) for ids in (self._forms, self._fonts))
        return StreamContent(tuple(self._items), tuple(self._marks), tuple(self._languages), forms, fonts)

    def _finish_line(self) -> None:
        if self._line_parts:
            context = self._line_context
            self._items.append(PaintedItem(context.mark, context.is_artifact, "".join(self._line_parts), (self._line_start,)))
            self._line_parts.clear()

    # Text

    def show_text(self, operator: str, operands: list[Any]) -> None:
        matrix = self._text_matrix
        start = transform(self._matrix, (matrix[4], matrix[5]))
        context = self._contexts[-1]
        if self._line_parts and (context != self._line_context or abs(start[1] - self._line_start[1]) > SAME_LINE_POINTS):
            self._finish_line()
        if not self._line_parts:
            self._line_context, self._line_start = context, start
        self._line_parts.append(_decode_text(operands, self._font))

    def show_text_on_next_line(self, operator: str, operands: list[Any]) -> None:
        self._move_text(0.0, -self._leading)
        self.show_text(operator, operands)

    def begin_text(self, operator: str, operands: list[Any]) -> None:
        self._text_matrix = IDENTITY

    def set_text_matrix(self, operator: str, operands: list[Any]) -> None:
        self._text_matrix = _as_matrix(operands)

    def move_text(self, operator: str, operands: list[Any]) -> None:
        x, y = _as_point(operands)
        if operator == "TD":
            self._leading = -y
        self._move_text(x, y)

    def move_to_next_line(self, operator: str, operands: list[Any]) -> None:
        self._move_text(0.0, -self._leading)

    def _move_text(self, x: float, y: float) -> None:
        self._text_matrix = multiply((1.0, 0.0, 0.0, 1.0, x, y), self._text_matrix)

    def set_leading(self, operator: str, operands: list[Any]) -> None:
        self._leading = next(iter(as_numbers(operands)), self._leading)

    def set_font(self, operator: str, operands: list[Any]) -> None:
        raw = get_entry(self._font_resources, str(operands[0])) if _begins_with_name(operands) else None
        self._font = self._reader.font(raw)
        self._fonts.append(object_id(raw))

    # Graphics state

    def save_state(self, operator: str, operands: list[Any]) -> None:
        self._saved_states.append((self._matrix, self._font, self._leading))

    def restore_state(self, operator: str, operands: list[Any]) -> None:
        if self._saved_states:
            self._matrix, self._font, self._leading = self._saved_states.pop()

    def change_matrix(self, operator: str, operands: list[Any]) -> None:
        self._matrix = multiply(_as_matrix(operands), self._matrix)

    # Marked content

    def begin_marked_content(self, operator: str, operands: list[Any]) -> None:
        properties = _properties(operands, self._resources) if operator == "BDC" else None
        mcid = as_integer(get_entry(properties, "/MCID"))
        tag = name_of(operands[0]) if operands else ""
        if tag == "Artifact":
            self._contexts.append(_Context(is_artifact=True))
        elif mcid is not None:
            mark = Mark(self._owner, mcid)
            self._marks.append(mark)
            self._contexts.append(_Context(mark, is_figure=tag == "Figure"))
        else:
            self._contexts.append(self._contexts[-1])
        language = get_entry(properties, "/Lang")
        if isinstance(language, pikepdf.String):
            self._languages.append(text_of(language))

    def end_marked_content(self, operator: str, operands: list[Any]) -> None:
        if len(self._contexts) > 1:
            self._contexts.pop()

    # Shapes

    def add_to_path(self, operator: str, operands: list[Any]) -> None:
        if self._contexts[-1].is_figure:
            self._path += (transform(self._matrix, point) for point in _path_points(operator, as_numbers(operands)))

    def drop_path(self, operator: str, operands: list[Any]) -> None:
        self._path.clear()

    def paint_shape(self, operator: str, operands: list[Any]) -> None:
        context = self._contexts[-1]
        if self._path and context.is_figure:
            self._items.append(PaintedItem(context.mark, context.is_artifact, None, bounding_box(self._path)))
        else:
            self._shape_contexts.add(context)
        self._path.clear()

    # Images and forms

    def paint_object(self, operator: str, operands: list[Any]) -> None:
        if not _begins_with_name(operands):
            return
        context = self._contexts[-1]
        thing = get_entry(get_entry(self._resources, "/XObject"), str(operands[0]))
        if name_of(get_entry(thing, "/Subtype")) == "Form":
            self._finish_line()
            content = self._reader.read_form(thing, self._resources)
            self._forms += [object_id(thing), *content.forms]
            self._fonts += content.fonts
            matrix = multiply(_as_matrix(get_entry(thing, "/Matrix")), self._matrix)
            self._items += (_item_of_form(item, context, matrix) for item in content.items)
        else:
            corners = tuple(transform(self._matrix, corner) for corner in _UNIT_SQUARE)
            self._items.append(PaintedItem(context.mark, context.is_artifact, None, corners))


_HANDLERS: dict[str, Callable[[_Interpreter, str, list[Any]], None]] = {
    **dict.fromkeys(("Tj", "TJ"), _Interpreter.show_text),
    **dict.fromkeys(("'", '"'), _Interpreter.show_text_on_next_line),
    "BT": _Interpreter.begin_text,
    "Tm": _Interpreter.set_text_matrix,
    **dict.fromkeys(("Td", "TD"), _Interpreter.move_text),
    "T*": _Interpreter.move_to_next_line,
    "TL": _Interpreter.set_leading,
    "Tf": _Interpreter.set_font,
    "q": _Interpreter.save_state,
    "Q": _Interpreter.restore_state,
    "cm": _Interpreter.change_matrix,
    **dict.fromkeys(("BMC", "BDC"), _Interpreter.begin_marked_content),
    "EMC": _Interpreter.end_marked_content,
    **dict.fromkeys(("m", "l", "c", "v", "y", "re"), _Interpreter.add_to_path),
    "n": _Interpreter.drop_path,
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"), _Interpreter.paint_shape),
    "Do": _Interpreter.paint_object,
}

_OPERATORS = " ".join([*(operator for operator in _HANDLERS if operator != "INLINE IMAGE"), "BI ID EI"])
"""The operators that pikepdf should return. It combines the last three into the operator `INLINE IMAGE`."""


def _as_matrix(thing: Any) -> Matrix:
    numbers = as_numbers(thing)
    return numbers if len(numbers) == 6 else IDENTITY


def _as_point(operands: list[Any]) -> Point:
    numbers = as_numbers(operands)
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0.0, 0.0)


def _begins_with_name(operands: list[Any]) -> bool:
    return len(operands) > 0 and isinstance(operands[0], pikepdf.Name)


def _properties(operands: list[Any], resources: Any) -> Any:
    """Return the properties in the second operand of BDC, which is a dictionary or the name of one in the resources."""
    if len(operands) < 2:
        return None
    if isinstance(operands[1], pikepdf.Name):
        return get_entry(get_entry(resources, "/Properties"), str(operands[1]))
    return operands[1]


def _path_points(operator: str, numbers: tuple[float, ...]) -> list[Point]:
    """Return the points of an operator that constructs part of a path."""
    if operator == "re" and len(numbers) == 4:
        x, y, width, height = numbers
        return [(x, y), (x + width, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _decode_text(operands: list[Any], font: Font) -> str:
    """Return the text that is shown by Tj, TJ, ' or "."""
    parts = []
    for part in as_list(operands[-1]) if operands else []:
        if isinstance(part, _NUMBERS):
            if part < SPACE_THOUSANDTHS:
                parts.append(b"")
        elif isinstance(part, pikepdf.String):
            parts.append(bytes(part))
    runs: list[bytes] = []
    for is_space, group in itertools.groupby(parts, key=lambda part: not part):
        runs.append(b"" if is_space else b"".join(group))
    return "".join(font.decode(run) if run else " " for run in runs)


def _item_of_form(item: PaintedItem, context: _Context, matrix: Matrix) -> PaintedItem:
    """Return an item of a form with the position and context that it gets where the form is painted."""
    points = tuple(transform(matrix, point) for point in item.points)
    if item.is_untagged:
        return PaintedItem(context.mark, context.is_artifact, item.text, points)
    return PaintedItem(item.mark, item.is_artifact, item.text, points)
