"""Says why a built site must not stand beside others on a portal. No I/O.

All sites of a portal have one origin, so that a script on one could read and change the pages of another. The program itself writes no other
scripts than its own, but a site is built with its municipality's own macros, and those can write anything. Each file is therefore checked.
"""

from __future__ import annotations

import re
from collections.abc import Set

from kanalstrategi.incoming_text import is_utf8
from kanalstrategi.publishing.compression import unpacks_to
from kanalstrategi.publishing.portal.page_check import fault_of_page
from kanalstrategi.publishing.portal.xml_check import fault_of_xml
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, OTHER_CONTENT_TYPES, PRECOMPRESSED, SERVER_FILES
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.svg import check_svg

MAX_FILE_BYTES = 100_000_000
MAX_SITE_BYTES = 2_000_000_000
MAX_FILES = 100_000
MAX_DEPTH = 30
"""How many folders may lie inside each other."""
EXTENSIONS = frozenset((*CONTENT_TYPES, *OTHER_CONTENT_TYPES)) - {"wasm"}
"""The extensions of the files that a site may have, besides compressed ones. Anything else, such as `.php`, might be run by a web server."""
LEFT_OUT = "admin"
"""The folder that is not published. The browser editor keeps its key in the browser, where any page of the same origin can read it."""
_NOT_FOR_READERS = frozenset(name.casefold() for name in (*SERVER_FILES, "CNAME", ".nojekyll"))
"""The files that are not published: they set up a server or a host, which is for whoever runs the portal, and could have it run programs."""

_PATH = re.compile(r"(?!.*//)(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9._~/-]{1,300}")
_HANDLED = frozenset((
    "asp", "aspx", "br", "cgi", "config", "gz", "htm", "html", "js", "jsp", "mjs", "phar", "php", "phtml", "pl", "py", "rb", "shtml", "svg", "xht", "xhtml",
    "xml",
))  # fmt: skip # one line per name would fill a page
"""What must not stand inside a name, as in `a.php.txt` and `staticwebapp.config.json`: Apache looks at all extensions of a name, some hosts at some."""
_SIGNATURES = {
    "docx": (b"PK\x03\x04",),
    "gif": (b"GIF87a", b"GIF89a"),
    "jpeg": (b"\xff\xd8\xff",),
    "jpg": (b"\xff\xd8\xff",),
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "webp": (b"RIFF",),
    "woff2": (b"wOF2",),
    "xlsx": (b"PK\x03\x04",),
}
"""What files begin with that are not text, keyed by extension. A browser takes a file for what it begins with, if a host does not say what it is."""


def is_left_out(path: str) -> bool:
    """Whether a file of a site is not published on a portal. Paths are relative to the site."""
    # Windows and macOS take `Web.Config` for the same file.
    return path.split("/", 1)[0] == LEFT_OUT or path.rpartition("/")[2].casefold() in _NOT_FOR_READERS


def original_of(path: str) -> str:
    """Return the path of the file that another is the compressed form of; empty if it is none."""
    original, _, extension = path.rpartition(".")
    return original if extension in dict(PRECOMPRESSED) else ""


def fault_of_name(path: str) -> str:
    """Return why a file must not be published because of its path, in Danish; empty if it may."""
    _, *inner, extension = (original_of(path) or path).rpartition("/")[2].split(".")
    if not _PATH.fullmatch(path):
        return "navnet har andre tegn end bogstaver a–z, tal, punktum, bindestreg og understreg"
    if extension not in EXTENSIONS or not _HANDLED.isdisjoint(part.lower() for part in inner):
        return "den slags fil har en hjemmeside ikke"
    return ""


def fault_of_compressed(path: str, compressed: bytes, content: bytes | None) -> str:
    """Return why a compressed file must not be published, in Danish. `content` is that of the file beside it, which has been checked; None if there is none."""
    if content is None or _is_like_a_page(compressed) or not unpacks_to(path[path.rindex(".") :], compressed, content):
        return "den er ikke den pakkede udgave af filen ved siden af"
    return ""


def fault_of_content(path: str, content: bytes, scripts: Set[bytes], inline: Set[str]) -> str:
    """Return why a file that is not compressed must not be published because of its content, in Danish; empty if it may.

    `scripts` are the contents of the program's own scripts, and `inline` the hashes of those in its pages.
    """
    extension = path.rpartition(".")[2]
    if extension == "js":
        return "" if content in scripts else "scriptet er ikke programmets eget"
    if extension == "html":
        return fault_of_page(content, inline)
    if extension == "xml":
        return fault_of_xml(content)
    if extension == "svg":
        return "" if len(content) <= MAX_BYTES[".svg"] and not any(check_svg(content)) else "tegningen har andet i sig end en tegning"
    if extension in _SIGNATURES:
        return "" if content.startswith(_SIGNATURES[extension]) else "filen begynder ikke som en fil af den slags"
    if not is_utf8(content):
        return "filen er ikke gemt som UTF-8"
    return "filen begynder som en side" if _is_like_a_page(content) else ""


def _is_like_a_page(content: bytes) -> bool:
    """Whether a browser may take a file for a page if the host does not say what it is."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
