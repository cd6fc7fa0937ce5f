"""Makes the PDFs of a build: changed ones in several processes, unchanged ones from the cache."""

from __future__ import annotations

import os
from concurrent.futures import Future, as_completed
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kanalstrategi.build.messages import log, stop
from kanalstrategi.build.print_documents import print_document
from kanalstrategi.build.workers import exit_with_parent
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.design.theme import lies_in
from kanalstrategi.operating_system import process_context, start_preloading
from kanalstrategi.pdf.engine import (
    DEFAULT_ENGINE,
    ENGINES,
    PRELOADED_MODULES,
    UNTAGGED_ENGINES,
    PdfError,
    PdfFile,
    encode_pdf,
    pdf_source,
    write_encoded_pdf,
)
from kanalstrategi.pdf.worker import PdfJob, PdfWorkers
from kanalstrategi.suggestions import suggestion

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kanalstrategi.build.session import BuildSession

_PRELOADED_MODULES = "kanalstrategi.build.fork_server", exit_with_parent.__module__
"""What the process that starts them needs besides the engine. They are not forked from this one, since MkDocs and its plugins have threads."""


class PdfJobs:
    """The PDFs of one build, started once the pages are rendered and made while the pages are written."""

    def __init__(self) -> None:
        self._finished: dict[str, PdfFile] = {}
        self._pending: dict[Future[PdfFile], tuple[Document, tuple[bytes, ...]]] = {}
        self._workers: PdfWorkers | None = None
        self._has_begun = False

    def begin(self, session: BuildSession, site: Path, site_url: str) -> None:
        """Start making the PDFs that have changed, longest first, and take the rest from the cache. Does nothing when called again."""
        if self._has_begun:
            return
        self._has_begun = True
        config = session.mkdocs.config
        documents = [document for document, _ in session.content.documents]
        engine = _usable_engine(config)
        to_make = []
        for document in sorted(documents, key=lambda document: -_length(document, session)):
            (site / document.url).parent.mkdir(parents=True, exist_ok=True)
            printed = print_document(document, session, site_url)
            source = pdf_source(printed, site, engine)
            if cached := session.cache.get("pdf", *source):
                self._finished[document.url] = write_encoded_pdf(cached, site / document.url)
                tell_of_length(document, self._finished[document.url])
                log.info("PDF %d af %d: %s, uændret", len(self._finished), len(documents), document.url)
            else:
                to_make.append((document, printed, source))
        if to_make:
            self._workers = new_workers(min(os.cpu_count() or 1, len(to_make)), engine)
            for document, printed, source in to_make:
                job = PdfJob(msgspec.msgpack.encode(printed), site, site / document.url, engine)
                self._pending[self._workers.submit(job)] = document, source

    def finish(self, session: BuildSession, site: Path) -> dict[str, PdfFile]:
        """Wait for all PDFs, and return them keyed by URL."""
        for future in as_completed(self._pending):
            document, source = self._pending[future]
            try:
                self._finished[document.url] = future.result()
            except PdfError as error:
                stop([failure(document, str(error))])
            tell_of_length(document, self._finished[document.url])
            session.cache.put(encode_pdf(self._finished[document.url], site / document.url), "pdf", *source)
            log.info("PDF %d af %d: %s", len(self._finished), len(session.content.documents), document.url)
        self.cancel()
        return self._finished

    def cancel(self) -> None:
        """Stop making PDFs."""
        if self._workers:
            self._workers.end()


def preload_engine(config: MkDocsConfig) -> None:
    """Load the PDF engine in the background, so that the processes that make PDFs start with it."""
    _context(engine_name(config))
    start_preloading()


def engine_name(config: MkDocsConfig) -> str:
    """Return the name of the PDF engine chosen in `mkdocs.yml`."""
    return str(config.extra.get("pdf_engine") or DEFAULT_ENGINE)


def new_workers(count: int, engine: str) -> PdfWorkers:
    """Return processes that make PDFs, and end with this one."""
    return PdfWorkers(count, _context(engine), exit_with_parent)


def engine_refusal(engine: str) -> str:
    """Return why an engine must not be used, or an empty string."""
    if engine not in ENGINES:
        return f"mkdocs.yml: PDF-motoren {engine} findes ikke – {suggestion(engine, ENGINES)}"
    if engine in UNTAGGED_ENGINES and os.environ.get("ALLOW_UNTAGGED") != "1":
        reason = f"{engine} laver PDF’er, som skærmlæsere ikke kan bruge, og loven kræver tilgængelige PDF’er"
        return f"{reason} – brug typst, eller tilføj --allow-untagged, hvis filerne ikke skal offentliggøres"
    return ""


def failure(document: Document, reason: str) -> str:
    """Return the message for a document that cannot be made."""
    return f"{document.url} kunne ikke laves – {reason}"


def _context(engine: str) -> BaseContext:
    if not lies_in(Path.cwd()):
        os.environ.setdefault("PYTHONSAFEPATH", "1")  # an interpreter that is started with `-c` would take files of the site for modules
    return process_context([*_PRELOADED_MODULES, *PRELOADED_MODULES.get(engine, ())])


def _usable_engine(config: MkDocsConfig) -> str:
    """Return the name of the chosen engine. Stops the build if it does not exist, or makes PDFs that must not be published."""
    engine = engine_name(config)
    if refusal := engine_refusal(engine):
        stop([refusal])
    if engine in UNTAGGED_ENGINES:
        log.info("PDF’erne laves med %s: de er ikke tilgængelige for skærmlæsere og må ikke offentliggøres", engine)
    return engine


def tell_of_length(document: Document, pdf: PdfFile) -> None:
    """Tell that a document which should be one sheet is longer. Nothing of it is cut off, and the build goes on."""
    if document.is_sheet and pdf.pages > 1:
        hint = f"forkort docs/{document.opening}: skriv færre og kortere afsnit og beslutninger"
        log.info("advarsel: %s fylder %d sider og skulle fylde én – %s", document.url, pdf.pages, hint)


def _length(document: Document, session: BuildSession) -> int:
    return sum(len(session.bodies[path]) for path in document.pages)
