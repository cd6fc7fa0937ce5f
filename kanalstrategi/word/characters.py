"""Brings the characters of a document to those that a page may have."""

from __future__ import annotations

import re
from functools import cache

from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.design.fonts import unsupported_characters
from kanalstrategi.incoming_text import read_typed

_SYMBOLS = {
    # Wingdings
    "\uf0fc": "✓", "\uf0fb": "×", "\uf0a8": "[ ]", "\uf06f": "[ ]", "\uf0fe": "✓", "\uf0e0": "→", "\uf0df": "←", "\uf0e1": "↑", "\uf0e2": "↓", "\uf0e8": "→",
    "\uf0d8": "•", "\uf0a7": "•", "\uf06c": "•", "\uf06e": "•", "\uf09f": "•",
    # Symbol
    "\uf0b7": "•", "\uf0ae": "→", "\uf0ac": "←", "\uf0ad": "↑", "\uf0af": "↓", "\uf0b0": "°", "\uf0b1": "±", "\uf0b4": "×", "\uf0a3": "≤", "\uf0b3": "≥",
    "\uf0b9": "≠", "\uf0bb": "≈", "\uf02d": "−", "\uf0be": "–", "\uf06d": "µ", "\uf061": "α", "\uf062": "β", "\uf057": "Ω", "\uf0e5": "∑", "\uf0d6": "√",
}  # fmt: skip # one per line would fill a page
"""What the characters of the symbol fonts look like, whose code points no other font has."""
_TRANSLATION = str.maketrans({
    **_SYMBOLS, "☐": "[ ]", "□": "[ ]", "☑": "[x]", "☒": "[x]", "✗": "×", "✔": "✓",
    "\v": "\n", "\f": " ", "\u2028": "\n", "\u2029": "\n", "\x1e": "\u2011", "\x1f": "\u00ad", "\ufeff": "", "\u200b": "",
})  # fmt: skip # one per line would fill a page
"""What is written in the place of characters that the font of the PDFs lacks, and of Word's own."""
_SOFT_HYPHEN = "\u00ad"


def usable(text: str) -> tuple[str, bool]:
    """Return a text with only the characters that a page and its PDF may have, and whether any had to be left out."""
    text = to_nfc(text.translate(_TRANSLATION))
    if not read_typed(text).diagnostics and not any(unsupported_characters(text)):
        return text, False
    kept = "".join(filter(_is_usable, text))
    if read_typed(kept).diagnostics:  # letters that are wrong only together, such as æ that was read in another encoding
        kept = _mended(kept)
    return kept, any(not character.isspace() for character in set(text) - set(kept))


def symbol(code: str) -> str:
    """Return the character for the code of a symbol, in hexadecimal."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(chr(number if number >= 0xF000 else number + 0xF000), "") if 0 < number <= 0xFFFF else ""


def comparable(text: str) -> str:
    """Return a text in the form in which words are compared: in NFC, without characters that nobody sees, with known symbols as characters."""
    return to_nfc(text.translate(_TRANSLATION)).replace(_SOFT_HYPHEN, "")


@cache
def _is_usable(character: str) -> bool:
    return not read_typed(character).diagnostics and not any(unsupported_characters(character))


def _mended(text: str) -> str:
    """Return a text in which letters that were saved as UTF-8 and read as Windows-1252 are right again, or at least no longer wrong together."""

    def again(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match[0][:1]

    text = re.sub("Ã[\x80-\xff¥†˜…]|â€[œ“”™˜¦\x9d]", again, text)
    return "".join(filter(_is_usable, text)) if not read_typed(text).diagnostics else re.sub("[\u0300-\u036f\u1ab0-\u20ff\ufe20-\ufe2f]", "", text)
