"""Writes the catalogue of the open data as JSON-LD, by DCAT-AP-DK 2.0.2, so that data portals can list them. No I/O.

The profile: https://digst.github.io/DCAT-AP-DK/releases/v.2.0/docs/. What it recommends is there where it is known, and nothing is made up:
without a decided licence there is none. Everything follows from the content, so that two builds write the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kanalstrategi.content.conventions import DATA_PAGE
from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import CATALOGUE_URL, DATA_FOLDER, DataFile
from kanalstrategi.content.data_schema import SCHEMA_DIALECT
from kanalstrategi.content.edition_data import data_folders
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.open_data import EDITION_DATA
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.urls import relative_url
from kanalstrategi.rendering.components import international_phone

CATALOGUE_TYPE = "application/ld+json"
"""The media type of the catalogue."""

Node = dict[str, Any]
"""A node of JSON-LD."""

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
"""The vocabularies of the EU, which the profile wants for languages, frequencies, themes, rights and formats."""
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
_PROFILE = "https://data.gov.dk/model/profile/dcat-ap-dk-2.0.2/"


@dataclass(frozen=True)
class _Set:
    """One data set of the catalogue."""

    file: DataFile
    folder: str
    """The URL of the folder that its files are in, with a trailing slash."""
    title: str
    description: str
    page: str
    """The URL of the page about it."""


def catalogue(content: Content, site_name: str, site_url: str, sizes: Mapping[str, int]) -> bytes:
    """Return the catalogue. `site_url` is absolute, as names in it must be, and `sizes` are those of the files in bytes, keyed by URL."""
    facts: Node = {"dct:language": _concept("language/DAN", "dct:LinguisticSystem"), "dct:publisher": _publisher(content, site_url)}
    licence = content.organisation.data_licence
    terms = {"dct:license": {"@id": licence.url, "@type": "dct:LicenseDocument"}} if licence else {}
    modified = _typed(content.today.isoformat(), "xsd:date")  # some fields follow the day, so that is when the files last changed
    datasets = [
        {
            "@id": f"{site_url}{each.folder}{each.file.name}.json#datasaet",
            "@type": "dcat:Dataset",
            "dct:identifier": f"{site_url}{each.folder}{each.file.name}.json",
            "dct:title": _danish(each.title),
            "dct:description": _danish(each.description),
            **facts,
            "dcat:contactPoint": _contact(_owner(content)),
            "dcat:theme": {**_concept("data-theme/GOVE", "skos:Concept"), "skos:prefLabel": _danish("Regeringen og den offentlige sektor")},
            "dcat:keyword": [_danish(word) for word in each.file.keywords],
            "dct:accessRights": _concept("access-right/PUBLIC", "dct:RightsStatement"),
            "dct:accrualPeriodicity": _concept("frequency/IRREG", "dct:Frequency"),
            "dct:modified": modified,
            "dcat:landingPage": _document(site_url + each.page),
            "dcat:distribution": [{**distribution, **terms} for distribution in _distributions(each, site_url, sizes)],
        }
        for each in _sets(content)
    ]
    graph = {
        "@context": _CONTEXT,
        "@id": site_url + CATALOGUE_URL,
        "@type": "dcat:Catalog",
        "dct:title": _danish(f"Åbne data: {site_name}"),
        "dct:description": _danish(f"Indholdet af {site_name} som data."),
        **facts,
        **terms,
        "dct:modified": modified,
        "dct:conformsTo": {"@id": _PROFILE, "@type": "dct:Standard"},
        "foaf:homepage": _document(site_url + _page(content)),
        "dcat:themeTaxonomy": {**_concept("data-theme", "skos:ConceptScheme"), "dct:title": {"@value": "Data theme", "@language": "en"}},
        "dcat:dataset": datasets,
    }
    return (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode()


def catalogue_links(page: Page) -> Iterator[str]:
    """Yield the `<link>` by which programs find the catalogue from the page about the data, as HTML."""
    if page.path == DATA_PAGE:
        yield f'<link rel="alternate" type="{CATALOGUE_TYPE}" title="Katalog over åbne data" href="{relative_url(CATALOGUE_URL, page)}">'


def _sets(content: Content) -> Iterator[_Set]:
    """Yield the data sets: those of the site, and those of each edition that has its own."""
    page = _page(content)
    for file in (file.said(content.say) for file in DATA_FILES.values()):
        yield _Set(file, f"{DATA_FOLDER}/", file.title, file.description, f"{page}#{file.name}" if page else "")
    for folder, other in data_folders(content):
        edition = other.edition
        for name in EDITION_DATA if edition else ():
            file = DATA_FILES[name].said(content.say)
            assert edition is not None, "only editions with a name have a folder"
            yield _Set(file, folder, f"{file.title}: {edition.title}", f"{file.description} Fra udgaven {edition.title}.", edition.url)


def _distributions(each: _Set, site_url: str, sizes: Mapping[str, int]) -> Iterator[Node]:
    """Yield the forms that a data set can be had in: JSON with its schema, and one table or more."""
    schema = {
        "@id": site_url + each.file.schema_url,
        "@type": "dct:Standard",
        "dct:title": _danish(f"Skema for {each.file.title}"),
        "dct:conformsTo": {"@id": SCHEMA_DIALECT},
    }
    json_url = f"{each.folder}{each.file.name}.json"
    yield _distribution("Alle poster med alle felter", json_url, "application/json", "JSON", site_url, sizes) | {"dct:conformsTo": schema}
    for name in each.file.table_names:
        inner = name.removeprefix(each.file.name).removeprefix("-")
        words = f"Tabel med listerne {inner}, en række for hver post i dem" if inner else "Tabel med en række for hver post"
        yield _distribution(words, f"{each.folder}{name}.csv", "text/csv", "CSV", site_url, sizes)


def _distribution(description: str, url: str, media_type: str, file_type: str, site_url: str, sizes: Mapping[str, int]) -> Node:
    return {
        "@id": f"{site_url}{url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _danish(url.rpartition("/")[2]),
        "dct:description": _danish(f"{description}."),
        "dcat:accessURL": {"@id": site_url + url},
        "dcat:downloadURL": {"@id": site_url + url},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}/{media_type}", "@type": "dct:MediaType"},
        "dct:format": _concept(f"file-type/{file_type}", "dct:MediaTypeOrExtent"),
        "dcat:byteSize": _typed(str(sizes[url]), "xsd:decimal"),
    }


def _publisher(content: Content, site_url: str) -> Node:
    return {"@id": f"{site_url}#udgiver", "@type": ["foaf:Agent", "org:Organization"], "foaf:name": _danish(content.organisation.name)}


def _contact(owner: Owner | None) -> Node:
    """Return whom to ask about the data: the owner of the page about them."""
    if owner is None:
        return {}
    phone = {"vcard:hasTelephone": {"@id": f"tel:{international_phone(owner.phone)}"}} if owner.phone else {}
    email = {"vcard:hasEmail": {"@id": f"mailto:{owner.email}"}} if owner.email else {}
    return {"@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": owner.name, **phone, **email}


def _owner(content: Content) -> Owner | None:
    page = content.pages.get(DATA_PAGE) or content.pages.get("index.md")
    return page.owner if page else None


def _page(content: Content) -> str:
    """Return the URL of the page about the data, or of the front page if there is none."""
    return content.pages[DATA_PAGE].url if DATA_PAGE in content.pages else ""


def _danish(text: str) -> Node:
    return {"@value": text, "@language": "da"}


def _typed(text: str, type: str) -> Node:
    return {"@value": text, "@type": type}


def _concept(name: str, type: str) -> Node:
    return {"@id": f"{_AUTHORITY}/{name}", "@type": type}


def _document(url: str) -> Node:
    return {"@id": url, "@type": "foaf:Document"}
