"""Processes of this machine, from Linux's /proc."""

from __future__ import annotations

from pathlib import Path


def is_running(process: int) -> bool:
    """Whether a process has not ended. One that nobody has waited for has."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
