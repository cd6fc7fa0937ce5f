"""Checks that a document starts no programs and reveals nothing about the machine that made it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.objects import decode_string, get_entry, name_of, object_id, serialize, stream_bytes, text_of

PROJECT = Path(__file__).resolve().parents[3]
"""The project's folder."""

MIN_FOLDER_PARTS = 3
"""Folders with fewer parts are ignored, since `/srv` and the like could also be words."""

_STRING = re.compile(rb"\(((?:[^\\()]|\\.)*)\)|<([0-9A-Fa-f]{2,})>", re.DOTALL)
"""A string in the syntax of PDF files: the groups are the text in parentheses and the hexadecimal digits."""

_READ_ALOUD = re.compile(rb"/(?:Alt|ActualText|E|Contents)\s*(?:" + _STRING.pattern + rb")", re.DOTALL)
_TITLE = re.compile(rb"/Title\s*(?:" + _STRING.pattern + rb")", re.DOTALL)
_WEB_URL = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)

_SCRIPT = re.compile(rb"/(?:JavaScript|JS)(?![A-Za-z])")
_LAUNCH = re.compile(rb"/S\s*/(?:Launch|ImportData)(?![A-Za-z])")

_WORTH_READING = re.compile(rb"[(]|<[0-9A-Fa-f]|/J|/Launch|/ImportData|/XML")
"""What most objects have none of: strings, programs and metadata."""

_FOLDERS = "home|Users|root|tmp|var|opt|private|mnt|builds?|workspaces?"
_LOCAL_PATH = re.compile(rf"file:/|(?<![\w.:/#?=&%~-])/(?:{_FOLDERS})/[\w.-]|(?<!\w)[A-Za-z]:\\+\w", re.IGNORECASE)


def check_actions_and_paths(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Report links to files, programs, and paths on the machine that made the file.

    Every string of every object is searched, and so is the metadata, but not what is there to be read: painted text, what is read aloud for it,
    bookmarks, titles of headings and URLs on the web may mention folders.
    """
    file_links = {}
    for page in document.pages:
        for annotation in page.annotations:
            url = text_of(get_entry(get_entry(annotation, "/A"), "/URI"))
            if url.casefold().startswith("file:"):
                file_links[url] = page.number
    for url, page_number in file_links.items():
        message = f"et link fører til en fil på en computer ({quoted(url)})"
        yield PdfDiagnostic("file-link", page_number, message, "link til en adresse på nettet eller et sted i dokumentet")
    local_folders = _folders_of_this_machine()
    for thing in [*document.pdf.objects, document.pdf.trailer]:
        if not isinstance(thing, pikepdf.Object):
            continue
        serialized = serialize(thing)
        if not _WORTH_READING.search(serialized):
            continue
        number = document.page_numbers.get(object_id(thing))
        without_strings = _STRING.sub(b"", serialized)
        if _SCRIPT.search(without_strings):
            message = "filen indeholder et program (JavaScript)"
            yield PdfDiagnostic("script", number, message, "fjern det")
        if _LAUNCH.search(without_strings):
            yield PdfDiagnostic("launch", number, "filen kan starte et program på læserens computer", "fjern det")
        hidden = _READ_ALOUD.sub(b"", serialized)
        if isinstance(thing, pikepdf.Dictionary) and "/Title" in thing and "/Parent" in thing:  # a bookmark
            hidden = _TITLE.sub(b"", hidden)
        texts = [text for match in _STRING.finditer(hidden) if not _WEB_URL.match(text := decode_string(*match.groups()))]
        if isinstance(thing, pikepdf.Stream) and name_of(thing.get("/Subtype")) == "XML":
            texts.append(stream_bytes(thing).decode("utf-8", errors="replace"))
        for text in texts:
            path = _LOCAL_PATH.search(text)
            if text.strip() in file_links or not (path or any(folder in text for folder in local_folders)):
                continue
            if isinstance(thing, pikepdf.Dictionary) and text == text_of(thing.get("/T")) and _is_painted(text, document):
                continue  # the title of a heading, which repeats its words
            start = path.start() if path else 0
            message = f"filen røber en mappe på den computer, der lavede den ({quoted(text[start : start + 80].strip())})"
            yield PdfDiagnostic("machine-path", number, message, "fjern den")


def _folders_of_this_machine() -> tuple[str, ...]:
    """Return the folders that a document from this machine could reveal."""
    folders = [Path.cwd(), PROJECT]
    with suppress(RuntimeError):  # a user without an entry in the system's list, as in a container, has no home
        folders.append(Path.home())
    return tuple({f"{folder}{os.sep}" for folder in folders if len(folder.parts) >= MIN_FOLDER_PARTS})


def _is_painted(text: str, document: PdfDocument) -> bool:
    """Whether a text stands on a page, wherever its lines break."""
    painted = "".join("".join(document.texts.values()).split())
    return "".join(text.split()).replace("\u00ad", "") in painted.replace("\u00ad", "")
