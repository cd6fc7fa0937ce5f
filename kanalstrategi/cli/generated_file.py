"""Writes generated files."""

from __future__ import annotations

import sys
from pathlib import Path


def write_generated(file: Path, text: str) -> bool:
    """Write a file. If that fails, print the reason in Danish and return False."""
    try:
        file.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    except OSError as error:
        print(f"{file.name} kan ikke skrives ({error.strerror}) – ret rettighederne", file=sys.stderr)
        return False
    return True
