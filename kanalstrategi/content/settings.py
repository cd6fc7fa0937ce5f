"""Reads the shape of a site from `shape` in `mkdocs.yml`: its words, its folders, what announces rules, and its limits. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kanalstrategi.content.config_file import parse_config
from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.folder_settings import Report, read_folders
from kanalstrategi.content.settings_model import Settings, Words
from kanalstrategi.danish.nouns import Noun, inflected
from kanalstrategi.suggestions import suggestion

_NUMBERS = {
    "review_months": (1, 60),
    "max_lix": (20, 80),
    "max_answer_lix": (20, 80),
    "max_short_lix": (20, 80),
    "max_sentence_words": (10, 100),
}
"""The settings that are whole numbers, each with the least and the greatest that make sense."""
_KEYS = ("words", "folders", "rule_leads", *_NUMBERS)
_NOUN_KEYS = {"strategy": "politik", "department": "afdeling"}
"""What can be called something else, each with an example."""
_FORMS = ("one", "the", "many", "the_many")
_ARTICLES = {"en": False, "et": True}
_WORD = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+){0,3}")
MAX_WORD_CHARACTERS = 40
MAX_LEADS, MAX_LEAD_CHARACTERS = 10, 80
"""How many headings and paragraphs announce rules, and how long each may be."""


def read_settings(value: Any, report: Report) -> Settings:
    """Return the settings. Wrong ones are reported, and the defaults stand in their place."""
    if value is None:
        return Settings()
    if not isinstance(value, dict):
        report((), "shape har ingen indstillinger", f"skriv dem under den, som for eksempel `review_months: 12`; {suggestion('', _KEYS)}")
        return Settings()
    facts = mapping(value)
    for key in facts:
        if key not in _KEYS:
            report((key,), f"shape.{key[:MAX_WORD_CHARACTERS]} kendes ikke", suggestion(key, _KEYS))
    found: dict[str, Any] = {"words": _words(facts.get("words"), report), "folders": read_folders(facts.get("folders"), report)}
    if "rule_leads" in facts and (leads := _leads(facts["rule_leads"], report)):
        found["rule_leads"] = leads
    for key, (least, greatest) in _NUMBERS.items():
        number = facts.get(key)
        if key in facts and (type(number) is not int or not least <= number <= greatest):
            report((key,), f"shape.{key} er ikke et helt tal fra {least} til {greatest}", f"skriv for eksempel `{key}: {getattr(Settings, key)}`")
        elif key in facts:
            found[key] = number
    return Settings(**found)


def settings_of(config: bytes) -> Settings:
    """Return the settings in the bytes of `mkdocs.yml`, for a command that reads nothing else of it. What is wrong is reported by the checks."""
    return settings_in(parse_config("mkdocs.yml", config).values)


def settings_in(config: Mapping[str, Any] | None) -> Settings:
    """Return the settings in the values of `mkdocs.yml`, which are None if it cannot be read. What is wrong is reported where the rest of it is read."""
    return read_settings(mapping(mapping(config).get("extra")).get("shape"), lambda path, message, hint: None)


def _leads(value: Any, report: Report) -> tuple[str, ...]:
    """Return what announces rules, or nothing if it is wrong."""
    entries = value if isinstance(value, list) else [value]
    leads = tuple(" ".join(entry.split()) for entry in entries if isinstance(entry, str))
    if len(leads) < len(entries) or not leads or not all(any(character.isalpha() for character in lead) for lead in leads):
        hint = "skriv hver overskrift eller linje på sin egen linje under den, som `- Vi vil`; sæt den i anførselstegn, hvis den slutter med kolon"
        report(("rule_leads",), "shape.rule_leads er ikke en liste med ord, som indleder regler", hint)
        return ()
    if len(leads) > MAX_LEADS or any(len(lead) > MAX_LEAD_CHARACTERS for lead in leads):
        report(("rule_leads",), "shape.rule_leads er for lang", f"skriv højst {MAX_LEADS}, hver på højst {MAX_LEAD_CHARACTERS} tegn")
        return ()
    return leads


def _words(value: Any, report: Report) -> Words:
    if value is not None and not isinstance(value, dict):
        report(("words",), "shape.words har ingen ord", "skriv dem under den, som `strategy: politik` og `department: afdeling`")
        return Words()
    facts, found = mapping(value), {}
    for key in facts:
        if key not in _NOUN_KEYS:
            report(("words", key), f"shape.words.{key[:MAX_WORD_CHARACTERS]} kendes ikke", suggestion(key, tuple(_NOUN_KEYS)))
        elif noun := _noun(key, facts[key], report):
            found[key] = noun
    return Words(**found)


def _noun(key: str, value: Any, report: Report) -> Noun | None:
    """Return what something is called, or None if it is wrong or if its forms are not known."""
    path = ("words", key)
    if isinstance(value, dict):
        return _typed_noun(path, mapping(value), report)
    if not _is_word(value):
        report(path, f"shape.words.{key} er ikke et ord", f"skriv det i ubestemt form, som `{key}: {_NOUN_KEYS[key]}`")
        return None
    if noun := inflected(value.lower()):
        return noun
    hint = f"skriv dets former: `{key}: {{one: afdeling, the: afdelingen, many: afdelinger, the_many: afdelingerne, article: en}}`"
    report(path, f"bøjningen af »{value}« kendes ikke", hint)
    return None


def _typed_noun(path: tuple[str, ...], facts: dict[str, Any], report: Report) -> Noun | None:
    """Return a noun whose forms are typed."""
    known, name, is_right = (*_FORMS, "article"), ".".join(path), True
    for key in facts:
        if key not in known:
            is_right = False
            report((*path, key), f"shape.{name}.{key[:MAX_WORD_CHARACTERS]} kendes ikke", suggestion(key, known))
    if wrong := [key for key in _FORMS if not _is_word(facts.get(key))]:
        is_right = False
        hint = "skriv de fire former, som `one: klynge`, `the: klyngen`, `many: klynger` og `the_many: klyngerne`"
        report(path, f"shape.{name} mangler {', '.join(wrong)}", hint)
    if (article := str(facts.get("article"))) not in _ARTICLES:
        is_right = False
        report(path, f"shape.{name}.article er ikke en eller et", "skriv `article: en` eller `article: et`")
    if not is_right:
        return None
    one, the, many, the_many = (facts[key].lower() for key in _FORMS)
    return Noun(one, the, many, the_many, _ARTICLES[article])


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_WORD_CHARACTERS and bool(_WORD.fullmatch(value))
