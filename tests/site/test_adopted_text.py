"""The site and the PDF hold the adopted text word for word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kanalstrategi.checks.readability import lix
from tests.support.adopted_text import article, body_text, normal, page_structure, site_text, source_sentences, source_structure

OF_THE_SCREEN = (
    "gå til hovedindhold",
    "du kan læse hele strategien ved at åbne punkterne nedenfor.",
    "ønsker du at downloade kanalstrategien som pdf kan du finde den nederst på denne side.",
    "download kanalstrategien (nyt vindue)",
)
"""What the source says of the page that it stood on, which makes no sense on paper."""


def missing(text: str) -> list[str]:
    """Return the sentences that stand less often in a text than in the source."""
    expected = Counter(normal(sentence) for sentence in source_sentences())
    expected["kanalstrategi 2023-2025"] -= 1  # the title, which the menu of the source page repeats
    without_spaces = squeezed(text)  # a line of print may break after a slash
    return [sentence for sentence, times in expected.items() if without_spaces.count(squeezed(sentence)) < times]


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def test_the_source_is_read_whole() -> None:
    sentences = source_sentences()
    assert "vi skal ringe, når vi i den enkelte sag vurderer, at det er mere effektivt end skriftlig dialog for både borgerne og os" in sentences
    assert "Det kan medføre ventetid og ekstra brug af ressourcer for både borgerne og os." in sentences
    assert len(sentences) > 120


def test_site_holds_every_sentence(site: Path) -> None:
    assert missing(site_text(site)) == []


def test_pdf_holds_every_sentence(pdf: Path) -> None:
    # Without the header and the page number, which stand in a sentence that goes on on the next page.
    assert set(missing(normal(body_text(pdf)))) == set(OF_THE_SCREEN)


def test_a_missing_word_is_noticed(site: Path) -> None:
    rule = "vi skal informere om brede og ikke-personfølsomme emner"
    assert missing(site_text(site).replace(rule, "vi skal informere om brede emner")) == [rule]


def test_a_rule_that_stands_in_one_place_fewer_is_noticed(site: Path) -> None:
    rule = "vi skal sikre, at regler for notatpligt og journalisering overholdes."
    text = site_text(site)
    assert text.count(rule) == 2  # and a third time without its full stop
    assert missing(text.replace(rule, "", 1)) == [rule]


CHAPTERS = (
    "strategi/om-kanalstrategien", "strategi/formaal", "strategi/vision-og-maal", "strategi/digital-inklusion",
    "kanaler", "kanaler/hjemmeside-og-selvbetjening", "kanaler/presse-sociale-medier-og-annoncer",
    "kanaler/telefon-og-videomoeder", "kanaler/skriftlig-kommunikation", "kanaler/personligt-fremmoede",
)  # fmt: skip - laid out by hand, as a table

WRITTEN_ANEW = {
    "Om kanalstrategien", "Formål", "Kerneopgaven", "Strategiens sigte", "Kommunikationsstrategisk",
    "Digitaliseringsstrategisk", "Vision og mål", "Digital inklusion", "Kanalerne",
    "Hjemmesider og selvbetjening", "Hjemmeside", "Digital selvbetjening", "Presse, sociale medier og annoncer",
    "Telefon og videomøder", "Telefon", "Videomøder", "Digital og analog skriftlig kommunikation",
    "Digital og analog post", "Mails", "Personligt fremmøde",
}  # fmt: skip - laid out by hand, as a table
"""Headings that the copied source lacks."""

PULL_QUOTES = (
    (
        "Kanalstrategien skal være medvirkende til at realisere vores byråds politiske intention om, "
        "at borgerne skal opleve vores kommunikation og dialog som åben, tilgængelig og imødekommende."
    ),
    "En øget brug af digitaliseret kommunikation vil derudover betyde, at vi har bedre mulighed for at passe godt på borgernes data.",
    "Borgerne skal kunne stole på, at vi håndterer al information på en sikker og ansvarlig måde, der overholder gældende lovgivning.",
)


def test_what_is_said_in_short_is_marked_as_no_part_of_the_adopted_text(site: Path, pdf: Path) -> None:
    on_paper = squeezed(normal(body_text(pdf)))
    for chapter in CHAPTERS:
        [box] = article(site, chapter).find_class("in-short")
        title, text = (part.text_content() for part in box)
        assert title == "Kort fortalt – ikke en del af den vedtagne tekst"
        assert lix([text]) < 35 and text not in [words for _, words in page_structure(site / chapter / "index.html")]
        assert squeezed(normal(title + text)) in on_paper, chapter


def once(structure: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the repetition of pull quotes, which may stand anywhere on the page."""
    seen: set[str] = set()
    first_only = []
    for kind, words in structure:
        if not (words in PULL_QUOTES and words in seen):
            first_only.append((kind, normal(words)))
        seen.add(words)
    return first_only


def test_nothing_is_added_or_moved_and_headings_and_bullets_are_what_they_were(site: Path) -> None:
    ours = [
        sentence
        for chapter in CHAPTERS
        for sentence in page_structure(site / chapter / "index.html")
        if sentence[0] != "heading" or sentence[1] not in WRITTEN_ANEW
    ]
    adopted = source_structure()
    start = adopted.index(("heading", "Hvad er en kanal?"))
    end = [words for _, words in adopted].index("Download Kanalstrategien (nyt vindue)")
    theirs = [sentence for sentence in adopted[start:end] if sentence != ("text", "Indhold")]
    assert once(ours) == once(theirs)
