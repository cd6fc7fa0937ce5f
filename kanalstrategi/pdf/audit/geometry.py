"""Calculates with positions and transformation matrices on a PDF page, in points from its lower left corner."""

from __future__ import annotations

from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers `a b c d e f` of a transformation (ISO 32000-1, 8.3.3)."""

Point = tuple[float, float]

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the transformation that applies `first` and then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def transform(matrix: Matrix, point: Point) -> Point:
    """Return the point to which a transformation moves a point."""
    (a, b, c, d, e, f), (x, y) = matrix, point
    return (a * x + c * y + e, b * x + d * y + f)


def bounding_box(points: Iterable[Point]) -> Box:
    """Return the smallest box around some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def corners(box: Box) -> tuple[Point, Point, Point, Point]:
    """Return the corners of a box."""
    left, bottom, right, top = box
    return (left, bottom), (right, bottom), (right, top), (left, top)


def intersection(first: Box, second: Box | None) -> Box | None:
    """Return what two boxes share, or None if they share nothing. No second box is one without limits."""
    if second is None:
        return first
    box = max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])
    return box if box[0] <= box[2] and box[1] <= box[3] else None
