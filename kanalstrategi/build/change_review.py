"""Looks at a change that the editor is about to save: what would be wrong with it, and how the page would look."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from kanalstrategi.build.cache import CACHE_FOLDER
from kanalstrategi.checks.runner import check_project
from kanalstrategi.content.evidence import EVIDENCE_FILE
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.published_urls import RECORD_FILE
from kanalstrategi.diagnostics import Diagnostic, new_diagnostics
from kanalstrategi.editor.docs_folder import DOCS
from kanalstrategi.editor.review import Changes
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.images import Size, image_size
from kanalstrategi.rendering.macros import Call, MacroRegistry
from kanalstrategi.rendering.page import page_html, render_page


class ChangeReview:
    """Reads the project with a change in a folder of its own, beside the real one, so that all checks see what they would see."""

    def __init__(self, root: Path, config: str, registry: MacroRegistry, assets: str) -> None:
        """`config` is the name of the configuration file in the folder `root`, and `assets` that of the folder with the site's scripts."""
        self._root = root
        self._config = config
        self._registry = registry
        self._assets = assets
        self._lock = threading.Lock()
        """The preview answers each request in a thread of its own."""
        self._parsed: dict[str, ParsedPage] = {}
        """The pages that were read last, keyed by their text."""

    def problems(self, changes: Changes) -> list[Diagnostic]:
        """Return the problems that the project would have with the changes and does not have now, sorted by file and line."""
        with self._lock:
            after = self._check(changes)
            return new_diagnostics(self._check({}), after) if after else []

    def article(self, path: str, text: str) -> str:
        """Return the HTML of a page's own part, as readers would see it. `path` is relative to `docs/`."""
        with self._lock, self._project_with({f"{DOCS}/{path}": text.encode()}) as (folder, project):
            content = project.content.content_of(path)
            page, parsed = content.pages[path], project.parsed_pages[path]
            calls = [call for call in parsed.calls if call.name not in self._registry]
            if parsed.macro_diagnostics or calls:
                return ""

            def file_of(url: str) -> Path | None:
                file = folder / DOCS / unquote(urlsplit(urljoin(f"/{page.url}", url)).path).lstrip("/")
                return file if file.is_file() else None

            def size_of(url: str) -> Size | None:
                return image_size(file) if (file := file_of(url)) else None

            def bytes_of(url: str) -> int | None:
                return file.stat().st_size if (file := file_of(url)) else None

            rendered = render_page(parsed, page, content, self._registry, files=project.files, assets=self._assets, bytes_of=bytes_of)
            return page_html(rendered.root, Call(content, page), change_link=[], size_of=size_of)

    def _check(self, changes: Changes) -> list[Diagnostic]:
        with self._project_with(changes) as (folder, project):
            return check_project(project, folder / DOCS, self._registry)

    @contextmanager
    def _project_with(self, changes: Changes) -> Iterator[tuple[Path, Project]]:
        """Yield a folder with the project as it would be, and what was read from it. The folder is gone afterwards."""
        beside = self._root / CACHE_FOLDER
        beside.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="editing-", dir=beside) as name:
            folder = Path(name)
            shutil.copytree(self._root / DOCS, folder / DOCS, symlinks=True, copy_function=_link)
            for of_project in (self._config, RECORD_FILE, EVIDENCE_FILE):
                if (self._root / of_project).is_file():
                    shutil.copy(self._root / of_project, folder / of_project)
            for path, content in changes.items():
                file = folder / path
                file.unlink(missing_ok=True)  # otherwise the real file would be written, whose link this is
                if content is not None:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
            parsed: dict[str, ParsedPage] = {}

            def parse_once(text: str) -> ParsedPage:
                parsed[text] = self._parsed.get(text) or parse(text)
                return parsed[text]

            project = read_project(folder, os.environ, self._config, lambda texts: parse_once)
            self._parsed = parsed
            yield folder, project


def _link(source: str, target: str) -> None:
    """Link a file instead of copying it, where the file system can."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)
