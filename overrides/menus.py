"""A fault of the theme's menu, mended in the page that it has made.

Material (9.8.1) names the menu of a section that has a page of its own by a label that holds nothing but an arrow, so all
those menus have the same name, which is none.
"""

from __future__ import annotations

import re

_WITHOUT_NAME = re.compile(r'(<label class="md-nav__link [^"]*" for="(__nav_[\d_]+)") id="\2_label"')


def named_menus(page: str) -> str:
    """The page with those menus named by their titles, which stand inside them."""
    for _, id in _WITHOUT_NAME.findall(page):
        page = page.replace(f'<label class="md-nav__title" for="{id}">', f'<label class="md-nav__title" for="{id}" id="{id}_label">', 1)
    return _WITHOUT_NAME.sub(r"\1", page)
