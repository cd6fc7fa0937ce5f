"""Knows the scripts that the program itself writes on a site: no others may stand on a portal."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from jinja2 import Environment

from kanalstrategi.design.assets import Assets
from kanalstrategi.design.theme import THEME
from kanalstrategi.publishing.csp import script_hashes

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class OwnScripts:
    """The scripts that the program writes."""

    scripts: Set[bytes]
    """The contents of the files."""
    inline: Set[str]
    """The hashes of those in pages, as written in a Content-Security-Policy."""


def own_scripts(assets: Assets) -> OwnScripts:
    """Return the scripts among the assets, and the hash of the one in the frame of every page."""
    found = _INLINE_SCRIPT.search((THEME / "main.html").read_text(encoding="utf-8"))
    assert found, "the frame of every page has one"
    page = f"<script>{Environment(autoescape=True).from_string(found[1]).render()}</script>"
    return OwnScripts(frozenset(content for name, content in assets.contents.items() if name.endswith(".js")), script_hashes(page))
