"""Our macros for mkdocs-macros as it comes: its Jinja environment answers the calls, as on any site with macros of its own."""

import os
from functools import partial
from pathlib import Path
from typing import Any

from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from macros import MACROS


def define_env(env: Any) -> None:
    """Register the macros. Called once for each build."""
    content = read_project(Path(env.project_dir), os.environ).content

    def answer(name: str, *arguments: str) -> str:
        answer = MACROS[name](Call(content, content.pages[env.page.file.src_uri]), *arguments)
        return write_html(answer).replace("\n", " ")  # on one line, so that Markdown leaves it alone wherever it is

    for name in MACROS:
        env.macro(partial(answer, name), name)


def on_pre_page_macros(env: Any) -> None:
    """Remove front matter that would replace a macro of the same name. Called before each page."""
    for name in MACROS:
        env.page.meta.pop(name, None)
