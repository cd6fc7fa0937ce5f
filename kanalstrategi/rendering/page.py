"""Makes the tree of a page for readers from the tree that its editor's text was parsed into.

The theme's template, the search and the PDFs all start from the result of `render_page`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kanalstrategi.content.edition_notes import read_notes
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content, Page
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Element, Node, ParsedPage, element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.answer_pages import with_questions, with_review_note, with_short_answer
from kanalstrategi.rendering.attachments import describe_attachments
from kanalstrategi.rendering.changes_page import changes_page_tree
from kanalstrategi.rendering.chooser_steps import with_steps
from kanalstrategi.rendering.components import document_offer, page_foot
from kanalstrategi.rendering.confirmations import with_confirmation_line, with_confirmations
from kanalstrategi.rendering.edition_banner import consultation_notice
from kanalstrategi.rendering.expansion import expand_macros
from kanalstrategi.rendering.goal_marks import with_goal_marks
from kanalstrategi.rendering.guide_examples import example_answer
from kanalstrategi.rendering.headings import TocEntry, link_headings, remove_empty_sections
from kanalstrategi.rendering.hearing import mark_points, quote_points
from kanalstrategi.rendering.images import Size, set_image_sizes
from kanalstrategi.rendering.known_faults import with_known_faults
from kanalstrategi.rendering.links import resolve_links
from kanalstrategi.rendering.macros import Call, MacroError, MacroRegistry
from kanalstrategi.rendering.other_languages import isolate_numbers, marked_answer, reviewed_on, translate_own_words, with_versions
from kanalstrategi.rendering.page_status import owner_at_foot, with_status
from kanalstrategi.rendering.plan import with_plan_facts
from kanalstrategi.rendering.rule_page import COPY_SCRIPT, rule_page_tree
from kanalstrategi.rendering.rules import sign_rules
from kanalstrategi.rendering.section_states import with_parent_line, with_section_states
from kanalstrategi.rendering.short_text import with_short
from kanalstrategi.rendering.wide_tables import make_tables_scrollable
from kanalstrategi.rendering.word_files import word_offer

CHOOSER_SCRIPTS = ("dom.js", "chooser.js")
"""The scripts of the chooser's page. `dom.js` is included so that it loads at the same time as `chooser.js`, which imports it."""


@dataclass(frozen=True)
class RenderedPage:
    """A page with everything that readers get, except what the theme puts around it."""

    root: Element
    """A `div` with the page's tree, without macro calls."""
    toc: list[TocEntry]


def render_page(
    parsed: ParsedPage | None,
    page: Page,
    content: Content,
    registry: MacroRegistry,
    *,
    files: Collection[str],
    assets: str,
    site_url: str = "",
    bytes_of: Callable[[str], int | None] = lambda url: None,
) -> RenderedPage:
    """Return a page with the answers of its macros, its status, permalinks, the steps of the chooser, and the scripts that it needs.

    `parsed` is None for a page that nobody has written: that of a rule, or of an edition's changes. `site_url` is the URL of the published
    site, if it is known. `files` are the paths of all files in `docs/`, and `assets` is the folder of the site's scripts. `bytes_of` returns
    the size of a file, given its URL as it is in the page, or None if there is no such file.
    """
    call = Call(content, page, site_url)

    def answer(macro_call: MacroCall) -> list[Node]:
        try:
            found = example_answer(macro_call, call, registry) or registry[macro_call.name](call, *macro_call.arguments)
            return marked_answer(macro_call.name, found, page.language)
        except (MacroError, KeyError, TypeError):
            if is_open(content):
                raise
            return []  # nobody may mend a page that is filed, and the macro or what it shows of the site may be gone

    comparison = content.comparison if page == content.changes_page else None
    if rule := content.rule_of(page):
        root, scripts = rule_page_tree(call, rule, site_url), {COPY_SCRIPT}
    elif parsed is None:
        assert comparison is not None, "all other pages are written"
        root, scripts = changes_page_tree(call, comparison), set()
    else:
        written = parsed.root
        mark_points(written, call)
        root = expand_macros(written, answer)
        quote_points(root, call)
        with_confirmations(root, call)
        with_section_states(root, call)
        with_known_faults(root, call)
        sign_rules(root, call)
        scripts = {registry[macro_call.name].script for macro_call in parsed.calls if macro_call.name in registry} - {""}
        if comparison:
            root = changes_page_tree(call, comparison, read_notes(root))
    if page.path == f"{content.folder}index.md" != "index.md":
        remove_empty_sections(root)  # the macros of the site's front page have left nothing below them
    if not content.is_gone(page.path):  # the page of a rule that is gone says so instead
        with_status(root, call)
        if notice := consultation_notice(call):
            root.children.insert(0, notice)
    with_short(root, page, content.folders)
    with_confirmation_line(root, call)
    with_parent_line(root, call)
    with_plan_facts(root, call)
    with_goal_marks(root, call)
    if parsed and content.answer_on(page):
        with_short_answer(root, parsed)
        with_review_note(root, call)
    elif group := next((group for group in content.groups if group.page == page), None):
        with_questions(root, call, group)
    is_chooser = content.chooser is not None and content.chooser.page == page
    if is_chooser and content.chooser:
        with_steps(root, content.chooser)
    resolve_links(root, page, files, content.folders, content.outdated)
    describe_attachments(root, bytes_of)
    toc = link_headings(root)
    translate_own_words(root, page.language)
    isolate_numbers(root, page.language)
    with_versions(root, call)
    for script in (*(CHOOSER_SCRIPTS if is_chooser else ()), *sorted(scripts)):
        root.children.append(element("script", type="module", src=call.link(f"{assets}/{script}")))
    return RenderedPage(root, toc)


def page_html(root: Element, call: Call, *, change_link: list[Node], size_of: Callable[[str], Size | None]) -> str:
    """Return the HTML of a page's tree with the sizes of its images, links to its PDF and Word files, and the footer of every page.

    `size_of` returns the size of an image, given its URL as it is in the page. Changes the tree.
    """
    set_image_sizes(root, size_of)
    make_tables_scrollable(root)
    content, page = call.content, call.page
    is_generated = page == content.changes_page and page.path not in content.pages
    is_undecided = content.statement is not None and page == content.statement.page and content.statement.compliance is None  # the page itself says so
    reviewed = "" if is_generated or is_undecided else reviewed_on(page.language, call)
    return write_html([*root.children, *document_offer(root, call), *word_offer(call), page_foot(reviewed, owner_at_foot(page), change_link, page.language)])
