"""Tells which edition a page is of by where its file lies, and where the links on it lead. No I/O.

A file moves between `docs/` and the folder of its edition byte for byte, so its links are read as if that folder were `docs/`: a link leads to
the edition's own file, or else to the site's.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container

from kanalstrategi.content.conventions import EDITION_FOLDER, FORMER_GUIDELINES
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.organisation_model import Document

EDITION_LIST = f"{EDITION_FOLDER}/index.md"
"""Path of the page that lists the editions. It is about all of them, so it is of none."""
RECEIPT_ID = "kvitteringen"
"""The id of the section there that says what a receipt is."""
_OF_EDITION = re.compile(rf"(?!{FORMER_GUIDELINES}/)({EDITION_FOLDER}/[^/]+/)(.+)")
_OF_GUIDELINE = re.compile(rf"{FORMER_GUIDELINES}/([^/]+)/[^/]+\.md")


def edition_folder(path: str) -> str:
    """Return the folder of the edition that a file belongs to, `udgaver/2026-2029/`, or nothing if it is in force or a guideline's."""
    found = _OF_EDITION.fullmatch(path)
    return found[1] if found else ""


def is_former_guideline(path: str) -> bool:
    """Whether a file is a former version of a guideline: `udgaver/retningslinjer/skoler/2026-03-01.md`."""
    return bool(_OF_GUIDELINE.fullmatch(path))


def path_in_force(path: str, folders: Folders) -> str:
    """Return the path that a file has, or would have, while it is in force: `strategi/formaal.md` for `udgaver/2026-2029/strategi/formaal.md`."""
    if found := _OF_EDITION.fullmatch(path):
        return found[2]
    if found := _OF_GUIDELINE.fullmatch(path):
        return f"{folders.guidelines}/{found[1]}.md"
    return path


def section_in_force(path: str, folders: Folders) -> str:
    """Return the folder that a file is in, or would be in, while it is in force; empty at the root."""
    return path_in_force(path, folders).rpartition("/")[0]


def permanent_folder(content: Content) -> str:
    """Return the folder of the edition in force at its name, `udgaver/2026-2029/`, or nothing if nothing was ever published there."""
    return f"{EDITION_FOLDER}/{content.edition.name}/" if content.edition and content.edition.has_folder else ""


def is_of_strategy(page: Page, folders: Folders) -> bool:
    """Whether a page is part of an edition of the strategy: its front page, a chapter or a channel."""
    return path_in_force(page.path, folders) == "index.md" or section_in_force(page.path, folders) in folders.of_strategy


def edition_pages(content: Content) -> list[Page]:
    """Return the pages of the edition that a content is of."""
    return [page for page in content.pages.values() if is_of_strategy(page, content.folders)]


def edition_documents(content: Content) -> list[Document]:
    """Return the documents that hold nothing else than the edition that a content is of."""
    own = {page.path for page in edition_pages(content)}
    documents = content.organisation.documents.values()
    return [document for document in documents if not document.is_of_one_page and own.issuperset((document.opening, *document.pages))]


def document_copies(content: Content) -> dict[str, Document]:
    """Return the documents of the edition in force, keyed by their URLs at its name: they were there as a proposal's, and will be as a filed one's."""
    folder = permanent_folder(content)
    return {f"{folder}{document.url}": document for document in edition_documents(content)} if folder else {}


def linked_file(path: str, link: str, files: Container[str], folders: Folders) -> str:
    """Return the path of the file that a link on a page leads to. `path` is the page's, `link` a relative path, `files` all that there are."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path_in_force(path, folders)), link))
    own = edition_folder(path) + target
    return own if own in files else target


def is_set_apart(path: str, content: Content) -> bool:
    """Whether a page is found by search only when readers ask for editions: it is of one, says how they differ, or is about a rule that is gone."""
    return content.is_gone(path) or is_in_edition_folder(path)


def is_in_edition_folder(path: str) -> bool:
    """Whether a page is of an edition, or says how it differs from the one before it."""
    return path.startswith(f"{EDITION_FOLDER}/") and path != EDITION_LIST


def is_in_force(path: str, content: Content) -> bool:
    """Whether search engines may show a page: it is not of another edition, and neither a guideline nor a rule that holds no longer."""
    return content.content_of(path) is content and not content.is_gone(path)
