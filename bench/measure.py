"""One build, measured: seconds, memory and what came of it. Standard library only, so that what measures is small."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLED_EVERY = 0.1
"""Seconds."""


@dataclass(frozen=True)
class Measured:
    """What one build took, and what it made."""

    seconds: float
    memory: float
    """At most, of all its processes together, in MB; what they share is counted once."""
    size: float
    """Of what it made, in MB."""
    files: int


class BuildError(Exception):
    """A build that did not end well, with what it printed."""


def measured(command: Sequence[str | Path], root: Path, environment: Mapping[str, str], made: str = "site") -> Measured:
    """Run a build in a folder, in processes of its own; `made` is the pattern of the folders that it makes."""
    log = root / "bench.log"
    os.sync()  # what has been written before is not to be waited for by this one
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, env=dict(environment), stdout=out, stderr=out, start_new_session=True)
        ended = threading.Event()
        peaks: list[float] = [0]
        sampler = threading.Thread(target=_sample, args=(process.pid, ended, peaks))
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait for it again
        ended.set()
        sampler.join()
    if process.returncode != 0:
        raise BuildError(f"{root}: {log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
    sizes = [file.stat().st_size for folder in root.glob(made) for file in folder.rglob("*") if file.is_file()]
    # Without /proc, the largest process: not with it, since that counts what this process took when it began the other.
    memory = max(peaks) or usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Measured(seconds, memory, sum(sizes) / 1e6, len(sizes))


def _sample(session: int, ended: threading.Event, peaks: list[float]) -> None:
    while not ended.wait(SAMPLED_EVERY):
        peaks.append(memory_of(session))


def memory_of(session: int) -> float:
    """MB of memory that the processes of a session take together; nothing where there is no /proc."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended since, or is another's
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += _proportional(process)
    return total / 1000


def _proportional(process: Path) -> int:
    """A process's own memory and its part of what it shares, in kB."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def clean(root: Path, kept: Collection[str]) -> None:
    """Remove all that builds have left in a project's folder: sites, and caches of whatever name."""
    for entry in root.iterdir():
        if entry.name in kept:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
