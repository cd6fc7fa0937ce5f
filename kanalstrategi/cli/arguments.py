"""Parses the arguments of commands, with error messages in Danish."""

from __future__ import annotations

import argparse
from typing import NoReturn


class ArgumentParser(argparse.ArgumentParser):
    """Explains in Danish how to call a command when it is called incorrectly."""

    def __init__(self, *, usage_line: str, description: str) -> None:
        super().__init__(description=description)
        self._usage_line = usage_line

    def error(self, message: str) -> NoReturn:
        """Print the correct usage, and exit with 2."""
        self.exit(2, f"Skriv: {self._usage_line}\n")
