"""Makes the PDFs of the preview when someone asks for them, as the build makes them, but audits them only after they have been shown."""

from __future__ import annotations

import itertools
import tempfile
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kanalstrategi.build.hashing import digest_of
from kanalstrategi.build.messages import log, printable_lines
from kanalstrategi.build.pdf_jobs import engine_name, engine_refusal, failure, new_workers
from kanalstrategi.build.print_documents import print_document, printed_paths
from kanalstrategi.build.session import BuildSession, public_url
from kanalstrategi.build.shown_site import ShownSite, render_missing
from kanalstrategi.content.edition_paths import document_copies
from kanalstrategi.file_system import explain
from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.pdf.engine import PdfError, PdfFile, pdf_source, write_encoded_pdf
from kanalstrategi.pdf.worker import PdfJob, PdfWorkers

if TYPE_CHECKING:
    from kanalstrategi.content.organisation_model import Document

_REPORTED = PdfError, OSError, MemoryError, RuntimeError, CancelledError
"""What keeps a document from being made. RuntimeError: no thread can be started. CancelledError: the preview ends."""


@dataclass(frozen=True)
class Response:
    """The response to a request."""

    status: HTTPStatus
    kind: str
    """The media type."""
    body: bytes


@dataclass(frozen=True)
class _Pdf:
    """A PDF that has been made, or is being made."""

    source: bytes
    """Digest of everything that it depends on."""
    file: Path
    made: Future[PdfFile]

    @property
    def is_usable(self) -> bool:
        """Whether it need not be made again."""
        return not self.made.done() or (self.made.exception() is None and self.file.exists())


class PreviewPdfs:
    """The PDFs of the site that the preview shows."""

    def __init__(self, site: ShownSite) -> None:
        self._site = site
        self._latest: dict[str, _Pdf] = {}
        """The newest PDF of each document, keyed by URL."""
        self._audits: dict[str, Future[PdfFile]] = {}
        self._layout: PdfWorkers | None = None
        self._audit: PdfWorkers | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = itertools.count()

    def respond(self, name: str) -> Response | None:
        """Return the PDF with a URL, relative to the site's root, as the site is now; None if no document has that URL."""
        if not name.endswith(".pdf"):
            return None
        while True:
            with self._site.held() as session:
                documents = document_copies(session.content) | {document.url: document for document, _ in session.content.documents}
                document = documents.get(name)
                if document is None:
                    return None
                try:
                    pdf = self._begin(document, session)
                except _REPORTED as error:
                    return self._failed(document, error)
            try:
                pdf.made.result()
            except _REPORTED as error:
                if self._site.shows(session):
                    return self._failed(document, error)
                continue
            with suppress(FileNotFoundError):  # a newer one has taken its place
                content = pdf.file.read_bytes()
                if self._site.shows(session):
                    return Response(HTTPStatus.OK, "application/pdf", content)

    def end(self) -> None:
        """End the processes."""
        for workers in (self._layout, self._audit):
            if workers:
                workers.end()
        if self._folder:
            self._folder.cleanup()

    def _begin(self, document: Document, session: BuildSession) -> _Pdf:
        """Return the PDF of a document, which is made anew if anything in it has changed. Only one request at a time may call this."""
        config = session.mkdocs.config
        engine, site = engine_name(config), Path(config.site_dir)
        if refusal := engine_refusal(engine):
            raise PdfError(refusal)
        render_missing(session, printed_paths(document, session))
        printed = print_document(document, session, public_url(config))
        source = pdf_source(printed, site, engine)
        digest, former = digest_of(source), self._latest.get(document.url)
        if former and former.source == digest and former.is_usable:
            return former
        file = self._new_file()
        if cached := _cached_by_build(session, source, file):
            self._latest[document.url] = pdf = _Pdf(digest, file, cached)
        else:
            self._layout = self._layout or new_workers(1, engine)
            job = PdfJob(msgspec.msgpack.encode(printed), site, file, engine, "lay out")
            self._latest[document.url] = pdf = _Pdf(digest, file, self._layout.submit(job))
            pdf.made.add_done_callback(lambda _: self._audit_later(document, pdf, job))
        if former:
            former.file.unlink(missing_ok=True)
        return pdf

    def _new_file(self) -> Path:
        if not self._folder or not Path(self._folder.name).exists():
            self._folder = tempfile.TemporaryDirectory(prefix="pdf-", ignore_cleanup_errors=True)
        return Path(self._folder.name, f"{next(self._numbers)}.pdf")

    def _audit_later(self, document: Document, pdf: _Pdf, job: PdfJob) -> None:
        """Audit a PDF that has been made, in a process of its own, so that the next one need not wait for it."""
        if self._latest[document.url] is not pdf:
            pdf.file.unlink(missing_ok=True)
        elif pdf.is_usable:
            log.info("%s er lavet: %d sider", document.url, pdf.made.result().pages)
            if former := self._audits.get(document.url):
                former.cancel()
            with suppress(RuntimeError):  # no thread can be started, or the preview ends
                self._audit = self._audit or new_workers(1, job.engine)
                self._audits[document.url] = audited = self._audit.submit(replace(job, step="audit"))
                audited.add_done_callback(lambda _: self._report(document, pdf, audited))

    def _report(self, document: Document, pdf: _Pdf, audited: Future[PdfFile]) -> None:
        """Log what the audit has found, unless there is a newer PDF."""
        if self._latest[document.url] is pdf and not audited.cancelled() and (error := audited.exception()):
            log.warning("%s", printable_lines(f"{document.url} kan ikke udgives – {explain(error) or error}"))

    def _failed(self, document: Document, error: Exception) -> Response:
        """Log why a document cannot be made, and return a page that says so and is loaded again after the next save."""
        status = HTTPStatus.INTERNAL_SERVER_ERROR if isinstance(error, PdfError) else HTTPStatus.SERVICE_UNAVAILABLE
        text = printable_lines(failure(document, explain(error) or str(error)))
        log.warning("%s", text)
        return Response(status, "text/html; charset=utf-8", self._site.with_reload(_error_page(text).encode()))


def _cached_by_build(session: BuildSession, source: tuple[bytes, ...], file: Path) -> Future[PdfFile] | None:
    """Write the PDF that a build has made of the same, and return it; None if there is none."""
    session.cache.open()
    try:
        cached = session.cache.get("pdf", *source)
    finally:
        session.cache.close()
    if cached is None:
        return None
    made: Future[PdfFile] = Future()
    made.set_result(write_encoded_pdf(cached, file))
    return made


def _error_page(text: str) -> str:
    title = "Dokumentet kunne ikke laves"
    head = element("head", element("meta", charset="utf-8"), element("title", title))
    lines = [element("p", line) for line in text.splitlines()]
    body = element("body", element("h1", title), lines, element("p", "Når det er rettet, bliver dokumentet vist her."))
    return "<!doctype html>\n" + write_html([element("html", head, body, lang="da")])
