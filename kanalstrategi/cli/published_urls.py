"""Adds the URLs that the site publishes to its record. With `--check`, only reports whether any are missing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.generated_file import write_generated
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, parse_record, published_urls, unrecorded, with_recorded
from kanalstrategi.danish.phrases import count_phrase


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Update the record of the project in a folder, and return the exit code."""
    parser = argparse.ArgumentParser(description=f"Skriv nye adresser på listen i {RECORD_FILE}. Intet bliver slettet.")
    parser.add_argument("--check", action="store_true", help="skriv intet; slut med 1, hvis en adresse mangler")
    options = parser.parse_args(arguments)
    file = root / RECORD_FILE
    text = file.read_text(encoding="utf-8", errors="surrogateescape") if file.is_file() else ""
    published = published_urls(read_project(root, os.environ).content)
    new = unrecorded(published, parse_record(text)[0])
    if not new:
        print(f"{RECORD_FILE} har alle adresser.")
        return 0
    if options.check:
        print(f"{RECORD_FILE}:1: {count_phrase(len(new), 'adresse', 'adresser')} mangler på listen – kør python3 scripts/addresses.py")
        return 1
    if not write_generated(file, with_recorded(text, published)):
        return 1
    print(f"{RECORD_FILE}: {count_phrase(len(new), 'adresse', 'adresser')} er skrevet til.")
    return 0
