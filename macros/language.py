"""The language of pages: text, and calls of our macros with words in quotes. Nothing else.

A page is untrusted, and to mkdocs-macros it is a program. Here it is not: what stands in a page is
never evaluated, so there is no expression to break out of, and no loop to bound (SECURITY.md,
adr/0007). The signs are Jinja's, which mkdocs-macros writes: `{{ rules("telefon") }}`,
`{% raw %}…{% endraw %}` around what shall be shown as it stands, and `{# … #}`, which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .records import Channel, Fault

MOST_CALLS = 500
"""Macro calls that a page may hold."""
LONGEST = 5_000_000
"""Characters that a page may become."""


@dataclass(frozen=True)
class MacroCall:
    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Parsed:
    """A page's text in pieces."""

    parts: tuple[str | MacroCall, ...]
    faults: tuple[Fault, ...] = ()
    shown: str = ""
    """The text as Markdown gets it, line for line, but with each call as it was typed."""

    @property
    def calls(self) -> tuple[MacroCall, ...]:
        return tuple(part for part in self.parts if isinstance(part, MacroCall))


_SIGN = re.compile(r"\{\{|\{%|\{#")
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"\{{\{{\s*(\w+)\s*\(\s*((?:{_STRING}\s*(?:,\s*|(?=\))))*)\)\s*\}}\}}", re.DOTALL)
_RAW = re.compile(r"\{%\s{0,9}raw\s{0,9}%\}")
_ENDRAW = re.compile(r"\{%\s{0,9}endraw\s{0,9}%\}")
_BLOCK = re.compile(r"\{%\s{0,9}(\w*)")
_STRAY = re.compile(r"\}\}|%\}|\{\s{1,9}\{|\{\s{0,9}\w+\([\"')]")
_BRACES = re.compile(r"(?:[^\"'}]|\"[^\"\n]*\"|'[^'\n]*'|\}(?!\})){0,500}\}\}")
"""From `{{` to the `}}` that ends it, which is not one inside quotes."""
_WORD_PROCESSOR_QUOTES = set("”“„»«’‘")


def parse(body: str) -> Parsed:
    """A page's text in pieces, and every fault in it. Never fails."""
    parts: list[str | MacroCall] = []
    faults: list[Fault] = []
    shown: list[str] = []
    place, line = 0, 1
    while sign := _SIGN.search(body, place):
        start, after = sign.span()
        _text(body[place:start], line, parts, faults)
        shown.append(body[place:start])
        line += body.count("\n", place, start)
        end, part = _PARTS[sign.group()](body, start, line)
        if isinstance(part, Fault):
            faults.append(part)
            # Of what cannot be read, its first line is passed over, so that what follows is read too.
            end = body.find("\n", after) if end < 0 else end
            end = len(body) if end < 0 else end
        else:
            parts.append(part)
        shown.append(part if isinstance(part, str) else body[start:end])
        line += body.count("\n", start, end)
        place = end
    _text(body[place:], line, parts, faults)
    shown.append(body[place:])
    if not faults and sum(isinstance(part, MacroCall) for part in parts) > MOST_CALLS:
        faults.append(Fault(1, f"siden har over {MOST_CALLS} makroer", "del siden i flere"))
    return Parsed(tuple(parts), tuple(faults), "".join(shown))


def render(parsed: Parsed, macros: Mapping[str, Callable[..., str]]) -> str:
    """The text with every call answered. Raises LookupError for a macro that is not there,
    ValueError where the page has faults or becomes too long, and what the macros raise."""
    if parsed.faults:
        raise ValueError(parsed.faults[0].what)
    made, length = [], 0
    for part in parsed.parts:
        text = part if isinstance(part, str) else macros[part.name](*part.arguments)
        length += len(text)
        if length > LONGEST:
            raise ValueError("the page becomes too long")
        made.append(text)
    return "".join(made)


