"""Finds the theme's folder, which is next to the package in a clone but inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
"""The folder of the package `kanalstrategi`."""
OVERRIDES = next(folder for folder in (PACKAGE / "overrides", PACKAGE.parent / "overrides") if folder.is_dir())
"""The folder of `theme/` (templates, styles, browser scripts), `pdf/` (print templates and styles), `word/` (the look of Word files) and
`editor/` (the page at `admin/`)."""
THEME = OVERRIDES / "theme"
