"""The preview shows an edit, and a page that cannot be built does not end it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.project import Project

PAGE = "docs/strategi/formaal.md"


@pytest.fixture
def preview(project: Project) -> Iterator[tuple[Project, str]]:
    log = project.root / "log"
    with socket.socket() as probe:  # MkDocs cannot be asked which port it chose
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project.root, stdout=output, stderr=output, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            address = wait_for(lambda: re.search(r"Serving on (http://\S+)", log.read_text(encoding="utf-8")))
            yield project, address.group(1)
        finally:
            process.kill()
            process.wait()


def wait_for(question, seconds: float = 20):  # type: ignore[no-untyped-def]
    """The first answer that counts as true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError("no answer in time")


def test_an_edit_shows_and_a_mistake_is_told_of(preview: tuple[Project, str]) -> None:
    project, address = preview
    before = (project.root / PAGE).read_text(encoding="utf-8")

    def shows(text: str) -> bool:
        with urllib.request.urlopen(f"{address}strategi/formaal/") as answer:
            return text in answer.read().decode()

    wait_for(lambda: shows("Kerneopgaven"))
    project.write(PAGE, before + "\nEn ny sætning.\n")
    wait_for(lambda: shows("En ny sætning."))
    project.write(PAGE, before + '\n{{ rules("ukendt") }}\n')
    wait_for(lambda: "kanalen ukendt findes ikke" in (project.root / "log").read_text(encoding="utf-8"))
    project.write(PAGE, before + "\nRettet igen.\n")
    wait_for(lambda: shows("Rettet igen."))


def test_the_search_is_made_when_somebody_searches(preview: tuple[Project, str]) -> None:
    project, address = preview

    def known() -> str:
        with urllib.request.urlopen(f"{address}search/index.json") as answer:
            return str(json.load(answer)["words"])

    assert "kerneopgave" in known()
    before = (project.root / PAGE).read_text(encoding="utf-8")
    project.write(PAGE, before + "\nOm kvikkelikvak.\n")
    wait_for(lambda: "kvikkelikvak" in known())


def test_what_a_save_has_not_changed_shows_what_it_says_of_the_rest(preview: tuple[Project, str]) -> None:
    """Such pages are made when somebody asks for them."""
    project, address = preview

    def page(path: str) -> str:
        with urllib.request.urlopen(address + path) as answer:
            return str(answer.read().decode())

    assert "Digital inklusion" in page("kanaler/")
    project.replace("docs/strategi/digital-inklusion.md", "\n# Digital inklusion", "\n# Inklusion for alle")
    wait_for(lambda: "Inklusion for alle" in page("strategi/digital-inklusion/"))
    assert "Inklusion for alle" in page("kanaler/")  # in its menu
    assert "Inklusion for alle" in page("soeg/") and "Inklusion for alle" in page("")
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "journalisering overholdes\n", "journalisering følges nøje\n")
    wait_for(lambda: "følges nøje" in page("kanaler/telefon-og-videomoeder/"))
    assert "følges nøje" in page("retningslinjer/skoler")  # which leads to the address with a slash
    assert "følges nøje" in page("regler/index.html")
    assert "laves ikke i forhåndsvisningen" in page("strategi/formaal/")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        page("retningslinjer/ukendt/")


def test_many_who_ask_at_once_get_whole_pages(preview: tuple[Project, str]) -> None:
    project, address = preview
    paths = ["", "kanaler/", "regler/", "retningslinjer/skoler/", "soeg/", "search/index.json"]

    def ask(path: str) -> bytes:
        with urllib.request.urlopen(address + path) as answer:
            return bytes(answer.read())

    for number in range(3):
        text = (project.root / PAGE).read_text(encoding="utf-8")
        project.write(PAGE, text + f"\nRunde {number}.\n")
        wait_for(lambda number=number: f"Runde {number}.".encode() in ask("strategi/formaal/"))
        with ThreadPoolExecutor(12) as pool:
            for path, content in zip(4 * paths, pool.map(ask, 4 * paths), strict=True):
                assert content.rstrip().endswith(b"}" if path.endswith("json") else b"</html>"), path
