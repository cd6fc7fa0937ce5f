"""The site's own style and scripts, in a folder named by what they are, so that browsers may keep them for ever.

The theme's own files are left out of the site: its style comes in `site.css`, as far as it is used, and its scripts (9.8.1:
a bundle, a search worker, 34 files of lunr) are not used at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from .stylesheet import stylesheet, words

THEME = Path(__file__).parent / "theme"
SOURCES = ("theme/**/*.html", "theme/assets/**/*.js", "*.py", "search/*.py", "../macros/*.py")
"""What pages are made from, below overrides/: where the names stand that style is written for."""
PARTIALS = ("language.html",)
"""Of the theme's templates, those that are used."""


@dataclass(frozen=True)
class Assets:
    """What every page loads."""

    folder: str
    """Address of the folder, relative to the site's root, without a slash at the end."""
    contents: dict[str, bytes]
    """The files by name."""

    def write(self, site: Path) -> None:
        for name, content in self.contents.items():
            file = site / self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def read_assets(style: bytes | None = None) -> Assets:
    """The assets as they are now; `style` is `site.css`, where this program has made it before."""
    scripts = THEME / "assets"
    contents = {file.relative_to(scripts).as_posix(): file.read_bytes() for file in sorted(scripts.rglob("*.js"))}
    contents["site.css"] = style or site_style()
    named = b"\0".join(part for name, content in sorted(contents.items()) for part in (name.encode(), content))
    return Assets(f"assets/{sha256(named).hexdigest()[:12]}", contents)


def site_style() -> bytes:
    """`site.css`."""
    folder = Path(__file__).parent
    texts = [file.read_text(encoding="utf-8") for pattern in SOURCES for file in sorted(folder.glob(pattern))]
    tokens, dark, ours = ((THEME / name).read_text(encoding="utf-8") for name in ("tokens.css", "tokens-dark.css", "assets/screen.css"))
    return _stylesheet(tokens, dark, ours, frozenset(words(texts))).encode()


@cache
def _stylesheet(tokens: str, dark: str, ours: str, names: frozenset[str]) -> str:
    """Made once and not for each reload of a preview."""
    return stylesheet(theme_style(), tokens, dark, ours, names)


def theme_style() -> str:
    """The theme's main stylesheet, which is named by a hash."""
    folder = files("material").joinpath("templates", "assets", "stylesheets")
    name = next(file.name for file in folder.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", file.name))
    return folder.joinpath(name).read_text(encoding="utf-8")
