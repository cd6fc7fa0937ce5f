"""Makes the Word files of the guidelines, or takes them from the cache."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from kanalstrategi.build.session import BuildSession, public_url
from kanalstrategi.build.shown_site import render_missing
from kanalstrategi.content.conventions import WORD_FOLDER
from kanalstrategi.content.model import Guideline
from kanalstrategi.operating_system import release_memory
from kanalstrategi.pdf.engine import PdfError, read_site_file
from kanalstrategi.rendering.word_files import guideline_file, questionnaire_file
from kanalstrategi.word.pages import WordPage, word_page, write_page
from kanalstrategi.word.questionnaire import Questionnaire, questionnaire_of, write_questionnaire

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of Word files."""


def write_word_files(session: BuildSession, site: Path) -> dict[str, int]:
    """Write `word/*.docx`, and return the size of each file in bytes, keyed by its URL."""
    sizes: dict[str, int] = {}
    if session.content.guidelines:
        (site / WORD_FOLDER).mkdir(exist_ok=True)
    for guideline in session.content.guidelines:
        gc.collect(1)  # each document of python-docx is a cycle of few objects with much memory, for which Python would not collect yet
        for url, source in _sources(guideline, session, site):
            key = msgspec.msgpack.encode(source)
            data = session.cache.get("word", key)
            if data is None:
                data = _written(source)
                session.cache.put(data, "word", key)
            session.staged.write(site / url, data)
            sizes[url] = len(data)
    release_memory()
    return sizes


def preview_word_file(url: str, session: BuildSession) -> bytes | None:
    """Return a Word file of the preview, given its URL relative to the site's root; None if there is no such file."""
    for guideline in session.content.guidelines if url.startswith(f"{WORD_FOLDER}/") else ():
        if url in (guideline_file(guideline), questionnaire_file(guideline)):
            render_missing(session, [guideline.page.path])
            return _written(dict(_sources(guideline, session, Path(session.mkdocs.config.site_dir)))[url])
    return None


def _sources(guideline: Guideline, session: BuildSession, site: Path) -> Iterator[tuple[str, WordPage | Questionnaire]]:
    """Yield the URL of each Word file of a guideline, and what the file is made of."""
    content, page, config = session.content, guideline.page, session.mkdocs.config
    language, site_url = config.theme["language"], public_url(config)

    def read(path: str) -> bytes:
        try:
            return read_site_file(site, path)
        except PdfError:  # its text alternative takes its place
            return b""

    word = word_page(page, content, session.bodies[page.path], language=language, site_url=site_url, read=read)
    yield guideline_file(guideline), replace(word, facts=replace(word.facts, look=session.project.look))
    if url := questionnaire_file(guideline):
        questionnaire = questionnaire_of(guideline, content, language=language, site_url=site_url)
        yield url, replace(questionnaire, facts=replace(questionnaire.facts, look=session.project.look))


def _written(source: WordPage | Questionnaire) -> bytes:
    return write_page(source) if isinstance(source, WordPage) else write_questionnaire(source)
