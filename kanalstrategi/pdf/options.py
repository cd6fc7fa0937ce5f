"""The options for PDFs that the commands `build` and `serve` have, which MkDocs reads from the environment."""

from __future__ import annotations

import argparse
from collections.abc import MutableMapping


def add_pdf_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command's."""
    parser.add_argument("--pdf-engine")
    parser.add_argument("--allow-untagged", action="store_true")


def set_pdf_options(options: argparse.Namespace, environment: MutableMapping[str, str]) -> None:
    """Write the options that are given into the environment of the build."""
    if options.pdf_engine:
        environment["PDF_ENGINE"] = options.pdf_engine  # read by mkdocs.yml
    if options.allow_untagged:
        environment["ALLOW_UNTAGGED"] = "1"
