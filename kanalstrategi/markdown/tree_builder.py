"""Builds the tree of a page from what a Markdown parser finds in it.

Everything that an editor has typed passes through here, and only what `kanalstrategi.markdown.allow_list` has gets into the tree. The
rest becomes a diagnostic with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.incoming_text import forbidden_character
from kanalstrategi.markdown.allow_list import (
    ATTRIBUTE_LIST_KEYS,
    ATTRIBUTES,
    BOXES,
    CLASSES,
    ELEMENTS,
    ESSENTIAL_KIND,
    ID_PATTERN,
    LANGUAGE_CODE_PATTERN,
    LANGUAGES,
    NUMBER_PATTERNS,
    ONLY_ON,
    RESERVED_IDS,
    RULE_KINDS,
    URL_SCHEMES,
    holds_text,
    is_misleading,
    leaves_site,
    may_contain,
    url_scheme,
)
from kanalstrategi.markdown.attribute_lists import read_attributes
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import CONFIRMED_ATTRIBUTE, FAULT_ATTRIBUTES, KIND_ATTRIBUTE, USED_ATTRIBUTE, VOID_ELEMENTS, Element, Node
from kanalstrategi.markdown.placeholders import LINE_FILLER, Placeholders
from kanalstrategi.markdown.raw_html import html_tokens
from kanalstrategi.suggestions import nearest, suggestion

MAX_OPEN_ELEMENTS = 40
"""Maximum depth of elements inside each other: a list counts as two, a table as four."""
MAX_URL_CHARACTERS = 2000
"""Maximum length of a URL."""
MAX_URL_CHARACTERS_PER_PAGE = 500_000
"""Maximum length of all URLs on a page together: a link reference can be used any number of times."""

_HINTS = {
    **dict.fromkeys(("script", "iframe", "object", "embed", "style", "link", "meta", "base"), "slet det"),
    **dict.fromkeys(("form", "input", "button", "select", "textarea"), "slet det; en side kan ikke have felter, der udfyldes"),
    **dict.fromkeys(("svg", "video", "audio", "canvas", "picture"), "slet det; læg en billedfil i docs/billeder, og skriv ![beskrivelse](sti)"),
    "a": "skriv linket som [tekst](adresse)",
    "img": "skriv billedet som ![beskrivelse](sti)",
    **{f"h{level}": f"skriv overskriften som {'#' * level} tekst" for level in range(1, 7)},
    "pre": "ryk teksten fire mellemrum ind i stedet",
}
"""Hints in Danish for elements that editors cannot use."""
_ATTRIBUTES_IN_TREE = {"kind": KIND_ATTRIBUTE, "confirmed": CONFIRMED_ATTRIBUTE, "used": USED_ATTRIBUTE, **FAULT_ATTRIBUTES}
_DROPPED_WITH_CONTENT = frozenset(("script", "style"))
_MIN_SIMILARITY = 0.75
"""The similarity above which a name counts as misspelled: higher than usual, since most unknown names are not misspellings."""
_UNUSED_VOID_ELEMENTS = frozenset(("area", "base", "col", "embed", "link", "meta", "source", "track"))
_MARKUP_IN_HTML = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:[-*+]|\d+[.)]|#{1,6}|>)[ \t]+\S|!!!|\||`{3}|~{3}|(?:={3,}|-{3,})[ \t]*(?:\n|\Z))"
    r"|(?<!\w)\*\S|\*\*\S|\S\*\*|(?<!\w)_\S[^\n]{0,200}?_(?!\w)|~~\S|\][(\[]|\[\^|\{:|`[^`]|\\[!-/:-@\[-`{-~]"
)
"""Markdown in a text that stands right below a tag, where Markdown is not read."""
_MAX_SEQUENCE = 8
"""Characters of the text before that are looked at again: letters with many accents may come in pieces."""
_BEGUN_TAG = re.compile(r"<(/?[a-zA-Z][^\s<>]{0,40}|[!?])")


class TooDeepError(Exception):
    """Too many elements are inside each other. The argument is the line."""


class TreeBuilder:
    """Builds one tree. A reader calls its methods in the order of the text."""

    def __init__(self, placeholders: Placeholders) -> None:
        self.root = Element("div")
        self.open = [self.root]
        """The elements that have begun and not ended, outermost first."""
        self.diagnostics: list[TextDiagnostic] = []
        self.code_lines: set[int] = set()
        self.explicit_ids: set[str] = set()
        """The ids that the editor has given."""
        self.links: list[tuple[Element, str]] = []
        """The links and images, each with its URL as typed."""
        self._unknown_tags: set[str] = set()
        """The names of the HTML tags that have been reported because no page can have them."""
        self._placeholders = placeholders
        self._url_characters = 0

    def report(self, line: int, message: str, hint: str) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(TextDiagnostic(line, message, hint))

    # Markdown

    def begin(self, tag: str, line: int, attributes: dict[str, str] | None = None) -> Element:
        """Begin an element. Raises TooDeepError."""
        parent = self.open[-1]
        if len(self.open) > MAX_OPEN_ELEMENTS:
            raise TooDeepError(line)
        if parent.is_html and not may_contain(parent.tag, tag):
            self._report_misplaced(tag, parent, line)
        child = Element(tag, line, attributes or {})
        parent.children.append(child)
        self.open.append(child)
        return child

    def end(self) -> Element:
        """End the innermost element that comes from Markdown, and whatever HTML is still open in it."""
        while self.open[-1].is_html:
            self._report_unclosed(self.open.pop())
        return self.open.pop()

    def end_inside(self, element: Element) -> None:
        """End everything that is open inside an element."""
        while self.open[-1] is not element:
            self._report_unclosed(self.open.pop())

    def add(self, element: Element) -> None:
        """Add an element that is complete, or has no content."""
        parent = self.open[-1]
        if parent.is_html and not may_contain(parent.tag, element.tag):
            self._report_misplaced(element.tag, parent, element.line)
        parent.children.append(element)

    def text(self, text: str, line: int = 0) -> None:
        """Add text, in which placeholders stand for macro calls."""
        parent = self.open[-1]
        children = parent.children
        if text.startswith(LINE_FILLER):
            text = text.removeprefix(LINE_FILLER)
            if len(children) > 1 and children[-1] == "\n" and type(children[-2]) is MacroCall:
                children.pop()
            else:
                self.report(line or parent.line, "makroen står på flere linjer, hvor der kun er plads til én", "skriv den på én linje")
            if not text:
                return
        if parent.is_html and not holds_text(parent.tag) and text.strip():
            self.report(line or parent.line, f"der står tekst lige inde i <{parent.tag}>", f"skriv den inde i et af mærkerne i <{parent.tag}>")
            return
        for part in self._placeholders.split(text):
            before = children[-1] if children and type(part) is str else None
            if type(part) is str and type(before) is str:
                self._check_characters(before[-_MAX_SEQUENCE:] + part, line or parent.line)
                children[-1] = before + part  # a parser may deliver text in pieces
                continue
            if type(part) is str:
                self._check_characters(part, line or parent.line)
            children.append(part)

    def code_span(self, text: str, line: int) -> None:
        """Add code within a line of text. Macro calls in it are shown as typed."""
        self.add(Element("code", line, {}, [self._placeholders.typed(text)]))

    def code_block(self, text: str, info: str, first: int, last: int, *, is_closed: bool = True) -> None:
        """Add a block of code from its first line to its last; `info` is what stands after the fence."""
        language = " ".join(self._placeholders.typed(info).split())
        if language and language not in LANGUAGES:
            self.report(first, f"»{language[:40]}« bliver ikke vist", "begynd koden på linjen under ```, hvor der kun kan stå et sprog som yaml")
            language = ""
        attributes = {"class": f"language-{language}"} if language else {}
        self.add(Element("pre", first, {}, [Element("code", first, attributes, [self._placeholders.typed(text)])]))
        self.code_lines.update(range(first, last + 1))
        if not is_closed:
            self.report(first, "kodeboksen slutter ikke", "skriv ``` på linjen efter den")

    def begin_link(self, url: str, title: str, line: int) -> None:
        """Begin a link."""
        if any(outer.tag == "a" for outer in self.open):
            self.report(line, "der står et link inde i et link", "slet det ene")
        if not url.strip():
            self.report(line, "linket har ingen adresse", "skriv den i parentesen: [tekst](adresse)")
        url, title = self._url(url, line), self._without_calls(title, line)
        self.links.append((self.begin("a", line, {"href": _publishable_url(url)} | ({"title": title} if title else {})), url))

    def image(self, url: str, title: str, alternative: str, line: int) -> None:
        """Add an image."""
        url, title = self._url(url, line), self._without_calls(title, line)
        attributes = {"alt": self._without_calls(alternative, line), "src": _publishable_url(url, is_image=True)}
        image = Element("img", line, attributes | ({"title": title} if title else {}))
        self.links.append((image, url))
        self.add(image)

    def box(self, kind: str, title: str, line: int) -> Element:
        """Begin a box, and return the element for its title, which has begun too."""
        if kind not in BOXES:
            self.report(line, f"boksen {kind} findes ikke", suggestion(kind, sorted(BOXES)))
        elif not re.search(r"\w", title):  # without a title, the box would show the English name of its kind
            self.report(line, "boksen mangler en titel", f'skriv den i anførselstegn: !!! {kind} "Husk"')
        self.begin("div", line, {"class": f"admonition {kind}" if kind in BOXES else "admonition"})
        return self.begin("p", line, {"class": "admonition-title"})

    def give_attributes(self, element: Element, written: str, line: int) -> None:
        """Give an element the attributes in a list, as far as they may be used."""
        for key, value in read_attributes(written):
            if not key:
                self.report(line, f"{value[:40]} kan ikke bruges i {{: … }}", "slet det")
            elif key in ONLY_ON and element.tag != ONLY_ON[key][0]:
                self.report(line, *ONLY_ON[key][1:])
            elif not self._report_attribute(line, key, value, ATTRIBUTE_LIST_KEYS, "{: … }"):
                self._set_attribute(element, _ATTRIBUTES_IN_TREE.get(key, key), value)
            elif key == "id" and not list(_attribute_faults(key, usable := slug(value), ATTRIBUTE_LIST_KEYS, "")):  # so that no other mistakes follow
                self._set_attribute(element, key, usable)

    def give_attributes_to_last(self, written: str, line: int) -> None:
        """Give attributes to the element right before this place."""
        children = self.open[-1].children
        if children and type(children[-1]) is Element:
            self.give_attributes(children[-1], written, line)
        else:
            self.report_stray_list(line)

    def report_stray_list(self, line: int) -> None:
        """Report an attribute list that belongs to nothing."""
        self.report(line, "{: … } hører ikke til noget", "skriv den på linjen under et afsnit, eller lige efter en overskrift, et link eller fremhævet tekst")

    # HTML

    def html(self, written: str, line: int, *, is_block: bool = False) -> None:
        """Add HTML that an editor has typed: a whole block of lines, or a single tag within a line."""
        if "<!--" in written and "-->" not in written[written.rindex("<!--") :]:
            self.report(line + written.count("\n", 0, written.rindex("<!--")), "noten <!-- slutter ikke", "skriv --> efter noten")
            return
        children = self.open[-1].children
        if is_block and children and type(children[-1]) is str:
            children[-1] += "\n"  # the text before it is on a line of its own
        skipped = ""
        for kind, line_offset, name, attributes in html_tokens(written):
            here = line + line_offset
            if skipped:
                skipped = "" if kind == "end" and name == skipped else skipped
            elif kind == "text":
                self._html_text(name, here, is_block=is_block)
            elif kind == "other":
                self.report(here, "HTML-mærket <!…> eller <?…> kan ikke bruges", "slet det")
            elif kind == "start":
                if not self._begin_html(name, attributes, here) and name in _DROPPED_WITH_CONTENT:
                    skipped = name
            elif kind == "end" and name not in VOID_ELEMENTS:
                self._end_html(name, here)

    def _html_text(self, text: str, line: int, *, is_block: bool) -> None:
        if is_block and (found := _MARKUP_IN_HTML.search(text)):
            tag = self.open[-1].tag if self.open[-1].is_html else "…"
            below = line + text.count("\n", 0, found.start()) + found[0].startswith("\n")
            self.report(below, f"lister, links og andet virker ikke lige under <{tag}>", "sæt en tom linje efter HTML-mærket, og skriv teksten derunder")
        if is_block and (begun := _BEGUN_TAG.search(text)):
            below = line + text.count("\n", 0, begun.start())
            self.report(below, f"{begun[0]} er ikke læst som HTML", "luk mærket med >, eller skriv < som &lt;, hvis det er tekst")
        if not is_block or text.strip():
            self.text(text, line)

    def _begin_html(self, name: str, attributes: tuple[tuple[str, str], ...], line: int) -> bool:
        if name not in ELEMENTS:
            near = nearest(name, ELEMENTS, _MIN_SIMILARITY)
            hint = _HINTS.get(name) or (f"mente du <{near}>?" if near else "slet det, eller skriv < som &lt;, hvis det er tekst")
            self.report(line, f"HTML-mærket <{name}> kan ikke bruges på en side", hint)
            self._unknown_tags.add(name)
            return False
        parent = self.open[-1]
        if not may_contain(parent.tag, name):
            self._report_misplaced(name, parent, line)
        child = Element(name, line, {}, [], is_html=True)
        for key, typed_value in attributes:
            value = self._without_calls(typed_value, line)
            if key in child.attributes:
                self.report(line, f"{key} står to gange i <{name}>", "slet den ene")
            elif not self._report_attribute(line, key, value, ATTRIBUTES | ELEMENTS[name], f"<{name}>") and key != "markdown":
                self._set_attribute(child, key, value)
        if len(self.open) > MAX_OPEN_ELEMENTS:
            raise TooDeepError(line)
        parent.children.append(child)
        if name not in VOID_ELEMENTS:
            self.open.append(child)
        return True

    def _end_html(self, name: str, line: int) -> None:
        open_tags = []
        for element in reversed(self.open):
            if not element.is_html:
                break
            open_tags.append(element.tag)
        if name in open_tags:
            while (opened := self.open.pop()).tag != name:
                self.report(opened.line, f"<{opened.tag}> bliver ikke lukket før </{name}>", f"skriv </{opened.tag}> først")
            if name == "table":
                _put_rows_in_body(opened)
        elif name in ELEMENTS:  # the start tag of any other has been reported
            self.report(line, f"</{name}> lukker noget, der ikke er åbnet", f"slet det, eller skriv <{name}> foran")
        elif name not in _UNUSED_VOID_ELEMENTS and name not in self._unknown_tags:
            self._unknown_tags.add(name)
            self.report(line, f"HTML-mærket </{name}> kan ikke bruges på en side", "slet det, eller skriv < som &lt;, hvis det er tekst")

    def _report_unclosed(self, element: Element) -> None:
        if element.is_html:
            self.report(element.line, f"<{element.tag}> bliver aldrig lukket", f"skriv </{element.tag}>, hvor det slutter")

    def _report_misplaced(self, tag: str, parent: Element, line: int) -> None:
        where = f"<{parent.tag}>" if parent is not self.root else "teksten"
        self.report(line, f"<{tag}> kan ikke stå lige inde i {where}", "flyt det ud, eller slet det")

    def _set_attribute(self, element: Element, key: str, value: str) -> None:
        if key == "class":
            for name in value.split():
                element.add_class(name)
            return
        element.attributes[key] = value
        if key == "id":
            self.explicit_ids.add(value)

    def _report_attribute(self, line: int, key: str, value: str, allowed: frozenset[str], where: str) -> bool:
        """Report an attribute that may not be used, and return whether it was."""
        faults = list(_attribute_faults(key, value, allowed, where))
        for message, hint in faults:
            self.report(line, message, hint)
        return bool(faults)

    def _check_characters(self, text: str, line: int) -> None:
        """Report a character that no text may have, from the like of `&#8203;`. Those in the file are reported when it is read."""
        if not (text.isascii() and text.isprintable()) and (found := forbidden_character(text)):
            self.report(line, *found)

    def _without_calls(self, text: str, line: int) -> str:
        """Return a text that cannot have macro calls: each is left as typed, and reported."""
        typed = self._placeholders.typed(text)
        self._check_characters(typed, line)
        if typed != text:
            self.report(line, "makroen kan ikke bruges i et link, en beskrivelse eller et HTML-mærke", "skriv teksten selv, eller sæt makroen uden for")
        return typed

    def _url(self, url: str, line: int) -> str:
        """Return a URL that may be on a page, or an empty one. `kanalstrategi.checks.links` reports the others."""
        url = self._without_calls(url, line)
        self._url_characters += len(url)
        if len(url) > MAX_URL_CHARACTERS:
            self.report(line, "adressen er alt for lang", "ret adressen")
            return ""
        if self._url_characters > MAX_URL_CHARACTERS_PER_PAGE:
            self.report(line, "siden har for mange lange adresser", "del siden i flere")
            return ""
        return url


def _put_rows_in_body(table: Element) -> None:
    """Put the rows that stand directly in a table in a `tbody`, as every browser does."""
    children: list[Node] = []
    body: Element | None = None
    for child in table.children:
        if type(child) is Element:
            if child.tag != "tr":
                body = None
            elif body is None:
                body = Element("tbody", child.line, {}, [], is_html=True)
                children.append(body)
        (children if body is None else body.children).append(child)
    table.children = children


def _publishable_url(url: str, *, is_image: bool = False) -> str:
    """Return a URL as it may be published: spaces as `%20`, and nothing at all if its scheme is not allowed, it misleads or an image leaves the site."""
    scheme = url_scheme(url)
    if (scheme and scheme not in URL_SCHEMES) or (leaves_site(url.replace(" ", "%20")) if is_image else is_misleading(url)):
        return ""
    return url.replace(" ", "%20")


def _attribute_faults(key: str, value: str, allowed: frozenset[str], where: str) -> Iterator[tuple[str, str]]:
    if key not in allowed:
        near = nearest(key, allowed, _MIN_SIMILARITY)
        yield f"{key} kan ikke bruges i {where}", f"mente du {near}?" if near else "slet den"
    elif key == "class":
        for name in value.split():
            if name not in CLASSES:
                yield f"stilen {name} kendes ikke", suggestion(name, CLASSES)
    elif key in NUMBER_PATTERNS and not re.fullmatch(NUMBER_PATTERNS[key], value):
        yield f"{key} kan ikke være {value[:40]}", "skriv et helt tal, højst 9999, eller 99 i en tabel"
    elif key == "id" and not ID_PATTERN.fullmatch(value):
        yield f"id’et {value} kan ikke bruges", "brug kun små bogstaver a–z, tal og bindestreg"
    elif key == "id" and RESERVED_IDS.fullmatch(value):
        yield f"id’et {value} er hjemmesidens eget", "giv det et andet navn"
    elif key == "kind" and value not in (*RULE_KINDS, ESSENTIAL_KIND):
        kinds = [f"{kind} ({meaning})" for kind, meaning in RULE_KINDS.items()]
        yield f"en regel kan ikke være {value[:40]}", f"skriv kind={', '.join(kinds[:-1])} eller {kinds[-1]}"
    elif key == "used" and value != "no":
        yield f"used kan ikke være {value[:40]}", "skriv used=no, når kanalen ikke bliver brugt, eller slet det"
    elif key == "lang" and not LANGUAGE_CODE_PATTERN.fullmatch(value):
        yield f"sproget {value[:40]} kendes ikke", "skriv sprogets kode: en for engelsk, de for tysk, uk for ukrainsk"
