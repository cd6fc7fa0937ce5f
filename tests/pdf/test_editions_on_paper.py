"""The documents of editions: cover, header and metadata name the edition and its state, and in a hearing each point has its reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from kanalstrategi.content.edition_model import Edition, EditionState, Strategy
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Document, Organisation, Owner
from kanalstrategi.markdown.parser import parse
from kanalstrategi.pdf.cover import document_facts
from kanalstrategi.pdf.engine import make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.adopted_text import pages_as_text

SITE = "https://byen.example/"
FRONT, CHANNEL = "# Strategi 2026\n\nTekst.\n", "# Telefon\n\nVi taler sammen.\n\n## Det betyder, at\n\n- vi skal ringe\n    {: #telefon-ring }\n"
PROPOSAL = Edition("2026", "Strategi 2026", "udgaver/2026/", "udgaver/2026/", EditionState.PROPOSAL)
IN_HEARING = replace(PROPOSAL, state=EditionState.CONSULTATION, consultation=(date(2026, 1, 10), date(2026, 1, 20)))
SUPERSEDED = replace(
    PROPOSAL,
    state=EditionState.SUPERSEDED,
    adopted=date(2025, 1, 1),
    adopted_by="byrådet",
    superseded=date(2026, 1, 1),
    superseded_by="2030",
    successor="Ny strategi",
)
LAPSED = replace(PROPOSAL, state=EditionState.LAPSED, lapsed=date(2026, 1, 1))


def content(edition: Edition) -> Content:
    """Return the content of an edition: a front page and a channel."""
    folder = edition.folder
    owner, today = Owner("hus", "Huset"), date(2026, 1, 15)
    status = Status.ADOPTED if edition.state.was_adopted else Status.DRAFT
    front = Page(f"{folder}index.md", folder, "Strategi 2026", "Om strategien.", owner, status, today, today)
    channel = replace(front, path=f"{folder}kanaler/telefon.md", url=f"{folder}kanaler/telefon/", title="Telefon")
    document = Document("kanalstrategi", "Strategien", front.path, (channel.path,), folder=folder)
    return Content(
        organisation=Organisation(name="Byen", documents={document.id: document}),
        today=today,
        strategy=Strategy(today, "", None),
        pages={page.path: page for page in (front, channel)},
        groups=(),
        passages={},
        edition=edition,
        replacements={front.path: "", channel.path: "kanaler/telefon/"},
    )


def facts_of(of_edition: Content) -> DocumentFacts:
    (document,) = of_edition.organisation.documents.values()
    return document_facts(document, of_edition, site_url=SITE)


def printed(of_edition: Content) -> PrintDocument:
    def page(text: str, record: Page) -> PrintPage:
        return PrintPage(record.url, render_page(parse(text), record, of_edition, MACROS, files=(), assets="", site_url=SITE).root)

    front, channel = of_edition.pages.values()
    return assemble(facts_of(of_edition), page(FRONT, front), [page(CHANNEL, channel)])


@pytest.mark.parametrize(
    ("edition", "name", "standing", "cover", "newest"),
    [
        (PROPOSAL, "Strategi 2026 – forslag", "Forslag", ("Forslag – gælder ikke",), "udgaver/2026/pdf/kanalstrategi.pdf"),
        (
            IN_HEARING,
            "Strategi 2026 – i høring",
            "I høring til 20. januar 2026",
            ("I høring fra 10. januar 2026 til 20. januar 2026", "Forslag. Ikke vedtaget"),
            "udgaver/2026/pdf/kanalstrategi.pdf",
        ),
        (
            SUPERSEDED,
            "Strategi 2026 – afløst",
            "Afløst 1. januar 2026",
            ("Vedtaget den 1. januar 2025 af byrådet", "Afløst den 1. januar 2026 af Ny strategi"),
            "pdf/kanalstrategi.pdf",
        ),
        (
            LAPSED,
            "Strategi 2026 – bortfaldet",
            "Bortfaldet 1. januar 2026",
            ("Bortfaldet den 1. januar 2026", "Forslag. Ikke vedtaget"),
            "pdf/kanalstrategi.pdf",
        ),
    ],
    ids=["proposal", "consultation", "superseded", "lapsed"],
)
def test_a_document_says_what_its_edition_is(edition: Edition, name: str, standing: str, cover: tuple[str, ...], newest: str) -> None:
    facts = facts_of(content(edition))
    assert (facts.name, facts.standing, facts.cover_lines) == (name, standing, cover)
    assert assemble(facts, PrintPage("", parse(FRONT).root), []).newest == SITE + newest


def test_the_document_of_the_edition_in_force_says_what_it_has_always_said() -> None:
    facts = facts_of(content(replace(PROPOSAL, state=EditionState.ADOPTED, folder="", url="")))
    assert (facts.name, facts.standing, facts.newest_url) == ("", "", "")
    assert facts.newest_words == "Den nyeste udgave findes på"


def test_every_page_names_the_edition_and_its_state_and_each_point_its_reference(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    make_pdf(printed(content(IN_HEARING)), tmp_path, file)  # audits it, too
    cover, *pages = (" ".join(page.split()) for page in pages_as_text(file))
    assert "I høring fra 10. januar 2026 til 20. januar 2026" in cover
    assert pages and all(page.startswith("Strategi 2026") and "I høring til 20. januar 2026" in page for page in pages)
    assert "Vi taler sammen. Punkt telefon-2" in " ".join(pages) and "vi skal ringe Punkt telefon-ring" in " ".join(pages)
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Strategi 2026 – i høring"
