"""Reads the design tokens from `overrides/theme/tokens.css`.

They are needed where CSS variables do not work: in print styles, since one PDF engine is from 2012, and in social cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import tinycss2

from kanalstrategi.design.contrast import channels
from kanalstrategi.design.theme import OVERRIDES, THEME


@cache
def tokens() -> Mapping[str, str]:
    """Return the value of each token, keyed by its name (`--k-link`)."""
    return _declared("tokens.css")


@cache
def dark_tokens() -> Mapping[str, str]:
    """Return the value of each token that differs in dark mode, keyed by its name."""
    return _declared("tokens-dark.css")


def _declared(file: str) -> Mapping[str, str]:
    (root,) = tinycss2.parse_stylesheet((THEME / file).read_text(encoding="utf-8"), True, True)
    declarations = tinycss2.parse_blocks_contents(root.content, skip_comments=True, skip_whitespace=True)
    return {declaration.name: tinycss2.serialize(declaration.value).strip() for declaration in declarations}


def rgb(name: str) -> tuple[int, int, int]:
    """Return a color as red, green and blue, each from 0 to 255."""
    return channels(tokens()[name])


def with_values(css: str, values: Mapping[str, str]) -> str:
    """Return a style with each `var(…)` replaced by the value of its token."""
    return str(tinycss2.serialize(_replace(tinycss2.parse_component_value_list(css, skip_comments=True), values)))


def _replace(nodes: Iterable[Any], values: Mapping[str, str]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            yield from tinycss2.parse_component_value_list(values[tinycss2.serialize(node.arguments).strip()])
            continue
        for inner in ("content", "arguments"):
            if hasattr(node, inner):
                setattr(node, inner, list(_replace(getattr(node, inner), values)))
        yield node


def print_style(values: Mapping[str, str] | None = None) -> str:
    """Return the style of the PDFs of the engine that reads HTML, with the given tokens or else those of the program."""
    return with_values((OVERRIDES / "pdf" / "print.css").read_text(encoding="utf-8"), tokens() if values is None else values)
