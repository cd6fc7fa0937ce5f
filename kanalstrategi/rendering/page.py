"""From the sanitized HTML of one page to what the theme's template frames.

The build sanitizes a page and checks that nothing is missing from it (`kanalstrategi.checks.output`), then calls `page_body` and
`frame_body`. What `page_body` returns is also what the search and the PDFs read.
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
"""What the chooser's page loads. `dom.js` is named too, so that it loads beside `chooser.js`, which imports it, and not after."""


def page_body(
    html: str, tree: HtmlElement, call: Call, macros: Collection[Macro], sanitizer: Sanitizer, *, assets: str, with_chooser: bool
) -> str:
    """Return a page's own HTML: with its status, the steps of the chooser, and the scripts that it needs.

    `html` is the sanitized page and `tree` the same as elements. `macros` are those that the page calls, `assets` is the folder of
    the site's scripts. `with_chooser` is false while the chooser's page has faults.
    """
    if call.page.path == SEARCH_PAGE:
        html += f"\n{status(call)}"  # below the results, which are what readers come for
    else:
        html = with_status(html, tree, status(call), call.page.status is Status.DRAFT, sanitizer)
    chooser = call.content.chooser
    if chooser and chooser.page == call.page and with_chooser:
        html = with_steps(html, chooser, [call.link(f"{assets}/{script}") for script in CHOOSER_SCRIPTS])
    for script in sorted({macro.script for macro in macros if macro.script}):
        html += f'\n<script type="module" src="{call.link(f"{assets}/{script}")}"></script>'
    return align_by_class(html)


def frame_body(body: str, call: Call, *, change_link: str, size_of: Callable[[str], Size | None]) -> str:
    """Return a page's body with the sizes of its images, an offer of its PDF, and the foot that every page has.

    `size_of` knows the size of an image by its URL, as the page has it; `change_link` is HTML.
    """
    return with_sizes(body, size_of) + document_offer(body, call) + page_foot(call.page, change_link)
