"""Builds the site's only stylesheet from the design tokens, the used part of the theme's style, and our own style.

Material (9.8.1) ships 150 KB of style for all its features. A rule is left out if its selector contains a name that occurs nowhere in
the code that generates pages. Looking at the code instead of the pages keeps the style, and thus its cached URL, the same when a page
changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

Tokens = list[Any]
"""Component values in the terms of tinycss2."""

DARK_RULES = (
    "@media screen and (prefers-color-scheme: dark) {{ :root:not([data-appearance=light]) {{ color-scheme: dark; {0} }} }}\n"
    "@media screen {{ :root[data-appearance=dark] {{ color-scheme: dark; {0} }} }}\n"
)
"""Applies the dark tokens if the reader's device prefers dark mode or the reader has chosen it."""


def stylesheet(theme: str, tokens: str, dark: str, ours: str, names: Iterable[str]) -> str:
    """Return the published style. `names` holds every word that may name an element, class, id or attribute on a page."""
    known = frozenset(names) | {f"h{level}" for level in range(1, 7)}
    declarations = dark[dark.index("{") + 1 : dark.rindex("}")]
    own = tokens + DARK_RULES.format(declarations) + ours
    used = _without_unused_variables(_prune(_parse(theme), known), own)
    return _serialize(used) + _serialize(_parse(own))


def names_in(texts: Iterable[str]) -> set[str]:
    """Return every word in the source of modules, templates and scripts that could be such a name."""
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}


def _parse(css: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _rules_of(rule: Any) -> list[Any]:
    return list(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _prune(rules: Iterable[Any], known: frozenset[str]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            used = [selector for selector in _selectors(rule.prelude) if _is_used(selector, known)]
            if used:
                rule.prelude = tinycss2.parse_component_value_list(",".join(tinycss2.serialize(selector).strip() for selector in used))
                yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = list(_prune(_rules_of(rule), known))
            if inner:
                rule.content = tinycss2.parse_component_value_list(_serialize(inner))
                yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield rule


def _selectors(prelude: Tokens) -> Iterator[Tokens]:
    selector: Tokens = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _is_used(selector: Tokens, known: frozenset[str]) -> bool:
    """Whether all names in a selector are known. The arguments of `:not()`, `:is()` and the like are ignored."""
    before = ""
    for token in selector:
        if token.type == "ident" and before != ":" and token.value not in known:
            return False
        if token.type == "hash" and token.value not in known:
            return False
        if token.type == "[] block":
            found = [part.value for part in token.content if part.type in ("ident", "string")]
            if not all(re.split(r"\W+$", name)[0] in known for name in found if name):
                return False
        before = token.value if token.type == "literal" else ""
    return True


def _without_unused_variables(rules: Iterable[Any], others: str) -> list[Any]:
    """Remove the variables that nothing reads, since most of them hold icons, and the animations that nothing uses."""
    rules = list(rules)
    while True:
        text = _serialize(rules) + others
        read = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        names = set(re.findall(r"animation(?:-name)?:\s*([^;}]+)", text))
        animated = {word for value in names for word in re.findall(r"[\w-]+", value)}
        left = list(_keep_read_variables(rules, read, animated))
        if len(left) == len(rules):
            return left
        rules = left


def _keep_read_variables(rules: Iterable[Any], read: set[str], animated: set[str]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            read_declarations = [one for one in declarations if not (one.type == "declaration" and one.name.startswith("--") and one.name not in read)]
            if read_declarations:
                rule.content = tinycss2.parse_component_value_list(_serialize(read_declarations))
                yield rule
        elif rule.lower_at_keyword in ("media", "supports"):
            inner = list(_keep_read_variables(_rules_of(rule), read, animated))
            if inner:
                rule.content = tinycss2.parse_component_value_list(_serialize(inner))
                yield rule
        elif not rule.lower_at_keyword.endswith("keyframes") or tinycss2.serialize(rule.prelude).strip() in animated:
            yield rule


def _serialize(nodes: Iterable[Any]) -> str:
    """Return the nodes as CSS without unnecessary whitespace."""
    pieces = []
    for node in nodes:
        text = node.serialize()
        pieces.append(text if node.type != "declaration" or text.endswith(";") else f"{text};")
    return re.sub(r"/\*.*?\*/", "", re.sub(r"\s*\n\s*", "\n", "".join(pieces)), flags=re.DOTALL)
