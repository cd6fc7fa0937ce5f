"""A link that readers cannot use is reported with what to write instead."""

from __future__ import annotations

import pikepdf
import pytest

from tests.support.project import Project

PAGE = "docs/strategi/formaal.md"


def reported(project: Project, text: str) -> list[str]:
    """Return what is reported on a page that ends with a text, without its place."""
    page = (project.root / PAGE).read_text(encoding="utf-8")
    project.write(PAGE, f"{page}\n\n{text}\n")
    line = page.count("\n") + 3
    found = project.check()
    assert all(message.startswith(f"{PAGE}:{line}: ") for message in found)
    return [message.removeprefix(f"{PAGE}:{line}: ") for message in found]


@pytest.mark.parametrize("target", ["https://www.borger.dk", "vision-og-maal.md", "#formaal"])
@pytest.mark.parametrize("text", ["", " "])
def test_a_link_without_text_is_reported(project: Project, target: str, text: str) -> None:
    wanted = f"linket {target} har ingen tekst – skriv, hvor det fører hen: [tekst]({target})"
    assert wanted in reported(project, f"Se [{text}]({target}).")


def test_a_link_with_an_image_as_its_text_has_content(project: Project) -> None:
    assert reported(project, "[![Kommunens forside](../billeder/forside.svg)](https://www.borger.dk)") == []


def test_mellemrum_i_adresse_is_reported_with_the_address_to_write(project: Project) -> None:
    assert reported(project, "Se [planen](<https://example.dk/Min plan 2026.pdf>).") == [
        "adressen https://example.dk/Min plan 2026.pdf indeholder mellemrum – skriv %20 for hvert mellemrum: https://example.dk/Min%20plan%202026.pdf"
    ]


def test_the_address_that_the_hint_gives_is_accepted(project: Project) -> None:
    assert reported(project, "Se [planen](https://example.dk/Min%20plan%202026.pdf).") == []


def test_a_file_that_is_no_image_cannot_be_shown_as_one(project: Project) -> None:
    assert reported(project, "![Visionen](vision-og-maal.md)") == [
        "filen vision-og-maal.md er ikke et billede – skriv den som et link, uden !: [tekst](vision-og-maal.md)"
    ]


def test_a_link_to_an_attachment_is_accepted_where_there_is_one(project: Project) -> None:
    (project.root / "docs/bilag").mkdir()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(project.root / "docs/bilag/plan.pdf")
    assert reported(project, "Se [planen](../bilag/plan.pdf#page=1).") == []
