"""Reads numbers as Danes write them: `12.345,67`."""

from __future__ import annotations

import re
from decimal import Decimal

from kanalstrategi.diagnostics import Wording

MAX_DIGITS = 15
"""How many digits a number may have: as many as a spreadsheet keeps."""

WORDINGS = {
    "empty": Wording("tallet mangler", "skriv tallet, eller slet hele linjen"),
    "decimal_point": Wording("$value er ikke et tal på dansk", "skriv komma før decimaler, som 12,5, og punktum mellem tusinder, som 12.345"),
    "ambiguous": Wording("$value kan læses på to måder", "skriv $thousands, hvis det er tusinder, og $decimals, hvis det er decimaler"),
    "unit": Wording("$value er andet end et tal", "skriv kun tallet: $number; hvad der tælles, står efter `unit:` på målets side"),
    "spaces": Wording("$value har mellemrum", "skriv tallet uden, eller med punktum mellem tusinder: $number"),
    "not_number": Wording("$value er ikke et tal", "skriv det med cifre, som 12.345 eller 12,5"),
    "long": Wording("tallet har for mange cifre", f"skriv højst {MAX_DIGITS}"),
}
"""What can be wrong with a number that somebody has written."""

_NUMBER = re.compile(r"[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_AMBIGUOUS = re.compile(r"[-−]?[1-9][0-9]{0,2},[0-9]{3}")
_WITH_DECIMAL_POINT = re.compile(r"[-−]?[0-9][0-9.,]*")
_WITH_SPACES = re.compile(r"[-−]?[0-9]{1,3}(?:[ \xa0\u202f][0-9]{3})+(?:,[0-9]+)?")
_WITH_UNIT = re.compile(r"([-−]?[0-9][0-9.,]*)[ \xa0\u202f]*[^\W\d]?[^0-9.,]+")
MAX_CHARACTERS = 40
"""How long a text may be that is shown in a message."""
PATTERNS = {"danish": _NUMBER, "ambiguous": _AMBIGUOUS, "decimal_point": _WITH_DECIMAL_POINT, "spaces": _WITH_SPACES, "unit": _WITH_UNIT}
"""The patterns by which a text is judged, keyed by what they find."""


class NumberError(ValueError):
    """A text that is not a number as Danes write it, with a message and a hint in Danish."""

    def __init__(self, kind: str, **words: str) -> None:
        self.message, self.hint = WORDINGS[kind].filled(**words)
        super().__init__(f"{self.message} – {self.hint}")


def parse_number(text: str) -> Decimal:
    """Return the number that a text says. Raises NumberError for anything else, and for what can be read in two ways."""
    text = text.strip()
    if not text:
        raise NumberError("empty")
    if len(text) > MAX_CHARACTERS:
        raise NumberError("long" if _WITH_DECIMAL_POINT.fullmatch(text) else "not_number", value=f"»{text[:MAX_CHARACTERS]}…«")
    if _AMBIGUOUS.fullmatch(text):
        raise NumberError("ambiguous", value=text, thousands=text.replace(",", "."), decimals=f"{text}0")
    if _NUMBER.fullmatch(text):
        if sum(character.isdigit() for character in text) > MAX_DIGITS:
            raise NumberError("long")
        return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))
    if _WITH_DECIMAL_POINT.fullmatch(text):
        raise NumberError("decimal_point", value=text)
    if _WITH_SPACES.fullmatch(text):
        raise NumberError("spaces", value=f"»{text}«", number=re.sub(r"\s", "", text))
    if found := _WITH_UNIT.fullmatch(text):
        raise NumberError("unit", value=f"»{text}«", number=found[1])
    raise NumberError("not_number", value=f"»{text}«")
