"""Answers what Decap's `proxy` backend asks for: the protocol of decap-server (3.11), for the one folder that the editor may change.

Our own scripts add to it what the editor began from: the text of a page (`base`), or the digests of what is deleted (`ids`). Otherwise the last
of two who have the same page open would undo what the first has saved.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import printable
from kanalstrategi.editor.docs_folder import DOCS, MAX_NAME_CHARACTERS, ChangedError, DocsFolder, RefusedError, require_changeable
from kanalstrategi.editor.merging import merge
from kanalstrategi.editor.review import Changes, Review
from kanalstrategi.editor.word_files import PageFromWord, WordFiles

Json = dict[str, Any]


@dataclass(frozen=True)
class Workplace:
    """What the editor works with."""

    docs: DocsFolder
    review: Review
    word_files: WordFiles
    changing: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever changes files: the preview answers each request in a thread of its own."""


def answer(workplace: Workplace, request: object) -> object:
    """Return the answer to a request, both as JSON. Raises RefusedError."""
    fields = _Fields(request)
    action = _ACTIONS.get(fields.text("action"))
    if action is None:
        raise RefusedError("redigeringen på denne maskine kan ikke det – genindlæs siden, og gør det på en anden måde")
    params = _Fields(fields.values.get("params", {}))
    if action not in _CHANGES:
        return action(workplace, params)
    with workplace.changing:  # so that nobody else's change comes between the look at a file and the write
        return action(workplace, params)


