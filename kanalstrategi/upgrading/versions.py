"""Knows what lies between two versions of the program: what people are told about each, and what their files need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

from kanalstrategi.upgrading.move import Move, applied

Version = tuple[int, ...]
Migrate = Callable[[Mapping[str, bytes]], Move]
FIRST = "1.0.0"
"""The version of the clones, which were before the program could be installed."""
_PACKAGE = "kanalstrategi.upgrading.migrations"
_HERE = Path(__file__).parent
_NOTES, _MIGRATIONS = _HERE / "releases", _HERE / "migrations"
_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}")


def parse_version(text: str) -> Version | None:
    """Return a version as numbers that can be compared, or None if it is not written as one."""
    return tuple(map(int, text.split("."))) if _VERSION.fullmatch(text) else None


def notes_between(old: Version, new: Version) -> list[tuple[str, str]]:
    """Return the versions after one and up to another, oldest first, and what people are told about each, as Markdown in Danish."""
    found = {file.stem: file.read_text(encoding="utf-8").strip() for file in _NOTES.glob("*.md")}
    return [(name, found[name]) for name in _between(found, old, new)]


def migrations_between(old: Version, new: Version) -> list[tuple[str, Migrate]]:
    """Return the versions after one and up to another that have a migration, oldest first."""
    modules = {file.stem.removeprefix("to_").replace("_", "."): file.stem for file in _MIGRATIONS.glob("to_*.py")}
    return [(name, import_module(f"{_PACKAGE}.{modules[name]}").migrate) for name in _between(modules, old, new)]


def migrated(tree: Mapping[str, bytes], migrations: Iterable[tuple[str, Migrate]]) -> Move:
    """Return what migrations do to a site's files, one after the other."""
    move = Move()
    for _, migrate in migrations:
        move |= migrate(applied(tree, move))
    return Move({path: content for path, content in move.changes.items() if tree.get(path) != content}, move.own, move.old, move.tasks)


def _between(names: Iterable[str], old: Version, new: Version) -> list[str]:
    versions = {version: name for name in names if (version := parse_version(name))}
    return [versions[version] for version in sorted(versions) if old < version <= new]
