"""Tells what a PDF lacks for those who have it read aloud. What is wrong with the file itself is found in `pdf_files.py`."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

from kanalstrategi.sanitizing.pdf_files import reader_limits

_SAVE_FROM_WORD = "gem den igen fra Word med »Gem som« og typen PDF, ikke ved at udskrive den"
_UNTAGGED = ("PDF-filen har ingen mærker (tags), så en skærmlæser kan ikke læse den op i rækkefølge", _SAVE_FROM_WORD)
_WITHOUT_LANGUAGE = (
    "PDF-filen siger ikke, hvilket sprog den er på, så en skærmlæser kan læse den op på et andet",
    f"vælg sproget i dokumentet, og {_SAVE_FROM_WORD}",
)
_WITHOUT_TITLE = ("PDF-filen har ingen titel, så en skærmlæser siger filens navn", f"skriv titlen under Filer, Oplysninger i Word, og {_SAVE_FROM_WORD}")

_MARKUP = re.compile(rb"<[^>]*+>?")


def advise_on_pdf(data: bytes) -> list[tuple[str, str]]:
    """Return a message and a hint in Danish for what a PDF lacks. Nothing is said of one that cannot be read.

    An untagged one has to be saved again whatever else it lacks, so only that is said.
    """
    try:
        with reader_limits(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            if not _is_tagged(pdf.Root):
                return [_UNTAGGED]
            return [*([] if _has_text(pdf.Root, "/Lang") else [_WITHOUT_LANGUAGE]), *([] if _has_title(pdf) else [_WITHOUT_TITLE])]
    except (pikepdf.PdfError, RuntimeError, ValueError, OverflowError):  # as in `pdf_files.py`
        return []


def _is_tagged(root: pikepdf.Object) -> bool:
    """Whether a document says that it is tagged, and has a tag."""
    mark_info, tree = root.get("/MarkInfo"), root.get("/StructTreeRoot")
    marked: object = mark_info.get("/Marked") if isinstance(mark_info, pikepdf.Dictionary) else None
    return marked is True and isinstance(tree, pikepdf.Dictionary) and "/K" in tree


def _has_title(pdf: pikepdf.Pdf) -> bool:
    information, metadata = pdf.trailer.get("/Info"), pdf.Root.get("/Metadata")
    if isinstance(information, pikepdf.Dictionary) and _has_text(information, "/Title"):
        return True
    if not isinstance(metadata, pikepdf.Stream):
        return False
    title = metadata.read_bytes().partition(b"<dc:title")[2].partition(b"</dc:title>")[0]
    return bool(_MARKUP.sub(b"", b"<" + title).strip())


def _has_text(dictionary: pikepdf.Object, key: str) -> bool:
    value = dictionary.get(key)
    return isinstance(value, pikepdf.String) and bool(str(value).strip())
