"""LibreOffice Calc, as a spreadsheet that opens our CSV files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lxml import etree

_NAMESPACES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
_AS_IN_DENMARK = "CSV:59,34,76,1,,1030,false,true,false,false,false,-1"
"""How a spreadsheet that is set to Danish opens a file: semicolons, UTF-8, and numbers and days are recognized."""

Cells = list[list[tuple[str, str]]]
"""The rows of a table; of each cell its type (`string`, `float`, `date`, or `formula`) and its value."""


def read_csv(file: Path, folder: Path) -> Cells:
    """Return what Calc makes of a CSV file. What it writes goes into a folder."""
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}", f"--infilter={_AS_IN_DENMARK}"]
    process = subprocess.run([*command, "--convert-to", "fods", "--outdir", str(folder), str(file)], capture_output=True, text=True, timeout=300)
    saved = folder / f"{file.stem}.fods"
    assert process.returncode == 0 and saved.is_file(), process.stdout + process.stderr
    return [[_cell(cell) for cell in _find(row, "table:table-cell")] for row in _find(etree.parse(saved).getroot(), ".//table:table-row")]


def _cell(cell: etree._Element) -> tuple[str, str]:
    if formula := _attribute(cell, "table", "formula"):
        return "formula", formula
    kind = _attribute(cell, "office", "value-type")
    value = _attribute(cell, "office", "date-value" if kind == "date" else "value")
    return kind, value or "\n".join(map(_text, _find(cell, "text:p")))


def _text(paragraph: etree._Element) -> str:
    """Return the text of a cell's line, in which spaces may be elements."""
    spaces = {f"{{{_NAMESPACES['text']}}}s": " "}
    return (paragraph.text or "") + "".join(spaces.get(str(child.tag), "") + (child.tail or "") for child in paragraph)


def _attribute(cell: etree._Element, namespace: str, name: str) -> str:
    return str(cell.get(f"{{{_NAMESPACES[namespace]}}}{name}", ""))


def _find(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(path, _NAMESPACES)
