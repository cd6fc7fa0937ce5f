"""The documents of a built site as PDFs: those that have changed made side by side, the others as an earlier build made them."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from macros.dates import danish
from macros.library import SEARCH
from macros.markup import Call
from macros.records import Content, Document, Page, Status
from macros.suggestions import suggestion
from overrides.build import log, public_address, stop, this_build
from overrides.pdf.assemble import Facts, PrintPage, assemble
from overrides.search.page import paper_index
from overrides.side_by_side import end_with_build
from scripts import pdf_engine

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Documents:
    """The PDFs of one build: begun when the pages have been rendered, made while they are written."""

    def __init__(self) -> None:
        self._made: dict[str, pdf_engine.PdfFile] = {}
        self._waiting: dict[Future[pdf_engine.PdfFile], tuple[Document, tuple[bytes, ...]]] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._are_begun = False

    def begin(self, content: Content, config: MkDocsConfig, site: Path) -> None:
        """Begin those that have changed, the longest first, if that has not been done; an earlier build has made the others."""
        if self._are_begun:
            return
        self._are_begun = True
        engine = _usable_engine(config)
        kept, to_make = this_build().kept, []
        (site / "pdf").mkdir(exist_ok=True)
        for document in sorted(content.organisation.documents.values(), key=lambda document: -_length(document)):
            html = _print_html(document, content, config)
            source = pdf_engine.source_of(html, site, engine)
            if before := kept.get("pdf", *source):
                self._made[document.id] = pdf_engine.write_kept(before, site / document.url)
                log.info("PDF %d af %d: %s, uændret", len(self._made), len(content.organisation.documents), document.url)
            else:
                to_make.append((document, html, source))
        if to_make:
            self._pool = ProcessPoolExecutor(min(os.cpu_count() or 1, len(to_make)), _context(engine), end_with_build)
        for document, html, source in to_make:
            self._waiting[self._pool.submit(pdf_engine.make_pdf, html, site, site / document.url, engine)] = document, source

    def finish(self, content: Content, site: Path) -> dict[str, pdf_engine.PdfFile]:
        """All of them, by the document's id."""
        for done in as_completed(self._waiting):
            document, source = self._waiting[done]
            try:
                self._made[document.id] = done.result()
            except pdf_engine.PdfError as error:
                stop([f"{document.url} kunne ikke laves – {error}"])
            this_build().kept.put(pdf_engine.to_keep(self._made[document.id], site / document.url), "pdf", *source)
            log.info("PDF %d af %d: %s", len(self._made), len(content.organisation.documents), document.url)
        self.end()
        return self._made

    def end(self) -> None:
        """Make no more of them."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            if not all(done.done() for done in self._waiting):
                for process in multiprocessing.active_children():
                    process.terminate()


def get_ready(config: MkDocsConfig) -> None:
    """Load the engine beside everything else, for the processes that will make documents to begin with it."""
    if _METHOD == "forkserver":
        _context(engine_of(config))
        forkserver.ensure_running()


_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How those processes begin: not as copies of this one, since MkDocs and its plugins have threads."""


def _context(engine: str) -> BaseContext:
    context = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload([*pdf_engine.LOADED.get(engine, ())])
    return context


def _usable_engine(config: MkDocsConfig) -> str:
    engine = engine_of(config)
    if engine not in pdf_engine.ENGINES:
        stop([f"mkdocs.yml: PDF-motoren {engine} findes ikke – {suggestion(engine, pdf_engine.ENGINES)}"])
    if engine in pdf_engine.UNTAGGED:
        if os.environ.get("ALLOW_UNTAGGED") != "1":
            stop([
                f"{engine} laver PDF’er, som skærmlæsere ikke kan bruge, og loven kræver tilgængelige PDF’er – "
                "brug weasyprint, eller tilføj --allow-untagged, hvis filerne ikke skal offentliggøres"
            ])  # fmt: skip
        log.info("PDF’erne laves med %s: de er ikke tilgængelige for skærmlæsere og må ikke offentliggøres", engine)
    return engine


def engine_of(config: MkDocsConfig) -> str:
    return str(config.extra.get("pdf_engine") or pdf_engine.DEFAULT)


def _length(document: Document) -> int:
    return sum(len(this_build().html[path]) for path in document.pages)


def _print_html(document: Document, content: Content, config: MkDocsConfig) -> str:
    return assemble(
        _facts(document, content, config),
        _print_page(document.opening, document, content),
        [_print_page(path, document, content) for path in document.pages],
        introduced=not document.is_of_one_page,
    )


def _print_page(path: str, document: Document, content: Content) -> PrintPage:
    page = content.pages[path]
    if path == SEARCH:
        printed = [content.pages[other].url for other in document.pages]
        index = paper_index(this_build().terms, printed, Call(content, page).link)
        return PrintPage(page.url, index, page.status is Status.DRAFT, f"docs/{path}")
    html = this_build().searched(path).numbered if SEARCH in document.pages else this_build().html[path]
    return PrintPage(page.url, html, page.status is Status.DRAFT, f"docs/{path}")


def _facts(document: Document, content: Content, config: MkDocsConfig) -> Facts:
    front = content.pages[document.pages[0] if document.is_of_one_page else document.opening]
    edition = danish(content.today)
    return Facts(
        title=document.title or front.title,
        organisation=content.organisation.name,
        description=front.description,
        language=config.theme["language"],
        today=content.today,
        edition=edition,
        cover_lines=tuple(filter(None, (*_standing(document, front, content), f"Udgave: {edition}"))),
        site_url=public_address(config),
        url=document.url,
    )


def _standing(document: Document, front: Page, content: Content) -> tuple[str, ...]:
    """What the cover says of who has adopted the document."""
    if front.status is Status.DRAFT:
        return ("Udkast. Ikke vedtaget",)
    if document.is_of_one_page:
        return ("Vedtaget",)
    strategy = content.strategy
    adopted = f"Vedtaget den {danish(strategy.adopted)} af {strategy.adopted_by}" if strategy else ""
    drafts = any(content.pages[path].status is Status.DRAFT for path in document.pages)
    return (adopted, "De kapitler, der er mærket »Udkast«, er ikke vedtaget" if drafts else "")
