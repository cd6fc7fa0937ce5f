"""Which files a server may send, and how."""

from __future__ import annotations

DENIED_PATHS = r"(?:_headers|_redirects|_nginx[^/]*\.conf|(?:.*/)?\.(?!well-known/)[^/]+.*)$"
"""The files meant for the server itself, and hidden files except those in `.well-known/`, which certificate authorities ask for."""
CONTENT_TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
"""The content types that are worth compressing, by extension."""
PRECOMPRESSED = (("br", "br"), ("gz", "gzip"))
"""The extensions of compressed files and their content codings, the better first."""
GENERATED_MARKER = "Made by the build from kanalstrategi/publishing/servers/: change it there, not here."
"""Stands in every file that is written for a server, and tells it from a file that somebody else has written."""
FORMER_MARKERS = ("Made by the build from overrides/serving/: change it there, not here.",)
"""The markers of earlier versions, whose sites may be replaced, too."""
