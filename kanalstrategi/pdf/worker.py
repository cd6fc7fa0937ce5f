"""Makes documents in processes of their own, each of which is ended when a document takes too long.

No alarm interrupts Typst's compiler, which is not Python: only ending its process does. A process makes one document after the other,
since a compiler that has made one keeps what the next has in common with it.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

import msgspec

from kanalstrategi.pdf.engine import PdfError, PdfFile, make_pdf
from kanalstrategi.pdf.print_document import PrintDocument

MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 60, 5_000
"""The time limit for a document: many times longer than a document of 336 pages took, so that only hanging engines are stopped."""


@dataclass(frozen=True)
class PdfJob:
    """A document to make."""

    document: bytes
    """The `PrintDocument`, encoded."""
    site: Path
    target: Path
    engine: str

    @property
    def seconds(self) -> float:
        """How long it may take."""
        return MIN_SECONDS_PER_DOCUMENT + len(self.document) / BYTES_PER_SECOND


class PdfWorkers:
    """A pool of such processes."""

    def __init__(self, count: int, context: BaseContext) -> None:
        self._context = context
        self._threads = ThreadPoolExecutor(count)
        self._local = threading.local()
        self._workers: list[_Worker] = []
        self._is_ended = False

    def submit(self, job: PdfJob) -> Future[PdfFile]:
        """Make a document when a process has time. Its result raises PdfError."""
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
            worker = self._local.worker = _Worker(self._context)
            self._workers.append(worker)
        if self._is_ended:
            worker.end()
        return worker.make(job)


class _Worker:
    """A process that makes documents, as seen from the build."""

    def __init__(self, context: BaseContext) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]  # each context has it
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return bool(self._process.is_alive())

    def make(self, job: PdfJob) -> PdfFile:
        try:
            self._connection.send(job)
            if not self._connection.poll(job.seconds):
                self.end()
                raise PdfError(f"den tager over {round(job.seconds)} sekunder – gør dens længste side kortere, især tabeller")
            answer = self._connection.recv()
        except (EOFError, OSError) as error:  # the process has ended, for example because memory ran out
            self.end()
            raise PdfError("processen, der laver den, blev afbrudt – luk andre programmer, så der er hukommelse nok, og byg igen") from error
        if isinstance(answer, PdfFile):
            return answer
        raise PdfError(answer)

    def end(self) -> None:
        self._process.kill()


def _serve(connection: Connection) -> None:
    """Make documents until the build ends."""
    while True:
        try:
            job: PdfJob = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        answer: PdfFile | str
        try:
            document = msgspec.msgpack.decode(job.document, type=PrintDocument)
            answer = make_pdf(document, job.site, job.target, job.engine)
        except PdfError as error:
            answer = str(error)
        connection.send(answer)
