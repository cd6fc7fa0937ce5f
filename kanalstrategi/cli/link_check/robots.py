"""Reads what a robots.txt says about us. No I/O."""

from __future__ import annotations

import re

from protego import Protego

PRODUCT = "kanalstrategi-links"
"""Our name in robots.txt, and the first word of our User-Agent."""
MAX_ROBOTS_BYTES = 512_000
"""How much of a robots.txt is read: RFC 9309 wants 500 KiB."""

_OUR_NAMES = (PRODUCT, PRODUCT.partition("-")[0])
_AGENT_LINE = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(.*)", re.IGNORECASE)


class RobotsRules:
    """The rules of one server for us."""

    def __init__(self, text: bytes) -> None:
        self._rules = Protego.parse(_with_few_agents(text.decode("utf-8", "replace")))

    def allows(self, url: str) -> bool:
        """Whether we may ask for a URL."""
        return bool(self._rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """The seconds that shall be between two requests; 0 if nothing is said."""
        return self._rules.crawl_delay(PRODUCT) or 0


def _with_few_agents(text: str) -> str:
    """Return a robots.txt with all other programs under one name: Protego keeps the rules of each, and a hostile file would fill the memory."""
    lines = []
    for line in text.splitlines():
        match = _AGENT_LINE.match(line)
        if match:
            name = match[1].partition("#")[0].strip().lower()
            lines.append(f"User-agent: {'*' if name == '*' else PRODUCT if name.partition('/')[0].rstrip('*') in _OUR_NAMES else 'other'}")
        else:
            lines.append(line)
    return "\n".join(lines)
