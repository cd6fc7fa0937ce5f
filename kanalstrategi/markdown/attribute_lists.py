"""Finds and reads attribute lists: `{: #id .class key="value" }`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIST = r"\{(:?)([^{}\n]*)\}"
INLINE_LIST = re.compile(_LIST)
"""A list anywhere in a line."""
LIST_AT_END = re.compile(rf"(?<=[^ ])[ ]++{_LIST}[ ]*\Z")
"""A list at the end of a heading or a cell."""
LIST_LINE = re.compile(rf"[ \t]*{_LIST}\s*\Z")
"""A line that holds nothing but a list."""

_ATTRIBUTE = re.compile(r"""#(?P<id>[^\s#.="']+)|\.(?P<class>[^\s#.="']+)|(?P<key>[\w:-]+)=(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'=]+))|(?P<other>\S+)""")


def is_list(match: re.Match[str]) -> bool:
    """Whether braces are an attribute list. Without a colon, they are only if they begin with `#` or `.`, or hold a `=`."""
    content = match[2].strip()
    return bool(content) and bool(match[1] or content[0] in "#." or "=" in content)


def read_attributes(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys and values in an attribute list, without its braces. What cannot be read is yielded with an empty key."""
    for match in _ATTRIBUTE.finditer(text):
        if match["other"]:
            yield "", match["other"]
        elif match["id"]:
            yield "id", match["id"]
        elif match["class"]:
            yield "class", match["class"]
        else:
            yield match["key"], match["a"] or match["b"] or match["c"] or ""
