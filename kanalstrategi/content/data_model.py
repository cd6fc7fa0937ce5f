"""Defines the records that describe the open data: its files and the fields of their records. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class FieldKind(Enum):
    """What the value of a field is. The value is the word that readers see."""

    TEXT = "tekst"
    COUNT = "antal"
    NUMBER = "tal"
    BOOLEAN = "ja eller nej"
    DATE = "dato"
    URL = "adresse på hjemmesiden"
    """It is relative to the site's root."""
    WEB_URL = "adresse"
    """It is a whole one."""
    TEXTS = "liste af tekster"
    RECORD = "felter"
    RECORDS = "liste af poster"


class Absence(Enum):
    """What a field holds when there is nothing to say."""

    NONE = "none"
    """There always is."""
    EMPTY = "empty"
    """An empty text."""
    NULL = "null"


@dataclass(frozen=True)
class DataField:
    """A field of a record in the open data."""

    name: str
    kind: FieldKind
    meaning: str
    """What it means, as one or more sentences in Danish."""
    absence: Absence = Absence.NONE
    values: Mapping[str, str] = field(default_factory=dict)
    """The only values that it can have, each with what it means in Danish; empty if it can have any of its kind."""
    fields: tuple[DataField, ...] = ()
    """The fields of the records in it."""

    def said(self, say: Callable[[str], str]) -> DataField:
        """Return the same field, described in the words of a site, as `say` puts them."""
        values = {value: say(words) for value, words in self.values.items()}
        return replace(self, meaning=say(self.meaning), values=values, fields=tuple(inner.said(say) for inner in self.fields))

    @property
    def or_empty(self) -> DataField:
        """The same field, which may be an empty text."""
        return replace(self, absence=Absence.EMPTY)

    @property
    def or_null(self) -> DataField:
        """The same field, which may be null."""
        return replace(self, absence=Absence.NULL)


@dataclass(frozen=True)
class DataFile:
    """A file of the open data, which holds a list of records."""

    name: str
    """Its name without its extension."""
    title: str
    description: str
    """What it holds, as sentences in Danish."""
    changes: str
    """When it changes, as a sentence in Danish."""
    keywords: tuple[str, ...]
    fields: tuple[DataField, ...]

    def said(self, say: Callable[[str], str]) -> DataFile:
        """Return the same file, described in the words of a site, as `say` puts them."""
        fields, keywords = tuple(inner.said(say) for inner in self.fields), tuple(map(say, self.keywords))
        return replace(self, description=say(self.description), changes=say(self.changes), keywords=keywords, fields=fields)

    def urls(self, folder: str) -> list[str]:
        """Return the URLs of the file in all its forms, given the URL of their folder: JSON, and then its tables."""
        return [f"{folder}{self.name}.json", *(f"{folder}{name}.csv" for name in self.table_names)]

    @property
    def schema_url(self) -> str:
        """The URL of its schema."""
        return f"{DATA_FOLDER}/schemas/{self.name}.schema.json"

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of its CSV files without their extension: one with all its records, and one for each list of records in them."""
        lists = (each.name for each in self.fields if each.kind is FieldKind.RECORDS)
        return (self.name, *(f"{self.name}-{name.replace('_', '-')}" for name in lists))


DATA_FOLDER = "data"
"""The folder of the site that the open data are in."""
CATALOGUE_URL = f"{DATA_FOLDER}/catalog.jsonld"
"""The URL of the catalogue."""


def text(name: str, meaning: str, values: Mapping[Enum, str] | None = None) -> DataField:
    """Return a field that holds a text: any, or the value of one of the members of an enum, each given with what it means."""
    assert not values or {*values} == {*type(next(iter(values)))}, f"{name}: a member of the enum has no meaning"
    return DataField(name, FieldKind.TEXT, meaning, values={str(member.value): words for member, words in (values or {}).items()})


def texts(name: str, meaning: str) -> DataField:
    """Return a field that holds a list of texts, which may be empty."""
    return DataField(name, FieldKind.TEXTS, meaning)


def count(name: str, meaning: str) -> DataField:
    """Return a field that holds a whole number that is not negative."""
    return DataField(name, FieldKind.COUNT, meaning)


def number(name: str, meaning: str) -> DataField:
    """Return a field that holds any number."""
    return DataField(name, FieldKind.NUMBER, meaning)


def boolean(name: str, meaning: str) -> DataField:
    """Return a field that is true or false."""
    return DataField(name, FieldKind.BOOLEAN, meaning)


def day(name: str, meaning: str) -> DataField:
    """Return a field that holds a date."""
    return DataField(name, FieldKind.DATE, meaning)


def url(name: str, meaning: str) -> DataField:
    """Return a field that holds a URL relative to the site's root."""
    return DataField(name, FieldKind.URL, meaning)


def web_url(name: str, meaning: str) -> DataField:
    """Return a field that holds a whole URL."""
    return DataField(name, FieldKind.WEB_URL, meaning)


def record(name: str, meaning: str, *fields: DataField) -> DataField:
    """Return a field that holds a record."""
    return DataField(name, FieldKind.RECORD, meaning, fields=fields)


def records(name: str, meaning: str, *fields: DataField) -> DataField:
    """Return a field that holds a list of records, which may be empty."""
    return DataField(name, FieldKind.RECORDS, meaning, fields=fields)
