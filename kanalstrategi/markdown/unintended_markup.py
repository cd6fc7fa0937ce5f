"""Finds text that Markdown takes for markup although it was probably meant as text: `2*3*4`, `+ 45 12 …`, a line below a table.

Readers would not see the characters that an editor has typed, and nothing would look wrong.
"""

from __future__ import annotations

import re

from kanalstrategi.markdown.boxes import BOX_PLACEHOLDER
from kanalstrategi.markdown.nodes import Element, Node, text_of

Finding = tuple[str, str]
"""A message and a hint in Danish."""

_ASTERISK = b"*"
_TIMES = re.compile(rb"(?<=[0-9])\*+[0-9]")
_SHORT_UNDERLINE = re.compile(rb"\n[ \t>]*([-=]{1,2})[ \t]*\Z")
_COLUMNS_UNDERLINED = re.compile(rb"(?>(?:[^\n|\\]|\\[^\n])*)\|[^\n]*+\n[ \t>]*+-")
_MAX_LINK_TEXT = 1000
"""How many bytes before the mark of a footnote the text of a link may begin."""
_END_OF_LINK_TEXT = re.compile(rb"[^\[\]\n]*+\][(\[]")
_QUOTED_NUMBER = re.compile(rb">[ \t]*(?:=|[0-9]++(?![.)][ \t]))")
_BULLET = re.compile(rb"([-+*])[ \t]*([0-9])?")
_POINT = re.compile(rb"[ \t>]*-[ \t]")
_TERM = re.compile(rb":(?![ \t\n])")
_NEVER_FIRST, _NEVER_LAST = frozenset(")]},.;:"), frozenset("([{")
"""The characters that no emphasised text begins or ends with."""


def in_emphasis(source: bytes, start: int, end: int, name: str) -> Finding | None:
    """Check text in italics or bold, which is `name`; the places are those of its first and behind its last asterisk or underscore."""
    if _TIMES.match(source, start):
        return "* mellem to tal gør teksten kursiv eller fed", "skriv × i stedet, eller \\* hvis det er tekst"
    marker = source[start : start + 1]
    inside = source[start + (2 if name == "Strong" else 1) : end - (2 if name == "Strong" else 1)].decode(errors="replace")
    around = (_last_character(source[max(start - 4, 0) : start]), source[end : end + 4].decode(errors="replace")[:1])
    is_in_word = name == "Emphasis" and marker == _ASTERISK and all(character.isalnum() for character in around)
    if is_in_word or inside[:1] in _NEVER_FIRST or inside[-1:] in _NEVER_LAST:
        sign = marker.decode()
        return f"{sign} gør »{inside[:30]}« kursiv eller fed", f"skriv \\{sign} hvis det er tekst, eller <em>…</em> om noget midt i et ord"
    return None


def in_code(source: bytes, start: int, end: int) -> Finding | None:
    """Check code within a line of text: »pc`er« has no apostrophes."""
    around = (_last_character(source[max(start - 4, 0) : start]), source[end : end + 4].decode(errors="replace")[:1])
    if all(character.isalpha() for character in around):
        return "` midt i et ord gør teksten til kode", "skriv en apostrof (’) i stedet, eller \\` hvis det er tekst"
    return None


def in_footnote_mark(source: bytes, start: int, end: int) -> Finding | None:
    """Check the mark of a footnote: in the text of a link, it keeps the parser from reading the link."""
    first = max(start - _MAX_LINK_TEXT, 0)
    before = max(source.rfind(character, first, start) for character in (b"[", b"]", b"\n"))
    if source[before : before + 1] == b"[" and source[before - 1 : before] != b"\\" and _END_OF_LINK_TEXT.match(source, end):
        return f"fodnoten {source[start:end].decode()} står i et link", "flyt den ud efter linket"
    return None


