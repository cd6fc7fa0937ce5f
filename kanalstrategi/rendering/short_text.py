"""Puts what a page says in short above its text, marked as no part of an adopted text."""

from __future__ import annotations

from kanalstrategi.content.edition_paths import section_in_force
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.frame_words import frame_marks, words
from kanalstrategi.content.model import Page, Status
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.edition_banner import BANNER_CLASS

TITLE, NOT_ADOPTED = "Kort fortalt", " – ikke en del af den vedtagne tekst"


def with_short(root: Element, page: Page, folders: Folders) -> None:
    """Put the box with the short text of a page below its title, and below its status if that is next. `root` is the page's tree."""
    if not page.short:
        return
    is_adopted_text = page.status is Status.ADOPTED and section_in_force(page.path, folders) in folders.of_strategy
    more = words(page.language, NOT_ADOPTED) if is_adopted_text else ""
    title = element("p.in-short-title", element("strong", words(page.language, TITLE)), more, **frame_marks(page.language))
    root.children.insert(_position(root), element("div.in-short", title, element("p", page.short)))


def _position(root: Element) -> int:
    position = 0
    for number, child in enumerate(root.children):
        if type(child) is not Element:
            continue
        if child.tag == "h1":
            position = number + 1
        elif position:
            return number + 1 if child.has_class("status") or child.has_class(BANNER_CLASS) else position
    return position
