"""A build is only left out where it would write the site that stands; whatever it depends on, a change of it makes it build."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kanalstrategi.build import up_to_date
from kanalstrategi.build.cache import CACHE_FOLDER
from kanalstrategi.build.up_to_date import RECORD, VARIABLES, Inputs, read_inputs
from kanalstrategi.content.link_record import LINK_RECORD
from kanalstrategi.content.published_urls import RECORD_FILE
from kanalstrategi.danish.local_date import date_in_denmark
from kanalstrategi.design import theme
from tests.support.pages import small
from tests.support.project import PROGRAM, ROOT, Project

PAGE = "docs/strategi/formaal.md"
ENVIRONMENT = {"SHLVL": "1", "SITE_URL": "https://example.org/"}
AUDIT = """
import os, sys

root, log = os.environ["AUDITED"] + os.sep, open(os.environ["AUDIT_LOG"], "a", buffering=1)

def audit(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        path = os.path.abspath(arguments[0])
        if path.startswith(root):
            log.write(path.removeprefix(root) + "\\n")

sys.addaudithook(audit)
"""


OF_THE_PROGRAM = (
    "kanalstrategi/content/model.py", "macros/quotes.py", "overrides/theme/main.html", "overrides/pdf/print.css", "pages/redaktoer/index.md",
    "pages/skabeloner/svar.md",
)  # fmt: skip - a list of files, several a line
"""Files of the program that stand for all of it: nothing here runs it."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few files, the program included: each test reads all of them several times."""
    project = small(tmp_path_factory.mktemp("pages") / "project")
    for part in PROGRAM:
        (project.root / part).unlink()
    for path in (*OF_THE_PROGRAM, "docs/skabeloner/retningslinje.md"):
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, project.root / path)
    return project.root


