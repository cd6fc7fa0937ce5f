"""Reads the files that every page loads, with the fonts of the characters that this site's texts have; style and fonts come from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.look_files import style_and_fonts
from kanalstrategi.content.brand import read_look
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.project import Project
from kanalstrategi.design.assets import Assets, other_languages_style, read_assets
from kanalstrategi.design.web_fallbacks import face_bytes, other_characters, web_faces
from kanalstrategi.design.web_font import web_font


def prepare_assets(cache: BuildCache, root: Path, style: Callable[..., bytes]) -> None:
    """Compute what takes long and depends on the program and the look of the site in a folder alone, unless it is cached."""
    style_and_fonts(read_look(root, []), cache, style, web_font)


def site_assets(cache: BuildCache, project: Project, style: Callable[..., bytes]) -> Assets:
    """Return the assets of a site. `style` makes its style, without its look."""
    faces = web_faces(other_characters(_texts(project)))
    fallbacks = {face.name: cache.get_or_compute(partial(face_bytes, face), "face", repr(face).encode()) for face in faces}
    own_style, fonts = style_and_fonts(project.look, cache, style, web_font)
    others = other_languages_style() if any(page.language != SITE_LANGUAGE for page in project.content.pages.values()) else ""
    return read_assets(own_style, {**fonts, **fallbacks}, "".join(face.css for face in faces) + others)


def _texts(project: Project) -> Iterator[str]:
    """Yield every text that pages show."""
    yield project.config.text
    for parsed in project.parsed_pages.values():
        yield parsed.body
        yield from (value if isinstance(value, str) else " ".join(value or ()) for value in parsed.front.values.values())
