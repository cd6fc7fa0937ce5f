"""Builds the site and its PDFs into `site/`, unless nothing has changed since the last build.

`--pdf-engine pdfkit` selects the other PDF engine, whose files are rejected unless `--allow-untagged` is also given.
`--strict-publication` refuses to build a site that lacks what the law asks for before it is published. Other arguments are passed to
`mkdocs build`; `--clean`, which is what it does anyway, builds even if nothing has changed.
"""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kanalstrategi.build.publication import add_publication_option, set_publication_option
from kanalstrategi.build.up_to_date import CONFIG_FILE, read_inputs
from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.mkdocs_settings import build_diagnostics
from kanalstrategi.diagnostics import NOT_BUILT
from kanalstrategi.file_system import explain
from kanalstrategi.pdf.options import add_pdf_options, set_pdf_options


def main(root: Path, arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what `mkdocs build --strict` does with the site in a folder, and exit."""
    _open_closed_streams()
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_pdf_options(parser)
    add_publication_option(parser)
    options, for_mkdocs = parser.parse_known_args(arguments)
    set_pdf_options(options, os.environ)
    set_publication_option(options, os.environ)
    os.chdir(root)
    inputs = read_inputs(root, for_mkdocs, os.environ)
    if inputs and inputs.are_those_of_the_site():
        print(f"Uændret: {os.path.relpath(inputs.site)}/ er allerede bygget af det samme – byg alligevel med --clean", file=sys.stderr)
        sys.exit()
    _stop_if_unusable(root / CONFIG_FILE)
    try:
        _run_mkdocs(root, for_mkdocs)
    except SystemExit as end:
        if inputs and not end.code:
            inputs.record()
        raise
    except (OSError, MemoryError) as error:  # outside the build itself, whose errors the plugin reports
        sys.exit(f"{explain(error)}\n\n{NOT_BUILT}")


def _open_closed_streams() -> None:
    """Open the standard streams that the shell has closed (`<&-`): MkDocs expects them, and the next file that is opened would be taken for one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - until the process ends


def _stop_if_unusable(config_file: Path) -> None:
    """Exit if the configuration file has mistakes: MkDocs (1.6.1) would report them in English, or end in a traceback."""
    if config_file.is_file() and (diagnostics := build_diagnostics(read_config_file(config_file))):
        print(*diagnostics, "", NOT_BUILT, sep="\n", file=sys.stderr)
        sys.exit(1)


def _run_mkdocs(root: Path, arguments: Sequence[str]) -> NoReturn:
    """Run `python -m mkdocs build --strict` in this process, which is faster than starting another.

    Modules are looked for in the site's folder last, so that no file of the site is taken for a module of a package.
    """
    from kanalstrategi.editor.download import fetch_if_wanted  # imported here, because it is slow

    fetch_if_wanted(root)
    sys.argv = ["mkdocs", "build", "--strict", *arguments]
    sys.path[:] = [*(sys.path if sys.flags.safe_path else sys.path[1:]), str(root)]
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    raise AssertionError("MkDocs exits when it has finished")


if __name__ == "__main__":
    main(Path.cwd())
