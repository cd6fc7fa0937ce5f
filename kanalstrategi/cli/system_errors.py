"""Ends a command with a message in Danish when the operating system refuses something."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from kanalstrategi.file_system import explain
from kanalstrategi.operating_system import write_utf8

Arguments = ParamSpec("Arguments")


def explains_errors(command: Callable[Arguments, int]) -> Callable[Arguments, int]:
    """Decorate the function that runs a command, so that it says in Danish why it cannot go on, and then returns 1."""

    @wraps(command)
    def run(*arguments: Arguments.args, **options: Arguments.kwargs) -> int:
        write_utf8()
        try:
            code = command(*arguments, **options)
            if sys.stdout:  # it may have been closed by the shell
                sys.stdout.flush()
        except BrokenPipeError:  # whoever reads the output (`head`, for example) has seen enough
            _discard_output()
            return 1
        except (OSError, MemoryError) as error:
            _discard_output()
            print(explain(error), file=sys.stderr)
            return 1
        return code

    return run


def _discard_output() -> None:
    """Keep Python from writing the rest of the output when it exits, which would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
