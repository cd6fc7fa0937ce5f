"""What a page says about its adoption and its changes since: read as it was written, with each mistake at its line."""

from __future__ import annotations

from datetime import date

import pytest

from kanalstrategi.content.edition_model import Adoption
from kanalstrategi.content.model import Page
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.content.pages import read_page
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.parser import parse

ORGANISATION = Organisation(owners={"skoler": Owner("skoler", "Skolerne")})
FRONT = "---\ndescription: Om det.\nowner: skoler\nstatus: {status}\nreviewed: 2026-01-01\nreview_by: 2027-01-01\n{more}\n---\n\n# Skoler\n"


def read(more: str, status: str = "adopted", path: str = "retningslinjer/skoler.md") -> tuple[Page, list[str]]:
    diagnostics: list[Diagnostic] = []
    page = read_page(path, parse(FRONT.format(status=status, more=more)), ORGANISATION, date(2026, 3, 31), diagnostics)
    return page, [f"{one.line}: {one.message}" for one in diagnostics]


def test_changes_are_read_with_their_lines() -> None:
    page, told = read("changed:\n  - \"2026-03-01: Telefontiden er rettet.\"\n  # en note\n  - '2026-02-01:  Mail: kun\n    hverdage.'")
    assert told == []
    assert [(one.day.isoformat(), one.sentence, one.line) for one in page.changed] == [
        ("2026-03-01", "Telefontiden er rettet.", 8),
        ("2026-02-01", "Mail: kun hverdage.", 10),
    ]
    page, told = read('changed: "2026-03-01: Telefontiden er rettet."', path="kanaler/telefon.md")
    assert told == [] and [(one.sentence, one.line) for one in page.changed] == [("Telefontiden er rettet.", 7)]
    assert read("changed:")[0].changed == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1. marts: Rettet.", "ændringen »1. marts: Rettet.« begynder ikke med en dato og et kolon"),
        ("2026-03-01 Rettet.", "ændringen »2026-03-01 Rettet.« begynder ikke med en dato og et kolon"),
        ("1026-03-01: Rettet.", "ændringen »1026-03-01: Rettet.« begynder ikke med en dato og et kolon"),
        ("2026-02-30: Rettet.", "datoen 2026-02-30 i changed findes ikke"),
        ("2026-03-01:", "ændringen 2026-03-01 har ingen sætning"),
        ("2026-03-01: …", "ændringen 2026-03-01 har ingen sætning"),
        ("2999-03-01: Rettet.", "ændringen 2999-03-01 er sket på en dato, der ikke er kommet"),
        ("2026-01-05: Rettet.", "der står to ændringer fra 2026-01-05"),
    ],
)
def test_a_mistake_is_reported_at_its_line(written: str, message: str) -> None:
    page, told = read(f'changed:\n  - "2026-01-05: Mere."\n  - "{written}"')
    assert told == [f"9: {message}"] and len(page.changed) == 1


def test_a_draft_has_neither_changes_nor_an_adoption() -> None:
    assert read('changed: "2026-03-01: Rettet."', "draft")[1] == ["7: siden har changed, men er et udkast"]
    assert read("adopted: 2026-03-01", "draft")[1] == ["7: siden har adopted, men er et udkast"]


def test_the_adoption_of_a_guideline_is_read() -> None:
    page, told = read("adopted: 2026-03-03\nadopted_by: skoleudvalget")
    assert told == [] and page.adoption == Adoption(date(2026, 3, 3), "skoleudvalget")
    assert read("adopted: 2026-03-03")[0].adoption == Adoption(date(2026, 3, 3))
    assert read("adopted: 2999-03-03")[1] == ["7: siden er vedtaget på en dato, der ikke er kommet"]
    assert read("adopted_by: skoleudvalget")[1] == ["1: feltet adopted mangler"]
    assert read("adopted: 2026-03-03\nadopted_by:")[1] == ["8: feltet adopted_by er tomt eller ikke tekst"]
    assert read("")[0].adoption is None and read("adopted: 2026-03-03", path="index.md")[0].adoption is None
