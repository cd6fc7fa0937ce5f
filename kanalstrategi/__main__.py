"""The `kanalstrategi` command: all that a site's people run, those that build included."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli import main as cli
from kanalstrategi.cli import serve


def _build(root: Path, arguments: Sequence[str]) -> int:
    from kanalstrategi.build import command  # only here, since it takes longer than most other commands

    command.main(root, arguments)


COMMANDS: dict[str, cli.Command] = {**cli.COMMANDS, "build": _build, "serve": serve.main}
"""All commands, keyed by name."""


def main() -> int:
    """Run the command named by the first argument, on the site in the current folder."""
    return cli.main(COMMANDS)


if __name__ == "__main__":
    sys.exit(main())
