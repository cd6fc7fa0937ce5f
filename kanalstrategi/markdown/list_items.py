"""Where the text of a rendered list item is."""

from __future__ import annotations

import xml.etree.ElementTree as etree


def text_element(item: etree.Element) -> etree.Element:
    """Return the element that holds an item's text: with empty lines between the items, a paragraph inside the item."""
    return item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