@pytest.fixture
def built(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project, with its own program, whose site looks as if it had just been built."""
    project = Project(tmp_path / "project")
    shutil.copytree(pages, project.root)
    for name, folder in {"PACKAGE": "kanalstrategi", "OVERRIDES": "overrides", "PAGES": "pages", "MACROS": "macros"}.items():
        monkeypatch.setattr(theme, name, project.root / folder)
    project.write("addresses.txt", "strategi/formaal/\n")
    project.write(LINK_RECORD, '{"https://example.org/": {}}')
    project.write("docs/billeder/nyt.svg", "<svg>e</svg>")
    project.write("site/index.html", "forsiden")
    project.write("site/strategi/formaal/index.html", "formålet")
    project.write("site/.htaccess", "regler")
    project.write("site/.git/HEAD", "ref")
    inputs_of(project).record()
    assert is_up_to_date(project)
    return project


def inputs_of(project: Project, *arguments: str, **environment: str) -> Inputs:
    inputs = read_inputs(project.root, arguments, {**ENVIRONMENT, **environment})
    assert inputs
    return inputs


def is_up_to_date(project: Project, *arguments: str, **environment: str) -> bool:
    inputs = read_inputs(project.root, arguments, {**ENVIRONMENT, **environment})
    return inputs is not None and inputs.are_those_of_the_site()


def edit_unnoticed(file: Path) -> None:
    """Change one letter of a file, and nothing that the file system tells of it but when it was done."""
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"e", b"a", 1))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def append(file: Path) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n")


@pytest.mark.parametrize("change", [edit_unnoticed, append, Path.unlink], ids=["edited", "longer", "removed"])
@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "docs/billeder/nyt.svg",
        "docs/skabeloner/retningslinje.md",
        "mkdocs.yml",
        RECORD_FILE,
        LINK_RECORD,
        "macros/quotes.py",
        "kanalstrategi/content/model.py",
        "overrides/theme/main.html",
        "overrides/pdf/print.css",
        "pages/redaktoer/index.md",
        "pages/skabeloner/svar.md",
    ],
)  # fmt: skip - grouped by kind, not one per line
def test_a_changed_file_is_built(built: Project, path: str, change: Callable[[Path], None]) -> None:
    change(built.root / path)
    assert not is_up_to_date(built)


@pytest.mark.parametrize(
    "path",
    [
        ".evidence.json",
        "docs/strategi/ny.md",
        "docs/ny/index.md",
        "macros/own.py",
        "macros.py",
        "kanalstrategi/nyt.py",
        "overrides/theme/partials/ny.html",
    ],
)
def test_an_added_file_is_built(built: Project, path: str) -> None:
    built.write(path, "")
    assert not is_up_to_date(built)


def test_a_renamed_page_is_built(built: Project) -> None:
    (built.root / PAGE).rename(built.root / "docs/strategi/formaalet.md")
    assert not is_up_to_date(built)


def test_the_theme_of_a_site_is_looked_at_wherever_it_is(built: Project) -> None:
    built.replace("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: eget\n")
    built.write("eget/main.html", "")
    inputs_of(built).record()
    assert is_up_to_date(built)
    built.write("eget/main.html", "{# #}")
    assert not is_up_to_date(built)


def test_what_no_build_reads_may_change(built: Project) -> None:
    for path in ("README.md", "tests/test_eget.py", "kanalstrategi/__pycache__/model.pyc", ".cache/cache.sqlite", "byg.log", "site/.git/index"):
        built.write(path, "noget")
    assert is_up_to_date(built, SHLVL="2", OLDPWD="/")


@pytest.mark.parametrize("change", [append, Path.unlink, Path.touch], ids=["longer", "removed", "touched"])
@pytest.mark.parametrize("path", ["index.html", "strategi/formaal/index.html", ".htaccess"])
def test_a_site_that_somebody_has_changed_is_built_again(built: Project, path: str, change: Callable[[Path], None]) -> None:
    change(built.site / path)
    assert not is_up_to_date(built)


def test_a_site_that_is_gone_or_has_more_files_is_built_again(built: Project) -> None:
    built.write("site/fremmed.html", "")
    assert not is_up_to_date(built)
    (built.site / "fremmed.html").unlink()
    assert is_up_to_date(built)
    built.site.rename(built.root / "flyttet")
    assert not is_up_to_date(built)


@pytest.mark.parametrize("environment", [{"SITE_URL": "https://example.org/andet/"}, {"PDF_ENGINE": "pdfkit"}, *({name: "1"} for name in VARIABLES)])
def test_another_environment_is_built(built: Project, environment: dict[str, str]) -> None:
    assert not is_up_to_date(built, **environment)
    inputs_of(built, **environment).record()
    assert is_up_to_date(built, **environment) and not is_up_to_date(built)


def test_every_variable_that_the_program_reads_is_looked_at() -> None:
    reading = re.compile(r"(?:os\.environ|environment)(?:\.get\(|\[)[\"'](\w+)")
    # Commands that build nothing, such as the reminders, are in a folder of their own.
    files = [file for folder in ("kanalstrategi", "macros") for file in (ROOT / folder).rglob("*.py") if "cli" not in file.parts]
    read = {name for file in files for name in reading.findall(file.read_text(encoding="utf-8"))}
    # PDF_ENGINE is only set, for mkdocs.yml; SITE_URL is read there too, and by the paper on a proposal; PATH is where programs are found.
    assert read - {"PDF_ENGINE", "SITE_URL", "PATH"} == set(VARIABLES)


def test_another_day_is_built(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = date_in_denmark() + timedelta(days=1)
    monkeypatch.setattr(up_to_date, "date_in_denmark", lambda: tomorrow)
    assert not is_up_to_date(built)


def test_another_version_of_a_package_is_built(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "library" / "mkdocs-1.6.1.dist-info"
    package.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(package.parent)])
    inputs_of(built).record()
    assert is_up_to_date(built)
    package.rename(package.with_name("mkdocs-1.6.2.dist-info"))
    assert not is_up_to_date(built)


def test_another_python_is_built(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert not is_up_to_date(built)


def test_another_folder_is_built(built: Project) -> None:
    for arguments in (["--site-dir", "andet"], ["-d", "andet"], ["--site-dir=andet"]):
        assert not is_up_to_date(built, *arguments)
    built.write("andet/index.html", "")
    inputs_of(built, "-d", "andet").record()
    assert is_up_to_date(built, "--site-dir", "andet") and not is_up_to_date(built)
    built.write("mkdocs.yml", (built.root / "mkdocs.yml").read_text(encoding="utf-8") + "\nsite_dir: andet\n")
    assert inputs_of(built).site == built.root / "andet"


@pytest.mark.parametrize("argument", ["--clean", "-c", "--dirty", "--no-strict", "--verbose", "--config-file=andet.yml", "--site-dir", "andet"])
def test_any_other_argument_is_built(built: Project, argument: str) -> None:
    assert not is_up_to_date(built, argument)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plugins:\n", "hooks:\n  - warning.py\n\nplugins:\n"),
        ("plugins:\n", "plugins:\n  - search\n"),
        ("      module_name: macros\n", "      module_name: macros\n      include_yaml: [tal.yml]\n"),
        ("      module_name: macros\n", "      module_name: andre\n"),
        ("plugins:\n", "INHERIT: andet.yml\n\nplugins:\n"),
        ("plugins:\n", "docs_dir: sider\n\nplugins:\n"),
        ("plugins:\n", "site_dir: !ENV UD\n\nplugins:\n"),
        ("  name: material\n", "  name: material\n  custom_dir: !ENV UD\n"),
        ("plugins:\n", "plugins: [\n"),
    ],
    ids=["hook", "plugin", "file of a plugin", "module", "inherited", "content elsewhere", "site by variable", "theme by variable", "no YAML"],
)
def test_a_project_whose_inputs_are_not_known_is_always_built(built: Project, old: str, new: str) -> None:
    built.replace("mkdocs.yml", old, new)
    assert read_inputs(built.root, [], {}) is None


def test_a_project_with_a_link_is_always_built(built: Project) -> None:
    (built.root / "docs/strategi/andet.md").symlink_to(built.root / "README.md")
    assert read_inputs(built.root, [], {}) is None


def test_a_project_that_is_edited_while_it_is_built_is_built_again(built: Project) -> None:
    before = inputs_of(built)
    append(built.root / PAGE)
    built.write("site/index.html", "forsiden, bygget igen")
    before.record()
    assert not is_up_to_date(built)


@pytest.mark.parametrize("damage", [lambda text: text[:-1], lambda text: b"", lambda text: b"\xff" + text, lambda text: text[::-1]])
def test_a_damaged_record_costs_a_build(built: Project, damage: Callable[[bytes], bytes]) -> None:
    record = built.root / RECORD
    record.write_bytes(damage(record.read_bytes()))
    assert not is_up_to_date(built)
    record.unlink()
    record.mkdir()
    assert not is_up_to_date(built)
    inputs_of(built).record()  # cannot be written, which is no error


def test_the_record_is_in_the_cache() -> None:
    assert Path(RECORD).parent == Path(CACHE_FOLDER)


def test_what_is_known_suffices(project: Project, tmp_path: Path) -> None:
    """Three builds by the command. The second one does nothing, and reads every file that the first one has read."""
    project.print_only("strategi/formaal.md")
    log = tmp_path / "opened.txt"
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")  # loaded by every process, those that make PDFs too
    audited = {"PYTHONPATH": str(tmp_path / "audit"), "AUDITED": str(project.root), "AUDIT_LOG": str(log)}

    def build() -> tuple[str, set[str]]:
        log.write_text("", encoding="utf-8")
        command = [sys.executable, "-m", "kanalstrategi.build.command"]
        process = subprocess.run(command, cwd=project.root, env={**os.environ, **audited}, capture_output=True, text=True)
        assert process.returncode == 0, process.stdout + process.stderr
        # What a build writes itself; `site` without more is a folder of that name in a temporary one, which is opened to be removed.
        ours = re.compile(r"\.site-new-|site(?:/|$)|\.cache/|.*__pycache__/")
        return process.stderr, {path for path in log.read_text(encoding="utf-8").splitlines() if not ours.match(path)}

    said, read = build()
    assert "Færdig: " in said and PAGE in read
    built = (project.site / "index.html").stat()
    said, looked_at = build()
    assert said == "Uændret: site/ er allerede bygget af det samme – byg alligevel med --clean\n"
    assert (project.site / "index.html").stat() == built
    assert read - looked_at == set()
    append(project.root / PAGE)
    assert "Færdig: " in build()[0]


def test_a_build_that_fails_is_tried_again(project: Project) -> None:
    project.replace(PAGE, "\n## Strategiens", '\n{{ rules("ukendt") }}\n\n## Strategiens')
    for _ in range(2):
        process = subprocess.run([sys.executable, "-m", "kanalstrategi.build.command"], cwd=project.root, capture_output=True, text=True)
        assert process.returncode == 1 and "kanalen ukendt findes ikke" in process.stdout + process.stderr
    assert not (project.root / RECORD).exists()
