"""Checks the HTML and attribute lists in an editor's Markdown, and reports line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown.extensions.attr_list import get_attrs_and_remainder

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.nodes import ParsedPage, TextRun
from kanalstrategi.markdown.parser import CODE_SPAN, MAX_NESTING_LEVELS
from kanalstrategi.sanitizing.policy import ATTRIBUTE_LIST_KEYS, ATTRIBUTES, CLASSES, ELEMENTS, ID_PATTERN, NUMBER_PATTERNS
from kanalstrategi.sanitizing.tags import TagParser
from kanalstrategi.suggestions import nearest, suggestion

_VOID_ELEMENTS = frozenset({"br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "link", "meta", "source", "track"})

_NOT_TAGS = re.compile(
    rf"\\[^<]|{CODE_SPAN.pattern}"  # escapes and code; Python-Markdown (3.x) does not know `\<`
    r"|<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|<[^\s<>@/]+@[^\s<>]+>"  # URLs and e-mail addresses in angle brackets
)
"""Parts of Markdown that look like tags but are not."""

_BRACES = re.compile(r"\{:[ ]*([^{}\n]*)\}|(?:(?<=[)\]*_`>])|(?<=\n)[ ]*)\{[ ]*([^:{}%\s][^{}\n]*)\}")
"""An attribute list, either with a colon or in a place where Python-Markdown does not require one."""

_AT_END_OF_HEADING = re.compile(r"[ ]\{[ ]*([^:{}%\s][^{}\n]*)\}[ ]*$")
"""An attribute list without a colon at the end of a heading."""

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

_MIN_SIMILARITY = 0.75
"""The similarity above which a name counts as misspelled: higher than usual, since most unknown names are not misspellings."""


class _OpenElement(NamedTuple):
    """An element whose end tag has not been reached yet."""

    tag: str
    line: int
    holds_markdown: bool
    text: TextRun
    """The text that contains its start tag."""


def check_html(parsed: ParsedPage) -> Iterator[TextDiagnostic]:
    """Yield the diagnostics for HTML and attributes in a page's Markdown that editors cannot use."""
    open_elements: list[_OpenElement] = []
    for text in parsed.texts:
        yield from _check_tags(text, open_elements)
        if not text.is_html:
            yield from _check_attribute_lists(text)
    for opened in open_elements:
        yield TextDiagnostic(opened.line, f"<{opened.tag}> bliver aldrig lukket", f"skriv </{opened.tag}>, hvor det slutter")


def _check_tags(text: TextRun, open_elements: list[_OpenElement]) -> Iterator[TextDiagnostic]:
    """Yield the diagnostics for the tags of a text, and update `open_elements` with the elements that they open and close."""
    if "<" not in text.written:
        return
    if text.is_html and text.written.lstrip().startswith("<!--") and "-->" not in text.written:
        yield TextDiagnostic(text.line, "noten <!-- slutter ikke", "skriv --> efter noten")
        return
    for kind, line_offset, name, attributes in TagParser(text.written if text.is_html else _NOT_TAGS.sub(_blank, text.written)).tokens:
        line = text.line + line_offset
        if kind == "other":
            yield TextDiagnostic(line, "HTML-mærket <!…> eller <?…> kan ikke bruges", "slet det")
        elif kind == "text":
            if open_elements and open_elements[-1].holds_markdown and open_elements[-1].text is text:
                hint = "sæt en tom linje efter mærket, og skriv teksten derunder"
                yield TextDiagnostic(line, "der står tekst lige efter et HTML-mærke med markdown", hint)
        elif name not in ELEMENTS:
            if kind == "start":
                near = nearest(name, ELEMENTS, _MIN_SIMILARITY)
                hint = _HINTS.get(name) or (f"mente du <{near}>?" if near else "slet det, eller skriv < som &lt;, hvis det er tekst")
                yield TextDiagnostic(line, f"HTML-mærket <{name}> kan ikke bruges på en side", hint)
        elif kind == "start":
            for key, value in attributes:
                yield from _check_attribute(line, key, value, ATTRIBUTES | ELEMENTS[name], f"<{name}>")
            if name not in _VOID_ELEMENTS:
                holds_markdown = any(key == "markdown" for key, _ in attributes)
                open_elements.append(_OpenElement(name, line, holds_markdown, text))
                if len(open_elements) == MAX_NESTING_LEVELS:
                    yield TextDiagnostic(line, "der er for mange HTML-mærker inde i hinanden", "brug færre niveauer")
        elif name not in _VOID_ELEMENTS:
            yield from _close_element(name, line, text, open_elements)


def _close_element(name: str, line: int, text: TextRun, open_elements: list[_OpenElement]) -> Iterator[TextDiagnostic]:
    if not any(opened.tag == name for opened in open_elements):
        yield TextDiagnostic(line, f"</{name}> lukker noget, der ikke er åbnet", f"slet det, eller skriv <{name}> foran")
        return
    while (opened := open_elements.pop()).tag != name:
        yield TextDiagnostic(opened.line, f"<{opened.tag}> bliver ikke lukket før </{name}>", f"skriv </{opened.tag}> først")
    if opened.text is not text and not opened.holds_markdown:  # the text in between was meant as Markdown
        yield TextDiagnostic(opened.line, f"lister, links og andet virker ikke inde i <{name}>", f"skriv <{name} markdown>")


def _check_attribute_lists(text: TextRun) -> Iterator[TextDiagnostic]:
    if "{" not in text.written:
        return
    markdown = _NOT_TAGS.sub(_blank, text.written)
    lists = [(match.start(), match.group(1) or match.group(2) or "") for match in _BRACES.finditer(markdown)]
    if text.is_heading and (match := _AT_END_OF_HEADING.search(markdown)):
        lists.append((match.start(), match.group(1)))
    for start, attributes in lists:
        line = text.line + markdown.count("\n", 0, start)
        for key, value in get_attrs_and_remainder(attributes)[0]:
            yield from _check_attribute(line, "class" if key == "." else key, value or "", ATTRIBUTE_LIST_KEYS, "{: … }")


def _check_attribute(line: int, key: str, value: str, allowed: frozenset[str], where: str) -> Iterator[TextDiagnostic]:
    if key not in allowed:
        near = nearest(key, allowed, _MIN_SIMILARITY)
        hint = f"mente du {near}?" if near else "slet den"
        yield TextDiagnostic(line, f"{key} kan ikke bruges i {where}", hint)
    elif key == "class":
        for name in value.split():
            if name not in CLASSES:
                yield TextDiagnostic(line, f"stilen {name} kendes ikke", suggestion(name, CLASSES))
    elif key in NUMBER_PATTERNS and not re.fullmatch(NUMBER_PATTERNS[key], value):
        yield TextDiagnostic(line, f"{key} kan ikke være {value[:40]}", "skriv et helt tal, højst 9999, eller 99 i en tabel")
    elif key == "id" and not ID_PATTERN.fullmatch(value):
        yield TextDiagnostic(line, f"id’et {value} kan ikke bruges", "brug kun små bogstaver a–z, tal og bindestreg")


def _blank(match: re.Match[str]) -> str:
    """Return spaces in place of the match, so that everything after it keeps its line and column."""
    return re.sub(r"[^\n]", " ", match.group())
