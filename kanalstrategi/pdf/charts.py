"""Turns the chart of a page into an image for documents: a drawing of its own, with the colors of the tokens. Its facts are its alternative text."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from kanalstrategi.design.tokens import tokens as declared
from kanalstrategi.markdown.nodes import Element, Node, element, text_of
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.chart_model import HEIGHT, WIDTH

CHART_SCHEME = "chart:"
CHART_PIXELS = 320
"""The width of a chart on paper, in CSS pixels: 85 millimetres."""

_TEXT = {"font-family": "IBM Plex Sans", "font-size": "14"}
_LOOKS: Mapping[str, Mapping[str, str]] = {
    "text.chart-label": {**_TEXT, "fill": "muted"},
    "text.chart-value": {**_TEXT, "fill": "text", "font-weight": "600"},
    "rect.chart-back": {"fill": "page"},
    "line.chart-grid": {"stroke": "line"},
    "path.chart-measured": {"fill": "none", "stroke": "link", "stroke-width": "2.5"},
    "path.chart-target": {"fill": "none", "stroke": "edge", "stroke-width": "1.5", "stroke-dasharray": "5 4"},
    "circle.chart-measured": {"fill": "link"},
    "circle.chart-target": {"fill": "page", "stroke": "edge", "stroke-width": "1.5"},
}
"""How each part looks, as goals.css has it for the screen. Colors are the names of tokens."""


def chart_image(svg: Element, tokens: Mapping[str, str] | None = None) -> Element:
    """Return a chart as an image, whose URL holds the drawing. Its alternative text is the chart's title and description."""
    title, description = (next((text_of(part) for part in svg.children if isinstance(part, Element) and part.tag == tag), "") for tag in ("title", "desc"))
    colors = declared() if tokens is None else tokens
    parts = [_drawn(part, colors) for part in svg.children if isinstance(part, Element) and part.tag not in ("title", "desc")]
    drawing = element("svg", parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    return element("img", src=f"{CHART_SCHEME}{write_html([drawing])}", alt=f"{title}. {description}", width=str(CHART_PIXELS))


def chart_bytes(url: str) -> bytes:
    """Return the drawing that the URL of a chart holds."""
    return url.removeprefix(CHART_SCHEME).encode()


def chart_file(url: str) -> str:
    """Return a file name for the drawing that the URL of a chart holds."""
    return f"chart/{sha256(chart_bytes(url)).hexdigest()[:16]}.svg"


def _drawn(part: Element, tokens: Mapping[str, str]) -> Element:
    look = _LOOKS.get(f"{part.tag}.{part.attributes.get('class', '')}", {})
    attributes = {key: value for key, value in part.attributes.items() if key != "class"}
    attributes |= {key: tokens.get(f"--k-{value}", value) if key in ("fill", "stroke") else value for key, value in look.items()}
    children: list[Node] = [_drawn(child, tokens) if isinstance(child, Element) else child for child in part.children]
    return Element(part.tag, attributes=attributes, children=children)
