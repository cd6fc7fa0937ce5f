"""Which HTML a page may hold. What an editor may write is checked in the Markdown, with its line;
what a page has become is cleaned by nh3 (Ammonia) before it is published, whatever was missed before.

The cleaner's list holds what Markdown and the macros make, too. So that a difference between two readers
of HTML is no way in, what the macros did not make is then held to the editor's own list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

import nh3
from markdown.extensions.attr_list import get_attrs_and_remainder

from .records import Fault
from .source import CODE_SPAN, DEEPEST, Source, Text
from .suggestions import nearest, suggestion

CLASSES = {
    "lead": "indledning med større skrift",
    "web-only": "vises kun på hjemmesiden, ikke i PDF’en; står den på en overskrift, gælder den hele afsnittet",
    "closing": "på en overskrift: afsnittet kommer sidst i PDF’en",
    "ways": "om flere kolonner ved siden af hinanden",
    "cover-picture": "forsidens billede",
    "definition": "et afsnit, der forklarer et ord",
    "footnote-mark": "henvisning til en fodnote",
    "footnote-text": "en fodnotes tekst",
}
"""What an editor may call an element, and what comes of it, in Danish."""

ATTRIBUTES = frozenset({"class", "id", "title", "lang", "aria-label", "markdown"})
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption",
            "figure", "hr", "i", "ins", "kbd", "li", "mark", "p", "q", "s", "small", "span", "strong", "sub", "summary", "sup",
            "table", "tbody", "tfoot", "thead", "tr", "ul", "wbr",
        ),
        frozenset(),
    ),
    "details": frozenset({"open"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}  # fmt: skip
"""The elements that an editor may write as HTML, each with its attributes beside ATTRIBUTES."""
IN_BRACES = frozenset({"class", "id", "title", "lang", "aria-label", "width", "height", "start"})
"""The attributes that an editor may give in braces after something: `{: .lead }`."""

ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""What an id may be. Those of the theme begin with `__`, and one that it reads its own settings from is such."""
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address may begin with."""

BOXES = frozenset({"abstract", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning"})
"""The kinds of boxes (`!!! note "Husk"`)."""
_MARKDOWN_CLASSES = BOXES | {"admonition", "admonition-title", "decided", "decision", "decision-state", "headerlink", "open", "toc"}
_LANGUAGE = re.compile(r"language-[\w+#.-]+")
"""The class of a box of code."""
_MACRO_CLASSES = {
    "adopted", "as-of", "badge", "card", "card-text", "card-title", "cards", "column",
    "contact", "contact-name", "coverage", "download", "draft", "evaluation", "example",
    "filter", "filter-count", "follow-up", "icon", "md-button", "md-button--primary", "missing", "narrow", "noun", "old", "outcomes", "overdue", "pdf-facts",
    "pull-quote", "quoted", "quoted-rules", "register", "rule", "rule-source", "rules", "rules-lead", "rules-title", "search-place", "sign",
    "source", "state", "status", "totals",
}  # fmt: skip
_ROLES = {"search", "status"}
_MADE: dict[str, set[str]] = {
    "a": {"href", "rel", "target"},
    "form": {"data-rules", "hidden"},
    **{f"h{level}": set() for level in range(1, 7)},
    "img": {"alt", "height", "src", "width"},
    "input": {"autocomplete", "name", "spellcheck", "type"},
    "label": {"for"},
    "li": {"data-rule"},
    "path": {"d"},
    "pre": set(),
    "span": {"data-icon", "data-pdf"},
    "svg": {"viewBox", "xmlns"},
    "td": {"style"},
    "th": {"style"},
}


_NUMBERS = {**dict.fromkeys(("colspan", "rowspan"), "[1-9][0-9]?"), **dict.fromkeys(("height", "start", "width"), "[1-9][0-9]{0,3}")}
"""What a number may be; a cell that spans a million columns takes the PDF engine's memory."""


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """An attribute's value as it may be published, or None."""
    if attribute == "class":
        return " ".join(name for name in value.split() if name in _MACRO_CLASSES or _is_editors_class(name)) or None
    if attribute == "id":
        return None if value.startswith("__") else value
    if attribute == "role":
        return value if value in _ROLES else None
    if attribute == "src":
        return value if not _leaves_the_site(value) else None
    if attribute == "target":
        return value if value == "_blank" else None
    if attribute in _NUMBERS:
        return value if re.fullmatch(_NUMBERS[attribute], value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags={*ELEMENTS, *_MADE},
    clean_content_tags={"script", "style"},
    attributes={
        "*": {*(ATTRIBUTES - {"markdown"}), "aria-hidden", "data-search-exclude", "role"},
        **{tag: {*ELEMENTS.get(tag, ()), *_MADE.get(tag, ())} for tag in {*ELEMENTS, *_MADE}},
    },
    attribute_filter=_kept,
    filter_style_properties={"text-align"},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def cleaned(html: str, made: Iterable[str] = ()) -> tuple[str, list[str]]:
    """A page's HTML as it may be published, and what may not be in it: `<script>`, `onclick="…"`, `class="status"`.

    `made` is what the macros made of it, who alone may make a form, say, or the mark of a draft.
    """
    out = str(_CLEANER.clean(html))
    left = _pieces(out)
    taken = _pieces(html) - left
    whole = _tight(out)
    for part, times in Counter(part for text in made for part in _parts(text)).items():
        published, pieces = _part(part)
        for _ in range(min(times, whole.count(published))):  # of what a page drops or shows as code, nothing may be made anew
            left -= pieces
    return out, sorted({*taken, *(piece for piece in left if not _is_editors_piece(piece))})


@lru_cache(4096)
def _part(part: str) -> tuple[str, Counter[str]]:
    """How a part of what a macro made stands in a page, and its pieces. Many pages have the same."""
    return _tight(str(_CLEANER.clean(part))), _pieces(part)


def _parts(text: str) -> Iterator[str]:
    """What a macro made; of the headings, which are Markdown, the marks of drafts and the icons in them."""
    for part in filter(None, text.split("\n\n")):
        if part.startswith("#"):
            yield from (element.group() for element in re.finditer(r"<(\w+).*?</\1>", part))
        else:
            yield part


def _tight(html: str) -> str:
    """Without what `md_in_html` (Python-Markdown 3.x) adds: space between elements, and values of attributes that have none."""
    return re.sub(r' ([\w-]+)="\1"', r' \1=""', re.sub(r">\s+<", "><", html.strip()))


_MARKDOWN_ELEMENTS = {"a", "img", "pre", *(f"h{level}" for level in range(1, 7))}
_EDITORS_ATTRIBUTES = frozenset().union(
    ATTRIBUTES, IN_BRACES, *ELEMENTS.values(), {"alt", "data-search-exclude", "href", "src", "style"}
)  # fmt: skip


def _is_editors_class(name: str) -> bool:
    return name in CLASSES or name in _MARKDOWN_CLASSES or bool(_LANGUAGE.fullmatch(name))


def _is_editors_piece(piece: str) -> bool:
    """Whether something that `_pieces` names may come of an editor's Markdown."""
    if piece.startswith("<"):
        return piece[1:-1] in ELEMENTS or piece[1:-1] in _MARKDOWN_ELEMENTS
    key, _, value = piece.partition('="')
    return _is_editors_class(value[:-1]) if key == "class" else key in _EDITORS_ATTRIBUTES


def html_faults(source: Source) -> Iterator[Fault]:
    """What a page's Markdown holds of HTML and attributes that it may not."""
    open_elements: list[_Opened] = []
    for text in source.texts:
        yield from _faults_of_tags(text, open_elements)
        if not text.is_html:
            yield from _faults_of_braces(text)
    for opened in open_elements:
        yield Fault(opened.line, f"<{opened.tag}> bliver aldrig lukket", f"skriv </{opened.tag}>, hvor det slutter")


class _Opened(NamedTuple):
    """An element whose end has not been seen yet."""

    tag: str
    line: int
    holds_markdown: bool
    text: Text
    """What its start stands in."""


def _leaves_the_site(address: str) -> bool:
    if re.search(r"[\\\x00-\x20]|^//", address):  # a browser reads a backslash as a slash
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


class _Tags(HTMLParser):
    """Start tags, end tags and text in the order that they stand in."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, int, str, list[tuple[str, str]]]] = []
        """`start`, `end`, `text` or `other`; lines down; name or text; attributes."""
        self.feed(written)
        self.close()

    def _add(self, kind: str, name: str, attributes: list[tuple[str, str | None]] | None = None) -> None:
        self.found.append((kind, self.getpos()[0] - 1, name, [(key, value or "") for key, value in attributes or []]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, attrs)
        self._add("end", tag)

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._add("text", data)

    def handle_comment(self, data: str) -> None:
        if data.startswith((">", "->")) or "--!>" in data:
            self._add("other", "!--")  # ended already, to a browser

    def handle_decl(self, decl: str) -> None:
        self._add("other", f"!{decl}")

    def unknown_decl(self, data: str) -> None:
        self._add("other", f"![{data}")

    def handle_pi(self, data: str) -> None:
        self._add("other", f"?{data}")


_NAME = "|".join(sorted({*ELEMENTS, *_MADE}))
_TAG = re.compile(rf'</?(?:{_NAME})(?: [a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*(?: ?/)?>')
"""A tag that every reader of HTML reads alike, of an element whose content is HTML."""
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);")


def _pieces(html: str) -> Counter[str]:
    """Every element and attribute, each as an editor would know it again."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<") or len(_ENTITY.findall(html)) != html.count("&"):
        return _pieces_of(html)
    # Nothing stands between the tags that could change how one is read, and most stand on many pages.
    found: Counter[str] = Counter()
    for tag, times in Counter(tags).items():
        for piece, count in _pieces_of_tag(tag).items():
            found[piece] += count * times
    return found


