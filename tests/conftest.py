"""Fixtures: the project's own site, built once; copies of the project to change; a browser; the site served."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from kanalstrategi.editor import download
from kanalstrategi.markdown.parser import parse
from tests.support import project as projects
from tests.support.evidence import MARKER_HELP, EvidenceRecorder
from tests.support.installed import library, wheel
from tests.support.preview import previewing
from tests.support.project import EPOCH, PUBLISHED, PUBLISHED_PATH, ROOT, Project, built_once, copied, run_mkdocs, seconds
from tests.support.servers import apache, nginx, serving

NOT_NEEDED = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,LensOverlay,MediaRouter,OptimizationHints,PaintHolding"
)
"""Features of Chromium. The first three start a process more for each context, which takes longer than the rest of a short test; Playwright
turns the others off, and this option replaces its own."""

__all__ = ["library", "wheel"]  # fixtures

# A busy machine must not fail a test.
expect.set_options(timeout=60_000)  # milliseconds
settings.register_profile("any-machine", deadline=None, derandomize=True)  # the same examples everywhere
settings.load_profile("any-machine")

# What a contributor's shell may have set. Without the last two, each process that tests start would compile the program anew, and write
# a line in pieces, between which another process may write.
for name in ("SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
    os.environ.pop(name, None)

# Reading the project is mostly parsing its pages, and tests read it hundreds of times with one page changed. Those that measure the
# parsing give `read_project` the parser itself.
pytest.MonkeyPatch().setattr("kanalstrategi.content.project.parse", functools.lru_cache(maxsize=2000)(parse))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our command-line option."""
    parser.addoption("--renew-golden", action="store_true", help="write the actual output to the golden files")


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests write down what they show about accessibility, and the programs that they start end at a Ctrl-C.

    A shell that runs the tests in the background has them ignore it, and what they start would, too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", MARKER_HELP)
    config.pluginmanager.register(EvidenceRecorder(ROOT, is_worker=hasattr(config, "workerinput")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow tests, so that none of them is left alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Leave thousands of tests, which stay until the end, out of every search for garbage from now on."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lets projects find the cache and the program that they share."""
    projects.folders = tmp_path_factory
    yield
    if projects.shared_program.cache_info().currsize:
        of_copies = projects.program_of(projects.shared_program())
        assert of_copies == projects.program_of(ROOT), "a test has changed the program that all copies share: let it call own_program()"


@pytest.fixture
def whole_project(tmp_path: Path) -> Project:
    """A copy of the project with all its documents."""
    return copied(tmp_path / "project")


@pytest.fixture
def project(whole_project: Project) -> Project:
    """A copy of the project with one document, since the others take longer than all the rest of a build."""
    whole_project.remove_other_documents()
    return whole_project


@pytest.fixture
def preview(project: Project) -> Iterator[tuple[Project, str]]:
    """A copy of the project, and the URL of its preview."""
    with previewing(project) as url:
        yield project, url


@pytest.fixture(scope="module")
def no_collector() -> Iterator[None]:
    """Without the garbage collector, which runs when it likes: for tests that measure time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once for the whole run."""

    def build(folder: Path) -> None:
        process = run_mkdocs(ROOT, "--site-dir", str(folder / "site"))
        assert process.returncode == 0, process.stdout + process.stderr

    return built_once(tmp_path_factory, "built", build) / "site"


@pytest.fixture(scope="session")
def site_on(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that returns the site as built on some day. Each day is built once for the whole run; only the day of `site` has PDFs."""

    def on(day: str) -> Path:
        def build(folder: Path) -> None:
            project = copied(folder)
            project.remove_documents()
            process = project.build(epoch=seconds(day))
            assert process.returncode == 0, process.stdout + process.stderr

        return site if seconds(day) == EPOCH else built_once(tmp_path_factory, f"built-{day}", build) / "site"

    return on


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows its own URL, with an editor, one document of one page, and a moved page that holds images and an
    aligned column."""

    def build(root: Path) -> None:
        download.fetch_editor()
        project = copied(root)
        (root / ".editor").symlink_to(download.CACHE)
        project.remove_documents()
        document = "  documents:\n    kort:\n      name: uddraget\n      opening: index.md\n      pages:\n        - strategi/formaal.md\n"
        editing = "  editing:\n    backend: github\n    repository: stedet/kanalstrategi\n    branch: main\n    sign_in: https://login.example.org\n"
        project.replace("mkdocs.yml", "extra:\n", f"extra:\n{editing}{document}")
        moved = root / "docs/strategi/formaal.md"
        former = "---\nredirects: [strategi/hvorfor/, pdf/gammel.pdf]\n"
        images = "\n\n![Et kort](../billeder/kort.png)\n\n![Et kort til](../billeder/kort.png)\n\n| Kanal | Antal |\n|---|---:|\n| Mail | 4 |\n"
        moved.write_text(moved.read_text(encoding="utf-8").replace("---\n", former, 1) + images, encoding="utf-8")
        Image.new("RGB", (640, 360), "#125a73").save(root / "docs/billeder/kort.png")
        process = run_mkdocs(root, site_url=PUBLISHED)
        assert process.returncode == 0, process.stdout + process.stderr

    return built_once(tmp_path_factory, "published", build) / "site"


@pytest.fixture(scope="session")
def published_with_hidden(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `published` with hidden files."""
    copy = tmp_path_factory.mktemp("hidden") / "site"
    shutil.copytree(published, copy, copy_function=os.link)
    for path in (".git/HEAD", "kanaler/.hidden", ".well-known/acme-challenge/proof"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text("location of Headers")
    return copy


@pytest.fixture(scope="session")
def pdf(site: Path) -> Path:
    """The PDF of the strategy, of the project's own site."""
    return site / "pdf" / "kanalstrategi.pdf"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as installed on the machine."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", f"--disable-features={NOT_NEEDED}"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def url(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL at which the site is served: not the root of the host, but a path below it."""
    root = tmp_path_factory.mktemp("served")
    (root / "under").mkdir()
    (root / "under" / "path").symlink_to(site)
    with serving(root) as host:
        yield f"{host}under/path/"


@pytest.fixture(scope="session")
def nginx_url(site: Path) -> Iterator[str]:
    """The URL at which nginx serves the site with its headers, configured as the build has written it."""
    with nginx(site) as url:
        yield url


@pytest.fixture(scope="module", params=["nginx", "apache"])
def server(request: pytest.FixtureRequest) -> str:
    """The name of a web server, each in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def published_url(published_with_hidden: Path, server: str) -> Iterator[str]:
    """The URL at which that server serves `published`, below its path, with hidden files added that must not be served."""
    serve = {"nginx": nginx, "apache": apache}[server]
    with serve(published_with_hidden, PUBLISHED_PATH) as url:
        yield url
