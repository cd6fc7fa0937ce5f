"""Finds the regular expressions of the program, and texts that may keep each of them busy."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # the parser of `re` is not public
from re import _parser as parser  # type: ignore[attr-defined]  # likewise
from types import ModuleType
from typing import Any

import kanalstrategi
import macros

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
CHARACTERS = [*"aA1å \t\n\0.,-_*`~#|[](){}<>!?\\/:;=\"'&%+^@$x", "\u00ad", "\u0301", "–", "»", "’", "s", "d", "0", "\r"]
"""A character of every class that an expression may name."""
_MAX_UNITS = 12
"""How many texts are tried as what is repeated in one place."""
_UNKNOWN = "ab"
"""Stands for what an expression is put together from when the program runs."""

Expression = tuple[re.Pattern[str] | re.Pattern[bytes], str]
"""A pattern, and the method that it is used with."""


def modules() -> list[ModuleType]:
    """Return all modules of the program and of the macros."""
    names = (module.name for package in (kanalstrategi, macros) for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    return [importlib.import_module(name) for name in names]


def expressions(found_in: Sequence[ModuleType]) -> dict[str, Expression]:
    """Return the expressions of some modules as they are used, by a name that says where they are written and how they are used."""
    compiled: dict[re.Pattern[Any], str] = {}  # equal patterns are not always the same object: the cache of `re` holds but a few hundred
    found: dict[str, Expression] = {}
    for module in found_in:
        for pattern in _patterns_in(list(vars(module).values())):
            compiled.setdefault(pattern, module.__name__)
    used = set()
    for module in found_in:
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                values = [vars(module).get(name.id)] if isinstance(name, ast.Name) else []
                for pattern in _patterns_in(values):
                    used.add(pattern)
                    found[f"{compiled[pattern]}: {pattern.pattern!r}.{node.attr}"] = pattern, node.attr
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                method = ast.unparse(node.func).removeprefix("re.")
                for pattern in _evaluated(node, module) if method in METHODS or method == "compile" else ():
                    if pattern not in compiled:
                        method = "finditer" if method == "compile" else method
                        found[f"{module.__name__}: {pattern.pattern!r}.{method}"] = pattern, method
    for pattern, module_name in compiled.items():
        if pattern not in used:  # those that are used by another name
            found[f"{module_name}: {pattern.pattern!r}.finditer"] = pattern, "finditer"
    return found


def _patterns_in(values: Sequence[object]) -> Iterator[re.Pattern[Any]]:
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _patterns_in(value)
        elif isinstance(value, dict):
            yield from _patterns_in(list(value.values()))


def _evaluated(call: ast.Call, module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """Yield the pattern of a call such as `re.search(…)`; the patterns, if it is one of a table."""
    first = call.args[0]
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    names = {node.id: _UNKNOWN for node in ast.walk(first) if isinstance(node, ast.Name)}
    space = {**names, **vars(importlib.import_module("builtins")), **vars(module)}
    flag_nodes = [*flags, *(node for node in call.args[1:] if re.match(r"re\.[A-Z]", ast.unparse(node)))]
    value = re.NOFLAG
    for node in flag_nodes:
        value |= eval(compile(ast.Expression(node), "flags", "eval"), space)
    if isinstance(first, ast.Subscript) and isinstance(first.value, ast.Name) and isinstance(table := space.get(first.value.id), Mapping):
        yield from (re.compile(pattern, value) for pattern in table.values())
    else:
        yield re.compile(eval(compile(ast.Expression(first), "pattern", "eval"), space), value)


# Texts that keep an expression busy


def pumps(pattern: str, flags: int = 0) -> list[tuple[str, str]]:
    """Return for each place where a pattern repeats something a text that leads there, and what to repeat: one of each class of characters."""
    tree = parser.parse(pattern, flags)
    written = {chr(value) for value in _literals(tree) if value < 0x110000}
    characters = [*dict.fromkeys([*CHARACTERS, *sorted(written)])]
    return list(dict.fromkeys(_pumps(tree, "", characters)))


def _literals(tree: Any) -> Iterator[int]:
    for op, value in tree:
        if op is codes.LITERAL:
            yield value
        for part in _inside(op, value):
            yield from _literals(part)


def _inside(op: Any, value: Any) -> list[Any]:
    """Return the patterns in a part of a pattern."""
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is codes.BRANCH:
        return list(value[1])
    if op is codes.SUBPATTERN:
        return [value[-1]]
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    if op is codes.ATOMIC_GROUP:
        return [value]
    return []


def _pumps(tree: Any, before: str, characters: list[str]) -> Iterator[tuple[str, str]]:
    for op, value in tree:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and value[1] > 8:
            units = (_sample(value[2], characters, choice) for choice in range(_MAX_UNITS * 2))
            yield from ((before, unit) for unit in islice(dict.fromkeys(filter(None, units)), _MAX_UNITS))
        for part in _inside(op, value):
            yield from _pumps(part, before, characters)
        before += _sample([(op, value)], characters, 0)


def _sample(tree: Any, characters: list[str], choice: int) -> str:
    """Return a text that a pattern matches, leaving out what stands around it. `choice` is the number of the branch or character to take."""
    text = ""
    for op, value in tree:
        if op in (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN):
            members = [character for character in characters if _matches(op, value, ord(character))]
            text += chr(value) if op is codes.LITERAL else members[choice % len(members)] if members else _any_of(value)
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += _sample(value[2], characters, choice) * min(max(value[0], 1 if choice % 2 == 0 else 0), 20)
        elif op is codes.BRANCH:
            text += _sample(value[1][choice % len(value[1])], characters, choice)
        elif op in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            text += _sample(_inside(op, value)[0], characters, choice)
    return text


def _any_of(members: Any) -> str:
    return next((chr(value if op is codes.LITERAL else value[0]) for op, value in members if op in (codes.LITERAL, codes.RANGE)), "a")


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip # laid out by hand, as a table


def _matches(op: Any, value: Any, code: int) -> bool:
    if op is codes.LITERAL:
        return bool(code == value)
    if op is codes.NOT_LITERAL:
        return bool(code != value)
    if op is codes.ANY:
        return code != 10
    if op is codes.RANGE:
        return bool(value[0] <= code <= value[1])
    if op is codes.CATEGORY:
        return bool(re.match(_CATEGORIES[value], chr(code)))
    negated = value[0][0] is codes.NEGATE
    return any(_matches(member_op, member, code) for member_op, member in value[negated:]) is not negated
