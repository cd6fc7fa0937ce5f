"""Returns memory that is free to the operating system: the C library keeps what lies between blocks still in use, which is most of it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache


def release_free_memory() -> None:
    """Return the free memory of this process to the system. Elsewhere than with glibc, nothing happens."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return glibc's `malloc_trim`, which also returns whole free pages in the middle of the heap; None if there is none."""
    if sys.platform != "linux":
        return None
    with suppress(OSError, AttributeError):  # musl has no such function
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return trim
    return None
