"""Generates `CODEOWNERS`, which makes GitHub and GitLab ask a page's owner to approve changes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.content.model import Content

CODE_OWNERS_FILE = "CODEOWNERS"
"""Name of the file, which is in the project's root, the only place where both GitHub and GitLab look for it."""

_HEADER = (
    "# Made by `kanalstrategi codeowners` (scripts/codeowners.py) from `owner` of the pages and `account` in mkdocs.yml. Change those instead.",
    "# The last line that fits a file counts.",
)
_NOBODY = "# No owner has an account yet, so nobody is asked. See `owners` in mkdocs.yml."
_UNSAFE = re.compile(r"[^\w./-]")


def code_owners(content: Content) -> str:
    """Return the text of the file."""
    lines = list(_lines(content))
    return "\n".join([*_HEADER, "", *(lines or [_NOBODY])]) + "\n"


def _lines(content: Content) -> Iterator[str]:
    maintainers = content.organisation.maintainers
    if maintainers:
        # This covers what no page's owner may change alone: the code, the workflows, mkdocs.yml and CODEOWNERS itself.
        yield f"* {maintainers}"
    patterns = [(_pattern(path), page.owner.account) for path, page in content.pages.items() if page.owner.account and not page.is_of_program]
    # The last match wins, so patterns with a wildcard come before exact ones.
    for pattern, account in sorted(patterns, key=lambda entry: ("?" not in entry[0], entry)):
        yield f"{pattern} {account}"


def _pattern(path: str) -> str:
    """Return the pattern for a path.

    Each character that GitHub or GitLab might interpret becomes `?`, which matches any single character: the two do not agree on how
    to escape `#`, `[` and `!`.
    """
    return f"/docs/{_UNSAFE.sub('?', path)}"
