"""Patches WeasyPrint 70 so that it avoids redundant work. The PDF stays the same, byte for byte.

No other module touches WeasyPrint's internals. tests/pdf/test_weasyprint_patches.py makes a PDF with and without the patches. It fails
if a later version of WeasyPrint avoids some of the work itself or renames something: then drop the patch that is no longer needed.
"""

from __future__ import annotations

import copy
from typing import Any

import pydyf
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page, preferred
from weasyprint.text import line_break

# WeasyPrint's original functions, which most of the patches call.
_collect_missing_counters = targets.TargetCollector.collect_missing_counters
_cache_target_page_counters = targets.TargetCollector.cache_target_page_counters
_remake_page = page.remake_page
_split_first_line = line_break.split_first_line
_page_values = boxes.ParentBox.page_values
_page_references = pydyf.PDF.page_references


def _collect_counters_of_named_target(
    self: Any, box: Any, css_token: str, parse_again: Any, missing: list[str], missing_of_targets: dict[str | None, list[str]]
) -> None:
    """Register the missing counters of a `target-counter()` with the target in `attr(data-to)`.

    WeasyPrint does not resolve that target and registers the counters as missing from the box itself. Therefore it lays out each page
    that shows the number of another page three times.
    """
    if None in missing_of_targets and (target := box.element.get("data-to")):
        missing, missing_of_targets = [], {**missing_of_targets, target.removeprefix("#"): missing_of_targets[None]}
    _collect_missing_counters(self, box, css_token, parse_again, missing, missing_of_targets)


def _cache_counters_without_page_count(self: Any, anchor: str, counters: dict[str, list[int]], index: int, page_maker: list[Any]) -> None:
    """Leave the total number of pages out of a target's counters.

    WeasyPrint lays out pages again when it changes, although it is not known before the end and no style uses it for a target.
    """
    without_pages = {name: values for name, values in counters.items() if name != "pages"}
    _cache_target_page_counters(self, anchor, without_pages, index, page_maker)


def _remake_page_with_known_numbers(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Lay out a page with the numbers of the pages before it, which are already known.

    WeasyPrint lays it out without them first, and then a second time.
    """
    context.lines_of_page = {}
    for item in context.target_collector.counter_lookup_items.values():
        if item.pending and item.page_maker_index is None:
            item.pending = False
            item.parse_again(item.cached_page_counter_values)
    return _remake_page(index, context, root_box, html)


def _split_first_line_once(text: str, style: Any, context: Any, *arguments: Any, **options: Any) -> Any:
    """Return a line of text from the page's cache if it has been split before.

    WeasyPrint splits the same line of the same box again when it calculates the widths of a table, tries other heights for columns, or
    moves content that does not fit on a page.
    """
    key = (id(style), text, *arguments, *options.items())
    if key not in context.lines_of_page:
        # The style is stored with the line, so that its id cannot be reused by another style.
        context.lines_of_page[key] = style, _split_first_line(text, style, context, *arguments, **options)
    layout, *measures = context.lines_of_page[key][1]
    return copy.copy(layout), *measures


def _page_values_of_ends(self: Any) -> tuple[Any, Any]:
    """Return the named pages on which a box begins and ends, from its first and last child. WeasyPrint looks at all children."""
    start, end = boxes.Box.page_values(self)
    first = next((child for child in self.children if child.is_in_normal_flow() or child.is_floated()), None)
    if first is None:
        return start, end
    last = next(child for child in reversed(self.children) if child.is_in_normal_flow() or child.is_floated())
    first_values = first.page_values()
    last_values = first_values if last is first else last.page_values()
    return first_values[0] or start, last_values[1] or end


def _cached_page_references(self: Any) -> tuple[bytes, ...]:
    """Return the references to the pages of a PDF from a cache. WeasyPrint computes them again for each tagged element."""
    numbers = self.pages["Kids"][::3]
    references: tuple[bytes, ...] = self.__dict__.get("cached_references", ())
    if len(numbers) != len(references):
        references = self.cached_references = tuple(b"%d 0 R" % number for number in numbers)
    return references


PATCHES = (
    (targets.TargetCollector, "collect_missing_counters", _collect_counters_of_named_target),
    (targets.TargetCollector, "cache_target_page_counters", _cache_counters_without_page_count),
    (page, "remake_page", _remake_page_with_known_numbers),
    (inline, "split_first_line", _split_first_line_once),
    (preferred, "split_first_line", _split_first_line_once),
    (boxes.ParentBox, "page_values", _page_values_of_ends),
    (pydyf.PDF, "page_references", property(_cached_page_references)),
)
"""The class or module to patch, the name of the attribute, and the replacement."""


def apply() -> None:
    """Apply all PATCHES."""
    for owner, name, replacement in PATCHES:
        setattr(owner, name, replacement)
