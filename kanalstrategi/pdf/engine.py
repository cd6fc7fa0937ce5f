"""What every PDF engine does: print HTML in, PDF out. The print HTML is that of overrides/pdf/assemble.py."""

from __future__ import annotations

import importlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kanalstrategi.design.icons import icon_svg
from kanalstrategi.design.tokens import tokens
from kanalstrategi.limits import TooSlowError, time_limit

ENGINES = {"weasyprint": "kanalstrategi.pdf.weasyprint.engine", "pdfkit": "kanalstrategi.pdf.wkhtmltopdf.engine"}
"""The module of each engine, which is loaded when it is used. It has a function `make(html, site, target)`."""

DEFAULT_ENGINE = "weasyprint"

PRELOADED_MODULES = {"weasyprint": ("weasyprint", "pikepdf", "lxml.html", "page", "mkdocs.__main__")}
"""What takes a process that makes a document a second to load, by engine."""

UNTAGGED_ENGINES = ("pdfkit",)
"""Engines whose files a screen reader cannot find its way in."""


MIN_SECONDS_PER_DOCUMENT, CHARACTERS_PER_SECOND = 60, 2_000
"""How long a document may take: several times what one of 336 pages took. Only what hangs is stopped."""

ENGINE_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError)
"""What the engines raise of content that they do not expect (WeasyPrint 70: an SVG's numbers)."""


@dataclass(frozen=True)
class PdfFile:
    """A finished PDF."""

    pages: int
    size: int
    """In bytes."""


class PdfError(ValueError):
    """A PDF that could not be made or must not be published. Says why, in Danish."""


def read_site_file(site: Path, name: str) -> bytes:
    """A file that a document may show: a regular one below the site's folder. Raises PdfError."""
    site = site.resolve()
    file = site / name
    try:
        if not file.is_symlink() and file.resolve().is_relative_to(site) and file.is_file():
            return file.read_bytes()
    except (OSError, ValueError) as error:  # a name that no file can have
        raise PdfError(f"filen {name} findes ikke på siden") from error
    raise PdfError(f"filen {name} findes ikke på siden")


def icon_bytes(name: str) -> bytes:
    """An icon of the theme in the colour that the site draws them in. Raises PdfError."""
    if drawing := icon_svg(name):
        return drawing.replace("<svg ", f'<svg fill="{tokens()["--k-link"]}" ', 1).encode()
    raise PdfError(f"ikonet {name} findes ikke")


def forbidden_url(address: str) -> PdfError:
    return PdfError(f"adressen {address} må ikke hentes under bygningen")


def make_pdf(html: str, site: Path, target: Path, engine: str = DEFAULT_ENGINE) -> PdfFile:
    """Write the PDF of a print page.

    `site` is the folder that addresses beginning with `site:` are looked up in.
    Raises PdfError.
    """
    seconds = MIN_SECONDS_PER_DOCUMENT + len(html) / CHARACTERS_PER_SECOND
    try:
        with time_limit(seconds, wall_clock=True):  # wkhtmltopdf is another process
            importlib.import_module(ENGINES[engine]).make(html, site, target)
    except TooSlowError as error:
        raise PdfError(f"den tager over {round(seconds)} sekunder – gør dens længste side kortere, især tabeller") from error
    except ENGINE_ERRORS as error:
        raise PdfError(f"{engine} kan ikke lave den ({type(error).__name__}: {error}) – se efter noget usædvanligt på siderne") from error
    import pikepdf  # which a build that makes no PDF need not wait for

    with pikepdf.open(target) as pdf:
        return PdfFile(len(pdf.pages), target.stat().st_size)


def pdf_source(html: str, site: Path, engine: str) -> tuple[bytes, ...]:
    """All that a PDF is made from, beside the program."""
    names = sorted(set(re.findall(r"site:([^\s\"'()<>]+)", html)))
    pictures = [part for name in names for part in (name.encode(), _image_bytes(site, unquote(name)))]
    return (engine.encode(), os.environ.get("SOURCE_DATE_EPOCH", "").encode(), html.encode(), *pictures)


def _image_bytes(site: Path, name: str) -> bytes:
    try:
        return read_site_file(site, name)
    except PdfError:  # which the engine will tell of
        return b""


def encode_pdf(pdf: PdfFile, file: Path) -> bytes:
    """A finished PDF, and how many pages it has."""
    return b"%d\n" % pdf.pages + file.read_bytes()


def write_encoded_pdf(kept: bytes, target: Path) -> PdfFile:
    """Write what `to_keep` gave."""
    pages, _, content = kept.partition(b"\n")
    target.write_bytes(content)
    return PdfFile(int(pages), len(content))
