"""Our macros for Zensical's own support of macros, which runs this file again for every page."""

from functools import partial
from typing import Any

from zensical_content import CONTENT  # type: ignore[import-not-found]  # beside this file in the project of its peer

from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from macros import MACROS


def define_env(env: Any) -> None:
    """Register the macros for one page."""
    call = Call(CONTENT, CONTENT.pages[env.page.path])

    def answer(name: str, *arguments: str) -> str:
        return write_html(MACROS[name](call, *arguments)).replace("\n", " ")  # on one line, so that Markdown leaves it alone wherever it is

    for name in MACROS:
        env.page.meta.pop(name, None)  # front matter would replace a macro of the same name
        env.macro(partial(answer, name), name)
