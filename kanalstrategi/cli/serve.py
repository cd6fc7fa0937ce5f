"""Previews the site with live reload. Arguments are passed to `mkdocs serve`.

`--admin` adds the browser editor, at `admin/`: the preview itself writes what is saved there to the project's own folder.
`--pdf-engine` and `--allow-untagged` are those of `build.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.mkdocs_settings import build_diagnostics
from kanalstrategi.design.theme import lies_in
from kanalstrategi.editor.download import FetchError, fetch_editor, fetch_if_wanted
from kanalstrategi.editor.site import LOCAL_EDITING
from kanalstrategi.operating_system import run_instead
from kanalstrategi.pdf.options import add_pdf_options, set_pdf_options


def main(root: Path, arguments: Sequence[str] | None = None) -> NoReturn:
    """Preview the site in a folder until stopped, in the place of this process. Exits with a message in Danish if that fails."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--admin", action="store_true")
    add_pdf_options(parser)
    options, for_mkdocs = parser.parse_known_args(arguments)
    os.chdir(root)
    if (root / CONFIG).is_file() and (diagnostics := build_diagnostics(read_config_file(root / CONFIG))):  # MkDocs (1.6.1) may end in a traceback
        sys.exit("\n".join(map(str, diagnostics)))
    environment = {name: value for name, value in os.environ.items() if name != LOCAL_EDITING}
    set_pdf_options(options, environment)
    if options.admin:
        try:
            fetch_editor()
        except FetchError as error:
            sys.exit(str(error))
        environment[LOCAL_EDITING] = "1"
    else:
        fetch_if_wanted(root)
    safe_path = [] if lies_in(root) else ["-P"]  # so that no file of a site is taken for a module
    run_instead([sys.executable, *safe_path, "-m", "mkdocs", "serve", *for_mkdocs], environment)
