"""What the search knows about Danish words: stems, compounds, and the lexicon that both come from."""

from __future__ import annotations

import re
from multiprocessing import get_context
from pathlib import Path

import pytest
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from kanalstrategi.danish import lexicon
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.danish.words import normalize, stem, words

COMPOUNDS = {
    "selvbetjeningsløsninger": {"selvbetjening", "løsning", "selv", "betjening"},
    "fællespostkasserne": {"fælles", "postkasse", "post", "kasse"},
    "telefonsvarerbeskeder": {"telefonsvarer", "besked", "telefon", "svarer"},
    "sagsbehandling": {"sag", "behandling"},
    "notatpligten": {"notat", "pligt"},
    "åbningstider": {"åbning", "tid"},
    "daginstitution": {"dag", "institution"},
    "rådhuset": {"råd", "hus"},
    "børnehave": {"barn", "have"},
}
ONE_WORD = ["kommune", "billeder", "institution", "definition", "overskredet", "henvise", "forbedre", "medarbejder", "borgeren"]


@pytest.mark.parametrize("word", COMPOUNDS)
def test_a_compound_is_split_into_its_words(word: str) -> None:
    found = {stem(part) for part in danish_dictionary().parts(word)}
    assert {stem(part) for part in COMPOUNDS[word]} - {stem("barn")} <= found
    # The first word of a compound has a form of its own: `børne-`.
    assert stem("barn") not in {stem(part) for part in COMPOUNDS[word]} or {stem("barn"), stem("børne")} & found


@pytest.mark.parametrize("word", ONE_WORD)
def test_other_words_are_not_split(word: str) -> None:
    assert list(danish_dictionary().parts(word)) == []


def test_forms_of_a_word_have_one_stem() -> None:
    assert len({stem(form) for form in ("hjemmeside", "hjemmesiden", "hjemmesider", "hjemmesiderne", "hjemmesidens")}) == 1
    assert len({stem(spelling) for spelling in ("Åbningstid", "aabningstid", "ÅBNINGSTIDER")}) == 1
    assert ("børn", "barn") in set(danish_dictionary().forms_of({"barn"}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.575 kr.", "12575"),
        ("1\u00a0250\u202f000 kr.", "1250000"),
        ("Ring 70 12 34 56.", "70123456"),
        ("+45 70 12 34 56", "70123456"),
        ("+4570123456", "70123456"),
        ("70.12.34.56", "70123456"),
        ("8012 3457", "80123457"),
        ("sag 22/004711", "22004711"),
        ("Dok.nr. 2023-0045", "20230045"),
        ("010203-1234", "0102031234"),
    ],
)
def test_a_number_is_one_word_however_its_digits_are_grouped(text: str, number: str) -> None:
    assert number in set(words(normalize(text)))


@pytest.mark.parametrize("text", ["28.2.2023", "kl. 10.15", "2,5", "8–15", "i 2023 120 borgere", "1/2", "§ 123 c", "12, 345", "5 kg"])
def test_other_numbers_stay_apart(text: str) -> None:
    assert [*words(text)] == re.findall(r"\w+", text)


@pytest.mark.parametrize(("text", "found"), [("C/O-adressen", ["co", "adressen", "coadressen"]), ("et A/S", ["et", "as"]), ("og/eller", ["og", "eller"])])
def test_an_abbreviation_with_slashes_is_one_word(text: str, found: list[str]) -> None:
    assert [*words(text)] == found


def test_texts_are_compared_as_they_look() -> None:
    assert normalize("a\u030a\u00adbnings\u00adtider \n pa\u030a\u00a0ra\u030a\u2060dhuset") == "åbningstider på rådhuset"


def test_the_lexicon_agrees_with_the_dictionary() -> None:
    theirs = dict(DEFAULT_DICTIONARY_FACTORY.get_dictionary("da").items())
    ours = lexicon.open_lexicon()
    some = dict.fromkeys([*theirs][::20])
    assert [ours.lemma(form) for form in some] == [theirs[form] for form in some]
    assert not any(ours.lemma(form + "q") for form in some if form + "q" not in theirs)
    forms = {(form, lemma) for form, lemma in theirs.items() if lemma in some}
    assert {(form, lemma) for lemma in some for form in ours.forms(lemma)} == forms


def test_regularity_of_a_part_is_counted_over_all_words() -> None:
    theirs = dict(DEFAULT_DICTIONARY_FACTORY.get_dictionary("da").items())
    known = {word for word in theirs.values() if len(word) >= 3 and word.isalpha() and word.islower()}
    for part in ("telefon", "pro", "for", "bolig"):
        rests = [word[len(part) :] for word in known if word.startswith(part) and len(word) >= len(part) + 3]
        compounds = [rest for rest in rests if rest in known or (rest[0] in "se" and rest[1:] in known)]
        verbs = [rest for rest in compounds if theirs.get(f"{part}{rest}nde") == part + rest]
        assert lexicon.open_lexicon().as_first(part) == ((len(compounds) + 1) / (len(rests) + 1), len(verbs) / len(compounds))
    for part in ("kasse", "tid", "ner"):
        rests = [word[: -len(part)] for word in known if word.endswith(part) and len(word) >= len(part) + 3]
        compounds = [rest for rest in rests if rest in theirs or (rest[-1] in "se" and rest[:-1] in theirs and len(rest) > 3)]
        assert lexicon.open_lexicon().as_last(part) == ((len(compounds) + 1) / (len(rests) + 1) if part in known else None)


def test_two_processes_create_one_lexicon(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        first, second = pool.map(lexicon.ensure_database, [tmp_path, tmp_path])
    assert first == second and [*tmp_path.iterdir()] == [first]
    before = first.stat().st_mtime_ns
    assert lexicon.ensure_database(tmp_path) == first and first.stat().st_mtime_ns == before


def test_without_a_writable_folder_the_lexicon_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "share").write_text("a file where the folder should be")
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path / "share")  # private: where the lexicon is written is not configurable
    in_memory = lexicon.open_lexicon.__wrapped__()
    assert in_memory.lemma("børnene") == "barn" and "børn" in in_memory.forms("barn")