def in_heading(source: bytes, start: int, end: int) -> Finding | None:
    """Check a heading that is underlined."""
    if source[start : start + 1] == b"#":
        return None
    if source.count(b"\n", start, end - 1) > 1:
        return "flere linjer bliver til én overskrift", "sæt en tom linje over --- eller ===, eller skriv overskriften på én linje"
    if _COLUMNS_UNDERLINED.match(source, start):
        return "--- gør linjen over til en overskrift, ikke en tabel", "skriv | --- | for hver kolonne, ## foran overskriften, eller \\| hvis det er tekst"
    if underline := _SHORT_UNDERLINE.search(source[start:end].rstrip(b"\n")):
        sign = underline[1].decode()
        return f"{sign} gør linjen over til en overskrift", f"skriv ## foran overskriften i stedet, eller sæt en tom linje over {sign}"
    return None


def in_quote(source: bytes, start: int, end: int) -> Finding | None:
    """Check a quotation: one line that begins with a number may be about what is larger."""
    if _QUOTED_NUMBER.match(source, start) and b"\n" not in source[start:end].strip():
        return "> foran et tal bliver til et citat", "skriv \\> hvis det betyder »større end«, eller sæt » foran tallet i et citat"
    return None


def in_bullets(source: bytes, start: int, bullets: Element, siblings: list[Node]) -> Finding | None:
    """Check a list, which begins at a place and is the last of its siblings: one item may be a line of a text."""
    match = _BULLET.match(source, start)
    if match is None or len(bullets.children) > 1:
        return None
    sign = match[1].decode()
    item = bullets.children[0]
    if type(item) is Element and not item.children:
        return "punktet har ingen tekst", f"skriv den, slet punktet, eller skriv \\{sign} hvis det er tekst"
    if match[2] and sign == "+":
        return "+ foran et tal bliver til et punkt i en liste", "skriv + lige op ad tallet, eller \\+; brug - til punkter"
    above = siblings[-2] if len(siblings) > 1 else None
    is_in_text = type(above) is str or (type(above) is Element and above.tag == "p" and not above.is_html)
    if (
        is_in_text
        and above is not None
        and not _is_line_above_empty(source, start)
        and (match[2] or sign in "+*")
        and not text_of(above).rstrip().endswith(":")
    ):
        return f"{sign} først på linjen gør den til et punkt i en liste", f"sæt en tom linje over punktet, eller skriv \\{sign} hvis det er tekst"
    return None


def in_term(source: bytes, start: int, end: int) -> Finding | None:
    """Check a term that is explained below."""
    if b"\n" in source[start:end].strip():
        return "flere linjer bliver til ét ord med en forklaring", "sæt en tom linje over ordet, eller skriv \\: hvis det er tekst"
    if BOX_PLACEHOLDER.search(source[start:end].decode()):
        return ": gør boksen over linjen til et ord med en forklaring", "skriv ordet på linjen over, eller skriv \\: hvis det er tekst"
    return None


def in_explanation(source: bytes, start: int, end: int) -> Finding | None:
    """Check the explanation of a term, which begins with a colon."""
    place = start
    while source[place : place + 1] in (b" ", b"\t"):
        place += 1
    if _TERM.match(source, place):
        return ": først på linjen gør linjen over til et ord med en forklaring", "sæt et mellemrum efter :, eller skriv \\: hvis det er tekst"
    return None


def in_table(source: bytes, start: int) -> Finding | None:
    """Check a table: the line below its head may be a point in a list."""
    below = source.find(b"\n", start) + 1
    if _POINT.match(source, below):
        return "- og en streg gør linjen over til en tabel", "sæt en tom linje over listen, eller skriv --- i tabellen"
    return None


def in_row(row: bytes) -> Finding | None:
    """Check a row of a table."""
    if b"|" not in row:
        return "linjen er blevet til en række i tabellen", "sæt en tom linje under tabellen, eller skriv | foran rækken"
    return None


def _last_character(source: bytes) -> str:
    return source.decode(errors="ignore")[-1:]


def _is_line_above_empty(source: bytes, start: int) -> bool:
    line_start = source.rfind(b"\n", 0, start) + 1
    above = source[source.rfind(b"\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
    return not above.strip(b" \t>")
