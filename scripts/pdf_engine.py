"""What every PDF engine does: print HTML in, PDF out. The print HTML is that of overrides/pdf/assemble.py."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.resources import files
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


def site_file(site: Path, name: str) -> bytes:
    """A file that a document may show: a regular one below the site's folder. Raises PdfError."""
    site = site.resolve()
    file = site / name
    try:
        if not file.is_symlink() and file.resolve().is_relative_to(site) and file.is_file():
            return file.read_bytes()
    except (OSError, ValueError) as error:  # a name that no file can have
        raise PdfError(f"filen {name} findes ikke på siden") from error
    raise PdfError(f"filen {name} findes ikke på siden")


def font_file(file: str) -> bytes:
    """One of FONTS."""
    return files("fontpkg_ibm_plex_sans").joinpath("files", file).read_bytes()


def may_not_be_fetched(address: str) -> PdfError:
    return PdfError(f"adressen {address} må ikke hentes under bygningen")


def make_pdf(html: str, site: Path, target: Path, engine: str = DEFAULT) -> PdfFile:
    """Write the PDF of a print page.

    `site` is the folder that addresses beginning with `site:` are looked up in.
    Raises PdfError.
    """
    importlib.import_module(ENGINES[engine]).make(html, site, target)
    with pikepdf.open(target) as pdf:
        return PdfFile(len(pdf.pages), target.stat().st_size)
