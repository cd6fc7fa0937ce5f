"""Knows the files that a clone of the program's repository had before the program could be installed, by digests of what they held.

The two tables beside this module are of the last commits of that form. A file that a municipality has not changed is one of them, whatever
the line endings of its machine are. `scripts/clone_tables.py` wrote them; they are of the past, so nothing needs to write them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import tinycss2

FILES_TABLE, STYLES_TABLE = "clone_files.txt", "clone_styles.txt"
STYLE_FOLDER = "overrides/theme/assets/styles/"
TOKEN_FILES = ("overrides/theme/tokens.css", "overrides/theme/tokens-dark.css")
_DIGITS = 16


def digest(content: bytes) -> str:
    """Return the digest of a file's content, the same with both kinds of line endings."""
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:_DIGITS]


def is_known(path: str) -> bool:
    """Whether a clone had a file at a path, given relative to the project's root."""
    return path in _table(FILES_TABLE)


def is_unchanged(path: str, content: bytes) -> bool:
    """Whether a file is as a clone had it."""
    return digest(content) in _table(FILES_TABLE).get(path, ())


def style_rules(path: str, css: str) -> dict[str, str]:
    """Return the rules of a style file, or the tokens of one that declares them, keyed by digest, in the order of the file."""
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    rules = [rule.serialize() for rule in parsed if rule.type != "error"]  # what browsers skip, too
    if path in TOKEN_FILES:
        rules = [f"{name}: {value}" for name, value in declared_tokens(css).items()]
    return {digest(" ".join(rule.split()).encode()): rule for rule in rules}


def changed_rules(path: str, css: str) -> list[str]:
    """Return the rules, or tokens, of a style file that a clone did not have in it."""
    known = _table(STYLES_TABLE).get(path, frozenset())
    return [rule for key, rule in style_rules(path, css).items() if key not in known]


def declared_tokens(css: str) -> dict[str, str]:
    """Return the value of each custom property that a style declares, keyed by its name."""
    parts = re.split("[;{}]", re.sub(r"/\*.*?(?:\*/|\Z)", "", css, flags=re.DOTALL))
    declared = ((name.strip(), value.strip()) for name, _, value in (part.partition(":") for part in parts))
    return {name: value for name, value in declared if name.startswith("--")}


def table_lines(files: Iterable[Mapping[str, bytes]]) -> tuple[list[str], list[str]]:
    """Return the lines of both tables, given the files of each commit."""
    known, styles = set(), set()
    for tree in files:
        for path, content in tree.items():
            known.add(f"{digest(content)} {path}")
            if path in TOKEN_FILES or path.startswith(STYLE_FOLDER):
                styles |= {f"{key} {path}" for key in style_rules(path, content.decode())}
    return sorted(known, key=_by_path), sorted(styles, key=_by_path)


def _by_path(line: str) -> tuple[str, str]:
    key, path = line.split(" ", 1)
    return path, key


@cache
def _table(name: str) -> dict[str, frozenset[str]]:
    """Return the digests of a table, keyed by path."""
    found: dict[str, set[str]] = {}
    for key, path in _lines((Path(__file__).parent / name).read_text(encoding="utf-8")):
        found.setdefault(path, set()).add(key)
    return {path: frozenset(keys) for path, keys in found.items()}


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, path = line.split(" ", 1)
        yield key, path
