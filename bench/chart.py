"""Figures as a chart. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bench.peers import BUILDERS, Builder
from bench.report import Results, median_seconds

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 64, 260, 64, 56
"""Margins, in px."""
LINE = 18
"""Between two labels, in px."""
TITLE = "Seconds to build a site, by its pages"
_COLORS = {"": "--k-link", "material": "--k-overdue", "properdocs": "--k-edge", "zensical": "--k-text"}
"""Of each environment; the builders in it differ by their dashes."""
_DASHES = ("none", "8 4", "2 3", "8 3 2 3")


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale: from `least` at one pixel to `most` at another."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        whole = math.log(self.most / self.least) or 1
        return round(self.start + math.log(value / self.least) / whole * (self.end - self.start), 1)


def chart(results: Results, tokens: Mapping[str, str], builders: Sequence[Builder] = BUILDERS) -> str:
    """Return an SVG, both axes logarithmic. It has a background of its own, so that the page around it may be light or dark."""
    sizes = sorted(results)
    lines = {
        builder: [(pages, median_seconds(results[pages][builder.key])) for pages in sizes if results[pages].get(builder.key)]
        for builder in builders
    }
    lines = {builder: points for builder, points in lines.items() if points}
    all_seconds = [seconds for points in lines.values() for _, seconds in points]
    x = Scale(sizes[0], sizes[-1], LEFT, WIDTH - RIGHT)
    ticks = _ticks(min(all_seconds), max(all_seconds))
    y = Scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    right = x(sizes[-1])
    labels = spread({builder.key: y(points[-1][1]) for builder, points in lines.items()}, LINE)
    description = "; ".join(f"{builder.name}: {', '.join(f'{n} pages {seconds:.2f}' for n, seconds in points)}" for builder, points in lines.items())
    parts = [
        (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13" fill="{tokens["--k-text"]}">'),
        f'<title id="title">{TITLE}</title>',
        f'<desc id="description">Medians, in seconds. {escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{tokens["--k-page"]}"/>',
        f'<text x="{LEFT - 40}" y="34" font-size="17" font-weight="bold">{TITLE}</text>',
        *_grid(sizes, ticks, x, y, tokens["--k-line"]),
    ]
    for builder, points in lines.items():
        family = [other for other in lines if other.peer == builder.peer]
        dashes = _DASHES[family.index(builder) % len(_DASHES)]
        color = tokens[_COLORS[builder.peer]]
        width, weight = (2, "normal") if builder.peer else (3.5, "bold")
        places = [(x(pages), y(seconds)) for pages, seconds in points]
        (end, height), label = places[-1], labels[builder.key]
        parts += [
            (f'<polyline points="{" ".join(f"{across},{down}" for across, down in places)}" fill="none" stroke="{color}" '
            f'stroke-width="{width}" stroke-dasharray="{dashes}"/>'),
            *(f'<circle cx="{across}" cy="{down}" r="{width + 1}" fill="{color}"/>' for across, down in places),
            f'<path d="M{end + 7} {height}L{right + 22} {label}" stroke="{color}"/>',  # longer where others were built in more sizes
            f'<text x="{right + 26}" y="{label + 4}" font-weight="{weight}">{escape(builder.name)}, {points[-1][1]:.1f} s</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def spread(places: Mapping[str, float], least: float) -> dict[str, float]:
    """Return the places in the same order, but no two nearer than `least`: those that are move apart around their middle."""
    groups: list[list[str]] = []

    def start_of(group: list[str]) -> float:
        return sum(places[key] for key in group) / len(group) - least * (len(group) - 1) / 2

    for key in sorted(places, key=lambda key: places[key]):
        groups.append([key])
        while len(groups) > 1 and start_of(groups[-1]) - start_of(groups[-2]) < least * len(groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    return {key: round(start_of(group) + least * place, 1) for group in groups for place, key in enumerate(group)}


def _ticks(least: float, most: float) -> list[float]:
    """Return 1, 2 and 5 of every power of ten, from the last that is at most `least` to the first that is at least `most`."""
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    steps = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    return steps[max(place for place, step in enumerate(steps) if step <= least) : next(n for n, step in enumerate(steps) if step >= most) + 1]


def _grid(sizes: Sequence[int], ticks: Sequence[float], x: Scale, y: Scale, color: str) -> list[str]:
    across = [
        f'<path d="M{x.start} {y(value)}H{x.end}" stroke="{color}"/><text x="{LEFT - 8}" y="{y(value) + 4}" text-anchor="end">{value:g}</text>'
        for value in ticks
    ]
    down = [f'<text x="{x(value)}" y="{HEIGHT - BOTTOM + 24}" text-anchor="middle">{value} pages</text>' for value in sizes]
    return across + down
