"""Completes a change of the site's structure by looking at the project as it would be: addresses go on, owners are asked, nothing breaks."""

from __future__ import annotations

import functools
import os
from dataclasses import replace

from kanalstrategi.cli.edition_tree import problems_of, project_after, with_addresses
from kanalstrategi.content.code_owners import CODE_OWNERS_FILE, code_owners
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import Project
from kanalstrategi.content.published_urls import published_urls
from kanalstrategi.content.redirects import all_redirects, is_valid_url
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, read_page_of, with_page_fields
from kanalstrategi.diagnostics import new_diagnostics
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import MacroRegistry


def finished_step(step: Step, tree: Tree, registry: MacroRegistry, heir: str) -> Step:
    """Return a step with what follows from it. Raises StepError if the check would find problems after it that it does not find now.

    The addresses that would lead nowhere redirect to the page `heir`, whose path is relative to `docs/`; the record of addresses gets the new
    ones; `CODEOWNERS` is written again if it is as the program writes it.
    """
    parse_page = functools.cache(parse)  # the project is read three times, and most pages are the same each time
    with project_after(tree, os.environ, parse_page) as (project, folder):
        before = project
        problems_before = problems_of(project, folder, registry)
    with project_after(step.applied(tree), os.environ, parse_page) as (project, _):
        step = _with_redirects(step, tree, before, project.content, heir)
    with project_after(step.applied(tree), os.environ, parse_page) as (project, folder):
        problems = problems_of(project, folder, registry)
        step = with_addresses(step, tree, project)
        written = code_owners(before.content).encode()
        if tree.get(CODE_OWNERS_FILE) == written and (owners := code_owners(project.content).encode()) != written:
            step = replace(step, changes={**step.changes, CODE_OWNERS_FILE: owners})
    problems = new_diagnostics(problems_before, problems)
    if problems:
        listed = "\n".join(map(str, problems))
        raise StepError(f"intet er ændret, for så ville tjekket finde disse problemer – ret dem først\n{listed}")
    return step


def _with_redirects(step: Step, tree: Tree, before: Project, after: Content, heir: str) -> Step:
    """Return a step in which the addresses that worked before, and would lead nowhere after it, redirect to a page."""
    working = {*published_urls(after), *all_redirects(after)}
    known = {*published_urls(before.content), *all_redirects(before.content), *(before.recorded or {})}
    gone = [url for url in sorted(known - working) if is_valid_url(url)]
    path = DOCS + heir
    files = step.applied(tree)
    value = read_page_of(files, path).front.values.get("redirects")
    own = value if isinstance(value, list) else []
    if not (added := [url for url in gone if url not in own]):
        return step
    page = with_page_fields(path, files[path], {"redirects": [*own, *added]})
    told = (f"{len(added)} tidligere adresser fører nu til {path}" if len(added) > 1 else f"/{added[0]} fører nu til {path}",)
    return replace(step, changes={**step.changes, path: page}, report=(*step.report, *told))
