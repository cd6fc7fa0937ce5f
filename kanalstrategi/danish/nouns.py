"""Inflects nouns, and puts one noun in the place of another in a Danish text. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Noun:
    """A noun with its four forms, without genitive, and its gender."""

    one: str
    """Indefinite singular: `afdeling`."""
    the: str
    """Definite singular: `afdelingen`."""
    many: str
    """Indefinite plural: `afdelinger`."""
    the_many: str
    """Definite plural: `afdelingerne`."""
    is_neuter: bool = False
    """Whether its article is `et`."""

    @property
    def forms(self) -> tuple[str, str, str, str]:
        """The four forms, in the order of the fields."""
        return self.one, self.the, self.many, self.the_many


STRATEGY = Noun("strategi", "strategien", "strategier", "strategierne")
DEPARTMENT = Noun("fagområde", "fagområdet", "fagområder", "fagområderne", is_neuter=True)

_KNOWN = (
    STRATEGY,
    DEPARTMENT,
    Noun("afdeling", "afdelingen", "afdelinger", "afdelingerne"),
    Noun("afsnit", "afsnittet", "afsnit", "afsnittene", is_neuter=True),
    Noun("center", "centeret", "centre", "centrene", is_neuter=True),
    Noun("enhed", "enheden", "enheder", "enhederne"),
    Noun("forvaltning", "forvaltningen", "forvaltninger", "forvaltningerne"),
    Noun("grundlag", "grundlaget", "grundlag", "grundlagene", is_neuter=True),
    Noun("guide", "guiden", "guider", "guiderne"),
    Noun("håndbog", "håndbogen", "håndbøger", "håndbøgerne"),
    Noun("institution", "institutionen", "institutioner", "institutionerne"),
    Noun("kodeks", "kodekset", "kodekser", "kodekserne", is_neuter=True),
    Noun("koncept", "konceptet", "koncepter", "koncepterne", is_neuter=True),
    Noun("kontor", "kontoret", "kontorer", "kontorerne", is_neuter=True),
    Noun("manual", "manualen", "manualer", "manualerne"),
    Noun("område", "området", "områder", "områderne", is_neuter=True),
    Noun("plan", "planen", "planer", "planerne"),
    Noun("politik", "politikken", "politikker", "politikkerne"),
    Noun("program", "programmet", "programmer", "programmerne", is_neuter=True),
    Noun("ramme", "rammen", "rammer", "rammerne"),
    Noun("sekretariat", "sekretariatet", "sekretariater", "sekretariaterne", is_neuter=True),
    Noun("sektion", "sektionen", "sektioner", "sektionerne"),
    Noun("sektor", "sektoren", "sektorer", "sektorerne"),
    Noun("stab", "staben", "stabe", "stabene"),
    Noun("team", "teamet", "teams", "teamene", is_neuter=True),
    Noun("tjeneste", "tjenesten", "tjenester", "tjenesterne"),
    Noun("virksomhed", "virksomheden", "virksomheder", "virksomhederne"),
)

NEUTER = {
    "anden": "andet", "den": "det", "denne": "dette", "egen": "eget", "en": "et", "enhver": "ethvert", "gammel": "gammelt", "hver": "hvert",
    "hvilken": "hvilket", "ingen": "intet", "lokal": "lokalt", "ny": "nyt", "nogen": "noget", "sin": "sit", "sådan en": "sådan et",
}  # fmt: skip # one line per word would fill a page
"""The words before a noun that follow its gender, keyed by the form of the other gender."""
_COMMON = {neuter: common for common, neuter in NEUTER.items()}
INVARIANT = ("forrige", "første", "gamle", "gældende", "lokale", "nye", "nyere", "næste", "samme", "sidste")
"""The words that may stand between those and the noun."""
_SENTENCE = re.compile(r"[^.!?\n]+")
_BEFORE = "|".join(sorted((*NEUTER, *_COMMON, *INVARIANT), key=len, reverse=True))


def known_nouns() -> tuple[Noun, ...]:
    """Return the nouns whose forms are known."""
    return _KNOWN


def inflected(word: str) -> Noun | None:
    """Return the noun that a word in its basic form is, or None if its forms are not known. A compound is inflected as its last part."""
    known = max((noun for noun in _KNOWN if word.endswith(noun.one)), key=lambda noun: len(noun.one), default=None)
    if known is None:
        return None
    stem = word.removesuffix(known.one)
    one, the, many, the_many = (stem + form for form in known.forms)
    return Noun(one, the, many, the_many, known.is_neuter)


@lru_cache(4096)
def replaced(text: str, old: Noun, new: Noun, compound: str = "") -> str:
    """Return a text with one noun in the place of another, in the same forms.

    The articles and adjectives right before it follow the new one's gender; so does `dets` or `dens` later in the sentence, which is taken to
    refer to it. The old noun is also found as the last part of a compound that begins with `compound`, all of which the new one takes the place of.
    """
    if old == new:
        return text
    by_form = dict(zip(old.forms, new.forms, strict=True))
    forms = "|".join(sorted(map(re.escape, by_form), key=len, reverse=True))
    differs = old.is_neuter != new.is_neuter
    agreeing = NEUTER if new.is_neuter else _COMMON

    def with_new(match: re.Match[str]) -> str:
        form = match["noun"].lower()
        before = match["before"]
        if differs and form == old.one:
            before = re.sub(r"[^\W\d_]+", lambda word: _as_capital(word[0], agreeing.get(word[0].lower(), word[0])), before)
        noun = by_form[form]
        genitive = ("’" if noun.endswith(("s", "x", "z")) else "s") if match["genitive"] else ""
        return before + _as_capital(match["prefix"] or match["noun"], noun) + genitive

    pattern = re.compile(rf"\b(?P<before>(?:(?:{_BEFORE}) ){{0,4}})(?P<prefix>{compound})(?P<noun>{forms})(?P<genitive>s?)\b", re.IGNORECASE)
    if not differs:
        return pattern.sub(with_new, text)
    its, its_own = (r"\bdets\b", "dens") if old.is_neuter else (r"\bdens\b", "dets")

    def in_sentence(sentence: re.Match[str]) -> str:
        first = pattern.search(sentence[0])
        if first is None:
            return sentence[0]
        end = first.end()
        return pattern.sub(with_new, sentence[0][:end]) + re.sub(its, its_own, pattern.sub(with_new, sentence[0][end:]))

    return _SENTENCE.sub(in_sentence, text)


def _as_capital(model: str, word: str) -> str:
    """Return a word with a capital letter first if another has one."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
