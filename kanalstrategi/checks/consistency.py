"""Checks that pages do not contradict each other: ids, URLs, channels, departments and the menu."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.checks.published_urls import check_redirects
from kanalstrategi.content.conventions import CHANGES_FILE, HEARING_FILE
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.edition_names import MAX_NAME_CHARACTERS, is_edition_name
from kanalstrategi.content.edition_paths import edition_folder, permanent_folder
from kanalstrategi.content.news import COMMON_FEED, feed_url
from kanalstrategi.content.program_pages import is_shipped
from kanalstrategi.content.project import Project
from kanalstrategi.content.redirects import is_valid_url
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.allow_list import ESSENTIAL_KIND
from kanalstrategi.sanitizing.files import WINDOWS_NAMES


def check_consistency(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each contradiction between two pages, or between a page and `mkdocs.yml`."""
    yield from _check_departments(project)
    yield from _check_page_urls(project)
    yield from _check_rule_pages(project)
    yield from _check_editions(project)
    yield from check_ids(project)
    yield from _check_menu(project)
    lines = {path: parsed.front.lines.get("redirects", 1) for path, parsed in project.parsed_pages.items()}
    yield from check_redirects(project.content, lines, project.files)


def check_ids(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each contradiction between the ids of pages that belong together: those in force, or those of one edition."""
    yield from _check_rule_kinds(project)
    yield from _check_confirmed(project)
    yield from _check_duplicate_ids(project)
    yield from _check_duplicate_channels(project)


def _check_page_urls(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each pair like `a.md` and `a/index.md`, since only one of the two would be published."""
    first: dict[str, str] = {}
    for path, page in sorted(project.content.pages.items()):
        if page.url in first:
            message = f"siden får samme adresse som docs/{first[page.url]}"
            yield Diagnostic(f"docs/{path}", 1, message, "slet den ene, eller giv den et andet navn")
        first.setdefault(page.url, path)


def _check_rule_pages(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page at the URL of a rule's page, and for each rule whose page cannot have its URL."""
    content = project.content
    rules = {rule.page_url: rule for rule in content.rules.values()}
    for path, page in content.pages.items():
        if page.url in rules:
            message = f"siden får samme adresse som siden om reglen {rules[page.url].id}, som hjemmesiden selv laver"
            yield Diagnostic(f"docs/{path}", 1, message, "giv siden et andet navn")
    for rule in rules.values():
        if rule.id == "index" or rule.id in WINDOWS_NAMES or not is_valid_url(rule.page_url):
            yield Diagnostic(f"docs/{rule.page.path}", rule.line, f"reglen {rule.id[:40]} kan ikke få en side af det navn", "giv reglen et andet id")


def _check_editions(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each edition that cannot be called what it is or has yet to lapse, and for each page in the way of the filed ones."""
    latest = max(project.content.today, today_in_denmark())  # an old SOURCE_DATE_EPOCH is not the page's mistake
    for content in (project.content, *project.content.editions):
        name = content.edition.name if content.edition else ""
        if name and not is_edition_name(name):  # a field without a value is reported where it is read
            path = f"{content.folder}index.md"
            line = 1 if content.folder else project.parsed_pages[path].front.lines["edition"]
            hint = f"brug små bogstaver a–z, tal og bindestreg, højst {MAX_NAME_CHARACTERS} tegn, for eksempel 2026-2029"
            yield Diagnostic(f"docs/{path}", line, f"en udgave kan ikke hedde »{name[:MAX_NAME_CHARACTERS]}«", hint)
        if content.edition and content.edition.lapsed and content.edition.lapsed > latest:
            path = f"{content.folder}index.md"
            line = project.parsed_pages[path].front.lines["lapsed"]
            yield Diagnostic(f"docs/{path}", line, "forslaget er bortfaldet på en dato, der ikke er kommet", "ret datoen i lapsed")
    if folder := permanent_folder(project.content):
        for path in project.content.pages:
            if path.startswith(folder) and path.removeprefix(folder) not in (CHANGES_FILE, HEARING_FILE):
                message = "siden ligger, hvor den udgave, der gælder, skal arkiveres"
                yield Diagnostic(f"docs/{path}", 1, message, "flyt den til docs/, eller slet den")


def _check_rule_kinds(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each list item that says what kind of rule it is without being a rule."""
    for path in project.content.pages:
        for block in project.parsed_pages[path].blocks:
            rule = project.content.rules.get(block.id)
            if block.rule_kind == ESSENTIAL_KIND:
                yield Diagnostic(f"docs/{path}", block.line, f"kind={ESSENTIAL_KIND} står på et punkt, der ikke er en beslutning", "slet det")
            elif block.rule_kind and not (rule and rule.page.path == path):
                yield Diagnostic(f"docs/{path}", block.line, "kind står på et punkt, der ikke er en regel", "slet det")


def _check_confirmed(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each heading that says when its section was confirmed without being a section of a guideline."""
    for path, page in project.content.pages.items():
        guideline = project.content.guideline_of(page)
        groups = {section.group.id for section in (*guideline.sections, *guideline.former_sections)} if guideline else set()
        for block in project.parsed_pages[path].blocks:
            if block.used and block.id not in groups:
                hint = "slet det, eller flyt det til kanalens overskrift"
                yield Diagnostic(f"docs/{path}", block.line, "used står på en overskrift, der ikke er en kanal i en lokal retningslinje", hint)
            if block.confirmed and block.id not in groups:
                hint = "slet det, eller flyt det til kanalens overskrift"
                yield Diagnostic(f"docs/{path}", block.line, "confirmed står på en overskrift, der ikke er en kanal i en lokal retningslinje", hint)


def _check_duplicate_ids(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each duplicate id.

    An id must be unique on its page. The id of a rule or passage must be unique across all pages, since any page can refer to it.
    Decisions are found by their page as well: those of two departments often have the same name.
    """
    anywhere: dict[str, str] = {}
    for path in project.content.pages:
        here: dict[str, str] = {}
        for block in project.parsed_pages[path].blocks:
            if not block.id:
                continue
            place = f"docs/{path}:{block.line}"
            is_local = block.kind == "heading" or block.task is not None
            first = here.get(block.id) or (None if is_local else anywhere.get(block.id))
            if first:
                message = f"id’et {block.id} bruges allerede i {first}"
                yield Diagnostic(f"docs/{path}", block.line, message, "giv det ene af de to et andet id")
                continue
            here[block.id] = place
            if not is_local:
                anywhere[block.id] = place


def _check_duplicate_channels(project: Project) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for group in (*project.content.groups, *project.content.chapters):
        for channel in (group, *group.subchannels):
            path = channel.page.path
            line = project.parsed_pages[path].front.lines.get("subchannels", 1)
            if channel.id in first:
                message = f"kanalen {channel.id} står allerede i {first[channel.id]}"
                yield Diagnostic(f"docs/{path}", line, message, "giv den ene af de to et andet navn")
            first.setdefault(channel.id, f"docs/{path}:{line}")


def _check_menu(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page of the site that is not in the menu, and for each menu entry whose page does not exist."""
    order, config = project.content.organisation.order, project.config
    if not order:
        return  # without `nav`, MkDocs makes a menu of all pages
    for path in project.content.pages:
        if path not in order and not edition_folder(path) and not is_shipped(path, project.content.folders):
            yield Diagnostic(f"docs/{path}", 1, "siden står ikke i menuen", f"skriv `- {path}` under nav i {config.name}")
    lines = config.text.split("\n")
    menu = next((number for number, text in enumerate(lines, 1) if text.startswith("nav:")), 0)
    for path in order:
        if path not in project.parsed_pages:
            line = next((number for number, text in enumerate(lines, 1) if number > menu and path in text), 1)
            yield Diagnostic(config.name, line, f"menuen nævner {path}, som ikke findes", "ret stien, eller slet linjen under nav")


def _check_departments(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for departments that share a name, since readers could not tell them apart."""
    first: dict[str, str] = {}
    for guideline in project.content.guidelines:
        path = guideline.page.path
        line = project.parsed_pages[path].front.lines.get("department", 1)
        name = guideline.department.casefold()
        if name in first:
            message = f"{project.content.say('fagområdet')} {guideline.department} står allerede i {first[name]}"
            yield Diagnostic(f"docs/{path}", line, message, "giv det ene af de to et andet navn")
        first.setdefault(name, f"docs/{path}:{line}")
        if guideline.id == COMMON_FEED:
            message = f"navnet {COMMON_FEED} er taget af hjemmesidens nyheder, {feed_url()}"
            yield Diagnostic(f"docs/{path}", guideline.page.line, message, "giv filen et andet navn")
