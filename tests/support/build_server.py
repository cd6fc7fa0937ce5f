"""Builds in processes forked from one that has imported the program, which takes as long as the rest of a build."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_PROGRAM = """
import faulthandler, json, os, runpy, sys
import mkdocs.__main__, mkdocs.commands.build, mkdocs.config, mkdocs_macros.plugin, kanalstrategi.pdf.typst.engine
from kanalstrategi.build import plugin, site_assets

def made_once(make):
    made = make()
    return lambda *root: make(*root) if root else made  # a site with a theme of its own has a style of its own

for module, name in ((plugin, "site_style"), (site_assets, "web_font")):
    setattr(module, name, made_once(getattr(module, name)))
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        faulthandler.dump_traceback_later(300, exit=True)  # a build that hangs fails, and says where
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        for number, path in enumerate(("/dev/null", order["output"], order["errors"])):
            os.dup2(os.open(path, os.O_RDWR), number)
        sys.path[0] = order["folder"]
        sys.argv = ["mkdocs", "build", "--strict", *order["arguments"]]
        runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class BuildServer:
    """A process that has imported the program in a folder, and builds one project after the other. It ends with this one."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM], cwd=program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def build(self, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Do what `mkdocs build --strict` does in a folder, with nothing but these environment variables."""
        assert self._process.stdin and self._process.stdout
        with tempfile.NamedTemporaryFile() as output, tempfile.NamedTemporaryFile() as errors:
            order = {"folder": str(folder), "arguments": arguments, "environment": environment, "output": output.name, "errors": errors.name}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            return subprocess.CompletedProcess(arguments, code, _text(output.name), _text(errors.name))


def _text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")
