"""Builds of a project in processes forked from one that has imported everything, which is most of the time of a small build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.project import EPOCH, ROOT, Project

_PROGRAM = """
import faulthandler, json, multiprocessing, os, sys
from pathlib import Path

sys.path.append(sys.argv[1])  # after the project's own folder
from tests.support import faults
faults.install()
import mkdocs.__main__, mkdocs.commands.build, mkdocs.config, mkdocs_macros.plugin, kanalstrategi.pdf.typst.engine
from kanalstrategi.build import command, pdf_jobs, plugin, site_assets

def made_once(make):
    made = make()
    return lambda *root: make(*root) if root else made  # a site with a theme of its own has a style of its own

root = Path.cwd()
for module, name in ((plugin, "site_style"), (site_assets, "web_font")):
    setattr(module, name, made_once(getattr(module, name)))
if sys.argv[2] == "fork":
    pdf_jobs.process_context = lambda modules: multiprocessing.get_context("fork")
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        faulthandler.dump_traceback_later(300, exit=True)  # a build that hangs fails, and says where
        os.setpgid(0, 0)
        log = os.open("build.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1), os.dup2(log, 2), os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if order["cores"]:
            os.cpu_count = lambda: order["cores"]
        if order["folders"]:
            faults.start(faults.Plan(**order["plan"], folders=tuple(order["folders"]), main=os.getpid()))
        command.main(root, order["arguments"])
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Done(NamedTuple):
    """A build that has ended."""

    code: int
    log: str


class ForkedBuilds:
    """Starts the builds of a project, one after the other."""

    def __init__(self, project: Project, process: subprocess.Popen[str]) -> None:
        self._project, self._process = project, process

    def build(self, *arguments: str, folders: tuple[Path, ...] = (), cores: int = 0, **plan: str) -> Done:
        """Build the project. `folders` and `plan` are those of `faults.Plan`; `cores` is how many the machine seems to have."""
        assert self._process.stdin and self._process.stdout
        order = {"arguments": arguments, "folders": [str(folder) for folder in folders], "cores": cores, "plan": plan}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Done(code, (self._project.root / "build.log").read_text(encoding="utf-8"))


@contextmanager
def forked_builds(project: Project, *, forks_pdfs: bool = False, temporary: Path | None = None) -> Iterator[ForkedBuilds]:
    """Yield what builds a project. With `forks_pdfs`, the processes that make PDFs are forked, too, instead of started anew."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), **({"TMPDIR": str(temporary)} if temporary else {})}
    command = [sys.executable, "-c", _PROGRAM, str(ROOT), "fork" if forks_pdfs else ""]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=project.root, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield ForkedBuilds(project, process)
        assert process.stdin
        process.stdin.close()
