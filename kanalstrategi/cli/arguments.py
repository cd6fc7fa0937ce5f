"""Arguments of the commands, with errors in Danish."""

from __future__ import annotations

import argparse
from typing import NoReturn


class ArgumentParser(argparse.ArgumentParser):
    """Says in Danish how a command is called when it is called wrongly."""

    def __init__(self, *, usage_line: str, description: str) -> None:
        super().__init__(description=description)
        self._usage_line = usage_line

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        self.exit(2, f"Skriv: {self._usage_line}\n")
