"""Where answers to a hearing go, and the e-mail or the address that one begins with."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.consultation import MAX_MAIL_CHARACTERS, answer_url
from kanalstrategi.content.edition_model import Consultation
from kanalstrategi.content.organisation import read_organisation
from kanalstrategi.content.organisation_model import Organisation
from kanalstrategi.diagnostics import Diagnostic

TITLE = "Kanalstrategi 2026-2029"


def read(root: Path, settings: str) -> tuple[Organisation, list[Diagnostic]]:
    file = root / "mkdocs.yml"
    file.write_text(f"extra:\n  organisation: Prøveby\n{settings}nav:\n", encoding="utf-8")
    diagnostics: list[Diagnostic] = []
    return read_organisation(read_config_file(file), (), diagnostics), diagnostics


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("url: https://svar.example/?punkt={reference}", Consultation(url="https://svar.example/?punkt={reference}")),
        ("email: hoering@proeveby.example", Consultation(email="hoering@proeveby.example")),
    ],
)
def test_a_portal_or_an_address_is_read(tmp_path: Path, setting: str, expected: Consultation) -> None:
    organisation, diagnostics = read(tmp_path, f"  consultation:\n    {setting}\n")
    assert (organisation.consultation, diagnostics) == (expected, [])


def test_no_setting_is_no_mistake(tmp_path: Path) -> None:
    organisation, diagnostics = read(tmp_path, "")
    assert (organisation.consultation, diagnostics) == (None, [])


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ("  consultation:\n    url: http://svar.example/\n", 4, "ikke en adresse"),
        ("  consultation:\n    url: https://{reference}.example/\n", 4, "ikke en adresse"),
        ("  consultation:\n    url: https://svar.example/{punkt}\n", 4, "ikke en adresse"),
        ("  consultation:\n    email: hoering\n", 4, "kan ikke være hoering"),
        ("  consultation:\n    email: a@b.dk?bcc=c@d.dk\n", 4, "kan ikke være"),
        ("  consultation:\n    url: https://svar.example/\n    email: a@b.dk\n", 5, "både url og email"),
        ("  consultation:\n    mail: a@b.dk\n", 4, "consultation.mail kendes ikke"),
        ("  consultation: her\n", 3, "siger ikke, hvor man svarer"),
    ],
)
def test_a_wrong_setting_is_reported_at_its_line_and_not_used(tmp_path: Path, settings: str, line: int, message: str) -> None:
    organisation, diagnostics = read(tmp_path, settings)
    assert organisation.consultation is None
    assert any(diagnostic.line == line and message in diagnostic.message for diagnostic in diagnostics)
    assert all(diagnostic.file == "mkdocs.yml" and diagnostic.hint for diagnostic in diagnostics)


def test_the_reference_is_filled_into_the_address_of_a_portal() -> None:
    portal = Consultation(url="https://svar.example/?punkt={reference}&sag=7")
    assert answer_url(portal, TITLE, reference="telefon ring&æ") == "https://svar.example/?punkt=telefon%20ring%26%C3%A6&sag=7"


def test_an_email_names_the_point_and_quotes_its_first_words() -> None:
    text = "vi skal ringe & svare, når 100 % ønsker det = altid? " * 9
    mail = answer_url(Consultation(email="h+x@b.dk"), TITLE, reference="telefon-ring", text=text, place="https://b.dk/udgaver/x/#telefon-ring")
    parts = urlsplit(mail)
    assert (parts.scheme, parts.path) == ("mailto", "h%2Bx@b.dk")
    assert "+" not in mail and parts.fragment == ""
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields["subject"] == [f"Høringssvar: {TITLE}, telefon-ring"]
    lines = fields["body"][0].split("\r\n")
    assert lines[:2] == [f"Forslag: {TITLE}", "Punkt: telefon-ring"]
    assert lines[2].startswith("»vi skal ringe & svare, når 100 %") and lines[2].endswith(" …«")
    assert lines[3:] == ["https://b.dk/udgaver/x/#telefon-ring", "", "Vores svar:", ""]


@pytest.mark.parametrize("title", [TITLE, "Æøå " * 400, "å" * 5000])
def test_an_email_is_never_longer_than_mail_programs_open(title: str) -> None:
    mail = answer_url(Consultation(email="a@b.dk"), title, reference="x" * 60, text="ÆØÅ " * 500, place="https://b.dk/" + "y/" * 60)
    assert len(mail) <= MAX_MAIL_CHARACTERS
    unquote(mail, errors="strict")
