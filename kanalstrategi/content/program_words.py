"""Puts the pages that come with the program into a site's own words: politik instead of strategi, afdeling instead of fagområde. No I/O."""

from __future__ import annotations

import re
from collections.abc import Callable

from kanalstrategi.markdown.front_matter import FRONT_MATTER

_NOT_PROSE = re.compile(
    r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$"  # a block of code
    r"|`[^`\n]+`"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{:[^\n}]*\}"  # macros, notes, attribute lists
    r"|\]\([^)\n]*\)|<[^>\n]+>",  # where links lead, and tags
    re.DOTALL | re.MULTILINE,
)
"""What names files, ids and commands, which are the same on every site. Only the program's own pages are searched."""
_DESCRIPTION = re.compile(r"^description:.*$", re.MULTILINE)


def in_words(text: str, say: Callable[[str], str]) -> str:
    """Return the text of a page that comes with the program in the words that `say` puts a text in. It keeps its lines, names and code."""
    match = FRONT_MATTER.match(text)
    head = match.group() if match else ""
    return _DESCRIPTION.sub(lambda found: say(found[0]), head) + _prose(text[len(head) :], say)


def _prose(body: str, say: Callable[[str], str]) -> str:
    parts: list[str] = []
    end = 0
    for found in _NOT_PROSE.finditer(body):
        parts += [say(body[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, say(body[end:])])
