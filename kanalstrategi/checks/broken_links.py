"""Warns of outward links that have failed for some days, as the link check has written down. It asks the network nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.model import Content
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic

_HINT = "ret adressen, eller slet linket"


def warn_of_broken_links(content: Content) -> Iterator[Diagnostic]:
    """Yield a warning for each link, once for each page."""
    for link in content.broken_links:
        file, _, _ = link.place.rpartition(":")
        yield Diagnostic(file, link.line, f"linket {link.url} har ikke virket siden {long_date(link.since)}: {link.reason}", _HINT)
