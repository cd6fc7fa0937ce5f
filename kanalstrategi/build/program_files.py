"""Adds the pages that belong to the program to MkDocs' files, as if they lay in `docs/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

from kanalstrategi.content.conventions import TEMPLATE_FOLDER
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.navigation import page_paths
from kanalstrategi.content.program_pages import ProgramPages, is_shipped
from kanalstrategi.design.theme import PACKAGE, PAGES, program_folders

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files


def add_program_pages(files: Files, config: MkDocsConfig, program: ProgramPages, folders: Folders) -> None:
    """Add the program's files that the site has, and leave out the templates that new pages are begun from."""
    named = {*page_paths(config.nav)}
    for file in list(files):
        if file.src_uri.startswith(f"{TEMPLATE_FOLDER}/"):
            files.remove(file)
        elif is_shipped(file.src_uri, folders) and named and file.src_uri not in named:
            file.inclusion = InclusionLevel.NOT_IN_NAV
    for path in sorted(program.files):
        inclusion = InclusionLevel.INCLUDED if path in named or not named or not path.endswith(".md") else InclusionLevel.NOT_IN_NAV
        files.append(File(path, str(PAGES), config.site_dir, config.use_directory_urls, inclusion=inclusion))


def watch_program(server: LiveReloadServer, root: Path) -> None:
    """Have the preview of the site in a folder notice changes of the theme, the macros and the pages of the program."""
    for folder in program_folders(root):
        if folder != PACKAGE:  # whose changes need a new start
            server.watch(str(folder))
