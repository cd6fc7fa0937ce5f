"""Reads the licence of the open data from `data_licence` in `mkdocs.yml`. No I/O."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kanalstrategi.content.config_values import is_https_url
from kanalstrategi.content.organisation_model import Licence
from kanalstrategi.suggestions import suggestion

LICENCES = {
    licence.name: licence
    for licence in (
        Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    )
}
"""The licences that can be given by name."""


def read_licence(value: Any, report: Callable[[str, str, str], None]) -> Licence | None:
    """Return the licence, or None if none has been decided or if it is wrong. `report` gets the key, the message and the hint of a mistake."""
    if value is None:
        return None
    if isinstance(value, str) and is_https_url(value):
        return next((licence for licence in LICENCES.values() if licence.url == value), Licence(value, value))
    if licence := LICENCES.get(str(value)):
        return licence
    hint = suggestion(str(value), LICENCES, f"skriv {', '.join(LICENCES)} eller adressen på en anden: https://…")
    report("data_licence", f"licensen {value} kendes ikke", hint)
    return None
