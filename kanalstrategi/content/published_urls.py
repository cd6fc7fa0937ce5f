"""Keeps a record of every URL that the site has ever published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import CATALOGUE_URL, DATA_FOLDER
from kanalstrategi.content.edition_data import data_folders, receipt_path
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.edition_paths import document_copies
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.news import feed_url
from kanalstrategi.content.open_data import EDITION_DATA
from kanalstrategi.diagnostics import TextDiagnostic

RECORD_FILE = "addresses.txt"
"""Name of the record's file, in the project's root."""

RECORD_HEADER = """\
# Every address that the site has ever published, one a line. Somebody may have a link to any of them, so lines are
# only ever added, by scripts/addresses.py. The check tells of an address that leads nowhere any more.
"""


def published_urls(content: Content) -> list[str]:
    """Return every URL that the site publishes for others to use: pages, documents, open data, feeds and receipts, sorted.

    The feed of a department is none of them: it ends with the department, and readers of feeds expect that.
    """
    data = [url for file in DATA_FILES.values() for url in (*file.urls(f"{DATA_FOLDER}/"), file.schema_url)]
    data += [url for folder, _ in data_folders(content) for name in EDITION_DATA for url in DATA_FILES[name].urls(folder)]
    receipts = [receipt_path(other.edition) for other in content.editions if other.edition and other.edition.state is EditionState.SUPERSEDED]
    return sorted({*page_urls(content), *document_urls(content), *data, CATALOGUE_URL, feed_url(), *receipts})


def page_urls(content: Content) -> dict[str, Page]:
    """Return the pages, those that are made included, keyed by URL."""
    return {page.url: page for page in content.published_pages.values()}


def document_urls(content: Content) -> set[str]:
    """Return the URLs of the PDFs. Those of the edition in force are at its name as well."""
    return {*document_copies(content), *(document.url for document, _ in content.documents)}


def parse_record(text: str) -> tuple[dict[str, int], list[TextDiagnostic]]:
    """Return the URLs in a record, each with its line, and diagnostics for the lines that are not URLs."""
    found: dict[str, int] = {}
    diagnostics = []
    for number, untrimmed in enumerate(text.split("\n"), 1):
        line = untrimmed.strip()
        if line.startswith("/") and "//" not in line and line.isprintable():
            found.setdefault(line[1:], number)
        elif line and not line.startswith("#"):
            hint = f"skriv én adresse på linjen, begyndende med /, eller hent linjen igen fra en tidligere udgave af {RECORD_FILE}"
            diagnostics.append(TextDiagnostic(number, "linjen kan ikke læses som en adresse", hint))
    return found, diagnostics


def unrecorded(published: Iterable[str], recorded: Mapping[str, int]) -> list[str]:
    """Return the published URLs that are not in the record, sorted."""
    return sorted(set(published) - set(recorded))


def with_recorded(text: str, published: Iterable[str]) -> str:
    """Return the text of the record with the missing URLs inserted in order. No line is ever removed, whatever it says."""
    lines = (text or RECORD_HEADER).rstrip("\n").split("\n")
    for url in unrecorded(published, parse_record(text)[0]):
        line = f"/{url}"
        index = next((number for number, other in enumerate(lines) if other.startswith("/") and other > line), len(lines))
        lines.insert(index, line)
    return "\n".join(lines) + "\n"
