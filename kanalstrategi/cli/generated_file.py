"""Writes generated files."""

from __future__ import annotations

import sys
from pathlib import Path

from kanalstrategi.file_system import explain, write_whole


def write_generated(file: Path, text: str) -> bool:
    """Write a file. If that fails, print the reason in Danish and return False."""
    try:
        write_whole(file, text.encode(errors="surrogateescape"))
    except (OSError, MemoryError) as error:
        print(f"{file.name} er ikke skrevet: {explain(error)}", file=sys.stderr)
        return False
    return True
