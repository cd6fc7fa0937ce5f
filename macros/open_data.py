"""The macro that documents the open data: what each file holds, what its fields mean, and what others may do with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from babel.numbers import format_decimal

from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import CATALOGUE_URL, DATA_FOLDER, Absence, DataField, DataFile
from kanalstrategi.content.edition_data import EDITIONS_FILE, data_folders, edition_records
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import EDITION_DATA, OPEN_DATA
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_line, heading, join_nodes, table, table_row
from kanalstrategi.rendering.macros import Call, macro

_LICENCE_ID, _FILES_ID, _EDITIONS_ID, _CITE_ID, _CATALOGUE_ID = "licens", "filer", "udgavernes-data", "henvis", "katalog"

_LISTS = {"channels": "gruppernes kanaler", "decisions": "beslutninger", "to-confirm": "det, der skal genbekræftes", "measurements": "målinger"}
"""What the tables of lists hold, keyed by the end of their names."""


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    yield from (_LICENCE_ID, _FILES_ID, *DATA_FILES)
    if any(data_folders(content)):
        yield _EDITIONS_ID
    yield from (_CITE_ID, _CATALOGUE_ID)


@macro(anchors=_anchors, is_of_site=True)
def open_data(call: Call) -> list[Element]:
    """Return the licence, the files with their fields, how to cite them, and the catalogue. The call must be alone on its line."""
    counts = {name: len(records(call.content)) for name, records in OPEN_DATA.items()} | {EDITIONS_FILE: len(edition_records(call.content))}
    files = [file.said(call.content.say) for file in DATA_FILES.values() if file.name in counts]
    return [
        heading(2, "Licens", _LICENCE_ID),
        _licence(call),
        heading(2, "Filerne", _FILES_ID),
        table("follow-up", "Alle filer", ("Fil", "Indhold", "Poster"), [_row(file, counts[file.name]) for file in files]),
        *(part for file in files for part in _file(call, file)),
        *_editions(call),
        heading(2, "Henvis til data", _CITE_ID),
        *_citation(call),
        heading(2, "Katalog", _CATALOGUE_ID),
        _catalogue(call),
    ]


def _licence(call: Call) -> Element:
    """Return what others may do with the data, or that nobody has decided it, and whom to ask."""
    licence = call.content.organisation.data_licence
    if licence:
        return element("p", "Data må bruges efter licensen ", element("a", licence.name, href=licence.url), ".")
    words = " Kommunen har ikke taget stilling til, hvilken licens data kan bruges under. Spørg "
    return element("p", element("strong", "Ikke besluttet endnu."), words, contact_line(call.page.owner), ".")


def _row(file: DataFile, records: int) -> Element:
    cells = (("Indhold", file.description), ("Poster", format_decimal(records, locale="da")))
    return table_row(element("a", file.title, href=f"#{file.name}"), cells)


def _file(call: Call, file: DataFile) -> Iterator[Element]:
    """Yield the section about a file."""
    yield heading(3, file.title, file.name)
    yield element("p", file.description, " ", element("strong", "Ændres:"), f" {file.changes[0].lower()}{file.changes[1:]}")
    yield element("p", "Hent ", join_nodes(_links(call, f"{DATA_FOLDER}/", file, file.title), " · "), ".", data_search_exclude="")
    rows = [_field_row(name, field) for name, field in _named_fields(file.fields)]
    yield table("follow-up data-fields", f"Felterne i {file.name}.json", ("Felt", "Type", "Betydning"), rows)


def _links(call: Call, folder: str, file: DataFile, title: str) -> list[Element]:
    """Return the links to a file in all its forms, and to its schema. Their accessible names say what they are of."""
    words = ["JSON", *(_table_words(file, name) for name in file.table_names), "skema"]
    urls = [*file.urls(folder), file.schema_url]
    return [element("a", word, href=call.link(url), aria_label=f"{word}: {title}") for word, url in zip(words, urls, strict=True)]


def _table_words(file: DataFile, table_name: str) -> str:
    inner = table_name.removeprefix(file.name).removeprefix("-")
    return f"CSV med {_LISTS[inner]}" if inner else "CSV"


def _named_fields(fields: Iterable[DataField], prefix: str = "") -> Iterator[tuple[str, DataField]]:
    """Yield the fields with their names; a field of a record within a record has the name of that in front of its own."""
    for field in fields:
        yield prefix + field.name, field
        yield from _named_fields(field.fields, f"{prefix}{field.name}.")


def _field_row(name: str, field: DataField) -> Element:
    kind = field.kind.value + (" eller null" if field.absence is Absence.NULL else "")
    meaning: list[Node] = [field.meaning]
    if field.values:
        meaning.append(element("ul", [element("li", element("code", value), f": {words}") for value, words in field.values.items()]))
    return table_row(element("code", name), (("Type", kind), ("Betydning", meaning)))


def _editions(call: Call) -> Iterator[Element]:
    """Yield the files that editions have of their own, if any has."""
    folders = [(folder, other.edition) for folder, other in data_folders(call.content) if other.edition]
    if folders:
        yield heading(2, "Udgavernes egne data", _EDITIONS_ID)
        words = "Hver udgave af strategien har også sine egne filer, med de samme felter. De bliver liggende, når udgaven er afløst."
        yield element("p", call.content.say(words))
        rows = [
            table_row(
                element("a", edition.title, href=call.link(edition.url)),
                [(DATA_FILES[name].title, join_nodes(_edition_links(call, folder, DATA_FILES[name], edition.title))) for name in EDITION_DATA],
            )
            for folder, edition in folders
        ]
        yield table("follow-up data-fields", "Udgavernes filer", ("Udgave", *(DATA_FILES[name].title for name in EDITION_DATA)), rows)


def _edition_links(call: Call, folder: str, file: DataFile, title: str) -> list[Element]:
    return _links(call, folder, file, f"{file.title}, {title}")[:-1]  # they have the schema of the file that is named like them


def _citation(call: Call) -> Iterator[Element]:
    """Yield how to cite the data, with the day that is the data's as an example."""
    content, file = call.content, DATA_FILES["rules"]
    url = urljoin(call.site_url, file.urls(f"{DATA_FOLDER}/")[0])
    yield element("p", "Nævn kommunen, filen og den dag, du hentede den: nogle felter følger datoen. For eksempel:")
    yield element("p", f"{content.organisation.name}: {file.title}. {url}. Hentet den {long_date(content.today)}.", data_search_exclude="")


def _catalogue(call: Call) -> Element:
    link = element("a", CATALOGUE_URL, href=call.link(CATALOGUE_URL))
    return element("p", "Dataportaler kan læse det hele i ", link, ", som følger den danske standard DCAT-AP-DK 2.0.2.")
