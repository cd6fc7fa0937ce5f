"""What the tests share: the project built once, copies of it to break, a browser, a web server."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import pytest
import servers
from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image, ImageFile
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.editor import download

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no fault of the site's

EPOCH = 1767225600  # 1 January 2026, the day after the strategy should have been evaluated
PUBLISHED = "https://example.org/under/path/"
OTHER_DOCUMENTS = ("retningslinjer", "samlet")
PRINTED = "        - strategi/\n        - kanaler/\n"
"""The pages of the document that `project` is left with."""
PARTS = ("docs", "macros", "overrides", "scripts", "mkdocs.yml")


# What the shell of whoever runs the tests may have set.
for name in ("SITE_URL", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)


def seconds(day: str) -> int:
    """Midnight UTC, as SOURCE_DATE_EPOCH counts."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86400


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write what is made as what is expected")


@dataclass(frozen=True)
class Project:
    """A copy of the project that a test may change."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> int:
        """Change the only occurrence of a text; gives the line that it stands on."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} holds {text.count(old)} of {old!r}"
        self.write(path, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def print_only(self, *pages: str) -> None:
        """Leave these pages in the only document: each takes its time."""
        self.replace("mkdocs.yml", PRINTED, "".join(f"        - {page}\n" for page in pages))

    def remove_documents(self) -> None:
        """Take the documents out, and the links to them from every page: a third of a build, for a test that looks at the web."""
        text = (self.root / "mkdocs.yml").read_text(encoding="utf-8")
        self.write("mkdocs.yml", re.sub(r"^  documents:.*?(?=^\S)", "", text, flags=re.MULTILINE | re.DOTALL))
        for file in (self.root / "docs").rglob("*.md"):
            text = file.read_text(encoding="utf-8")
            if "{{ download(" in text:
                file.write_text(re.sub(r"\{\{ download\(.*?\) \}\}", "", text), encoding="utf-8")

    def build(
        self, *arguments: str, epoch: int = EPOCH, site_url: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return run_mkdocs(self.root, *arguments, epoch=epoch, site_url=site_url, **environment)

    def check(self) -> list[str]:
        """The lines that scripts/check.py would print. In this process, since another spends most of its time on starting."""
        # WeasyPrint, where another test has loaded it, has Pillow take a picture that is cut off for a whole one.
        with mock.patch.object(ImageFile, "LOAD_TRUNCATED_IMAGES", False):
            told = "\n".join(map(str, find_diagnostics(self.root, os.environ)))
        told.encode("utf-8")  # which not every text of a page can be
        return re.split(r"\r\n?|\n", told) if told else []


def run_mkdocs(
    root: Path, *arguments: str, epoch: int = EPOCH, site_url: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Plain `mkdocs build --strict`, as anyone with the environment active would run it."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), **more}
    if site_url:
        environment["SITE_URL"] = site_url
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def project(whole_project: Project) -> Project:
    """The same with one document, since the others take longer than all the rest of a build."""
    lines = (whole_project.root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    for document in OTHER_DOCUMENTS:
        start = lines.index(f"    {document}:")
        end = next(number for number in range(start + 1, len(lines)) if not lines[number].startswith("      "))
        del lines[start:end]
    whole_project.write("mkdocs.yml", "\n".join(lines))
    whole_project.replace("docs/index.md", '{{ download("samlet") }}\n', "")
    return whole_project


@pytest.fixture
def whole_project(tmp_path: Path) -> Project:
    return copied(tmp_path / "project")


def copied(root: Path) -> Project:
    root.mkdir(exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / part)
    return Project(root)


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all workers of pytest-xdist read: the first that needs it makes it, while the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, finished = shared / name, shared / f"{name}.finished"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed, be it because the worker has died
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a worker that failed has left
            folder.mkdir()
            make(folder)
            finished.touch()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once for the whole run."""

    def make(folder: Path) -> None:
        done = run_mkdocs(ROOT, "--site-dir", str(folder / "site"))
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, "built", make) / "site"


@pytest.fixture(scope="session")
def site_on(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The site as it is built on some day, each day once for the whole run; without PDFs, but for the day of `site`."""

    def on(day: str) -> Path:
        def make(folder: Path) -> None:
            project = copied(folder)
            project.remove_documents()
            done = project.build(epoch=seconds(day))
            assert done.returncode == 0, done.stdout + done.stderr

        return site if seconds(day) == EPOCH else made_once(tmp_path_factory, f"built-{day}", make) / "site"

    return on


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows where it is published, with an editor, one document of one page, and a page that has moved and holds
    pictures and an aligned column."""

    def make(root: Path) -> None:
        download.fetch_decap()
        project = copied(root)
        (root / ".editor").symlink_to(download.CACHE)
        project.remove_documents()
        document = "  documents:\n    kort:\n      name: uddraget\n      opening: index.md\n      pages:\n        - strategi/formaal.md\n"
        editing = "  editing:\n    backend: github\n    repository: stedet/kanalstrategi\n    branch: main\n    sign_in: https://login.example.org\n"
        project.replace("mkdocs.yml", "extra:\n", f"extra:\n{editing}{document}")
        moved = root / "docs/strategi/formaal.md"
        former = "---\nredirects: [strategi/hvorfor/, pdf/gammel.pdf]\n"
        pictures = "\n\n![Et kort](../billeder/kort.png)\n\n![Et kort til](../billeder/kort.png)\n\n| Kanal | Antal |\n|---|---:|\n| Mail | 4 |\n"
        moved.write_text(moved.read_text(encoding="utf-8").replace("---\n", former, 1) + pictures, encoding="utf-8")
        Image.new("RGB", (640, 360), "#125a73").save(root / "docs/billeder/kort.png")
        done = run_mkdocs(root, site_url=PUBLISHED)
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, "published", make) / "site"


@pytest.fixture(scope="session")
def pdf(site: Path) -> Path:
    return site / "pdf" / "kanalstrategi.pdf"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served: not at the root of the host, but under a path."""
    root = tmp_path_factory.mktemp("served")
    (root / "under").mkdir()
    (root / "under" / "path").symlink_to(site)
    with serving(root) as where:
        yield f"{where}under/path/"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Where nginx serves the site, with its headers and as the configuration says that the build has written."""
    with servers.nginx(site) as where:
        yield where


@contextlib.contextmanager
def visiting(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page on a folder that is served, in a context of its own."""
    with serving(folder) as where:
        context = browser.new_context(base_url=where)
        yield context.new_page()
        context.close()


def every_page(site: Path) -> list[str]:
    """The addresses of the site's pages, from its own."""
    found = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    start = min(found, key=len)  # the front page
    return [address.removeprefix(start) for address in found] + ["404.html"]


AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextlib.contextmanager
def measuring(browser: Browser, address: str, width: int, script: str = "", **more: object) -> Iterator[BrowserContext]:
    """A context whose pages carry axe, and a script more, from the start: that no policy forbids, and it is sent once."""
    context = browser.new_context(base_url=address, viewport=ViewportSize(width=width, height=900), **more)  # type: ignore[arg-type]
    context.add_init_script(AXE_SCRIPT + script)
    yield context
    context.close()


def axe_finds(page: Page) -> list[str]:
    """What axe finds on a page as it is now, as `rule: element`."""
    return page.evaluate(  # type: ignore[no-any-return]
        """async tags => (await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })).violations
             .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(" ")}`))""",
        AXE_TAGS,
    )


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; gives the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()  # how soon it hears that it shall end
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
