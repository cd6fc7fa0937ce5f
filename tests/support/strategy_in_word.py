"""Writes the policy of Fjordby as the Word file that a municipality has: headings, lists, a table, footnotes as text."""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document

from tests.support.project import DATA

FJORDBY_POLICY = (DATA / "starter/strategi.md").read_text(encoding="utf-8")
"""Its text, in Markdown."""


def strategy_in_word(markdown: str = FJORDBY_POLICY) -> bytes:
    """Return a Word file with a text in Markdown. Each paragraph and item is one line."""
    fields, _, body = markdown.removeprefix("---\n").partition("---\n") if markdown.startswith("---\n") else ("", "", markdown)
    document = Document()
    if title := re.search(r"^title: (.+)$", fields, re.MULTILINE):
        document.add_heading(title[1], 0)
    rows: list[list[str]] = []
    for line in [*body.split("\n"), ""]:
        if line.startswith("|"):
            rows += [] if set(line) <= set("|:- ") else [[cell.strip() for cell in line.strip("|").split("|")]]
            continue
        if rows:
            table = document.add_table(0, len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            rows = []
        if found := re.match(r"(#+) (.+)", line):
            document.add_heading(found[2], len(found[1]))
        elif found := re.match(r"(-|\d+\.) +(.+)", line):
            document.add_paragraph(found[2].replace("**", ""), "List Bullet" if found[1] == "-" else "List Number")
        elif line.strip() and not line.startswith("!["):
            document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()
