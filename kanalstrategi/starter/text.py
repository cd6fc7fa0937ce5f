"""Writes untrusted text so that YAML and Markdown read it as it was typed. No I/O."""

from __future__ import annotations

import json
import re

import yaml

from kanalstrategi.markdown.plain_text import as_markdown

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/–’&-]*", re.UNICODE)
"""A text that may need no quotes in YAML."""


def yaml_text(text: str) -> str:
    """Return a text as a YAML value, which is read as this text: in quotes unless it needs none."""
    if _PLAIN.fullmatch(text) and text == text.strip() and yaml.safe_load(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)


def markdown_text(text: str) -> str:
    """Return a text of one line as Markdown that shows it as typed, also as all of a heading."""
    written = as_markdown(text)
    without = written.rstrip("#")  # which would end a heading, and not be shown
    return without + r"\#" * (len(written) - len(without))


def genitive(name: str) -> str:
    """Return a Danish name in the genitive."""
    return f"{name}’" if name.endswith(("s", "x", "z", "S", "X", "Z")) else f"{name}s"
