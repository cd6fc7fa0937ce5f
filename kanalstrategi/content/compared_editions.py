"""Compares each edition with the one before it, and makes the record of the page that shows what has changed. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kanalstrategi.content.conventions import CHANGES_FILE
from kanalstrategi.content.edition_changes import compare
from kanalstrategi.content.edition_comparison import Comparison
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import edition_pages, path_in_force
from kanalstrategi.content.edition_text import edition_text
from kanalstrategi.content.editions import in_force_on
from kanalstrategi.content.former_content import superseded
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.text_block import TextBlock
from kanalstrategi.content.urls import url_of
from kanalstrategi.markdown.nodes import ParsedPage


def with_changes(site: Content, parsed_pages: Mapping[str, ParsedPage]) -> Content:
    """Return the content of the site with what has changed in each edition that has one before it."""
    editions = tuple(_compared(content, site, parsed_pages) for content in site.editions)
    return replace(_compared(site, site, parsed_pages), editions=editions)


def predecessor(content: Content, site: Content) -> Content | None:
    """Return the edition that another is compared with: the one that it superseded or, if it was never adopted, the one in force."""
    edition = content.edition
    if edition is None:
        return None
    if edition.state.was_adopted:
        return next((other for other in superseded(site) if other.edition and other.edition.superseded_by == edition.name != other.edition.name), None)
    return in_force_on(site, edition.lapsed)


def block_url(edition: Edition, block: TextBlock) -> str:
    """Return the URL of a block in one of its editions."""
    url = url_of(edition.folder + block.page)
    return f"{url}#{block.anchor}" if block.anchor else url


def _compared(content: Content, site: Content, parsed_pages: Mapping[str, ParsedPage]) -> Content:
    old = predecessor(content, site)
    if old is None or content.edition is None:
        return content
    text = edition_text(content, parsed_pages)
    changes = compare(edition_text(old, parsed_pages), text)
    changed = {change.new_position for change in changes}
    comparison = Comparison(
        old=old.edition or _unnamed(old),
        new=content.edition,
        changes=changes,
        unchanged=tuple(block for position, block in enumerate(text) if position not in changed),
        page_titles=_titles(_page_titles(content), _page_titles(old)),
        channel_titles=_titles(*({id: channel.title for id, channel in it.channels.items()} for it in (content, old))),
    )
    return replace(content, comparison=comparison, changes_page=_changes_page(content, content.edition))


def _titles(new: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    """Return the titles of the new edition, and after them those that only the old one has."""
    return {**new, **{name: title for name, title in old.items() if name not in new}}


def _page_titles(content: Content) -> dict[str, str]:
    """Return the titles of an edition's pages, keyed by path relative to its folder. That of its front page is its own name."""
    titles = {path_in_force(page.path, content.folders): page.title for page in edition_pages(content)}
    return {path: "Forsiden" if path == "index.md" else title for path, title in titles.items()}


def _unnamed(content: Content) -> Edition:
    """Return the facts about a strategy in force whose front page does not name it."""
    front, strategy = content.pages.get("index.md"), content.strategy
    title = front.title if front else content.say("strategien, der gælder")
    return Edition("", title, "", "", EditionState.ADOPTED, adopted=strategy.adopted if strategy else None)


def _changes_page(content: Content, edition: Edition) -> Page | None:
    """Return the record of the page with an edition's changes: that of the editor's notes, or one with the facts of the edition's front page."""
    path = edition.folder_of_name + CHANGES_FILE
    front = content.pages.get(f"{content.folder}index.md")
    if written := content.pages.get(path):
        return written
    if front is None:
        return None
    return replace(
        front,
        path=path,
        url=url_of(path),
        title=f"Ændringer i {edition.title}",
        description=f"Hvad der er nyt, ændret, flyttet og udgået i {edition.title}.",
        icon="",
        keywords=("ændringer", "forskel"),
        redirects=(),
        short="",
        line=1,
    )
