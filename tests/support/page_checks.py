"""What the checks say about the text of one page, in the place of a page of a project that has been read."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

from kanalstrategi.checks.links import check_link
from kanalstrategi.checks.macro_calls import check_macro_calls, check_syntax, find_mistake
from kanalstrategi.checks.short_texts import check_short
from kanalstrategi.content.actions import ids_in, read_action, read_material
from kanalstrategi.content.answers import read_answer
from kanalstrategi.content.conventions import ANSWER_FOLDER, GOAL_FOLDER, MATERIAL_FOLDER, PLAN_FOLDER, TEMPLATE_FOLDER
from kanalstrategi.content.decisions_sought import read_decisions_sought
from kanalstrategi.content.edition_paths import edition_folder
from kanalstrategi.content.editions import read_facts
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.former_content import superseded
from kanalstrategi.content.goals import read_goal
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.pages import read_page, read_strategy
from kanalstrategi.content.project import Project
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.content.statement import read_statement
from kanalstrategi.content.translations import check_translations
from kanalstrategi.content.units import check_departments, read_parent
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import MacroRegistry

Line = tuple[int, str, str]
"""Line, message and hint."""


class PageChecks:
    """The checks that the browser knows some of, for a text at a path."""

    def __init__(self, path: str, text: str, project: Project, registry: MacroRegistry) -> None:
        self._path, self._registry = path, registry
        self._project = replace(project, content=project.content.content_of(path))
        self._files = _published_files(project.files) | {path}
        incoming = read_bytes(text.encode())
        self._parsed: ParsedPage = parse(incoming.text)
        front = self._parsed.front
        self._reading = [diagnostic.in_file("") for diagnostic in (*front.errors, *front.diagnostics, *incoming.diagnostics)]
        fields: list[Diagnostic] = []
        self._page: Page = read_page(path, self._parsed, project.content.organisation, project.content.today, fields)
        self._fields = [*fields, *self._fields_of_folder()]
        if not edition_folder(path):
            content = replace(project.content, pages={**project.content.pages, path: self._page})
            self._fields += check_translations_of(content, path, self._parsed)

    def syntax(self) -> set[Line]:
        """Return what is said about macro calls that cannot be read."""
        return _lines(check_syntax("", self._parsed, self._registry))

    def known(self) -> set[Line]:
        """Return what the browser says about a page that it can read: its fields, its macro calls, and its links."""
        content = self._project.content
        mistakes = [(call.line, find_mistake(call, content, self._registry)) for call in self._parsed.calls]
        calls = {(line, *mistake) for line, mistake in mistakes if mistake}
        return _lines([*self._fields, *self._links()]) | self.syntax() | calls

    def all(self) -> set[Line]:
        """Return what all these checks say, in whole."""
        calls = check_macro_calls(self._page, self._parsed, self._project.content, self._registry)
        return _lines([*self._reading, *self._fields, *check_short(self._page, self._parsed, Settings().max_short_lix), *calls, *self._links()])

    def _links(self) -> Iterator[Diagnostic]:
        for link in self._parsed.links:
            yield from check_link(link, self._path, self._project, self._registry, self._files)

    def _fields_of_folder(self) -> list[Diagnostic]:
        """Return what is said about fields that only pages of one folder have, and the front page and the board's."""
        diagnostics: list[Diagnostic] = []
        read_decisions_sought({self._path: self._parsed}, diagnostics)
        read_statement({self._path: self._page}, {self._path: self._parsed}, "", self._project.content.today, diagnostics)
        folder, _, name = self._path.rpartition("/")
        today, edition, folders = self._project.content.today, edition_folder(self._path), self._project.content.folders
        if self._path == f"{edition}index.md":
            read_strategy(self._parsed, self._path, diagnostics, is_proposal=bool(edition))
            if edition or "edition" in self._parsed.front.values:
                read_facts(self._path, self._parsed, edition, today, diagnostics)
        elif folder == folders.guidelines and name != "index.md":
            front = FieldReader(self._path, self._parsed, diagnostics)
            front.text("department")
            if part_of := front.text("part_of", required=False):
                parts = {one.id: one.part_of for one in self._project.content.guidelines}
                read_parent(self._path, self._parsed, part_of, parts, self._project.content.settings, diagnostics)
        elif folder == folders.channels and name != "index.md":
            known = [one.id for one in self._project.content.guidelines]
            diagnostics += check_departments(self._path, self._parsed, known, self._project.content.settings)
        elif folder == ANSWER_FOLDER and name != "index.md":
            earlier = [edition.groups for edition in superseded(self._project.content)]
            read_answer(self._page, self._parsed, self._project.content.groups, diagnostics, earlier)
        elif folder == PLAN_FOLDER and name != "index.md":
            content = self._project.content
            read_action(self._page, self._parsed, ids_in(GOAL_FOLDER, content), [*content.rules, *content.gone_rules], today, diagnostics)
        elif folder == GOAL_FOLDER and name != "index.md":
            read_goal(self._page, self._parsed, self._project.content.passages, diagnostics, self._project.content.settings)
        elif folder == MATERIAL_FOLDER and name != "index.md":
            read_material(self._page, self._parsed, [action.id for action in self._project.content.actions], diagnostics)
        return diagnostics


def check_translations_of(content: Content, path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield what is said about the page that a page is a translation of."""
    if content.pages[path].translation_of:
        yield from check_translations(content, {path: parsed})


@functools.cache
def _published_files(files: tuple[str, ...]) -> frozenset[str]:
    return frozenset(file for file in files if not file.startswith(f"{TEMPLATE_FOLDER}/"))


def _lines(diagnostics: Iterator[Diagnostic] | list[Diagnostic]) -> set[Line]:
    return {(diagnostic.line, diagnostic.message, diagnostic.hint) for diagnostic in diagnostics}
