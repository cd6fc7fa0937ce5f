"""Judges single answers: names, texts, addresses. What is wrong is said in Danish, with what to do about it. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kanalstrategi.content.config_values import is_email, is_https_url
from kanalstrategi.content.steps import StepError
from kanalstrategi.content.structure_steps import checked_name
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import printable
from kanalstrategi.incoming_text import read_typed
from kanalstrategi.sanitizing.files import WINDOWS_NAMES

MAX_CHANNELS, MAX_DEPARTMENTS, MAX_OWNERS = 40, 100, 50
"""How many of each a site begins with; more may come later. Departments and the units of one are counted by themselves."""
MAX_TEXT_CHARACTERS = 100
"""How long a name or a title may be that is not the name of a file."""

_PHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9]){2,19}")
_ACCOUNT = re.compile(r"@[\w.-]+(?:/[\w.-]+)*", re.ASCII)


class AnswerError(ValueError):
    """An answer cannot be used. The message says why and what to do about it, in Danish."""


def text_answer(typed: str) -> str:
    """Return a name or a title with single spaces. Raises AnswerError if it has characters that nobody sees, no letter, or too many."""
    incoming = read_typed(typed)
    if incoming.diagnostics:
        first = incoming.diagnostics[0]
        raise AnswerError(f"»{_shown(typed)}« kan ikke bruges: {first.message} – {first.hint}")
    text = " ".join(incoming.text.split())
    if not any(character.isalpha() for character in text) or len(text) > MAX_TEXT_CHARACTERS:
        raise AnswerError(f"»{_shown(typed)}« kan ikke bruges – skriv mindst ét bogstav og højst {MAX_TEXT_CHARACTERS} tegn")
    return text


def file_name_answer(typed: str) -> str:
    """Return the name of a channel or a department, which becomes the name of its page. Raises AnswerError."""
    try:
        name = checked_name(typed)
    except StepError as error:
        raise AnswerError(str(error)) from error
    if slug(name) == "index":
        raise AnswerError("en side kan ikke hedde index – vælg et andet navn")
    return name


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Yield a message for each name whose page would be that of another."""
    first: dict[str, str] = {}
    for name in names:
        if other := first.get(slug(name)):
            yield f"»{name}« og »{other}« får den samme adresse – giv den ene et andet navn"
        first.setdefault(slug(name), name)


def owner_id(name: str, taken: Sequence[str]) -> str:
    """Return an id for the owner of a name, which no other has."""
    id = slug(name)[:40].strip("-")
    id = id if id and id not in WINDOWS_NAMES else "ansvarlig"
    return next(candidate for number in range(1, len(taken) + 2) if (candidate := id if number == 1 else f"{id}-{number}") not in taken)


def email_answer(typed: str) -> str:
    """Return an e-mail address. Raises AnswerError."""
    if not is_email(typed.strip()):
        raise AnswerError(f"»{_shown(typed)}« er ikke en e-mailadresse – skriv den som center@kommunen.dk")
    return typed.strip()


def phone_answer(typed: str) -> str:
    """Return a phone number. Raises AnswerError."""
    text = " ".join(typed.split())
    if not _PHONE.fullmatch(text):
        raise AnswerError(f"»{_shown(typed)}« er ikke et telefonnummer – skriv det som 12 34 56 78")
    return text


def account_answer(typed: str) -> str:
    """Return an account on GitHub or GitLab. Raises AnswerError."""
    if not _ACCOUNT.fullmatch(typed.strip()):
        raise AnswerError(f'»{_shown(typed)}« er ikke en konto – skriv den som "@organisation/hold"')
    return typed.strip()


def url_answer(typed: str) -> str:
    """Return the URL of the accessibility statement. Raises AnswerError."""
    if not is_https_url(typed.strip()):
        raise AnswerError(f"»{_shown(typed)}« er ikke en adresse, der begynder med https:// – skriv den som https://was.digst.dk/…")
    return typed.strip()


def _shown(typed: str) -> str:
    return printable(typed[:MAX_TEXT_CHARACTERS])
