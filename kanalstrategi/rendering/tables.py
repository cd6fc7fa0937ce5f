"""The alignment of table cells as classes."""

from __future__ import annotations

import re

_ALIGNED = re.compile(r'<(t[hd])\b([^>]*?) style="text-align: ?(left|center|right);?"([^>]*)>')


def align_by_class(html: str) -> str:
    """The alignment of table cells as classes, since the policy forbids the inline styles that Markdown makes."""
    return _ALIGNED.sub(_with_class, html)


def _with_class(found: re.Match[str]) -> str:
    name, before, side, after = found.groups()
    attributes = before + after
    if ' class="' in attributes:
        joined = attributes.replace(' class="', f' class="align-{side} ', 1)
        return f"<{name}{joined}>"
    return f'<{name}{attributes} class="align-{side}">'
