"""Defines what the folders of the strategy, its channels and the guidelines are called, which each site may decide. Plain data: no I/O."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from kanalstrategi.content.conventions import EDITION_FOLDER, EDITOR_FOLDER, FOLDERS_OF_KEYS


@dataclass(frozen=True)
class Folders:
    """Names of folders in `docs/`, which are also the beginnings of URLs. The defaults are what the program's own pages and macros call them."""

    strategy: str = "strategi"
    """The folder of the strategy's own chapters."""
    channels: str = "kanaler"
    """The folder whose pages are the channel groups."""
    guidelines: str = "retningslinjer"
    """The folder whose pages are the departments' guidelines."""

    @property
    def of_strategy(self) -> tuple[str, str]:
        """The folders whose pages an edition of the strategy consists of, besides its front page."""
        return self.strategy, self.channels

    @property
    def sequences(self) -> tuple[str, ...]:
        """The folders whose pages are read one after the other, and so lead to the previous and the next."""
        return *self.of_strategy, EDITOR_FOLDER, EDITION_FOLDER

    @property
    def of_keys(self) -> dict[str, str]:
        """The front-matter keys that only the pages of one folder have, each with the folder."""
        return {"department": self.guidelines, "part_of": self.guidelines, "departments": self.channels, **FOLDERS_OF_KEYS}

    def placed(self, path: str) -> str:
        """Return what a folder, or a path in it, is on the site, given what the program calls it: `afdelinger/index.md` for `retningslinjer/index.md`."""
        return _renamed(path, DEFAULT_FOLDERS, self)

    def as_shipped(self, path: str) -> str:
        """Return what the program calls a path on the site. It is empty if the site has another name for that folder of the program's."""
        top, slash, _ = path.partition("/")
        is_foreign = slash and top in astuple(DEFAULT_FOLDERS) and top not in astuple(self)
        return "" if is_foreign else _renamed(path, self, DEFAULT_FOLDERS)


DEFAULT_FOLDERS = Folders()
"""The folders of a site that says nothing."""


def _renamed(path: str, before: Folders, after: Folders) -> str:
    top, slash, rest = path.partition("/")
    names: dict[str, str] = dict(zip(astuple(before), astuple(after), strict=True))
    return names.get(top, top) + slash + rest
