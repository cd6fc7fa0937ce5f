"""Puts the door in front of the preview's server, and the editor's own API beside its pages, at `admin/api`. Speaks WSGI."""

from __future__ import annotations

import json
import posixpath
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from kanalstrategi.editor.config import LOCAL_API
from kanalstrategi.editor.docs_folder import ChangedError, RefusedError
from kanalstrategi.editor.door import Door, Refusal
from kanalstrategi.editor.door_page import DOOR_PAGE_POLICY, DoorSite, key_page, refusal_page
from kanalstrategi.editor.local_api import Workplace, answer

MAX_BODY_BYTES = 50_000_000
"""Maximum size of a request: a page with a few attachments of the largest size."""
MAX_BODY_SECONDS = 60.0
"""How long a request may take to arrive."""
_CHUNK_BYTES = 65_536

_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
EDITOR_HEADERS = (*_HEADERS, ("Content-Security-Policy", "frame-ancestors 'none'"))
"""The headers of whatever belongs to the editor."""
_PAGE_HEADERS = (*_HEADERS, ("Content-Security-Policy", DOOR_PAGE_POLICY))


def guarded(serve: WSGIApplication, door: Door, mount_path: str, workplace: Workplace | None, site: Callable[[], DoorSite]) -> WSGIApplication:
    """Return an application that answers as `serve` does, to whom the door lets in. With `workplace`, it answers the editor, too.

    `mount_path` is the path of the site's root, with a slash at the end. `site` returns what is said of the site to someone who has no key.
    """

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, headers, method = path_of(environ), _headers(environ), environ["REQUEST_METHOD"]
        is_editor = workplace is not None and _is_in_editor(path, mount_path)
        is_api = is_editor and path == f"{mount_path}admin/{LOCAL_API}"
        refusal, lacks_key = door.refuse(headers, path), False
        if not refusal and method not in (("POST",) if is_api else ("GET", "HEAD")):
            refusal = Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Adressen kan ikke bruges på den måde – åbn den i en browser")
        if not refusal and is_editor:
            if path == f"{mount_path}admin/" and door.has_key(environ.get("QUERY_STRING", "")):
                # Not a redirect: after one, a browser that was sent here by a link elsewhere would not send the cookie.
                welcome = [("Refresh", "0; url=./"), ("Set-Cookie", door.cookie)]
                return _respond(start_response, HTTPStatus.OK, "Redigeringen åbner …", welcome)
            refusal = door.refuse_to_edit(headers)
            lacks_key = refusal is not None
        if not refusal and is_api:
            refusal = door.refuse_to_write(headers)
        if refusal:
            _read_body(environ)  # a connection that is closed before all has arrived would end without the answer
            if is_api:
                return _respond_json(start_response, refusal.status, {"error": refusal.reason})
            if "text/html" in headers.get("accept", ""):
                page = key_page(refusal, site()) if lacks_key else refusal_page(refusal)
                return _send(start_response, refusal.status, "text/html; charset=utf-8", page, _PAGE_HEADERS)
            return _respond(start_response, refusal.status, refusal.reason)
        if is_api:
            assert workplace is not None, "otherwise there is no API"
            return _respond_json(start_response, *_answer(workplace, environ))
        return serve(environ, start_response)

    return app


def path_of(environ: WSGIEnvironment) -> str:
    """Return the path of a request's URL, in the same way as MkDocs (1.6.1) reads it."""
    return str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")


def _is_in_editor(path: str, mount_path: str) -> bool:
    """Whether a path leads to the editor, also by detours, and where file names differ in case only."""
    inner = posixpath.normpath("/" + path.removeprefix(mount_path)).lstrip("/").casefold()
    return inner == "admin" or inner.startswith("admin/")


def _headers(environ: WSGIEnvironment) -> Mapping[str, str]:
    """Return the headers of a request. Their names are in lower case."""
    headers = {name[5:].replace("_", "-").lower(): str(value) for name, value in environ.items() if name.startswith("HTTP_")}
    return {**headers, "content-type": str(environ.get("CONTENT_TYPE", ""))}


def _answer(workplace: Workplace, environ: WSGIEnvironment) -> tuple[HTTPStatus, object]:
    """Return the status and the answer to a request of the editor."""
    body = _read_body(environ)
    if body is None:
        hint = "gem færre eller mindre filer ad gangen"
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": f"Der er for meget på én gang, eller det nåede ikke frem – {hint}"}
    try:
        return HTTPStatus.OK, answer(workplace, json.loads(body))
    except (ValueError, RecursionError):
        return HTTPStatus.BAD_REQUEST, {"error": "Redigeringens besked kan ikke læses – genindlæs siden, og prøv igen"}
    except ChangedError as changed:
        return HTTPStatus.CONFLICT, {"error": str(changed), "path": changed.path, "theirs": changed.theirs}
    except RefusedError as refused:
        diagnostics = [
            {"file": diagnostic.file, "line": diagnostic.line, "message": diagnostic.message, "hint": diagnostic.hint} for diagnostic in refused.diagnostics
        ]
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(refused), "diagnostics": diagnostics}


def _read_body(environ: WSGIEnvironment) -> bytes | None:
    """Return the body of a request; None if it is too large, or does not arrive in time. What is too large is read and dropped."""
    length = str(environ.get("CONTENT_LENGTH", ""))
    if not (length.isascii() and length.isdigit() and len(length) < 12):
        return None
    total = int(length)
    if total > 4 * MAX_BODY_BYTES:
        return None
    end = time.monotonic() + MAX_BODY_SECONDS
    body, received = bytearray(), 0
    try:
        while received < total and time.monotonic() < end:
            chunk = environ["wsgi.input"].read1(min(total - received, _CHUNK_BYTES))
            if not chunk:
                return None
            received += len(chunk)
            if total <= MAX_BODY_BYTES:
                body += chunk
    except OSError:
        return None
    return bytes(body) if received == total <= MAX_BODY_BYTES else None


def _respond_json(start_response: StartResponse, status: HTTPStatus, content: object) -> Iterable[bytes]:
    return _send(start_response, status, "application/json; charset=utf-8", json.dumps(content), EDITOR_HEADERS)


def _respond(start_response: StartResponse, status: HTTPStatus, text: str, headers: Iterable[tuple[str, str]] = ()) -> Iterable[bytes]:
    return _send(start_response, status, "text/plain; charset=utf-8", text + "\n", (*EDITOR_HEADERS, *headers))


def _send(start_response: StartResponse, status: HTTPStatus, kind: str, text: str, headers: Iterable[tuple[str, str]]) -> Iterable[bytes]:
    body = text.encode()
    start_response(f"{status.value} {status.phrase}", [("Content-Type", kind), ("Content-Length", str(len(body))), *headers])
    return [body]
