"""Draw an icon's SVG as pixels."""

from __future__ import annotations

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath
from lxml import etree
from PIL import Image, ImageChops, ImageDraw


def rasterize_icon(svg: str, side: int) -> Image.Image:
    """The drawing in a square, white where it is filled.

    A point is outside where the paths around it cancel each other (`nonzero`, as SVG fills): clockwise counts one, the other
    way takes one away.
    """
    left, top, width, height = map(float, etree.fromstring(svg).get("viewBox", "0 0 24 24").split())
    scale = side / max(width, height)
    pen = _PolygonPen()
    shift = ((max(width, height) - width) / 2 - left, (max(width, height) - height) / 2 - top)
    SVGPath.fromstring(svg).draw(TransformPen(pen, (scale, 0, 0, scale, shift[0] * scale, shift[1] * scale)))
    turns = Image.new("L", (side, side), 128)
    for points in pen.contours:
        if len(points) > 2:
            one = Image.new("L", (side, side))
            ImageDraw.Draw(one).polygon(points, 1)
            turns = (ImageChops.add if _is_clockwise(points) else ImageChops.subtract)(turns, one)
    return turns.point([255 * (turn != 128) for turn in range(256)])


def _is_clockwise(points: list[tuple[float, float]]) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) > 0


class _PolygonPen(BasePen):
    """Takes down a drawing as polygons."""

    STEPS = 8
    """Straight pieces of a curve."""

    def __init__(self) -> None:
        super().__init__()
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:
        start = self.contours[-1][-1]
        for number in range(1, self.STEPS + 1):
            t = number / self.STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(weight * point[axis] for weight, point in zip(weights, (start, one, two, end), strict=True)) for axis in (0, 1))
            self.contours[-1].append((x, y))
