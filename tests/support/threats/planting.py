"""Pages with one attack each, as an editor would put them into `docs/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.pages import FRONT
from tests.support.project import Project
from tests.support.threats import fields, markdown, markup

_PAGE = FRONT.format(description="x")
BODIES = {**markup.ELEMENTS, **markup.ATTRIBUTES, **markup.MUTATIONS, **markdown.LINKS, **markdown.BRACES, **markdown.PROGRAMS, **markdown.TEXT}

IGNORING_HOOK = '''"""Publishes pages with errors, and what macros are called with where they refuse to answer."""
from kanalstrategi.build import preconditions
from kanalstrategi.rendering.macros import Macro, MacroError, MacroRegistry

preconditions.check_project = lambda *arguments: []
find, ask = MacroRegistry.__getitem__, Macro.__call__


def answer_anyway(macro, call, *arguments):
    try:
        return ask(macro, call, *arguments)
    except (MacroError, TypeError):
        return [" ".join(arguments)]


def find_anyway(registry, name):
    return find(registry, name) if name in set(registry) else Macro(lambda call, *arguments: " ".join([name, *arguments]), None, "")


Macro.__call__ = answer_anyway
MacroRegistry.__getitem__ = find_anyway
'''


def body_pages() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each page whose attack is in its text or title."""
    for name, text in BODIES.items():
        yield name, f"{_PAGE}{text}\n"
    for name, title in fields.TITLES.items():
        yield name, _PAGE.replace("# Et angreb", f"# {title}")


def field_pages() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each page whose attack is in its front matter."""
    for name, value in fields.DESCRIPTIONS.items():
        yield name, _PAGE.replace("description: x", f"description: {value}")
    for name, line in [*fields.FIELDS.items(), *((name, f"redirects: [{former}]") for name, former in fields.REDIRECTS.items())]:
        without = re.sub(rf"^{re.escape(line.partition(':')[0])}: .*\n", "", _PAGE, count=1, flags=re.MULTILINE)
        yield name, without.replace("\n---\n\n", f"\n{line}\n---\n\n", 1)


def plant(project: Project, pages: Iterator[tuple[str, str]], folder: str, secret: Path) -> dict[str, str]:
    """Write each page into a folder of `docs/`, and return the names of the attacks by the paths of their pages."""
    names: dict[str, str] = {}
    for name, text in pages:
        path = f"{folder}/a{len(names):03}.md"
        project.write(f"docs/{path}", text.replace("SECRET_PATH", str(secret)))
        names[path] = name
    return names
