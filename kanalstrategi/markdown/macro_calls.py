"""Parses pages as text with macro calls. A call has quoted arguments, and there is no other syntax.

Pages are untrusted, and mkdocs-macros would run them as programs. Here nothing in a page is ever evaluated, so there is no
expression to break out of and no loop to bound (SECURITY.md, adr/0007). The delimiters are those of Jinja and mkdocs-macros:
`{{ rules("telefon") }}`, `{% raw %}…{% endraw %}` around text that is shown as typed, and `{# … #}`, which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from kanalstrategi.diagnostics import TextDiagnostic, Wording

MAX_CALLS_PER_PAGE = 500
"""Maximum number of macro calls in the text of a page."""
MAX_EXPANDED_CHARACTERS = 5_000_000
"""Maximum length of the text that the macros of a page give."""

_DELIMITER = re.compile(r"\{\{|\{%|\{#")
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_STRING_OR_REST = re.compile(rf"{_STRING}|[\"'].*", re.DOTALL)
"""A string, or everything after a quotation mark that begins none: so it is looked for only once."""
_CALL = re.compile(rf"\{{\{{\s*(\w+)\s*\(\s*((?:{_STRING}\s*(?:,\s*|(?=\))))*)\)\s*\}}\}}", re.DOTALL)
_RAW = re.compile(r"\{%\s{0,9}raw\s{0,9}%\}")
_ENDRAW = re.compile(r"\{%\s{0,9}endraw\s{0,9}%\}")
_BLOCK = re.compile(r"\{%\s{0,9}(\w*)")
_STRAY = re.compile(r"\}\}|%\}|\{\s{1,9}\{|\{\s{0,9}\w+\([\"')]")
_BRACES = re.compile(r"(?:[^\"'}]|\"[^\"\n]*\"|'[^'\n]*'|\}(?!\})){0,500}\}\}")
"""Matches from after `{{` to the `}}` that ends it, skipping any inside quotes."""
_WORD_PROCESSOR_QUOTES = "”“„»«’‘"
_NAME_ALONE = re.compile(r"\s*([^\W\d]\w*)\s*")
_CALL_WITHOUT_QUOTES = re.compile(r"\s*([^\W\d]\w*)\s*\(([^()]*)\)\s*")
_BARE_WORD = re.compile(r"[^\W\d][\w-]*")
_DIGIT = re.compile(r"\d")
MACRO_PATTERNS = {
    "delimiter": _DELIMITER,
    "string_or_rest": _STRING_OR_REST,
    "call": _CALL,
    "raw": _RAW,
    "endraw": _ENDRAW,
    "block": _BLOCK,
    "stray": _STRAY,
    "braces": _BRACES,
    "name_alone": _NAME_ALONE,
    "call_without_quotes": _CALL_WITHOUT_QUOTES,
    "bare_word": _BARE_WORD,
    "digit": _DIGIT,
    "word_processor_quotes": re.compile(f"[{_WORD_PROCESSOR_QUOTES}]"),
}
"""The patterns above, which the editor in the browser reads macro calls with, too (overrides/editor/checks/macro-text.js)."""

_UNREADABLE = "makroen kan ikke læses"
WORDINGS = {
    "too_many_calls": Wording("siden har over $limit makroer", "del siden i flere"),
    "stray": Wording("der står løse makrotegn i teksten", "skriv en makro som {{ navn(…) }}, uden mellemrum mellem de to tegn"),
    "unclosed_comment": Wording("noten {# slutter ikke", "skriv #} efter noten"),
    "unclosed_raw": Wording("{% raw %} slutter ikke", "skriv {% endraw %} efter teksten"),
    "block": Wording("{% $name %} kan ikke bruges på en side", "slet det; en side kan kun bruge makroer som {{ status() }}"),
    "unreadable": Wording(_UNREADABLE, "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen"),
    "curly_quotes": Wording(_UNREADABLE, 'brug lige anførselstegn: "'),
    "no_parentheses": Wording("makroen $name mangler sine parenteser", "skriv {{ $name(…) }}"),
    "unknown_word": Wording("makroen bruger et ukendt ord, $word", 'skriv navne i anførselstegn, som "telefon"'),
    "not_quoted": Wording("makroen $name er kaldt med forkerte oplysninger", 'skriv dem i anførselstegn: "…"'),
    "not_a_call": Wording("det, der står mellem {{ og }}, er ikke et makrokald", 'skriv kun et makrokald, som {{ rules("telefon") }}'),
}
"""What can be wrong with the syntax of macro calls."""


class MacroCall(msgspec.Struct, tag="c", array_like=True, frozen=True):
    """A macro call in the text of a page, and a node of its tree."""

    name: str
    arguments: tuple[str, ...]
    line: int
    """Line in the text, counted from 1."""


@dataclass(frozen=True)
class MacroText:
    """A page's text, split at its macro calls."""

    parts: tuple[str | MacroCall, ...]
    """The text and the calls, in order, without comments and without the delimiters of raw text."""
    diagnostics: tuple[TextDiagnostic, ...] = ()
    """The macro calls that cannot be read, and other syntax errors."""
    markdown: str = ""
    """The text as passed to Markdown, line for line, but with each call as typed."""
    typed: tuple[str, ...] = ()
    """Each call as typed, in order."""

    @property
    def calls(self) -> tuple[MacroCall, ...]:
        """The calls, in order."""
        return tuple(part for part in self.parts if isinstance(part, MacroCall))


