"""The gate for all text that others have written: pages, settings, data tables, and what is typed on the command line.

Text comes in as Unicode in NFC, with `\\n` as line endings, without characters that hide or reorder what a person reads, and in lines of
bounded length. Nothing is left out without a word: what does not belong is a diagnostic with its line, and nobody is expected to publish
a text with diagnostics.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.diagnostics import TextDiagnostic

MAX_LINE_CHARACTERS = 20_000
"""Maximum length of a line: ten times that of a long paragraph."""
ANY_LENGTH = sys.maxsize
"""No maximum, for the rows of data tables."""
MAX_DIAGNOSTICS = 100
"""How many lines of one text are reported. Whoever mends them will see the others."""

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # control characters other than tab and newline, and other line endings
    "\u202a-\u202e\u2066-\u206f"  # characters that turn text around
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffc"  # fillers, joiners and annotations
    "\ud800-\udfff\ufdd0-\ufdef"  # halves of characters, and code points that are none
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "\U000e0000-\U000e0fff"  # tags and variants, which can spell out a text of their own
    "]"
)
"""Characters that nobody sees. The soft hyphen is not among them: editors use it on purpose."""
_MARK = re.compile("[\u061c\u200c-\u200f]")
"""Invisible characters that belong beside letters of other scripts, or hold an emoji together."""
_NEEDS_MARKS = re.compile("[\u0590-\u109f\u1780-\u17b3\u2600-\u27bf\ufb1d-\ufdcf\ufe70-\ufefc\U0001e800-\U0001faff]")
"""Characters of a script that is written from right to left or joins its letters, and emoji."""
_LOST = re.compile("\ufffd")
_MOJIBAKE = re.compile("Ã[¦¸¥†˜…]|Ã\x86|Ã\x98|Ã\x85|â€[œ“”™˜¦\x9d]")
"""æ, ø, å and quotation marks that were saved as UTF-8 but read in another encoding."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Characters that each font shows in its own way, such as the bullets of a word processor."""
_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}")
"""More accents on one letter than any language has: they would cover the lines above and below."""
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]|[^\x00-\u02ff]|[Ãâ]")
"""Quickly finds the few lines that may match one of the patterns above."""

_SAVE_AS_UTF8 = "gem filen igen med tegnsættet UTF-8"
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: ("utf-32", "UTF-32"),  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: ("utf-32", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16 (»Unicode«)"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16 (»Unicode«)"),
}


@dataclass(frozen=True)
class IncomingText:
    """A text, and what is wrong with it."""

    text: str
    """In NFC, with `\\n` as line endings. Where it has diagnostics, it is as complete as can be, so that other mistakes are found at once."""
    diagnostics: tuple[TextDiagnostic, ...]
    """At most one for each line, except for lines that are too long."""


def read_bytes(data: bytes, max_line_characters: int = MAX_LINE_CHARACTERS) -> IncomingText:
    """Return the text of a file, given the file's content."""
    text, encoding = _decode(data)
    if encoding is None:
        return read_typed(text, max_line_characters)
    line = 1 if encoding.startswith("UTF") else data[: _first_undecodable(data)].count(b"\n") + 1
    guess = f", men ser ud til at være {encoding}" if encoding else ""
    incoming = read_typed(text, max_line_characters)
    diagnostic = TextDiagnostic(line, f"teksten er ikke gemt som UTF-8{guess}", _SAVE_AS_UTF8)
    return IncomingText(incoming.text, (diagnostic, *incoming.diagnostics) if encoding else (diagnostic,))


def read_typed(typed: str, max_line_characters: int = MAX_LINE_CHARACTERS) -> IncomingText:
    """Return the text that someone has typed or pasted."""
    hidden = typed.replace("\r\n", "\n") if "\r" in typed else typed
    text = to_nfc(hidden.replace("\r", "\n") if "\r" in hidden else hidden)
    diagnostics = list(islice(_check_lines(text, max_line_characters), MAX_DIAGNOSTICS))
    if "\r" in hidden and "\n" in hidden:
        # A terminal would show the rest of the line in the place of its beginning.
        line = len(re.findall("[\r\n]", hidden[: hidden.index("\r")])) + 1
        diagnostics.append(TextDiagnostic(line, *_invisible("\r")))
    return IncomingText(text, tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.line)))


def forbidden_character(line: str) -> tuple[str, str] | None:
    """Return a message and a hint for the first thing that no text may have, or None."""
    if found := _INVISIBLE.search(line):
        return _invisible(found[0])
    if _LOST.search(line):
        return "et bogstav er gået tabt, hvor der står �", "skriv bogstavet igen"
    if _MOJIBAKE.search(line):
        return "æ, ø eller å er blevet ødelagt", f"skriv bogstaverne igen, og {_SAVE_AS_UTF8}"
    if found := _PRIVATE.search(line):
        hint = "slet det, og skriv det med almindelige tegn; et punkt i en liste begynder med `- `"
        return f"linjen indeholder et tegn, som kun én skrifttype kender ({_code_point(found[0])})", hint
    if _STACKED.search(line):
        return "linjen har et bogstav med for mange accenter", "slet bogstavet, og skriv det igen"
    return None


def join_surrogates(text: str) -> str:
    """Return a text in which two escapes for the halves of a character (`\\ud83d\\ude00`) are that character, and a half alone is `�`."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_utf8(data: bytes) -> bool:
    """Whether the content of a file is text in UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _check_lines(text: str, max_line_characters: int) -> Iterator[TextDiagnostic]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > max_line_characters:
            message = f"linjen er på {len(line)} tegn, og den må højst være på {max_line_characters}"
            yield TextDiagnostic(number, message, "del den i flere afsnit, eller slet mellemrum i enden af den")
        if not _SUSPECT.search(line):
            continue
        if found := forbidden_character(line):
            yield TextDiagnostic(number, *found)
        elif (mark := _MARK.search(line)) and not _NEEDS_MARKS.search(line):
            yield TextDiagnostic(number, *_invisible(mark[0]))


def _decode(data: bytes) -> tuple[str, str | None]:
    """Return a text, and the name of its encoding if that is not UTF-8: empty if it is unknown."""
    for mark, (codec, name) in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(codec, errors="replace"), name
    if len(data) > 1 and data.count(0) * 3 > len(data):  # UTF-16 without a mark: every other byte of Danish text is zero
        codec = "utf-16-be" if data[0] == 0 else "utf-16-le"
        return data.decode(codec, errors="replace"), "UTF-16 (»Unicode«)"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("utf-8-sig", errors="ignore"), ""
        is_western = all(character in _WESTERN for character in text if not character.isascii())
        return (text, "Windows-1252 (»ANSI«)") if is_western else (data.decode("utf-8-sig", errors="ignore"), "")


_WESTERN = frozenset("æøåÆØÅéèêëáàâäãóòôöúùûüíìîïñçÉÈÁÀÄÖÜßþðýÿ§°±²³µ·½¼¾«»¡¿©®´¨€‚„…†‡‰‹›‘’“”•–—™£¤¥\xa0\xad")
"""The characters that Western European text has in Windows-1252; a file in another encoding would have others, read as this."""


def _first_undecodable(data: bytes) -> int:
    """Return the place of the first byte that is not part of UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _invisible(character: str) -> tuple[str, str]:
    return f"linjen indeholder et usynligt tegn ({_code_point(character)})", "slet linjen, og skriv den igen"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
