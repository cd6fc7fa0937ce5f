"""Runs all checks that do not need a built site."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kanalstrategi.checks.answers import check_answer
from kanalstrategi.checks.changed_pages import check_changed_pages
from kanalstrategi.checks.characters import check_characters
from kanalstrategi.checks.consistency import check_consistency, check_ids
from kanalstrategi.checks.edition_notes import check_edition_notes
from kanalstrategi.checks.hearing import check_hearings
from kanalstrategi.checks.links import check_link
from kanalstrategi.checks.macro_calls import check_macro_calls, check_quotable_blocks
from kanalstrategi.checks.published_urls import check_record
from kanalstrategi.checks.receipts import check_receipts
from kanalstrategi.checks.short_texts import check_short
from kanalstrategi.checks.structure import check_headings, check_lists, check_tables
from kanalstrategi.content.actions import read_action, read_material
from kanalstrategi.content.conventions import (
    ACTION_TEMPLATE,
    ANSWER_FOLDER,
    ANSWER_TEMPLATE,
    GUIDELINE_TEMPLATE,
    MATERIAL_FOLDER,
    MATERIAL_TEMPLATE,
    PLAN_FOLDER,
    SEARCH_PAGE,
    TEMPLATE_FOLDER,
)
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.guidelines import heading_of, read_guideline
from kanalstrategi.content.model import Page
from kanalstrategi.content.page_template import fill_template
from kanalstrategi.content.pages import read_page
from kanalstrategi.content.program_pages import named_for_people
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.renamed_channels import earlier_groups
from kanalstrategi.content.source_files import parse_template
from kanalstrategi.content.translations import check_translations
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit, too_slow
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.sanitizing.files import check_files

_TITLED_TEMPLATES = {
    ANSWER_TEMPLATE: (ANSWER_FOLDER, {"question": "Spørgsmål?"}),
    ACTION_TEMPLATE: (PLAN_FOLDER, {"title": "Handling"}),
    MATERIAL_TEMPLATE: (MATERIAL_FOLDER, {"title": "Materiale"}),
}
"""The templates of pages that are named after their titles, each with the folder of such pages and what fills it in for the check."""


def find_diagnostics(root: Path, environment: Mapping[str, str], registry: MacroRegistry, config: str = "mkdocs.yml") -> list[Diagnostic]:
    """Return all diagnostics for the project in a folder, sorted by file and line."""
    return check_project(read_project(root, environment, config), root / "docs", registry)


def check_project(project: Project, docs: Path, registry: MacroRegistry, passed: Container[str] = ()) -> list[Diagnostic]:
    """Return all diagnostics for a project, including those from reading it, sorted by file and line.

    `passed` holds the paths of pages that need no check, because an earlier check of the same input found nothing wrong with them.
    """
    diagnostics = list(project.diagnostics)
    diagnostics += check_consistency(project)
    diagnostics += check_translations(project.content, project.parsed_pages)
    diagnostics += check_hearings(project)
    for proposal in with_proposals(project)[1:]:
        diagnostics += check_ids(proposal)
    diagnostics += check_edition_notes(project)
    diagnostics += check_files(docs, [file for file in project.files if file not in project.program.files])
    diagnostics += check_receipts(project, docs)
    files = frozenset(file for file in project.files if not file.startswith(f"{TEMPLATE_FOLDER}/"))
    diagnostics += _check_guideline_template(project, docs, registry, files)
    for template, (folder, values) in _TITLED_TEMPLATES.items():
        diagnostics += _check_titled_template(template, folder, values, project, docs, registry, files)
    diagnostics += _check_search_page(project)
    diagnostics += check_record(project.content, project.recorded or {})
    diagnostics += check_changed_pages(project, docs)
    for of_edition in with_proposals(project):
        for page in of_edition.content.pages.values():
            if page.path not in passed:
                diagnostics += _check_page(page, of_edition, registry, files)
    return sorted(set(named_for_people(diagnostics, project.program, project.content.folders)))


def with_proposals(project: Project) -> list[Project]:
    """Return the project as it is, and as it would be for the pages of each edition whose text may still be changed."""
    return [project, *(replace(project, content=content) for content in project.content.editions if is_open(content))]


def _check_page(page: Page, project: Project, registry: MacroRegistry, files: frozenset[str]) -> list[Diagnostic]:
    diagnostics: list[Diagnostic] = []
    try:
        with time_limit():
            for diagnostic in _page_diagnostics(page, project, registry, files):
                diagnostics.append(diagnostic)  # one at a time, so that none is lost when the time runs out
    except TooSlowError:
        diagnostics.append(too_slow(page.path, project.parsed_pages[page.path].body))
    return diagnostics


def _page_diagnostics(page: Page, project: Project, registry: MacroRegistry, files: frozenset[str]) -> Iterator[Diagnostic]:
    path, parsed = page.path, project.parsed_pages[page.path]
    yield from check_short(page, parsed, project.content.settings.max_short_lix)
    yield from check_headings(path, parsed)
    yield from check_lists(path, parsed)
    yield from check_tables(path, parsed)
    yield from (diagnostic.in_file(f"docs/{path}") for diagnostic in parsed.diagnostics)
    yield from check_quotable_blocks(path, parsed)
    yield from check_macro_calls(page, parsed, project.content, registry)
    if answer := project.content.answer_on(page):
        yield from check_answer(answer, parsed, project.content)
    if path in project.content.organisation.printed:
        yield from check_characters(path, parsed)
    for link in parsed.links:
        yield from check_link(link, path, project, registry, files)


def _check_guideline_template(project: Project, docs: Path, registry: MacroRegistry, files: frozenset[str]) -> list[Diagnostic]:
    """Return the diagnostics that a guideline started from the template today would get, with line numbers in the template."""
    if GUIDELINE_TEMPLATE not in project.files or not project.content.groups:
        return []
    content = project.content
    diagnostics: list[Diagnostic] = []
    path, months = f"{content.folders.guidelines}/fagomraade.md", content.settings.review_months
    values = {"department": content.say("Fagområde"), "owner": content.organisation.first_owner}
    parsed = parse_template(docs, GUIDELINE_TEMPLATE, diagnostics, lambda text: fill_template(text, values, content.today, months))
    page = read_page(path, parsed, content.organisation, content.today, diagnostics)
    # A channel that only some departments have may be in the template or not.
    groups = [replace(group, departments=()) for group in content.groups if not group.departments or heading_of(group, parsed)]
    guideline = read_guideline(page, parsed, groups, diagnostics, earlier_groups(content), content.settings.words)
    with_page = replace(
        project,
        content=replace(content, guidelines=(guideline,)),
        parsed_pages={**project.parsed_pages, path: parsed},
    )
    diagnostics += _check_page(page, with_page, registry, files)
    return [replace(diagnostic, file=f"docs/{GUIDELINE_TEMPLATE}") for diagnostic in diagnostics]


def _check_titled_template(
    template: str, folder: str, values: Mapping[str, str], project: Project, docs: Path, registry: MacroRegistry, files: frozenset[str]
) -> list[Diagnostic]:
    """Return the diagnostics that a page started from a template today would get, apart from what is left for its editor to write.

    `folder` is where such pages are, and `values` fill in the template. Those of the program, which `docs/` has none of, need no check.
    """
    if template not in project.files:
        return []
    content = project.content
    diagnostics: list[Diagnostic] = []
    path = f"{folder}/ny.md"
    values = {**values, "owner": content.organisation.first_owner}
    parsed = parse_template(docs, template, diagnostics, lambda text: fill_template(text, values, content.today, content.settings.review_months))
    page = read_page(path, parsed, content.organisation, content.today, diagnostics)
    if folder == PLAN_FOLDER:
        read_action(page, parsed, (), (), content.today, diagnostics)
    elif folder == MATERIAL_FOLDER:
        read_material(page, parsed, (), diagnostics)
    left_empty = {parsed.front.lines[key] for key, value in parsed.front.values.items() if not value}
    diagnostics = [diagnostic for diagnostic in diagnostics if diagnostic.line not in left_empty]
    diagnostics += _check_page(page, replace(project, parsed_pages={**project.parsed_pages, path: parsed}), registry, files)
    return [replace(diagnostic, file=f"docs/{template}") for diagnostic in diagnostics]


def _check_search_page(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic unless the search page exists and calls `search` once, since every page has a search field that leads to it."""
    parsed = project.parsed_pages.get(SEARCH_PAGE)
    if parsed is None:
        yield Diagnostic(f"docs/{SEARCH_PAGE}", 1, "siden med søgningen mangler", f"opret filen docs/{SEARCH_PAGE} med {{{{ search() }}}} på en linje")
    elif [call.name for call in parsed.calls].count("search") != 1:
        yield Diagnostic(f"docs/{SEARCH_PAGE}", 1, "siden mangler søgningen", "skriv {{ search() }} én gang på en linje for sig")
