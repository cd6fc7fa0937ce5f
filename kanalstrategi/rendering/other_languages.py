"""Makes a page in another language than the site's come out right: what the program says on it, what it quotes, and its other versions. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanalstrategi.content.frame_words import danish_marks, frame_language, frame_marks, words
from kanalstrategi.content.languages import SITE_LANGUAGE, date_in, language_of, name_in
from kanalstrategi.content.translations import is_behind, original_of, versions_of
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS, SECTION_CLASS
from kanalstrategi.markdown.nodes import Element, Node, descendants, element
from kanalstrategi.rendering.components import insert_below_status
from kanalstrategi.rendering.headings import HEADING_TITLE, LINK_CLASS
from kanalstrategi.rendering.macros import Call

VERSIONS_CLASS = "versions"
_OWN_WORDS = ("status",)
"""The macros whose answers are in the language of the page that calls them; the others quote the site, which is in Danish."""
_GROUPED_NUMBER = re.compile(r"(?<![0-9])(?:\+[0-9]++(?>(?:[ \u00a0\u202f/.,:-][0-9]++)*)|[0-9]++(?>(?:[ \u00a0\u202f/.,:-][0-9]++)+))")
"""A whole number in groups, such as a telephone number, a price or a date. On a page from right to left its groups would be turned round."""
_NUMBER = re.compile("[0-9]+")


def marked_answer(name: str, answer: list[Node], language: str) -> list[Node]:
    """Return the answer of a macro, marked as Danish on a page in another language."""
    if language == SITE_LANGUAGE or name in _OWN_WORDS:
        return answer
    marks = danish_marks(language)
    marked: list[Node] = []
    for node in answer:
        if type(node) is Element:
            marked.append(Element(node.tag, node.line, {**marks, **node.attributes}, node.children, node.is_html))
        else:
            marked.append(element("span", node, **marks) if str(node).strip() else node)
    return marked


def with_versions(root: Element, call: Call) -> None:
    """Put links to the page's other languages at its top, each in its own language, and what a reader must know of an old translation below its title."""
    page, content = call.page, call.content
    versions = versions_of(page, content)
    if not versions:
        return
    original = original_of(page, content)
    if original and is_behind(page, original):
        name = name_in(frame_language(page.language), original.language)
        notice = words(page.language, "Oversættelsen er ældre end siden på $language. Er de uenige, gælder den.", language=name)
        insert_below_status(root, element("p.outdated-translation", notice, **frame_marks(page.language)))
    items = []
    for version in versions:
        if version != page:
            language = language_of(version.language)
            link = element("a", language.own_name, href=call.link(version.url), hreflang=language.code, lang=language.code, dir=language.direction)
            items.append(element("li", link))
    label = words(page.language, "Siden på andre sprog")
    nav = element(f"nav.{VERSIONS_CLASS}.web-only", element("ul", items), aria_label=label, data_search_exclude="", **frame_marks(page.language))
    root.children.insert(0, nav)


def translate_own_words(root: Element, language: str) -> None:
    """Translate the names of what the program has put into a page: permalinks, and footnotes with their marks."""
    if frame_language(language) == SITE_LANGUAGE:
        return
    for node in descendants(root):
        attributes = node.attributes
        if "lang" in attributes:
            continue
        if node.has_class(LINK_CLASS) and (name := attributes.get("aria-label", "")).startswith(HEADING_TITLE):
            title = words(language, HEADING_TITLE)
            attributes |= {"title": title, "aria-label": title + name.removeprefix(HEADING_TITLE)}
        elif node.has_class(SECTION_CLASS):
            attributes["aria-label"] = words(language, "Fodnoter")
        elif attributes.get("role") == "doc-noteref":
            attributes["aria-label"] = words(language, "Fodnote $number", number=_number_in(attributes))
        elif node.has_class(BACK_CLASS):
            attributes["aria-label"] = words(language, "Tilbage til teksten ved fodnote $number", number=_number_in(attributes))


def isolate_numbers(root: Element, language: str) -> None:
    """Keep telephone numbers, dates and the like from being turned round on a page that is written from right to left."""
    if language_of(language).is_rtl:
        _isolate(root)


def _isolate(parent: Element) -> None:
    children: list[Node] = []
    for child in parent.children:
        if type(child) is str:
            children += _isolated(child)
            continue
        if type(child) is Element:
            if child.tag == "a" and child.attributes.get("href", "").startswith(("tel:", "mailto:")):
                child.attributes["dir"] = "ltr"
            elif "dir" not in child.attributes and child.tag not in ("svg", "script", "code", "pre") and not child.has_class(MARK_CLASS):
                _isolate(child)
        children.append(child)
    parent.children = children


def _isolated(text: str) -> Iterable[Node]:
    end = 0
    for match in _GROUPED_NUMBER.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield element("span", match[0], dir="ltr")
        end = match.end()
    if end < len(text):
        yield text[end:]


def _number_in(attributes: dict[str, str]) -> str:
    found = _NUMBER.search(attributes.get("aria-label", ""))
    return found[0] if found else ""


def reviewed_on(language: str, call: Call) -> str:
    """Return when a page was last gone through, in its language."""
    return words(language, "Sidst gennemgået $date", date=date_in(frame_language(language), call.page.reviewed))
