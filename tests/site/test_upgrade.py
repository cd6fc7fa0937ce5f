"""A checkout that an earlier version has built can be built with this one, without any manual step.

That its virtual environment is renewed is tested in tests/unit/test_environment.py.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kanalstrategi.build.cache import CACHE_FOLDER
from kanalstrategi.publishing.servers.served_files import FORMER_MARKERS
from tests.support.project import Project

FORMER_CACHE = "kept.sqlite"
FORMER_TABLE = "CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
"""The file and the table of the cache up to commit 1aa2ff1."""


@pytest.mark.parametrize("marker", FORMER_MARKERS)
def test_a_checkout_of_an_earlier_version_builds(project: Project, marker: str) -> None:
    project.remove_documents()
    cache = project.root / CACHE_FOLDER
    cache.mkdir()
    with closing(sqlite3.connect(cache / FORMER_CACHE)) as database, database:
        database.execute(FORMER_TABLE)
        database.execute("INSERT INTO kept VALUES (?, ?, ?)", (b"key", b"value", 20_000))
    project.write("site/.htaccess", f"# {marker}\nRedirect 301 /gammel /\n")
    project.write("site/index.html", "den forrige udgave")
    project.write("site/gammel/index.html", "en side, der ikke er der mere")

    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    assert "WARNING" not in process.stderr and ".htaccess" not in process.stdout + process.stderr
    assert [file.name for file in cache.iterdir()] == ["cache.sqlite"]
    htaccess = (project.site / ".htaccess").read_text(encoding="utf-8")
    assert marker not in htaccess and "/gammel" not in htaccess
    assert "den forrige udgave" not in (project.site / "index.html").read_text(encoding="utf-8")
    assert not (project.site / "gammel").exists()
    assert list(project.root.glob(".site-*")) == []


def test_a_configuration_without_the_plugin_is_refused(project: Project) -> None:
    """mkdocs-macros alone would run what a page says."""
    project.replace("mkdocs.yml", "  - kanalstrategi\n", "")
    project.write("site/index.html", "den forrige udgave")
    page = project.root / "docs/strategi/formaal.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n{{ cycler.__init__.__globals__.os.popen('touch ramt').read() }}\n", encoding="utf-8")
    process = project.build()
    assert process.returncode == 1
    assert "mkdocs.yml: pluginet kanalstrategi mangler – skriv `- kanalstrategi` under `- macros:` i plugins" in process.stdout + process.stderr
    assert "Traceback" not in process.stderr
    assert not (project.root / "ramt").exists()
    assert project.site.joinpath("index.html").read_text(encoding="utf-8") == "den forrige udgave"
