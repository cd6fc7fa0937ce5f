"""Lists the HTML that an editor may write on a page: elements, attributes, classes, and which element may stand in which.

The tree builder compares everything that an editor has typed with these lists, and leaves the rest out of the tree (SECURITY.md, adr/0015).
"""

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
"""The attributes that an editor may give every element. `markdown` has no effect: it was needed before Markdown always worked in HTML."""

INLINE_ELEMENTS = frozenset((
    "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "wbr",
))  # fmt: skip # one line per name would fill a page
"""The elements that may stand within a line of text."""

ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *INLINE_ELEMENTS, "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "p", "summary", "table", "tbody",
            "tfoot", "thead", "tr", "ul",
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

FAULT_KEYS = ("criterion", "reason", "until")
"""The attributes that a heading of the accessibility statement may have: which criterion a fault breaks, why, and when it is mended."""
ATTRIBUTE_LIST_KEYS = frozenset({"class", "id", "title", "lang", "aria-label", "width", "height", "start", "kind", "confirmed", *FAULT_KEYS})
"""The attributes that an editor may use in an attribute list: `{: .lead }`."""

ONLY_ON = {
    "kind": ("li", "kind kan kun stå på en regel, altså et punkt i en liste", "flyt det til punktet, eller slet det"),
    "confirmed": ("h2", "confirmed kan kun stå på en overskrift med ## i en lokal retningslinje", "flyt det op til overskriften, eller slet det"),
    **{
        key: ("h3", f"{key} kan kun stå på en overskrift med ### i tilgængelighedserklæringen", "flyt det op til overskriften, eller slet det")
        for key in FAULT_KEYS
    },
}
"""The attributes in a list that may stand on one element only: each with that element, and what is said if it stands on another."""

RULE_KINDS = {"duty": "påbud", "aim": "hensigt", "prohibition": "forbud"}
"""The values of the attribute `kind`, which says what kind of rule a list item is, each with its meaning in Danish."""
ESSENTIAL_KIND = "essential"
"""The value of the attribute `kind` of a decision that is one of the most important ones."""

ID_PATTERN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""The pattern of an id. It rules out the theme's own ids, which begin with `__`, such as the id of its settings."""

RESERVED_IDS = re.compile(r"fn(?:ref)?-[0-9]+(?:-[0-9]+)?|menu|site-search|stikord(?:-[a-z]+)?|soegefelt|regel(?:filter|slags)")
"""The ids that the program puts on pages itself: those of footnotes, of the menu and the search, and of what macros show."""

LANGUAGE_CODE_PATTERN = re.compile(r"[a-z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
"""The pattern of a `lang` attribute (BCP 47), without which a screen reader does not know how to say the words."""

LANGUAGES = frozenset((
    "bash", "console", "css", "csv", "diff", "html", "http", "ini", "java", "javascript", "js", "json", "markdown", "md", "php", "powershell",
    "python", "py", "shell", "sh", "sql", "svg", "text", "toml", "ts", "txt", "typescript", "xml", "yaml", "yml",
))  # fmt: skip # one line per name would fill a page
"""The names of languages that may stand behind the fence of a block of code. Anything else is probably the first line of the code."""

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The URL schemes that links may use."""

BOXES = frozenset({"abstract", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning"})
"""The kinds of boxes (`!!! note "Husk"`)."""

NUMBER_PATTERNS = {**dict.fromkeys(("colspan", "rowspan"), "[1-9][0-9]?"), **dict.fromkeys(("height", "start", "width"), "[1-9][0-9]{0,3}")}
"""Patterns for numeric attributes, since a cell that spans a million columns would use up the PDF engine's memory."""

_ONLY_IN = {
    "caption": ("table",),
    "dd": ("dl",),
    "dt": ("dl",),
    "figcaption": ("figure",),
    "li": ("ol", "ul"),
    "summary": ("details",),
    "tbody": ("table",),
    "td": ("tr",),
    "tfoot": ("table",),
    "th": ("tr",),
    "thead": ("table",),
    "tr": ("table", "tbody", "tfoot", "thead"),
}
"""The elements that make sense in certain parents only."""
_ONLY_HOLDS = {
    "dl": ("dd", "dt"),
    "ol": ("li",),
    "table": ("caption", "tbody", "tfoot", "thead", "tr"),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "thead": ("tr",),
    "tr": ("td", "th"),
    "ul": ("li",),
}
"""The elements that hold certain children only. Whatever else stands in them, a browser moves or drops."""
_HOLDS_TEXT = INLINE_ELEMENTS | {"a", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary"}
"""The elements that hold nothing but text and inline elements. A browser ends a paragraph where a block begins in it."""
_IN_TEXT = INLINE_ELEMENTS | {"a", "img"}


def may_contain(parent: str, child: str) -> bool:
    """Whether an element may stand in another, so that every browser keeps it there."""
    if child in _ONLY_IN:
        return parent in _ONLY_IN[child]
    if parent in _ONLY_HOLDS:
        return child in _ONLY_HOLDS[parent]
    return child in _IN_TEXT if parent in _HOLDS_TEXT else True


def holds_text(tag: str) -> bool:
    """Whether text may stand directly in an element."""
    return tag not in _ONLY_HOLDS


def url_scheme(url: str) -> str:
    """Return the scheme of a URL as a browser reads it: without line breaks and tabs, and without what is invisible before it."""
    match = _SCHEME.match(_IGNORED_IN_URL.sub("", url).lstrip(_LEADING_IN_URL))
    return match[1].lower() if match else ""


def leaves_site(url: str) -> bool:
    """Whether any browser would take a URL to be on another site."""
    if re.search(r"[\\\x00-\x20]|^//", url):  # browsers treat a backslash as a slash
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def is_misleading(url: str) -> bool:
    """Whether a link would lead elsewhere than it seems to, or make a phone or a mail program do more than begin a call or a mail."""
    plain = _PLAIN_URLS.get(url_scheme(url))
    return not plain.fullmatch(url) if plain else leaves_site(url.replace(" ", "%20"))


_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB_URL = re.compile(r"https?://[\w-]++(?>(?:\.[\w-]++)*)\.?(?::[0-9]{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_PLAIN_URLS = {
    "http": _WEB_URL,
    "https": _WEB_URL,
    "mailto": re.compile(r"mailto:[^\s?\\%]++(?:\?(?>(?:(?:subject=(?![^&]*%0[ad])|body=)[^&]*+(?:&(?!$)|$))+))?", re.IGNORECASE),
    "tel": re.compile(r"tel:(?>(?:[0-9+().\s-]|%20)+)", re.IGNORECASE),
}
"""What a URL of each scheme may look like: a host without a user before it, a number, an address with a subject and a text."""
_IGNORED_IN_URL = re.compile(r"[\t\n\r]")
_LEADING_IN_URL = "".join(map(chr, range(33)))
