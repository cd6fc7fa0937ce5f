"""Finds out what the content streams of a PDF paint, and where.

This is most of the work of an audit, and a build audits some hundred pages, so measure before and after any change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pikepdf
from pikepdf.exceptions import PikepdfError

from kanalstrategi.pdf.audit.content_syntax import ContentSyntaxError, Tag, instructions, name, numbers, read_tag
from kanalstrategi.pdf.audit.fonts import NO_FONT, SPACE_THOUSANDTHS, Font, read_font
from kanalstrategi.pdf.audit.geometry import IDENTITY, Box, Matrix, Point, bounding_box, corners, multiply, transform
from kanalstrategi.pdf.audit.graphics_state import GraphicsState
from kanalstrategi.pdf.audit.model import Mark, PaintedItem, StreamContent
from kanalstrategi.pdf.audit.objects import DIRECT, ObjGen, as_list, as_numbers, get_entry, name_of, object_id

MAX_FORM_LEVELS = 30
"""How deeply forms may be nested."""

SAME_LINE_POINTS = 0.5
"""Texts whose baselines are closer than this are on the same line."""

BACK_THOUSANDTHS = 500
"""A text that begins this far before the end of the one before it is another word."""

LETTER_HEIGHT = 0.5
"""About how high letters are, as a share of the size of the font."""

_UNIT_SQUARE: Box = (0, 0, 1, 1)
"""The place of an image in its own coordinates."""


class _Context(NamedTuple):
    """The context of a piece of content: the nearest artifact or marked content with an id around it."""

    mark: Mark | None = None
    is_artifact: bool = False
    replacement: list[str] | None = None
    """The text that stands for all that is shown here, until it has been read. None if the text is what is shown."""


class ContentReader:
    """Reads the content streams of one file, and each form only once, since many pages may paint the same form."""

    def __init__(self) -> None:
        self.forms: dict[ObjGen, tuple[StreamContent, pikepdf.Stream]] = {}
        """The forms that have been read so far."""
        self._fonts: dict[ObjGen, Font] = {}
        self._tags: dict[bytes, Tag] = {}
        self._open_forms: set[ObjGen] = set()

    def read(self, source: Any, owner: ObjGen, resources: Any, clip: Box | None = None) -> StreamContent:
        """Return the content that streams paint for a page or form. `owner` is the id of its object."""
        try:
            data = b"\n".join(stream.read_bytes() for stream in as_list(source))
            return _Interpreter(self, owner, resources, clip).run(data)
        except (PikepdfError, ContentSyntaxError, AttributeError, TypeError):
            return StreamContent(is_readable=False)

    def read_form(self, form: pikepdf.Stream, resources: Any) -> StreamContent:
        """Return the content that a form paints, in its own coordinates. `resources` are those of the stream that paints it."""
        key = object_id(form)
        if key not in self.forms:
            if key in self._open_forms or len(self._open_forms) > MAX_FORM_LEVELS:  # a form that paints itself
                return StreamContent(is_readable=False)
            self._open_forms.add(key)
            box = as_numbers(form.get("/BBox"))
            clip = bounding_box([(box[0], box[1]), (box[2], box[3])]) if len(box) == 4 else None
            content = self.read(form, key, form.get("/Resources", resources), clip)
            self._open_forms.discard(key)
            self.forms[key] = (content, form)
        return self.forms[key][0]

    def font(self, raw: Any) -> Font:
        """Return a font, given its dictionary."""
        key = object_id(raw)
        if key == DIRECT:
            return NO_FONT if raw is None else read_font(raw)
        if key not in self._fonts:
            self._fonts[key] = read_font(raw)
        return self._fonts[key]

    def tag(self, operands: bytes, resources: Any) -> Tag:
        """Return what an instruction says about the content after it."""
        known = self._tags.get(operands)
        if known is None:
            known = read_tag(operands, resources)
            if known.is_complete:
                self._tags[operands] = known
        return known


class _Interpreter:
    """Executes the instructions of a content stream and collects everything that they paint.

    The methods for operators take the operands as they are written. `_HANDLERS` maps each operator to its method.
    """

    def __init__(self, reader: ContentReader, owner: ObjGen, resources: Any, clip: Box | None) -> None:
        self._reader = reader
        self._owner = owner
        self._resources = resources
        self._fonts_by_operands: dict[bytes, tuple[Font, float]] = {}
        # The results so far.
        self._items: list[PaintedItem] = []
        self._shapes: dict[tuple[Mark | None, bool], Box | None] = {}
        self._marks: list[Mark] = []
        self._languages: list[str] = []
        self._forms: list[ObjGen] = []
        self._fonts: list[ObjGen] = []
        # The graphics state.
        self._matrix = IDENTITY
        self._state = GraphicsState(clip=clip)
        self._saved_states: list[tuple[Matrix, GraphicsState]] = []
        self._contexts = [_Context()]
        self._path: list[tuple[bytes, bool]] = []
        self._is_clipping = False
        # The current line of text: where the next text begins, its parts so far, the corners of their places, and its end if that is known.
        self._text_matrix = self._line_matrix = IDENTITY
        self._line_parts: list[str] = []
        self._line_context = self._contexts[0]
        self._line_points: list[Point] = []
        self._line_end: float | None = None

    def run(self, data: bytes) -> StreamContent:
        find = _HANDLERS.get
        for operands, operator in instructions(data):
            if handler := find(operator):
                handler(self, operands)
        self._finish_line()
        self._items += [PaintedItem(*key, None, corners(box) if box else ()) for key, box in self._shapes.items()]
        forms, fonts = (tuple(dict.fromkeys(ids)) for ids in (self._forms, self._fonts))
        return StreamContent(tuple(self._items), tuple(self._marks), tuple(self._languages), forms, fonts)

    def _finish_line(self) -> None:
        if self._line_parts:
            context = self._line_context
            self._items.append(PaintedItem(context.mark, context.is_artifact, "".join(self._line_parts), tuple(self._line_points)))
            self._line_parts, self._line_points, self._line_end = [], [], None

    # Text

    def show_text(self, operands: bytes) -> None:
        state, context = self._state, self._contexts[-1]
        a, b, c, d, x, y = multiply(self._text_matrix, self._matrix)
        text, length = state.shown(operands)
        size = state.size * a
        if self._line_parts:
            line_mark, is_artifact, _ = self._line_context
            if context.mark != line_mark or context.is_artifact != is_artifact or abs(y - self._line_points[0][1]) > SAME_LINE_POINTS:
                self._finish_line()
            elif self._line_end is not None and not -BACK_THOUSANDTHS * size <= (x - self._line_end) * 1000 <= SPACE_THOUSANDTHS * size:
                self._line_parts.append(" ")
        self._line_context = context
        if context.replacement is not None:
            text = context.replacement.pop() if context.replacement else ""
        self._line_parts.append(text)
        self._line_points += ((x, y), (x + c * state.size * LETTER_HEIGHT, y + d * state.size * LETTER_HEIGHT))
        if length is None:
            self._line_end = None
            return
        if text and not text.isspace():
            self._line_points.append((x + a * length, y + b * length))
        self._line_end = x + a * length
        a, b, c, d, x, y = self._text_matrix
        self._text_matrix = (a, b, c, d, x + a * length, y + b * length)

    def show_text_on_next_line(self, operands: bytes) -> None:
        self._move_text(0.0, -self._state.leading)
        self.show_text(operands)

    def show_text_on_next_line_with_spaces(self, operands: bytes) -> None:
        start = operands.find(b"(") if b"(" in operands else operands.find(b"<")
        values = numbers(operands[: max(start, 0)])
        if len(values) == 2:
            self._state = self._state._replace(word_space=values[0], letter_space=values[1])
        self.show_text_on_next_line(operands[max(start, 0) :])

    def begin_text(self, operands: bytes) -> None:
        self._text_matrix = self._line_matrix = IDENTITY

    def set_text_matrix(self, operands: bytes) -> None:
        self._text_matrix = self._line_matrix = _as_matrix(numbers(operands))

    def move_text(self, operands: bytes) -> None:
        self._move_text(*_as_point(operands))

    def move_text_and_set_leading(self, operands: bytes) -> None:
        x, y = _as_point(operands)
        self._state = self._state._replace(leading=-y)
        self._move_text(x, y)

    def move_to_next_line(self, operands: bytes) -> None:
        self._move_text(0.0, -self._state.leading)

    def _move_text(self, x: float, y: float) -> None:
        self._text_matrix = self._line_matrix = multiply((1.0, 0.0, 0.0, 1.0, x, y), self._line_matrix)

    def set_leading(self, operands: bytes) -> None:
        self._state = self._state._replace(leading=_as_number(operands, self._state.leading))

    def set_letter_space(self, operands: bytes) -> None:
        self._state = self._state._replace(letter_space=_as_number(operands, 0.0))

    def set_word_space(self, operands: bytes) -> None:
        self._state = self._state._replace(word_space=_as_number(operands, 0.0))

    def set_stretch(self, operands: bytes) -> None:
        self._state = self._state._replace(stretch=_as_number(operands, 100.0) / 100)

    def set_font(self, operands: bytes) -> None:
        found = self._fonts_by_operands.get(operands)
        if found is None:
            key, size = name(operands), _as_number(b"".join(operands.split()[-1:]), 0.0)
            raw = get_entry(get_entry(self._resources, "/Font"), key) if key else None
            self._fonts.append(object_id(raw))
            found = self._fonts_by_operands[operands] = self._reader.font(raw), size
        if found[0] is not self._state.font or found[1] != self._state.size:
            self._state = self._state._replace(font=found[0], size=found[1])

    # Graphics state

    def save_state(self, operands: bytes) -> None:
        self._saved_states.append((self._matrix, self._state))

    def restore_state(self, operands: bytes) -> None:
        if self._saved_states:
            self._matrix, self._state = self._saved_states.pop()

    def change_matrix(self, operands: bytes) -> None:
        self._matrix = multiply(_as_matrix(numbers(operands)), self._matrix)

    # Marked content

    def begin_marked_content(self, operands: bytes) -> None:
        tag = self._reader.tag(operands, self._resources)
        context = self._contexts[-1]
        if tag.is_artifact:
            context = _Context(is_artifact=True)
        elif tag.mcid is not None:
            mark = Mark(self._owner, tag.mcid)
            self._marks.append(mark)
            context = _Context(mark)
        if tag.replacement is not None and context.replacement is None:
            context = _Context(context.mark, context.is_artifact, [tag.replacement])
        self._contexts.append(context)
        if tag.language is not None:
            self._languages.append(tag.language)

    def end_marked_content(self, operands: bytes) -> None:
        if len(self._contexts) > 1:
            self._contexts.pop()

    # Shapes

    def add_to_path(self, operands: bytes) -> None:
        self._path.append((operands, False))

    def add_rectangle(self, operands: bytes) -> None:
        self._path.append((operands, True))

    def clip(self, operands: bytes) -> None:
        self._is_clipping = True

    def drop_path(self, operands: bytes) -> None:
        if self._is_clipping:
            self._clip_to(self._path_box())
        self._path.clear()

    def paint_shape(self, operands: bytes) -> None:
        context = self._contexts[-1]
        box = self._path_box() if self._path and (self._is_clipping or context.mark) else None
        visible = self._state.visible(box) if box else None
        key = context.mark, context.is_artifact
        before = self._shapes.get(key)
        self._shapes[key] = bounding_box([*corners(before), *corners(visible)]) if before and visible else visible or before
        if self._is_clipping:
            self._clip_to(box)
        self._path.clear()

    def _path_box(self) -> Box | None:
        """Return the box around the path."""
        points: list[Point] = []
        for operands, is_rectangle in self._path:
            values = numbers(operands)
            if is_rectangle and len(values) == 4:
                x, y, width, height = values
                points += corners((x, y, x + width, y + height))
            elif not is_rectangle and len(values) > 1:
                points.append((values[-2], values[-1]))  # a curve ends here, and goes towards the points before
        return bounding_box([transform(self._matrix, point) for point in points]) if points else None

    def _clip_to(self, box: Box | None) -> None:
        self._is_clipping = False
        if box is not None:
            self._state = self._state.clipped_to(box)

    # Images and forms

    def paint_inline_image(self, operands: bytes) -> None:
        self._paint_image()

    def paint_object(self, operands: bytes) -> None:
        key = name(operands)
        thing = get_entry(get_entry(self._resources, "/XObject"), key) if key else None
        if not isinstance(thing, pikepdf.Stream) or name_of(thing.get("/Subtype")) != "Form":
            self._paint_image()
            return
        self._finish_line()
        context = self._contexts[-1]
        content = self._reader.read_form(thing, self._resources)
        self._forms += [object_id(thing), *content.forms]
        self._fonts += content.fonts
        matrix = multiply(_as_matrix(as_numbers(get_entry(thing, "/Matrix"))), self._matrix)
        self._items += [self._item_of_form(item, context, matrix) for item in content.items]

    def _paint_image(self) -> None:
        context = self._contexts[-1]
        box = self._state.visible(_transformed(_UNIT_SQUARE, self._matrix))
        self._items.append(PaintedItem(context.mark, context.is_artifact, None, corners(box) if box else (), is_image=True))

    def _item_of_form(self, item: PaintedItem, context: _Context, matrix: Matrix) -> PaintedItem:
        """Return an item of a form with the position and context that it gets where the form is painted."""
        points = tuple(transform(matrix, point) for point in item.points)
        if item.text is None and points:
            box = self._state.visible(bounding_box(points))
            points = corners(box) if box else ()
        of_form = context if item.is_untagged else item
        return PaintedItem(of_form.mark, of_form.is_artifact, item.text, points, item.is_image)


_HANDLERS: dict[bytes, Callable[[_Interpreter, bytes], None]] = {
    **dict.fromkeys((b"Tj", b"TJ"), _Interpreter.show_text),
    b"'": _Interpreter.show_text_on_next_line,
    b'"': _Interpreter.show_text_on_next_line_with_spaces,
    b"BT": _Interpreter.begin_text,
    b"Tm": _Interpreter.set_text_matrix,
    b"Td": _Interpreter.move_text,
    b"TD": _Interpreter.move_text_and_set_leading,
    b"T*": _Interpreter.move_to_next_line,
    b"TL": _Interpreter.set_leading,
    b"Tc": _Interpreter.set_letter_space,
    b"Tw": _Interpreter.set_word_space,
    b"Tz": _Interpreter.set_stretch,
    b"Tf": _Interpreter.set_font,
    b"q": _Interpreter.save_state,
    b"Q": _Interpreter.restore_state,
    b"cm": _Interpreter.change_matrix,
    **dict.fromkeys((b"BMC", b"BDC"), _Interpreter.begin_marked_content),
    b"EMC": _Interpreter.end_marked_content,
    **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _Interpreter.add_to_path),
    b"re": _Interpreter.add_rectangle,
    **dict.fromkeys((b"W", b"W*"), _Interpreter.clip),
    b"n": _Interpreter.drop_path,
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"), _Interpreter.paint_shape),
    b"EI": _Interpreter.paint_inline_image,
    b"Do": _Interpreter.paint_object,
}


def _transformed(box: Box, matrix: Matrix) -> Box:
    """Return the box around a box that has been moved by a transformation."""
    return bounding_box([transform(matrix, corner) for corner in corners(box)])


def _as_matrix(values: tuple[float, ...]) -> Matrix:
    return values if len(values) == 6 else IDENTITY


def _as_point(operands: bytes) -> Point:
    values = numbers(operands)
    return (values[0], values[1]) if len(values) == 2 else (0.0, 0.0)


def _as_number(operands: bytes, default: float) -> float:
    values = numbers(operands)
    return values[0] if values else default
