"""The figures of goals: what an editor may write in a CSV file, and what is said about the rest."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.content.goal_model import Period
from kanalstrategi.content.measurements import MAX_BYTES, MAX_MEASUREMENTS, read_measurements
from kanalstrategi.content.numbers import NumberError, parse_number
from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.danish.periods import parse_period

TODAY = date(2026, 3, 1)
HEAD = "periode,værdi,kilde\n"


def problems(text: str | bytes) -> list[str]:
    found = read_measurements(text if isinstance(text, bytes) else text.encode(), TODAY)
    return [f"{diagnostic.line}: {diagnostic.message} – {diagnostic.hint}" for diagnostic in found.diagnostics]


def values(text: str | bytes) -> list[tuple[str, str, str, str]]:
    found = read_measurements(text if isinstance(text, bytes) else text.encode(), TODAY)
    assert found.diagnostics == ()
    return [(row.period.label, danish_number(row.value), row.source, row.note) for row in found.rows]


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2023", "2023"),
        ("2023 1. halvår", "1. halvår 2023"),
        ("1. halvår 2023", "1. halvår 2023"),
        ("2. halvår i 2023", "2. halvår 2023"),
        ("2023 2. kvartal", "2. kvartal 2023"),
        ("2023-K2", "2. kvartal 2023"),
        ("2023k2", "2. kvartal 2023"),
        ("2. kvartal 2023", "2. kvartal 2023"),
        ("2023-05", "maj 2023"),
        ("maj 2023", "maj 2023"),
        ("Maj  2023", "maj 2023"),
    ],
)
def test_periods_as_danes_write_them(written: str, label: str) -> None:
    days = parse_period(written)
    assert days and Period(*days).label == label and parse_period(label) == days


@pytest.mark.parametrize(
    "written", ["", "23", "2023-13", "2023-00", "3. halvår 2023", "5. kvartal 2023", "0. kvartal 2023", "may 2023", "1899", "2023-05-01", "２０２３"]
)
def test_other_periods_are_not_guessed(written: str) -> None:
    assert parse_period(written) is None


@given(st.integers(1900, 2999), st.integers(1, 12), st.sampled_from([1, 3, 6, 12]))
def test_periods_follow_each_other_without_gap(year: int, month: int, months: int) -> None:
    first = (month - 1) // months * months + 1
    words = {1: f"{year}-{first:02}", 3: f"{year}-K{first // 3 + 1}", 6: f"{first // 6 + 1}. halvår {year}", 12: str(year)}[months]
    days = parse_period(words)
    assert days
    period = Period(*days)
    assert period.months == months and (period.following.first - period.last).days == 1 and period.following.months == months


@pytest.mark.parametrize(
    ("written", "number"),
    [("12345", "12345"), ("12.345", "12345"), ("12,5", "12.5"), ("12.345,67", "12345.67"), ("0,345", "0.345"), ("-3", "-3"), ("−3", "-3")],
)
def test_numbers_as_danes_write_them(written: str, number: str) -> None:
    assert parse_number(written) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("12.5", "12.5 er ikke et tal på dansk"),
        ("12,345", "12,345 kan læses på to måder – skriv 12.345, hvis det er tusinder, og 12,3450, hvis det er decimaler"),
        ("1.2345", "1.2345 er ikke et tal på dansk"),
        ("1,234,567", "er ikke et tal på dansk"),
        ("12 345", "»12 345« har mellemrum – skriv tallet uden, eller med punktum mellem tusinder: 12345"),
        ("45 %", "»45 %« er andet end et tal – skriv kun tallet: 45;"),
        ("12 opkald", "er andet end et tal"),
        ("mange", "»mange« er ikke et tal"),
        ("", "tallet mangler"),
        ("1" * 16, "tallet har for mange cifre"),
        ("1" * 60, "tallet har for mange cifre"),
        ("1e5", "er ikke et tal"),
        ("１２", "er ikke et tal"),
        ("NaN", "er ikke et tal"),
    ],
)
def test_other_numbers_are_told_how_to_be_written(written: str, message: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_number(written)
    assert message in str(error.value)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_that_is_shown_is_read_as_the_same(number: Decimal) -> None:
    shown = danish_number(number)
    try:
        assert parse_number(shown) == number
    except NumberError as error:
        assert "kan læses på to måder" in error.message and number != number.quantize(Decimal("0.01"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_as_a_danish_spreadsheet_saves_it(encoding: str, newline: str) -> None:
    text = 'periode;værdi;kilde;bemærkning\n2022;62,5;Borger.dk;\n2021;61;"Borger.dk; selv";"Sagt ""ca."""\n;;;\n'
    assert values(text.replace("\n", newline).encode(encoding)) == [("2021", "61", "Borger.dk; selv", 'Sagt "ca."'), ("2022", "62,5", "Borger.dk", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: filen begynder ikke med periode,værdi,kilde"),
        ("periode,tal,kilde\n", "1: filen begynder ikke med periode,værdi,kilde"),
        ("2023,5,A\n", "1: filen begynder ikke med"),
        ("periode\tværdi\tkilde\n", "1: filen begynder ikke med"),
        (HEAD + "2023,12,5,A\n", '2: linjen har et komma inde i tallet – sæt " om tallet: "12,5"'),
        ("periode,værdi,kilde,bemærkning\n2023,12,5,A\n", "2: kilden er kun et tal – skriv, hvor tallet kommer fra; har værdien decimaler, så"),
        (HEAD + "2023,12\n", "2: linjen har 2 celler, og den skal have 3"),
        (HEAD + "2023;12;A\n", "2: cellerne er delt med ; i linjen, men med , i filens første linje"),
        (HEAD + "2023,12,A,B\n", "2: linjen har 4 celler, og den må højst have 3"),
        (HEAD + "sidste år,12,A\n", "2: perioden »sidste år« kendes ikke"),
        (HEAD + ",12,A\n", "2: perioden mangler"),
        (HEAD + "2026,12,A\n", "2: perioden 2026 er ikke slut før den 31. december 2026"),
        (HEAD + "2023,12.5,A\n", "2: 12.5 er ikke et tal på dansk"),
        (HEAD + "2023,,A\n", "2: tallet mangler"),
        (HEAD + "2023,12,\n", "2: kilden mangler"),
        (HEAD + "2023,12,A\n\n2023,13,A\n", "4: perioden 2023 står allerede i linje 2"),
        (HEAD + "2022,12,A\n2023,13,A\n2023-K1,3,A\n", "4: perioden er ikke lige så lang som de andre, der er år"),
        (HEAD + '2023,12,"A\n', "2: anførselstegnene i linjen passer ikke sammen"),
        (HEAD + f"2023,12,{'A' * 501}\n", "2: cellen kilde er for lang"),
        ("periode;værdi;kilde\n2023;12;Målt\n".encode("cp1252"), "1: teksten er ikke gemt som UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(text: str | bytes, expected: str) -> None:
    assert [problem for problem in problems(text) if problem.startswith(expected)] == problems(text)[:1] != []


def test_all_mistakes_are_told_at_once_and_the_right_lines_are_kept() -> None:
    text = HEAD + "2021,1,A\n2022,1.5,A\n2023,,\n2024,4,A\n"
    assert [problem[:2] for problem in problems(text)] == ["3:", "4:", "4:"]
    assert [row.period.label for row in read_measurements(text.encode(), TODAY).rows] == ["2021", "2024"]


def test_a_file_is_bounded() -> None:
    assert problems(HEAD + "x" * MAX_BYTES) == ["1: filen fylder mere end 100 kB – behold kun tallene for målet i den"]
    months = "".join(f"{year}-{month:02},1,A\n" for year in range(1900, 2000) for month in range(1, 13))
    assert problems(HEAD + months) == [f"{MAX_MEASUREMENTS + 2}: filen har mere end 1000 målinger – slet de ældste, eller skriv længere perioder"]


ALMOST_RIGHT = st.text('",;\n 2023K1.5aå-=', max_size=120).map(lambda text: (HEAD + text).encode())


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode), ALMOST_RIGHT))
def test_no_file_is_too_strange(data: bytes) -> None:
    found = read_measurements(data, TODAY)
    assert found.rows or found.diagnostics or data.decode("utf-8-sig", "replace").strip(' \n\r\t",;').endswith("kilde")
    assert [row.period for row in found.rows] == sorted({row.period for row in found.rows})


@given(
    years=st.lists(st.integers(1950, 2025), unique=True, min_size=1, max_size=20),
    numbers=st.lists(st.decimals(0, 10**9, places=2, allow_nan=False), min_size=20, max_size=20),
    source=st.text("abcæøå ;,\".'0", min_size=1, max_size=20).filter(lambda text: any(map(str.isalpha, text))),
    delimiter=st.sampled_from(";,"),
    has_notes=st.booleans(),
)
def test_every_table_that_is_written_right_is_read_right(years: list[int], numbers: list[Decimal], source: str, delimiter: str, has_notes: bool) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["periode", "værdi", "kilde", *(["bemærkning"] if has_notes else [])])
    rows = list(zip(years, numbers, strict=False))
    for year, number in rows:
        writer.writerow([year, danish_number(number), source, *(["Ja, ca."] if has_notes else [])])
    note = "Ja, ca." if has_notes else ""
    assert values(stream.getvalue().encode()) == [(str(year), danish_number(number), " ".join(source.split()), note) for year, number in sorted(rows)]
