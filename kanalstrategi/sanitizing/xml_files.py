"""Reads XML that others have written: nothing is fetched or expanded, and the encoding is the one that browsers see."""

from __future__ import annotations

import re

from lxml import etree

from kanalstrategi.incoming_text import is_utf8

_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")


def is_utf8_xml(data: bytes) -> bool:
    """Whether an XML file is UTF-8, and does not say that it is anything else."""
    declared = _DECLARED.match(data)
    return is_utf8(data) and (not declared or declared.group(1).lower() in (b"utf-8", b"us-ascii"))


def xml_parser(*, remove_comments: bool = False) -> etree.XMLParser:
    """Return a parser that fetches and expands nothing.

    It reads UTF-8 only, whatever the file declares: a browser that does not know the declared encoding would not see the text that we check.
    """
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8", remove_comments=remove_comments)
