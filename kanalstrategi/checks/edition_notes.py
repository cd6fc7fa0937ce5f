"""Checks that each note on an edition's changes, and each answer to its hearing, is about a block that there is."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.block_references import REFERENCE_LEVEL
from kanalstrategi.content.conventions import CHANGES_FILE, HEARING_FILE
from kanalstrategi.content.edition_text import edition_text
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.suggestions import suggestion

_HINT = "skriv id’et på den regel eller det afsnit, der menes, eller skriv overskriften med ###"


def check_edition_notes(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each heading that should be the reference of a block and is not, or is that of another. Filed editions are not checked."""
    for content in (project.content, *project.content.editions):
        if content.edition is None or not is_open(content):
            continue
        paths = [content.edition.folder_of_name + name for name in (CHANGES_FILE, HEARING_FILE)]
        written = [path for path in paths if path in project.parsed_pages]
        known = _references(content, project) if written else frozenset()
        for path in written:
            first: dict[str, int] = {}
            for block in project.parsed_pages[path].blocks:
                if block.kind != "heading" or block.level != REFERENCE_LEVEL:
                    continue
                if block.text not in known:
                    message = f"overskriften »{block.text}« er ikke navnet på noget i teksten"
                    yield Diagnostic(f"docs/{path}", block.line, message, suggestion(block.text, known, _HINT))
                elif block.text in first:
                    message = f"overskriften »{block.text}« står allerede i linje {first[block.text]}"
                    yield Diagnostic(f"docs/{path}", block.line, message, "saml det, der hører til den, under én overskrift")
                first.setdefault(block.text, block.line)


def _references(content: Content, project: Project) -> frozenset[str]:
    if content.comparison:
        return content.comparison.references
    return frozenset(block.reference for block in edition_text(content, project.parsed_pages))
