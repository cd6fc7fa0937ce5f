"""Changes the pages that `mkdocs.yml` names, and nothing else in it: comments, order and indentation stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from kanalstrategi.content.edition_names import with_name
from kanalstrategi.content.navigation import is_wildcard

_DASH = re.compile(r"[ \t]*-[ \t]+")
_REST = re.compile(r"[ \t]*(#.*)?")


class MenuError(ValueError):
    """The file cannot be changed. The message says why and what to do about it, in Danish."""


@dataclass(frozen=True)
class _Entry:
    """An item of a list that names a page or a wildcard: its lines in the file, as start and end, and what comes before it on its line."""

    path: str
    start: int
    end: int
    before: str
    line: int
    has_own_line: bool


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str = ""


def with_pages(text: str, former: Collection[str], pages: Sequence[str]) -> str:
    """Return the text of `mkdocs.yml` with the pages of an edition in the place of the former ones, in the menu and in documents.

    A new page comes after the last one of its folder. Pages that are in both keep their places. Raises MenuError.
    """
    root = _mapping(yaml.compose(text, Loader=yaml.SafeLoader))
    gone, new = set(former) - set(pages), [path for path in pages if path not in former]
    edits: list[_Edit] = []
    if nav := root.get("nav"):
        edits += _list_edits(text, nav, gone, new, is_menu=True)
    for document in _mapping(_mapping(root.get("extra")).get("documents")).values():
        entries = _mapping(document).get("pages")
        if isinstance(entries, yaml.SequenceNode):
            named = {str(item.value) for item in entries.value}
            # A document that names each page of a folder gets the new ones, too; one that names a few of them does not.
            whole = [path for path in new if {other for other in former if _folder(other) == _folder(path)} <= named]
            edits += _list_edits(text, entries, gone, whole, is_menu=False)
    return _applied(text, edits)


def with_edition_name(text: str, old: str, new: str) -> str:
    """Return the text of `mkdocs.yml` with the name of another edition in the site's name and in the titles of documents."""
    root = _mapping(yaml.compose(text, Loader=yaml.SafeLoader))
    documents = _mapping(_mapping(root.get("extra")).get("documents")).values()
    titles = [root.get("site_name"), *(_mapping(document).get("title") for document in documents)]
    edits = []
    for title in titles:
        if isinstance(title, yaml.ScalarNode):
            start, end = title.start_mark.index, title.end_mark.index
            edits.append(_Edit(start, end, with_name(text[start:end], old, new)))
    return _applied(text, edits)


def with_moved_pages(text: str, paths: Mapping[str, str], title: tuple[str, str]) -> str:
    """Return the text of `mkdocs.yml` with the new paths of pages in the menu and in documents.

    `title` is a name before and after: it is changed where the menu gives it to one of those pages, and where an owner is called so.
    """
    root = _mapping(yaml.compose(text, Loader=yaml.SafeLoader))
    extra = _mapping(root.get("extra"))
    old, new = title
    edits: list[_Edit] = []

    def change(node: yaml.Node, before: str, after: str) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        edits.append(_Edit(start, end, text[start:end].replace(before, after)))

    for parent in (root.get("nav"), extra.get("documents")):
        for key, value in _scalars(parent):
            if value.value in paths:
                change(value, value.value, paths[value.value])
                if isinstance(key, yaml.ScalarNode) and key.value == old != "":
                    change(key, old, new)
    for owner in _mapping(extra.get("owners")).values():
        name = _mapping(owner).get("name")
        if isinstance(name, yaml.ScalarNode) and name.value == old != "":
            change(name, old, new)
    return _applied(text, edits)


def _scalars(node: yaml.Node | None, key: yaml.Node | None = None) -> Iterator[tuple[yaml.Node | None, yaml.ScalarNode]]:
    """Yield the texts in a node, each with the node of its key if it has one."""
    if isinstance(node, yaml.ScalarNode):
        yield key, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for inner_key, value in node.value:
            yield from _scalars(value, inner_key)


def _list_edits(text: str, node: yaml.Node, gone: Collection[str], new: Sequence[str], *, is_menu: bool) -> Iterator[_Edit]:
    """Yield the edits of a list that names pages, or of the whole menu."""
    entries = list(_entries(text, node))
    named = {entry.path for entry in entries}
    wildcards = {entry.path.removesuffix("/*") for entry in entries if is_wildcard(entry.path)}
    added: dict[_Entry, list[str]] = {}
    for path in new:
        if path in named or _folder(path) in wildcards:
            continue
        peers = [entry for entry in entries if _folder(entry.path) == _folder(path) and not is_wildcard(entry.path)]
        if peers:
            added.setdefault(peers[-1], []).append(path)
        elif is_menu:
            raise MenuError(f"siden {path} har ingen plads i menuen – skriv `- {path}` under nav i mkdocs.yml, og kør kommandoen igen")
    removed = [entry for entry in entries if entry.path in gone]
    for entry in (*added, *removed):
        if not entry.has_own_line:
            hint = "skriv hver side på sin egen linje som `- mappe/side.md`, og kør kommandoen igen"
            raise MenuError(f"mkdocs.yml:{entry.line}: linjen kan ikke ændres af programmet – {hint}")
    for entry, paths in added.items():
        is_last = not text[: entry.end].endswith(("\n", "\r"))
        end = "\r\n" if "\r\n" in text else "\n"
        lines = [f"{entry.before}{path}" for path in paths]
        yield _Edit(entry.end, entry.end, "".join(end + line if is_last else line + end for line in lines))
    yield from (_Edit(entry.start, entry.end) for entry in removed)
    if is_menu:
        yield from _emptied(text, node, {entry.path for entry in removed if entry not in added})


def _emptied(text: str, node: yaml.Node, removed: Collection[str]) -> Iterator[_Edit]:
    """Yield the edits that remove the titles of menus that have nothing left in them."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else []:
        for title, value in item.value if isinstance(item, yaml.MappingNode) else []:
            entries = list(_entries(text, value)) if isinstance(value, yaml.SequenceNode) else []
            if entries and all(entry.path in removed for entry in entries):
                yield _Edit(_line_start(text, item), _line_end(text, title.end_mark.index))
            yield from _emptied(text, value, removed)


def _entries(text: str, node: yaml.Node) -> Iterator[_Entry]:
    """Yield the items of a list that name something, and of the lists in it."""
    if not isinstance(node, yaml.SequenceNode):
        return
    for item in node.value:
        value = item.value[0][1] if isinstance(item, yaml.MappingNode) and len(item.value) == 1 else item
        if isinstance(value, yaml.ScalarNode):
            start, end = _line_start(text, item), _line_end(text, value.end_mark.index)
            before, rest = text[start : item.start_mark.index], text[value.end_mark.index : end].rstrip("\r\n")
            has_own_line = bool(_DASH.fullmatch(before) and _REST.fullmatch(rest))
            yield _Entry(str(value.value), start, end, before, item.start_mark.line + 1, has_own_line)
        else:
            yield from _entries(text, value)


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _line_start(text: str, node: yaml.Node) -> int:
    return max(text.rfind("\n", 0, node.start_mark.index), text.rfind("\r", 0, node.start_mark.index)) + 1


def _line_end(text: str, index: int) -> int:
    """Return where the next line begins."""
    found = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?").match(text, index)
    return found.end() if found else index


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
