"""Checks headings, lists, boxes, tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import BOX
from kanalstrategi.sanitizing.html_checks import check_html
from kanalstrategi.sanitizing.policy import BOXES
from kanalstrategi.suggestions import suggestion

MAX_TABLE_CELLS = 5000
"""The maximum number of cells in all tables of a page: a table with 44,000 cells takes the PDF engine more than a minute."""

_WORD_PROCESSOR_BULLET = re.compile(r"([•·▪▫◦‣⁃\uf0b7\uf0a7])(?:[ \t]|$)")
"""The bullet of a list item that was pasted from a word processor."""


def check_headings(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each heading of a page that skips a level. `path` is relative to `docs/`."""
    previous_level = 0
    for heading in (block for block in parsed.blocks if block.kind == "heading"):
        if heading.level > previous_level + 1:
            message = f"overskriften »{heading.text}« springer et niveau over"
            yield Diagnostic(f"docs/{path}", heading.line, message, f"skriv den med {'#' * (previous_level + 1)} foran")
        previous_level = heading.level


def check_lists(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the lists of a page, and one each if its tables are too large or its blocks too deeply nested."""
    for line in parsed.run_on_lists:
        yield Diagnostic(f"docs/{path}", line, "listen begynder lige under et afsnit", "sæt en tom linje før listen")
    for line in parsed.shallow_lists:
        yield Diagnostic(f"docs/{path}", line, "punktet kommer ikke med ind under punktet ovenfor", "ryk det fire mellemrum ind for hvert niveau")
    for line in parsed.parenthesis_lists:
        yield Diagnostic(f"docs/{path}", line, "1) laver ikke en liste", "skriv 1. foran hvert nummer")
    cells = 0
    for text in parsed.texts:
        for number, line_text in enumerate(text.written.split("\n") if not text.is_html else [], text.line):
            if bullet := _WORD_PROCESSOR_BULLET.match(line_text):
                yield Diagnostic(f"docs/{path}", number, f"{bullet.group(1)} laver ikke en liste", "skriv - foran hvert punkt")
        cells += text.is_cell
        if cells > MAX_TABLE_CELLS:
            yield Diagnostic(f"docs/{path}", text.line, f"siden har over {MAX_TABLE_CELLS} felter i tabeller", "del siden i flere")
            break
    if parsed.too_deep:
        yield Diagnostic(f"docs/{path}", parsed.too_deep, "der er for mange lister eller citater inde i hinanden", "brug færre niveauer")


def check_markup(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the HTML, attribute lists, URLs and code blocks of a page."""
    yield from (diagnostic.in_file(f"docs/{path}") for diagnostic in check_html(parsed))
    for line in parsed.long_urls:
        yield Diagnostic(f"docs/{path}", line, "adressen er alt for lang", "ret adressen")
    for line in parsed.unclosed_fences:
        yield Diagnostic(f"docs/{path}", line, "kodeboksen slutter ikke", "skriv ``` på linjen efter den")
    for line in parsed.indented_fences:
        hint = "flyt den ud, så den begynder yderst på linjen"
        yield Diagnostic(f"docs/{path}", line, "kodeboksen står inde i en liste eller et citat", hint)


def check_boxes(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the boxes (`!!! note "Husk"`) of a page. A box without a title would show the English name of its kind."""
    for number, line in enumerate(parsed.body.split("\n"), 1):
        if line.lstrip().startswith("???") and number not in parsed.code:
            yield Diagnostic(f"docs/{path}", number, "??? laver ikke en boks", "skriv !!! i stedet, eller brug <details>")
        box = BOX.fullmatch(line) if number not in parsed.code else None
        if box and box["kind"] not in BOXES:
            yield Diagnostic(f"docs/{path}", number, f"boksen {box['kind']} findes ikke", suggestion(box["kind"], sorted(BOXES)))
        elif box and not re.fullmatch(r"[ ]+\"[^\"]*\w[^\"]*\"[ ]*", box["title"]):
            yield Diagnostic(f"docs/{path}", number, "boksen mangler en titel", f'skriv den i anførselstegn: !!! {box["kind"]} "Husk"')
