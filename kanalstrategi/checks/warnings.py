"""Finds things that deserve a warning but do not stop a build: hard text, overdue reviews, what an adoption asks for,
outward links that fail, PDFs without tags and unrecorded URLs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.checks.after_adoption import warn_after_adoption
from kanalstrategi.checks.broken_links import warn_of_broken_links
from kanalstrategi.checks.goals import warn_of_goals
from kanalstrategi.checks.plan import warn_of_plan
from kanalstrategi.checks.published_urls import warn_of_unrecorded
from kanalstrategi.checks.readability import hard_text, long_sentences
from kanalstrategi.checks.short_texts import warn_of_unchanged_shorts
from kanalstrategi.checks.unannounced import warn_of_unannounced_lists
from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.edition_paths import is_of_strategy
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.model import Page
from kanalstrategi.content.program_pages import named_for_people
from kanalstrategi.content.project import Project
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import MAX_BYTES


def find_warnings(project: Project, docs: Path) -> list[Diagnostic]:
    """Return all warnings about a project, sorted by file and line. `docs` is the folder of its pages."""
    warnings: list[Diagnostic] = []
    settings = project.content.settings
    for path, page in project.content.pages.items():
        warnings += _overdue_reviews(page, project)
        blocks = [block for block in project.parsed_pages[path].blocks if not block.has_macro]
        if page.language != SITE_LANGUAGE:
            continue  # how hard a text is to read is measured for Danish
        warnings += long_sentences(page, blocks, settings.max_sentence_words)
        if is_of_strategy(page, project.content.folders):  # the pages that are written for citizens
            warnings += hard_text(page, blocks, settings.max_lix)
    warnings += warn_after_adoption(project, docs)
    warnings += warn_of_plan(project)
    warnings += warn_of_unchanged_shorts(project)
    warnings += warn_of_goals(project)
    warnings += warn_of_unannounced_lists(project)
    warnings += warn_of_broken_links(project.content)
    for path in project.files:
        if path.endswith(".pdf") and path not in project.program.files:
            warnings += _inaccessible_pdf(docs / path, f"docs/{path}")
    if project.recorded:  # a site whose record is empty was never published
        warnings += warn_of_unrecorded(project.content, project.recorded)
    return sorted(named_for_people(warnings, project.program, project.content.folders))


def _overdue_reviews(page: Page, project: Project) -> Iterator[Diagnostic]:
    if is_overdue(page.review_by, project.content.today) and not page.is_of_program:
        line = project.parsed_pages[page.path].front.lines.get("review_by", 1)
        message = f"siden skulle være gennemgået senest {long_date(page.review_by)}"
        yield Diagnostic(f"docs/{page.path}", line, message, "gennemgå den, og ret reviewed og review_by")


def _inaccessible_pdf(file: Path, place: str) -> Iterator[Diagnostic]:
    from kanalstrategi.sanitizing.pdf_accessibility import advise_on_pdf  # only here, since it loads pikepdf

    if file.stat().st_size <= MAX_BYTES[".pdf"]:
        yield from (Diagnostic(place, 1, message, hint) for message, hint in advise_on_pdf(file.read_bytes()))
