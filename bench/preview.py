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

from .measure import BuildError

EDITED = "strategi/formaal"
"""The page that is edited, as its address; its file is named so too."""
OTHER = "strategi/vision-og-maal"
"""A page that has the edited one in its menus. The front page has its title by a macro."""
EDITS = 9
TITLES = 3
POLLED_EVERY = 0.5
"""Seconds between two looks of MkDocs' (1.6.1) at the files."""
_GOLDEN = 0.618
_START_LIMIT, _LIMIT = 600.0, 60.0
"""Seconds, from the start to the first page and from a save to what it changes. What has not come by then does not."""


@dataclass(frozen=True)
class PreviewMeasured:
    """What who writes waits for."""

    start: float
    """Seconds from the command until the first page has been served; nothing is there from earlier."""
    edits: tuple[float, ...]
    """Seconds from saving a page until a browser has got it again with what was written, each edit."""
    titles: tuple[float, ...]
    """Seconds from saving a page with another title until a browser that shows another page has got that again with the title in
    its menu, and the front page with it in what a macro makes."""


class Server:
    """The preview of a project, as a browser meets it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self._port, self._process, self._log = port, process, log

    def get(self, path: str) -> str:
        """What is at an address. No proxy is asked, whatever the environment says."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=_START_LIMIT)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status != 200:
            raise self.failed(f"{path} is answered with {answer.status}")
        return text

    def first(self, path: str) -> str:
        """What is at an address, once the server is there."""
        until = time.monotonic() + _START_LIMIT
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise self.failed(f"the preview ended with {self._process.returncode}")
            with contextlib.suppress(ConnectionRefusedError):
                return self.get(path)
            time.sleep(0.01)
        raise self.failed("the preview does not come up")

    def seconds_until(self, path: str, shows: Callable[[str], bool], save: Callable[[], None]) -> float:
        """From a save until a browser that had the page at `path` before has got it again as it shall be.

        It does as MkDocs' script in the page does: asks whether there is something newer, which is answered when there is, and
        loads the page again.
        """
        page = self.get(path)
        if shows(page):
            raise self.failed(f"{path} shows what has not been written yet")
        started = time.perf_counter()
        save()
        while not shows(page):
            epoch, number = self._asked_with(page)
            while int(self.get(f"/livereload/{epoch}/{number}")) <= epoch:  # what MkDocs answers after a minute without news
                if time.perf_counter() > started + _LIMIT:
                    raise self.failed(f"{path} does not show what was written")
            page = self.get(path)
        return time.perf_counter() - started

    def _asked_with(self, page: str) -> tuple[int, int]:
        found = re.search(r"^livereload\((\d+), (\d+)\);$", page, re.MULTILINE)
        if not found:
            raise self.failed("a page has no script that loads it again")
        return int(found[1]), int(found[2])

    def failed(self, message: str) -> BuildError:
        return BuildError(f"{message}: {self._log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@contextlib.contextmanager
def serving(python: Path, root: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run the preview of a project as `scripts/serve.py` does; it has ended afterwards, with all that it has begun."""
    with socket.socket() as probe:  # MkDocs cannot be asked which port it chose
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = root / "bench.log"
    command = [python, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    # MkDocs makes the site in a temporary folder, which is left where it is killed.
    with tempfile.TemporaryDirectory() as temporary, log.open("wb") as out:
        variables = {**environment, "TMPDIR": temporary}
        process = subprocess.Popen(command, cwd=root, env=variables, stdout=out, stderr=out, start_new_session=True)
        try:
            yield Server(port, process, log)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measure_preview(python: Path, root: Path, environment: Mapping[str, str], edits: int = EDITS, titles: int = TITLES) -> PreviewMeasured:
    """Start the preview of a project and edit a page of it, one time after another; the page is put back."""
    file = root / "docs" / f"{EDITED}.md"
    before = file.read_bytes()
    text = before.decode()
    os.sync()  # what has been written before is not to be waited for by this
    started = time.perf_counter()
    with serving(python, root, environment) as server:
        try:
            server.first(f"/{EDITED}/")
            start = time.perf_counter() - started

            def edited(number: int) -> float:
                sentence = f"Dette afsnit er skrevet som nummer {number}."
                return server.seconds_until(f"/{EDITED}/", lambda page: sentence in page, lambda: _save(file, f"{text}\n{sentence}\n"))

            def renamed(number: int) -> float:
                title = f"Formål nummer {number}"
                changed = re.sub(r"(?m)^# .+$", f"# {title}", text, count=1)
                return server.seconds_until(
                    f"/{OTHER}/", lambda page: title in menus_of(page) and title in server.get("/"), lambda: _save(file, changed)
                )

            return PreviewMeasured(start, tuple(_at_any_moment(edited, edits)), tuple(_at_any_moment(renamed, titles)))
        finally:
            file.write_bytes(before)


def _at_any_moment(measure: Callable[[int], float], count: int) -> Iterator[float]:
    """What is measured so often, after pauses spread over the time between two looks of MkDocs' at the files: else each save
    would come just after the look that found the one before, and wait longest."""
    for number in range(1, count + 1):
        time.sleep(POLLED_EVERY * (number * _GOLDEN % 1))
        yield measure(number)


def _save(file: Path, text: str) -> None:
    """In one step, so that no look of MkDocs' finds half of it."""
    beside = file.parent.parent.parent / "being-saved.md"
    beside.write_bytes(text.encode())
    beside.replace(file)


def menus_of(page: str) -> str:
    """The menus of a page, as HTML."""
    return "".join(re.findall(r"<nav\b.*?</nav>", page, re.DOTALL))
