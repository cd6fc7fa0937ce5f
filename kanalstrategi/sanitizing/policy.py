"""Lists the elements, attributes and classes that a page may contain."""

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
"""The classes that an editor may give an element, each with its effect, in Danish."""

ATTRIBUTES = frozenset({"class", "id", "title", "lang", "aria-label", "markdown"})
"""The attributes that an editor may give every element."""

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
}  # fmt: skip # one line per name would fill pages
"""The elements that an editor may write as HTML, each with its attributes in addition to ATTRIBUTES."""

ATTRIBUTE_LIST_KEYS = frozenset({"class", "id", "title", "lang", "aria-label", "width", "height", "start"})
"""The attributes that an editor may use in an attribute list: `{: .lead }`."""

ID_PATTERN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""The pattern of an id. It rules out the theme's own ids, which begin with `__`, such as the id of its settings."""

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The URL schemes that links may use."""

BOXES = frozenset({"abstract", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning"})
"""The kinds of boxes (`!!! note "Husk"`)."""

_MARKDOWN_CLASSES = BOXES | {"admonition", "admonition-title", "decided", "decision", "decision-state", "headerlink", "open", "toc"}
"""The classes that Markdown and its extensions write."""

_LANGUAGE = re.compile(r"language-[\w+#.-]+")
"""The class of a code block, which names its programming language."""

ROLES = {"search", "status"}
"""The ARIA roles that macros may write."""

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
"""The elements and attributes that only Markdown and macros write."""

MARKDOWN_ELEMENTS = {"a", "img", "pre", *(f"h{level}" for level in range(1, 7))}
"""The generated elements that can come from an editor's Markdown."""

EDITOR_ATTRIBUTES = frozenset().union(ATTRIBUTES, ATTRIBUTE_LIST_KEYS, *ELEMENTS.values(), {"alt", "data-search-exclude", "href", "src", "style"})
"""The attributes that can come from an editor's Markdown."""

NUMBER_PATTERNS = {**dict.fromkeys(("colspan", "rowspan"), "[1-9][0-9]?"), **dict.fromkeys(("height", "start", "width"), "[1-9][0-9]{0,3}")}
"""Patterns for numeric attributes, since a cell that spans a million columns would use up the PDF engine's memory."""


def is_editor_class(name: str) -> bool:
    """Whether a class can come from an editor's Markdown."""
    return name in CLASSES or name in _MARKDOWN_CLASSES or bool(_LANGUAGE.fullmatch(name))


def leaves_site(url: str) -> bool:
    """Whether any browser would take a URL to be on another site."""
    if re.search(r"[\\\x00-\x20]|^//", url):  # browsers treat a backslash as a slash
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
