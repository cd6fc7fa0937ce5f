"""Says where answers to a hearing go: a portal, or an e-mail that names the point that is answered. No I/O."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from kanalstrategi.content.config_values import is_email, is_https_url, mapping
from kanalstrategi.content.edition_model import Consultation
from kanalstrategi.suggestions import suggestion

REFERENCE = "{reference}"
"""Stands in the URL of a portal for the reference of the point that is answered."""
MAX_MAIL_CHARACTERS = 2000
"""The longest `mailto:` link that all mail programs open."""
MAX_QUOTED_CHARACTERS = 100
"""How much of a point is quoted in an e-mail."""

_KEYS = ("url", "email")


def read_consultation(value: Any, report: Callable[[str, str, str], None]) -> Consultation | None:
    """Return where answers go, from `consultation` under `extra`, or None if nothing is said or if it is wrong.

    `report` gets the key, the message and the hint of each mistake.
    """
    if value is None:
        return None
    is_right = True

    def wrong(key: str, message: str, hint: str) -> None:
        nonlocal is_right
        is_right = False
        report(key, message, hint)

    facts = {key: "" if item is None else str(item).strip() for key, item in mapping(value).items()}
    for key in facts:
        if key not in _KEYS:
            wrong(key, f"consultation.{key} kendes ikke", suggestion(key, _KEYS))
    url, email = facts.get("url", ""), facts.get("email", "")
    if url and email:
        wrong("email", "consultation har både url og email", "slet den ene af de to linjer")
    elif not url and not email:
        wrong("consultation", "consultation siger ikke, hvor man svarer", "skriv `url: https://…` eller `email: …` under den")
    if url and not _is_portal(url):
        hint = f"skriv adressen på høringsportalen: `url: https://…`; {REFERENCE} efter værtens navn bliver til punktets navn"
        wrong("url", "consultation.url er ikke en adresse, der begynder med https://", hint)
    if email and not is_email(email):
        wrong("email", f"consultation.email kan ikke være {email}", "skriv den som `email: hoering@kommunen.dk`")
    return Consultation(url, email) if is_right else None


def answer_url(consultation: Consultation, title: str, *, reference: str = "", text: str = "", place: str = "") -> str:
    """Return the URL that begins an answer to an edition, or to one point of it.

    `title` is that of the edition, `text` what the point says, and `place` its URL on the published site, if that is known.
    """
    if consultation.url:
        return consultation.url.replace(REFERENCE, _encoded(reference))
    quoted = textwrap.shorten(text, MAX_QUOTED_CHARACTERS, placeholder=" …")
    for length in range(len(title), 0, -10):
        named = textwrap.shorten(title, length, placeholder=" …") if length < len(title) else title
        mail = _mail(consultation.email, named, reference, quoted, place)
        if len(mail) <= MAX_MAIL_CHARACTERS:
            return mail
    return f"mailto:{quote(consultation.email, safe='@')}"


def _mail(email: str, title: str, reference: str, quoted: str, place: str) -> str:
    subject = f"Høringssvar: {title}" + (f", {reference}" if reference else "")
    lines = [f"Forslag: {title}", f"Punkt: {reference}" if reference else "", f"»{quoted}«" if quoted else "", place]
    body = "\r\n".join(line for line in lines if line) + "\r\n\r\nVores svar:\r\n"
    return f"mailto:{quote(email, safe='@')}?subject={_encoded(subject)}&body={_encoded(body)}"


def _encoded(text: str) -> str:
    return quote(text, safe="")  # mail programs take `+` for a plus, not for a space


def _is_portal(url: str) -> bool:
    """Whether a text is the URL of a portal, in which the reference may stand anywhere but in the host."""
    plain = url.replace(REFERENCE, "x")
    return is_https_url(plain) and not re.search(r"[{}<>\\^`|]", plain) and REFERENCE not in url.split("/")[2]
