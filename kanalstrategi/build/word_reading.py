"""Reads the Word files that someone hands in to the editor, each in a process of its own.

The preview answers in threads, where nothing can interrupt the reading of a file, and a process can be ended. It is spawned, since one that
is forked while there are threads may hang.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from kanalstrategi.build.workers import exit_with_parent
from kanalstrategi.content.page_template import NewPageError
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.editor.docs_folder import RefusedError
from kanalstrategi.file_system import explain
from kanalstrategi.word.answered_page import AnsweredPage, AnswersError, answered_page, read_questionnaire
from kanalstrategi.word.importing import GuidelineFileError, begin_guideline

Read = TypeVar("Read")

MAX_SECONDS = 60.0
"""How long reading a file may take, the whole project included."""
_TOO_SLOW = "filen tager for lang tid at læse – del den i flere, og prøv igen"
_INTERRUPTED = "læsningen af filen blev afbrudt – luk andre programmer, så der er hukommelse nok, og prøv igen"


@dataclass(frozen=True)
class NewGuideline:
    """A guideline that begins with what a file says."""

    path: str
    files: Mapping[str, bytes]
    report: str
    former: None = None

    def explain(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return why it is not written."""
        lines = [f"- {diagnostic}" for diagnostic in diagnostics]
        return "\n".join([f"{self.path} er ikke oprettet, for filen ville give fejl:", *lines, "Ret filen, og prøv igen – eller bed en udvikler om hjælp"])


@dataclass(frozen=True)
class AnsweredGuideline:
    """A guideline with the answers of a questionnaire."""

    page: AnsweredPage

    @property
    def path(self) -> str:
        """Path relative to the project."""
        return self.page.path

    @property
    def former(self) -> bytes:
        """The content of its file without the answers."""
        return self.page.former

    @property
    def files(self) -> Mapping[str, bytes]:
        """The page, if the answers change it."""
        return {self.page.path: self.page.content} if self.page.content != self.page.former else {}

    @property
    def report(self) -> str:
        """What became of the answers."""
        return "\n".join(map(printable, self.page.report)) + "\n"

    def explain(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return why it is not written."""
        return self.page.explain(diagnostics)


class WordReading:
    """Reads Word files for one project. Only one file is read at a time."""

    def __init__(self, root: Path, config: str) -> None:
        """`config` is the name of the configuration file in the folder `root`."""
        self._root, self._config = root, config
        self._lock = threading.Lock()

    def begin_guideline(self, department: str, data: bytes, name: str) -> NewGuideline:
        """Return the guideline of a new department with what a file says. Raises RefusedError."""
        with self._lock:
            return _in_own_process(partial(_begin_guideline, self._root, self._config, department, data, name))

    def answer_questionnaire(self, data: bytes, name: str) -> AnsweredGuideline:
        """Return the guideline that a questionnaire belongs to, with its answers. Raises RefusedError."""
        with self._lock:
            return _in_own_process(partial(_answer_questionnaire, self._root, self._config, data, name))


def _begin_guideline(root: Path, config: str, department: str, data: bytes, name: str) -> NewGuideline:
    path, imported = begin_guideline(root, department, data, name, os.environ, config)
    return NewGuideline(path, imported.files, imported.report)


def _answer_questionnaire(root: Path, config: str, data: bytes, name: str) -> AnsweredGuideline:
    filled_in = read_questionnaire(data, name)
    return AnsweredGuideline(answered_page(root, read_project(root, os.environ, config).content, filled_in))


def _in_own_process(read: Callable[[], Read]) -> Read:
    """Return what a function returns. Raises RefusedError if it refuses the file, takes too long or ends its process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send_result, args=(theirs, read), daemon=True)
    try:
        process.start()
        theirs.close()
        if not ours.poll(MAX_SECONDS):
            raise RefusedError(_TOO_SLOW)
        result: Read | RefusedError = ours.recv()
    except (EOFError, OSError, MemoryError) as error:
        raise RefusedError(_INTERRUPTED) from error
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()
    if isinstance(result, RefusedError):
        raise result
    return result


def _send_result(connection: Connection, read: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a Ctrl-C ends it at once and without a traceback
    exit_with_parent()
    result: object
    try:
        result = read()
    except (AnswersError, GuidelineFileError, NewPageError) as error:
        result = RefusedError(str(error))
    except (OSError, MemoryError) as error:
        result = RefusedError(f"filen kan ikke læses: {explain(error)}")
    with suppress(OSError):  # the preview has ended meanwhile
        connection.send(result)