class _Fields:
    """An object in JSON. Every method raises RefusedError if a field is missing or of another type."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise _unreadable()
        self.values: Mapping[str, object] = value

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str):
            raise _unreadable()
        return value

    def texts(self, name: str) -> list[str]:
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise _unreadable()
        return value

    def number(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int):
            raise _unreadable()
        return value

    def records(self, name: str) -> list[_Fields]:
        value = self.values.get(name)
        if not isinstance(value, list):
            raise _unreadable()
        return [_Fields(record) for record in value]


def _unreadable() -> RefusedError:
    return RefusedError("redigeringens besked kan ikke læses – genindlæs siden, og prøv igen")


def _info(workplace: Workplace, params: _Fields) -> Json:
    return {"repo": "docs", "publish_modes": ["simple"], "type": "local_fs"}


def _entries_by_folder(workplace: Workplace, params: _Fields) -> list[Json]:
    paths = workplace.docs.list_files(params.text("folder"), params.text("extension"), params.number("depth"))
    return _entries(workplace.docs, paths)


def _entries_by_files(workplace: Workplace, params: _Fields) -> list[Json]:
    return _entries(workplace.docs, [file.text("path") for file in params.records("files")])


def _get_entry(workplace: Workplace, params: _Fields) -> Json:
    return _entry(workplace.docs, params.text("path"))


def _persist_entry(workplace: Workplace, params: _Fields) -> Json:
    """Save a page with its images. Nothing is written unless all of it may be. Return what others have changed in it meanwhile."""
    docs = workplace.docs
    pages = params.records("dataFiles") if "dataFiles" in params.values else [_Fields(params.values.get("entry"))]
    for page in pages:
        if page.values.get("newPath") not in (None, page.text("path")):
            raise RefusedError("en side kan ikke flyttes her – lav en ny side, og slet den gamle")
    assets = dict(_asset(asset) for asset in params.records("assets"))
    texts = {page.text("path"): _encode(page.text("path"), page.text("raw")) for page in pages}
    bases = {page.text("path"): _encode(page.text("path"), page.text("base")) for page in pages}
    for path, content in (*assets.items(), *texts.items()):
        docs.require_changeable(path, len(content))
    _require_unused(docs, assets)
    found = {path: docs.read(path) for path in texts}
    _require_sound(workplace, {**assets, **texts})  # first as it was typed, so that the lines that are told are those of the editor
    changed = {path: former or b"" for path, former in found.items() if (former or b"") not in (bases[path], texts[path])}
    if changed:
        texts |= {path: _merged(path, bases[path], found[path], texts[path]) for path in changed}
        for path, content in texts.items():
            docs.require_changeable(path, len(content))
        if workplace.review.problems({**assets, **texts}):
            path = next(iter(changed))
            raise _changed(path, bases[path], found[path])
    for path, former in found.items():
        if docs.read(path) != former:
            raise RefusedError(f"{path}: filen blev ændret, mens den blev gemt – gem igen")
    for path, content in (*assets.items(), *texts.items()):  # the images before the pages that show them
        docs.write(path, content)
    return {"message": "entry persisted", "theirs": {path: content.decode() for path, content in changed.items()}}


def _merged(path: str, base: bytes, theirs: bytes | None, mine: bytes) -> bytes:
    """Return a page with what two have changed in it."""
    with suppress(UnicodeDecodeError):
        if theirs is not None and (merged := merge(base.decode(), theirs.decode(), mine.decode())) is not None:
            return merged.encode()
    raise _changed(path, base, theirs)


def _changed(path: str, base: bytes, theirs: bytes | None) -> ChangedError:
    if theirs is None:
        return ChangedError(path, "siden er slettet af en anden, siden du åbnede den – spørg, om den skal bruges, og lav den så igen", None)
    what = "siden er ændret af en anden, siden du åbnede den" if base else "der er kommet en anden side med det navn"
    return ChangedError(path, f"{what} – åbn den i et nyt vindue, og skriv dine ændringer ind der", theirs.decode(errors="replace"))


def _require_unused(docs: DocsFolder, uploads: Changes) -> None:
    """Raise RefusedError if an uploaded file would take the place of another."""
    for path, content in uploads.items():
        if docs.read(path) not in (None, content):
            raise RefusedError(f"{path}: der ligger allerede en anden fil med det navn – giv filen et nyt navn, og læg den op igen")


def _get_media(workplace: Workplace, params: _Fields) -> list[Json]:
    files = []
    for path in workplace.docs.list_files(params.text("mediaFolder"), "", 1):
        with suppress(RefusedError):  # one that is too large, which the checks report
            if (content := workplace.docs.read(path)) is not None:
                files.append(_media_file(path, content))
    return files


def _get_media_file(workplace: Workplace, params: _Fields) -> Json:
    path = params.text("path")
    content = workplace.docs.read(path)
    if content is None:
        raise RefusedError(f"{path}: filen findes ikke – genindlæs siden")
    return _media_file(path, content)


def _persist_media(workplace: Workplace, params: _Fields) -> Json:
    path, content = _asset(_Fields(params.values.get("asset")))
    workplace.docs.require_changeable(path, len(content))
    _require_unused(workplace.docs, {path: content})
    _require_sound(workplace, {path: content})
    workplace.docs.write(path, content)
    return _media_file(path, content)


def _delete_file(workplace: Workplace, params: _Fields) -> Json:
    _delete(workplace, [params.text("path")], params)
    return {"message": "deleted file"}


def _delete_files(workplace: Workplace, params: _Fields) -> Json:
    _delete(workplace, params.texts("paths"), params)
    return {"message": "deleted files"}


def _delete(workplace: Workplace, paths: list[str], params: _Fields) -> None:
    """Delete files that are as the editor has seen them."""
    seen = _Fields(params.values.get("ids"))
    for path in paths:
        workplace.docs.require_changeable(path)
    for path in paths:
        content = workplace.docs.read(path)
        if content is not None and _digest(content) != seen.values.get(path):
            raise RefusedError(f"{path}: den er ændret af en anden, siden du så den – genindlæs redigeringen, og se, om den stadig skal slettes")
    _require_sound(workplace, dict.fromkeys(paths))
    for path in paths:
        workplace.docs.delete(path)


def _show_page(workplace: Workplace, params: _Fields) -> Json:
    """Return how a page would look. This is not a part of Decap's protocol."""
    path, text = params.text("path"), params.text("text")
    content = _encode(path, text)
    require_changeable(path, len(content))
    if diagnostics := workplace.review.problems({path: content}):
        raise RefusedError("siden kan først vises, når den er rettet", diagnostics)
    return {"html": workplace.review.article(path.removeprefix(f"{DOCS}/"), text)}


def _import_guideline(workplace: Workplace, params: _Fields) -> Json:
    """Begin a guideline with what a Word file says. This and the next are not parts of Decap's protocol, either."""
    data, name = _file(params)
    return _write_page(workplace, workplace.word_files.begin_guideline(params.text("name"), data, name))


def _apply_answers(workplace: Workplace, params: _Fields) -> Json:
    """Write the answers of a questionnaire into the page that it belongs to."""
    return _write_page(workplace, workplace.word_files.answer_questionnaire(*_file(params)))


