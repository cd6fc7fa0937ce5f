"""Defines a step: a change of several files that belongs together, planned in full before the first file is written. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import printable
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.field_lines import FieldError, Value, with_fields
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse

Tree = Mapping[str, bytes]
"""The content of files, keyed by path relative to the project's root."""
DOCS = "docs/"


class StepError(ValueError):
    """A step cannot be taken. The message says why and what to do about it, in Danish, on one or more lines."""


@dataclass(frozen=True)
class Step:
    """A step: what it does to the files, and what to say about it."""

    changes: dict[str, bytes | None]
    """The new content of each file that changes, keyed by path relative to the project's root; None for a file that goes."""
    report: tuple[str, ...]
    """What it does, in Danish, one line each."""

    def applied(self, tree: Tree) -> dict[str, bytes]:
        """Return the files as they are after the step."""
        return {path: content for path, content in {**tree, **self.changes}.items() if content is not None}


def read_page_of(tree: Tree, path: str) -> ParsedPage:
    """Return a page, given its path relative to the project's root. Raises StepError."""
    if path not in tree:
        raise StepError(f"{path} findes ikke – hent den fra versionsstyringen, og prøv igen")
    return parse(read_bytes(tree[path]).text)


def text_of(page: ParsedPage, key: str) -> str:
    """Return the text of a field; empty if the page does not have it."""
    value = page.front.values.get(key)
    return value.strip() if isinstance(value, str) else ""


def in_words(day: str) -> str:
    """Return a date from a page in words, or as it stands if it is none."""
    try:
        return long_date(date.fromisoformat(day))
    except ValueError:
        return printable(day)


def with_page_fields(path: str, page: bytes, changes: Mapping[str, Value | None], after: tuple[str, ...] = ("reviewed", "review_by")) -> bytes:
    """Return a page with other values in its fields. Raises StepError with the path of the page."""
    try:
        return with_fields(page, changes, after)
    except FieldError as error:
        raise StepError(f"{path}: {error}") from error
