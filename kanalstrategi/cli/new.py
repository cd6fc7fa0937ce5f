"""Begins new pages and editions, and writes the answers of a questionnaire into a guideline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli import answers, new_channel, new_edition, new_page
from kanalstrategi.rendering.macros import MacroRegistry

KINDS = ("action", "answer", "answers", "channel", "department", "edition", "material")
"""The words that say what of a site is to be begun."""


def is_of_page(arguments: Sequence[str]) -> bool:
    """Whether arguments ask for something of a site that is there, and not for a new site."""
    return bool(arguments) and arguments[0] in KINDS


def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Do what the first argument says in the project in a folder, and return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["edition"]:
        return new_edition.main(root, words[1:])
    if words[:1] == ["channel"]:
        return new_channel.main(root, registry, words[1:])
    return answers.main(root, registry, words[1:]) if words[:1] == ["answers"] else new_page.main(root, words)
