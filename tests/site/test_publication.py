"""A build for publication says what the law asks for and the site lacks; with --strict-publication it is refused, and the site stays as it was."""

from __future__ import annotations

import subprocess
import sys

from tests.support.project import PUBLISHED, Project, files_in

GAPS = ("adressen på tilgængelighedserklæringen mangler", "det er ikke afgjort, om hjemmesiden overholder standarden", "ingen mailadresse")


def said(process: subprocess.CompletedProcess[str]) -> str:
    return process.stdout + process.stderr


def test_what_is_missing_is_said_and_a_strict_build_is_refused(project: Project) -> None:
    project.remove_documents()
    process = project.build("--quiet")
    assert process.returncode == 0 and "webtilgængelighed" not in said(process)  # nobody is to see this one

    process = project.build("--quiet", site_url=PUBLISHED)
    assert process.returncode == 0, said(process)
    assert "OBS: Loven om webtilgængelighed" in process.stderr and all(gap in process.stderr for gap in GAPS)
    assert "Traceback" not in said(process)

    before = {path: (project.site / path).stat().st_mtime_ns for path in files_in(project.site)}
    process = project.build(site_url=PUBLISHED, STRICT_PUBLICATION="1")
    assert process.returncode != 0 and all(gap in said(process) for gap in GAPS) and "En tidligere udgave er uændret" in said(process)
    process = project.build(STRICT_PUBLICATION="1")
    assert process.returncode != 0 and "sæt SITE_URL" in said(process)
    command = [sys.executable, "-m", "kanalstrategi.build.command", "--strict-publication"]
    process = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    assert process.returncode != 0 and "sæt SITE_URL" in said(process), said(process)
    assert {path: (project.site / path).stat().st_mtime_ns for path in files_in(project.site)} == before

    project.replace("mkdocs.yml", "    politik-personale:\n", "    politik-personale:\n      email: post@example.org\n")
    project.replace("mkdocs.yml", "  organisation: Guldborgsund", "  accessibility_statement: https://www.was.digst.dk/example-org\n  organisation: Guldborgsund")
    fields = "compliance: full\ntested: 2025-12-01\nmethod: external\n"
    project.replace("docs/tilgaengelighed/erklaering.md", "status: draft\n", f"status: draft\n{fields}")
    process = project.build("--quiet", site_url=PUBLISHED, STRICT_PUBLICATION="1")
    assert process.returncode == 0 and "webtilgængelighed" not in said(process), said(process)
    page = (project.site / "index.html").read_text(encoding="utf-8")
    assert '<a href="https://www.was.digst.dk/example-org">Tilgængelighedserklæring</a>' in page
    assert f"Websted\n{PUBLISHED}" in (project.site / "tilgaengelighed/erklaering/index.html").read_text(encoding="utf-8")
