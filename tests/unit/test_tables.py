"""The alignment of table cells."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import descendants
from kanalstrategi.markdown.parser import parse


def test_alignment_is_a_class_since_the_policy_forbids_inline_styles() -> None:
    table = parse("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |").root
    expected = [("class", "align-left"), ("class", "align-center"), ("class", "align-right"), None]
    for tag in ("th", "td"):
        assert [next(iter(cell.attributes.items()), None) for cell in descendants(table) if cell.tag == tag] == expected
