"""The open data are as they are documented: each field has its schema and its row in the table, and no field is without."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import DATA_FOLDER, Absence, DataField, DataFile, FieldKind, text
from kanalstrategi.content.data_schema import schema_of
from kanalstrategi.content.edition_data import EDITIONS_FILE, data_folders, edition_records
from kanalstrategi.content.model import Content, Status
from kanalstrategi.content.open_data import OPEN_DATA, data_of_edition
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import published_urls
from tests.support.full_content import full_content
from tests.support.project import DATA, ROOT

URL = "https://kanaler.eksempel.dk/"
FIELDS_OF_TODAY = DATA / "open_data_fields.txt"
Records = list[dict[str, Any]]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return full_content(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def full(content: Content) -> dict[str, Records]:
    return records_of(content)


@pytest.fixture(scope="module")
def real() -> Content:
    return read_project(ROOT, {}).content


@pytest.fixture(scope="module")
def ours(real: Content) -> dict[str, Records]:
    return records_of(real)


def records_of(content: Content) -> dict[str, Records]:
    """Return the records of each file."""
    return {name: records(content) for name, records in OPEN_DATA.items()} | {EDITIONS_FILE: edition_records(content)}


def mistakes(file: DataFile, records: Sequence[object]) -> list[str]:
    """Return what is wrong with the records by the schema, and by one that allows no further fields."""
    validator = Draft202012Validator(closed(schema_of(file, URL)), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{file.name}{error.json_path}: {error.message}" for error in validator.iter_errors(records)]


def closed(schema: Any) -> Any:
    """Return a schema that allows only the fields it knows."""
    if isinstance(schema, list):
        return [*map(closed, schema)]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    return found | {"additionalProperties": False} if isinstance(schema.get("properties"), dict) and schema.get("type") == "object" else found


def named(fields: Iterable[DataField], prefix: str = "") -> Iterator[tuple[str, DataField]]:
    for field in fields:
        yield prefix + field.name, field
        yield from named(field.fields, f"{prefix}{field.name}.")


def values(value: Any, path: Sequence[str]) -> Iterator[Any]:
    """Yield every value that a field has in records."""
    if isinstance(value, list) and path:
        for each in value:
            yield from values(each, path)
    elif not path:
        yield value
    elif value is not None:
        yield from values(value[path[0]], path[1:])


def test_the_files_are_those_that_are_published() -> None:
    assert set(DATA_FILES) == {*OPEN_DATA, EDITIONS_FILE}


@pytest.mark.parametrize("file", DATA_FILES.values(), ids=lambda file: file.name)
def test_schemas_are_schemas(file: DataFile) -> None:
    schema = schema_of(file, URL)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{URL}{DATA_FOLDER}/schemas/{file.name}.schema.json" and schema["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("name", DATA_FILES)
def test_each_record_has_the_fields_that_are_documented_and_no_others(name: str, full: dict[str, Records], ours: dict[str, Records]) -> None:
    assert full[name], "this content has something of everything"
    for records in (full[name], ours[name]):
        assert mistakes(DATA_FILES[name], records) == []
        assert [list(record) for record in records] == [[field.name for field in DATA_FILES[name].fields]] * len(records)


def test_the_data_of_each_edition_are_of_the_same_form(content: Content) -> None:
    editions = [data_of_edition(edition, content) for _, edition in data_folders(content)]
    assert len(editions) == 3
    assert [mistake for data in editions for name, records in data.items() for mistake in mistakes(DATA_FILES[name], records)] == []


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_damaged_record_is_refused(name: str, full: dict[str, Records]) -> None:
    """Whatever field is taken away, added or of another kind: the schema says so."""
    good = full[name]
    wrong: dict[FieldKind, object] = dict.fromkeys(FieldKind, 3.5) | {FieldKind.NUMBER: "3,5", FieldKind.COUNT: -1}
    for field in DATA_FILES[name].fields:
        for value in (..., wrong[field.kind], *(["nonsense"] if field.values or field.kind is FieldKind.DATE else [])):
            bad = copy.deepcopy(good)
            bad[0].pop(field.name)
            if value is not ...:
                bad[0][field.name] = value
            assert mistakes(DATA_FILES[name], bad), (field.name, value)
    assert mistakes(DATA_FILES[name], [good[0] | {"further": 1}])
    assert not Draft202012Validator(schema_of(DATA_FILES[name], URL)).is_valid({})


def test_what_may_be_absent_says_so(full: dict[str, Records]) -> None:
    """A field that is empty somewhere is documented so, in a word of what it means."""
    for name, file in DATA_FILES.items():
        for path, field in named(file.fields):
            found = [*values(full[name], path.split("."))]
            if field.absence is Absence.NONE:
                assert None not in found and ("" not in found), (name, path)
            if field.absence is Absence.EMPTY:
                assert "Tom" in field.meaning, (name, path)


@pytest.mark.parametrize("file", DATA_FILES.values(), ids=lambda file: file.name)
def test_every_field_says_what_it_means_in_whole_sentences(file: DataFile) -> None:
    assert {"id", "title", "url"} <= {field.name for field in file.fields}
    for words in (file.description, file.changes, *(field.meaning for _, field in named(file.fields))):
        assert words[0].isupper() and words.endswith("."), words
    assert len({path for path, _ in named(file.fields)}) == len([*named(file.fields)])


def test_the_fields_are_those_that_others_have_got(request: pytest.FixtureRequest) -> None:
    """Somebody may use any field: one that goes, or means something else, is a change to think about. `--renew-golden` writes the list anew."""
    lines = [
        " | ".join((f"{file.name}.{path}: {field.kind.value}", *([field.absence.value] if field.absence is not Absence.NONE else []), *field.values))
        for file in DATA_FILES.values()
        for path, field in named(file.fields)
    ]
    if request.config.getoption("--renew-golden"):
        FIELDS_OF_TODAY.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == FIELDS_OF_TODAY.read_text(encoding="utf-8").splitlines()


def test_every_word_of_an_enum_needs_its_meaning() -> None:
    with pytest.raises(AssertionError, match="status: a member"):
        text("status", "Om siden er vedtaget.", {Status.DRAFT: "udkast"})


def test_the_files_are_found_at_the_urls_of_the_record(real: Content) -> None:
    published = set(published_urls(real))
    for file in DATA_FILES.values():
        assert {*file.urls(f"{DATA_FOLDER}/"), file.schema_url} <= published
