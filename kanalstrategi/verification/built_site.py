"""A site that has been built, with the project that it is of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.content.model import Content
from kanalstrategi.content.project import Project
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic
from kanalstrategi.verification.model import Finding
from kanalstrategi.verification.page_facts import PageFacts, read_page_facts

EDITOR_FOLDER = "admin"
"""The folder of the editor in the browser, which is a program of others and has a policy of its own."""


@dataclass
class BuiltSite:
    """A folder with a built site. What several promises need is read once."""

    folder: Path
    root: Path
    """The project's folder."""
    project: Project
    rebuild: Callable[[Path], str] | None = None
    """Builds the project once more from nothing, into a new folder, and returns what went wrong, or nothing. None if that would prove nothing."""
    is_whole: bool = False
    """Whether every page is tried in the browser, and not only some of each kind."""
    audits: dict[str, list[PdfDiagnostic]] = field(default_factory=dict)
    """What the audit has said about PDFs, keyed by URL."""
    visited: list[tuple[str, Finding]] | None = None
    """What was found in the browser, each with the promise that it is about, once it has been asked."""

    @property
    def content(self) -> Content:
        """What the project says."""
        return self.project.content

    @property
    def name(self) -> str:
        """The site's name."""
        return str((self.project.config.values or {}).get("site_name") or self.content.organisation.name)

    @cached_property
    def pages(self) -> dict[str, PageFacts]:
        """The pages, those that only send readers on included, keyed by URL."""
        files = (file for file in sorted(self.folder.rglob("*.html")) if file.relative_to(self.folder).parts[0] != EDITOR_FOLDER)
        urls = {file: file.relative_to(self.folder).as_posix() for file in files}
        return {page.url: page for page in (read_page_facts(file, url.removesuffix("index.html")) for file, url in urls.items())}

    @cached_property
    def site_url(self) -> str:
        """The address at which the site is published, or nothing if it was built without one."""
        front = self.pages.get("")
        return front.canonical if front else ""

    @property
    def base_path(self) -> str:
        """The path of that address, which is `/` if it is not known."""
        return urlsplit(self.site_url).path or "/"

    def file_of(self, url: str) -> Path:
        """Return the file that a server sends for a URL, relative to the site's root."""
        return self.folder / url / "index.html" if not url or url.endswith("/") else self.folder / url
