"""The fields of the editor in the browser that say which language a page is in, and what it is a translation of."""

from __future__ import annotations

from kanalstrategi.content.languages import LANGUAGES, SITE_LANGUAGE
from kanalstrategi.content.model import Content
from kanalstrategi.editor.field_types import Json, choice_field


def language_fields(content: Content) -> dict[str, Json]:
    """Return the definition of each field, keyed by the key in the front matter."""
    languages = {code: language.danish_name.capitalize() for code, language in LANGUAGES.items() if code != SITE_LANGUAGE}
    originals = {path: page.title for path, page in content.pages.items() if page.language == SITE_LANGUAGE}
    fields = {
        "language": choice_field("Sprog", languages, "Kun på sider, der ikke er på dansk."),
        "translation_of": choice_field("Oversat fra", originals, "Den danske side, som siden er en oversættelse af. De to sider linker til hinanden."),
    }
    return {key: {**field, "required": False} for key, field in fields.items()}
