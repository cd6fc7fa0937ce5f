"""One build, measured: seconds, memory and output. Standard library only, so that the process that measures is small."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS_BETWEEN_SAMPLES = 0.1
LOG = "bench.log"
"""What a build prints, in the folder of its project."""
MAX_REPORTED_CHARACTERS = 3000
"""Of the end of a log, in an error."""


@dataclass(frozen=True)
class Measurement:
    """What one build took, and how much it wrote."""

    seconds: float
    memory: float
    """The most that all its processes took together, in MB; memory that they share is counted once."""
    size: float
    """Of its output, in MB."""
    files: int
    """In its output."""


class BuildError(Exception):
    """A build that failed, with what it printed."""


def measure_build(command: Sequence[str | Path], root: Path, environment: Mapping[str, str], output: str = "site") -> Measurement:
    """Run a build in a folder, in processes of its own. `output` is the pattern of the folders that it writes. Raises BuildError."""
    log = root / LOG
    os.sync()  # this build shall not wait for what has been written before
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, env=dict(environment), stdout=out, stderr=out, start_new_session=True)
        ended = threading.Event()
        samples: list[float] = [0]
        sampler = threading.Thread(target=_sample, args=(process.pid, ended, samples))
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait for it again
        ended.set()
        sampler.join()
    if process.returncode != 0:
        raise BuildError(f"{root}: {end_of_log(log)}")
    sizes = [file.stat().st_size for folder in root.glob(output) for file in folder.rglob("*") if file.is_file()]
    # The system's own figure is of the largest process, and starts with what this process took when it forked: only without /proc.
    memory = max(samples) or usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Measurement(seconds, memory, sum(sizes) / 1e6, len(sizes))


def end_of_log(log: Path) -> str:
    """Return the end of what a build has printed."""
    return log.read_text(encoding="utf-8", errors="replace")[-MAX_REPORTED_CHARACTERS:]


def memory_of(session: int) -> float:
    """Return how many MB of memory the processes of a session take together; 0 where there is no /proc."""
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # the process has ended since, or is another user's
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                kilobytes += _proportional_memory(process)
    return kilobytes / 1000


def set_aside(root: Path, initial: Collection[str], folder: Path) -> None:
    """Move everything that builds have left in a project's folder (sites, caches of any name) into another: all but the `initial` entries.

    It is not removed, since Linux (6.1) skips one inode after the other that has just been freed: with ext4, the next build would take a
    millisecond for each file that it creates.
    """
    aside = folder / f"{time.monotonic_ns()}"
    aside.mkdir(parents=True)
    for entry in root.iterdir():
        if entry.name not in initial:
            entry.rename(aside / entry.name)


def _sample(session: int, ended: threading.Event, samples: list[float]) -> None:
    while not ended.wait(SECONDS_BETWEEN_SAMPLES):
        samples.append(memory_of(session))


def _proportional_memory(process: Path) -> int:
    """Return a process's own memory and its part of what it shares, in kB."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
