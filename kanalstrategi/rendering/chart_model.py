"""Defines what a chart shows, its size, and the classes of its parts. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

CHART_CLASS = "goal-chart"
WIDTH, HEIGHT = 324, 214
"""The size of a chart in its own units: about the pixels that it has on the narrowest phone, where its text of 14 units is to be read, too."""
MEASURED, TARGET, VALUE, LABEL, GRID, BACK = "chart-measured", "chart-target", "chart-value", "chart-label", "chart-grid", "chart-back"
"""The classes of the line of values and its dots, of the line to the target, of the values in words, of the labels of axes, of the lines behind,
and of what hides those behind a value."""
CHARACTER_WIDTH = 7.5
"""The width of a character of a label."""

Point = tuple[int, Decimal]
"""A place on the horizontal axis, and a value."""


@dataclass(frozen=True)
class LineChart:
    """What a chart shows."""

    points: Sequence[Point]
    """Oldest first."""
    breaks: Sequence[int]
    """The places between points where there is no value, so that no line is drawn."""
    named: Sequence[Point]
    """The points whose values are written beside them."""
    labels: Mapping[int, str]
    """The labels of the horizontal axis, keyed by place."""
    margin: Decimal
    """The space before the first place and after the last."""
    unit: str
    target: Point | None
