"""Which files a server may send, and how."""

from __future__ import annotations

DENIED_PATHS = r"(?:_headers|_redirects|_nginx[^/]*\.conf|(?:.*/)?\.(?!well-known/)[^/]+.*)$"
"""What is meant for the server itself, and hidden files. Certificate authorities ask for `.well-known/`."""
CONTENT_TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
"""By extension, those that are worth compressing."""
PRECOMPRESSED = (("br", "br"), ("gz", "gzip"))
"""The extensions of compressed files and their content codings, the better first."""
GENERATED_MARKER = "Made by the build from kanalstrategi/publishing/servers/: change it there, not here."
"""Stands in every file that is written for a server, and tells it from a file of somebody else's."""
FORMER_MARKERS = ("Made by the build from overrides/serving/: change it there, not here.",)
"""What earlier versions wrote: a site that they have built may be replaced, too."""
