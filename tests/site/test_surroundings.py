"""A build does the same wherever it runs: another folder, language, home, core, user's rights, or beside another build."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanalstrategi.build import staging
from kanalstrategi.build.cache import CACHE_FOLDER
from tests.support.pages import small
from tests.support.preview import previewing
from tests.support.project import EPOCH, Project, are_same

ODD_NAME = 'Ærø kommune\'s "site" #1 100%25 [ny] å'
"""What may stand in the name of a folder."""
NETWORK_HOOK = """
import os, sys

def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto") and not isinstance(arguments[-1], (str, bytes)):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            print(event, arguments, file=log)

sys.addaudithook(note)
"""
"""A `sitecustomize.py` that notes each time a process reaches for the network. The address of a socket within the machine is a path."""
BUILD = (sys.executable, "-m", "kanalstrategi.build.command")
CHECK = (sys.executable, "-c", "import sys; from pathlib import Path; from kanalstrategi.cli.main import main; sys.argv[1:] = ['check']; sys.exit(main())")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project in an ordinary folder, built in ordinary circumstances."""
    project = small(tmp_path_factory.mktemp("ordinary") / "project")
    process = run(project, *BUILD)
    assert process.returncode == 0, process.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of it that has not been built, but has the cache, except for the record of what the site was built of."""
    shutil.copytree(built.root, tmp_path / "project", ignore=shutil.ignore_patterns("site", "site.sha256"))
    return Project(tmp_path / "project")


def run(project: Project, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a project. `more` are environment variables."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), **more}
    return subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def assert_built(process: subprocess.CompletedProcess[str], project: Project, built: Project) -> None:
    output = process.stdout + process.stderr
    assert process.returncode == 0 and "Traceback" not in output, output
    assert are_same(project.site, built.site) and list(project.root.glob(".site-*")) == []


@pytest.mark.slow
def test_in_a_folder_with_any_name(built: Project, tmp_path: Path) -> None:
    project = small(tmp_path / ODD_NAME)
    site = tmp_path / f"www {ODD_NAME}"
    for _ in range(2):  # the second replaces a site
        process = run(project, *BUILD, "--clean", "--site-dir", str(site))
        assert process.returncode == 0 and are_same(site, built.site), process.stdout + process.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ODD_NAME, site.name])


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"LANG": "C", "LC_ALL": "C"}, id="C"),
        pytest.param({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="ascii"),
    ],
)
def test_in_any_language(project: Project, built: Project, environment: dict[str, str]) -> None:
    assert_built(run(project, *BUILD, **environment), project, built)
    project.write("docs/strategi/ærø.md", "# Ærø\n")
    for command in (BUILD, CHECK):
        process = run(project, *command, **environment)
        output = process.stdout + process.stderr
        name = "ærø.md" if len(environment) == 2 else "\N{REPLACEMENT CHARACTER}"  # without UTF-8, Python cannot read the name, and says so
        assert process.returncode == 1 and name in output and "siden mangler sine felter øverst" in output and "Traceback" not in output, output
    assert are_same(project.site, built.site)


@pytest.mark.parametrize("home", ["", "/findes/ikke", "/proc"], ids=["none", "missing", "read-only"])
def test_without_a_home(project: Project, built: Project, home: str) -> None:
    environment = {"HOME": home} if home else {}
    command = BUILD if home else ("env", "-u", "HOME", "-u", "XDG_CACHE_HOME", "-u", "USER", "-u", "LOGNAME", *BUILD)
    project.replace("docs/strategi/formaal.md", "Tekst om formålet.", "Tekst om formålet. ")  # the PDF is made, too
    (project.root / CACHE_FOLDER / "cache.sqlite").unlink()
    assert_built(run(project, *command, TMPDIR="/findes/ikke", **environment), project, built)


@pytest.mark.parametrize(("umask", "file", "folder"), [(0o077, 0o600, 0o700), (0o022, 0o644, 0o755), (0o002, 0o664, 0o775)])
def test_files_are_published_with_the_rights_that_umask_gives(project: Project, umask: int, file: int, folder: int) -> None:
    former = os.umask(umask)
    try:
        (project.root / CACHE_FOLDER / "cache.sqlite").unlink()
        process = run(project, *BUILD)
    finally:
        os.umask(former)
    assert process.returncode == 0, process.stderr
    paths = [project.site, *project.site.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {file}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {folder}


def test_without_a_network(project: Project, built: Project, tmp_path: Path) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(NETWORK_HOOK, encoding="utf-8")
    log = tmp_path / "network"
    log.touch()
    (project.root / CACHE_FOLDER / "cache.sqlite").unlink()
    environment = {"PYTHONPATH": str(tmp_path / "hook"), "NETWORK_LOG": str(log)}
    seen = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    assert run(project, sys.executable, "-c", seen, **environment).returncode == 0 and "127.0.0.1" in log.read_text()  # it is seen
    log.write_text("")
    assert_built(run(project, *BUILD, **environment), project, built)
    assert run(project, *CHECK, **environment).returncode == 0
    assert log.read_text() == ""


@pytest.mark.parametrize("command", [BUILD, CHECK], ids=["build", "check"])
@pytest.mark.parametrize("redirection", ["<&- >&- 2>&-", "<&-", ">&-", "2>&1 | head -1", "2>&1 | true", ">/dev/full"])
def test_whatever_becomes_of_the_output(project: Project, built: Project, command: tuple[str, ...], redirection: str) -> None:
    if command is CHECK:  # so that it has something to say
        for number in range(200):
            project.write(f"docs/strategi/side-{number}.md", "Uden overskrift\n")
    process = run(project, "sh", "-c", f'"$@" {redirection}', "sh", *command)
    assert "Traceback" not in process.stdout + process.stderr and "Exception ignored" not in process.stdout + process.stderr, process.stderr
    if command is BUILD:
        assert are_same(project.site, built.site) and list(project.root.glob(".site-*")) == []
    elif redirection == ">/dev/full":
        assert process.returncode != 0 and "der er ikke plads på disken" in process.stderr


@pytest.fixture
def two(built: Project, tmp_path: Path) -> Iterator[tuple[Project, list[subprocess.Popen[str]]]]:
    """A project with a former site, and two builds of it that have begun."""
    shutil.copytree(built.root, tmp_path / "project", ignore=shutil.ignore_patterns("site.sha256"))
    project = Project(tmp_path / "project")
    project.write("site/index.html", "den forrige udgave")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    yield (
        project,
        [subprocess.Popen(BUILD, cwd=project.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)],
    )


def test_two_builds_at_once(two: tuple[Project, list[subprocess.Popen[str]]], built: Project) -> None:
    project, processes = two
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0] and "Traceback" not in "".join(outputs), outputs
    assert are_same(project.site, built.site) and list(project.root.glob(".site-*")) == []


def test_sites_that_are_put_in_place_at_once(tmp_path: Path) -> None:
    site, children = tmp_path / "site", []
    (site / ".git").mkdir(parents=True)
    for _ in range(4):
        child = os.fork()
        if not child:
            code = 1
            try:
                for number in range(25):
                    new = staging.begin(site)
                    for name in ("a.html", "b.html"):
                        (new / name).write_text(f"{os.getpid()} {number}")
                    staging.swap(new, site)
                    staging.remove_old_site(site)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert (site / "a.html").read_text() == (site / "b.html").read_text()
    assert sorted(path.name for path in site.iterdir()) == [".git", "a.html", "b.html"] and list(tmp_path.iterdir()) == [site]


def test_beside_a_preview(project: Project, built: Project) -> None:
    with previewing(project) as url:
        assert_built(run(project, *BUILD), project, built)
        process = subprocess.run([sys.executable, "-c", f"import urllib.request as r; print(r.urlopen({url!r}).status)"], capture_output=True, text=True)
        assert process.stdout == "200\n", process.stderr
