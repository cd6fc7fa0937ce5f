"""Reads the icons in the theme's package."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

ICON_NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")


@cache
def icon_svg(name: str) -> str | None:
    """Return the SVG of an icon such as `material/phone-outline`, or None if no icon has that name."""
    if not ICON_NAME.fullmatch(name):
        return None  # the pattern also rules out paths that leave the package's folder
    file = files("material").joinpath("templates", ".icons", *f"{name}.svg".split("/"))
    return file.read_text(encoding="utf-8").strip() if file.is_file() else None