def _write_page(workplace: Workplace, page: PageFromWord) -> Json:
    """Write what a Word file makes of a page, and return the report. Nothing is written unless all of it may be."""
    docs = workplace.docs
    for path, content in page.files.items():
        workplace.docs.require_changeable(path, len(content))
        if docs.read(path) != (page.former if path == page.path else None):
            raise RefusedError(f"{path}: filen er ændret imens – prøv igen")
    if diagnostics := workplace.review.problems(page.files):
        raise RefusedError(page.explain(diagnostics))
    written: list[str] = []
    try:
        for path, content in page.files.items():
            docs.write(path, content)
            written.append(path)
    except RefusedError:
        for path in written:  # new ones, since the page is last
            with suppress(RefusedError):
                docs.delete(path)
        raise
    return {"path": page.path, "changed": bool(page.files), "report": page.report}


def _require_sound(workplace: Workplace, changes: Changes) -> None:
    """Raise RefusedError if a change would make a problem that is not there already."""
    if diagnostics := workplace.review.problems(changes):
        count = count_phrase(len(diagnostics), "sted", "steder")
        raise RefusedError(f"Ikke gemt: {count} skal rettes først. {diagnostics[0].place}: {diagnostics[0].text}", diagnostics)


def _get_deploy_preview(workplace: Workplace, params: _Fields) -> None:
    return None


_ACTIONS: Mapping[str, Callable[[Workplace, _Fields], object]] = {
    "info": _info,
    "entriesByFolder": _entries_by_folder,
    "entriesByFiles": _entries_by_files,
    "getEntry": _get_entry,
    "persistEntry": _persist_entry,
    "getMedia": _get_media,
    "getMediaFile": _get_media_file,
    "persistMedia": _persist_media,
    "deleteFile": _delete_file,
    "deleteFiles": _delete_files,
    "getDeployPreview": _get_deploy_preview,
    "showPage": _show_page,
    "importGuideline": _import_guideline,
    "applyAnswers": _apply_answers,
}

_CHANGES = (_persist_entry, _persist_media, _delete_file, _delete_files, _import_guideline, _apply_answers)
"""Those that change files."""


def _entries(docs: DocsFolder, paths: Iterable[str]) -> list[Json]:
    """Return the pages that can be read: one that cannot, which the checks report, must not keep the others from being edited."""
    entries = []
    for path in paths:
        require_changeable(path)
        with suppress(RefusedError):
            entries.append(_entry(docs, path))
    return entries


def _entry(docs: DocsFolder, path: str) -> Json:
    """Return a page. One that does not exist has no data."""
    content = docs.read(path)
    if content is None:
        return {"data": None, "file": {"path": path, "id": None}}
    try:
        return {"data": content.decode(), "file": {"path": path, "id": _digest(content)}}
    except UnicodeDecodeError as error:  # saving it would change more than the editor has changed
        raise RefusedError(f"{path}: teksten er ikke gemt som UTF-8 – gem filen igen med tegnsættet UTF-8") from error


def _media_file(path: str, content: bytes) -> Json:
    return {
        "id": _digest(content),
        "content": base64.b64encode(content).decode("ascii"),
        "encoding": "base64",
        "path": path,
        "name": path.rpartition("/")[2],
    }


def _asset(asset: _Fields) -> tuple[str, bytes]:
    """Return the path and the content of an uploaded file."""
    if asset.text("encoding") != "base64":
        raise _unreadable()
    return asset.text("path"), _content(asset)


def _file(params: _Fields) -> tuple[bytes, str]:
    """Return the content and the name of a file that is handed in. The name says which kind it is and stands in messages."""
    file = _Fields(params.values.get("file"))
    name = file.text("name")
    if len(name) > MAX_NAME_CHARACTERS:
        raise RefusedError("filens navn er for langt – giv den et kortere")
    return _content(file), printable(name)


def _content(fields: _Fields) -> bytes:
    try:
        return base64.b64decode(fields.text("content"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unreadable() from error


def _encode(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(f"{path}: teksten har et tegn, der ikke kan gemmes – slet det") from error


def _digest(content: bytes) -> str:
    """Return what the editor knows a file by, and says again when it deletes it."""
    return hashlib.sha256(content).hexdigest()
