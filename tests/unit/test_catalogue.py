"""The catalogue of the open data has what DCAT-AP-DK asks for, and says of the files only what is so.

What is mandatory and recommended is from the profile's own text, version 2.0.2 of February 2021, which is the adopted one:
https://digst.github.io/DCAT-AP-DK/releases/v.2.0/docs/. The draft of 3.0.0 (3 December 2025) asks for nothing more of what we have.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kanalstrategi.build.open_data_files import DataSite, write_open_data
from kanalstrategi.content.conventions import DATA_PAGE
from kanalstrategi.content.data_licence import LICENCES
from kanalstrategi.content.data_model import CATALOGUE_URL
from kanalstrategi.content.model import Content
from tests.support.full_content import full_content

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
FOAF, VCARD = Namespace("http://xmlns.com/foaf/0.1/"), Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib (7.6.0) uses it itself
SITE_URL = "https://kanaler.eksempel.dk/strategi/"
MANDATORY = {
    DCAT.Catalog: (DCT.title, DCT.description, DCAT.dataset, DCT.publisher),
    DCAT.Dataset: (DCT.title, DCT.description),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
}
RECOMMENDED = {
    DCAT.Catalog: (FOAF.homepage, DCT.modified, DCAT.themeTaxonomy, DCT.language),
    DCAT.Dataset: (
        DCT.identifier,
        DCT.publisher,
        DCAT.contactPoint,
        DCAT.distribution,
        DCAT.landingPage,
        DCAT.theme,
        DCT.language,
        DCT.accrualPeriodicity,
        DCT.modified,
    ),
    DCAT.Distribution: (DCT.description, DCT["format"]),
}  # fmt: skip - by class


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    content = full_content(tmp_path_factory.mktemp("full"))
    page = replace(content.pages["index.md"], path=DATA_PAGE, url="data/")
    return replace(content, pages=content.pages | {DATA_PAGE: page})


def written(content: Content, site: Path) -> Graph:
    write_open_data(content, site / "docs", site, DataSite("Strategien", SITE_URL))
    return Graph().parse(site / CATALOGUE_URL, format="json-ld")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def graph(content: Content, site: Path) -> Graph:
    return written(content, site)


def lacking(graph: Graph, wanted: dict[URIRef, tuple[URIRef, ...]]) -> list[tuple[Node, URIRef]]:
    """Return each node that does not have a property that its class needs."""
    return [(node, key) for kind, keys in wanted.items() for node in graph.subjects(RDF.type, kind) for key in keys if (node, key, None) not in graph]


def test_it_has_all_that_is_mandatory_and_recommended(graph: Graph) -> None:
    assert all((None, RDF.type, kind) in graph for kind in MANDATORY)
    assert lacking(graph, MANDATORY) == [] == lacking(graph, RECOMMENDED)
    for kind, keys in MANDATORY.items():
        for key in keys:
            damaged = Graph() + graph
            damaged.remove((None, key, None))
            assert lacking(damaged, {kind: (key,)})


def test_the_words_are_of_the_vocabularies_that_the_profile_names(graph: Graph) -> None:
    for key, name in ((DCT.language, "language/DAN"), (DCT.accrualPeriodicity, "frequency/IRREG"), (DCAT.theme, "data-theme/GOVE")):
        assert {*graph.objects(None, key)} == {URIRef(AUTHORITY + name)}
    assert {*graph.objects(None, DCT["format"])} == {URIRef(f"{AUTHORITY}file-type/{name}") for name in ("JSON", "CSV")}
    texts = [value for key in (DCT.title, DCT.description, DCAT.keyword) for value in graph.objects(None, key) if isinstance(value, Literal)]
    assert {value.language for value in texts} <= {"da", "en"} and all(texts)


def test_every_file_is_in_it_once_with_its_size(graph: Graph, site: Path) -> None:
    files = {SITE_URL + file.relative_to(site).as_posix(): file for folder in ("data", "udgaver") for file in (site / folder).rglob("*.*")}
    urls = [str(url) for url in graph.objects(None, DCAT.downloadURL)]
    assert sorted(urls) == sorted(url for url in files if "/schemas/" not in url and not url.endswith(CATALOGUE_URL))
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        size = graph.value(distribution, DCAT.byteSize)
        assert int(str(size)) == files[str(graph.value(distribution, DCAT.downloadURL))].stat().st_size
    schemas = {str(schema) for distribution in graph.subjects(RDF.type, DCAT.Distribution) for schema in graph.objects(distribution, DCT.conformsTo)}
    assert schemas == {url for url in files if "/schemas/" in url}
    for url in schemas:
        assert json.loads(files[url].read_text(encoding="utf-8"))["$id"] == url


def test_the_catalogue_lists_each_data_set_with_a_page_about_it(graph: Graph, content: Content) -> None:
    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    listed = {*graph.objects(catalogue, DCAT.dataset)}
    assert listed == {*graph.subjects(RDF.type, DCAT.Dataset)} and len(listed) == 10 + 3 * 3
    assert str(catalogue) == SITE_URL + CATALOGUE_URL
    pages = {str(page) for page in graph.objects(None, DCAT.landingPage)}
    assert f"{SITE_URL}data/#goals" in pages and f"{SITE_URL}udgaver/2021/" in pages
    assert all(urlsplit(page).path.startswith("/strategi/") for page in pages)
    assert {str(value) for value in graph.objects(None, DCT.modified)} == {content.today.isoformat()}


def test_nothing_is_made_up(content: Content, graph: Graph, tmp_path: Path) -> None:
    """Without a decided licence there is none, and an owner without an e-mail address has none."""
    assert (None, DCT.license, None) not in graph
    owner = content.pages[DATA_PAGE].owner
    assert [str(name) for name in graph.objects(None, VCARD.fn)] == [owner.name] * 19
    assert ((None, VCARD.hasEmail, None) in graph) == bool(owner.email) and ((None, VCARD.hasTelephone, None) in graph) == bool(owner.phone)
    licensed = replace(content, organisation=replace(content.organisation, data_licence=LICENCES["CC BY 4.0"]))
    found = written(licensed, tmp_path)
    everything = {*found.subjects(RDF.type, DCAT.Distribution), *found.subjects(RDF.type, DCAT.Catalog)}
    assert {*found.subjects(DCT.license, URIRef("https://creativecommons.org/licenses/by/4.0/"))} == everything


def test_the_same_content_gives_the_same_bytes(content: Content, site: Path, graph: Graph, tmp_path: Path) -> None:
    written(content, tmp_path)
    assert graph and (tmp_path / CATALOGUE_URL).read_bytes() == (site / CATALOGUE_URL).read_bytes()
