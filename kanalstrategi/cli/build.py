"""Builds the site and its PDFs into `site/`.

`--pdf-engine pdfkit` selects the other PDF engine, whose files are rejected unless `--allow-untagged` is also given. Other
arguments are passed to `mkdocs build`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kanalstrategi.editor.download import fetch_if_wanted


def main(root: Path, arguments: Sequence[str] | None = None) -> NoReturn:
    """Replace this process with `mkdocs build --strict`, run on the site in a folder."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--pdf-engine")
    parser.add_argument("--allow-untagged", action="store_true")
    options, for_mkdocs = parser.parse_known_args(arguments)
    if options.pdf_engine:
        os.environ["PDF_ENGINE"] = options.pdf_engine  # read by mkdocs.yml
    if options.allow_untagged:
        os.environ["ALLOW_UNTAGGED"] = "1"
    os.chdir(root)
    fetch_if_wanted()
    os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "build", "--strict", *for_mkdocs])