_ParsedPart = tuple[int, str | MacroCall | TextDiagnostic]
"""The position where a part ends, and the part. The position is -1 for a diagnostic whose end is unknown.

The parsers are told whether there is an end anywhere: searching the rest of the page for the end of each part would take minutes.
"""


def parse_macros(body: str) -> MacroText:
    """Return a page's text split at its macro calls, with a diagnostic for everything that cannot be read. Never raises."""
    parts: list[str | MacroCall] = []
    diagnostics: list[TextDiagnostic] = []
    markdown: list[str] = []
    typed: list[str] = []
    last_ends = {"{#": body.rfind("#}"), "{%": max((match.start() for match in _ENDRAW.finditer(body)), default=-1), "{{": len(body)}
    position, line = 0, 1
    while delimiter := _DELIMITER.search(body, position):
        start, after = delimiter.span()
        _parse_plain_text(body[position:start], line, parts, diagnostics)
        markdown.append(body[position:start])
        line += body.count("\n", position, start)
        end, part = _PARSERS[delimiter.group()](body, start, line, last_ends[delimiter.group()] >= after)
        if isinstance(part, TextDiagnostic):
            diagnostics.append(part)
            # If the end is unknown, continue at the next line, so that the rest of the page is read too.
            end = body.find("\n", after) if end < 0 else end
            end = len(body) if end < 0 else end
        else:
            parts.append(part)
            if isinstance(part, MacroCall):
                typed.append(body[start:end])
        markdown.append(part if isinstance(part, str) else body[start:end])
        line += body.count("\n", start, end)
        position = end
    _parse_plain_text(body[position:], line, parts, diagnostics)
    markdown.append(body[position:])
    if not diagnostics and sum(isinstance(part, MacroCall) for part in parts) > MAX_CALLS_PER_PAGE:
        diagnostics.append(_diagnostic("too_many_calls", 1, limit=str(MAX_CALLS_PER_PAGE)))
    return MacroText(tuple(parts), tuple(diagnostics), "".join(markdown), tuple(typed))


def _parse_plain_text(text: str, line: int, parts: list[str | MacroCall], diagnostics: list[TextDiagnostic]) -> None:
    """Add the text between delimiters, and report any stray delimiters in it."""
    parts.append(text)
    position = 0
    for match in _STRAY.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        diagnostics.append(_diagnostic("stray", line))


def _parse_comment(body: str, start: int, line: int, has_end: bool) -> _ParsedPart:
    """Return only the line breaks of a comment, so that line numbers stay the same."""
    if not has_end:
        return -1, _diagnostic("unclosed_comment", line)
    end = body.find("#}", start + 2)
    return end + 2, "\n" * body.count("\n", start, end)


def _parse_block(body: str, start: int, line: int, has_end: bool) -> _ParsedPart:
    """Return the text of a raw block; no other block is allowed."""
    raw = _RAW.match(body, start)
    if raw and has_end and (end := _ENDRAW.search(body, raw.end())):
        newlines = body.count("\n", start, raw.end()) + body.count("\n", end.start(), end.end())
        return end.end(), "\n" * newlines + body[raw.end() : end.start()]
    if raw:
        return -1, _diagnostic("unclosed_raw", line)
    name = _BLOCK.match(body, start)
    return -1, _diagnostic("block", line, name=name.group(1)[:40] if name else "")


def _parse_call(body: str, start: int, line: int, has_end: bool) -> _ParsedPart:
    """Return a macro call."""
    if match := _CALL.match(body, start):
        arguments = tuple(_unquote(text) for text in _STRING_OR_REST.findall(match.group(2)))
        return match.end(), MacroCall(match.group(1), arguments, line)
    match = _BRACES.match(body, start + 2)
    if match is None:
        return -1, _diagnose_call(body[start + 2 : start + 500].split("\n", 1)[0], line, is_closed=False)
    return match.end(), _diagnose_call(match.group()[:-2], line)


_PARSERS: dict[str, Callable[[str, int, int, bool], _ParsedPart]] = {"{#": _parse_comment, "{%": _parse_block, "{{": _parse_call}


def _unquote(string: str) -> str:
    """Return a string without its quotes and with its escapes resolved."""
    return re.sub(r"\\(.)", r"\1", string[1:-1], flags=re.DOTALL)


def _diagnose_call(call_text: str, line: int, is_closed: bool = True) -> TextDiagnostic:
    """Return a diagnostic for the text between two pairs of braces, or after the first pair if it is not closed."""
    if set(_WORD_PROCESSOR_QUOTES) & set(call_text):
        return _diagnostic("curly_quotes", line)
    if not is_closed:
        return _diagnostic("unreadable", line)
    if name := _NAME_ALONE.fullmatch(call_text):
        return _diagnostic("no_parentheses", line, name.group(1), name=name.group(1))
    if call := _CALL_WITHOUT_QUOTES.fullmatch(call_text):
        unquoted = _STRING_OR_REST.sub("", call.group(2))
        if word := _BARE_WORD.search(unquoted):
            return _diagnostic("unknown_word", line, word=word.group())
        if _DIGIT.search(unquoted):
            return _diagnostic("not_quoted", line, call.group(1), name=call.group(1))
        return _diagnostic("unreadable", line)
    return _diagnostic("not_a_call", line)


def _diagnostic(kind: str, line: int, macro: str = "", **words: str) -> TextDiagnostic:
    return TextDiagnostic(line, *WORDINGS[kind].filled(**words), macro)
