"""Makes documents in processes of their own, each of which is ended when a document takes too long.

No alarm interrupts Typst's compiler, which is not Python: only ending its process does. A process makes one document after the other,
since a compiler that has made one keeps what the next has in common with it.
"""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Literal

import msgspec

from kanalstrategi.pdf.engine import PdfError, PdfFile, audit_pdf, lay_out_pdf, make_pdf
from kanalstrategi.pdf.print_document import PrintDocument

MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 180, 1_500
"""The time limit for a document, by the clock: many times longer than a document of 336 pages took, so that only hanging engines are stopped.

With 60 and 5,000, one of 69 pages was stopped at 130 seconds on two cores that twelve other programs wanted, too.
"""

_STEPS = {"make": make_pdf, "lay out": lay_out_pdf, "audit": audit_pdf}


@dataclass(frozen=True)
class PdfJob:
    """A document to make."""

    document: bytes
    """The `PrintDocument`, encoded."""
    site: Path
    target: Path
    engine: str
    step: Literal["make", "lay out", "audit"] = "make"
    """What to do: to make a document is to lay it out and audit it."""

    @property
    def seconds(self) -> float:
        """How long it may take."""
        return MIN_SECONDS_PER_DOCUMENT + len(self.document) / BYTES_PER_SECOND


class PdfWorkers:
    """A pool of such processes. `begin` is called once in each."""

    def __init__(self, count: int, context: BaseContext, begin: Callable[[], None]) -> None:
        self._context, self._begin = context, begin
        self._threads = ThreadPoolExecutor(count)
        self._local = threading.local()
        self._workers: list[_Worker] = []
        self._is_ended = False

    def submit(self, job: PdfJob) -> Future[PdfFile]:
        """Make a document when a process has time. Its result raises PdfError, or the OSError or MemoryError of the process."""
        return self._threads.submit(self._make, job)

    def end(self) -> None:
        """End all processes, whatever they do."""
        self._is_ended = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def _make(self, job: PdfJob) -> PdfFile:
        """Make a document in the process of this thread, and begin a new process if the last one has been ended."""
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None or not worker.is_alive:
            worker = self._local.worker = _Worker(self._context, self._begin)
            self._workers.append(worker)
        if self._is_ended:
            worker.end()
        return worker.make(job)


class _Worker:
    """A process that makes documents, as seen from the build."""

    def __init__(self, context: BaseContext, begin: Callable[[], None]) -> None:
        self._is_ended = False
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, begin), daemon=True)  # type: ignore[attr-defined]  # each context has it
        try:
            self._process.start()
        except EOFError as error:  # the process that should have forked it could not, and has ended
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        finally:
            theirs.close()

    @property
    def is_alive(self) -> bool:
        """Whether it can make documents. A process that has been ended may be there for a moment longer."""
        return not self._is_ended and bool(self._process.is_alive())

    def make(self, job: PdfJob) -> PdfFile:
        try:
            self._connection.send(job)
            if not self._connection.poll(job.seconds):
                self.end()
                raise PdfError(f"den tager over {round(job.seconds)} sekunder – gør dens længste side kortere, især tabeller")
            answer: PdfFile | PdfError | OSError | MemoryError = self._connection.recv()
        except (EOFError, OSError) as error:  # the process has ended, for example because memory ran out
            self.end()
            raise PdfError("processen, der laver den, blev afbrudt – luk andre programmer, så der er hukommelse nok, og prøv igen") from error
        if isinstance(answer, PdfFile):
            return answer
        raise answer

    def end(self) -> None:
        self._is_ended = True
        self._process.kill()


def _serve(connection: Connection, begin: Callable[[], None]) -> None:
    """Make documents until the build ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a Ctrl-C ends it at once and without a traceback
    begin()
    while True:
        try:
            job: PdfJob = connection.recv()
        except (EOFError, OSError):
            return
        answer: PdfFile | PdfError | OSError | MemoryError
        try:
            document = msgspec.msgpack.decode(job.document, type=PrintDocument)
            answer = _STEPS[job.step](document, job.site, job.target, job.engine)
        except (PdfError, OSError, MemoryError) as error:
            answer = error
        with suppress(OSError):  # the build has ended meanwhile
            connection.send(answer)