def _pieces_of(html: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, _, name, attributes in _Tags(html).found:
        if kind == "start":
            found[f"<{name}>"] += 1
            for key, value in attributes:
                if key == "class":
                    found.update(f'class="{one}"' for one in value.split())
                elif key == "style":
                    found["style"] += 1  # written anew by nh3
                else:
                    found[f'{key}="{value}"'] += 1
        elif kind == "other":
            found[f"<{name}>"] += 1
    return found


_pieces_of_tag = lru_cache(4096)(_pieces_of)


_VOID = frozenset({"br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "link", "meta", "source", "track"})
_NOT_TAGS = re.compile(
    rf"\\[^<]|{CODE_SPAN.pattern}"  # escapes and code; Python-Markdown (3.x) does not know `\<`
    r"|<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|<[^\s<>@/]+@[^\s<>]+>"  # addresses as links
)
_REMEDIES = {
    **dict.fromkeys(("script", "iframe", "object", "embed", "style", "link", "meta", "base"), "slet det"),
    **dict.fromkeys(("form", "input", "button", "select", "textarea"), "slet det; en side kan ikke have felter, der udfyldes"),
    **dict.fromkeys(("svg", "video", "audio", "canvas", "picture"), "slet det; læg en billedfil i docs/billeder, og skriv ![beskrivelse](sti)"),
    "a": "skriv linket som [tekst](adresse)",
    "img": "skriv billedet som ![beskrivelse](sti)",
    **{f"h{level}": f"skriv overskriften som {'#' * level} tekst" for level in range(1, 7)},
    "pre": "ryk teksten fire mellemrum ind i stedet",
}


_LIKENESS = 0.75
"""Of a misspelt name; most that are not known are not misspelt."""


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _faults_of_tags(text: Text, open_elements: list[_Opened]) -> Iterator[Fault]:
    if "<" not in text.written:
        return
    if text.is_html and text.written.lstrip().startswith("<!--") and "-->" not in text.written:
        yield Fault(text.line, "noten <!-- slutter ikke", "skriv --> efter noten")
        return
    for kind, down, name, attributes in _Tags(text.written if text.is_html else _NOT_TAGS.sub(_blank, text.written)).found:
        line = text.line + down
        if kind == "other":
            yield Fault(line, "HTML-mærket <!…> eller <?…> kan ikke bruges", "slet det")
        elif kind == "text":
            if open_elements and open_elements[-1].holds_markdown and open_elements[-1].text is text:
                remedy = "sæt en tom linje efter mærket, og skriv teksten derunder"
                yield Fault(line, "der står tekst lige efter et HTML-mærke med markdown", remedy)
        elif name not in ELEMENTS:
            if kind == "start":
                near = nearest(name, ELEMENTS, _LIKENESS)
                remedy = _REMEDIES.get(name) or (f"mente du <{near}>?" if near else "slet det, eller skriv < som &lt;, hvis det er tekst")
                yield Fault(line, f"HTML-mærket <{name}> kan ikke bruges på en side", remedy)
        elif kind == "start":
            for key, value in attributes:
                yield from _faults_of_attribute(line, key, value, ATTRIBUTES | ELEMENTS[name], f"<{name}>")
            if name not in _VOID:
                holds_markdown = any(key == "markdown" for key, _ in attributes)
                open_elements.append(_Opened(name, line, holds_markdown, text))
                if len(open_elements) == DEEPEST:
                    yield Fault(line, "der er for mange HTML-mærker inde i hinanden", "brug færre niveauer")
        elif name not in _VOID:
            yield from _close(name, line, text, open_elements)


def _close(name: str, line: int, text: Text, open_elements: list[_Opened]) -> Iterator[Fault]:
    if not any(opened.tag == name for opened in open_elements):
        yield Fault(line, f"</{name}> lukker noget, der ikke er åbnet", f"slet det, eller skriv <{name}> foran")
        return
    while (opened := open_elements.pop()).tag != name:
        yield Fault(opened.line, f"<{opened.tag}> bliver ikke lukket før </{name}>", f"skriv </{opened.tag}> først")
    if opened.text is not text and not opened.holds_markdown:  # there is something in between, which was meant as Markdown
        yield Fault(opened.line, f"lister, links og andet virker ikke inde i <{name}>", f"skriv <{name} markdown>")


_BRACES = re.compile(r"\{:[ ]*([^{}\n]*)\}|(?:(?<=[)\]*_`>])|(?<=\n)[ ]*)\{[ ]*([^:{}%\s][^{}\n]*)\}")
"""An attribute list, with its colon or where Python-Markdown does without."""
_AT_END_OF_HEADING = re.compile(r"[ ]\{[ ]*([^:{}%\s][^{}\n]*)\}[ ]*$")


def _faults_of_braces(text: Text) -> Iterator[Fault]:
    if "{" not in text.written:
        return
    written = _NOT_TAGS.sub(_blank, text.written)
    lists = [(match.start(), match.group(1) or match.group(2) or "") for match in _BRACES.finditer(written)]
    if text.is_heading and (match := _AT_END_OF_HEADING.search(written)):
        lists.append((match.start(), match.group(1)))
    for start, attributes in lists:
        line = text.line + written.count("\n", 0, start)
        for key, value in get_attrs_and_remainder(attributes)[0]:
            key = "class" if key == "." else key
            yield from _faults_of_attribute(line, key, value or "", IN_BRACES, "{: … }")


def _faults_of_attribute(line: int, key: str, value: str, allowed: frozenset[str], where: str) -> Iterator[Fault]:
    if key not in allowed:
        near = nearest(key, allowed, _LIKENESS)
        remedy = f"mente du {near}?" if near else "slet den"
        yield Fault(line, f"{key} kan ikke bruges i {where}", remedy)
    elif key == "class":
        for name in value.split():
            if name not in CLASSES:
                yield Fault(line, f"stilen {name} kendes ikke", suggestion(name, CLASSES))
    elif key in _NUMBERS and not re.fullmatch(_NUMBERS[key], value):
        yield Fault(line, f"{key} kan ikke være {value[:40]}", "skriv et helt tal, højst 9999, eller 99 i en tabel")
    elif key == "id" and not ID.fullmatch(value):
        yield Fault(line, f"id’et {value} kan ikke bruges", "brug kun små bogstaver a–z, tal og bindestreg")
