"""What a build says: its log, its errors, and on which pages MkDocs has logged anything."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

import mkdocs
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

GENERATOR = mkdocs.__name__
"""The generator that builds the site, after which its loggers are named: `properdocs` puts its own modules in the place of `mkdocs`."""

log = logging.getLogger("mkdocs.hooks.kanalstrategi")  # below `mkdocs`, whose handler prints it; ProperDocs' handler does, too


def stop(lines: Iterable[str]) -> NoReturn:
    """End the build with lines in Danish. The site of the previous build stays as it was."""
    raise Abort("\n".join([*lines, "", "Hjemmesiden er ikke bygget. En tidligere udgave er uændret."]))


class PageLogRecorder(logging.Handler):
    """Records on which pages MkDocs (1.6.1) has logged anything: a page from the cache would not log it again."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__(logging.INFO)
        self.pages: set[str] = set()
        """Paths of the pages."""
        self._config = config

    def emit(self, record: logging.LogRecord) -> None:
        is_about_the_page = record.name.startswith(f"{GENERATOR}.structure") or record.levelno >= logging.WARNING
        if is_about_the_page and (page := self._config._current_page):
            self.pages.add(page.file.src_uri)
