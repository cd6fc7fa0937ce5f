"""Finds the folders that lie next to the package in a clone but inside it in a wheel: the theme, the pages of the program, its macros."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
"""The folder of the package `kanalstrategi`."""


def _shipped(name: str) -> Path:
    """Return a folder that comes with the program."""
    return next(folder for folder in (PACKAGE / name, PACKAGE.parent / name) if folder.is_dir())


OVERRIDES = _shipped("overrides")
"""The folder of `theme/` (templates, styles, browser scripts), `pdf/` (print templates and styles), `word/` (the look of Word files) and
`editor/` (the page at `admin/`)."""
THEME = OVERRIDES / "theme"
OWN_THEME = "overrides/theme"
"""The folder of a site's own templates and styles, which come before those of the program."""
PAGES = _shipped("pages")
"""The folder of the pages that belong to the program, such as the editors' guide, laid out as `docs/` is."""
MACROS = _shipped("macros")
"""The folder of the macros that all sites share."""


def lies_in(root: Path) -> bool:
    """Whether the program that runs lies in the folder of a site, as in a clone."""
    return (root / PACKAGE.name).resolve() == PACKAGE.resolve()


def has_own_theme(root: Path) -> bool:
    """Whether the site in a folder has templates, styles or macros of its own, beside those of the program."""
    return any((own := root / name).is_dir() and not own.samefile(shipped) for name, shipped in ((OWN_THEME, THEME), ("macros", MACROS)))


def program_folders(root: Path) -> list[Path]:
    """Return the folders of everything that turns the content of a site into pages: the program's, and those of the site in a folder."""
    own = [folder for name in ("overrides", "macros") if (folder := root / name).is_dir()]
    shipped = [PACKAGE, OVERRIDES, PAGES, MACROS]
    return [*shipped, *(folder for folder in own if not any(folder.samefile(other) for other in shipped))]
