"""Reads `docs/` and `mkdocs.yml` into one `Content`, and collects diagnostics on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kanalstrategi.content.actions import with_plan
from kanalstrategi.content.answers import named_hosts, read_answer
from kanalstrategi.content.brand import check_theme_images, read_look
from kanalstrategi.content.channels import quoting_pages, read_channel_group, read_chapters
from kanalstrategi.content.chooser import read_chooser
from kanalstrategi.content.compared_editions import with_changes
from kanalstrategi.content.config_file import ConfigFile, read_config_file
from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.confirmations import with_effects_of_adoption
from kanalstrategi.content.conventions import ANSWER_FOLDER, CHOOSER_PAGE
from kanalstrategi.content.dates import build_date, today_in_denmark
from kanalstrategi.content.decisions_sought import read_decisions_sought
from kanalstrategi.content.edition_model import Edition, Strategy
from kanalstrategi.content.edition_paths import edition_folder, is_former_guideline
from kanalstrategi.content.editions import is_open, read_edition_in_force, read_editions, read_former_guidelines
from kanalstrategi.content.evidence import read_evidence
from kanalstrategi.content.goals import read_goals
from kanalstrategi.content.guidelines import read_guideline
from kanalstrategi.content.hearing import read_hearing_answers
from kanalstrategi.content.link_record import broken_links, read_link_record
from kanalstrategi.content.mkdocs_settings import mkdocs_diagnostics
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.organisation import read_organisation
from kanalstrategi.content.outward_links import outward_links
from kanalstrategi.content.pages import read_all_passages, read_page, read_strategy
from kanalstrategi.content.program_pages import ProgramPages, fitted, named_for_people, offered_pages, program_pages_of
from kanalstrategi.content.progress import read_progress
from kanalstrategi.content.published_urls import RECORD_FILE, parse_record
from kanalstrategi.content.renamed_channels import earlier_groups
from kanalstrategi.content.rule_pages import make_rule_pages, with_gone_rules
from kanalstrategi.content.settings import settings_in
from kanalstrategi.content.source_files import ParserFactory, parse_pages
from kanalstrategi.content.statement import read_statement
from kanalstrategi.content.translations import find_translations
from kanalstrategi.content.units import check_departments, with_units
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.design.own_files import refused_files
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.sanitizing.files import list_files


@dataclass(frozen=True)
class Project:
    """A project's content, parsed pages and diagnostics."""

    content: Content
    """As complete as the diagnostics allow."""
    parsed_pages: dict[str, ParsedPage]
    """Keyed by path."""
    config: ConfigFile
    diagnostics: tuple[Diagnostic, ...] = ()
    """Problems with reading the project. `kanalstrategi.checks` finds everything else that is wrong."""
    files: tuple[str, ...] = ()
    """Paths of all files, relative to `docs/`: those of the program, too."""
    program: ProgramPages = field(default_factory=ProgramPages)
    """Those of the files that belong to the program."""
    recorded: dict[str, int] | None = None
    """Every URL that has ever been published, with its line in the record; None if there is no record."""
    look: Look = field(default_factory=default_look)
    """What the site and its documents look like."""


