"""Reads who keeps pages up to date from `owners` in `mkdocs.yml`. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kanalstrategi.content.config_values import is_email, mapping
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.danish.slugs import slug
from kanalstrategi.sanitizing.files import FOLDER_NAME, WINDOWS_NAMES
from kanalstrategi.suggestions import suggestion

Report = Callable[[str, str, str], None]
"""Takes the key under `owners`, the message and the hint of a mistake."""
_MAX_SHOWN = 60
"""How many characters of a wrong address are shown."""


def read_owners(value: Any, read_account: Callable[[str, Any], str], report: Report) -> dict[str, Owner]:
    """Return the owners that have a name and an id that can be used, keyed by id. The rest is reported.

    `read_account` reads the account of the owner with an id.
    """
    owners: dict[str, Owner] = {}
    entries = {id: mapping(entry) for id, entry in mapping(value).items()}
    for id, facts in entries.items():
        if not isinstance(facts.get("name"), str):
            report(id, f"ansvarlig {id} har intet navn", "skriv `name: …` under den")
            continue
        if not FOLDER_NAME.fullmatch(id):  # the owner's calendar and mail get its name, which must not lead out of their folder
            report(id, f"navnet {id} kan ikke bruges i en adresse", f"brug kun små bogstaver a–z, tal og bindestreg: {slug(id) or 'center'}")
            continue
        if id in WINDOWS_NAMES:
            report(id, f"navnet {id} kan ikke bruges på Windows", "giv den ansvarlige et andet navn")
            continue
        owners[id] = Owner(id, facts["name"], str(facts.get("phone") or ""), _email(id, facts, report), read_account(id, facts.get("account")))
    return {id: replace(owner, deputy=_deputy(id, entries[id], owners, report)) for id, owner in owners.items()}


def read_site_owner(value: Any, owners: Mapping[str, Owner], report: Report) -> str:
    """Return the id of the owner of the pages that come with the program: the one that is named, or else the first."""
    if value is None or value in owners:
        return str(value or next(iter(owners), ""))
    report("site_owner", f"den ansvarlige {str(value)[:_MAX_SHOWN]} i site_owner findes ikke", suggestion(str(value), [*owners]))
    return next(iter(owners), "")


def _email(id: str, facts: Mapping[str, Any], report: Report) -> str:
    """Return the e-mail address of an owner, or an empty string if it is missing or wrong."""
    email = str(facts.get("email") or "")
    if email and not is_email(email):
        report(id, f"e-mailadressen {email[:_MAX_SHOWN]} kan ikke bruges", "skriv den som `email: center@kommunen.dk`")
        return ""
    return email


def _deputy(id: str, facts: Mapping[str, Any], owners: Mapping[str, Owner], report: Report) -> str:
    """Return the id of the owner who is told in the place of another, or an empty string if there is none or if it is wrong."""
    deputy = str(facts.get("deputy") or "")
    if deputy == id:
        report(id, f"ansvarlig {id} er sin egen stedfortræder", "skriv en anden efter `deputy:`, eller slet linjen")
        return ""
    if deputy and deputy not in owners:
        report(id, f"stedfortræderen {deputy} findes ikke under owners", suggestion(deputy, [*owners]))
        return ""
    return deputy
