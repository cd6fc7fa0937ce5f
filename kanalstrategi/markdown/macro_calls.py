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

from kanalstrategi.diagnostics import TextDiagnostic

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
_WORD_PROCESSOR_QUOTES = set("”“„»«’‘")


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
        diagnostics.append(TextDiagnostic(1, f"siden har over {MAX_CALLS_PER_PAGE} makroer", "del siden i flere"))
    return MacroText(tuple(parts), tuple(diagnostics), "".join(markdown), tuple(typed))


def _parse_plain_text(text: str, line: int, parts: list[str | MacroCall], diagnostics: list[TextDiagnostic]) -> None:
    """Add the text between delimiters, and report any stray delimiters in it."""
    parts.append(text)
    position = 0
    for match in _STRAY.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        diagnostics.append(TextDiagnostic(line, "der står løse makrotegn i teksten", "skriv en makro som {{ navn(…) }}, uden mellemrum mellem de to tegn"))


def _parse_comment(body: str, start: int, line: int, has_end: bool) -> _ParsedPart:
    """Return only the line breaks of a comment, so that line numbers stay the same."""
    if not has_end:
        return -1, TextDiagnostic(line, "noten {# slutter ikke", "skriv #} efter noten")
    end = body.find("#}", start + 2)
    return end + 2, "\n" * body.count("\n", start, end)


def _parse_block(body: str, start: int, line: int, has_end: bool) -> _ParsedPart:
    """Return the text of a raw block; no other block is allowed."""
    raw = _RAW.match(body, start)
    if raw and has_end and (end := _ENDRAW.search(body, raw.end())):
        newlines = body.count("\n", start, raw.end()) + body.count("\n", end.start(), end.end())
        return end.end(), "\n" * newlines + body[raw.end() : end.start()]
    if raw:
        return -1, TextDiagnostic(line, "{% raw %} slutter ikke", "skriv {% endraw %} efter teksten")
    name = _BLOCK.match(body, start)
    hint = "slet det; en side kan kun bruge makroer som {{ status() }}"
    return -1, TextDiagnostic(line, f"{{% {name.group(1)[:40] if name else ''} %}} kan ikke bruges på en side", hint)


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
    unreadable = TextDiagnostic(line, "makroen kan ikke læses", "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen")
    if _WORD_PROCESSOR_QUOTES & set(call_text):
        return TextDiagnostic(line, unreadable.message, 'brug lige anførselstegn: "')
    if not is_closed:
        return unreadable
    if name := re.fullmatch(r"\s*([^\W\d]\w*)\s*", call_text):
        return TextDiagnostic(line, f"makroen {name.group(1)} mangler sine parenteser", f"skriv {{{{ {name.group(1)}(…) }}}}", name.group(1))
    if call := re.fullmatch(r"\s*([^\W\d]\w*)\s*\(([^()]*)\)\s*", call_text):
        unquoted = _STRING_OR_REST.sub("", call.group(2))
        if word := re.search(r"[^\W\d][\w-]*", unquoted):
            hint = 'skriv navne i anførselstegn, som "telefon"'
            return TextDiagnostic(line, f"makroen bruger et ukendt ord, {word.group()}", hint)
        if re.search(r"\d", unquoted):
            return TextDiagnostic(line, f"makroen {call.group(1)} er kaldt med forkerte oplysninger", 'skriv dem i anførselstegn: "…"', call.group(1))
        return unreadable
    return TextDiagnostic(line, "det, der står mellem {{ og }}, er ikke et makrokald", 'skriv kun et makrokald, som {{ rules("telefon") }}')
