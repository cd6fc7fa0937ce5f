"""Everything that can be wrong in `docs/` and is known without building the site."""

from __future__ import annotations

import functools
import inspect
import posixpath
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
from jinja2 import meta, nodes

from . import new_page
from .addresses import url_of
from .calls import JINJA
from .content import TEMPLATES, Reading, read_project
from .guidelines import GUIDELINES, read_guideline
from .library import MACROS, MADE_IDS
from .markup import Call, MacroError
from .records import Content, Page, Problem
from .source import Link, Source, read
from .suggestions import nearest, suggestion


def find_problems(root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml") -> list[Problem]:
    """All problems of the project in a folder, in the order of files and lines."""
    return check(read_project(root, environment, config), root / "docs")


def check(reading: Reading, docs: Path) -> list[Problem]:
    """All problems of a project that has been read, those of the reading included."""
    problems = list(reading.problems)
    files = {file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file()}
    files -= {file for file in files if file.startswith(f"{TEMPLATES}/")}
    problems += _template_problems(reading, docs)
    for path, page in reading.content.pages.items():
        source = reading.sources[path]
        problems += _heading_problems(path, source)
        problems += _list_problems(path, source)
        problems += _quotable_problems(path, source)
        problems += _macro_problems(page, source, reading.content)
        for link in source.links:
            problems += _link_problems(link, path, reading, files)
    return sorted(set(problems))


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
    problems += _macro_problems(page, source, content)
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


def _quotable_problems(path: str, source: Source) -> Iterator[Problem]:
    """What other pages repeat cannot hold a macro, since it is read before macros run."""
    for block in source.blocks:
        if "{{" in block.text and (block.kind == "heading" or block.id):
            what = "der står en makro i en overskrift eller et afsnit med id"
            yield Problem(f"docs/{path}", block.line, what, "skriv teksten selv, eller flyt makroen til et afsnit for sig")


FAULTS_OF_A_PAGE = (
    jinja2.TemplateError, MacroError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What an expression on a page can raise."""


def _macro_problems(page: Page, source: Source, content: Content) -> list[Problem]:
    if "{{" not in source.body and "{%" not in source.body and "{#" not in source.body:
        return []
    return list(_calls_that_fail(page, source, content)) or list(_rendering_that_fails(page, source, content))


def _rendering_that_fails(page: Page, source: Source, content: Content) -> Iterator[Problem]:
    """What shows only when the page is rendered: at most one fault, as rendering stops there."""
    call = Call(content, page)
    macros = {name: functools.partial(macro, call) for name, macro in MACROS.items()}
    try:
        JINJA.from_string(source.body).render(macros)
    except FAULTS_OF_A_PAGE as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = (frames[-1].lineno if frames else None) or 1
        what, remedy = "det, der står mellem {{ og }}, kan ikke beregnes", "skriv kun et makrokald"
        if isinstance(error, MacroError):
            what, remedy = error.what, error.remedy
        yield Problem(f"docs/{page.path}", line, what, remedy)


def _calls_that_fail(page: Page, source: Source, content: Content) -> Iterator[Problem]:
    """What shows in the calls as they are written: all faults at once."""
    file = f"docs/{page.path}"
    try:
        tree = JINJA.parse(source.body)
        unknown = meta.find_undeclared_variables(tree) - set(MACROS)
    except jinja2.TemplateSyntaxError as error:
        remedy = "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen"
        if set("”“„»«’") & set(source.body.split("\n")[error.lineno - 1]):
            remedy = 'brug lige anførselstegn: "'
        yield Problem(file, error.lineno, "makroen kan ikke læses", remedy)
        return
    for line in _stray_braces(source.body):
        remedy = "skriv en makro som {{ navn(…) }}, uden mellemrum mellem de to tegn"
        yield Problem(file, line, "der står løse makrotegn i teksten", remedy)
    calls = list(tree.find_all(nodes.Call))
    called = {id(call.node) for call in calls}
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and id(name) in called:
            what = f"makroen {name.name} findes ikke"
            yield Problem(file, name.lineno, what, suggestion(name.name, MACROS))
        elif name.name in MACROS and id(name) not in called:
            what = f"makroen {name.name} mangler sine parenteser"
            yield Problem(file, name.lineno, what, f"skriv {_example(name.name)}")
        elif name.name in unknown:
            remedy = 'skriv navne i anførselstegn, som "telefon"'
            yield Problem(file, name.lineno, f"makroen bruger et ukendt ord, {name.name}", remedy)
    for call in calls:
        if not isinstance(call.node, nodes.Name) or call.node.name not in MACROS:
            continue
        macro = MACROS[call.node.name]
        try:
            arguments = [argument.as_const() for argument in call.args]
            named = {argument.key: argument.value.as_const() for argument in call.kwargs}
        except nodes.Impossible:
            continue  # known only when the page is rendered
        try:
            bound = inspect.signature(macro).bind(None, *arguments, **named)
            fits = all(isinstance(argument, str) for argument in (*bound.args[1:], *bound.kwargs.values()))
        except TypeError:
            fits = False
        if not fits:
            what = f"makroen {call.node.name} er kaldt med forkerte oplysninger"
            yield Problem(file, call.lineno, what, f"skriv {_example(call.node.name)}")
            continue
        try:
            macro(Call(content, page), *arguments, **named)
        except MacroError as error:
            yield Problem(file, call.lineno, error.what, error.remedy)


_STRAY = re.compile(r"\}\}|%\}|\{\s*(?:" + "|".join(MACROS) + r")\(")


def _example(name: str) -> str:
    """How a macro is called."""
    wanted = [f'"{parameter}"' for parameter in list(inspect.signature(MACROS[name]).parameters)[1:]]
    return f"{{{{ {name}({', '.join(wanted)}) }}}}"


def _stray_braces(body: str) -> Iterator[int]:
    """Lines with the signs of a macro outside of any, such as the `}}` of `{ { rules() }}`."""
    is_raw = False
    for line, kind, text in JINJA.lex(body):
        is_raw = kind == "raw_begin" or (is_raw and kind != "raw_end")
        if kind == "data" and not is_raw:
            for match in re.finditer(_STRAY, text):
                yield line + text.count("\n", 0, match.start())


def ids_of(path: str, reading: Reading) -> set[str]:
    """Everything that a link to a page can point at."""
    ids = set(reading.sources[path].ids)
    for call in reading.calls[path]:
        if call.name in MADE_IDS:
            ids |= set(MADE_IDS[call.name](reading.content))
    return ids


def _link_problems(link: Link, path: str, reading: Reading, files: set[str]) -> Iterator[Problem]:
    file = f"docs/{path}"
    thing = "billedet" if link.is_picture else "linket"
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
