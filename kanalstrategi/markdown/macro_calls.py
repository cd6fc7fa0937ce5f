"""The language of pages: text, and calls of our macros with words in quotes. Nothing else.

A page is untrusted, and to mkdocs-macros it is a program. Here it is not: what stands in a page is
never evaluated, so there is no expression to break out of, and no loop to bound (SECURITY.md,
adr/0007). The signs are Jinja's, which mkdocs-macros writes: `{{ rules("telefon") }}`,
`{% raw %}…{% endraw %}` around what shall be shown as it stands, and `{# … #}`, which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kanalstrategi.diagnostics import TextDiagnostic

MAX_CALLS_PER_PAGE = 500
"""Macro calls that a page may hold."""

MAX_EXPANDED_CHARACTERS = 5_000_000
"""Characters that a page may become."""


@dataclass(frozen=True)
class MacroCall:
    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class MacroText:
    """A page's text in pieces."""

    parts: tuple[str | MacroCall, ...]
    diagnostics: tuple[TextDiagnostic, ...] = ()
    markdown: str = ""
    """The text as Markdown gets it, line for line, but with each call as it was typed."""

    @property
    def calls(self) -> tuple[MacroCall, ...]:
        return tuple(part for part in self.parts if isinstance(part, MacroCall))


_DELIMITER = re.compile(r"\{\{|\{%|\{#")

_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""

_CALL = re.compile(rf"\{{\{{\s*(\w+)\s*\(\s*((?:{_STRING}\s*(?:,\s*|(?=\))))*)\)\s*\}}\}}", re.DOTALL)

_RAW = re.compile(r"\{%\s{0,9}raw\s{0,9}%\}")

_ENDRAW = re.compile(r"\{%\s{0,9}endraw\s{0,9}%\}")

_BLOCK = re.compile(r"\{%\s{0,9}(\w*)")

_STRAY = re.compile(r"\}\}|%\}|\{\s{1,9}\{|\{\s{0,9}\w+\([\"')]")

_BRACES = re.compile(r"(?:[^\"'}]|\"[^\"\n]*\"|'[^'\n]*'|\}(?!\})){0,500}\}\}")
"""From `{{` to the `}}` that ends it, which is not one inside quotes."""

_WORD_PROCESSOR_QUOTES = set("”“„»«’‘")


def parse_macros(body: str) -> MacroText:
    """A page's text in pieces, and every fault in it. Never fails."""
    parts: list[str | MacroCall] = []
    diagnostics: list[TextDiagnostic] = []
    markdown: list[str] = []
    place, line = 0, 1
    while sign := _DELIMITER.search(body, place):
        start, after = sign.span()
        _parse_plain_text(body[place:start], line, parts, diagnostics)
        markdown.append(body[place:start])
        line += body.count("\n", place, start)
        end, part = _PARSERS[sign.group()](body, start, line)
        if isinstance(part, TextDiagnostic):
            diagnostics.append(part)
            # Of what cannot be read, its first line is passed over, so that what follows is read too.
            end = body.find("\n", after) if end < 0 else end
            end = len(body) if end < 0 else end
        else:
            parts.append(part)
        markdown.append(part if isinstance(part, str) else body[start:end])
        line += body.count("\n", start, end)
        place = end
    _parse_plain_text(body[place:], line, parts, diagnostics)
    markdown.append(body[place:])
    if not diagnostics and sum(isinstance(part, MacroCall) for part in parts) > MAX_CALLS_PER_PAGE:
        diagnostics.append(TextDiagnostic(1, f"siden har over {MAX_CALLS_PER_PAGE} makroer", "del siden i flere"))
    return MacroText(tuple(parts), tuple(diagnostics), "".join(markdown))


def expand_macros(macro_text: MacroText, macros: Mapping[str, Callable[..., str]]) -> str:
    """The text with every call answered. Raises LookupError for a macro that is not there,
    ValueError where the page has diagnostics or becomes too long, and what the macros raise."""
    if macro_text.diagnostics:
        raise ValueError(macro_text.diagnostics[0].message)
    made, length = [], 0
    for part in macro_text.parts:
        text = part if isinstance(part, str) else macros[part.name](*part.arguments)
        length += len(text)
        if length > MAX_EXPANDED_CHARACTERS:
            raise ValueError("the page becomes too long")
        made.append(text)
    return "".join(made)


