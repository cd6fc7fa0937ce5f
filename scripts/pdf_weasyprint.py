"""The default PDF engine, WeasyPrint: a tagged PDF, refused if a screen reader could not use it."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import weasyprint
from lxml import html as lxml_html
from lxml.html import HtmlElement
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from scripts.audit_pdf import UnreadableError, audit
from scripts.pdf_engine import FONTS, PdfError, font_file, icon_file, may_not_be_fetched, site_file
from scripts.pdf_haste import hasten
from scripts.pdf_tags import hang_up_icons, mend_tags, number_links, places

hasten()


def make(html: str, site: Path, target: Path) -> None:
    """Write the PDF of a print page. Raises PdfError, which names the page of the site that a fault is on."""
    with _uncollected():
        _make(html, site, target)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python's search for garbage goes through all boxes of a document again and again, a sixth of the time, and finds none."""
    gc.collect()  # what the document before has left
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make(html: str, site: Path, target: Path) -> None:
    tree = lxml_html.document_fromstring(html)
    links = number_links(tree)
    hang_up_icons(tree)
    try:
        with _faults_raised():
            _write(tree, site, target)
    except FatalURLFetchingError as error:
        raise PdfError(_with_source(_source_of_words(tree, str(error)), str(error))) from error
    gc.collect()  # all boxes, before the file is read, which takes as much memory
    missing = mend_tags(target, links)
    if missing:
        raise PdfError(f"linket {missing[0]} fører ingen steder hen i dokumentet")
    try:
        findings = audit(target)
    except UnreadableError as error:
        raise PdfError(f"den kan ikke undersøges: {error}") from error
    if findings:
        sources = _sources(tree, target)
        told = [_with_source(_source_of_page(sources, f.page), f"{f.what} – {f.remedy}") for f in findings[:10]]
        raise PdfError("den er ikke tilgængelig:\n" + "\n".join(told))


def _write(tree: HtmlElement, site: Path, target: Path) -> None:
    written = lxml_html.tostring(tree, encoding="unicode", doctype="<!doctype html>")
    document = weasyprint.HTML(string=written, url_fetcher=_SiteOnly(site))
    # Packed when its tags are mended: each page is written anew there.
    document.write_pdf(target, pdf_variant="pdf/ua-1", uncompressed_pdf=True)


class _SiteOnly(URLFetcher):
    """Fetches files of the built site, icons and the fonts, and nothing else: no network, no other folder."""

    def __init__(self, site: Path) -> None:
        super().__init__(allowed_protocols=())
        self._site = site

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = unquote(url).partition(":")
        if scheme == "font" and name in FONTS:
            return URLFetcherResponse(url, font_file(FONTS[name]), {"Content-Type": "font/ttf"})
        try:
            if scheme == "icon":
                return URLFetcherResponse(url, icon_file(name), {"Content-Type": "image/svg+xml"})
            if scheme != "site":
                raise may_not_be_fetched(url)
            return URLFetcherResponse(url, site_file(self._site, name))
        except PdfError as error:  # WeasyPrint goes on after any but its own
            raise FatalURLFetchingError(str(error)) from error


@contextmanager
def _faults_raised() -> Iterator[None]:
    """Raise what WeasyPrint logs as an error, since it goes on after one."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    collector, logger = Collector(logging.ERROR), logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
    for message in messages:
        if picture := re.search(r"SVG image site:(\S+)", message):
            raise PdfError(f"docs/{picture.group(1)}:1: billedet kan ikke tegnes – gem det igen, eller brug PNG")
    if messages:
        raise PdfError("WeasyPrint: " + "; ".join(messages))


def _with_source(source: str, words: str) -> str:
    return f"{source}:1: {words}" if source else words  # which line, nobody knows any more


def _source_of_words(tree: HtmlElement, words: str) -> str:
    """The page of the site that an address in an error message comes from."""
    addresses = [word for word in words.split() if ":" in word or "/" in word or "." in word]
    for section in tree.xpath("//section[@data-source]"):
        written = unquote(lxml_html.tostring(section, encoding="unicode"))
        if any(unquote(address) in written for address in addresses):
            return str(section.get("data-source"))
    return ""


def _sources(tree: HtmlElement, file: Path) -> list[tuple[int, str]]:
    """The page of the PDF that each page of the site begins on."""
    with pikepdf.open(file) as pdf:
        where = places(pdf)
    found = []
    for section in tree.xpath("//section[@data-source]"):
        first = next(iter(section.xpath(".//@id")), "")
        if first in where:
            found.append((where[first], str(section.get("data-source"))))
    return sorted(found)


def _source_of_page(sources: list[tuple[int, str]], page: int | None) -> str:
    before = [source for start, source in sources if page is not None and start <= page]
    return before[-1] if before else ""
