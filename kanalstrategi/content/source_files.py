"""Reads and parses the Markdown files in `docs/`, and those of the program that are read as if they lay there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kanalstrategi.content.conventions import TEMPLATE_FOLDER
from kanalstrategi.content.folders import DEFAULT_FOLDERS, Folders
from kanalstrategi.content.program_pages import shipped_template, source_of
from kanalstrategi.content.program_words import in_words
from kanalstrategi.content.settings_model import DEFAULT_SETTINGS, DEFAULT_WORDS, Settings, Words
from kanalstrategi.diagnostics import Diagnostic, TextDiagnostic
from kanalstrategi.incoming_text import IncomingText, forbidden_character, read_bytes, read_typed
from kanalstrategi.limits import TooSlowError, time_limit, too_slow
from kanalstrategi.markdown.front_matter import FrontMatter, body_without_front_matter
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.sanitizing.files import MAX_BYTES, PAGE_EXTENSIONS

ParserFactory = Callable[[Collection[str]], Callable[[str], ParsedPage]]
"""Takes the texts of all pages, and returns a parser that gives the same results as `kanalstrategi.markdown.parser.parse`."""


def parse_pages(
    docs: Path, files: list[str], diagnostics: list[Diagnostic], parser_for: ParserFactory, settings: Settings = DEFAULT_SETTINGS
) -> dict[str, ParsedPage]:
    """Return the parsed pages, keyed by path. `files` are the paths of all files, including templates and others that are not pages.

    The pages that come with the program are put into the words of the site.
    """
    texts = {}
    for path in files:
        name = path.rpartition("/")[2]
        if not name.endswith(PAGE_EXTENSIONS) or path.startswith(f"{TEMPLATE_FOLDER}/"):
            continue
        if not name.endswith(".md") or name == "README.md":
            hint = "omdøb filen, så den ender på .md (en mappes forside hedder index.md)"
            diagnostics.append(Diagnostic(f"docs/{path}", 1, "filens navn kan ikke bruges til en side", hint))
            continue
        texts[path] = _read_text(docs, path, settings.folders)
        if settings.words != DEFAULT_WORDS and not (docs / path).is_file():
            texts[path] = replace(texts[path], text=in_words(texts[path].text, settings.words.say))
    parse_page = parser_for([incoming.text for incoming in texts.values()])
    return {path: _parse_checked(path, incoming, diagnostics, parse_page) for path, incoming in texts.items()}


def parse_template(
    docs: Path, path: str, diagnostics: list[Diagnostic], fill: Callable[[str], str] = str, *, words: Words = DEFAULT_WORDS
) -> ParsedPage:
    """Return a template as a parsed page: the site's own, or else that of the program in the words of the site.

    `fill` turns the text of the template into the text of a page.
    """
    shipped = None if (docs / path).is_file() else shipped_template(path, words)
    incoming = _read_text(docs, path, DEFAULT_FOLDERS) if shipped is None else read_typed(shipped)  # no site calls their folder otherwise
    return _parse_checked(path, replace(incoming, text=fill(incoming.text)), diagnostics, parse)


def _read_text(docs: Path, path: str, folders: Folders) -> IncomingText:
    """Return the text of a file, or only the beginning of one that is too large, which is reported elsewhere."""
    with source_of(docs, path, folders).open("rb") as stream:
        data = stream.read(MAX_BYTES[".md"] + 1)
    return read_typed(data.decode("utf-8-sig", errors="ignore")) if len(data) > MAX_BYTES[".md"] else read_bytes(data)


def _parse_checked(path: str, incoming: IncomingText, diagnostics: list[Diagnostic], parse_page: Callable[[str], ParsedPage]) -> ParsedPage:
    """Return the parsed page, or little more than its front matter if parsing takes too long.

    Reports what is wrong with the text, front matter that cannot be read as it was meant, and pages that take too long.
    """
    text = incoming.text
    parsed = _parse_in_time(text, parse_page)
    if parsed is None:
        body = body_without_front_matter(text)
        diagnostics.append(too_slow(path, body))
        front_matter = text[: len(text) - len(body.lstrip("\n"))]  # pages that mention this one need its values
        parsed = _parse_in_time(f"{front_matter}# …\n", parse) or parse("# …\n")
    diagnostics += [diagnostic.in_file(f"docs/{path}") for diagnostic in (*parsed.front.errors, *parsed.front.diagnostics)]
    unreadable = {error.line for error in parsed.front.errors}
    odd = [diagnostic for diagnostic in incoming.diagnostics if diagnostic.line not in unreadable]
    diagnostics += [diagnostic.in_file(f"docs/{path}") for diagnostic in (*odd, *_check_escapes(parsed.front, [*odd, *parsed.front.errors]))]
    return parsed


def _parse_in_time(text: str, parse_page: Callable[[str], ParsedPage]) -> ParsedPage | None:
    """Return the parsed page, or None if parsing takes too long."""
    try:
        with time_limit():
            return parse_page(text)
    except TooSlowError:
        return None


def _check_escapes(front: FrontMatter, reported: Iterable[TextDiagnostic]) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for each field with an escape for a character that no text may have, such as `"\\0"`, unless its lines are reported."""
    reported_lines = {diagnostic.line for diagnostic in reported}
    starts = sorted(front.lines.values())
    for key, value in front.values.items():
        texts = [key, *value] if isinstance(value, list) else [key, value or ""]
        if any(map(forbidden_character, texts)):
            first = front.lines[key]
            after = next((line for line in starts if line > first), first + 1 + len(texts))
            if reported_lines.isdisjoint(range(first, after)):
                yield TextDiagnostic(first, "linjen indeholder et usynligt tegn", "slet linjen, og skriv den igen")
