"""LibreOffice, as a second program that reads and writes our Word files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

NAMESPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{'drawing' if name == 'draw' else 'svg-compatible' if name == 'svg' else name}:1.0"
    for name in ("office", "text", "table", "draw", "svg", "style")
} | {"fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"}


def convert(files: Iterable[Path], extension: str, folder: Path) -> None:
    """Have LibreOffice save files in another format, all in one go, since it takes two seconds to start."""
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", extension, "--outdir", str(folder), *map(str, files)]
    process = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert process.returncode == 0, process.stdout + process.stderr


class OpenDocument:
    """A file that LibreOffice has saved as `.fodt`."""

    def __init__(self, file: Path) -> None:
        self.tree = etree.parse(file)
        self.body: etree._Element = self.find_all("//office:body/office:text", self.tree)[0]

    @staticmethod
    def find_all(path: str, start: etree._Element | etree._ElementTree) -> list[etree._Element]:
        """Return what an XPath expression finds."""
        found = start.xpath(path, namespaces=NAMESPACES)
        assert isinstance(found, list)
        return found

    def all(self, path: str) -> list[etree._Element]:
        """Return what an XPath expression finds in the text."""
        return self.find_all(path, self.body)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings, each with its level."""
        return [(int(heading.get(f"{{{NAMESPACES['text']}}}outline-level")), line(heading)) for heading in self.all(".//text:h")]

    @property
    def items(self) -> list[str]:
        """The text of each item of a list."""
        return [line(item) for item in self.all(".//text:list-item/text:p[1]")]

    @property
    def language(self) -> str:
        """The language of all text that has no other."""
        (properties,) = self.find_all("//office:styles/style:default-style[@style:family='paragraph']/style:text-properties", self.tree)
        return "-".join(properties.get(f"{{{NAMESPACES['fo']}}}{part}", "") for part in ("language", "country"))


def line(element: etree._Element) -> str:
    """Return the text of an element of OpenDocument on one line."""
    return " ".join("".join(_text(element)).split())


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return re.findall(r"\w+", text)


def _text(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    if name in ("title", "desc"):  # the text alternative of an image
        return
    yield " " if name in ("s", "tab", "line-break", "p", "h", "table-cell") else ""
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        yield from _text(child)
        yield child.tail or ""
