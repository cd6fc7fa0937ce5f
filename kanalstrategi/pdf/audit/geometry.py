"""Calculates with positions and transformation matrices on a PDF page, in points from its lower left corner."""

from __future__ import annotations

from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers `a b c d e f` of a transformation (ISO 32000-1, 8.3.3)."""

Point = tuple[float, float]

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


def bounding_box(points: Iterable[Point]) -> tuple[Point, Point]:
    """Return the lower left and upper right corners of the smallest box around some points."""
    xs, ys = zip(*points, strict=True)
    return ((min(xs), min(ys)), (max(xs), max(ys)))
