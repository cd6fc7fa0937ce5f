"""The preview shows every edit, and survives a page that cannot be built."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.pages import small
from tests.support.preview import previewing, wait_for
from tests.support.project import Project

PAGE = "docs/strategi/formaal.md"

_SAVED_MEANWHILE = """
from pathlib import Path

from mkdocs.plugins import event_priority

@event_priority(100)
def on_serve(server, **_):
    serve, saves = server.get_app(), []

    def app(environ, start_response):
        if environ["PATH_INFO"] == "/strategi/formaal/" and not saves:
            saves.append("one")
            before = server._wanted_epoch
            page = Path("docs/index.md")
            page.write_bytes(page.read_bytes() + b"\\nGemt imens.\\n")
            with server._epoch_cond:
                assert server._epoch_cond.wait_for(lambda: server._visible_epoch > before, timeout=50)
        return serve(environ, start_response)

    server.set_app(app)
"""
"""A hook that saves another page, and waits for its build, after the first page asked for has been rendered and before it is read."""


def test_an_edit_is_shown_and_a_mistake_reported(preview: tuple[Project, str]) -> None:
    project, url = preview
    before = (project.root / PAGE).read_text(encoding="utf-8")

    def shows(text: str) -> bool:
        with urllib.request.urlopen(f"{url}strategi/formaal/") as answer:
            return text in answer.read().decode()

    wait_for(lambda: shows("Kerneopgaven"))
    project.write(PAGE, before + "\nEn ny sætning.\n")
    wait_for(lambda: shows("En ny sætning."))
    project.write(PAGE, before + '\n{{ rules("ukendt") }}\n')
    wait_for(lambda: "kanalen ukendt findes ikke" in (project.root / "log").read_text(encoding="utf-8"))
    project.write(PAGE, before + "\nRettet igen.\n")
    wait_for(lambda: shows("Rettet igen."))


def test_the_search_index_is_built_on_request(preview: tuple[Project, str]) -> None:
    project, url = preview

    def known() -> str:
        with urllib.request.urlopen(f"{url}search/index.json") as answer:
            return str(json.load(answer)["words"])

    assert "kerneopgave" in known()
    before = (project.root / PAGE).read_text(encoding="utf-8")
    project.write(PAGE, before + "\nOm kvikkelikvak.\n")
    wait_for(lambda: "kvikkelikvak" in known())


def test_unchanged_pages_show_changes_elsewhere(preview: tuple[Project, str]) -> None:
    """Such pages are rendered on request."""
    project, url = preview

    def page(path: str) -> str:
        with urllib.request.urlopen(url + path) as answer:
            return str(answer.read().decode())

    assert "Digital inklusion" in page("strategi/formaal/")
    project.replace("docs/strategi/digital-inklusion.md", "\n# Digital inklusion", "\n# Inklusion for alle")
    wait_for(lambda: "Inklusion for alle" in page("strategi/digital-inklusion/"))
    assert "Inklusion for alle" in page("strategi/formaal/")  # in its menu
    assert "Inklusion for alle" in page("soeg/") and "Inklusion for alle" in page("")
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "journalisering overholdes\n", "journalisering følges nøje\n")
    wait_for(lambda: "følges nøje" in page("kanaler/telefon-og-videomoeder/"))
    assert "følges nøje" in page("retningslinjer/skoler")  # which redirects to the URL with a slash
    assert "følges nøje" in page("regler/index.html")
    assert "PDF – laves, når du åbner den" in page("strategi/formaal/")
    with urllib.request.urlopen(f"{url}word/retningslinjer-skoler.docx") as answer, zipfile.ZipFile(BytesIO(answer.read())) as word:
        assert "følges nøje" in word.read("word/document.xml").decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        page("retningslinjer/ukendt/")


def test_concurrent_requests_get_whole_pages(preview: tuple[Project, str]) -> None:
    project, url = preview
    paths = ["", "kanaler/", "regler/", "retningslinjer/skoler/", "soeg/", "search/index.json"]

    def ask(path: str) -> bytes:
        with urllib.request.urlopen(url + path) as answer:
            return bytes(answer.read())

    for number in range(3):
        text = (project.root / PAGE).read_text(encoding="utf-8")
        project.write(PAGE, text + f"\nRunde {number}.\n")
        wait_for(lambda number=number: f"Runde {number}.".encode() in ask("strategi/formaal/"))  # type: ignore[misc]  # a default that binds the loop variable
        with ThreadPoolExecutor(12) as pool:
            for path, content in zip(4 * paths, pool.map(ask, 4 * paths), strict=True):
                assert content.rstrip().endswith(b"}" if path.endswith("json") else b"</html>"), path


def test_a_page_asked_for_while_another_is_saved_is_shown(tmp_path: Path) -> None:
    project = small(tmp_path / "project")
    project.replace("mkdocs.yml", "plugins:\n", "hooks:\n  - saved_meanwhile.py\n\nplugins:\n")
    project.write("saved_meanwhile.py", _SAVED_MEANWHILE)
    with previewing(project) as url, urllib.request.urlopen(f"{url}strategi/formaal/") as answer:
        assert "</main>" in answer.read().decode()
