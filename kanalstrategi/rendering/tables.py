"""Turns the inline alignment of table cells into classes."""

from __future__ import annotations

import re

_ALIGNED = re.compile(r'<(t[hd])\b([^>]*?) style="text-align: ?(left|center|right);?"([^>]*)>')


def align_by_class(html: str) -> str:
    """Return the page with classes instead of Markdown's inline styles for the alignment of cells, which the policy forbids."""
    return _ALIGNED.sub(_with_class, html)


def _with_class(found: re.Match[str]) -> str:
    name, before, side, after = found.groups()
    attributes = before + after
    if ' class="' in attributes:
        joined = attributes.replace(' class="', f' class="align-{side} ', 1)
        return f"<{name}{joined}>"
    return f'<{name}{attributes} class="align-{side}">'
