"""The macro calls that a page makes, as they are written: known without rendering it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .records import Channel

JINJA = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
"""For reading a page's macros, and trying them; the site's pages are rendered by mkdocs-macros."""


@dataclass(frozen=True)
class MacroCall:
    name: str
    arguments: tuple[str, ...]
    line: int


def macro_calls(body: str) -> tuple[MacroCall, ...]:
    """The calls whose arguments are given as text; none where the page cannot be read."""
    if "{{" not in body and "{%" not in body:
        return ()
    try:
        tree = JINJA.parse(body)
    except jinja2.TemplateSyntaxError:
        return ()
    calls = []
    for call in tree.find_all(nodes.Call):
        values = [*call.args, *(argument.value for argument in call.kwargs)]
        texts = [value.value for value in values if isinstance(value, nodes.Const) and isinstance(value.value, str)]
        if isinstance(call.node, nodes.Name) and len(texts) == len(values):
            calls.append(MacroCall(call.node.name, tuple(texts), call.lineno))
    return tuple(calls)


def quoted_rules(calls: Iterable[MacroCall], channels: dict[str, Channel]) -> list[str]:
    """Ids of the rules that calls show, each once, in order."""
    found: dict[str, None] = {}
    for call in calls:
        if call.name == "rule" and call.arguments:
            found[call.arguments[0]] = None
        elif call.name == "rules" and call.arguments and call.arguments[0] in channels:
            found.update(dict.fromkeys(rule.id for rule in channels[call.arguments[0]].rules))
    return list(found)
