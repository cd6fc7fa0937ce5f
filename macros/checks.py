"""Everything that can be wrong in `docs/` and is known without building the site."""

from __future__ import annotations

import inspect
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
from jinja2 import meta, nodes

from .content import Reading, nearest, read_project
from .library import MACROS, Call, MacroError
from .records import Content, Page, Problem
from .source import Link, Source


def find_problems(root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml") -> list[Problem]:
    """All problems of the project in a folder, in the order of files and lines."""
    return check(read_project(root, environment, config), root / "docs")


def check(reading: Reading, docs: Path) -> list[Problem]:
    """All problems of a project that has been read, those of the reading included."""
    problems = list(reading.problems)
    for path, page in reading.content.pages.items():
        source = reading.sources[path]
        problems += _macro_problems(page, source, reading.content)
        for link in source.links:
            problems += _link_problems(link, path, reading, docs)
    return sorted(set(problems))


_JINJA = jinja2.Environment()  # only parses; pages are rendered by mkdocs-macros


def _macro_problems(page: Page, source: Source, content: Content) -> Iterator[Problem]:
    file = f"docs/{page.path}"
    try:
        tree = _JINJA.parse(source.body)
    except jinja2.TemplateSyntaxError as error:
        remedy = "se efter en manglende eller overskydende {, }, ( eller anførselstegn i makroen"
        yield Problem(file, error.lineno, "makroen kan ikke læses", remedy)
        return
    unknown = meta.find_undeclared_variables(tree) - set(MACROS)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            what = f"makroen {name.name} findes ikke"
            yield Problem(file, name.lineno, what, f"brug en af: {', '.join(MACROS)}{nearest(name.name, MACROS)}")
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in MACROS:
            continue
        macro = MACROS[call.node.name]
        try:
            arguments = [argument.as_const() for argument in call.args]
            named = {argument.key: argument.value.as_const() for argument in call.kwargs}
        except nodes.Impossible:
            continue  # known only when the page is rendered, which reports it
        try:
            inspect.signature(macro).bind(None, *arguments, **named)
        except TypeError:
            wanted = [f'"{name}"' for name in list(inspect.signature(macro).parameters)[1:]]
            what = f"makroen {call.node.name} er kaldt med forkerte oplysninger"
            yield Problem(file, call.lineno, what, f"skriv {{{{ {call.node.name}({', '.join(wanted)}) }}}}")
            continue
        try:
            macro(Call(content, page), *arguments, **named)
        except MacroError as error:
            yield Problem(file, call.lineno, error.what, error.remedy)


def _link_problems(link: Link, path: str, reading: Reading, docs: Path) -> Iterator[Problem]:
    file = f"docs/{path}"
    thing = "billedet" if link.is_picture else "linket"
    if link.is_picture and not link.text.strip():
        yield Problem(file, link.line, f"{thing} {link.target} mangler en beskrivelse", "skriv den i ![…]")
    parts = urlsplit(link.target)
    if parts.scheme or parts.netloc:
        return
    if link.target.startswith("/"):
        yield Problem(file, link.line, f"{thing} {link.target} begynder med /", "skriv stien fra siden selv: ../…")
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    built = {document.url for document in reading.content.organisation.documents.values()}
    if target.startswith("../") or not (docs / target).is_file():
        if target not in built:
            known = [f.relative_to(docs).as_posix() for f in docs.rglob("*") if f.is_file()]
            relative = [posixpath.relpath(name, posixpath.dirname(path) or ".") for name in known]
            what = f"{thing} peger på {link.target}, som ikke findes"
            yield Problem(file, link.line, what, f"ret stien, eller tilføj filen{nearest(link.target, relative)}")
        return
    anchor = unquote(parts.fragment)
    if anchor and target in reading.sources and anchor not in reading.sources[target].ids:
        what = f"linket peger på #{anchor}, som ikke findes i docs/{target}"
        yield Problem(file, link.line, what, f"ret det, der står efter #{nearest(anchor, reading.sources[target].ids)}")