def read_project(root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml", parser_for: ParserFactory = lambda texts: parse) -> Project:
    """Return the project in a folder.

    Only `SOURCE_DATE_EPOCH` is read from `environment`. `config` is the name of the configuration file in `root`. `parser_for` returns
    a parser for the pages, given the texts of all of them.
    """
    diagnostics: list[Diagnostic] = []
    own_files = list_files(root / "docs", diagnostics)
    config_file = read_config_file(root / config)
    diagnostics += [*config_file.diagnostics, *mkdocs_diagnostics(config_file)]
    settings = settings_in(config_file.values)
    folders = settings.folders
    offered = parse_pages(root / "docs", sorted({*own_files, *offered_pages(own_files, folders)}), diagnostics, parser_for, settings)
    program = program_pages_of(config_file.values, own_files, offered, folders)
    files = sorted({*own_files, *program.files})
    parsed_pages = fitted(offered, program, frozenset(files), folders)
    organisation = read_organisation(config_file, parsed_pages, diagnostics)
    try:
        today = build_date(environment)
    except ValueError:
        hint = "sæt den til et antal sekunder siden 1970, eller fjern den"
        diagnostics.append(Diagnostic(config, 1, "SOURCE_DATE_EPOCH er ikke et tidspunkt", hint))
        today = today_in_denmark()
    order = {path: number for number, path in enumerate(organisation.order)}
    in_force = read_edition_in_force(parsed_pages, files, diagnostics)
    pages = {
        path: read_page(path, parsed_pages[path], organisation, today, diagnostics, is_of_program=path in program.pages)
        for path in sorted(parsed_pages, key=lambda path: (order.get(path, len(order)), path))
        if _is_in_force(path, in_force)
    }
    leads = organisation.settings.rule_leads
    groups = [read_channel_group(page, parsed_pages[path], leads, diagnostics) for path, page in pages.items() if _is_in(folders.channels, page)]
    chapters = read_chapters(pages, parsed_pages, groups, organisation.settings, diagnostics)
    chooser = None
    if CHOOSER_PAGE in pages:
        parsed = parsed_pages[CHOOSER_PAGE]
        chooser = read_chooser(pages[CHOOSER_PAGE], parsed, diagnostics, organisation.settings.words)
    content = Content(
        organisation=organisation,
        today=today,
        strategy=_read_strategy(parsed_pages, diagnostics),
        pages=pages,
        groups=tuple(groups),
        chapters=chapters,
        passages=read_all_passages(pages, parsed_pages, (*groups, *chapters), folders),
        chooser=chooser,
        quotes=quoting_pages(pages, parsed_pages, (*groups, *chapters)),
        edition=in_force,
        rule_pages=make_rule_pages((*groups, *chapters)),
        named_hosts=named_hosts(pages, parsed_pages, folders),
        progress=read_progress(root, diagnostics, organisation.settings.words),
        decisions_sought=read_decisions_sought(parsed_pages, diagnostics),
        evidence=read_evidence(root, diagnostics),
        statement=read_statement(pages, parsed_pages, organisation.accessibility_statement, today, diagnostics),
    )
    content = replace(content, translations=find_translations(content))
    content = replace(content, goals=read_goals(content, parsed_pages, root / "docs", files, diagnostics))
    content = replace(content, editions=read_editions(content, parsed_pages, diagnostics), hearing=read_hearing_answers(content, parsed_pages))
    earlier, words = earlier_groups(content), organisation.settings.words
    of_departments = [(page, parsed_pages[path]) for path, page in pages.items() if _is_in(folders.guidelines, page)]
    guidelines = [read_guideline(page, parsed, groups, diagnostics, earlier, words) for page, parsed in of_departments]
    answers = [read_answer(page, parsed_pages[path], groups, diagnostics, earlier) for path, page in pages.items() if _is_in(ANSWER_FOLDER, page)]
    for group in groups:
        diagnostics += check_departments(group.page.path, parsed_pages[group.page.path], [guideline.id for guideline in guidelines], organisation.settings)
    guidelines = [*with_units(guidelines, parsed_pages, organisation.settings, diagnostics)]
    content = with_effects_of_adoption(replace(content, guidelines=tuple(guidelines), answers=tuple(answers)), parsed_pages, diagnostics)
    content = replace(content, former_guidelines=read_former_guidelines(content, parsed_pages))
    content = with_plan(with_gone_rules(with_changes(content, parsed_pages)), parsed_pages, diagnostics)
    frozen = tuple(f"docs/{path}" for path in parsed_pages if not is_open(content.content_of(path)))
    diagnostics = [diagnostic for diagnostic in diagnostics if not diagnostic.file.startswith(frozen)]
    recorded = _read_record(root, diagnostics)
    if failures := read_link_record(root, diagnostics):
        content = replace(content, broken_links=broken_links(failures, outward_links(content, parsed_pages, config_file)))
    diagnostics += [Diagnostic(one.path, 1, one.message, one.hint) for one in refused_files(root)]
    diagnostics += check_theme_images(config_file, files)
    look = read_look(root, diagnostics, str(mapping((config_file.values or {}).get("theme")).get("logo") or ""))
    named = tuple(named_for_people(diagnostics, program, folders))
    return Project(content, parsed_pages, config_file, named, tuple(files), program, recorded, look)


def _is_in_force(path: str, in_force: Edition | None) -> bool:
    """Whether a page is part of the site as it is, and not of another edition of the strategy or a guideline's former version."""
    folder = edition_folder(path)
    return not is_former_guideline(path) and (not folder or bool(in_force and folder == in_force.folder_of_name))


def _read_strategy(parsed_pages: Mapping[str, ParsedPage], diagnostics: list[Diagnostic]) -> Strategy | None:
    if (front := parsed_pages.get("index.md")) is None:
        diagnostics.append(Diagnostic("docs/index.md", 1, "forsiden mangler", "opret filen docs/index.md"))
        return None
    return read_strategy(front, "index.md", diagnostics)


def _is_in(folder: str, page: Page) -> bool:
    """Whether a page is in a folder and is not the folder's index page."""
    return page.section == folder and not page.is_index


def _read_record(root: Path, diagnostics: list[Diagnostic]) -> dict[str, int] | None:
    """Return the published URLs, or None if the project has no record of them yet."""
    if not (root / RECORD_FILE).is_file():
        return None
    incoming = read_bytes((root / RECORD_FILE).read_bytes())
    recorded, unreadable = parse_record(incoming.text)
    by_line = {diagnostic.line: diagnostic for diagnostic in (*unreadable, *incoming.diagnostics)}
    diagnostics += [diagnostic.in_file(RECORD_FILE) for diagnostic in by_line.values()]
    return recorded
