"""The macro that offers the follow-up to other programs: as calendars, and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.follow_up_files import TASK_TABLE_URL, calendar_url, owners_with_calendar
from kanalstrategi.content.model import Content
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import heading, subscriptions
from kanalstrategi.rendering.macros import Call, macro

_CALENDARS_ID = "kalendere"
_HOW = (
    "Du kan få fristerne ind i din egen kalender: Kopiér adressen på den kalender, du vil følge, og vælg »Tilføj kalender« og »Abonner fra internettet« "
    "(eller noget, der ligner) i dit kalenderprogram. Så følger den selv med, når en frist flytter sig."
)


def _anchors(content: Content) -> Iterator[str]:
    """Yield the id of the heading that the macro writes."""
    yield _CALENDARS_ID


@macro(anchors=_anchors, is_of_site=True)
def calendars(call: Call) -> list[Element]:
    """Return the owners' calendars with how to subscribe to them, and the table of everything. The call must be alone on its line."""
    found = [(owner.name, calendar_url(owner)) for owner in owners_with_calendar(call.content)]
    table = element("p", "Alle opgaver ", element("a", "som en tabel til et regneark (CSV)", href=call.link(TASK_TABLE_URL)), ".")
    offered = [element("p", _HOW), subscriptions(call, found)] if found else []
    return [heading(2, "Kalender og regneark", _CALENDARS_ID), *offered, table]
