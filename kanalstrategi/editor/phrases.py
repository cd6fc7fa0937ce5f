"""Lists the texts of the scripts in overrides/editor/ that name what a site may call something else."""

from __future__ import annotations

from kanalstrategi.content.model import Content
from kanalstrategi.editor.field_types import Json

PHRASES = (
    "Fagområdets navn",
    "Skriv fagområdets navn.",
    "Siden får strategiens regler, alle spørgsmål og jeres egen tekst. Intet bliver besluttet for jer.",
    "I svarer for hele fagområdet. I kan gemme undervejs og fortsætte en anden dag. Svarene er et udkast, til retningslinjen er vedtaget.",
    "De følger direkte af en af strategiens regler. Begynd med dem.",
    "Strategiens regler om",
)
"""As they stand in the scripts. A test finds the ones that are missing."""


def phrases_for_editor(content: Content) -> Json:
    """Return the texts in the site's words, keyed by those in the scripts, or nothing if none differs."""
    found = {text: content.say(text) for text in PHRASES if content.say(text) != text}
    return {"phrases": found} if found else {}
