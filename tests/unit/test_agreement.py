"""What stands around the name of a strategy or a department follows its gender, whatever a site calls them: `et nyt center`, `en ny afdeling`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from kanalstrategi.content.program_words import in_words
from kanalstrategi.content.settings_model import Words
from kanalstrategi.danish.nouns import DEPARTMENT, INVARIANT, NEUTER, STRATEGY, Noun, inflected, known_nouns
from tests.support.project import ROOT

OTHERS = {
    "og", "med", "eksempel", "kommunes", "kommunens", "pluginet", "efter", "hedder", "i", "dens", "of", "eller", "as", "a", "in", "from", "by", "lokal", "ii",
}  # fmt: skip - a list of words, several a line
"""What stands right before one of the nouns and does not follow its gender: prepositions, genitives, and names in code."""
COMMANDS = r"(?! (?:addresses|audit|build|check|codeowners|edition|links|new|portal|progress|remind|serve|structure|upgrade|verify|KOMMANDO))"
ONE = re.compile(rf"([^\W\d_]+) (?:kanal)?(?:strategi|fagområde)s?\b(?![-/.\w]){COMMANDS}", re.IGNORECASE)
OWN = re.compile(r"strategi|fagområde", re.IGNORECASE)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Return every text of the program that names either, with its place: strings in code, pages, the texts of a new site and scripts."""
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted((*(ROOT / "kanalstrategi").rglob("*.py"), *(ROOT / "macros").glob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and OWN.search(node.value):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node.value
    pages = [*(ROOT / "pages").rglob("*.md"), *(ROOT / "kanalstrategi/starter/files").rglob("*.md"), *(ROOT / "overrides").rglob("*.js")]
    for file in sorted(pages):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if OWN.search(line):
                yield f"{file.relative_to(ROOT)}:{number}", line


def test_every_word_before_them_is_known() -> None:
    """An adjective that nobody has told the program how to inflect would come out wrong in half of all municipalities."""
    known = {*NEUTER, *NEUTER.values(), *INVARIANT, *OTHERS}
    found = {place: word for place, text in texts() for word in ONE.findall(text) if word.lower() not in known}
    assert found == {}


@pytest.mark.parametrize("noun", known_nouns(), ids=lambda noun: noun.one)
def test_articles_and_adjectives_agree_with_every_noun(noun: Noun) -> None:
    one, the, many, the_many = ("q" + form for form in noun.forms)  # which stand nowhere else in the texts
    made_up = Noun(one, the, many + "er", the_many, noun.is_neuter)
    wrong = {*NEUTER} - {*NEUTER.values()} if noun.is_neuter else {*NEUTER.values()} - {*NEUTER}
    ahead = re.compile(rf"\b((?:(?:{'|'.join({*NEUTER, *NEUTER.values(), *INVARIANT})}) )+){made_up.one}(?:s|’)?(?!\w)", re.IGNORECASE)
    seen = 0
    for words in (Words(made_up, DEPARTMENT), Words(STRATEGY, made_up)):
        for place, text in texts():
            said = in_words(text, words.say)
            for chain in ahead.findall(said):
                seen += 1
                assert not {word.lower() for word in chain.split()} & wrong, f"{place}: {said}"
    assert seen > 20


@pytest.mark.parametrize(
    ("text", "neuter", "common"),
    [
        ("et nyt fagområde", "et nyt center", "en ny afdeling"),
        ("den første strategi", "det første program", "den første plan"),
        ("en gammel strategi og dens mål. Kanalen og dens brug", "et gammelt program og dets mål. Kanalen og dens brug", "en gammel plan og dens mål"),
        ("Et fagområdes egen side", "Et centers egen side", "En afdelings egen side"),
        ("sit eget fagområde", "sit eget center", "sin egen afdeling"),
        ("Kanalens brug og dens mål. Fagområdet og dets brug.", "Kanalens brug og dens mål. Centeret og dets brug.", "og dens mål. Afdelingen og dens brug."),
    ],
)
def test_it_is_said_so(text: str, neuter: str, common: str) -> None:
    def said(strategy: str, department: str) -> str:
        return Words(inflected(strategy) or STRATEGY, inflected(department) or DEPARTMENT).say(text)

    assert said("program", "center") == neuter
    assert common in said("plan", "afdeling")
