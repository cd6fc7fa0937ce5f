"""Defines which files a server may send, and how they are compressed."""

from __future__ import annotations

POLICY_FILES = ("_headers", "_nginx.conf", ".htaccess", "web.config")
"""The files that say which headers each URL has, one for each kind of server."""
SERVER_FILES = (*POLICY_FILES, "_nginx-brotli.conf", "_redirects")
"""All files that the build writes for a server, and not for readers."""
DENIED_PATHS = r"(?:_headers|_redirects|_nginx[^/]*\.conf|web\.config|(?:.*/)?\.(?!well-known/)[^/]+.*)$"
"""The files for the server itself, and hidden files except those in `.well-known/`, which certificate authorities request."""
CONTENT_TYPES = {
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
"""The content types that are worth compressing, keyed by extension."""
OTHER_CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The content types of all other files that a site may have, keyed by extension, for servers that send no file whose type they do not know."""
PRECOMPRESSED = (("br", "br"), ("gz", "gzip"))
"""The extensions of compressed files with their content codings, best compression first."""
GENERATED_MARKER = "Made by the build from kanalstrategi/publishing/servers/: change it there, not here."
"""The text that marks every file written for a server, to distinguish it from files that somebody else has written."""
FORMER_MARKERS = ("Made by the build from overrides/serving/: change it there, not here.",)
"""The markers of earlier versions. Sites built by those may be replaced, too."""
