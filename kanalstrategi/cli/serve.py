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

from kanalstrategi.editor.download import FetchError, fetch_editor, fetch_if_wanted
from kanalstrategi.editor.site import LOCAL_EDITING
from kanalstrategi.pdf.options import add_pdf_options, set_pdf_options


def main(root: Path, arguments: Sequence[str] | None = None) -> NoReturn:
    """Preview the site in a folder until stopped, in the place of this process. Exits with a message in Danish if that fails."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--admin", action="store_true")
    add_pdf_options(parser)
    options, for_mkdocs = parser.parse_known_args(arguments)
    os.chdir(root)
    environment = {name: value for name, value in os.environ.items() if name != LOCAL_EDITING}
    set_pdf_options(options, environment)
    if options.admin:
        if os.open not in os.supports_dir_fd:
            sys.exit("redigering på denne maskine kræver Linux eller macOS – brug WSL på Windows")
        try:
            fetch_editor()
        except FetchError as error:
            sys.exit(str(error))
        environment[LOCAL_EDITING] = "1"
    else:
        fetch_if_wanted(root)
    os.execve(sys.executable, [sys.executable, "-m", "mkdocs", "serve", *for_mkdocs], environment)
