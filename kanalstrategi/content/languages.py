"""Knows the languages that a page may be in: what they are called, which way they are written, and where their words may be divided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

SITE_LANGUAGE = "da"
"""The language of every page that does not say otherwise, and of the program's own words."""


@dataclass(frozen=True)
class Language:
    """A language that pages can be in."""

    code: str
    """Its primary tag of BCP 47: `uk`."""
    own_name: str
    """Its name in itself, which its readers know: `Українська`."""
    danish_name: str
    is_rtl: bool = False
    """Whether it is written from right to left."""
    hyphenation: str = ""
    """The dictionary of where its words may be divided; empty if there is none."""
    country: str = ""
    """The country whose form of it Open Graph names: `DE` of `de_DE`."""

    @property
    def direction(self) -> str:
        """The value of HTML's `dir`."""
        return "rtl" if self.is_rtl else "ltr"

    @property
    def locale(self) -> str:
        """What Open Graph calls it: `de_DE`."""
        return f"{self.code}_{self.country}" if self.country else self.code


_ALL = (
    Language("da", "Dansk", "dansk", hyphenation="da_DK", country="DK"),
    Language("en", "English", "engelsk", hyphenation="en_GB", country="GB"),
    Language("de", "Deutsch", "tysk", hyphenation="de_DE", country="DE"),
    Language("uk", "Українська", "ukrainsk", hyphenation="uk_UA", country="UA"),
    Language("ar", "العربية", "arabisk", is_rtl=True, country="AR"),
    Language("am", "አማርኛ", "amharisk", country="ET"),
    Language("bg", "Български", "bulgarsk", hyphenation="bg_BG", country="BG"),
    Language("bs", "Bosanski", "bosnisk", hyphenation="hr_HR", country="BA"),
    Language("cs", "Čeština", "tjekkisk", hyphenation="cs_CZ", country="CZ"),
    Language("el", "Ελληνικά", "græsk", hyphenation="el_GR", country="GR"),
    Language("es", "Español", "spansk", hyphenation="es", country="ES"),
    Language("et", "Eesti", "estisk", hyphenation="et_EE", country="EE"),
    Language("fa", "فارسی", "persisk", is_rtl=True, country="IR"),
    Language("fi", "Suomi", "finsk", country="FI"),
    Language("fo", "Føroyskt", "færøsk", country="FO"),
    Language("fr", "Français", "fransk", hyphenation="fr", country="FR"),
    Language("he", "עברית", "hebraisk", is_rtl=True, country="IL"),
    Language("hi", "हिन्दी", "hindi", country="IN"),
    Language("hr", "Hrvatski", "kroatisk", hyphenation="hr_HR", country="HR"),
    Language("hu", "Magyar", "ungarsk", hyphenation="hu_HU", country="HU"),
    Language("hy", "Հայերեն", "armensk", country="AM"),
    Language("is", "Íslenska", "islandsk", hyphenation="is", country="IS"),
    Language("it", "Italiano", "italiensk", hyphenation="it_IT", country="IT"),
    Language("ka", "ქართული", "georgisk", country="GE"),
    Language("kl", "Kalaallisut", "grønlandsk", country="GL"),
    Language("ku", "Kurdî", "kurdisk"),
    Language("lt", "Lietuvių", "litauisk", hyphenation="lt", country="LT"),
    Language("lv", "Latviešu", "lettisk", hyphenation="lv_LV", country="LV"),
    Language("nb", "Norsk bokmål", "norsk", hyphenation="nb_NO", country="NO"),
    Language("nl", "Nederlands", "nederlandsk", hyphenation="nl_NL", country="NL"),
    Language("pl", "Polski", "polsk", hyphenation="pl_PL", country="PL"),
    Language("ps", "پښتو", "pashto", is_rtl=True, country="AF"),
    Language("pt", "Português", "portugisisk", hyphenation="pt_PT", country="PT"),
    Language("ro", "Română", "rumænsk", hyphenation="ro_RO", country="RO"),
    Language("ru", "Русский", "russisk", hyphenation="ru_RU", country="RU"),
    Language("sk", "Slovenčina", "slovakisk", hyphenation="sk_SK", country="SK"),
    Language("so", "Soomaali", "somali", country="SO"),
    Language("sq", "Shqip", "albansk", hyphenation="sq_AL", country="AL"),
    Language("sr", "Српски", "serbisk", hyphenation="sr", country="RS"),
    Language("sv", "Svenska", "svensk", hyphenation="sv", country="SE"),
    Language("ta", "தமிழ்", "tamil", country="LK"),
    Language("th", "ไทย", "thai", hyphenation="th_TH", country="TH"),
    Language("ti", "ትግርኛ", "tigrinya", country="ER"),
    Language("tr", "Türkçe", "tyrkisk", country="TR"),
    Language("ur", "اردو", "urdu", is_rtl=True, country="PK"),
    Language("vi", "Tiếng Việt", "vietnamesisk", country="VN"),
)
LANGUAGES = {language.code: language for language in _ALL}
"""The languages whose direction the program knows and whose letters its fonts have, keyed by their tags."""


def language_of(code: str) -> Language:
    """Return the language with a tag; the site's own for a tag that is not known."""
    return LANGUAGES.get(code) or LANGUAGES[SITE_LANGUAGE]


@lru_cache(4096)
def date_in(language: str, day: date) -> str:
    """Return a date in words, in a language: `28. februar 2023`, `28 February 2023`."""
    return format_date(day, format="long", locale=_DATE_LOCALES.get(language, language))


def name_in(language: str, code: str) -> str:
    """Return what a language is called in another, which the program's own words are in: `Dänisch`."""
    return str(Locale.parse(language).languages[code])


_DATE_LOCALES = {"en": "en_GB", "sr": "sr_Cyrl"}
"""Where Babel's own form of a language is not that of Europe, or not in the letters of the texts."""
