"""Makes the tree of a page for readers from the tree that its editor's text was parsed into.

The theme's template, the search and the PDFs all start from the result of `render_page`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kanalstrategi.content.model import Content, Page
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Element, Node, ParsedPage, element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.attachments import describe_attachments
from kanalstrategi.rendering.chooser_steps import with_steps
from kanalstrategi.rendering.components import document_offer, page_foot
from kanalstrategi.rendering.expansion import expand_macros
from kanalstrategi.rendering.headings import TocEntry, link_headings
from kanalstrategi.rendering.images import Size, set_image_sizes
from kanalstrategi.rendering.links import resolve_links
from kanalstrategi.rendering.macros import Call, MacroRegistry
from kanalstrategi.rendering.page_status import with_status
from kanalstrategi.rendering.wide_tables import make_tables_scrollable

CHOOSER_SCRIPTS = ("dom.js", "chooser.js")
"""The scripts of the chooser's page. `dom.js` is included so that it loads at the same time as `chooser.js`, which imports it."""


@dataclass(frozen=True)
class RenderedPage:
    """A page with everything that readers get, except what the theme puts around it."""

    root: Element
    """A `div` with the page's tree, without macro calls."""
    toc: list[TocEntry]


def render_page(
    parsed: ParsedPage,
    page: Page,
    content: Content,
    registry: MacroRegistry,
    *,
    files: Collection[str],
    assets: str,
    bytes_of: Callable[[str], int | None] = lambda url: None,
) -> RenderedPage:
    """Return a page with the answers of its macros, its status, permalinks, the steps of the chooser, and the scripts that it needs.

    `files` are the paths of all files in `docs/`, and `assets` is the folder of the site's scripts. `bytes_of` returns the size of a
    file, given its URL as it is in the page, or None if there is no such file.
    """
    call = Call(content, page)

    def answer(macro_call: MacroCall) -> list[Node]:
        return registry[macro_call.name](call, *macro_call.arguments)

    root = expand_macros(parsed.root, answer)
    with_status(root, call)
    is_chooser = content.chooser is not None and content.chooser.page == page
    if is_chooser and content.chooser:
        with_steps(root, content.chooser)
    resolve_links(root, page, files)
    describe_attachments(root, bytes_of)
    toc = link_headings(root)
    scripts = {registry[name].script for name in {macro_call.name for macro_call in parsed.calls}} - {""}
    for script in (*(CHOOSER_SCRIPTS if is_chooser else ()), *sorted(scripts)):
        root.children.append(element("script", type="module", src=call.link(f"{assets}/{script}")))
    return RenderedPage(root, toc)


def page_html(root: Element, call: Call, *, change_link: list[Node], size_of: Callable[[str], Size | None]) -> str:
    """Return the HTML of a page's tree with the sizes of its images, a link to its PDF, and the footer of every page.

    `size_of` returns the size of an image, given its URL as it is in the page. Changes the tree.
    """
    set_image_sizes(root, size_of)
    make_tables_scrollable(root)
    return write_html([*root.children, *document_offer(root, call), page_foot(call.page, change_link)])
