"""Pages that comparable tools publish wrongly, each the smallest example of its kind, with what is right."""

from __future__ import annotations

import re
import unicodedata

import pytest

from kanalstrategi.markdown.nodes import text_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.headings import link_headings

RIGHT = {
    "a sentence that begins with a date": (
        "28. februar 2023 vedtog direktionen strategien.\n\nNæste frist er:\n\n31. december 2025.",
        "<p>28. februar 2023 vedtog direktionen strategien.</p> <p>Næste frist er:</p> <p>31. december 2025.</p>",
    ),
    "a date on the second line of a paragraph": ("Den gælder fra\n1. januar 2026 og\n2. maj 2027.", "<p>Den gælder fra 1. januar 2026 og 2. maj 2027.</p>"),
    "points that begin with dates": (
        "- Møde\n- 28. februar: vedtaget\n- 5. marts: høring",
        "<ul><li>Møde</li> <li>28. februar: vedtaget</li> <li>5. marts: høring</li> </ul>",
    ),
    "steps around a box of code": (
        "1. Åbn.\n2. Skriv:\n\n```\nhej\n```\n\n3. Luk.",
        '<ol><li>Åbn.</li> <li>Skriv:</li> </ol> <pre><code>hej </code></pre> <ol start="3"><li>Luk.</li> </ol>',
    ),
    "steps with a second paragraph, three spaces in": (
        "1. Åbn.\n\n   Vent.\n2. Luk.",
        "<ol><li><p>Åbn.</p> <p>Vent.</p> </li> <li><p>Luk.</p> </li> </ol>",
    ),
    "bullets and then numbers": (
        "- Tag pas med\n- Tag foto med\n\n1. Gå ind\n2. Træk et nummer",
        "<ul><li>Tag pas med</li> <li>Tag foto med</li> </ul> <ol><li>Gå ind</li> <li>Træk et nummer</li> </ol>",
    ),
    "a heading that ends with #": (
        "## Kursus i C#\n\n## Sådan skriver vi #",
        '<h2 id="kursus-i-c">Kursus i C#</h2> <h2 id="saadan-skriver-vi">Sådan skriver vi #</h2>',
    ),
    "a line that begins with a hashtag": ("#voreskommune bruges på alle opslag.", "<p>#voreskommune bruges på alle opslag.</p>"),
    "a table right below text": (
        "Her er priserne:\n| Vare | Pris |\n|---|---|\n| Kop | 10 kr. |",
        "<p>Her er priserne:</p> <table><thead><tr><th>Vare</th> <th>Pris</th> </tr> </thead> <tbody><tr><td>Kop</td> <td>10 kr.</td> </tr> </tbody> </table>",
    ),
    "lines that end with a backslash": ("Rådhuset\\\nTorvet 1\\\n4800 Byen", "<p>Rådhuset<br> Torvet 1<br> 4800 Byen</p>"),
    "an abbreviation": (
        "CPR bruges her, CPRnr ikke.\n\n*[CPR]: Det Centrale Personregister",
        '<p><abbr title="Det Centrale Personregister">CPR</abbr> bruges her, CPRnr ikke.</p>',
    ),
    "terms and their explanations": (
        "Kanal\n:   Den vej, en besked går.\n\nBorger\n:   Den, der bor her.",
        "<dl><dt>Kanal</dt> <dd>Den vej, en besked går.</dd> <dt>Borger</dt> <dd>Den, der bor her.</dd> </dl>",
    ),
    "text that is struck through": ("Det koster ~~100~~ 120 kr.", "<p>Det koster <del>100</del> 120 kr.</p>"),
    "a footnote": (
        "Vi følger loven.[^1]\n\n[^1]: Se kapitel 3.",
        (
            '<p>Vi følger loven.<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref" aria-label="Fodnote 1">1</a></sup></p> '
            '<section class="footnotes" role="doc-endnotes" aria-label="Fodnoter"><ol><li id="fn-1"><p>Se kapitel 3. '
            '<a class="footnote-back" href="#fnref-1" role="doc-backlink" aria-label="Tilbage til teksten ved fodnote 1">↩</a></p> </li> </ol> </section>'
        ),
    ),
}
"""The page, and what is published. Line breaks between elements do not matter."""

