"""Links to other sites work, as far as it was written down when they were last asked. No network is used."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date

from kanalstrategi.content.link_record import LINK_RECORD
from kanalstrategi.content.outward_links import outward_links
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Finding, NothingToTryError, NotTriedError


def outward_links_work(site: BuiltSite) -> Iterator[Finding]:
    """Yield the links that have failed for some days."""
    project = site.project
    if not project.content.broken_links:
        if not outward_links(project.content, project.parsed_pages, project.config):
            raise NothingToTryError("siderne har ingen links til andre hjemmesider")
        if not (site.root / LINK_RECORD).is_file():
            raise NotTriedError("ingen har skrevet ned, hvilke der virker", "kør kanalstrategi links, helst hver nat")
    for link in project.content.broken_links:
        since = format_date(link.since, format="long", locale="da")
        yield Finding(link.place, f"linket til {link.url} har ikke virket siden den {since}: {link.reason}", "ret linket, eller fjern det")
