"""Everything that can be wrong in `docs/` and is known without building the site."""

from __future__ import annotations

import inspect
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import new_page
from .addresses import url_of
from .content import TEMPLATES, Reading, read_project
from .guidelines import GUIDELINES, read_guideline
from .language import LONGEST, Parsed, parse
from .letters import unknown_signs
from .library import MACROS, MADE_IDS
from .limits import SHORTEN, TAKES_TOO_LONG, TooSlowError, longest_line, time_limit
from .markup import Call, MacroError
from .records import Content, Page, Problem
from .safe_files import file_problems
from .safe_html import BOXES, html_faults
from .source import LONGEST_ADDRESS, Link, Source, read
from .suggestions import nearest, suggestion


def find_problems(root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml") -> list[Problem]:
    """All problems of the project in a folder, in the order of files and lines."""
    return check(read_project(root, environment, config), root / "docs")


def check(reading: Reading, docs: Path) -> list[Problem]:
    """All problems of a project that has been read, those of the reading included."""
    problems = list(reading.problems)
    problems += file_problems(docs, reading.files)
    files = {file for file in reading.files if not file.startswith(f"{TEMPLATES}/")}
    problems += _template_problems(reading, docs)
    for path, page in reading.content.pages.items():
        try:
            with time_limit():
                problems += _page_problems(path, page, reading, files)
        except TooSlowError:
            line = longest_line(reading.sources[path].body)
            problems.append(Problem(f"docs/{path}", line, TAKES_TOO_LONG, SHORTEN))
    return sorted(set(problems))


def _page_problems(path: str, page: Page, reading: Reading, files: set[str]) -> list[Problem]:
    source = reading.sources[path]
    is_in_a_pdf = any(path in (document.opening, *document.pages) for document in reading.content.organisation.documents.values())
    return [
        *(_letter_problems(path, source) if is_in_a_pdf else ()),
        *_heading_problems(path, source),
        *_list_problems(path, source),
        *_box_problems(path, source),
        *_quotable_problems(path, source),
        *_html_problems(path, source),
        *_macro_problems(page, reading.parsed[path], reading.content),
        *(problem for link in source.links for problem in _link_problems(link, path, reading, files)),
    ]


def _template_problems(reading: Reading, docs: Path) -> list[Problem]:
    """What would be wrong with a department begun today."""
    file = docs / new_page.TEMPLATE
    if not file.is_file() or not reading.content.groups:
        return []
    path = f"{GUIDELINES}/fagomraade.md"
    text = new_page.filled_in(file.read_text(encoding="utf-8", errors="replace"), "Fagområde", reading.content.today)
    source = read(text.replace("\r\n", "\n"))
    page = replace(next(iter(reading.content.pages.values())), path=path, url=url_of(path))
    problems: list[Problem] = []
    guideline = read_guideline(page, source, reading.content.groups, problems)
    content = replace(reading.content, guidelines=(guideline,))
    problems += _macro_problems(page, parse(source.body), content)
    return [replace(problem, file=f"docs/{new_page.TEMPLATE}") for problem in problems]


def _heading_problems(path: str, source: Source) -> Iterator[Problem]:
    above = 0
    for heading in (block for block in source.blocks if block.kind == "heading"):
        if heading.level > above + 1:
            what = f"overskriften »{heading.text}« springer et niveau over"
            yield Problem(f"docs/{path}", heading.line, what, f"skriv den med {'#' * (above + 1)} foran")
        above = heading.level


def _list_problems(path: str, source: Source) -> Iterator[Problem]:
    for line in source.run_on_lists:
        yield Problem(f"docs/{path}", line, "listen begynder lige under et afsnit", "sæt en tom linje før listen")
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
        remedy = "begynd den yderst på linjen, eller ryk teksten otte mellemrum ind i stedet"
        yield Problem(f"docs/{path}", line, "kodeboksen står inde i en liste eller et citat", remedy)


_BOX = re.compile(r"[ ]*!!![ ]?([\w-]+)(.*)")


def _box_problems(path: str, source: Source) -> Iterator[Problem]:
    """Without a title, a box shows the English name of its kind."""
    for number, line in enumerate(source.body.split("\n"), 1):
        box = _BOX.fullmatch(line) if number not in source.code else None
        if box and box.group(1) not in BOXES:
            remedy = suggestion(box.group(1), sorted(BOXES))
            yield Problem(f"docs/{path}", number, f"boksen {box.group(1)} findes ikke", remedy)
        elif box and not re.fullmatch(r"[ ]+\"[^\"]*\w[^\"]*\"[ ]*", box.group(2)):
            yield Problem(f"docs/{path}", number, "boksen mangler en titel", f'skriv den i anførselstegn: !!! {box.group(1)} "Husk"')


def _letter_problems(path: str, source: Source) -> Iterator[Problem]:
    for line, sign in unknown_signs(source.body):
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
            inspect.signature(macro).bind(None, *call.arguments)
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


def _example(name: str) -> str:
    """How a macro is called."""
    wanted = [f'"{parameter}"' for parameter in list(inspect.signature(MACROS[name]).parameters)[1:]]
    return f"{{{{ {name}({', '.join(wanted)}) }}}}"


def ids_of(path: str, reading: Reading) -> set[str]:
    """Everything that a link to a page can point at."""
    ids = set(reading.sources[path].ids)
    for call in reading.parsed[path].calls:
        if call.name in MADE_IDS:
            ids |= set(MADE_IDS[call.name](reading.content))
    return ids


def _link_problems(link: Link, path: str, reading: Reading, files: set[str]) -> Iterator[Problem]:
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
        relative = [posixpath.relpath(name, posixpath.dirname(path) or ".") for name in sorted(files)]
        near = nearest(link.target, relative)
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
