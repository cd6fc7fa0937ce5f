"""Takes the style and the fonts of a site with a look of its own from the cache, or makes them, and hands the look to the templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.messages import stop
from kanalstrategi.design.brand_style import font_files, preloaded_fonts
from kanalstrategi.design.look import Look
from kanalstrategi.design.own_files import refused_files
from kanalstrategi.design.web_font import WEB_FONT_FILE
from kanalstrategi.rendering.images import image_size

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

LOGO_HEIGHT = 32
"""The height of the logo in the header of a page, in pixels."""


class HeaderLogo(NamedTuple):
    """The logo in the header of every page."""

    url: str
    """Relative to the site's root."""
    width: int
    """Its width in pixels, at the height above."""
    has_plate: bool


def check_own_files(root: Path) -> None:
    """Stop before any of a site's own templates, styles, fonts and macros is read if one of them cannot be, or if there are too many."""
    if found := list(refused_files(root)):
        stop([f"{one.path}: {one.message} – {one.hint}" for one in found])


def style_and_fonts(look: Look, cache: BuildCache, style: Callable[..., bytes], font: Callable[[], bytes]) -> tuple[bytes, dict[str, bytes]]:
    """Return the style of a site, and its fonts, keyed by the names of their files. `style` and `font` make those of the program."""
    if not look.is_branded:
        return cache.get_or_compute(style, "style"), {WEB_FONT_FILE: cache.get_or_compute(font, "font")}
    digest = look.digest.encode()
    own = msgspec.msgpack.decode(cache.get_or_compute(lambda: msgspec.msgpack.encode(font_files(look)), "fonts", digest), type=dict[str, bytes])
    fonts = own if look.text else {**own, WEB_FONT_FILE: cache.get_or_compute(font, "font")}
    return cache.get_or_compute(partial(style, look=look), "style", digest), fonts


def use_logo(look: Look, config: MkDocsConfig) -> None:
    """Have MkDocs use the logo of `brand.yml`, too, which is also the icon of a site that has no other."""
    if look.logo:
        config.theme["logo"] = look.logo.path
        config.theme["favicon"] = config.theme.get("favicon") or look.logo.path


def template_facts(look: Look, config: MkDocsConfig) -> dict[str, Any]:
    """Return what the templates know about the look."""
    url, size = config.theme.get("logo"), None
    if look.logo:
        size = look.logo.width, look.logo.height
    elif url and (file := Path(config.docs_dir, str(url))).is_file():
        size = image_size(file)
    width = round(LOGO_HEIGHT * size[0] / size[1]) if size and size[1] else LOGO_HEIGHT
    logo = HeaderLogo(str(url), min(width, 12 * LOGO_HEIGHT), bool(look.logo and look.logo.has_plate)) if url else None
    return {"logo": logo, "preloaded_fonts": preloaded_fonts(look) if look.text else (WEB_FONT_FILE, *preloaded_fonts(look))}


def watch_look(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Have the preview notice changes to the look."""
    folder = Path(config.config_file_path).parent / "overrides"
    if folder.is_dir():
        server.watch(str(folder))
