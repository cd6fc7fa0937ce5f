"""Tries promises on a built site."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import NothingToTryError, NotTriedError, Outcome, Promise, State


def verify(site: BuiltSite, promises: Sequence[Promise], on_begin: Callable[[int, Promise], None] = lambda number, promise: None) -> list[Outcome]:
    """Return what became of each promise. `on_begin` gets the number, counted from 1, of each that is about to be tried. Raises OSError."""
    outcomes = []
    for number, promise in enumerate(promises, 1):
        on_begin(number, promise)
        outcomes.append(_outcome(site, promise))
    return outcomes


def _outcome(site: BuiltSite, promise: Promise) -> Outcome:
    try:
        findings = tuple(sorted(set(promise.check(site))))
    except NotTriedError as error:
        return Outcome(promise, State.NOT_TRIED, note=str(error))
    except NothingToTryError as error:
        return Outcome(promise, State.HOLDS, note=str(error))
    return Outcome(promise, State.BROKEN if findings else State.HOLDS, findings)
