"""Checks that a PDF is a document to read: whole, open to all, and without programs or files inside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

import pikepdf

from kanalstrategi.markdown.allow_list import leaves_site

_SAVE_AGAIN = "gem dokumentet som PDF igen fra det program, det er skrevet i"
_WITHOUT_FORM = "gem dokumentet som PDF igen uden knapper og felter"
_WITHOUT_MEDIA = "gem dokumentet som PDF igen uden dem"
_ONE_BY_ONE = "gem hver fil for sig, og link til dem"

_PROGRAM = ("PDF-filen indeholder et program (JavaScript)", _WITHOUT_FORM)
_FILES = ("PDF-filen har andre filer i sig", _ONE_BY_ONE)
_MEDIA = ("PDF-filen har lyd, film eller 3D i sig", _WITHOUT_MEDIA)
_FORM = ("PDF-filen sender eller henter, hvad læseren skriver i den", _WITHOUT_FORM)
_OTHER_FILE = ("PDF-filen åbner en anden fil eller et program", "slet det link eller den knap, der gør det, og gem dokumentet som PDF igen")

_ACTIONS = {
    "/GoTo3DView": _MEDIA,
    "/GoToE": _FILES,
    "/GoToR": _OTHER_FILE,
    "/ImportData": _FORM,
    "/JavaScript": _PROGRAM,
    "/Launch": _OTHER_FILE,
    "/Movie": _MEDIA,
    "/Rendition": _MEDIA,
    "/RichMediaExecute": _MEDIA,
    "/Sound": _MEDIA,
    "/SubmitForm": _FORM,
    "/Thread": _OTHER_FILE,
}
"""The actions that a document may not hold (ISO 32000-2, 12.6.4), each with the message and the hint."""
_ANNOTATIONS = {
    "/3D": _MEDIA,
    "/FileAttachment": _FILES,
    "/Movie": _MEDIA,
    "/RichMedia": _MEDIA,
    "/Screen": _MEDIA,
    "/Sound": _MEDIA,
}
"""The kinds of annotations that a document may not hold."""
_KINDS = {"/S": _ACTIONS, "/Subtype": _ANNOTATIONS}
"""The keys that say what kind of action or annotation a dictionary is."""
_KEYS = {"/EF": _FILES, "/EmbeddedFiles": _FILES, "/JS": _PROGRAM, "/XFA": _PROGRAM}
"""The keys of dictionaries that a document may not hold: files in it, and what forms run."""
_BY_ITSELF = ("/AA", "/Next", "/OpenAction")
"""The keys of actions that no reader has asked for."""
_URL_SCHEMES = ("http", "https", "mailto", "tel", "")

_MAX_UNPACKED_BYTES = 100_000_000
"""How large one stream may become that has to be unpacked, since a file of a few kilobytes can hold gigabytes."""

_MAX_DIAGNOSTICS = 10


def check_pdf(data: bytes) -> list[tuple[str, str]]:
    """Return a message and a hint in Danish for each kind of thing that is wrong with a PDF."""
    if not data.startswith(b"%PDF-"):
        return [("filen er ikke en PDF", _SAVE_AGAIN)]
    if not data.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        return [("PDF-filen er beskadiget eller kan ikke læses", _SAVE_AGAIN)]
    try:
        with reader_limits(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return [("PDF-filen er låst", "gem den uden begrænsninger og uden adgangskode")]
            if len(pdf.pages) == 0:
                return [("PDF-filen har ingen sider", _SAVE_AGAIN)]
            return list(dict.fromkeys(_active_content(pdf)))[:_MAX_DIAGNOSTICS]
    except pikepdf.PasswordError:
        return [("PDF-filen er beskyttet med en adgangskode", "gem den uden adgangskode")]
    except (pikepdf.PdfError, RuntimeError, ValueError, OverflowError):  # pikepdf (10.18) passes on some of qpdf's own errors
        return [("PDF-filen er beskadiget eller kan ikke læses", _SAVE_AGAIN)]


def _active_content(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield everything in a document that does something, or that is not part of what readers see, more than once if it is."""
    waiting: list[pikepdf.Object] = [pdf.trailer, *pdf.objects]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Array):
            waiting += [item for item in value if _is_direct_container(item)]
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            if isinstance(value, pikepdf.Stream) and "/F" in value:  # its content is in another file
                yield _OTHER_FILE
            for key, item in value.items():
                if (key in _BY_ITSELF and _opens_address(item)) or (key == "/Ref" and isinstance(item, pikepdf.Dictionary)):
                    yield _OTHER_FILE
                if key in _KEYS:
                    yield _KEYS[key]
                elif key in _KINDS and isinstance(item, pikepdf.Name) and str(item) in _KINDS[key]:
                    yield _KINDS[key][str(item)]
                elif key in ("/URI", "/Base") and isinstance(item, pikepdf.String) and not _is_web_address(str(item)):
                    yield f"PDF-filen linker til {str(item)[:100]}, som læserne ikke kan følge", "ret linket i dokumentet, og gem det som PDF igen"
                elif _is_direct_container(item):
                    waiting.append(item)


def _is_direct_container(value: object) -> bool:
    """Whether a value is an array or dictionary that is written in place. The others come by themselves."""
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _opens_address(action: object) -> bool:
    """Whether an action, or one of several by what they wait for, opens an address."""
    actions = [action, *action.values()] if isinstance(action, pikepdf.Dictionary) else list(action) if isinstance(action, pikepdf.Array) else []
    return any(isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.URI for one in actions)


def _is_web_address(url: str) -> bool:
    try:
        scheme = urlsplit(url.strip()).scheme
    except ValueError:
        return False
    return scheme in _URL_SCHEMES and not (scheme == "" and leaves_site(url.replace(" ", "%20")))


@contextmanager
def reader_limits() -> Iterator[None]:
    """Set the limits of qpdf, which reads PDFs, for a block. They apply to the whole process, and the PDFs that we make may exceed them."""
    settings = pikepdf.settings
    settings.set_qpdf_limits(flate_max_memory=_MAX_UNPACKED_BYTES, run_length_max_memory=_MAX_UNPACKED_BYTES, max_stream_filters=3)
    try:
        yield
    finally:
        settings.set_qpdf_limits(flate_max_memory=0, run_length_max_memory=0, max_stream_filters=25)  # what it has by itself
