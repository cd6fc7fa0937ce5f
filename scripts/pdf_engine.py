"""Make a tagged PDF of a print page with WeasyPrint, and refuse one that breaks PDF/UA-1."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import page as page_validation
import pikepdf
import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONTS = {
    "upright": "IBMPlexSans[wdth,wght].ttf",
    "italic": "IBMPlexSans-Italic[wdth,wght].ttf",
}


@dataclass(frozen=True)
class PdfFile:
    """A finished PDF."""

    path: Path
    pages: int
    size: int
    """In bytes."""


class PdfError(ValueError):
    """A PDF that could not be made or must not be published. Says why, in Danish."""


def make_pdf(html: str, site: Path, target: Path) -> PdfFile:
    """Write the PDF of a print page (see overrides/pdf/assemble.py), creating its folder.

    `site` is the folder that addresses beginning with `site:` are looked up in.
    Raises PdfError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    faults = _Faults()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(faults)
    try:
        document = weasyprint.HTML(string=html, url_fetcher=_SiteOnly(site))
        document.write_pdf(target, pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    finally:
        logger.removeHandler(faults)
    if faults.messages:
        raise PdfError("; ".join(faults.messages))
    _refuse_faults(target)
    with pikepdf.open(target) as pdf:
        return PdfFile(target, len(pdf.pages), target.stat().st_size)


class _SiteOnly(URLFetcher):
    """Fetches files of the built site and the fonts, and nothing else: no network, no other folder."""

    def __init__(self, site: Path) -> None:
        super().__init__(allowed_protocols=())
        self._site = site.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = unquote(url).partition(":")
        if scheme == "font" and name in FONTS:
            font = files("fontpkg_ibm_plex_sans").joinpath("files", FONTS[name])
            return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/ttf"})
        if scheme != "site":
            raise FatalURLFetchingError(f"adressen {url} må ikke hentes under bygningen")
        file = self._site / name
        if file.is_symlink() or not file.resolve().is_relative_to(self._site) or not file.is_file():
            raise FatalURLFetchingError(f"filen {name} findes ikke på siden")
        return URLFetcherResponse(url, file.read_bytes())


class _Faults(logging.Handler):
    """Collects what WeasyPrint logs as an error, since it goes on after one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _refuse_faults(file: Path) -> None:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(file, profile=profile)
    if not report.is_compliant:
        found = "; ".join(f"{failure.rule_id}: {failure.message}" for failure in report.failures)
        raise PdfError(f"den er ikke tilgængelig (PDF/UA-1): {found}")
