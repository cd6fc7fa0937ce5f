"""The `kanalstrategi` command: all that a site's people run, those that build included."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli import main as cli
from kanalstrategi.cli import serve


def _build(root: Path, arguments: Sequence[str]) -> int:
    from kanalstrategi.build import command  # only here, since it takes longer than most other commands

    command.main(root, arguments)


def _is_built(root: Path) -> bool:
    """Whether `site/` is what a build would write now."""
    from kanalstrategi.build.up_to_date import read_inputs

    inputs = read_inputs(root, (), os.environ)
    return bool(inputs and inputs.are_those_of_the_site())


def _verify(root: Path, arguments: Sequence[str]) -> int:
    from kanalstrategi.cli import verify  # for the same reason

    return verify.main(root, arguments, _is_built)


COMMANDS: dict[str, cli.Command] = {**cli.COMMANDS, "build": _build, "serve": serve.main, "verify": _verify}
"""All commands, keyed by name."""


def main() -> int:
    """Run the command named by the first argument, on the site in the current folder.

    A library of the build prints an advertisement in English at each start, unless a variable is set.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    return cli.main(COMMANDS)


if __name__ == "__main__":
    sys.exit(main())
