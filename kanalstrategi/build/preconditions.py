"""Stops a build before any page is rendered if the content or the settings have errors."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.build.digests import check_digest, content_digest, page_digest
from kanalstrategi.build.messages import stop
from kanalstrategi.build.session import BuildSession
from kanalstrategi.checks.runner import check_project
from kanalstrategi.publishing.servers.served_files import FORMER_MARKERS, GENERATED_MARKER
from kanalstrategi.publishing.servers.server_config import UnusableUrlError, host_and_base


def check_content(session: BuildSession, docs: Path) -> None:
    """Stop the build if the checks find anything. Pages that have already passed the same checks are not checked again."""
    project, previous = session.project, session.previous
    session.content_digest = content_digest(project.content)
    session.check_digest = check_digest(session.content_digest, project, session.registry)
    session.page_digests = {path: page_digest(path, parsed) for path, parsed in project.parsed_pages.items()}

    def has_passed(path: str) -> bool:
        if previous and previous.check_digest == session.check_digest and previous.page_digests.get(path) == session.page_digests[path]:
            return True
        return session.cache.get("passed", session.check_digest, session.page_digests[path]) is not None

    passed = {path for path in project.parsed_pages if has_passed(path)}
    if diagnostics := check_project(project, docs, session.registry, passed):
        stop([str(diagnostic) for diagnostic in diagnostics])
    for path in project.parsed_pages.keys() - passed:
        session.cache.put(b"", "passed", session.check_digest, session.page_digests[path])


def check_site_url(site_url: str) -> None:
    """Stop the build if the site's URL cannot be used in the configuration of a web server."""
    try:
        host_and_base(site_url)
    except UnusableUrlError as error:
        hint = "brug kun a–z, tal, bindestreg, punktum og / (et domæne med æ, ø eller å skrives som xn--…)"
        stop([f"mkdocs.yml: adressen {error} i SITE_URL kan ikke stå i en webservers opsætning – {hint}"])


def check_htaccess(site: Path) -> None:
    """Stop the build if the site that it would replace has an `.htaccess` that was not written by a build."""
    file = site / ".htaccess"
    if file.is_file():
        text = file.read_text(encoding="utf-8", errors="replace")
        if not any(marker in text for marker in (GENERATED_MARKER, *FORMER_MARKERS)):
            hint = "flyt reglerne til webserverens opsætning eller mappen ovenover, og slet filen"
            stop([f"{file} er ikke lavet her og ville blive erstattet – {hint}"])
