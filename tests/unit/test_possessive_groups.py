"""Regular expressions mean the same on every Python that is promised."""

from __future__ import annotations

import ast
import re

from tests.support.project import ROOT

FOLDERS = ("kanalstrategi", "macros", "bench", "scripts")


def test_no_group_is_repeated_possessively() -> None:
    """Python up to 3.11.4, thus Debian 12's, goes on from where the last repetition failed (gh-106052): `(?>(?:…)*)` says the same and is right."""
    possessive = re.compile(r"(?<![\\(])\)(?:[*+?]|\{[0-9,]+\})\+")  # `()*+` is in a list of characters
    assert possessive.search("(?:a|b)*+") and not possessive.search(r"[(]\)*+(?>(?:a|b)*)")
    found = []
    for file in (file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
                if possessive.search(text):
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert found == []
