"""Finds the regular expressions in browser scripts."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<word>[\w$.]+)
    |(?P<sign>[^\s\w])""",
    re.DOTALL | re.VERBOSE,
)
_EXPRESSION = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")
_ENDS_A_VALUE = re.compile(r"[\w$.)\]}]\Z")
"""What a slash divides. Behind anything else, it begins an expression."""
_BUILT = re.compile(r"new RegExp\(`([^`]*)`, \"([a-z]*)\"\)")
GENERATED = (
    "new RegExp(source, flags + more)",  # what the build translates from Python (kanalstrategi/checks/browser_rules.py)
    "new RegExp(pattern[0])",  # the patterns of fields, which are Python's, too (kanalstrategi/editor)
    # The wordings of the checks, which see only the checks' own messages, in the browser of whoever typed what they quote.
    'new RegExp(`^${source.join("")}$`)',
    "new RegExp(`skriv \\`(${keys})",
    "new RegExp(`\\`(${keys})",
    "new RegExp(`(?<![\\\\w$({/\\`æøå-])(${keys})",
)
"""The beginnings of expressions that are put together of what the program itself has."""
_PART = re.compile(r"const (\w+) = /((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/\.source")


def js_expressions(script: str) -> list[tuple[str, str]]:
    """Return the source and the flags of each expression: those that are written, and those that are built from others."""
    parts = dict(_PART.findall(script))
    built = [(re.sub(r"\$\{(\w+)\}", lambda name: parts[name[1]], source), flags) for source, flags in _BUILT.findall(script)]
    others = script.count("RegExp(") - sum(map(script.count, GENERATED))
    assert len(built) == others, "an expression is put together in a way that is not known here"
    return [*_written(script), *built]


def _written(script: str) -> list[tuple[str, str]]:
    found = []
    position, before = 0, ""
    templates: list[int] = []
    """How many braces are open in each template string that the position is in the code of."""
    while position < len(script):
        may_begin = (not _ENDS_A_VALUE.search(before) or before == "return") and not script.startswith(("//", "/*"), position)
        if may_begin and (expression := _EXPRESSION.match(script, position)):
            found.append((expression[1], expression[2]))
            position, before = expression.end(), ")"
            continue
        character = script[position]
        if character == "`" or (character == "}" and templates and templates[-1] == 0):
            if character == "}":
                templates.pop()
            end = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL).match(script, position + 1)
            assert end is not None
            position, before = end.end(), ")"
            if script.startswith("${", position):
                templates.append(0)
                position, before = position + 2, "{"
            else:
                position += 1
            continue
        token = _TOKEN.match(script, position)
        assert token is not None
        if templates and token["sign"] in ("{", "}"):
            templates[-1] += 1 if token["sign"] == "{" else -1
        position, before = token.end(), before if token["space"] else ")" if token["string"] else token[0]
    return found
