"""Draws a line through values with Leather, as elements whose classes the site's styles and the PDF engines give their colors.

It is imported only where there is a chart, since Leather takes a while to import.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from leather import Chart, Dots, Line, Linear, Scale, Series
from leather.shapes import Shape

from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.markdown.nodes import Element, Node, element, nodes
from kanalstrategi.rendering.chart_model import BACK, CHARACTER_WIDTH, GRID, HEIGHT, LABEL, MEASURED, TARGET, VALUE, WIDTH, LineChart

_VALUE_DISTANCE, _VALUE_HEIGHT = 9, 11
"""How far above its dot a value is, and the height of its digits."""
_TOP, _BOTTOM = 28, 6
"""The room above the highest line, for the unit, and below the labels, for what letters have below the line."""
_MARGIN_SHARE = Decimal("0.05")
"""Leather's margin on each side, as a share of the width. It is cut off."""
_LEGEND = 18
"""The room for Leather's legend, which is cut off: two lines are told apart by their values."""
_KEPT = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "d", "dy", "text-anchor", "transform")
"""The attributes that are kept: those that say where something is."""
_COORDINATE = re.compile(r"-?[0-9]++(?>(?:\.[0-9]++)?)(?>(?:E[-+]?[0-9]++)?)")


def draw(shown: LineChart) -> list[Node]:
    """Return the parts of a chart, of WIDTH and HEIGHT."""
    chart = Chart()
    points, target = shown.points, shown.target
    ends = [*points, *([target] if target else [])]
    chart.add_series(Series([*shown.named, *([target] if target else [])]), _Backs())
    if target:
        chart.add_series(Series([points[0], target]), _Line(TARGET))
        chart.add_series(Series([target]), _Dots(TARGET, 4))
        chart.add_series(Series([target]), _Values())
    with_breaks: list[tuple[int, Decimal | None]] = [*points, *((place, None) for place in shown.breaks)]
    chart.add_series(Series(sorted(with_breaks, key=lambda point: point[0])), _Line(MEASURED))
    chart.add_series(Series(points), _Dots(MEASURED, 4))
    chart.add_series(Series(shown.named), _Values())
    places, values = [place for place, _ in ends], [value for _, value in ends]
    chart.set_x_scale(_Exact(min(places) - shown.margin, max(places) + shown.margin))
    chart.set_y_scale(Linear(min(Decimal(0), *values), max(values) * Decimal("1.1") if max(values) > 0 else Decimal(0 if min(values) < 0 else 1)))
    chart.add_x_axis(ticks=list(shown.labels), tick_formatter=lambda place, *_: shown.labels[place])
    chart.add_y_axis(tick_formatter=lambda value, *_: danish_number(value))
    width = WIDTH / (1 - 2 * _MARGIN_SHARE)
    parts = chart.to_svg_group(int(width), int(HEIGHT - _TOP - _BOTTOM + _LEGEND + 2 * _MARGIN_SHARE * width))[1][1]
    parts.set("transform", f"translate(0 {_TOP})")
    unit = element(f"text.{LABEL}", shown.unit, x="2", y="13") if shown.unit else ""
    return nodes(unit, _part(parts, ""))


class _Exact(Scale):  # type: ignore[misc] # Leather has no types
    """A scale that begins and ends where it is told to."""

    def __init__(self, first: Decimal, last: Decimal) -> None:
        self._first, self._last = first, last

    def contains(self, value: int) -> bool:
        return self._first <= value <= self._last

    def project(self, value: int, range_min: float, range_max: float) -> Decimal:
        low, high = Decimal(range_min), Decimal(range_max)
        return low + (high - low) * (value - self._first) / (self._last - self._first)

    def ticks(self) -> list[int]:
        return []


class _Line(Line):  # type: ignore[misc] # Leather has no types
    """A line without a legend."""

    def legend_to_svg(self, series: Series, palette: Iterator[str]) -> list[Any]:
        return []


class _Dots(Dots):  # type: ignore[misc] # Leather has no types
    """Dots without a legend."""

    def legend_to_svg(self, series: Series, palette: Iterator[str]) -> list[Any]:
        return []


class _Backs(Shape):  # type: ignore[misc] # Leather has no types
    """What hides the lines behind values, so that none runs through a digit."""

    def validate_series(self, series: Series) -> None:
        """Accept any series of numbers."""

    def to_svg(self, width: float, height: float, x_scale: Scale, y_scale: Scale, series: Series, palette: Iterator[str]) -> ET.Element:
        group = ET.Element("g")
        for point in series.data():
            x, y = float(x_scale.project(point.x, 0, width)), float(y_scale.project(point.y, height, 0))
            wide = len(danish_number(point.y)) * CHARACTER_WIDTH
            place = {"x": x - wide / 2, "y": y - _VALUE_DISTANCE - _VALUE_HEIGHT, "width": wide, "height": _VALUE_HEIGHT + 3}
            ET.SubElement(group, "rect", {"fill": BACK} | {key: str(float(value)) for key, value in place.items()})
        return group

    def legend_to_svg(self, series: Series, palette: Iterator[str]) -> list[Any]:
        return []


class _Values(Shape):  # type: ignore[misc] # Leather has no types
    """Values in words above their points."""

    def validate_series(self, series: Series) -> None:
        """Accept any series of numbers."""

    def to_svg(self, width: float, height: float, x_scale: Scale, y_scale: Scale, series: Series, palette: Iterator[str]) -> ET.Element:
        group = ET.Element("g")
        for point in series.data():
            x, y = x_scale.project(point.x, 0, width), y_scale.project(point.y, height, 0)
            words = ET.SubElement(group, "text", {"x": str(x), "y": str(y - _VALUE_DISTANCE), "text-anchor": "middle", "fill": VALUE})
            words.text = danish_number(point.y)
        return group

    def legend_to_svg(self, series: Series, palette: Iterator[str]) -> list[Any]:
        return []


def _part(part: ET.Element, axis: str) -> list[Node]:
    """Return a part of what Leather has drawn, with classes instead of its colors and fonts."""
    names = part.get("class", "").split()
    axis = names[1] if names[:1] == ["axis"] else axis
    if part.tag == "line" and axis == "bottom":
        return []  # the labels below are enough
    name = GRID if part.tag == "line" else LABEL if axis else part.get("fill", "") if part.tag in ("circle", "text", "rect") else part.get("stroke", "")
    attributes = {"class": name} if part.tag != "g" else {}
    attributes |= {key: _rounded(part.attrib[key]) for key in _KEPT if key in part.attrib}
    children: list[Node] = [found for child in part for found in _part(child, axis)]
    return [Element(part.tag, attributes=attributes, children=[*([part.text] if part.text else []), *children])]


def _rounded(numbers: str) -> str:
    """Return an attribute with its coordinates rounded to tenths: more cannot be seen."""
    return _COORDINATE.sub(lambda number: f"{Decimal(number[0]).quantize(Decimal('0.1')).normalize():f}", numbers)
