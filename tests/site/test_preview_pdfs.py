"""The preview makes a document when someone opens it, from what it shows, and says in Danish what keeps it from doing so."""

from __future__ import annotations

import http.client
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.adopted_text import pdf_text
from tests.support.pages import FRONT, small
from tests.support.pdf_engine import ENGINE, LAYS_OUT
from tests.support.preview import previewing, wait_for
from tests.support.processes import is_running
from tests.support.project import EPOCH, Project

PAGE, DOCUMENT = "docs/strategi/formaal.md", "pdf/kort.pdf"
AUDITS = "    try:\n        diagnostics = audit(file, print_text(document), is_archive=True)\n"
"""The first lines of what the engine does after laying out."""


@dataclass(frozen=True)
class Response:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Preview:
    project: Project
    url: str

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Send a request as it stands: nothing in the path is resolved."""
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(self.url).port or 80, timeout=50)
        connection.request(method, f"/{path}", headers=headers)
        answer = connection.getresponse()
        found = Response(answer.status, answer.headers, answer.read())
        connection.close()
        return found

    def write(self, text: str) -> None:
        """Write the only page of the document, and wait until the preview shows it."""
        self.project.write(PAGE, FRONT.format(description="Prøve") + text)
        wait_for(lambda: text.split("\n")[0].encode() in self.ask("strategi/formaal/").body)

    def log(self) -> str:
        return (self.project.root / "log").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    monkeypatch.delenv("ALLOW_UNTAGGED", raising=False)
    return small(tmp_path / "project")


@pytest.fixture
def preview(project: Project) -> Iterator[Preview]:
    with previewing(project) as url:
        preview = Preview(project, url)
        yield preview
        assert "Traceback" not in preview.log()


def text_of(answer: Response, folder: Path) -> str:
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/pdf", answer.body
    file = folder / "answer.pdf"
    file.write_bytes(answer.body)
    return pdf_text(file)


def test_the_document_of_the_edition_in_force_is_at_its_name_too(project: Project, tmp_path: Path) -> None:
    project.replace("docs/index.md", "adopted: ", "edition: 2023-2025\nadopted: ")
    project.write("docs/udgaver/2023-2025/svar.md", FRONT.format(description="Svar") + "Ingen har svaret.\n")
    with previewing(project) as url:
        preview = Preview(project, url)
        assert text_of(preview.ask(f"udgaver/2023-2025/{DOCUMENT}"), tmp_path) == text_of(preview.ask(DOCUMENT), tmp_path)


def test_a_document_is_that_of_the_build_and_of_the_last_save(preview: Preview, tmp_path: Path) -> None:
    assert "PDF – laves, når du åbner den" in preview.ask("").body.decode()
    answer = preview.ask(DOCUMENT)
    assert "tekst om formålet" in text_of(answer, tmp_path)
    assert answer.headers["Cache-Control"] == "no-store" and int(answer.headers["Content-Length"]) == len(answer.body)
    head = preview.ask(DOCUMENT, "HEAD")
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(answer.body)), b"")
    assert preview.ask(DOCUMENT).body == answer.body
    assert preview.log().count("pdf/kort.pdf er lavet: ") == 1
    for number in range(3):
        preview.write(f"Udgave nummer {number}.")
        assert f"udgave nummer {number}." in text_of(preview.ask(DOCUMENT), tmp_path)
    shown = preview.ask(DOCUMENT).body
    assert preview.project.build("-d", str(tmp_path / "site")).returncode == 0
    assert (tmp_path / "site" / DOCUMENT).read_bytes() == shown


def test_a_cached_document_is_not_made_again(project: Project) -> None:
    assert project.build().returncode == 0
    with previewing(project) as url:
        preview = Preview(project, url)
        assert preview.ask(DOCUMENT).body == (project.site / DOCUMENT).read_bytes()
        assert "er lavet" not in preview.log()


def test_requests_at_once_and_a_save_meanwhile_get_the_newest_document_once(project: Project, tmp_path: Path) -> None:
    waits = "    import time\n    with open('begun', 'a') as begun:\n        begun.write('x')\n    while not Path('go').exists():\n        time.sleep(0.05)\n"
    project.replace(ENGINE, LAYS_OUT, waits + LAYS_OUT)
    with previewing(project) as url, ThreadPoolExecutor(6) as pool:
        preview = Preview(project, url)
        asked = [pool.submit(preview.ask, DOCUMENT) for _ in range(6)]
        wait_for((project.root / "begun").exists)
        (project.root / "go").touch()
        assert len({answer.result().body for answer in asked}) == 1
        assert (project.root / "begun").read_text() == "x"
        preview.write("Først sådan.")
        for name in ("begun", "go"):
            (project.root / name).unlink()
        late = pool.submit(preview.ask, DOCUMENT)
        wait_for((project.root / "begun").exists)
        preview.write("Derefter sådan.")
        (project.root / "go").touch()
        newest = text_of(late.result(), tmp_path)
        assert "derefter sådan." in newest and "først" not in newest


def test_the_audit_is_reported_after_the_document_has_been_shown(project: Project) -> None:
    """Unless there is a newer one by then."""
    waits = "        import time\n        Path('audited').touch()\n        while not Path('go').exists():\n            time.sleep(0.05)\n"
    finds = f'        raise PdfError("den er ikke tilgængelig:\\n{PAGE}:1: hvad – gør noget")\n'
    last = "    if 'fremme' in repr(document):\n        Path('audited').touch()\n"
    project.replace(ENGINE, AUDITS, f"    if 'gemt væk' in repr(document):\n{waits}{finds}{last}{AUDITS}")
    with previewing(project) as url:
        preview = Preview(project, url)
        message = f"pdf/kort.pdf kan ikke udgives – den er ikke tilgængelig:\n{PAGE}:1: hvad – gør noget"
        for is_newest in (True, False):
            preview.write(f"Her er noget gemt væk, {'nu' if is_newest else 'igen'}.")
            assert preview.ask(DOCUMENT).status == 200
            wait_for((project.root / "audited").exists)
            (project.root / "audited").unlink()
            if not is_newest:
                preview.write("Her er alt fremme.")
                assert preview.ask(DOCUMENT).status == 200
            (project.root / "go").touch()
            wait_for((project.root / "audited").exists if not is_newest else lambda: message in preview.log())
            (project.root / "go").unlink()
        assert preview.log().count("kan ikke udgives") == 1


def test_what_cannot_be_set_is_said_until_it_is_mended(preview: Preview) -> None:
    items = "".join(f"{'    ' * depth}- Dybt {depth}\n" for depth in range(14))
    preview.write(f"Listen er dyb.\n\n{items}")
    answer = preview.ask(DOCUMENT)
    page = answer.body.decode()
    assert answer.status == 500 and answer.headers["Content-Type"] == "text/html; charset=utf-8", page
    assert re.search(rf"<p>pdf/kort\.pdf kunne ikke laves – {PAGE}:\d+: [^<]+</p>", page), page
    assert 'lang="da"' in page and "livereload(" in page  # so that the document comes when the page has been saved again
    assert f"pdf/kort.pdf kunne ikke laves – {PAGE}:" in preview.log()
    preview.write("Listen er væk.")
    assert preview.ask(DOCUMENT).status == 200


def test_a_document_that_takes_too_long_or_whose_process_is_killed_is_given_up(project: Project) -> None:
    worker = "kanalstrategi/pdf/worker.py"
    project.replace(worker, "MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 180, 1_500", "MIN_SECONDS_PER_DOCUMENT, BYTES_PER_SECOND = 3, 1e9")
    slow = '    import os, time\n    if "langsomt" in repr(document):\n        Path("worker").write_text(str(os.getpid()))\n        time.sleep(300)\n'
    project.replace(ENGINE, LAYS_OUT, slow + LAYS_OUT)
    with previewing(project) as url, ThreadPoolExecutor(1) as pool:
        preview = Preview(project, url)
        preview.write("Her går det langsomt.")
        answer = preview.ask(DOCUMENT)
        assert answer.status == 500 and "den tager over 3 sekunder – gør dens længste side kortere, især tabeller" in answer.body.decode()
        (project.root / "worker").unlink()
        asked = pool.submit(preview.ask, DOCUMENT)
        os.kill(int(wait_for(lambda: (project.root / "worker").exists() and (project.root / "worker").read_text())), signal.SIGKILL)
        answer = asked.result()
        assert answer.status == 500 and "blev afbrudt – luk andre programmer, så der er hukommelse nok, og prøv igen" in answer.body.decode()
        preview.write("Her går det hurtigt.")
        assert preview.ask(DOCUMENT).status == 200
        assert "Traceback" not in preview.log()


def test_the_engine_without_tags_says_what_it_needs(project: Project) -> None:
    with previewing(project, "--pdf-engine", "pdfkit") as url:
        answer = Preview(project, url).ask(DOCUMENT)
        assert answer.status == 500 and "tilføj --allow-untagged, hvis filerne ikke skal offentliggøres" in answer.body.decode()


def test_the_engine_without_tags_makes_documents_if_that_is_allowed(project: Project, tmp_path: Path) -> None:
    with previewing(project, "--pdf-engine", "pdfkit", "--allow-untagged") as url:
        assert "tekst om formålet" in text_of(Preview(project, url).ask(DOCUMENT), tmp_path)


def test_the_door_is_before_documents_and_nothing_else_is_reached(preview: Preview) -> None:
    for headers in ({"Host": "evil.test"}, {"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        assert preview.ask(DOCUMENT, **headers).status == 403
    assert preview.ask(DOCUMENT, "POST").status == 405
    outside = preview.project.root.parent / "ude.pdf"
    outside.write_bytes(b"%PDF hemmelig")
    for path in ("pdf/ukendt.pdf", "pdf/../../ude.pdf", "pdf/..%2f..%2fude.pdf", f"{outside}", f"pdf/{outside}", "pdf/0.pdf", "pdf/%00.pdf"):
        answer = preview.ask(path)
        assert answer.status in (400, 404) and b"hemmelig" not in answer.body, path
    assert "er lavet" not in preview.log()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_processes_end_with_the_preview(project: Project, number: signal.Signals) -> None:
    process = 'f"{os.getpid()} {multiprocessing.parent_process().pid}"'
    project.replace(ENGINE, LAYS_OUT, f'    import multiprocessing, os\n    Path("worker").write_text({process})\n{LAYS_OUT}')
    project.replace(ENGINE, AUDITS, f'    import os, time\n    Path("auditor").write_text(str(os.getpid()))\n    time.sleep(300)\n{AUDITS}')
    with previewing(project) as url:
        preview = Preview(project, url)
        assert preview.ask(DOCUMENT).status == 200
        wait_for(lambda: (project.root / "auditor").exists() and (project.root / "auditor").read_text())
        worker, server = map(int, (project.root / "worker").read_text().split())
        workers = [worker, int((project.root / "auditor").read_text())]
        assert all(map(is_running, workers))
        os.kill(server, number)
        wait_for(lambda: not any(map(is_running, workers)))
        assert "Traceback" not in preview.log()