def quoted_rules(calls: Iterable[MacroCall], channels: dict[str, Channel]) -> list[str]:
    """Ids of the rules that calls show, each once, in order."""
    found: dict[str, None] = {}
    for call in calls:
        if call.name == "rule" and call.arguments:
            found[call.arguments[0]] = None
        elif call.name == "rules" and call.arguments and call.arguments[0] in channels:
            found.update(dict.fromkeys(rule.id for rule in channels[call.arguments[0]].rules))
    return list(found)


def _text(text: str, line: int, parts: list[str | MacroCall], faults: list[Fault]) -> None:
    parts.append(text)
    counted = 0
    for match in _STRAY.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        faults.append(Fault(line, "der står løse makrotegn i teksten", "skriv en makro som {{ navn(…) }}, uden mellemrum mellem de to tegn"))


_Part = tuple[int, str | MacroCall | Fault]
"""Where a piece ends, and what it is. A fault that ends nowhere ends at -1."""


def _comment(body: str, start: int, line: int) -> _Part:
    end = body.find("#}", start + 2)
    return (end + 2, "\n" * body.count("\n", start, end)) if end >= 0 else (-1, Fault(line, "noten {# slutter ikke", "skriv #} efter noten"))


def _block(body: str, start: int, line: int) -> _Part:
    raw = _RAW.match(body, start)
    if raw and body.find("endraw", start) >= 0 and (end := _ENDRAW.search(body, raw.end())):
        signs = body.count("\n", start, raw.end()) + body.count("\n", end.start(), end.end())
        return end.end(), "\n" * signs + body[raw.end() : end.start()]
    if raw:
        return -1, Fault(line, "{% raw %} slutter ikke", "skriv {% endraw %} efter teksten")
    name = _BLOCK.match(body, start)
    remedy = "slet det; en side kan kun bruge makroer som {{ status() }}"
    return -1, Fault(line, f"{{% {name.group(1)[:40] if name else ''} %}} kan ikke bruges på en side", remedy)


def _call(body: str, start: int, line: int) -> _Part:
    if match := _CALL.match(body, start):
        arguments = tuple(_unquoted(text) for text in re.findall(_STRING, match.group(2), re.DOTALL))
        return match.end(), MacroCall(match.group(1), arguments, line)
    match = _BRACES.match(body, start + 2)
    if match is None:
        return -1, _call_fault(body[start + 2 : start + 500].split("\n", 1)[0], line, ends=False)
    return match.end(), _call_fault(match.group()[:-2], line)


_PARTS: dict[str, Callable[[str, int, int], _Part]] = {"{#": _comment, "{%": _block, "{{": _call}


def _unquoted(string: str) -> str:
    return re.sub(r"\\(.)", r"\1", string[1:-1], flags=re.DOTALL)


def _call_fault(written: str, line: int, ends: bool = True) -> Fault:
    """What is wrong with what stands between two pairs of braces."""
    unreadable = Fault(line, "makroen kan ikke læses", "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen")
    if _WORD_PROCESSOR_QUOTES & set(written):
        return Fault(line, unreadable.what, 'brug lige anførselstegn: "')
    if not ends:
        return unreadable
    if name := re.fullmatch(r"\s*([^\W\d]\w*)\s*", written):
        return Fault(line, f"makroen {name.group(1)} mangler sine parenteser", f"skriv {{{{ {name.group(1)}(…) }}}}", name.group(1))
    if call := re.fullmatch(r"\s*([^\W\d]\w*)\s*\(([^()]*)\)\s*", written):
        bare = re.sub(_STRING, "", call.group(2), flags=re.DOTALL)
        if word := re.search(r"[^\W\d][\w-]*", bare):
            remedy = 'skriv navne i anførselstegn, som "telefon"'
            return Fault(line, f"makroen bruger et ukendt ord, {word.group()}", remedy)
        if re.search(r"\d", bare):
            return Fault(line, f"makroen {call.group(1)} er kaldt med forkerte oplysninger", 'skriv dem i anførselstegn: "…"', call.group(1))
        return unreadable
    return Fault(line, "det, der står mellem {{ og }}, er ikke et makrokald", 'skriv kun et makrokald, som {{ rules("telefon") }}')