def _parse_plain_text(text: str, line: int, parts: list[str | MacroCall], diagnostics: list[TextDiagnostic]) -> None:
    parts.append(text)
    counted = 0
    for match in _STRAY.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        diagnostics.append(TextDiagnostic(line, "der står løse makrotegn i teksten", "skriv en makro som {{ navn(…) }}, uden mellemrum mellem de to tegn"))


_Token = tuple[int, str | MacroCall | TextDiagnostic]
"""Where a piece ends, and what it is. A fault that ends nowhere ends at -1."""


def _parse_comment(body: str, start: int, line: int) -> _Token:
    end = body.find("#}", start + 2)
    return (end + 2, "\n" * body.count("\n", start, end)) if end >= 0 else (-1, TextDiagnostic(line, "noten {# slutter ikke", "skriv #} efter noten"))


def _parse_block(body: str, start: int, line: int) -> _Token:
    raw = _RAW.match(body, start)
    if raw and body.find("endraw", start) >= 0 and (end := _ENDRAW.search(body, raw.end())):
        signs = body.count("\n", start, raw.end()) + body.count("\n", end.start(), end.end())
        return end.end(), "\n" * signs + body[raw.end() : end.start()]
    if raw:
        return -1, TextDiagnostic(line, "{% raw %} slutter ikke", "skriv {% endraw %} efter teksten")
    name = _BLOCK.match(body, start)
    hint = "slet det; en side kan kun bruge makroer som {{ status() }}"
    return -1, TextDiagnostic(line, f"{{% {name.group(1)[:40] if name else ''} %}} kan ikke bruges på en side", hint)


def _parse_call(body: str, start: int, line: int) -> _Token:
    if match := _CALL.match(body, start):
        arguments = tuple(_unquote(text) for text in re.findall(_STRING, match.group(2), re.DOTALL))
        return match.end(), MacroCall(match.group(1), arguments, line)
    match = _BRACES.match(body, start + 2)
    if match is None:
        return -1, _diagnose_call(body[start + 2 : start + 500].split("\n", 1)[0], line, ends=False)
    return match.end(), _diagnose_call(match.group()[:-2], line)


_PARSERS: dict[str, Callable[[str, int, int], _Token]] = {"{#": _parse_comment, "{%": _parse_block, "{{": _parse_call}


def _unquote(string: str) -> str:
    return re.sub(r"\\(.)", r"\1", string[1:-1], flags=re.DOTALL)


def _diagnose_call(written: str, line: int, ends: bool = True) -> TextDiagnostic:
    """What is wrong with what stands between two pairs of braces."""
    unreadable = TextDiagnostic(line, "makroen kan ikke læses", "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen")
    if _WORD_PROCESSOR_QUOTES & set(written):
        return TextDiagnostic(line, unreadable.message, 'brug lige anførselstegn: "')
    if not ends:
        return unreadable
    if name := re.fullmatch(r"\s*([^\W\d]\w*)\s*", written):
        return TextDiagnostic(line, f"makroen {name.group(1)} mangler sine parenteser", f"skriv {{{{ {name.group(1)}(…) }}}}", name.group(1))
    if call := re.fullmatch(r"\s*([^\W\d]\w*)\s*\(([^()]*)\)\s*", written):
        bare = re.sub(_STRING, "", call.group(2), flags=re.DOTALL)
        if word := re.search(r"[^\W\d][\w-]*", bare):
            hint = 'skriv navne i anførselstegn, som "telefon"'
            return TextDiagnostic(line, f"makroen bruger et ukendt ord, {word.group()}", hint)
        if re.search(r"\d", bare):
            return TextDiagnostic(line, f"makroen {call.group(1)} er kaldt med forkerte oplysninger", 'skriv dem i anførselstegn: "…"', call.group(1))
        return unreadable
    return TextDiagnostic(line, "det, der står mellem {{ og }}, er ikke et makrokald", 'skriv kun et makrokald, som {{ rules("telefon") }}')
