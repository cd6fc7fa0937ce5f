"""What every PDF engine does: print HTML in, PDF out. The print HTML is that of overrides/pdf/assemble.py."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import pikepdf

ENGINES = {"weasyprint": "scripts.pdf_weasyprint", "pdfkit": "scripts.pdf_pdfkit"}
"""The module of each engine, which is loaded when it is used. It has a function `make(html, site, target)`."""
DEFAULT = "weasyprint"
UNTAGGED = ("pdfkit",)
"""Engines whose files a screen reader cannot find its way in."""

FONTS = {
    "upright": "IBMPlexSans[wdth,wght].ttf",
    "italic": "IBMPlexSans-Italic[wdth,wght].ttf",
}
"""The files of fontpkg-ibm-plex-sans that addresses beginning with `font:` stand for."""


@dataclass(frozen=True)
class PdfFile:
    """A finished PDF."""

    pages: int
    size: int
    """In bytes."""


class PdfError(ValueError):
    """A PDF that could not be made or must not be published. Says why, in Danish."""


def make_pdf(html: str, site: Path, target: Path, engine: str = DEFAULT) -> PdfFile:
    """Write the PDF of a print page.

    `site` is the folder that addresses beginning with `site:` are looked up in.
    Raises PdfError.
    """
    importlib.import_module(ENGINES[engine]).make(html, site, target)
    with pikepdf.open(target) as pdf:
        return PdfFile(len(pdf.pages), target.stat().st_size)
