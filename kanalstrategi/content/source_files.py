"""Reads and parses the Markdown files in `docs/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from kanalstrategi.content.conventions import TEMPLATE_FOLDER
from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit, too_slow
from kanalstrategi.markdown.front_matter import FrontMatter, body_without_front_matter
from kanalstrategi.markdown.invisible_characters import INVISIBLE_CHARACTERS
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.sanitizing.files import MAX_BYTES, PAGE_EXTENSIONS

ParserFactory = Callable[[Collection[str]], Callable[[str], ParsedPage]]
"""Takes the texts of all pages, and returns a parser that gives the same results as `kanalstrategi.markdown.parser.parse`."""

_MOJIBAKE = re.compile("Ã[¦¸¥†˜…]|Ã\x86|Ã\x98|Ã\x85")
"""æ, ø and å that were saved as UTF-8 but read in another encoding."""


def parse_pages(docs: Path, files: list[str], diagnostics: list[Diagnostic], parser_for: ParserFactory) -> dict[str, ParsedPage]:
    """Return the parsed pages, keyed by path. `files` are the paths of all files, including templates and others that are not pages."""
    texts = {}
    for path in files:
        name = path.rpartition("/")[2]
        if not name.endswith(PAGE_EXTENSIONS) or path.startswith(f"{TEMPLATE_FOLDER}/"):
            continue
        if not name.endswith(".md") or name == "README.md":
            hint = "omdøb filen, så den ender på .md (en mappes forside hedder index.md)"
            diagnostics.append(Diagnostic(f"docs/{path}", 1, "filens navn kan ikke bruges til en side", hint))
            continue
        texts[path] = _read_text(docs, path, diagnostics)
    parse_page = parser_for(texts.values())
    return {path: _parse_checked(path, text, diagnostics, parse_page) for path, text in texts.items()}


def parse_template(docs: Path, path: str, diagnostics: list[Diagnostic], fill: Callable[[str], str] = str) -> ParsedPage:
    """Return a template as a parsed page; `fill` turns the text of the template into the text of a page."""
    return _parse_checked(path, fill(_read_text(docs, path, diagnostics)), diagnostics, parse)


def _read_text(docs: Path, path: str, diagnostics: list[Diagnostic]) -> str:
    """Return the text of a file in NFC, with `\\n` as line endings."""
    with (docs / path).open("rb") as stream:
        data = stream.read(MAX_BYTES[".md"] + 1)  # only the beginning of a file that is too large
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if len(data) <= MAX_BYTES[".md"]:
            message = "teksten er ikke gemt som UTF-8"
            diagnostics.append(Diagnostic(f"docs/{path}", line, message, "gem filen igen med tegnsættet UTF-8"))
        text = data.decode("utf-8-sig", errors="ignore")
    return to_nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def _parse_checked(path: str, text: str, diagnostics: list[Diagnostic], parse_page: Callable[[str], ParsedPage]) -> ParsedPage:
    """Return the parsed page, or little more than its front matter if parsing takes too long.

    Reports pages that take too long, front matter that cannot be read as it was meant, and odd characters.
    """
    parsed = _parse_in_time(text, parse_page)
    if parsed is None:
        body = body_without_front_matter(text)
        diagnostics.append(too_slow(path, body))
        front_matter = text[: len(text) - len(body.lstrip("\n"))]  # pages that mention this one need its values
        parsed = _parse_in_time(f"{front_matter}# …\n", parse) or parse("# …\n")
    diagnostics += [diagnostic.in_file(f"docs/{path}") for diagnostic in (*parsed.front.errors, *parsed.front.diagnostics)]
    diagnostics += _check_characters(path, text, parsed.front)
    return parsed


def _parse_in_time(text: str, parse_page: Callable[[str], ParsedPage]) -> ParsedPage | None:
    """Return the parsed page, or None if parsing takes too long."""
    try:
        with time_limit():
            return parse_page(text)
    except TooSlowError:
        return None


def _check_characters(path: str, text: str, front: FrontMatter) -> Iterator[Diagnostic]:
    """Yield diagnostics for invisible characters and for broken æ, ø and å; lines that are already reported are skipped."""
    reported_lines = {error.line for error in front.errors}
    for key, value in front.values.items():
        texts = [key, *value] if isinstance(value, list) else [key, value or ""]
        if any(map(INVISIBLE_CHARACTERS.search, texts)):  # from an escape such as `"\0"`
            reported_lines.add(front.lines[key])
            yield Diagnostic(f"docs/{path}", front.lines[key], "linjen indeholder et usynligt tegn", "slet linjen, og skriv den igen")
    for pattern, message, hint in (
        (INVISIBLE_CHARACTERS, "linjen indeholder et usynligt tegn", "slet linjen, og skriv den igen"),
        (_MOJIBAKE, "æ, ø eller å er blevet ødelagt", "skriv bogstaverne igen, og gem filen med tegnsættet UTF-8"),
    ):
        line, counted = 1, 0
        for match in pattern.finditer(text):
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            if line not in reported_lines:
                reported_lines.add(line)
                yield Diagnostic(f"docs/{path}", line, message, hint)
