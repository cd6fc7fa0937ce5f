"""Writes `CODEOWNERS` from the owners of the pages. With `--check`, only reports whether it is up to date."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.generated_file import write_generated
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.code_owners import CODE_OWNERS_FILE, code_owners
from kanalstrategi.content.project import read_project


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Update the `CODEOWNERS` file of the project in a folder, and return the exit code."""
    parser = argparse.ArgumentParser(description=f"Skriv {CODE_OWNERS_FILE} ud fra sidernes ansvarlige.")
    parser.add_argument("--check", action="store_true", help="skriv intet; slut med 1, hvis filen ikke passer")
    options = parser.parse_args(arguments)
    file = root / CODE_OWNERS_FILE
    wanted = code_owners(read_project(root, os.environ).content)
    if file.is_file() and file.read_bytes() == wanted.encode():
        print(f"{CODE_OWNERS_FILE} passer til sidernes ansvarlige.")
        return 0
    if options.check:
        print(f"{CODE_OWNERS_FILE}:1: filen passer ikke til sidernes ansvarlige – kør python3 scripts/codeowners.py")
        return 1
    if not write_generated(file, wanted):
        return 1
    print(f"{CODE_OWNERS_FILE} er skrevet.")
    return 0
