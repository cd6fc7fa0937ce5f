"""The site is replaced all at once: whatever happens to a build, the previous site stays whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kanalstrategi.build import staging
from kanalstrategi.build.staged_files import StagedFiles
from tests.support.pages import add_table_without_headings
from tests.support.preview import wait_for
from tests.support.project import Project


@pytest.fixture
def old(project: Project) -> Project:
    project.print_only("strategi/formaal.md")
    project.write("site/index.html", "den forrige udgave")
    project.write("site/gammel/index.html", "en side, der ikke er der mere")
    return project


def processes_of(session: int) -> list[int]:
    """Return the ids of the processes in a session, from Linux's /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if int(facts[3]) == session and facts[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_old(project: Project) -> bool:
    return (project.site / "index.html").read_text(encoding="utf-8") == "den forrige udgave"


def test_a_finished_build_replaces_it_whole_but_for_hidden_files_of_a_web_root(old: Project) -> None:
    old.write("site/.git/HEAD", "ref")
    assert old.build().returncode == 0
    assert not is_old(old)
    assert not (old.site / "gammel").exists()
    assert (old.site / ".git" / "HEAD").read_text(encoding="utf-8") == "ref"
    assert list(old.root.glob(".site-*")) == []


def test_a_file_that_is_the_same_is_kept_and_one_that_differs_in_anything_is_not(tmp_path: Path) -> None:
    site = tmp_path / "site"
    same, changed, other_rights, linked = ("samme.html", "mappe/ny.html", "mappe/rettigheder.html", "link.html")
    target = tmp_path / "andetsteds.html"
    for folder, text in ((site, "forrige"), (staging.staging_folder(site), "nu")):
        (folder / "mappe").mkdir(parents=True)
        for name in (same, changed, other_rights, linked):
            (folder / name).write_text(text if name == changed else "det samme", encoding="utf-8")
    (site / other_rights).chmod(0o600)
    (site / linked).rename(target)
    (site / linked).symlink_to(target)
    before = {name: (site / name).lstat().st_ino for name in (same, changed, other_rights, linked)}
    staging.swap(staging.staging_folder(site), site)
    staging.remove_old_site(site)
    assert {name for name, inode in before.items() if (site / name).lstat().st_ino == inode} == {same}
    assert [(site / name).read_text(encoding="utf-8") for name in (same, changed, other_rights, linked)] == ["det samme", "nu", "det samme", "det samme"]
    assert all(file.stat().st_nlink == 1 for file in site.rglob("*.html")) and target.read_text(encoding="utf-8") == "det samme"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["andetsteds.html", "site"]


def test_the_former_site_stays_as_it_is_until_it_is_replaced(tmp_path: Path) -> None:
    site, new = tmp_path / "site", staging.staging_folder(tmp_path / "site")
    site.mkdir()
    new.mkdir()
    (site / "a.html").write_bytes(b"forrige")
    staged = StagedFiles(new, site)
    staged.write(new / "a.html", b"forrige")
    assert (new / "a.html").samefile(site / "a.html")
    staged.write(new / "a.html", b"nu")
    assert ((site / "a.html").read_bytes(), (new / "a.html").read_bytes()) == (b"forrige", b"nu")


def test_a_second_build_keeps_what_has_not_changed(old: Project) -> None:
    assert old.build().returncode == 0
    before = {file: file.stat() for file in old.site.rglob("*") if file.is_file()}
    page = old.root / "docs" / "strategi" / "vision-og-maal.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nEt afsnit mere.\n", encoding="utf-8")
    assert old.build().returncode == 0
    changed = {file.relative_to(old.site).as_posix() for file, facts in before.items() if not file.exists() or file.stat().st_ino != facts.st_ino}
    pages = {name for name in changed if name.endswith(".html")}
    assert pages == {"strategi/vision-og-maal/index.html"}, pages
    assert all(file.stat().st_nlink == 1 for file in old.site.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("moment", "how"),
    [
        ("Side 1 af", signal.SIGKILL),
        ("Side 11 af", signal.SIGKILL),
        ("Side 17 af", signal.SIGINT),  # Ctrl-C
        ("PDF 1 af", signal.SIGKILL),
        ("PDF 1 af", signal.SIGTERM),
        ("SITE_URL er ikke sat", signal.SIGKILL),
    ],
)
def test_a_killed_build_leaves_it(old: Project, moment: str, how: signal.Signals) -> None:
    if not moment.startswith("Side"):  # what comes before that moment may come from the cache
        old.warm()
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=old.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A background job of a shell ignores Ctrl-C. No thread runs in a worker of pytest-xdist that this could harm.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - see above
    )  # fmt: skip - laid out by hand, as a table
    assert process.stderr
    assert any(moment in line for line in process.stderr)
    process.send_signal(how)
    process.wait()
    process.stderr.close()
    wait_for(lambda: not processes_of(process.pid))  # it leaves no process behind, either
    # The old site is still there; or it has been replaced, and the new one is whole.
    assert is_old(old) or (moment == "SITE_URL er ikke sat" and (old.site / "pdf" / "kanalstrategi.pdf").is_file())
    assert old.build().returncode == 0
    assert list(old.root.glob(".site-*")) == []


def test_a_link_to_a_web_root_stays_a_link(old: Project) -> None:
    old.site.rename(old.root / "www")
    old.site.symlink_to(old.root / "www")
    for _ in range(2):
        assert old.build().returncode == 0
        assert old.site.is_symlink()
        assert (old.root / "www" / "pdf" / "kanalstrategi.pdf").is_file()


def test_killed_between_the_two_renames(tmp_path: Path) -> None:
    site = tmp_path / "site"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".site-old-{gone.pid}").mkdir()
    (tmp_path / f".site-old-{gone.pid}" / "index.html").write_text("den forrige udgave")
    (tmp_path / f".site-new-{gone.pid}").mkdir()
    new = staging.begin(site)
    assert (site / "index.html").read_text() == "den forrige udgave"
    assert list(tmp_path.glob(".site-*")) == [new]


def test_a_build_that_is_running_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / f".site-new-{os.getppid()}"
    other.mkdir()
    staging.begin(tmp_path / "site")
    assert other.is_dir()


def test_a_pdf_that_fails_stops_the_build(old: Project) -> None:
    add_table_without_headings(old, "docs/strategi/formaal.md")
    done = old.build()
    assert done.returncode == 1
    assert "pdf/kanalstrategi.pdf kunne ikke laves – den er ikke tilgængelig:\ndocs/strategi/formaal.md:1: en tabel har ingen overskrifter" in done.stdout
    assert is_old(old)
    assert list(old.root.glob(".site-*")) == []


def test_a_build_replaces_its_own_hidden_files_only(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in (".htaccess", ".nojekyll"):
        (site / name).write_text("old")
    new = staging.begin(site)
    (new / ".htaccess").write_text("new")
    staging.swap(new, site)
    staging.remove_old_site(site)
    assert ((site / ".htaccess").read_text(), (site / ".nojekyll").read_text()) == ("new", "old")
    assert list(tmp_path.iterdir()) == [site]


def test_hidden_files_survive_a_killed_replacement(tmp_path: Path) -> None:
    site = tmp_path / "site"
    gone = subprocess.Popen(["true"])
    gone.wait()
    for folder, name in ((site, "index.html"), (tmp_path / f".site-old-{gone.pid}", ".git")):
        folder.mkdir()
        (folder / name).write_text("kept")
    new = staging.begin(site)
    assert (site / ".git").read_text() == "kept"
    assert sorted(tmp_path.iterdir()) == sorted([site, new])
