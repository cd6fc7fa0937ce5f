"""Defines a change of the site's structure: channels and departments that get another name or go. Plain data, and how a link or an id changes."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kanalstrategi.content.edition_paths import linked_file
from kanalstrategi.content.folders import Folders

CHANNEL_MACROS = ("rules", "channel", "guidelines")
"""The macros whose first argument is the id of a channel."""
DOCUMENT_MACRO = "download"
"""The macro whose first argument is the id of a document."""


@dataclass(frozen=True)
class StructureChange:
    """What is called something else afterwards. Paths are relative to `docs/`; all are keyed by what they were before."""

    paths: Mapping[str, str] = field(default_factory=dict)
    """A page that moves stays in its folder. A page that goes leads to the one that answers for it."""
    channels: Mapping[str, str] = field(default_factory=dict)
    """Ids of channel groups."""
    departments: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    """Ids of documents."""
    title: tuple[str, str] = ("", "")
    """The name before and after, as links and headings write it; empty if names stay."""
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The ids on pages that change, keyed by the path of the page."""
    folders: Folders = field(default_factory=Folders)
    """What the site calls its folders, which stay as they are."""

    @property
    def names(self) -> set[str]:
        """The words of which a page has at least one if anything on it changes."""
        return {*self.channels, *self.departments, *self.documents, *(posixpath.basename(path).removesuffix(".md") for path in self.paths)}

    def link(self, target: str, path: str, files: Container[str]) -> str:
        """Return what a link on a page is written as afterwards. `path` is the page's before the change, and `files` are all that there are."""
        try:
            parts = urlsplit(target)
        except ValueError:  # reported by the checks
            return target
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return target
        linked = linked_file(path, unquote(parts.path), files, self.folders) if parts.path else path
        before, hash, anchor = target.partition("#")
        anchor = self.anchors.get(linked, {}).get(anchor, anchor)
        if parts.path and linked in self.paths:
            before = before.replace(parts.path, posixpath.join(posixpath.dirname(parts.path), posixpath.basename(self.paths[linked])), 1)
        return f"{before}{hash}{anchor}"

    def argument(self, macro: str, argument: str) -> str:
        """Return what the first argument of a macro call is afterwards."""
        if macro in CHANNEL_MACROS:
            return self.channels.get(argument, argument)
        return self.documents.get(argument, argument) if macro == DOCUMENT_MACRO else argument

    def name(self, text: str) -> str:
        """Return what a text is afterwards that may be the name itself."""
        old, new = self.title
        return new if old and text == old else text
