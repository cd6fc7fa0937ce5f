"""The content model and the macros over it.

This module is the adapter to mkdocs-macros: it answers for the page that is being rendered.
Nothing below it knows of MkDocs.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from .content import Reader, Reading, read_project
from .language import parse, render
from .library import MACROS
from .markup import Call
from .source import read

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


class Current:
    """What was read for the build that is going on; read anew when MkDocs configures itself."""

    reading: Reading
    reader_in: Callable[[Path], Reader] = staticmethod(lambda root: lambda texts: read)
    """What reads the pages of the project in a folder; `overrides/hooks.py` has one that knows what earlier builds have read."""
    made: list[str] = []
    """What the macros made of the page that is being rendered."""


class PageEnvironment(Environment):
    """Stands in for the plugin's Jinja environment, so that a page is not a program (see `language`).

    Of an environment, the plugin (1.5.0) asks for `from_string(…).render(…)` and for the signs of Jinja.
    """

    def __init__(self, plugin: MacrosPlugin) -> None:
        super().__init__()
        self._plugin = plugin

    def from_string(self, source: str, *_: Any) -> SimpleNamespace:  # type: ignore[override]
        content = Current.reading.content
        call = Call(content, content.pages[self._plugin.page.file.src_uri])

        def recorded(name: str, *arguments: str) -> str:
            Current.made.append(MACROS[name](call, *arguments))
            return Current.made[-1]

        macros = {name: functools.partial(recorded, name) for name in MACROS}
        return SimpleNamespace(render=lambda **variables: render(parse(source), macros))


def define_env(env: MacrosPlugin) -> None:
    """Called by mkdocs-macros once per build."""
    config = Path(env.conf["config_file_path"])
    Current.reading = read_project(config.parent, os.environ, config.name, Current.reader_in(config.parent))


def on_pre_page_macros(env: MacrosPlugin) -> None:
    """Called by mkdocs-macros before each page: leave nothing within reach of it.

    The plugin offers MkDocs' live objects (`config`, `environment`, `git` …) to every page, and lets
    front matter say whether it is rendered (`render_macros: false` would publish macros as they stand).
    """
    Current.made = []
    for name in list(env.variables):
        del env.variables[name]
    env.variables["page"] = SimpleNamespace(meta={})
    env._env = PageEnvironment(env)
