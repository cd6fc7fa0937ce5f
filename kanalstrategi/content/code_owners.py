"""Who is asked to approve a change to a page on GitHub and GitLab: its owner, by the owner's account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.content.model import Content

CODE_OWNERS_FILE = "CODEOWNERS"
"""In the project's root, the one place that both look in."""

_HEADER = (
    "# Made by scripts/codeowners.py from `owner` of the pages and `account` in mkdocs.yml. Change those instead.",
    "# The last line that fits a file counts.",
)

_NOBODY = "# No owner has an account yet, so nobody is asked. See `owners` in mkdocs.yml."

_UNSAFE = re.compile(r"[^\w./-]")


def code_owners(content: Content) -> str:
    """The file as it should be."""
    lines = list(_lines(content))
    return "\n".join([*_HEADER, "", *(lines or [_NOBODY])]) + "\n"


def _lines(content: Content) -> Iterator[str]:
    maintainers = content.organisation.maintainers
    if maintainers:
        # Also what no page's owner may change alone: the code, the workflows, mkdocs.yml and this file.
        yield f"* {maintainers}"
    patterns = [(_pattern(path), page.owner.account) for path, page in content.pages.items() if page.owner.account]
    # A pattern that had to be widened gives way to the pages that are named exactly.
    for pattern, account in sorted(patterns, key=lambda entry: ("?" not in entry[0], entry)):
        yield f"{pattern} {account}"


def _pattern(path: str) -> str:
    """A path as a pattern. Each sign that GitHub or GitLab may read as something else becomes `?`, which
    fits any one sign: the two do not agree on how to escape `#`, `[` and `!`."""
    return f"/docs/{_UNSAFE.sub('?', path)}"
