"""Files are written whole or not at all, and the reason is said in Danish."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanalstrategi.file_system import explain, write_whole
from tests.support.faults import ERRORS
from tests.support.pages import small
from tests.support.project import EPOCH, ROOT, Project

COMMANDS = {
    "new": (("new", "department", "Sundhedsplejen"), "docs/retningslinjer/sundhedsplejen.md"),
    "codeowners": (("codeowners",), "CODEOWNERS"),
    "addresses": (("addresses",), "addresses.txt"),
}
"""The commands that write, with the file that each writes."""
SHIMMED = """
import os, sys
sys.path.append(sys.argv[1])
from tests.support import faults
faults.install()
from kanalstrategi.cli.main import main
os.setpgid(0, 0)
folder, fault, write, fired, log, *sys.argv[1:] = sys.argv[2:]
faults.start(faults.Plan((folder,), fault=fault, write=write, fired=fired, log=log, main=os.getpid()))
sys.exit(main())
"""


def run(project: Project, arguments: tuple[str, ...], fault: str = "", write: str = "") -> tuple[int, str, list[str]]:
    """Run a command, and return its code, its output and the writes that it did."""
    log, fired = project.root.parent / "log", project.root.parent / "fired"
    log.unlink(missing_ok=True)
    fired.unlink(missing_ok=True)
    command = [sys.executable, "-c", SHIMMED, str(ROOT), str(project.root), fault, write, str(fired), str(log), *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert fired.exists() == bool(fault)
    names = [line.split('"')[3] for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    writes = [name for name in names if not name.startswith("main unlink ")]  # tidying up is not a write
    return process.returncode, process.stdout + process.stderr, writes


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small(tmp_path / "project")
    template = (ROOT / "docs/skabeloner/retningslinje.md").read_text(encoding="utf-8")
    project.write("docs/skabeloner/retningslinje.md", template)
    project.write("docs/retningslinjer/index.md", "# Retningslinjer\n")
    return project


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_writes_a_whole_file_or_none(project: Project, name: str) -> None:
    arguments, path = COMMANDS[name]
    file = project.root / path
    if name != "new":
        project.write(path, "# det forrige\n")
    former = file.read_bytes() if file.exists() else None
    code, output, writes = run(project, arguments)
    assert code == 0 and len(writes) >= 3, (output, writes)  # it is opened, written and put in place
    new = file.read_bytes()
    for write, fault in zip(writes, ("ENOSPC", "memory", "EACCES", "EIO"), strict=False):
        for how in (fault, "killed"):
            file.unlink(missing_ok=True)
            if former is not None:
                file.write_bytes(former)
            code, output, _ = run(project, arguments, how, write)
            assert (file.read_bytes() if file.exists() else None) == former, (how, write)
            assert "Traceback" not in output and (code < 0 if how == "killed" else code == 1 and " – " in output), (how, write, output)
            assert how == "killed" or not list(project.root.rglob(".*.new"))
    code, output, _ = run(project, arguments)
    assert code == 0 and file.read_bytes() == new and not list(project.root.rglob(".*.new")), output


def test_a_check_writes_nothing(project: Project) -> None:
    _, output, writes = run(project, ("check",))
    assert writes == [], output


def test_a_link_stays_a_link_and_rights_stay_rights(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"forrige")
    (tmp_path / "fil").chmod(0o640)
    (tmp_path / "link").symlink_to("fil")
    write_whole(tmp_path / "link", b"ny")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "fil").read_bytes() == b"ny" and (tmp_path / "fil").stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """As /dev/stdout is, and the devices beside it, which nobody must replace by a file."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE)
    write_whole(tmp_path / "link", b"ny")
    assert reader.communicate(timeout=60)[0] == b"ny"
    assert (tmp_path / "pipe").is_fifo()


def test_every_fault_has_its_reason() -> None:
    reasons = [explain(OSError(number, os.strerror(number), "en\nfil")) for number in ERRORS.values()]
    assert all(reason.startswith("en�fil: ") and " – " in reason for reason in reasons) and len(set(reasons)) == len(ERRORS)
    assert explain(MemoryError()) == explain(OSError(errno.ENOMEM, "")) and explain(ValueError()) == ""
    assert explain(FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")).startswith("der er ingen mappe til midlertidige filer")


def test_a_link_that_leads_in_a_ring_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    write_whole(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
