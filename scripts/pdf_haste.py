"""What WeasyPrint 70 does more often than it needs to, done once. What comes of it is the same, byte for byte.

Nothing else of the project reaches into WeasyPrint's inner parts. tests/test_pdf_haste.py makes a PDF with and without, and fails
where a later version has mended one of these itself, or calls it otherwise: then drop what is no longer needed.
"""

from __future__ import annotations

import copy
from typing import Any

import pydyf
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page, preferred
from weasyprint.text import line_break

_collect_missing_counters = targets.TargetCollector.collect_missing_counters
_cache_target_page_counters = targets.TargetCollector.cache_target_page_counters
_remake_page = page.remake_page
_split_first_line = line_break.split_first_line
_page_values = boxes.ParentBox.page_values
_page_references_of_each = pydyf.PDF.page_references


def _missing_of_named_target(
    self: Any, box: Any, css_token: str, parse_again: Any, missing: list[str], missing_of_targets: dict[str | None, list[str]]
) -> None:
    """WeasyPrint does not know which target `attr(data-to)` names, takes the counters that it misses for the box's own, and so lays
    every page that tells the number of another out three times."""
    if None in missing_of_targets and (target := box.element.get("data-to")):
        missing, missing_of_targets = [], {**missing_of_targets, target.removeprefix("#"): missing_of_targets[None]}
    _collect_missing_counters(self, box, css_token, parse_again, missing, missing_of_targets)


def _page_of_target(self: Any, anchor: str, counters: dict[str, list[int]], index: int, page_maker: list[Any]) -> None:
    """How many pages there are is known last, and nothing tells it of a target: WeasyPrint lays pages out again all the same."""
    _cache_target_page_counters(self, anchor, {name: of for name, of in counters.items() if name != "pages"}, index, page_maker)


def _page_with_known_numbers(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """The numbers of the pages before this one are known: WeasyPrint lays it out without them, and then again."""
    context.lines_of_page = {}
    for item in context.target_collector.counter_lookup_items.values():
        if item.pending and item.page_maker_index is None:
            item.pending = False
            item.parse_again(item.cached_page_counter_values)
    return _remake_page(index, context, root_box, html)


def _line_once(text: str, style: Any, context: Any, *how: Any, **more: Any) -> Any:
    """The same line of the same box: for the widths of a table, in columns of other heights, after what does not fit on a page."""
    key = (id(style), text, *how, *more.items())
    if key not in context.lines_of_page:
        # The style is kept with its line, so that no other can have its id.
        context.lines_of_page[key] = style, _split_first_line(text, style, context, *how, **more)
    layout, *measures = context.lines_of_page[key][1]
    return copy.copy(layout), *measures


def _pages_of_ends(self: Any) -> tuple[Any, Any]:
    """The named pages that a box begins and ends on: those of its first and last child, of which WeasyPrint looks at all."""
    start, end = boxes.Box.page_values(self)
    there = (child for child in self.children if child.is_in_normal_flow() or child.is_floated())
    first = next(there, None)
    if first is None:
        return start, end
    last = next(child for child in reversed(self.children) if child.is_in_normal_flow() or child.is_floated())
    of_first = first.page_values()
    of_last = of_first if last is first else last.page_values()
    return of_first[0] or start, of_last[1] or end


def _page_references(self: Any) -> tuple[bytes, ...]:
    """The pages of a PDF by their objects, which the tags ask for at each element."""
    numbers = self.pages["Kids"][::3]
    if len(numbers) != len(self.__dict__.get("referred", ())):
        self.referred = tuple(b"%d 0 R" % number for number in numbers)
    return self.referred


IN_PLACE_OF = (
    (targets.TargetCollector, "collect_missing_counters", _missing_of_named_target),
    (targets.TargetCollector, "cache_target_page_counters", _page_of_target),
    (page, "remake_page", _page_with_known_numbers),
    (inline, "split_first_line", _line_once),
    (preferred, "split_first_line", _line_once),
    (boxes.ParentBox, "page_values", _pages_of_ends),
    (pydyf.PDF, "page_references", property(_page_references)),
)


def hasten() -> None:
    """Put these in the place of WeasyPrint's own."""
    for owner, name, ours in IN_PLACE_OF:
        setattr(owner, name, ours)
