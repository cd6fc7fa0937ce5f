"""The allow-lists: which HTML, attributes and classes a page may hold."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

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

ATTRIBUTE_LIST_KEYS = frozenset({"class", "id", "title", "lang", "aria-label", "width", "height", "start"})
"""The attributes that an editor may give in braces after something: `{: .lead }`."""

ID_PATTERN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""What an id may be. Those of the theme begin with `__`, and one that it reads its own settings from is such."""

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address may begin with."""

BOXES = frozenset({"abstract", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning"})
"""The kinds of boxes (`!!! note "Husk"`)."""

_MARKDOWN_CLASSES = BOXES | {"admonition", "admonition-title", "decided", "decision", "decision-state", "headerlink", "open", "toc"}

_LANGUAGE = re.compile(r"language-[\w+#.-]+")
"""The class of a box of code."""

ROLES = {"search", "status"}

GENERATED_ELEMENTS: dict[str, set[str]] = {
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


NUMBER_PATTERNS = {**dict.fromkeys(("colspan", "rowspan"), "[1-9][0-9]?"), **dict.fromkeys(("height", "start", "width"), "[1-9][0-9]{0,3}")}
"""What a number may be; a cell that spans a million columns takes the PDF engine's memory."""


MARKDOWN_ELEMENTS = {"a", "img", "pre", *(f"h{level}" for level in range(1, 7))}

EDITOR_ATTRIBUTES = frozenset().union(
    ATTRIBUTES, ATTRIBUTE_LIST_KEYS, *ELEMENTS.values(), {"alt", "data-search-exclude", "href", "src", "style"}
)  # fmt: skip


def is_editor_class(name: str) -> bool:
    return name in CLASSES or name in _MARKDOWN_CLASSES or bool(_LANGUAGE.fullmatch(name))


def leaves_site(address: str) -> bool:
    if re.search(r"[\\\x00-\x20]|^//", address):  # a browser reads a backslash as a slash
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
