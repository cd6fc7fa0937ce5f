"""Makes PDFs with WeasyPrint, the default engine.

WeasyPrint makes a tagged PDF. We repair its tags, and refuse the file if the audit finds that it is not accessible to screen readers.
"""

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

from kanalstrategi.design.fonts import FONTS, font_bytes
from kanalstrategi.pdf.audit.diagnostics import UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.pdf.engine import PdfError, forbidden_url, icon_bytes, read_site_file
from kanalstrategi.pdf.weasyprint import patches
from kanalstrategi.pdf.weasyprint.tag_repair import destinations, icons_as_backgrounds, number_links, repair_tags

patches.apply()

MAX_REPORTED_DIAGNOSTICS = 10
"""How many of the audit's diagnostics to list when a document is refused."""


def make(html: str, site: Path, target: Path) -> None:
    """Write the PDF of a print page. URLs that begin with `site:` refer to files in the folder `site`.

    Raises PdfError, which names the page of the site with the error.
    """
    with _garbage_collection_paused():
        _make(html, site, target)


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Turn Python's garbage collector off. It takes a sixth of the time, because it repeatedly searches all boxes of a document in vain."""
    gc.collect()  # frees the remains of the previous document
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make(html: str, site: Path, target: Path) -> None:
    tree = lxml_html.document_fromstring(html)
    links = number_links(tree)
    icons_as_backgrounds(tree)
    _prepare_lists(tree)
    try:
        with _raise_logged_errors():
            _write(tree, site, target)
    except FatalURLFetchingError as error:
        raise PdfError(_with_source(_source_naming_url(tree, str(error)), str(error))) from error
    gc.collect()  # frees all boxes, since reading the file, which comes next, takes as much memory
    missing = repair_tags(target, links)
    if missing:
        raise PdfError(f"linket {missing[0]} fører ingen steder hen i dokumentet")
    try:
        diagnostics = audit(target)
    except UnreadableError as error:
        raise PdfError(f"den kan ikke undersøges: {error}") from error
    if diagnostics:
        first_pages = _first_pages(tree, target)
        lines = [
            _with_source(_source_at(first_pages, diagnostic.page), f"{diagnostic.message} – {diagnostic.hint}")
            for diagnostic in diagnostics[:MAX_REPORTED_DIAGNOSTICS]
        ]
        raise PdfError("den er ikke tilgængelig:\n" + "\n".join(lines))


def _prepare_lists(tree: HtmlElement) -> None:
    """Remove the whitespace between list items, and express their numbers as counters.

    WeasyPrint 70 tags space between items on the same line as content of the list, and ignores the attributes `start` and `value`.
    """
    for list_ in tree.iter("ul", "ol"):
        list_.text = (list_.text or "").strip() or None
        for item in list_:
            item.tail = (item.tail or "").strip() or None
            if item.get("value", "").isdigit():
                item.set("style", f"counter-increment: none; counter-set: list-item {item.get('value')}")
        if list_.get("start", "").isdigit():
            list_.set("style", f"counter-reset: list-item {int(list_.get('start')) - 1}")


def _write(tree: HtmlElement, site: Path, target: Path) -> None:
    html = lxml_html.tostring(tree, encoding="unicode", doctype="<!doctype html>")
    document = weasyprint.HTML(string=html, url_fetcher=_SiteFetcher(site))
    # The file is compressed when its tags are repaired, since that writes each page again.
    document.write_pdf(target, pdf_variant="pdf/ua-1", uncompressed_pdf=True)


class _SiteFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches files of the built site, icons and fonts, but nothing from the network or from other folders."""

    def __init__(self, site: Path) -> None:
        super().__init__(allowed_protocols=())
        self._site = site

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = unquote(url).partition(":")
        if scheme == "font" and name in FONTS:
            return URLFetcherResponse(url, font_bytes(FONTS[name]), {"Content-Type": "font/ttf"})
        try:
            if scheme == "icon":
                return URLFetcherResponse(url, icon_bytes(name), {"Content-Type": "image/svg+xml"})
            if scheme != "site":
                raise forbidden_url(url)
            return URLFetcherResponse(url, read_site_file(self._site, name))
        except PdfError as error:  # WeasyPrint ignores all errors except its own FatalURLFetchingError
            raise FatalURLFetchingError(str(error)) from error


@contextmanager
def _raise_logged_errors() -> Iterator[None]:
    """Raise PdfError if WeasyPrint logs an error, since it continues after errors."""
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
        if image := re.search(r"SVG image site:(\S+)", message):
            raise PdfError(f"docs/{image.group(1)}:1: billedet kan ikke tegnes – gem det igen, eller brug PNG")
    if messages:
        raise PdfError("WeasyPrint: " + "; ".join(messages))


def _with_source(source: str, message: str) -> str:
    """Return a message with the page of the site that it is about. The line is always 1, since the print page has no line numbers."""
    return f"{source}:1: {message}" if source else message


def _source_naming_url(tree: HtmlElement, message: str) -> str:
    """Return the page of the site with a URL that is in an error message."""
    urls = [word for word in message.split() if ":" in word or "/" in word or "." in word]
    for section in tree.xpath("//section[@data-source]"):
        html = unquote(lxml_html.tostring(section, encoding="unicode"))
        if any(unquote(url) in html for url in urls):
            return str(section.get("data-source"))
    return ""


def _first_pages(tree: HtmlElement, file: Path) -> list[tuple[int, str]]:
    """Return, in order, the page of the PDF on which each page of the site begins, with the page of the site."""
    with pikepdf.open(file) as pdf:
        pages = destinations(pdf)
    first_pages = []
    for section in tree.xpath("//section[@data-source]"):
        first_id = next(iter(section.xpath(".//@id")), "")
        if first_id in pages:
            first_pages.append((pages[first_id], str(section.get("data-source"))))
    return sorted(first_pages)


def _source_at(first_pages: list[tuple[int, str]], page: int | None) -> str:
    """Return the page of the site that a page of the PDF belongs to."""
    begun = [source for start, source in first_pages if page is not None and start <= page]
    return begun[-1] if begun else ""
