"""The design's tokens (theme/tokens.css) for what reads no CSS variables: the style of the PDFs, since one of their engines is of
2012, and what draws pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2

HERE = Path(__file__).parent


@cache
def tokens() -> Mapping[str, str]:
    """The value of each token, by its whole name."""
    (root,) = tinycss2.parse_stylesheet((HERE / "theme" / "tokens.css").read_text(encoding="utf-8"), True, True)
    found = tinycss2.parse_blocks_contents(root.content, skip_comments=True, skip_whitespace=True)
    return {declaration.name: tinycss2.serialize(declaration.value).strip() for declaration in found}


def rgb(name: str) -> tuple[int, int, int]:
    """A colour as red, green and blue of 255."""
    digits = tokens()[name].removeprefix("#")
    red, green, blue = (digit * 2 for digit in digits) if len(digits) == 3 else (digits[:2], digits[2:4], digits[4:])
    return int(red, 16), int(green, 16), int(blue, 16)


def with_values(css: str, values: Mapping[str, str]) -> str:
    """A style in which each token that it reads has become its value."""
    return tinycss2.serialize(_replaced(tinycss2.parse_component_value_list(css, skip_comments=True), values))


def _replaced(nodes: Iterable[Any], values: Mapping[str, str]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            yield from tinycss2.parse_component_value_list(values[tinycss2.serialize(node.arguments).strip()])
            continue
        for inner in ("content", "arguments"):
            if hasattr(node, inner):
                setattr(node, inner, list(_replaced(getattr(node, inner), values)))
        yield node


def print_style(engine: str) -> str:
    """The whole style of a PDF: what both engines understand, then what one does."""
    return with_values("".join((HERE / "pdf" / name).read_text(encoding="utf-8") for name in ("print-both.css", engine)), tokens())
