"""What happens to the processes that make PDFs is said in Danish, and none outlives its build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.pages import small
from tests.support.pdf_engine import ENGINE, LAYS_OUT
from tests.support.preview import wait_for
from tests.support.processes import is_running
from tests.support.project import Project

WORKER, FORK_SERVER = "kanalstrategi/pdf/worker.py", "kanalstrategi/build/fork_server.py"
UNCHANGED = "Hjemmesiden er ikke bygget. En tidligere udgave er uændret."
KILLED = "pdf/kort.pdf kunne ikke laves – processen, der laver den, blev afbrudt – luk andre programmer, så der er hukommelse nok, og prøv igen"
NO_PROCESS = "der kan ikke startes flere processer – luk andre programmer, og prøv igen"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small(tmp_path / "project")


def hang(project: Project) -> None:
    """Have the engine say which process it is in, and never end."""
    project.replace(
        ENGINE,
        LAYS_OUT,
        '    import os, time\n    Path("worker.new").write_text(str(os.getpid()))\n    os.rename("worker.new", "worker")\n    time.sleep(300)\n',
    )


@contextmanager
def building(project: Project) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a build, and yield it and the process that makes its PDF, which hangs."""
    hang(project)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True) as build:
        try:
            wait_for(lambda: (project.root / "worker").exists() or build.poll() is not None)
            yield build, int((project.root / "worker").read_text())
        finally:
            build.kill()


def finished(build: subprocess.Popen[str], worker: int) -> str:
    """Wait until a build has failed, and return what it has printed."""
    output, _ = build.communicate(timeout=60)
    assert build.returncode == 1 and "Traceback" not in output, output
    wait_for(lambda: not is_running(worker))
    return output


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_process_that_is_killed(project: Project, number: signal.Signals) -> None:
    with building(project) as (build, worker):
        os.kill(worker, number)
        output = finished(build, worker)
        assert KILLED in output and UNCHANGED in output


def test_a_document_that_takes_too_long(project: Project) -> None:
    project.replace(WORKER, "MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 180, 1_500", "MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 2, 1e9")
    with building(project) as (build, worker):
        output = finished(build, worker)
        assert "pdf/kort.pdf kunne ikke laves – den tager over 2 sekunder – gør dens længste side kortere, især tabeller" in output and UNCHANGED in output


def test_an_interrupted_build_ends_at_once(project: Project) -> None:
    with building(project) as (build, worker):
        os.killpg(build.pid, signal.SIGINT)  # as a terminal does on Ctrl-C
        finished(build, worker)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_killed_takes_its_processes_along(project: Project, number: signal.Signals) -> None:
    with building(project) as (build, worker):
        assert is_running(worker)
        build.send_signal(number)
        build.wait()
        wait_for(lambda: not is_running(worker))


def test_a_process_that_cannot_be_forked(project: Project) -> None:
    fails = "import errno\nimport os\n\n\ndef _fork() -> int:\n    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))\n\n\nos.fork = _fork\n"
    project.write(FORK_SERVER, (project.root / FORK_SERVER).read_text(encoding="utf-8") + fails)
    process = project.build()
    output = process.stdout + process.stderr
    assert process.returncode == 1 and NO_PROCESS in output and UNCHANGED in output and "Traceback" not in output, output


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("OSError(24, 'Too many open files')", "for mange filer er åbne på én gang – hæv grænsen (ulimit -n), og prøv igen"),
        ("MemoryError", "der er ikke hukommelse nok – luk andre programmer"),
        ('RuntimeError("can\'t start new thread")', NO_PROCESS),
    ],
)
def test_a_process_that_cannot_be_started(project: Project, error: str, message: str) -> None:
    project.replace(WORKER, "        self._connection, theirs = context.Pipe()\n", f"        raise {error}\n")
    process = project.build()
    output = process.stdout + process.stderr
    assert process.returncode == 1 and message in output and UNCHANGED in output and "Traceback" not in output, output


def test_a_disk_that_fails_in_the_process(project: Project) -> None:
    project.replace(ENGINE, LAYS_OUT, "    raise OSError(28, 'No space left on device', str(target))\n")
    process = project.build()
    output = process.stdout + process.stderr
    assert process.returncode == 1 and "kort.pdf: der er ikke plads på disken – gør plads, og prøv igen" in output and "Traceback" not in output, output
