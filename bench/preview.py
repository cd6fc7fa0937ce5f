"""The preview, measured: from saving a page to what a browser shows of it. Standard library only, as `measure.py`."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.measure import LOG, BuildError, end_of_log

EDITED = "strategi/formaal"
"""URL of the page that is edited; its file has the same name."""
OTHER = "strategi/vision-og-maal"
"""URL of a page that has the edited one in its menus. The front page has its title by a macro."""
EDITS = 9
TITLES = 3
POLL_SECONDS = 0.5
"""How often MkDocs (1.6.1) looks at the files, at least."""
MAX_SECONDS_TO_START, MAX_SECONDS_TO_RELOAD = 600.0, 60.0
"""From the start to the first page, and from a save to what it changes. What takes longer never comes."""
_GOLDEN_RATIO = 0.618


@dataclass(frozen=True)
class PreviewMeasurement:
    """How long an editor waits."""

    start: float
    """Seconds from the command to the first page; nothing is cached."""
    edits: tuple[float, ...]
    """Seconds from saving a page until a browser has loaded the new text, of each edit."""
    titles: tuple[float, ...]
    """Seconds from saving a page with another title until a browser that shows another page has loaded that with the new title
    in its menu, and the front page has it by a macro."""


class Server:
    """The preview of a project, as a browser meets it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self._port, self._process, self._log = port, process, log

    def get(self, path: str) -> str:
        """Return what is at a path. No proxy is asked, whatever the environment says. Raises BuildError."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=MAX_SECONDS_TO_START)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status != 200:
            raise self._error(f"{path} is answered with {answer.status}")
        return text

    def wait_for(self, path: str) -> str:
        """Return what is at a path, once the server has started. Raises BuildError."""
        end = time.monotonic() + MAX_SECONDS_TO_START
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise self._error(f"the preview ended with {self._process.returncode}")
            with contextlib.suppress(ConnectionRefusedError):
                return self.get(path)
            time.sleep(0.01)
        raise self._error("the preview does not start")

    def seconds_to_reload(self, path: str, is_new: Callable[[str], bool], save: Callable[[], None]) -> float:
        """Return the seconds from a save until a browser that shows the page at a path has loaded it with the change.

        Does what MkDocs' script in the page does: asks whether there is something newer, which is answered when there is, and
        loads the page again. Raises BuildError.
        """
        page = self.get(path)
        if is_new(page):
            raise self._error(f"{path} shows what has not been written yet")
        started = time.perf_counter()
        save()
        while not is_new(page):
            epoch, number = self._version(page)
            while int(self.get(f"/livereload/{epoch}/{number}")) <= epoch:  # what MkDocs answers after a minute without news
                if time.perf_counter() > started + MAX_SECONDS_TO_RELOAD:
                    raise self._error(f"{path} does not show what was written")
            page = self.get(path)
        return time.perf_counter() - started

    def _version(self, page: str) -> tuple[int, int]:
        """Return the two numbers that the script in a page asks with."""
        found = re.search(r"^livereload\((\d+), (\d+)\);$", page, re.MULTILINE)
        if not found:
            raise self._error("a page has no script that loads it again")
        return int(found[1]), int(found[2])

    def _error(self, message: str) -> BuildError:
        return BuildError(f"{message}: {end_of_log(self._log)}")


@contextlib.contextmanager
def serving(python: Path, root: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run the preview of a project as `scripts/serve.py` does. Afterwards it has ended, with every process that it has started."""
    with socket.socket() as probe:  # MkDocs does not report which port it has chosen
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = root / LOG
    command: list[str | Path] = [python, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    # MkDocs builds the preview in a temporary folder, which it cannot remove when it is killed.
    with tempfile.TemporaryDirectory() as temporary, log.open("wb") as out:
        variables = {**environment, "TMPDIR": temporary}
        process = subprocess.Popen(command, cwd=root, env=variables, stdout=out, stderr=out, start_new_session=True)
        try:
            yield Server(port, process, log)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measure_preview(python: Path, root: Path, environment: Mapping[str, str], edits: int = EDITS, titles: int = TITLES) -> PreviewMeasurement:
    """Start the preview of a project and edit a page of it repeatedly. The page is restored. Raises BuildError."""
    file = root / "docs" / f"{EDITED}.md"
    before = file.read_bytes()
    text = before.decode()
    os.sync()  # the preview shall not wait for what has been written before
    started = time.perf_counter()
    with serving(python, root, environment) as server:
        try:
            server.wait_for(f"/{EDITED}/")
            start = time.perf_counter() - started

            def edit(number: int) -> float:
                sentence = f"Dette afsnit er skrevet som nummer {number}."
                return server.seconds_to_reload(f"/{EDITED}/", lambda page: sentence in page, lambda: _save(file, f"{text}\n{sentence}\n"))

            def rename(number: int) -> float:
                title = f"Formål nummer {number}"
                changed = re.sub(r"(?m)^# .+$", f"# {title}", text, count=1)
                return server.seconds_to_reload(
                    f"/{OTHER}/", lambda page: title in menus_of(page) and title in server.get("/"), lambda: _save(file, changed)
                )

            return PreviewMeasurement(start, tuple(_repeat(edit, edits)), tuple(_repeat(rename, titles)))
        finally:
            file.write_bytes(before)


def menus_of(page: str) -> str:
    """Return the menus of a page, as HTML."""
    return "".join(re.findall(r"<nav\b.*?</nav>", page, re.DOTALL))


def _repeat(measure: Callable[[int], float], count: int) -> Iterator[float]:
    """Measure repeatedly, after pauses that spread the saves evenly between two looks of MkDocs at the files.

    Without them, each save would come just after the look that found the one before, and wait longest.
    """
    for number in range(1, count + 1):
        time.sleep(POLL_SECONDS * (number * _GOLDEN_RATIO % 1))
        yield measure(number)


def _save(file: Path, text: str) -> None:
    """Write a page in one step, so that MkDocs never finds half of it."""
    new = file.parent.parent.parent / "being-saved.md"
    new.write_bytes(text.encode())
    new.replace(file)
