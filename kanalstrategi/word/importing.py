"""Makes a guideline of a Word file, or of text that was copied out of one: the page, its images, and a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kanalstrategi.content.model import Channel
from kanalstrategi.content.page_template import begun_department
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import printable
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS
from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, Element, Node
from kanalstrategi.markdown.parser import parse
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.office_files import check_readable_office
from kanalstrategi.word.document import WordDocument
from kanalstrategi.word.draft import Draft, fill_draft
from kanalstrategi.word.pasted import read_pasted, text_of_pasted
from kanalstrategi.word.reader import UnreadableError, read_document
from kanalstrategi.word.report import write_report
from kanalstrategi.word.words import tags_in_file, words_of, words_of_file

WORD_EXTENSION, TEXT_EXTENSIONS = ".docx", (".txt", ".md")
MAX_FILE_BYTES = 50_000_000
"""The maximum size of a file that is read: images take most of it, and are made smaller."""
MAX_TAGS = 1_000_000
"""The maximum number of tags in a Word file: ten times that of one that fills a page."""
MAX_SECONDS = 20.0
"""Limit for reading a file."""
_IMAGE_FOLDER = "docs/billeder"
_SAVE_AS = "gem den som Word-dokument (.docx), og prøv igen"
_OTHER_KINDS = {
    **dict.fromkeys((".docm", ".dotm", ".dotx"), "filen er en skabelon eller indeholder makroer – gem den som Word-dokument (.docx) uden makroer"),
    **dict.fromkeys((".doc", ".dot", ".rtf"), f"filen er i et gammelt format – {_SAVE_AS}"),
}
"""What is said about other files of Word, keyed by extension."""


class GuidelineFileError(ValueError):
    """A file cannot become a guideline. The message says why and what to do about it, in Danish, on one line."""


@dataclass(frozen=True)
class ImportedGuideline:
    """What becomes of a file."""

    files: dict[str, bytes]
    """The page and its images, keyed by path relative to the project's root; the page is last."""
    report: str
    missing: dict[str, int]
    """The words of the file that are neither on the page nor in the report, and how often. The report names them."""


def import_guideline(data: bytes, name: str, page: str, page_path: str, groups: Sequence[Channel], taken: Container[str] = ()) -> ImportedGuideline:
    """Return the files of a guideline that has the text of a file in it. Raises GuidelineFileError.

    `name` is the name of the file, `page` the text of a guideline that has just begun, and `page_path` its path relative to the
    project's root. `taken` are the paths in `docs/` that are in use.
    """
    try:
        with time_limit(MAX_SECONDS):
            document, words = read_file(data, name, f"{PurePosixPath(page_path).stem}-fra-word", taken)
            draft = fill_draft(page, document, groups)
            missing = words - _words_told(draft, document)
    except TooSlowError as error:
        raise _error(name, "filen tager for lang tid at læse – del den i flere") from error
    text = draft.text.encode()
    if len(text) > MAX_BYTES[".md"]:
        raise _error(name, f"filen har for meget tekst til én side: {len(text) // 1000} kB, og der er plads til {MAX_BYTES['.md'] // 1000} – del den i flere")
    images = {f"{_IMAGE_FOLDER}/{image}": content for image, content in document.images.items()}
    report = write_report(printable(name), page_path, draft.placements, [*draft.remarks, *document.remarks], images, missing)
    return ImportedGuideline({**images, page_path: text}, report, dict(missing))


def begin_guideline(
    root: Path, department: str, data: bytes, name: str, environment: Mapping[str, str], config: str = "mkdocs.yml"
) -> tuple[str, ImportedGuideline]:
    """Return the path of the guideline of a new department in a project, and what becomes of a file in it, without writing anything.

    `config` is the name of the configuration file in the folder `root`. Raises NewPageError and GuidelineFileError.
    """
    path, page = begun_department(root, department, environment)
    project = read_project(root, environment, config)
    return path, import_guideline(data, name, page, path, project.content.groups, frozenset(project.files))


def read_file(data: bytes, name: str, image_name: str, taken: Container[str]) -> tuple[WordDocument, Counter[str]]:
    """Return what is in a file, and how often each word is in it. Raises GuidelineFileError, and TooSlowError within a time limit.

    `image_name` begins the names of its images; `taken` are the paths in `docs/` that are in use.
    """
    extension = PurePosixPath(name).suffix.lower()
    if len(data) > MAX_FILE_BYTES:
        raise _error(name, f"filen fylder {len(data) // 1_000_000} MB, og den må højst fylde {MAX_FILE_BYTES // 1_000_000} – gør billederne mindre")
    if extension in TEXT_EXTENSIONS:
        return read_pasted(data), words_of(text_of_pasted(data))
    if extension != WORD_EXTENSION:
        raise _error(name, _OTHER_KINDS.get(extension, f"filen kan ikke læses – {_SAVE_AS}"))
    for message, hint in check_readable_office(data, WORD_EXTENSION):
        raise _error(name, f"{message} – {hint}")
    if tags_in_file(data) > MAX_TAGS:
        raise _error(name, "filen er for lang eller for indviklet – del den i flere")
    try:
        return read_document(data, image_name, _FileNames(taken)), words_of_file(data)
    except UnreadableError as error:
        raise _error(name, "filen er beskadiget eller kan ikke læses – gem den igen fra Word") from error


class _FileNames:
    """The names in the folder of images that are in use."""

    def __init__(self, paths: Container[str]) -> None:
        self._paths = paths

    def __contains__(self, name: object) -> bool:
        return f"{_IMAGE_FOLDER.removeprefix('docs/')}/{name}" in self._paths


def _error(name: str, message: str) -> GuidelineFileError:
    return GuidelineFileError(printable(f"{name}: {message}"))


def _words_told(draft: Draft, document: WordDocument) -> Counter[str]:
    """Return how often each word is in what readers see of the text that was added, or is said to be nowhere else than in the report."""
    told = [remark.words for remark in (*draft.remarks, *document.remarks) if not remark.kind.is_on_page]
    return words_of(shown_text(parse(draft.added).root)) + words_of(" ".join([*draft.dropped, *document.marks, *told]))


def shown_text(node: Node) -> str:
    """Return the text that readers see of a part of a page, without the numbers of footnotes; a space stands around a block."""
    if not isinstance(node, Element):
        return node if isinstance(node, str) else ""
    if node.has_class(MARK_CLASS) or node.has_class(BACK_CLASS):
        return ""
    text = node.attributes.get("alt", "") if node.tag == "img" else "".join(map(shown_text, node.children))
    return f" {text} " if node.tag in BLOCK_ELEMENTS or node.tag in ("br", "img") else text
