"""The content model and the macros over it.

This module is the adapter to mkdocs-macros: it registers the macros of `library`
with the page that is being rendered. Nothing below it knows of MkDocs.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .content import Reading, read_project
from .library import MACROS
from .markup import Call

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


class Current:
    """What was read for the build that is going on; read anew when MkDocs configures itself."""

    reading: Reading


def define_env(env: MacrosPlugin) -> None:
    """Called by mkdocs-macros once per build."""
    config = Path(env.conf["config_file_path"])
    Current.reading = read_project(config.parent, os.environ, config.name)

    def bound(name: str) -> Any:
        @functools.wraps(MACROS[name])
        def macro(*arguments: Any, **named: Any) -> str:
            content = Current.reading.content
            page = content.pages[env.page.file.src_uri]
            return MACROS[name](Call(content, page), *arguments, **named)

        return macro

    for name in MACROS:
        env.macro(bound(name), name)


def on_pre_page_macros(env: MacrosPlugin) -> None:
    """Called by mkdocs-macros before each page: leave nothing but our macros within reach.

    The plugin (1.5.0) offers MkDocs' live objects (`config`, `environment`, `git` …) to
    every page, and lets front matter and `extra` overwrite macros: `status: draft`
    would be what `status()` calls. The macros themselves are in `env.env.globals`.
    """
    for name in list(env.variables):
        del env.variables[name]
    env.variables["page"] = SimpleNamespace(meta={})
