"""Logs messages, stops a build with an error, and records which pages MkDocs has logged something about."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

import mkdocs
from mkdocs.exceptions import Abort

from kanalstrategi.diagnostics import NOT_BUILT, printable

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

GENERATOR = mkdocs.__name__
"""The program that builds the site, and the prefix of its loggers: `properdocs` puts its own modules in place of `mkdocs`."""

log = logging.getLogger("mkdocs.hooks.kanalstrategi")  # a child of `mkdocs`, whose handler prints its messages; ProperDocs' handler does so too


def stop(lines: Iterable[str]) -> NoReturn:
    """Stop the build with an error message, given as lines in Danish. The previously built site stays as it was."""
    raise Abort("\n".join([*map(printable_lines, lines), "", NOT_BUILT]))


def printable_lines(text: str) -> str:
    """Return a text of several lines without characters that control a terminal."""
    return "\n".join(map(printable, text.split("\n")))


def quieten_generator(is_preview: bool) -> None:
    """Keep MkDocs (1.6.1) and mkdocs-macros from saying what is not so here, or what nobody asked for."""
    if is_preview:  # pages that are rendered on demand would be reported as empty
        logging.getLogger(f"{GENERATOR}.commands.build").addFilter(_is_not_about_skipped_pages)
    else:
        # Its messages name the staging folder, which no longer exists at the end. Its warnings are still logged.
        logging.getLogger(f"{GENERATOR}.commands.build").setLevel(logging.WARNING)
    # mkdocs-macros logs its variables at every build.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


def _is_not_about_skipped_pages(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Page skipped")


class PageLogRecorder(logging.Handler):
    """Records which pages MkDocs (1.6.1) has logged something about: pages from the cache would not log it again."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__(logging.INFO)
        self.pages: set[str] = set()
        """Paths of the pages."""
        self._config = config

    def emit(self, record: logging.LogRecord) -> None:
        is_about_the_page = record.name.startswith(f"{GENERATOR}.structure") or record.levelno >= logging.WARNING
        if is_about_the_page and (page := self._config._current_page):
            self.pages.add(page.file.src_uri)
