"""Checks headings, lists, folded boxes and tables."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import Element, ParsedPage, descendants

MAX_TABLE_CELLS = 5000
"""The maximum number of cells in all tables of a page: a document with 44,000 cells takes long to lay out, and no validator reads it."""


def check_headings(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each heading of a page that skips a level. `path` is relative to `docs/`."""
    previous_level = 0
    for heading in (block for block in parsed.blocks if block.kind == "heading"):
        if heading.level > previous_level + 1:
            message = f"overskriften »{heading.text}« springer et niveau over"
            yield Diagnostic(f"docs/{path}", heading.line, message, f"skriv den med {'#' * (previous_level + 1)} foran")
        previous_level = heading.level


def check_lists(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each list that is not whole, and each folded box without a title: such HTML is not valid, and a PDF with it not accessible."""
    for element in descendants(parsed.root):
        tags = [child.tag for child in element.children if type(child) is Element]
        if element.tag in ("ul", "ol", "dl") and not tags:
            yield Diagnostic(f"docs/{path}", element.line, "listen har ingen punkter", f"skriv et punkt, eller slet mærket {element.tag}")
        elif element.tag == "dl" and (lonely := _lonely_part(tags)):
            message, missing = _LONELY_PARTS[lonely]
            yield Diagnostic(f"docs/{path}", element.line, message, f"skriv {missing} i listen, eller slet mærket {lonely}")
        elif element.tag == "details" and "summary" not in tags:
            yield Diagnostic(f"docs/{path}", element.line, "boksen, der kan foldes ud, mangler en titel", "skriv den i mærket summary, lige efter details")


_LONELY_PARTS = {"dt": ("et ord i listen mangler sin forklaring", "dd efter dt"), "dd": ("en forklaring i listen mangler sit ord", "dt foran dd")}
"""What is wrong and what is missing, keyed by the tag of the part that stands alone."""


def _lonely_part(tags: list[str]) -> str:
    """Return which part of a list of terms has none of the other kind: an explanation at the beginning, or a term at the end."""
    return "dd" if tags[0] == "dd" else "dt" if tags[-1] == "dt" else ""


def check_tables(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each table without rows or headings, and one if the tables of a page are too large."""
    cells = 0
    for element in descendants(parsed.root):
        if element.tag == "table" and not _has_rows(element):
            yield Diagnostic(f"docs/{path}", element.line, "tabellen har ingen rækker", "skriv en række under overskrifterne, eller slet tabellen")
        elif element.tag == "table" and not _has_headings(element):
            message, hint = "tabellen har ingen overskrifter", "skriv dem i den øverste række, i HTML med th i stedet for td"
            yield Diagnostic(f"docs/{path}", element.line, message, hint)
        cells += element.tag in ("td", "th")
        if cells > MAX_TABLE_CELLS:
            yield Diagnostic(f"docs/{path}", element.line, f"siden har over {MAX_TABLE_CELLS} felter i tabeller", "del siden i flere")
            return


def _has_rows(table: Element) -> bool:
    """Whether a table has a row of its own, besides those with headings: a PDF whose table has none is not accessible."""
    return any(type(part) is Element and part.tag == "tbody" and any(row.tag == "tr" for row in descendants(part)) for part in table.children)


def _has_headings(parent: Element) -> bool:
    """Whether a table has a cell with a heading. Those of a table inside it are not its own."""
    return any(child.tag == "th" or (child.tag != "table" and _has_headings(child)) for child in parent.children if type(child) is Element)
