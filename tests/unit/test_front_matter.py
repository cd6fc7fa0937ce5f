"""The fields of a page are read as they were typed, or what is wrong is reported with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.source_files import parse_pages
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown import front_matter
from kanalstrategi.markdown.front_matter import FrontMatter, parse_front_matter
from kanalstrategi.markdown.parser import parse

LEFT_OUT = "det, der står efter #, kommer ikke med"


def front_of(text: str) -> FrontMatter:
    """Return the front matter with some lines as its fields. The first is line 2."""
    return parse_front_matter(f"---\n{text}\n---\n")


def reader_of(text: str) -> tuple[FieldReader, list[Diagnostic]]:
    """Return a reader of the fields in some lines, and the list that it reports to."""
    diagnostics: list[Diagnostic] = []
    return FieldReader("side.md", parse(f"---\n{text}\n---\n"), diagnostics), diagnostics


def reports(folder: Path, text: str) -> list[str]:
    """Return what is reported when a page with some lines as its fields is read from a file."""
    (folder / "side.md").write_text(f"---\n{text}\n---\n\n# Titel\n", encoding="utf-8")
    diagnostics: list[Diagnostic] = []
    parse_pages(folder, ["side.md"], diagnostics, lambda texts: parse)
    return list(map(str, diagnostics))


# What YAML takes for a comment


@pytest.mark.parametrize(
    ("text", "line", "example"),
    [
        ("description: Sager om #voreskommune og sag # 12", 2, '`description: "… # …"`'),
        ("description: #voreskommune", 2, '`description: "… # …"`'),
        ("description: 'sag' # 12", 2, '`description: "… # …"`'),
        ("description: >- # 12\n  sag", 2, '`description: "… # …"`'),
        ("description: Sager om\n  kommunen # 12", 3, '`"… # …"`'),
        ("keywords:\n  - NemID\n  - sag # 12", 4, '`- "… # …"`'),
        ("keywords:\n  - #voreskommune\n  - NemID", 3, '`- "… # …"`'),
        ("keywords: # ord\n  - NemID", 2, '`"… # …"`'),
        ("keywords: [NemID, sag # 12\n  ]", 2, '`"… # …"`'),
        ("keywords: [\n  NemID, # 12\n  sag]", 3, '`"… # …"`'),
    ],
)
def test_what_follows_a_hash_sign_is_not_cut_silently(text: str, line: int, example: str) -> None:
    (diagnostic,) = front_of(text).diagnostics
    assert (diagnostic.line, diagnostic.message) == (line, LEFT_OUT)
    assert diagnostic.hint == f"sæt teksten i anførselstegn: {example}, eller skriv en note på sin egen linje"


@pytest.mark.parametrize("text", ["description: Sager om\n  #voreskommune", "description:\n  Sager om\n  #voreskommune", "keywords:\n  - sag\n    # 12"])
def test_a_line_that_would_continue_a_text_is_not_cut_silently(text: str) -> None:
    (diagnostic,) = front_of(text).diagnostics
    assert (diagnostic.line, diagnostic.message) == (text.count("\n") + 2, LEFT_OUT)


@pytest.mark.parametrize(
    "text",
    [
        "# note\ndescription: x\n# note\n\n  # note\nowner: y\n  \n# note",
        "keywords:\n  # note\n  - NemID\n  # note\n  - MitID\n# note",
        "keywords: [\n  # note\n  NemID,\n  # note\n  MitID,\n]",
        "description: 'x'\n  # note",
        "description: >\n  sag # 12\n  # 13\n\n# note",
        'description: "sag # 12"\nowner: \'sag # 12\'\nkeywords: ["sag # 12"]',
        'description: "sag\n  # 12"',
        "description: C#, F#, sag#12 og https://example.org/#a",
        "description: sag\xa0# 12",
    ],
)
def test_notes_on_their_own_line_and_hash_signs_inside_a_text_are_allowed(text: str) -> None:
    front = front_of(text)
    assert (front.diagnostics, front.errors) == ((), ())


def test_a_field_that_is_cut_is_reported_once(tmp_path: Path) -> None:
    reader, diagnostics = reader_of("description: #voreskommune")
    assert reader.text("description") is None and diagnostics == []
    assert [line.partition(" – ")[0] for line in reports(tmp_path, "owner: x\ndescription: #voreskommune")] == [f"docs/side.md:3: {LEFT_OUT}"]


# What YAML takes for something else than text

TYPED = [
    "2024", "0123", "0o17", "1_000", "0x10", "0b11", "1e3", "+45", "-7", "1.50", "1,000", ".5", ".inf", ".nan", "12:30", "1:1:1", "ja", "nej", "yes", "no",
    "on", "off", "true", "False", "null", "NULL", "~", "=", "<<", "2024-01-31", "2025-02-30", "2024-01-31 10:00", "1:" * 1500 + "1", "0x" + "f" * 3000,
]  # fmt: skip # laid out by hand, as a table


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed[:20])
def test_a_text_reads_as_it_was_typed(typed: str) -> None:
    reader, diagnostics = reader_of(f"description: {typed}\nkeywords: [NemID, {typed}]\nredirects:\n  - {typed}\n  - {typed} x")
    if "," not in typed:
        assert reader.texts("keywords") == ["NemID", typed]
    assert reader.text("description") == typed
    assert reader.texts("redirects") == [typed, f"{typed} x"]
    assert diagnostics == []


@pytest.mark.parametrize("form", ["keywords: [NemID, 2024]", "keywords:\n  - NemID\n  - 2024"])
def test_a_year_is_a_keyword(form: str) -> None:
    reader, diagnostics = reader_of(form)
    assert (reader.texts("keywords"), diagnostics) == (["NemID", "2024"], [])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="#:-?,[]{}&*!|>'\"%@`"), min_size=1))
def test_any_word_reads_as_it_was_typed(word: str) -> None:
    assert front_of(f"description: {word}\nkeywords: [{word}]").values == {"description": word, "keywords": [word]}


def test_dates_are_read_with_and_without_quotes() -> None:
    reader, diagnostics = reader_of("reviewed: 2026-03-31\nreview_by: '2026-09-30'")
    assert (reader.date("reviewed"), reader.date("review_by"), diagnostics) == (date(2026, 3, 31), date(2026, 9, 30), [])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2026-02-30", "datoen 2026-02-30 i reviewed findes ikke – skriv en dag, der findes i kalenderen"),
        *((typed, "reviewed er ikke en dato – skriv den som år-måned-dag: `reviewed: 2026-03-31`") for typed in (
            "", "~", "i går", "20260331", "2026-3-31", "2026-W01-1", "2026-03-31 10:00", "31-03-2026", "9999-12-31", "[2026-03-31]", "{a: b}"
        )),
    ],
)  # fmt: skip # laid out by hand, as a table
def test_what_is_not_a_date_is_reported(typed: str, message: str) -> None:
    reader, diagnostics = reader_of(f"owner: x\nreviewed: {typed}")
    assert reader.date("reviewed") is None
    assert list(map(str, diagnostics)) == [f"docs/side.md:3: {message}"]


@pytest.mark.parametrize(("text", "line"), [("keywords:\n  - NemID\n  - Husk: ring", 4), ("keywords: [Husk: ring]", 2)])
def test_a_list_item_with_a_colon_is_reported_at_its_line(text: str, line: int) -> None:
    (diagnostic,) = front_of(text).diagnostics
    assert (diagnostic.line, diagnostic.message) == (line, "punktet kan ikke læses som tekst")


@pytest.mark.parametrize("text", ["keywords: NemID", "keywords: ~", "keywords: {a: b}", "keywords: [[NemID]]"])
def test_a_list_that_is_none_is_reported(text: str) -> None:
    reader, diagnostics = reader_of(text)
    assert (reader.texts("keywords"), len(diagnostics)) == ([], 1)


@pytest.mark.parametrize("text", ["--- owner: x", "%YAML 1.1\n--- owner: x", "owner: x\n... y"])
def test_a_second_document_is_refused(text: str) -> None:
    assert front_of(text).errors


# Characters that no page may have


@pytest.mark.parametrize("value", [r"a\ud800b", r"a\0b", r"a\e[2Jb", r"a\u202Eb", r"a\x85b", r"a\u200bb"])
@pytest.mark.parametrize("form", ['keywords: ["{}"]', 'keywords:\n  - "{}"', 'description: "{}"', '"{}": x'])
def test_an_escape_for_a_character_that_nobody_sees_is_reported(tmp_path: Path, form: str, value: str) -> None:
    found = reports(tmp_path, f"owner: x\n{form.format(value)}")
    assert found == ["docs/side.md:3: linjen indeholder et usynligt tegn – slet linjen, og skriv den igen"]


def test_no_value_holds_half_a_character() -> None:
    front = front_of(r'"\ud800": ["\udfff", "\ud83d\ude00"]')
    assert front.values == {"�": ["�", "😀"]}  # the last is one character in two halves, as JSON writes it


@pytest.mark.parametrize("escape", [r"\U00110000", r"\UFFFFFFFF"])
def test_an_escape_beyond_all_characters_is_reported(escape: str) -> None:
    (error,) = front_of(f'owner: x\ndescription: "{escape}"').errors
    assert (error.line, error.message) == (3, "linjen indeholder et tegn, der ikke kan læses")


# Fields that take up too much


def test_fields_that_fill_a_page_are_reported_and_not_read(tmp_path: Path) -> None:
    for text, line in (("".join(f"a{number}: b\n" for number in range(300)), 202), ("a: b\nc: " + "d" * 30_000, 3)):
        with mock.patch.object(yaml, "parse", side_effect=AssertionError):
            [reported] = reports(tmp_path, text)
        assert reported.startswith(f"docs/side.md:{line}: felterne øverst på siden fylder over 200 linjer eller 20000 tegn – ")
    assert len(front_of("\n".join(f"a{number}: b" for number in range(200))).values) == 200


def test_an_escape_for_a_letter_in_two_characters_gives_one() -> None:
    assert front_of(r'description: "p\u0061\u030a"').values == {"description": "på"}


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_of_yaml_alone_does_not_shift_the_lines(separator: str) -> None:
    assert front_of(f"description: a{separator}b\nowner: x").lines == {"description": 2, "owner": 3}


# Both loaders

PARTS = st.sampled_from([
    "description", "owner: politik", ": ", ":", "\n", "\n  ", "\n- ", "\n  - ", "å", '"', "'", "[", "]", "{", "}", ", ", "#", " #", "\n# a", "\n    # a",
    "&a ", "*a", "!x ", "|\n  ", ">\n ", "? ", "%", "@", "2025-01-31", "2025-02-30", "1:1:1", "true", "~", "1e3", "\t", "  ", "\\", "\0", "\ufeff",
    "\u2028", "\x85", "–", "😀", "---", "...", "\n--- ", "<<", "\nkeywords:\n  - et", "\\ud800", "\\U00110000",
])  # fmt: skip # laid out by hand, as a table


@settings(deadline=None, max_examples=500)
@given(st.lists(PARTS, max_size=9))
def test_both_yaml_loaders_read_front_matter_alike(parts: list[str]) -> None:
    """Uses `_front_matter`, since random text may end a page's front matter early."""
    text = "".join(parts) + "\n"
    with mock.patch.object(front_matter, "_LIBYAML", yaml.SafeLoader):
        expected = front_matter._front_matter(text)
    assert front_matter._front_matter(text) == expected
    lines = [*expected.lines.values(), *(error.line for error in expected.errors), *(diagnostic.line for diagnostic in expected.diagnostics)]
    assert all(2 <= line <= text.count("\n") + 1 for line in lines)
