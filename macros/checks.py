"""Everything that can be wrong in `docs/` and is known without building the site."""

from __future__ import annotations

import functools
import inspect
import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import new_page
from .content import TEMPLATES, Reading, read_page, read_project, read_source
from .guidelines import GUIDELINES, read_guideline
from .language import LONGEST, Parsed
from .letters import unknown_signs
from .library import MACROS, MADE_IDS, SEARCH
from .limits import TooSlowError, time_limit, too_slow
from .markup import Call, MacroError
from .moved import record_problems
from .records import Content, Page, Problem
from .safe_files import file_problems
from .safe_html import BOXES, html_faults
from .source import BOX, LONGEST_ADDRESS, Link, Source
from .suggestions import nearest, suggestion


def find_problems(root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml") -> list[Problem]:
    """All problems of the project in a folder, in the order of files and lines."""
    return check(read_project(root, environment, config), root / "docs")


def check(reading: Reading, docs: Path, without_fault: Container[str] = ()) -> list[Problem]:
    """All problems of a project that has been read, those of the reading included.

    `without_fault` are paths of pages in which nothing was wrong when all else was as it is now.
    """
    problems = list(reading.problems)
    problems += file_problems(docs, reading.files)
    files = frozenset(file for file in reading.files if not file.startswith(f"{TEMPLATES}/"))
    problems += _template_problems(reading, docs, files)
    problems += _search_problems(reading)
    problems += record_problems(reading.content, reading.recorded or {})
    for page in reading.content.pages.values():
        if page.path not in without_fault:
            _check_page(page, reading, files, problems)
    return sorted(set(problems))


def _check_page(page: Page, reading: Reading, files: frozenset[str], problems: list[Problem]) -> None:
    try:
        with time_limit():
            for problem in _page_problems(page, reading, files):
                problems.append(problem)  # one at a time, so that what was found is kept
    except TooSlowError:
        problems.append(too_slow(page.path, reading.sources[page.path].body))


def _page_problems(page: Page, reading: Reading, files: frozenset[str]) -> Iterator[Problem]:
    path, source = page.path, reading.sources[page.path]
    yield from _heading_problems(path, source)
    yield from _list_problems(path, source)
    yield from _box_problems(path, source)
    yield from _quotable_problems(path, source)
    yield from _macro_problems(page, source.parsed, reading.content)
    yield from _html_problems(path, source)
    if path in reading.content.organisation.printed:
        yield from _letter_problems(path, source)
    for link in source.links:
        yield from _link_problems(link, path, reading, files)


def _template_problems(reading: Reading, docs: Path, files: frozenset[str]) -> list[Problem]:
    """What would be wrong with a department begun today."""
    if new_page.TEMPLATE not in reading.files or not reading.content.groups:
        return []
    content, problems = reading.content, []
    path = f"{GUIDELINES}/fagomraade.md"
    source = read_source(docs, new_page.TEMPLATE, problems, lambda text: new_page.filled_in(text, "Fagområde", content.today))
    page = read_page(path, source, content.organisation, content.today, problems)
    guideline = read_guideline(page, source, content.groups, problems)
    begun = replace(
        reading,
        content=replace(content, guidelines=(guideline,)),
        sources={**reading.sources, path: source},
    )
    _check_page(page, begun, files, problems)
    return [replace(problem, file=f"docs/{new_page.TEMPLATE}") for problem in problems]


def _search_problems(reading: Reading) -> Iterator[Problem]:
    """The search is on every page, and has to lead somewhere."""
    source = reading.sources.get(SEARCH)
    if source is None:
        yield Problem(f"docs/{SEARCH}", 1, "siden med søgningen mangler", f"opret filen docs/{SEARCH} med {{{{ search() }}}} på en linje")
    elif [call.name for call in source.parsed.calls].count("search") != 1:
        yield Problem(f"docs/{SEARCH}", 1, "siden mangler søgningen", "skriv {{ search() }} én gang på en linje for sig")


def _heading_problems(path: str, source: Source) -> Iterator[Problem]:
    above = 0
    for heading in (block for block in source.blocks if block.kind == "heading"):
        if heading.level > above + 1:
            what = f"overskriften »{heading.text}« springer et niveau over"
            yield Problem(f"docs/{path}", heading.line, what, f"skriv den med {'#' * (above + 1)} foran")
        above = heading.level


_WORD_LIST = re.compile(r"([•·▪▫◦‣⁃\uf0b7\uf0a7])(?:[ \t]|$)")
"""How a word processor begins a point."""
MOST_CELLS = 5000
"""A table of 44,000 takes the PDF engine more than a minute."""


def _list_problems(path: str, source: Source) -> Iterator[Problem]:
    for line in source.run_on_lists:
        yield Problem(f"docs/{path}", line, "listen begynder lige under et afsnit", "sæt en tom linje før listen")
    for line in source.shallow_lists:
        yield Problem(f"docs/{path}", line, "punktet kommer ikke med ind under punktet ovenfor", "ryk det fire mellemrum ind for hvert niveau")
    for line in source.other_numbers:
        yield Problem(f"docs/{path}", line, "1) laver ikke en liste", "skriv 1. foran hvert nummer")
    cells = 0
    for text in source.texts:
        for number, written in enumerate(text.written.split("\n") if not text.is_html else [], text.line):
            if sign := _WORD_LIST.match(written):
                yield Problem(f"docs/{path}", number, f"{sign.group(1)} laver ikke en liste", "skriv - foran hvert punkt")
        cells += text.is_cell
        if cells > MOST_CELLS:
            yield Problem(f"docs/{path}", text.line, f"siden har over {MOST_CELLS} felter i tabeller", "del siden i flere")
            break
    if source.too_deep:
        yield Problem(f"docs/{path}", source.too_deep, "der er for mange lister eller citater inde i hinanden", "brug færre niveauer")


def _html_problems(path: str, source: Source) -> Iterator[Problem]:
    for fault in html_faults(source):
        yield Problem(f"docs/{path}", fault.line, fault.what, fault.remedy)
    for line in source.too_long:
        yield Problem(f"docs/{path}", line, "adressen er alt for lang", "ret adressen")
    for line in source.open_code:
        yield Problem(f"docs/{path}", line, "kodeboksen slutter ikke", "skriv ``` på linjen efter den")
    for line in source.inner_code:
        remedy = "flyt den ud, så den begynder yderst på linjen"
        yield Problem(f"docs/{path}", line, "kodeboksen står inde i en liste eller et citat", remedy)


def _box_problems(path: str, source: Source) -> Iterator[Problem]:
    """Without a title, a box shows the English name of its kind."""
    for number, line in enumerate(source.body.split("\n"), 1):
        if line.lstrip().startswith("???") and number not in source.code:
            yield Problem(f"docs/{path}", number, "??? laver ikke en boks", "skriv !!! i stedet, eller brug <details>")
        box = BOX.fullmatch(line) if number not in source.code else None
        if box and box["kind"] not in BOXES:
            yield Problem(f"docs/{path}", number, f"boksen {box['kind']} findes ikke", suggestion(box["kind"], sorted(BOXES)))
        elif box and not re.fullmatch(r"[ ]+\"[^\"]*\w[^\"]*\"[ ]*", box["title"]):
            yield Problem(f"docs/{path}", number, "boksen mangler en titel", f'skriv den i anførselstegn: !!! {box["kind"]} "Husk"')


def _letter_problems(path: str, source: Source) -> Iterator[Problem]:
    facts = ((source.front.lines[key], str(value)) for key, value in source.front.values.items())
    signs = [(line, sign) for line, fact in facts for _, sign in unknown_signs(fact)]
    for line, sign in [*signs, *unknown_signs(source.body)]:
        what = f"tegnet {sign} (U+{ord(sign):04X}) kan ikke vises i PDF’en"
        yield Problem(f"docs/{path}", line, what, "skriv det med ord, eller slet det")


def _quotable_problems(path: str, source: Source) -> Iterator[Problem]:
    """What other pages repeat cannot hold a macro, since it is read before macros run."""
    for block in source.blocks:
        if "{{" in block.text and (block.kind == "heading" or block.id):
            what = "der står en makro i en overskrift eller et afsnit med id"
            yield Problem(f"docs/{path}", block.line, what, "skriv teksten selv, eller flyt makroen til et afsnit for sig")


def _macro_problems(page: Page, parsed: Parsed, content: Content) -> Iterator[Problem]:
    """What is wrong in the language of a page, and in the calls it makes: all faults at once."""
    file = f"docs/{page.path}"
    for fault in parsed.faults:
        what, remedy = fault.what, fault.remedy
        if fault.macro in MACROS:
            remedy = f"skriv {_example(fault.macro)}"
        elif fault.macro:
            what, remedy = f"makroen {fault.macro} findes ikke", suggestion(fault.macro, MACROS)
        yield Problem(file, fault.line, what, remedy)
    length = 0
    for call in parsed.calls:
        if call.name not in MACROS:
            yield Problem(file, call.line, f"makroen {call.name} findes ikke", suggestion(call.name, MACROS))
            continue
        macro = MACROS[call.name]
        try:
            _signature(macro).bind(None, *call.arguments)
        except TypeError:
            what = f"makroen {call.name} er kaldt med forkerte oplysninger"
            yield Problem(file, call.line, what, f"skriv {_example(call.name)}")
            continue
        try:
            length += len(macro(Call(content, page), *call.arguments))
        except MacroError as error:
            yield Problem(file, call.line, error.what, error.remedy)
        if length > LONGEST:
            yield Problem(file, call.line, "siden bliver for lang", "brug færre makroer, eller del siden i flere")
            return


_signature = functools.cache(inspect.signature)


def _example(name: str) -> str:
    """How a macro is called."""
    wanted = [f'"{parameter}"' for parameter in list(_signature(MACROS[name]).parameters)[1:]]
    return f"{{{{ {name}({', '.join(wanted)}) }}}}"


def ids_of(path: str, reading: Reading) -> set[str]:
    """Everything that a link to a page can point at."""
    ids = set(reading.sources[path].ids)
    for call in reading.sources[path].parsed.calls:
        if call.name in MADE_IDS:
            ids |= set(MADE_IDS[call.name](reading.content))
    return ids


@functools.lru_cache(maxsize=256)
def _relative(files: frozenset[str], folder: str) -> list[str]:
    """The files as links from a folder."""
    return [posixpath.relpath(name, folder) for name in sorted(files)]


def _link_problems(link: Link, path: str, reading: Reading, files: frozenset[str]) -> Iterator[Problem]:
    file = f"docs/{path}"
    thing = "billedet" if link.is_picture else "linket"
    if len(link.target) > LONGEST_ADDRESS:
        yield Problem(file, link.line, f"{thing} har en alt for lang adresse", "ret adressen")
        return
    if link.is_picture and not link.text.strip():
        yield Problem(file, link.line, f"{thing} {link.target} mangler en beskrivelse", "skriv den i ![…]")
    try:
        parts = urlsplit(link.target)
    except ValueError:  # such as `http://[`
        yield Problem(file, link.line, f"{thing} {link.target} er ikke en adresse", "ret adressen")
        return
    if link.is_picture and (parts.scheme or parts.netloc):
        what = f"billedet {link.target} ligger et andet sted end på siden"
        yield Problem(file, link.line, what, "læg filen i docs/billeder, og skriv stien dertil")
    elif parts.scheme and parts.scheme not in ("https", "http", "mailto", "tel"):
        what = f"linket {link.target} kan ikke følges af læserne"
        yield Problem(file, link.line, what, "brug en sti til en side, eller en adresse med https:")
    if parts.scheme or parts.netloc:
        return
    if link.target.startswith("/"):
        yield Problem(file, link.line, f"{thing} {link.target} begynder med /", "skriv stien fra siden selv: ../…")
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target not in files:
        if link.target.startswith("www."):
            yield Problem(file, link.line, f"linket {link.target} mangler sin begyndelse", f"skriv https://{link.target}")
            return
        if link.text.startswith("^"):
            yield Problem(file, link.line, f"fodnoten [{link.text}] virker ikke", "skriv noten i teksten, i parentes")
            return
        near = nearest(link.target, _relative(files, posixpath.dirname(path) or "."))
        remedy = f"ret stien; mente du {near}?" if near else "ret stien, eller tilføj filen"
        for document in reading.content.organisation.documents.values():
            if document.url == target:
                remedy = f'skriv {{{{ download("{document.id}") }}}} i stedet'
        yield Problem(file, link.line, f"{thing} peger på {link.target}, som ikke findes", remedy)
        return
    anchor = unquote(parts.fragment)
    if anchor and target in reading.sources and anchor not in (ids := ids_of(target, reading)):
        what = f"linket peger på #{anchor}, som ikke findes i docs/{target}"
        remedy = suggestion(anchor, sorted(ids), "ret det, der står efter #, eller slet det", "#{}")
        yield Problem(file, link.line, what, remedy)
