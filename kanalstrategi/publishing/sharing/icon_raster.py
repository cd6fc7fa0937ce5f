"""Rasterizes the SVG of an icon."""

from __future__ import annotations

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath
from lxml import etree
from PIL import Image, ImageChops, ImageDraw


def rasterize_icon(svg: str, side: int) -> Image.Image:
    """Return an icon as a square grayscale image, `side` pixels wide: white where the icon is filled, black elsewhere.

    By SVG's fill rule `nonzero`, a point is outside if the contours around it cancel out: each clockwise contour counts 1, each
    counterclockwise one -1.
    """
    left, top, width, height = map(float, etree.fromstring(svg).get("viewBox", "0 0 24 24").split())
    scale = side / max(width, height)
    pen = _PolygonPen()
    shift = ((max(width, height) - width) / 2 - left, (max(width, height) - height) / 2 - top)
    SVGPath.fromstring(svg).draw(TransformPen(pen, (scale, 0, 0, scale, shift[0] * scale, shift[1] * scale)))
    windings = Image.new("L", (side, side), 128)
    for contour in pen.contours:
        if len(contour) > 2:
            mask = Image.new("L", (side, side))
            ImageDraw.Draw(mask).polygon(contour, 1)
            windings = (ImageChops.add if _is_clockwise(contour) else ImageChops.subtract)(windings, mask)
    return windings.point([255 * (winding != 128) for winding in range(256)])


def _is_clockwise(contour: list[tuple[float, float]]) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(contour, [*contour[1:], contour[0]], strict=True)) > 0


class _PolygonPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Records a drawing as polygons."""

    SEGMENTS_PER_CURVE = 8

    def __init__(self) -> None:
        super().__init__()
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(self, control1: tuple[float, float], control2: tuple[float, float], end: tuple[float, float]) -> None:
        start = self.contours[-1][-1]
        for number in range(1, self.SEGMENTS_PER_CURVE + 1):
            t = number / self.SEGMENTS_PER_CURVE
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            points = (start, control1, control2, end)
            x, y = (sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))
            self.contours[-1].append((x, y))
