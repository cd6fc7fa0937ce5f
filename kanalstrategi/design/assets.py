"""Writes the site's style, font and scripts into a folder named after a digest of its content, so that browsers can cache them forever.

The theme's own files are left out of the site: `site.css` holds the part of its style that is used, and its scripts (9.8.1: a bundle,
a search worker, 34 files of lunr) are not used at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kanalstrategi.design.brand_style import brand_rules, font_rules
from kanalstrategi.design.look import Look
from kanalstrategi.design.stylesheet import names_in, stylesheet
from kanalstrategi.design.theme import MACROS, OWN_THEME, PACKAGE, THEME
from kanalstrategi.design.web_font import WEB_FONT_FILE, font_faces, web_font

ASSET_SOURCES = THEME / "assets"
STYLES = (
    "base.css",
    "header.css",
    "frame.css",
    "footer.css",
    "motion.css",
    "text.css",
    "icons.css",
    "status.css",
    "editions.css",
    "in-short.css",
    "read-aloud.css",
    "rules.css",
    "panels.css",
    "rule-kinds.css",
    "decisions.css",
    "tables.css",
    "coverage.css",
    "chooser.css",
    "register.css",
    "header-search.css",
    "search-page.css",
    "follow-up.css",
    "goals.css",
    "plan.css",
    "accessibility.css",
    "changes.css",
    "boxes.css",
    "quotes.css",
    "answers.css",
    "news.css",
    "open-data.css",
    "cards.css",
    "contact.css",
    "front-page.css",
    "phone.css",
    "print.css",
    "chooser-print.css",
    "alignment.css",
)  # fmt: skip - in cascade order, not one per line
"""The style files below `theme/assets/styles/`, in the order in which `site.css` joins them."""
_COMMENT_LINES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_UNUSED = frozenset(("ltr", "rtl"))
"""Names that pages have, but whose rules in the theme are not used: our own styles hold for both directions."""
OTHER_LANGUAGES_STYLE = "other-languages.css"
"""The style file below `theme/assets/` of sites with pages in other languages."""
HTML_WRITERS = ("markdown/*.py", "rendering/*.py", "sanitizing/*.py", "search/views.py")
"""Glob patterns, relative to the package, of the modules that write the HTML of pages: styles for names in these modules are kept."""


@dataclass(frozen=True)
class Assets:
    """The files that every page loads."""

    folder: str
    """The URL of the folder, relative to the site's root, without a trailing slash."""
    contents: dict[str, bytes]
    """The content of each file, keyed by name."""

    def write(self, site: Path) -> None:
        """Write the files into a built site."""
        for name, content in self.contents.items():
            file = site / self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def read_assets(style: bytes | None = None, fonts: Mapping[str, bytes] | None = None, rules: str = "") -> Assets:
    """Return the current assets.

    `style` is the content of `site.css`, and `fonts` those of the font files, if they are known from an earlier build. `rules` are added
    to the style.
    """
    contents = {file.relative_to(ASSET_SOURCES).as_posix(): without_comments(file.read_bytes()) for file in sorted(ASSET_SOURCES.rglob("*.js"))}
    contents["site.css"] = (style or site_style()) + rules.encode()
    contents |= {WEB_FONT_FILE: web_font()} if fonts is None else fonts
    hashed = b"\0".join(part for name, content in sorted(contents.items()) for part in (name.encode(), content))
    return Assets(f"assets/{sha256(hashed).hexdigest()[:12]}", contents)


def without_comments(script: bytes) -> bytes:
    """Return a script without the comments that have lines of their own: they are a fifth of what a reader would fetch."""
    return _COMMENT_LINES.sub(b"", script)


def site_style(root: Path | None = None, look: Look | None = None) -> bytes:
    """Return the content of `site.css`, in the look of a site or else in that of the program.

    If the site in the folder `root` has styles of its own, they stand after those of the program.
    """
    writers = [file for pattern in HTML_WRITERS for file in sorted(PACKAGE.glob(pattern))]
    writers += sorted(MACROS.glob("*.py"))
    templates = [*sorted(THEME.glob("**/*.html")), *sorted(ASSET_SOURCES.glob("**/*.js"))]
    own = ""
    if root is not None:
        theme = root / OWN_THEME
        writers += sorted(root.glob("macros/*.py"))
        templates += sorted(theme.glob("**/*.html"))
        own = "".join(file.read_text(encoding="utf-8") for file in sorted(theme.glob("assets/styles/*.css")))
    texts = [file.read_text(encoding="utf-8") for file in (*templates, *writers)]
    tokens, dark = ((THEME / name).read_text(encoding="utf-8") for name in ("tokens.css", "tokens-dark.css"))
    names = frozenset(names_in(texts) - _UNUSED)
    if look is None or not look.is_branded:
        return _stylesheet(tokens, dark, font_faces() + screen_style() + own, names).encode()
    tokens, dark = (f":root {{ {' '.join(f'{name}: {value};' for name, value in values.items())} }}\n" for values in (look.tokens, look.dark))
    return _stylesheet(tokens, dark, font_rules(look) + screen_style() + brand_rules(look) + own, names).encode()


def other_languages_style() -> str:
    """Return the style that sites with pages in other languages have in addition."""
    return without_comments((ASSET_SOURCES / OTHER_LANGUAGES_STYLE).read_bytes()).decode()


def screen_style() -> str:
    """Return the source of our own screen style."""
    return "".join((ASSET_SOURCES / "styles" / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def _stylesheet(tokens: str, dark: str, own: str, names: frozenset[str]) -> str:
    """Return the stylesheet, cached so that the preview does not compute it again at each reload."""
    return stylesheet(theme_style(), tokens, dark, own, names)


def theme_style() -> str:
    """Return the theme's main stylesheet, whose file name contains a digest."""
    folder = files("material").joinpath("templates", "assets", "stylesheets")
    name = next(file.name for file in folder.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", file.name))
    return folder.joinpath(name).read_text(encoding="utf-8")
