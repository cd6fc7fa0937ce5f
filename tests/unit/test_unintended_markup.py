"""Text that Markdown would take for markup, or swallow, is reported with its line; what looks much like it and is right is not."""

from __future__ import annotations

import pytest

from kanalstrategi.markdown.nodes import text_of
from kanalstrategi.markdown.parser import parse

REPORTED = {
    "a product": ("Feltet er\n2*3*4 cm.", 2, "* mellem to tal gør teksten kursiv"),
    "a product of words": ("længde*bredde*højde", 1, "* gør »bredde« kursiv"),
    "an asterisk in parentheses": ("Felter med (*) skal udfyldes. (*) gælder alle.", 1, "* gør ») skal udfyldes. (« kursiv"),
    "a backtick for an apostrophe": ("pc`er og cd`er", 1, "` midt i et ord gør teksten til kode"),
    "a phone number": ("Ring:\n\n+ 45 54 73 10 00", 3, "+ foran et tal bliver til et punkt"),
    "a line that begins with a plus": ("Prisen er 100\n+ moms.", 2, "+ først på linjen gør den til et punkt"),
    "opening hours": ("Åbent kl. 8\n- 16.", 2, "- først på linjen gør den til et punkt"),
    "more than a number": ("> 18 år: gratis", 1, "> foran et tal bliver til et citat"),
    "a point without text": ("a\n\n*\n\nb", 3, "punktet har ingen tekst"),
    "the line of a signature": ("Med venlig hilsen\n--", 1, "-- gør linjen over til en overskrift"),
    "a point that is being written": ("Husk:\n-\n- foto", 1, "- gør linjen over til en overskrift"),
    "text right below a table": ("| a |\n|---|\n| b |\nTekst.", 4, "linjen er blevet til en række i tabellen"),
    "a point below a stroke": ("Kop |\n- |", 1, "- og en streg gør linjen over til en tabel"),
    "a table of one column": ("Kop|\n---", 1, "--- gør linjen over til en overskrift, ikke en tabel"),
    "a table with a ruler of one column": ("Kop | Kande\n---\na | b", 1, "--- gør linjen over til en overskrift, ikke en tabel"),
    "a smiley on a line of its own": ("Velkommen\n:-)", 2, ": først på linjen gør linjen over til et ord med en forklaring"),
    "a sentence with an explanation": ("Vi har åbent\nhver dag\n: hele året", 1, "flere linjer bliver til ét ord med en forklaring"),
    "a box with an explanation": ('!!! note "Husk"\n    Ring.\n\n: til os', 1, ": gør boksen over linjen til et ord med en forklaring"),
    "a box with an explanation right below": ('Åbent\n\n!!! note "Husk"\n    Ring.\n: til os', 3, ": gør boksen over linjen til et ord med en forklaring"),
    "a word in brackets": ("[Udkast]: 2024", 1, "linjen med [udkast]: kommer ikke på siden"),
    "two addresses of one name": ("[a] [b][a]\n\n[a]: b.md\n[a]: c.md", 4, "henvisningen [a]: står to gange"),
    "brackets right before an escaped bracket": ("[a]\\[a] b\n\n[a]: c.md", 1, "] lige foran \\[ bliver til et link"),
    "a number with a nought": ("01. Første\n02. Anden", 1, "nummer 01 bliver til 1 i listen"),
    "code that begins behind its fence": ("```Skriv dette:\na\n```", 1, "»Skriv dette:« bliver ikke vist"),
    "a path on the network": ("Læg den i \\\\server\\mappe\\fil.docx.", 1, "\\\\ mister et \\"),
    "a path on a drive": ("Læg den i M:\\_sager.", 1, "M:\\ mister et \\"),
    "a sign that nobody sees": ("a&#8203;b", 1, "linjen indeholder et usynligt tegn"),
    "a note without text": ("a[^1]\n\n[^1]:\n\nb", 3, "fodnoten har ingen tekst"),
    "a link without an address": ("[a]()", 1, "linket har ingen adresse"),
    "a link with a space in the middle": ("[tekst] (https://www.borger.dk)", 1, "linket er ikke læst som et link"),
    "a link over two lines": ("[a](b\nc)", 1, "linket er ikke læst som et link"),
    "a link of a wiki": ("[[Side]]", 1, "[[ laver ikke et link"),
    "an image with a space in the middle": ("![alt] (a.png)", 1, "billedet er ikke læst som et billede"),
    "a table of contents": ("[TOC]", 1, "[TOC] laver ikke en indholdsfortegnelse"),
    "emphasis with a space": ("Det er *vigtigt * her.", 1, "* gør ikke teksten kursiv her"),
    "a lone backtick": ("Skriv `kode her", 1, "` har ikke gjort teksten til kode"),
    "a point too far in": ("- a\n      - b", 2, "- står så langt inde, at det bliver tekst"),
    "a heading too far in": ("a\n    ## b", 2, "## står så langt inde, at det bliver tekst"),
    "numbers right below text": ("Trin:\n2. Anden\n3. Tredje", 2, "2. laver ikke en liste"),
    "Roman numerals": ("I. Indledning\nII. Formål", 1, "I. laver ikke en liste"),
    "dashes for points": ("– et\n– to", 1, "– laver ikke en liste"),
    "a task without a space": ("- [] Telefontid", 1, "[] laver ikke en opgave"),
    "a task outside a list": ("[ ] Telefontid", 1, "[ ] laver ikke en opgave her"),
    "a ruler in a sentence": ("Skriv |---| her", 1, "|---| laver ikke en tabel"),
    "a rule of equals signs": ("a\n\n===\n\nb", 3, "=== laver ikke en overskrift her"),
    "a tag that never ends, in HTML": ("<div>\n\na\n\n</div>\n<b a='", 6, "<b er ikke læst som HTML"),
    "an instruction that never ends": ("<?php x", 1, "<? er ikke læst som HTML"),
    "too many cells": ("|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|b|\n" * 200, 101, "siden har for mange felter i tabeller"),
}
"""The page, the line of the mistake, and how its message begins."""
FINE = [
    "Feltet er 2 * 3 * 4 cm.",
    "**S**pecifikt og **M**ålbart",
    "Vi skal:\n+ ringe",
    "> 1. maj er en fridag.",
    "> 18 år er grænsen,\n> siger loven.",
    "- 5. marts: høring",
    "| a |\n|---|\n| b |\n\nTekst.",
    "Se [a].\n\n[a]: b.md",
    "Se [a]\\[b].",
    "\\[a](b c)",
    "\\[Udkast]: 2024",
    "```yaml\na: b\n```",
    "`\\\\server\\mappe` og C:\\mappe",
    "a[^1]\n\n[^1]:\n    b",
    "- [ ] Telefontid",
    "Kop \\| Kande\n---",
    "|Kop|\n|---|\n|a|",
    "R&D, AT&T, ?a=1&copy=2 og &copy;",
    "<div>\n\n1 < 2\n\n</div>",
]
"""Pages of which nothing is reported."""
ORDINARY = """\
Prisen er 100 kr.* (§ 5, stk. 2) og 50 %.
Filen a_b_c.docx ligger i C:\\mappe\\sager.
2 * 3 = 6, x < y, < 18 år, ca. ~ 100 og -5 grader.
Navn: ____ Dato: ____
[udkast] og (jf. [1])
AT&T, B&O, C#, C++, F#, .NET
1.000 kr., 1.200,- kr. og kl. 8-16
#voreskommune og nr. #1
Mødt?! Ja!!!
og/eller, e-mail@kommune.dk, https://www.borger.dk/?a=1&b=2
»Citat« – og 'enkelt' samt {navn} og {12}
Ring 54 73 10 00 (+45 54 73 10 00) :-)
3. sal th., 1. maj og 24. december
10^6, m², A == B, a != b, => og <-
Sag 2024-0012/3 | bilag 4"""


