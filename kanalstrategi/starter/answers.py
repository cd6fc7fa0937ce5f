"""Defines what a new site is made of: what is known about the municipality, and what is taken where nothing was answered. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kanalstrategi.content.settings_model import Settings

DEFAULT_CHANNELS = ("Hjemmeside og selvbetjening", "Telefon", "Digital Post og breve", "Personligt fremmøde", "Sociale medier")
"""The channels that nearly every municipality has. They are drafts, and a site loses one by a command."""


@dataclass(frozen=True)
class NewOwner:
    """A unit that keeps pages up to date."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    account: str = ""


@dataclass(frozen=True)
class NewDepartment:
    """A department that gets a guideline, and so does each of its units."""

    name: str
    units: tuple[str, ...] = ()


DEFAULT_DEPARTMENTS = tuple(map(NewDepartment, ("Borgerservice", "Dagtilbud", "Skoler", "Sundhed og ældre", "Biblioteker")))


@dataclass(frozen=True)
class Answers:
    """What is known about a municipality when its site begins. Texts are such as `kanalstrategi.incoming_text` lets through, on one line."""

    name: str
    """Of the municipality."""
    title: str = ""
    """Of the front page; empty if it is what the site calls its strategy."""
    primary: str = ""
    """The main color, in a notation of CSS; empty for the program's."""
    accent: str = ""
    """Likewise the second color."""
    logo: str = ""
    """The path of a file, as it was typed; empty if there is none."""
    settings: Settings = field(default_factory=Settings)
    shape: dict[str, Any] = field(default_factory=dict)
    """What `settings` were read from, for `mkdocs.yml`."""
    channels: tuple[str, ...] = ()
    """Their titles; empty if they are those of the strategy's text, or else the default ones."""
    departments: tuple[NewDepartment, ...] = DEFAULT_DEPARTMENTS
    owners: tuple[NewOwner, ...] = ()
    """The first one keeps the strategy."""
    statement: str = ""
    """URL of the accessibility statement in the national tool; empty if there is none yet."""
    strategy: str = ""
    """The path of a Word file with the strategy, as it was typed; empty if there is none."""
