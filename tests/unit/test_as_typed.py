"""What an editor types is what is published, or is reported with its line: no character is changed, dropped or shown as markup by accident."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from kanalstrategi.markdown.nodes import Element, text_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html


def html_of(text: str) -> str:
    """Return the HTML of a page without mistakes."""
    parsed = parse(text)
    assert parsed.diagnostics == ()
    return write_html(parsed.root.children)


def reported(text: str) -> list[tuple[int, str]]:
    """Return the line and the message of each mistake on a page."""
    return [(diagnostic.line, diagnostic.message) for diagnostic in parse(text).diagnostics]


SIMPLY_WORKS = {
    "a list right below a paragraph": ("Vi skal:\n- ringe\n- skrive", "<p>Vi skal:</p>\n<ul><li>ringe</li>\n<li>skrive</li>\n</ul>\n"),
    "a quote right below a paragraph": ("a\n> b", "<p>a</p>\n<blockquote><p>b</p>\n</blockquote>\n"),
    "a table right below a paragraph": (
        "Priser:\n| a |\n|---|\n| b |",
        "<p>Priser:</p>\n<table><thead><tr><th>a</th>\n</tr>\n</thead>\n<tbody><tr><td>b</td>\n</tr>\n</tbody>\n</table>\n",
    ),
    "a list right below a table": (
        "| a |\n|---|\n| b |\n- c",
        "<table><thead><tr><th>a</th>\n</tr>\n</thead>\n<tbody><tr><td>b</td>\n</tr>\n</tbody>\n</table>\n<ul><li>c</li>\n</ul>\n",
    ),
    "a box right below a paragraph": (
        'Tekst\n!!! note "Husk"\n    a',
        '<p>Tekst</p>\n<div class="admonition note"><p class="admonition-title">Husk</p>\n<p>a</p>\n</div>\n',
    ),
    "numbers with a parenthesis": ("1) a\n2) b", "<ol><li>a</li>\n<li>b</li>\n</ol>\n"),
    "numbers followed by a tab": ("1.\ta\n2.\tb", "<ol><li>a</li>\n<li>b</li>\n</ol>\n"),
    "a list that begins with another number": ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li>\n</ol>\n'),
    "numbers below bullets": ("- a\n\n1. b\n2. c", "<ul><li>a</li>\n</ul>\n<ol><li>b</li>\n<li>c</li>\n</ol>\n"),
    "a list within a list, two spaces in": ("- a\n  - b", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n"),
    "a list within a list, four spaces in": ("- a\n    - b", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n"),
    "a list within numbers, three spaces in": ("1. A\n   - b", "<ol><li>A<ul><li>b</li>\n</ul>\n</li>\n</ol>\n"),
    "a second paragraph, three spaces in": ("1. a\n\n   b\n2. c", "<ol><li><p>a</p>\n<p>b</p>\n</li>\n<li><p>c</p>\n</li>\n</ol>\n"),
    "code within a list": (
        "1. a\n\n    ```\n    b\n    ```\n\n2. c",
        "<ol><li><p>a</p>\n<pre><code>b\n</code></pre>\n</li>\n<li><p>c</p>\n</li>\n</ol>\n",
    ),
    "code between numbers": (
        "1. A\n2. B:\n\n```\nc\n```\n\n3. D",
        '<ol><li>A</li>\n<li>B:</li>\n</ol>\n<pre><code>c\n</code></pre>\n<ol start="3"><li>D</li>\n</ol>\n',
    ),
    "an item whose text begins on the next line": ("-\n  a", "<ul><li>a</li>\n</ul>\n"),
    "Markdown within HTML": ("<div>\n\n- a\n\n</div>", "<div><ul><li>a</li>\n</ul>\n</div>\n"),
    "text right behind a tag": ("<div markdown>tekst</div>", "<div>tekst</div>\n"),
    "a title that is underlined": ("Titel\n=====", '<h1 id="titel">Titel</h1>\n'),
    "a title with a space before it": (" # Titel", '<h1 id="titel">Titel</h1>\n'),
    "a title that ends with a hash": ("## Kursus i C#", '<h2 id="kursus-i-c">Kursus i C#</h2>\n'),
    "a title that ends with a hash of its own": ("## Sådan skriver vi #", '<h2 id="saadan-skriver-vi">Sådan skriver vi #</h2>\n'),
    "titles whose ids the site has itself": ("## Menu\n\n## Fn 1", '<h2 id="menu_1">Menu</h2>\n<h2 id="fn-1_1">Fn 1</h2>\n'),
    "a hashtag": ("Skriv:\n\n#voreskommune bruges på alle opslag.", "<p>Skriv:</p>\n<p>#voreskommune bruges på alle opslag.</p>\n"),
    "a sentence that begins with a date": ("28. februar 2023 vedtog direktionen strategien.", "<p>28. februar 2023 vedtog direktionen strategien.</p>\n"),
    "a date alone": ("Næste frist er:\n\n31. december 2025.", "<p>Næste frist er:</p>\n<p>31. december 2025.</p>\n"),
    "items that begin with dates": (
        "- Møde\n- 28. februar: vedtaget\n- 5. marts: høring",
        "<ul><li>Møde</li>\n<li>28. februar: vedtaget</li>\n<li>5. marts: høring</li>\n</ul>\n",
    ),
    "a line that ends with a backslash": ("Rådhuset\\\nTorvet 1", "<p>Rådhuset<br>\nTorvet 1</p>\n"),
    "text that is struck through": ("~~100~~ 120 kr.", "<p><del>100</del> 120 kr.</p>\n"),
    "a term and its explanation": ("Kanal\n:   Den vej.", "<dl><dt>Kanal</dt>\n<dd>Den vej.</dd>\n</dl>\n"),
    "an abbreviation": ("CPR bruges.\n\n*[CPR]: Personregistret", '<p><abbr title="Personregistret">CPR</abbr> bruges.</p>\n'),
    "a macro in code": ("`{{ status() }}`", "<p><code>{{ status() }}</code></p>\n"),
    "a box in code": (
        '    !!! note "T"\n        a\n    b',
        '<pre><code>!!! note "T"\n    a\nb</code></pre>\n',
    ),
    "a table as HTML": ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td>\n</tr>\n</tbody>\n</table>\n"),
}
"""Usual Markdown, some of which the former parser refused or changed, and the HTML of it."""


@pytest.mark.parametrize("case", SIMPLY_WORKS)
def test_usual_markdown_simply_works(case: str) -> None:
    text, html = SIMPLY_WORKS[case]
    assert html_of(text) == html


def test_a_footnote_leads_to_its_text_and_back() -> None:
    html = html_of("Vi følger loven.[^lov]\n\n[^lov]: Se *kapitel 3*.\n\nMere tekst.")
    assert re.search(r'loven\.<sup class="footnote-ref"><a href="#fn-1" id="fnref-1"[^>]*>1</a></sup></p>\n<p>Mere tekst\.</p>', html)
    assert re.search(r'<li id="fn-1"><p>Se <em>kapitel 3</em>\.\xa0<a [^>]*href="#fnref-1"[^>]*>↩</a></p>\n</li>', html)


def test_the_mark_of_a_footnote_is_no_part_of_the_text_that_others_quote() -> None:
    blocks = parse("- vi **ringer[^1]** først\n    {: #ring }\n\n[^1]: Altid.").blocks
    assert [(block.kind, block.id, block.text) for block in blocks] == [("item", "ring", "vi ringer først"), ("paragraph", "", "Altid.")]


REPORTED = {
    "a footnote without a text": ("a[^1]", 1, "fodnoten [^1] har ingen tekst"),
    "a footnote that nothing refers to": ("a\n\n[^1]: b", 3, "ingen henviser til fodnoten [^1]"),
    "a reference to no address": ("a [b][c]", 1, "linket henviser til [c], som ikke findes"),
    "a table without its line": ("a\n\n| b |\n| c |", 3, "linjen med | er ikke læst som en tabel"),
    "a table's line of other columns": ("a\n\n| b |\n|---|---|\n| c |", 4, "linjen |---|---| har ikke gjort teksten til en tabel"),
    "a cell too many": ("| a | b |\n|---|---|\n| c | d | e |", 3, "rækken har 3 felter, men tabellen har 2 kolonner"),
    "bold with a space": ("** a**", 1, "** gør ikke teksten fed her"),
    "bold up against a word": ("**Ring:**tekst", 1, "** gør ikke teksten fed her"),
    "asterisks between numbers": ("a\n5*3 og 4*2", 2, "* mellem to tal gør teksten kursiv eller fed"),
    "a lone pair of tildes": ("a ~~ b", 1, "~~ streger ikke teksten over her"),
    "a single tilde": ("H~2~O", 1, "~ om en tekst gør ingenting"),
    "equals signs": ("a\n==b==", 2, "== fremhæver ikke teksten"),
    "a title without a space": ("a\n\n#Titel", 3, "#Titel er ikke læst som en overskrift"),
    "a title without a space, further down": ("##titel", 1, "##titel er ikke læst som en overskrift"),
    "a title without words": ("a\n\n##", 3, "overskriften er tom"),
    "several lines above a line": ("a\nb\n---", 1, "flere linjer bliver til én overskrift"),
    "an attribute list that belongs to nothing": ("{: .lead }\n\na", 1, "{: … } hører ikke til noget"),
    "an attribute list in the middle": ("a {: .lead } b", 1, "{: … } hører ikke til noget"),
    "an attribute list around a macro": ('*a*{: title="{{ status() }}" }', 1, "{: … } hører ikke til noget"),
    "points of a word processor": ("•\ta\n•\tb", 1, "• laver ikke en liste"),
    "sections of a word processor": ("§\ta\n§\tb", 1, "§ laver ikke en liste"),
    "a bullet without a space": ("-Uden mellemrum", 1, "- laver ikke en liste"),
    "a number without a space": ("1.Uden", 1, "1. laver ikke en liste"),
    "letters": ("Du skal:\n\na) bo\nb) være", 3, "a) laver ikke en liste"),
    "numbers in another order": ("1. A\n2. B\n5. C", 3, "nummer 5 kommer efter nummer 2 i listen"),
    "equal numbers": ("31. December\n\n31. Januar", 3, "nummer 31 kommer efter nummer 31 i listen"),
    "a box that folds": ('??? note "Husk"\n    a', 1, "??? laver ikke en boks"),
    "a box of another program": ("::: tip\na\n:::", 1, "::: laver ikke en boks"),
    "a link to an address with a space": ("[a](b c.md)", 1, "linket er ikke læst som et link"),
    "a link in a link": ("[<https://example.org>](a.md)", 1, "der står et link inde i et link"),
    "a footnote in a link": ("a\n[b [^1] c](a.md)\n\n[^1]: d", 2, "fodnoten [^1] står i et link"),
    "a footnote in the link of a reference": ("[*a [^1]*][r]\n\n[r]: a.md\n\n[^1]: d", 1, "fodnoten [^1] står i et link"),
    "the id of a footnote": ("a {: #fnref-1 }\n\n## b {: #fn-2 }", 3, "id’et fn-2 er hjemmesidens eget"),
    "the id of a footnote, as HTML": ('<b id="fnref-1-2">a</b>', 1, "id’et fnref-1-2 er hjemmesidens eget"),
    "a language by its name": ("Han sagde *hello*{: lang=engelsk }.", 1, "sproget engelsk kendes ikke"),
    "the id of the menu": ("a\n{: #menu }", 2, "id’et menu er hjemmesidens eget"),
    "a macro behind a tag that never ends": ('a <b{{ rule(\n"x"\n) }}', 1, '<b{{ rule( "x" ) }} er ikke læst som HTML'),
    "a macro behind the fence of code": ('```{{ rule(\n"x"\n) }}b\nc\n```', 1, '»{{ rule( "x" ) }}« bliver ikke vist'),
    "a macro over several lines in a title": ('# A {{ rule(\n"x"\n) }} b', 2, "makroen står på flere linjer, hvor der kun er plads til én"),
    "a macro over several lines in a table": ('| a |\n|---|\n| {{ rule(\n"x"\n) }} |', 4, "makroen står på flere linjer, hvor der kun er plads til én"),
    "a tag that never ends": ("a <b c", 1, "<b er ikke læst som HTML"),
    "a declaration": ("Se <!her> nu.", 1, "HTML-mærket <!…> eller <?…> kan ikke bruges"),
    "an instruction": ("Se <?her?> nu.", 1, "HTML-mærket <!…> eller <?…> kan ikke bruges"),
    "a list right below a tag": ("<div>\n- a\n\n</div>", 2, "lister, links og andet virker ikke lige under <div>"),
    "a box right below a tag": ('<div>\n!!! note "T"\n    a\n\n</div>', 2, "lister, links og andet virker ikke lige under <div>"),
    "emphasis right below a tag": ("<div>\n*a*\n</div>", 2, "lister, links og andet virker ikke lige under <div>"),
    "an escape right below a tag": ("<div>\n1\\. maj\n</div>", 2, "lister, links og andet virker ikke lige under <div>"),
    "text between rows": ("<table>x<tr><td>a</td></tr></table>", 1, "der står tekst lige inde i <table>"),
    "a macro in a description": ("![{{ status() }}](a.png)", 1, "makroen kan ikke bruges i et link, en beskrivelse eller et HTML-mærke"),
    "a macro in a tag": ('<b title="{{ status() }}">a</b>', 1, "makroen kan ikke bruges i et link, en beskrivelse eller et HTML-mærke"),
    "code that never ends": ("```\na", 1, "kodeboksen slutter ikke"),
    "a backslash at the end": ("a\\", 1, "\\ sidst på linjen gør ingenting"),
}
"""Text that looks like markup and has no meaning, the line of the mistake, and how its message begins."""


@pytest.mark.parametrize("case", REPORTED)
def test_markup_that_did_not_take_is_reported(case: str) -> None:
    text, line, message = REPORTED[case]
    assert [(at, found) for at, found in reported(text) if at == line and found.startswith(message)], reported(text)


CALL = '{{ kilde(\n"x"\n) }}'


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (f"tekst {CALL} mere\nog *mere*", ["p"]),
        (f"> tekst {CALL} mere\n> og mere", ["blockquote"]),
        (f"- tekst {CALL} mere\n- og mere", ["ul"]),
        (f"{CALL}\n- et punkt", ["p", "ul"]),
        (f"**{CALL} og** _mere_", ["p"]),
        (f'!!! note "Husk"\n    {CALL}\n\n    og mere', ["div"]),
        (f"[tekst {CALL} mere](a.md) og mere", ["p"]),
        (f"<div>{CALL}\n\n</div>", ["div"]),
        (f"a {CALL} b {CALL} c\n{{: .lead }}", ["p"]),
    ],
)
def test_a_macro_call_over_several_lines_stays_within_its_text(text: str, tags: list[str]) -> None:
    parsed = parse(f"{text}\n\n[Slut](b.md)")
    assert parsed.diagnostics == () and {call.name for call in parsed.calls} == {"kilde"}
    assert [child.tag for child in parsed.root.children if isinstance(child, Element)] == [*tags, "p"]
    assert "\x04" not in text_of(parsed.root) and not re.search(r"\n *\n", text_of(parsed.root).strip())
    assert parsed.links[-1].line == text.count("\n") + 3


@pytest.mark.parametrize("text", [f"    {CALL}\n    b", f"- a\n\n    ```\n    {CALL}\n    ```", f"`{CALL}`"])
def test_a_macro_call_over_several_lines_in_code_is_shown_as_typed(text: str) -> None:
    assert CALL in text_of(parse(text).root) and parse(text).diagnostics == ()


HARMLESS = [
    "Vi har 5 * 3 pladser og 2 ** 3.",  # two asterisks with spaces around them
    "Skriv til a_b@example.org og til fil_navn_her.",
    "Ring på 54 73 10 00 – eller skriv [når det passer].",
    "Klik på Gem > Luk, hvis 3 < 4 & 5 > 4.",
    "Det koster 100 kr. (inkl. moms) ~ 80 kr. uden.",
    "A/B-test, C#, C++, #1 og nr. 2.",
    "Et citat: »Husk!« – og en pris: 1.200,-",
    "1.\u00a0januar og §\u00a04, stk. 2.",
    "Klammer {som disse} og {12} er tekst.",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_signs_are_text(text: str) -> None:
    assert "".join(map(text_of, parse(text).root.children)) == text


WORD = st.sampled_from([
    "kommunen", "borgere", "Ring", "28.", "1)", "3.", "februar", "æble", "(parentes)", "»citat«", "100", "–", "§", "C#", "#1", "a/b", "50 %", "54 73 10 00",
    "5.", "x²", "&", "<", ">", "1.200", "(1)", "=", "+", "-", "stk.", "é", "\u00ad", "😀", "...", "'", '"', "Ring:", ";", "?", "!", "{", "}", "~", "^", "|",
    "*", "**", "_", "__", "~~", "==", "[", "]", "[1]", "(", "\\", "a_b", "5*3", "{12}", "(se", "@", "$", "--", "...)", "</", "=>", "<-",
])  # fmt: skip # laid out by hand, as a table
BULLET, NUMBER = re.compile(r"[-+*>](?: |$)"), re.compile(r"[0-9]+[.)](?: |$)")


def as_shown(sentence: str) -> str:
    """Return a sentence without the bullets and quotation marks that it begins with; numbers are shown."""
    kept = ""
    while match := BULLET.match(sentence) or NUMBER.match(sentence):
        kept += match[0] if match[0][0].isdigit() else ""
        sentence = sentence[match.end() :]
    return kept + sentence


def indented(text: str, first: str, below: str) -> str:
    """Return a text with something before its first line and before the lines below."""
    return first + text.replace("\n", f"\n{below}")


Document = tuple[str, str]
"""A text as typed, and as shown."""
NO_SENTENCE = re.compile(r"(?:[-+*>] |[0-9]+[.)] )*[-*_ ]+|.*\[ \].*")
"""Matches what may become a line across the page, which has no characters, or a task, which is shown in words."""
SENTENCE = st.lists(WORD, min_size=1, max_size=7).map(" ".join).filter(lambda text: not NO_SENTENCE.fullmatch(text)).map(lambda text: (text, as_shown(text)))
SENTENCES = st.lists(SENTENCE, min_size=1, max_size=3)


def table(cells: list[Document]) -> Document:
    """Return a table whose only row has these cells."""
    names = "abc"[: len(cells)]
    row = " | ".join(typed.replace("|", "\\|") for typed, _ in cells)
    return f"|{'|'.join(names)}|\n{'|---' * len(cells)}|\n| {row} |", names + "".join(typed for typed, _ in cells)


def around(inner: st.SearchStrategy[Document]) -> st.SearchStrategy[Document]:
    """Return documents with others inside."""
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: ("\n\n".join(typed for typed, _ in parts), "".join(shown for _, shown in parts))),
        several.map(lambda items: ("\n".join(indented(typed, "- ", "  ") for typed, _ in items), "".join(shown for _, shown in items))),
        SENTENCES.map(
            lambda items: (
                "\n".join(f"{number}. {typed}" for number, (typed, _) in enumerate(items, 1)),
                "".join(f"{number}.{shown}" for number, (_, shown) in enumerate(items, 1)),
            )
        ),
        inner.map(lambda part: (indented(part[0], "> ", "> "), part[1])),
        inner.map(lambda part: (indented(part[0], '!!! note "Husk"\n\n    ', "    "), f"Husk{part[1]}")),
        SENTENCE.map(lambda part: (f"## {part[0]}", part[0])),
        SENTENCE.map(lambda part: (f"**Ring {part[0]} nu**", f"Ring{part[0]}nu")),
        SENTENCE.map(lambda part: (f"<div>\n\n{part[0]}\n\n</div>", part[1])),
        SENTENCES.map(table),
    )


DOCUMENT = st.recursive(SENTENCE, around, max_leaves=6)
FIRST_NUMBER = re.compile(r"^[-+*> ]*([0-9]+)[.)](?: |$)", re.MULTILINE)


def characters(text: str) -> str:
    """Return the characters of a text without white space, in a form that is the same for `1.` and `1)`."""
    return "".join(text.split()).replace(")", ".")


def text_with_numbers(element: Element) -> str:
    """Return the characters that a reader sees, with the numbers of lists."""
    number = int(element.attributes.get("start", "1"))
    parts = []
    for child in element.children:
        if isinstance(child, Element):
            parts.append(f"{number}." if element.tag == "ol" else "")
            number += 1
        parts.append(text_with_numbers(child) if isinstance(child, Element) else text_of(child))
    return "".join(parts)


@settings(deadline=None, max_examples=1000)
@given(DOCUMENT)
def test_every_character_is_shown_or_something_is_reported(document: Document) -> None:
    typed, shown = document
    numbers = FIRST_NUMBER.findall(typed)
    assume(all((one, other) != ("1", "1") for one, other in itertools.pairwise(numbers)))  # `1. 1. 1.` has the numbers counted
    parsed = parse(typed)
    event("reported" if parsed.diagnostics else "shown")
    if not parsed.diagnostics:
        assert characters(text_with_numbers(parsed.root)) == characters(shown)