REPORTED = {
    "a cell too many": ("| Vare | Pris |\n|---|---|\n| Kop | 10 kr. | husk moms |", [(3, "rækken har 3 felter")]),
    "a stroke in code in a table": ("| a | b |\n|---|---|\n| `x|y` | 2 |", [(3, "rækken har 3 felter"), (3, "` har ikke gjort")]),
    "letters instead of numbers": ("Du skal:\n\na) bo her\nb) være 18 år", [(3, "a) laver ikke en liste")]),
    "bullets of a word processor": ("§\tPunkt\n§\tPunkt to", [(1, "§ laver ikke en liste"), (2, "§ laver ikke en liste")]),
    "a point without a space": ("-Uden mellemrum", [(1, "- laver ikke en liste")]),
    "a number without a space": ("1.Uden mellemrum", [(1, "1. laver ikke en liste")]),
    "a heading without a space": ("Tekst.\n\n##Titel", [(3, "##Titel er ikke læst som en overskrift")]),
    "bold text right before a word": ("**Ring:**tekst", [(1, "** gør ikke teksten fed")]),
    "a lowered number": ("H~2~O", [(1, "~ om en tekst gør ingenting")]),
    "marked text": ("Det er ==vigtigt==.", [(1, "== fremhæver ikke teksten")]),
    "a footnote without a text": ("Se loven.[^1]", [(1, "fodnoten [^1] har ingen tekst")]),
    "a text that no footnote refers to": ("Tekst.\n\n[^1]: Note.", [(3, "ingen henviser til fodnoten [^1]")]),
    "a link to what is not defined": ("Se [siden][mangler].", [(1, "linket henviser til [mangler], som ikke findes")]),
    "a link with a space in its URL": ("Se [siden](min side.md).", [(1, "linket er ikke læst som et link")]),
    "a table that is none": (
        "Priser\n|---|---|",
        [(2, "linjen |---|---| har ikke gjort teksten til en tabel"), (2, "linjen med | er ikke læst som en tabel")],
    ),
    "attributes of nothing": ("{: .lead }\n\nTekst.", [(1, "{: … } hører ikke til noget")]),
    "numbers that do not follow": ("1. A\n2. B\n5. C", [(3, "nummer 5 kommer efter nummer 2")]),
    "a number below HTML that no page can have": ("<x><x>\n1. b", [(1, "HTML-mærket <x> kan ikke bruges"), (1, "HTML-mærket <x> kan ikke bruges")]),
    "several lines above a rule": ("En\nto\n---", [(1, "flere linjer bliver til én overskrift")]),
}
"""The page, and the line and the message of each error."""


def published(text: str) -> str:
    parsed = parse(text)
    assert [(found.line, found.message) for found in parsed.diagnostics] == []
    return re.sub(r"\s+", " ", write_html(parsed.root.children)).strip()


@pytest.mark.parametrize("kind", RIGHT)
def test_what_an_editor_means_is_published(kind: str) -> None:
    text, expected = RIGHT[kind]
    assert published(text) == expected


@pytest.mark.parametrize("kind", REPORTED)
def test_markup_that_does_not_take_is_reported(kind: str) -> None:
    text, expected = REPORTED[kind]
    found = parse(text).diagnostics
    assert [diagnostic.line for diagnostic in found] == [line for line, _ in expected]
    for diagnostic, (_, message) in zip(found, expected, strict=True):
        assert message in diagnostic.message and diagnostic.hint


def test_a_link_without_text_has_no_content() -> None:
    (link,) = parse("[](https://www.borger.dk)").links
    assert not link.has_content


def test_spaces_in_an_address_are_published_as_browsers_want_them() -> None:
    assert 'href="https://example.dk/Min%20plan.pdf"' in published("Se [planen](<https://example.dk/Min plan.pdf>).")


def test_letters_of_two_characters_give_the_same_ids_as_those_of_one() -> None:
    text = "## Ændringer på årets helligdage\n\n## Café"
    for form in ("NFC", "NFD"):
        headings = [block.id for block in parse(unicodedata.normalize(form, text)).blocks]
        assert headings == ["aendringer-paa-aarets-helligdage", "cafe"]


def test_soft_hyphens_are_not_in_ids() -> None:
    parsed = parse("## Sel\u00advbetjenings\u00adløsning")
    assert [block.id for block in parsed.blocks] == ["selvbetjeningsloesning"]
    root = parsed.root
    assert [entry.id for entry in link_headings(root)] == ["selvbetjeningsloesning"]
    assert "\u00ad" in text_of(root)  # it stays where a browser may break the word
