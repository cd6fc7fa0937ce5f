"""Completes the sanitized HTML of a page for the theme's template.

The build sanitizes a page and checks that nothing is missing from it (`kanalstrategi.checks.output`), then calls `page_body` and
`frame_body`. The search and the PDFs also use the result of `page_body`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from lxml.html import HtmlElement

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.model import Status
from kanalstrategi.rendering.chooser_steps import with_steps
from kanalstrategi.rendering.components import document_offer, page_foot
from kanalstrategi.rendering.images import Size, with_sizes
from kanalstrategi.rendering.macros import Call, Macro
from kanalstrategi.rendering.page_status import status, with_status
from kanalstrategi.rendering.tables import align_by_class
from kanalstrategi.sanitizing.sanitizer import Sanitizer

CHOOSER_SCRIPTS = ("dom.js", "chooser.js")
"""The scripts of the chooser's page. `dom.js` is included so that it loads at the same time as `chooser.js`, which imports it."""


def page_body(
    html: str, tree: HtmlElement, call: Call, macros: Collection[Macro], sanitizer: Sanitizer, *, assets: str, with_chooser: bool
) -> str:
    """Return a page's own HTML with its status, the steps of the chooser, and the scripts that it needs.

    `html` is the sanitized page and `tree` is the same page as elements. `macros` are the macros that the page calls, and `assets` is
    the folder of the site's scripts. `with_chooser` is false as long as the chooser's page has errors.
    """
    if call.page.path == SEARCH_PAGE:
        html += f"\n{status(call)}"  # below the results, since readers come for those
    else:
        html = with_status(html, tree, status(call), call.page.status is Status.DRAFT, sanitizer)
    chooser = call.content.chooser
    if chooser and chooser.page == call.page and with_chooser:
        html = with_steps(html, chooser, [call.link(f"{assets}/{script}") for script in CHOOSER_SCRIPTS])
    for script in sorted({macro.script for macro in macros if macro.script}):
        html += f'\n<script type="module" src="{call.link(f"{assets}/{script}")}"></script>'
    return align_by_class(html)


def frame_body(body: str, call: Call, *, change_link: str, size_of: Callable[[str], Size | None]) -> str:
    """Return a page's body with the sizes of its images, a link to its PDF, and the footer of every page.

    `size_of` returns the size of an image, given its URL as written in the page. `change_link` is HTML.
    """
    return with_sizes(body, size_of) + document_offer(body, call) + page_foot(call.page, change_link)
