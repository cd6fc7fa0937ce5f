"""Writes plain text as Markdown that shows it as it was typed, whatever characters it has."""

from __future__ import annotations

import re

_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"[\\`*_~^|<\[\]{}]|&(?=#?[a-zA-Z0-9]+;)|=(?==)", r"\\\g<0>"),  # markup anywhere in a line
        (r"^(?:[-+#>:=]|[!?](?=[!?]{2}))", r"\\\g<0>"),  # markup at the beginning of a line
        (r"^([0-9]{1,9}|[aAiI])([.)])(?=[ A-ZÆØÅ]|$)", r"\1\\\2"),  # `28. februar` would be an item of a numbered list
        (r"([A-Za-z]):(?=\\)", r"\1&#58;"),  # like a path on a drive, of which it is reported that it loses a backslash
        # What is read from the text of a page, in which there are no more backslashes: an element divides it.
        (r"\\\*(?=\\\[)", r"\g<0><wbr>"),  # the explanation of an abbreviation
        (r"\\\[(?=[ xX-]\\\])", r"\g<0><wbr>"),  # a task
        (r"\\\{", r"\g<0><wbr>"),  # an attribute list, and a macro call
    )
)
"""Patterns and what is written in their place, in order. `plain-text.js` has the same."""
_LIKE_BULLETS = re.compile(r"^[•▪▫◦‣⁃]|^·(?= )|(?<=\n)[–—](?= )", re.MULTILINE)
"""Characters at the beginning of a line that are no markup, but are reported as markup that did not take."""


def as_markdown(text: str) -> str:
    """Return a text as Markdown that shows its words, lines and paragraphs; like browsers, it takes several spaces for one.

    The text is such as `kanalstrategi.incoming_text` lets through.
    """
    lines = [line.strip(" ") for line in re.sub(r"[ \t]+", " ", text).split("\n")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    return "\n\n".join(_paragraph(paragraph) for paragraph in paragraphs)


def _paragraph(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _LIKE_BULLETS.sub(lambda match: f"&#{ord(match[0])};", text).replace("\n", "\\\n")
