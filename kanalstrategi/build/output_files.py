"""Writes the files of the site that are not pages, and fills in facts about the PDFs once they are known."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.numbers import format_decimal

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.messages import stop
from kanalstrategi.build.session import BuildSession, public_url
from kanalstrategi.checks.browser_rules import browser_rules
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.edition_paths import document_copies
from kanalstrategi.content.model import Content
from kanalstrategi.content.urls import LOCAL_URL
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.design.look import Look
from kanalstrategi.editor.macro_answers import macro_answers
from kanalstrategi.editor.site import EditorMissingError, editing_of, write_editor
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.pdf.engine import UNTAGGED_ENGINES, PdfFile
from kanalstrategi.publishing.feeds import feeds
from kanalstrategi.publishing.sharing.social_card import CardImage, SocialCard, draw_card
from kanalstrategi.rendering.components import pdf_facts
from kanalstrategi.rendering.word_files import word_facts
from kanalstrategi.search.opensearch import OPENSEARCH_FILE, SHORT_NAME, opensearch_xml

_WORD_URL = re.compile(r'data-word="([^"]*)"')
"""The URL of a Word file that a page mentions."""


def card_image(card: SocialCard, look: Look, cache: BuildCache) -> CardImage:
    """Return the image of a social card, from the cache or newly drawn."""

    def compute() -> bytes:
        image = draw_card(card, look)
        return image.url.encode() + b"\n" + image.png

    url, _, png = cache.get_or_compute(compute, "picture", repr(card).encode(), look.digest.encode()).partition(b"\n")
    return CardImage(url.decode(), png)


def write_feeds(session: BuildSession, site: Path) -> None:
    """Write the feeds. Their URLs must be absolute, so a site of which nobody has said where it is published has those of its preview."""
    config = session.mkdocs.config
    for url, xml in feeds(session.content, config.site_name, config.site_url or LOCAL_URL).items():
        (site / url).parent.mkdir(exist_ok=True)
        (site / url).write_bytes(xml)


def copy_documents_in_force(content: Content, site: Path) -> None:
    """Copy the PDFs of the edition in force to the folder of its name, where they were while it was proposed and will be once it is superseded."""
    for url, document in document_copies(content).items():
        (site / url).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / document.url, site / url)


def write_opensearch(session: BuildSession, site: Path, site_url: str) -> None:
    """Write the OpenSearch description, if it is known where the site will be published."""
    if site_url:
        config = session.mkdocs.config
        description = config.site_description or config.site_name
        text = opensearch_xml(site_url, session.content.pages[SEARCH_PAGE].url, config.site_name, description, session.content.say(SHORT_NAME))
        (site / OPENSEARCH_FILE).write_text(text, encoding="utf-8", newline="\n")


def write_editor_files(session: BuildSession, site: Path) -> None:
    """Write `admin/` if pages may be edited in the browser. Stops the build if the editor has not been downloaded."""
    config = session.mkdocs.config
    if editing := editing_of(session.content):
        logo = str(config.theme.get("logo") or "")
        try:
            data: dict[str, object] = {"rules.json": browser_rules(session.project, session.registry)}
            if not editing.is_local:  # otherwise the preview's server shows pages
                data["answers.json"] = macro_answers(session.project, session.registry, public_url(config))
            write_editor(site, session.content, editing, data=data, docs=Path(config.docs_dir), site_name=config.site_name, logo=logo)
        except EditorMissingError as error:
            stop([str(error)])


def fill_in_file_facts(pdfs: Mapping[str, PdfFile], word_sizes: Mapping[str, int], files: Iterable[Path], engine: str) -> None:
    """Write the size of each PDF and Word file into the pages that mention it; both are keyed by URL."""
    warning = ", kan ikke bruges med skærmlæser" if engine in UNTAGGED_ENGINES else ""
    lengths = {url: (count_phrase(pdf.pages, "side", "sider"), format_decimal(round(pdf.size / 1000), locale="da")) for url, pdf in pdfs.items()}
    facts = {url: f", {pages}, {size} kB{warning}" for url, (pages, size) in lengths.items()}
    for file in files:
        text = with_pdf_facts(file.read_text(encoding="utf-8"), facts)
        for url in {*_WORD_URL.findall(text)} & word_sizes.keys():  # not all files of all guidelines: a page mentions its own
            text = text.replace(write_html([word_facts(url)]), write_html([word_facts(url, word_sizes[url])]))
        file.write_text(text, encoding="utf-8", newline="\n")


def preview_pdf_facts(content: Content) -> dict[str, str]:
    """Return the text that the preview shows instead of each PDF's length and size, keyed by URL."""
    return dict.fromkeys((document.url for document, _ in content.documents), " – laves, når du åbner den")


def with_pdf_facts(text: str, facts: Mapping[str, str]) -> str:
    """Return a page with the length and size of each PDF filled in; `facts` is keyed by URL."""
    for url, words in facts.items():
        text = text.replace(write_html([pdf_facts(url)]), write_html([pdf_facts(url, words)]))
    return text
