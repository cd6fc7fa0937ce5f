"""Writes the open data: the files of the site and of its editions, each as JSON and as tables, with their schemas and their catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import CATALOGUE_URL, DATA_FOLDER, DataFile
from kanalstrategi.content.data_schema import schema_of
from kanalstrategi.content.data_tables import tables_of
from kanalstrategi.content.edition_data import EDITIONS_FILE, all_editions, data_folders, edition_records, receipt_path
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import OPEN_DATA, Record, data_of_edition
from kanalstrategi.content.receipts import read_receipt
from kanalstrategi.publishing.catalogue import catalogue
from kanalstrategi.publishing.spreadsheet import spreadsheet


@dataclass(frozen=True)
class DataSite:
    """What the open data say about the site that they are on."""

    name: str
    url: str
    """The absolute URL of the site, with a trailing slash; that of the preview if it is not known where the site is published."""


def write_open_data(content: Content, docs: Path, site: Path, about: DataSite) -> None:
    """Write all open data into the folder of the site. `docs` is the folder with the receipts of editions."""
    sizes = {}
    for url, file in _data_files(content, docs):
        (site / url).parent.mkdir(parents=True, exist_ok=True)
        (site / url).write_bytes(file)
        sizes[url] = len(file)
    for described in DATA_FILES.values():
        path = site / described.schema_url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_json(schema_of(described.said(content.say), about.url)))
    (site / CATALOGUE_URL).write_bytes(catalogue(content, about.name, about.url, sizes))


def _data_files(content: Content, docs: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the URL and the content of each file with records."""
    editions = {EDITIONS_FILE: edition_records(content, _receipt_digests(content, docs))}
    for name, records in ({name: records_of(content) for name, records_of in OPEN_DATA.items()} | editions).items():
        yield from _forms(f"{DATA_FOLDER}/", DATA_FILES[name], records)
    for folder, edition in data_folders(content):
        for name, records in data_of_edition(edition, content).items():
            yield from _forms(folder, DATA_FILES[name], records)


def _forms(folder: str, file: DataFile, records: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}{file.name}.json", _json(records)
    for table in tables_of(file, records):
        yield f"{folder}{table.name}.csv", spreadsheet(table.columns, table.rows)


def _json(value: Sequence[Mapping[str, object]] | Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _receipt_digests(content: Content, docs: Path) -> dict[str, str]:
    """Return the digest in the receipt of each edition that has one, keyed by the edition's name. The checks report those that cannot be read."""
    digests = {}
    for edition in (found.edition for found in all_editions(content) if found.edition):
        file = docs / receipt_path(edition)
        if receipt := read_receipt(file) if file.is_file() else None:
            digests[edition.name] = receipt.digest
    return digests