@pytest.mark.parametrize("case", REPORTED)
def test_what_is_probably_not_meant_is_reported(case: str) -> None:
    text, line, message = REPORTED[case]
    found = [(diagnostic.line, diagnostic.message) for diagnostic in parse(text).diagnostics]
    assert [at for at, words in found if at == line and words.startswith(message)], found


@pytest.mark.parametrize("text", FINE)
def test_what_is_right_is_not_reported(text: str) -> None:
    assert parse(text).diagnostics == ()


def test_ordinary_text_comes_out_as_it_is() -> None:
    for separator in ("\n", "\n\n"):
        parsed = parse(ORDINARY.replace("\n", separator))
        assert parsed.diagnostics == () and parsed.macro_diagnostics == ()
        assert "\n".join(map(text_of, parsed.root.children)) == ORDINARY


def test_a_box_below_a_list_is_not_in_the_list() -> None:
    for above in ("- a", "1. A", "> a", "a\n: b", "- a\n\n  b", "| a |\n|---|\n| b |", "a"):
        (*_, box) = parse(f'{above}\n!!! note "T"\n    c').root.children
        assert text_of(box) == "Tc", above
    (item_list,) = parse('- a\n  !!! note "T"\n      c').root.children
    assert "Tc" in text_of(item_list)
