"""The Containerfile's steps give a program that any user can run: who may not write to it, has no home and no name, and no git. See adr/0039.

No builder of images runs where the tests do, so each step is taken by hand, in a folder in the place of the image.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.containerfile import Stage, ignored, read_containerfile
from tests.support.pages import small
from tests.support.project import EPOCH, ROOT, Project, are_same

NOBODY = 61234
"""A user without a name."""
NEEDED = ("env", "sh")
"""What the programs that pip writes need on PATH. There is no git."""


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return read_containerfile(ROOT / "Containerfile")


def test_the_image_is_small_and_runs_as_nobody(stages: list[Stage]) -> None:
    build, image = stages
    assert build.base == image.base and re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", image.base)  # a version, and no registry
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert tuple(map(int, image.base.split(":")[1].split("-")[0].split("."))) >= tuple(map(int, requires.removeprefix(">=").split(".")))
    assert image.all("RUN") == [] and len(image.all("COPY")) == 1
    assert image.all("USER") == ["1000:1000"] and image.program("ENTRYPOINT") == ["kanalstrategi"]
    assert image.all("VOLUME") == image.all("WORKDIR") == ["/site"]


def test_what_the_image_is_made_from_is_there(stages: list[Stage]) -> None:
    build, image = stages
    (locked, everything) = [text.split()[0] for text in build.all("COPY")]
    assert (locked, everything) == ("requirements.txt", ".") and (ROOT / locked).is_file() and not ignored(ROOT, locked)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = settings["project"]
    for name in ("pyproject.toml", project["readme"], *project["license-files"], *wheel["only-include"], *wheel.get("force-include", ())):
        assert (ROOT / name).exists() and not ignored(ROOT, name), name
    assert all(ignored(ROOT, name) for name in (".git", ".venv", ".cache", ".editor", "docs", "site", "tests"))
    installs = next(text for text in build.all("RUN") if "-r requirements.txt" in text)
    assert "--require-hashes" in installs and "--no-deps" in installs
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert all(tool.split("==")[0] in requirements for tool in settings["build-system"]["requires"])  # the wheel is built without a network
    assert image.all("COPY")[0] == f"--from={build.name} /opt/kanalstrategi /opt/kanalstrategi"


@dataclass(frozen=True)
class Image:
    """A folder with what the image would have."""

    program: Path
    """In the place of /opt/kanalstrategi, with all that nobody may write to."""
    bin: Path
    """The only other folder on PATH."""

    def start(self, project: Project, program: str, *arguments: str) -> subprocess.Popen[str]:
        """Start one of the image's programs on a site, as a user without a name, a home and rights to anything but the site."""
        environment = {"PATH": f"{self.program}/bin:{self.bin}", "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
        as_user = []
        if os.geteuid() == 0:
            as_user = [shutil.which("setpriv") or "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
        command = [*as_user, str(self.program / "bin" / program), *arguments]
        return subprocess.Popen(command, cwd=project.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")

    def run(self, project: Project, program: str, *arguments: str) -> str:
        """Run one to its end, and return what it has said. Fails if it does."""
        process = self.start(project, program, *arguments)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0 and "Traceback" not in output, output
        return output


@pytest.fixture(scope="module")
def python() -> str:
    """A Python of this version that every user can run."""
    for program in (os.path.realpath(sys.executable), f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        folders = Path(program).parents if Path(program).is_file() else ()
        if folders and all(folder.stat().st_mode & stat.S_IXOTH for folder in folders):
            return program
    pytest.skip("no Python of this version that another user can run")


@pytest.fixture(scope="module")
def image(stages: list[Stage], python: str) -> Iterator[Image]:
    """The image's program, made by the steps of the first stage, but for the packages, which are those of this environment."""
    with tempfile.TemporaryDirectory(prefix="image-") as name:  # pytest's own folders are closed to other users
        root = Path(name)
        root.chmod(0o755)
        source, program, bin = root / "src", root / "opt", root / "bin"
        bin.mkdir()
        for needed in NEEDED:
            (bin / needed).symlink_to(shutil.which(needed) or needed)
        shutil.copytree(ROOT, source, ignore=lambda folder, names: {one for one in names if ignored(ROOT, one) or one == "__pycache__"})
        for command in stages[0].all("RUN"):
            words = command.replace("/opt/kanalstrategi", str(program)).split()
            if "-r" in words:  # without a network
                library = next(program.glob("lib/python*/site-packages"))
                (library / "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
                continue
            process = subprocess.run([python, *words[1:]] if words[0] == "python" else words, cwd=source, capture_output=True, text=True)
            assert process.returncode == 0, (command, process.stdout + process.stderr)
        shutil.rmtree(source)  # it is not in the image
        assert list((program / "share" / "kanalstrategi").glob("danish-*.sqlite"))
        for path in (program, *program.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        yield Image(program, bin)
        for path in (program, *program.rglob("*")):  # so that it can be removed
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small site, built as here."""
    project = small(tmp_path_factory.mktemp("small") / "project")
    process = project.build(is_cold=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return project


@pytest.fixture(scope="module")
def site(image: Image, ordinary: Project) -> Iterator[Project]:
    """The same site, as another user's."""
    with tempfile.TemporaryDirectory(prefix="site-") as name:
        project = Project(Path(name) / "site")
        shutil.copytree(ordinary.root, project.root, ignore=shutil.ignore_patterns("kanalstrategi", "overrides", "scripts", "pyproject.toml", "site", ".cache"))
        Path(name).chmod(0o755)
        if os.geteuid() == 0:
            for path in (project.root, *project.root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield project


@pytest.mark.slow
def test_a_user_without_rights_home_and_git_can_do_everything(image: Image, site: Project, ordinary: Project) -> None:
    before = state(image.program)
    assert "Alt er i orden." in image.run(site, "kanalstrategi", "check")
    for command in ("addresses", "codeowners", "remind"):
        image.run(site, "kanalstrategi", command)
    for _ in range(2):  # the second replaces a site
        image.run(site, "python", "-m", "kanalstrategi.build.command", "--clean")
        assert are_same(site.site, ordinary.site)
    refused = image.start(site, "python", "-c", "from pathlib import Path; from kanalstrategi.cli.progress import main; main(Path('.'), ['--from-git'])")
    assert "git findes ikke på maskinen – installér git, eller udelad --from-git" in refused.communicate()[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    preview = image.start(site, "python", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    try:
        assert preview.stdout
        said = list(itertools.takewhile(lambda line: "Serving on" not in line, iter(preview.stdout.readline, "")))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            assert answer.status == 200, said
    finally:
        preview.kill()
        preview.communicate()
    assert state(image.program) == before


def state(folder: Path) -> dict[str, int]:
    """The time of each file in a folder."""
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}
