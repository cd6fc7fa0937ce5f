"""Finds the text of a rendered list item."""

from __future__ import annotations

import xml.etree.ElementTree as etree


def text_element(item: etree.Element) -> etree.Element:
    """Return the element with an item's text: a paragraph inside the item if there are empty lines between the items, else the item itself."""
    return item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
