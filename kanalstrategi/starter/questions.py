"""Asks in Danish what a site is made of, one question at a time. What asks and tells is handed in, so there is no I/O here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from kanalstrategi.content.settings import read_settings
from kanalstrategi.danish.nouns import DEPARTMENT, inflected
from kanalstrategi.starter.answers import DEFAULT_CHANNELS, DEFAULT_DEPARTMENTS, Answers, NewDepartment, NewOwner
from kanalstrategi.starter.checked import (
    MAX_CHANNELS,
    MAX_DEPARTMENTS,
    AnswerError,
    distinct,
    email_answer,
    file_name_answer,
    owner_id,
    phone_answer,
    text_answer,
    url_answer,
)

Ask = Callable[[str], str]
"""Takes a question, and returns what was typed. Raises EOFError where nobody answers any more."""
Tell = Callable[[str], None]
LookCheck = Callable[[Answers], str]
"""Returns what is wrong with the colors and the logo that were answered, or an empty text."""
Answer = TypeVar("Answer")

INTRODUCTION = "Svar på spørgsmålene, eller tryk Enter for at tage det, der står i [ ]. Alt kan rettes bagefter."
_SEPARATOR = ";"
_UNITS, _UNIT_SEPARATOR = ":", ","
_FORMS = ("one", "the", "many", "the_many")
"""The forms of a word, in the order in which they are asked for."""


def ask_all(name: str, ask: Ask, tell: Tell, check_look: LookCheck, check_file: Callable[[str], str]) -> Answers:
    """Return what is answered about the municipality of a name. `check_file` returns a path as typed, or raises AnswerError if there is no such file."""
    interview = _Interview(ask, tell)
    tell(INTRODUCTION)
    found = interview.shape(Answers(name))
    say = found.settings.words.say
    title = say("Kanalstrategi")
    question = say("Har I strategien som Word-fil, så skriv dens sti.")
    found = replace(found, strategy=interview.once(question, "ingen", check_file, ""))
    shown = "den i Word-filen" if found.strategy else title
    found = replace(found, title=interview.once("Hvad skal forsidens overskrift være?", shown, text_answer, ""))
    channels = "dem i Word-filen" if found.strategy else f"{_SEPARATOR} ".join(DEFAULT_CHANNELS)
    found = replace(found, channels=interview.once(f"Hvilke kanaler bruger I? Skriv {_SEPARATOR} mellem dem.", channels, _channels, ()))
    departments = f"{_SEPARATOR} ".join(one.name for one in DEFAULT_DEPARTMENTS)
    question = say("Hvilke fagområder skal have en lokal retningslinje?")
    question += f" Skriv {_SEPARATOR} mellem dem, og enheder efter kolon: Skoler: Byskolen, Havneskolen."
    found = replace(found, departments=interview.once(question, departments, _departments))
    found = replace(found, owners=interview.owners(say("Hvem holder strategien ved lige?")))
    found = interview.look(found, check_look, check_file)
    return replace(found, statement=interview.once("Hvad er adressen på jeres tilgængelighedserklæring i WAS-Tool?", "ingen endnu", url_answer, ""))


class _Interview:
    def __init__(self, ask: Ask, tell: Tell) -> None:
        self._ask = ask
        self._tell = tell

    def once(self, question: str, shown: str, check: Callable[[str], Answer], default: Answer | None = None) -> Answer:
        """Return the answer to a question, which is asked until it can be used. Without a `default`, nothing typed means what is `shown`."""
        while True:
            typed = self._ask(f"{question} [{shown}] ").strip()
            if not typed and default is not None:
                return default
            try:
                return check(typed or shown)
            except AnswerError as error:
                self._tell(str(error))

    def shape(self, answers: Answers) -> Answers:
        """Return the answers with what the site calls things, and what announces rules in it."""
        usual = {"strategy": "kanalstrategi", "department": DEPARTMENT.one}
        questions = {
            "strategy": "Hvad kalder I den: kanalstrategi, kommunikationspolitik …?",
            "department": "Hvad kalder I dem, der hver har en retningslinje: fagområde, afdeling, center …?",
        }
        answered = {key: self._noun(key, question, usual[key]) for key, question in questions.items()}
        words = {key: word for key, word in answered.items() if word != usual[key]}
        lead = self.once("Hvilke ord står over de lister, der er regler?", answers.settings.rule_leads[0], _lead)
        shape = {**({"words": words} if words else {}), **({"rule_leads": [lead]} if lead != answers.settings.rule_leads[0] else {})}
        return replace(answers, shape=shape, settings=read_settings(shape or None, lambda path, message, hint: None))

    def _noun(self, key: str, question: str, usual: str) -> str | dict[str, str]:
        """Return what something is called: one word, or its forms where the program does not know them."""
        while True:
            word = self.once(question, usual, partial(_word, key))
            if inflected(word):
                return word
            forms = f"Programmet kan ikke selv bøje »{word}«. Skriv formerne, som: en klynge, klyngen, klynger, klyngerne."
            no_forms: dict[str, str] = {}
            if typed := self.once(forms, "vælg et andet ord", partial(_forms, key), no_forms):
                return typed

    def owners(self, question: str) -> tuple[NewOwner, ...]:
        """Return the owner of the strategy, or nothing if nobody is known yet."""
        name = self.once(question, "ikke udpeget endnu", text_answer, "")
        if not name:
            return ()
        phone = self.once(f"Hvilket telefonnummer har {name}?", "ved ikke", phone_answer, "")
        email = self.once(f"Hvilken e-mailadresse har {name}?", "ved ikke", email_answer, "")
        return (NewOwner(owner_id(name, ()), name, phone, email),)

    def look(self, answers: Answers, check_look: LookCheck, check_file: Callable[[str], str]) -> Answers:
        """Return the answers with the colors and the logo."""

        def seen(found: Answers) -> Answers:
            if problem := check_look(found):
                raise AnswerError(problem)
            return found

        question = "Hvilken farve skal toppen af siderne have? Skriv den som #6B1F7B."
        answers = self.once(question, "programmets", lambda typed: seen(replace(answers, primary=typed)), answers)
        answers = self.once("Hvilken farve skal knapper og mærker have?", "programmets", lambda typed: seen(replace(answers, accent=typed)), answers)
        return self.once(
            "Har I et logo som SVG eller PNG, så skriv filens sti.", "intet", lambda typed: seen(replace(answers, logo=check_file(typed))), answers
        )


def _channels(typed: str) -> tuple[str, ...]:
    return _names(typed.split(_SEPARATOR), MAX_CHANNELS)


def _names(typed: list[str], maximum: int) -> tuple[str, ...]:
    names = tuple(file_name_answer(name) for name in typed if name.strip())
    _refuse(names, maximum)
    return names


def _refuse(names: tuple[str, ...], maximum: int) -> None:
    if not names or len(names) > maximum:
        raise AnswerError(f"skriv fra 1 til {maximum}")
    for message in distinct(names):
        raise AnswerError(message)


def _departments(typed: str) -> tuple[NewDepartment, ...]:
    found = []
    for entry in filter(str.strip, typed.split(_SEPARATOR)):
        name, _, units = entry.partition(_UNITS)
        found.append(NewDepartment(file_name_answer(name), tuple(file_name_answer(unit) for unit in units.split(_UNIT_SEPARATOR) if unit.strip())))
    _refuse(tuple(name for one in found for name in (one.name, *one.units)), MAX_DEPARTMENTS)
    return tuple(found)


def _word(key: str, typed: str) -> str:
    """Return a word of the site in lower case. Raises AnswerError if it is none."""
    word = typed.strip().lower()
    if inflected(word):
        return word
    try:  # its forms may be unknown, but it has to be a word
        _checked_shape({"words": {key: {**dict.fromkeys(_FORMS, word), "article": "en"}}})
    except AnswerError as error:
        raise AnswerError(f"»{typed.strip()}« er ikke ét ord – skriv det i ubestemt form, som afdeling eller politik") from error
    return word


def _forms(key: str, typed: str) -> dict[str, str]:
    """Return the forms of a word that were typed after each other, as in `en klynge, klyngen, klynger, klyngerne`. Raises AnswerError."""
    article, _, rest = typed.strip().lower().partition(" ")
    forms = [form.strip() for form in rest.split(",")]
    if article not in ("en", "et") or len(forms) != len(_FORMS):
        raise AnswerError("skriv en eller et og de fire former med komma mellem – som: en klynge, klyngen, klynger, klyngerne")
    noun = {**dict(zip(_FORMS, forms, strict=True)), "article": article}
    _checked_shape({"words": {key: noun}})
    return noun


def _lead(typed: str) -> str:
    _checked_shape({"rule_leads": [typed]})
    return text_answer(typed)


def _checked_shape(shape: dict[str, object]) -> None:
    """Raise AnswerError if a setting of the site's shape cannot be used."""
    found: list[str] = []
    read_settings(shape, lambda path, message, hint: found.append(f"{message.removeprefix('shape.')} – {hint}"))
    if found:
        raise AnswerError(found[0])
