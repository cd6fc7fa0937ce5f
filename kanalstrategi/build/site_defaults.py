"""Sets what is no choice of a site, so that its `mkdocs.yml` need not: the theme, its language and fonts, and what MkDocs warns of.

Whatever `mkdocs.yml` does say is left as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.theme import Theme

from kanalstrategi.content.mkdocs_settings import BASE_THEME
from kanalstrategi.design.theme import OWN_THEME, THEME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME_SETTINGS = {"language": "da", "font": False}
"""The settings of the theme: Danish, and no request to a third party for a font."""


def set_defaults(config: MkDocsConfig, root: Path) -> None:
    """Set the defaults of a site in a folder."""
    _set_theme(config, root)
    config.site_description = config.site_description or config.site_name
    if not any("validation" in settings for settings in _written(config)):
        validation = config.validation
        validation.nav.omitted_files = validation.nav.absolute_links = logging.WARNING
        validation.links.absolute_links = validation.links.unrecognized_links = validation.links.anchors = logging.WARNING


def _set_theme(config: MkDocsConfig, root: Path) -> None:
    """Lay the program's theme below the site's own, and above the one that both are made for."""
    written: dict[str, Any] = {}
    for settings in _written(config):
        written |= settings["theme"] if isinstance(settings.get("theme"), Mapping) else {}
    if config.theme.name != BASE_THEME and not any("theme" in settings for settings in _written(config)):
        config.theme = Theme(BASE_THEME)
    for key, value in THEME_SETTINGS.items():
        if key not in written:
            config.theme[key] = value
    if "favicon" not in written:
        config.theme["favicon"] = written.get("logo", "")  # the theme's own is not published
    custom = config.theme.dirs[:1] if "custom_dir" in written else []
    above = [*custom, *(str(folder) for folder in (root / OWN_THEME, THEME) if folder.is_dir())]
    config.theme.dirs[:] = [*_without_repetition(above), *config.theme.dirs[len(custom) :]]


def _without_repetition(folders: list[str]) -> Iterator[str]:
    """Yield folders, each once: in a clone, the site's own theme is that of the program."""
    for number, folder in enumerate(folders):
        if not any(Path(folder).samefile(other) for other in folders[:number]):
            yield folder


def _written(config: MkDocsConfig) -> list[Mapping[str, Any]]:
    """Return the settings as they are written in `mkdocs.yml`."""
    return [settings for settings in config.user_configs if isinstance(settings, Mapping)]
