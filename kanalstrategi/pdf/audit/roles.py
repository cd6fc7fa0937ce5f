"""Lists the standard structure types and maps tags to them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GROUPING = frozenset("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private".split())

_BLOCKS = frozenset("P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot".split())

_INLINE = frozenset("Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP".split())

STANDARD_ROLES = _GROUPING | _BLOCKS | _INLINE | {"Figure", "Formula", "Form"}
"""The standard structure types in ISO 32000-1, 14.8.4."""

HEADING_ROLE = re.compile(r"H[1-6]?")
"""The roles of headings: `H`, which has no level, and `H1` to `H6`."""


def standard_role(tag: str, role_map: Mapping[str, str]) -> str:
    """Return the standard type that a tag is mapped to, or the last tag in the chain of mappings if that is not a standard type."""
    role, visited = tag, {tag}
    while role not in STANDARD_ROLES and role in role_map and role_map[role] not in visited:
        role = role_map[role]
        visited.add(role)
    return role
