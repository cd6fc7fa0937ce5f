"""What is to be done with files when a site becomes one of another form or version, and what to tell about it. Plain data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

OLD_FOLDER = "gammelt"
"""Where files are kept that have no place in the new form."""


@dataclass(frozen=True)
class Move:
    """A part of an upgrade: what it does to the files, and what to say about it, in Danish."""

    changes: dict[str, bytes | None] = field(default_factory=dict)
    """The new content of each file that changes, keyed by path relative to the project's root; None for a file that goes."""
    own: tuple[str, ...] = ()
    """What the municipality had changed, and where it is now."""
    old: tuple[str, ...] = ()
    """What has no place any more, and is kept in the folder for such."""
    tasks: tuple[str, ...] = ()
    """What people have to do themselves."""

    def __or__(self, other: Move) -> Move:
        """Return both as one; what the other does to a file comes after what this one does."""
        return Move({**self.changes, **other.changes}, self.own + other.own, self.old + other.old, self.tasks + other.tasks)


def applied(tree: Mapping[str, bytes], move: Move) -> dict[str, bytes]:
    """Return the files as they are after a move."""
    return {path: content for path, content in {**tree, **move.changes}.items() if content is not None}


def put_away(path: str, content: bytes, why: str) -> Move:
    """Return the move of a file into the folder for what has no place any more."""
    place = f"{OLD_FOLDER}/{path}"
    return Move({path: None, place: content}, old=(f"{path} er nu {place}: {why}",))


def in_free_folder(move: Move, tree: Collection[str]) -> Move:
    """Return a move whose folder for what has no place any more is none that the site has already, in which something would be overwritten."""
    number, folder = 1, OLD_FOLDER
    while any(path.startswith(f"{folder}/") for path in tree):
        number += 1
        folder = f"{OLD_FOLDER}-{number}"
    if folder == OLD_FOLDER:
        return move
    place = f"{OLD_FOLDER}/"
    changes = {f"{folder}/{path.removeprefix(place)}" if path.startswith(place) else path: content for path, content in move.changes.items()}
    return replace(move, changes=changes, old=tuple(line.replace(f" {place}", f" {folder}/") for line in move.old))
