"""Reads the facts about the municipality from `mkdocs.yml`: its name, owners, documents and menu."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from kanalstrategi.content.config_file import ConfigFile
from kanalstrategi.content.config_keys import Lines, check_keys, key_lines
from kanalstrategi.content.config_values import is_https_url, mapping
from kanalstrategi.content.consultation import read_consultation
from kanalstrategi.content.conventions import OPTIONAL_FOLDERS
from kanalstrategi.content.data_licence import read_licence
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.folder_settings import check_folders
from kanalstrategi.content.navigation import expand_menu, is_wildcard, nav_entries, page_paths
from kanalstrategi.content.organisation_model import Document, Organisation
from kanalstrategi.content.owners import read_owners, read_site_owner
from kanalstrategi.content.settings import read_settings
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import WINDOWS_NAMES
from kanalstrategi.suggestions import suggestion

BACKENDS = ("github", "gitlab")
"""The services that can host the files that editors change in the browser."""

_EDITING_KEYS = ("backend", "repository", "branch", "sign_in", "app_id", "api_root")
_ACCOUNT = re.compile(r"@[\w.-]+(/[\w.-]+)*|[\w.+-]+@[\w.-]+", re.ASCII)


def read_organisation(file: ConfigFile, pages: Collection[str], diagnostics: list[Diagnostic]) -> Organisation:
    """Return the facts about the municipality in `mkdocs.yml`. Wrong values are reported, and the rest is still read.

    `pages` are the paths of all pages, which the menu's wildcards are matched with.
    """
    if file.values is None:
        return Organisation(is_read=False)
    reader = _OrganisationReader(file, pages, diagnostics)
    config = mapping(file.values)
    extra = mapping(config.get("extra"))
    check_keys(config, reader.report_key)
    reader.check_menu(config.get("nav"), pages)
    order = tuple(page_paths(expand_menu(config.get("nav"), pages)))
    shape, report_shape = extra.get("shape"), partial(reader.report_key, above=("extra", "shape"))
    check_folders(mapping(shape).get("folders"), pages, report_shape)
    owners = read_owners(extra.get("owners"), reader.account, partial(reader.report_under, "owners"))
    return Organisation(
        name=reader.name(extra.get("organisation")),
        owners=owners,
        documents=reader.by_id(reader.documents(extra.get("documents"), order)),
        order=order,
        site_owner=read_site_owner(extra.get("site_owner"), owners, reader.report),
        maintainers=reader.account("maintainers", extra.get("maintainers")),
        editing=reader.editing(extra.get("editing")),
        accessibility_statement=reader.statement(extra.get("accessibility_statement")),
        consultation=read_consultation(extra.get("consultation"), partial(reader.report_under, "consultation")),
        data_licence=read_licence(extra.get("data_licence"), reader.report),
        settings=read_settings(shape, report_shape),
    )


class _OrganisationReader:
    """Reads records from the values under `extra`, and reports those that are missing or wrong."""

    def __init__(self, file: ConfigFile, pages: Collection[str], diagnostics: list[Diagnostic]) -> None:
        self._existing = pages
        self._name = file.name
        self._text = file.text
        self._lines = file.text.split("\n")
        self._diagnostics = diagnostics

    @cached_property
    def _key_lines(self) -> Lines:
        return key_lines(self._text)  # only where something is reported, since it takes a tenth of what reading a small project does

    def name(self, value: Any) -> str:
        """Return the municipality's name, or an empty string if it is missing."""
        if isinstance(value, str):
            return value
        self.report("extra", "organisationens navn mangler", "skriv `organisation: …` under `extra`")
        return ""

    def check_menu(self, nav: Any, pages: Collection[str]) -> None:
        """Report wildcards that match no page, apart from those for folders that the first page of their kind makes."""
        found = {*pages, *(f"{folder}/" for folder in OPTIONAL_FOLDERS)}
        for entry in nav_entries(nav):
            if "*" in entry and not any(path.startswith(entry.removesuffix("*")) for path in found if is_wildcard(entry)):
                line = next((number for number, text in enumerate(self._lines, 1) if entry in text), 1)
                hint = "skriv `- mappe/*` med en mappe, der har sider; stien regnes fra docs/"
                self._diagnostics.append(Diagnostic(self._name, line, f"menuen nævner {entry}, som ikke er en mappe med sider", hint))

    def account(self, key: str, value: Any) -> str:
        """Return an account on GitHub or GitLab, or an empty string if it is missing or wrong."""
        if not value:
            return ""
        if isinstance(value, str) and _ACCOUNT.fullmatch(value):
            return value
        self.report(key, f"kontoen {value} kan ikke bruges", 'skriv den som "@organisation/hold" eller "@bruger"')
        return ""

    def statement(self, value: Any) -> str:
        """Return the URL of the accessibility statement, or an empty string if it is missing or wrong."""
        if not value:
            return ""
        if isinstance(value, str) and is_https_url(value):
            return value
        hint = "skriv adressen på erklæringen: `accessibility_statement: https://was.digst.dk/…`"
        self.report("accessibility_statement", "adressen på tilgængelighedserklæringen begynder ikke med https://", hint)
        return ""

    def documents(self, value: Any, order: tuple[str, ...]) -> Iterator[Document]:
        """Yield the documents. An entry with `each` gives one document for each page. `order` is the order of the menu."""
        for id, entry in mapping(value).items():
            facts = mapping(entry)
            name, opening, page_entries = (facts.get(key) for key in ("name", "opening", "pages"))
            title, each = str(facts.get("title") or ""), facts.get("each")
            if isinstance(name, str) and isinstance(opening, str) and isinstance(each, str):
                for path in self._pages(id, each, order):
                    if not path.endswith("/index.md"):
                        document_id = f"{id}-{path.rpartition('/')[2].removesuffix('.md')}"
                        yield Document(document_id, name, opening, (path,), is_of_one_page=True)
                continue
            if facts.get("sheet") is True and isinstance(name, str) and isinstance(opening, str) and page_entries is None and each is None:
                if self._pages(id, opening, order):
                    yield Document(id, name, opening, (opening,), title, is_of_one_page=True, is_sheet=True)
                continue
            if not (isinstance(name, str) and isinstance(opening, str) and isinstance(page_entries, list)):
                hint = "skriv `name: …`, `opening: index.md` og `pages:` med en side på hver linje: `- strategi/` (eller `each: mappe/` eller `sheet: true`)"
                self.report(id, f"dokumentet {id} er ikke beskrevet helt", hint)
                continue
            pages = [path for page_entry in page_entries for path in self._pages(id, str(page_entry), order)]
            if self._pages(id, opening, order):
                yield Document(id, name, opening, tuple(pages), title)

    def by_id(self, documents: Iterable[Document]) -> dict[str, Document]:
        """Return the documents, keyed by id, and report those whose PDF would have the URL of another: pages in two folders may share a name."""
        found: dict[str, Document] = {}
        for document in documents:
            if document.id in WINDOWS_NAMES:
                self.report(document.id, f"navnet {document.id} kan ikke bruges på Windows", "giv dokumentet et andet navn")
            if first := found.get(document.id):
                message = f"siden får sin PDF på samme adresse som {'docs/' + first.pages[0] if first.pages else 'en anden'}: {document.url}"
                path = document.pages[0] if document.pages else document.opening
                self._diagnostics.append(Diagnostic(f"docs/{path}", 1, message, "giv den ene af de to et andet navn"))
            found.setdefault(document.id, document)
        return found

    def editing(self, value: Any) -> Editing | None:
        """Return the settings for editing in the browser, or None if they are missing or wrong."""
        if value is None:
            return None
        facts = {key: "" if item is None else str(item).strip() for key, item in mapping(value).items()}
        count_before = len(self._diagnostics)
        for key in facts:
            if key not in _EDITING_KEYS:
                self.report_under("editing", key, f"editing.{key} kendes ikke", suggestion(key, _EDITING_KEYS))
        backend = facts.get("backend", "")
        if backend not in BACKENDS:
            message = f"editing.backend kan ikke være {backend}" if backend else "editing.backend mangler"
            self.report_under("editing", "backend", message, "skriv `backend: github` eller `backend: gitlab`")
        if not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", facts.get("repository", "")):
            hint = "skriv den som på GitHub eller GitLab: `repository: organisation/kanalstrategi`"
            self.report_under("editing", "repository", "editing.repository er ikke navnet på et sted for filerne", hint)
        if not facts.get("branch"):
            self.report_under("editing", "branch", "editing.branch mangler", "skriv navnet på den gren, siden bygges af: `branch: main`")
        if not is_https_url(facts.get("sign_in", "")):
            hint = "skriv adressen på GitLab, eller på jeres egen login-tjeneste til GitHub: `sign_in: https://…`"
            self.report_under("editing", "sign_in", "editing.sign_in er ikke en adresse, der begynder med https://", hint)
        if backend == "gitlab" and not facts.get("app_id"):
            hint = "opret en applikation i GitLab, og skriv dens id: `app_id: …`"
            self.report_under("editing", "app_id", "editing.app_id mangler", hint)
        defaults = {"github": "https://api.github.com", "gitlab": f"{facts.get('sign_in', '').rstrip('/')}/api/v4"}
        api_root = facts.get("api_root") or defaults.get(backend, "")
        if facts.get("api_root") and not is_https_url(api_root):
            hint = "ret den, eller slet linjen"
            self.report_under("editing", "api_root", "editing.api_root er ikke en adresse, der begynder med https://", hint)
        if len(self._diagnostics) > count_before:
            return None
        return Editing(backend, facts["repository"], facts["branch"], facts["sign_in"].rstrip("/"), facts.get("app_id", ""), api_root.rstrip("/"))

    def report_key(self, path: tuple[str, ...], message: str, hint: str, above: tuple[str, ...] = ()) -> None:
        """Add a diagnostic at the line of a key, whose path begins below `above`, or at that of the nearest key above it."""
        path = (*above, *path)
        line = next((self._key_lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in self._key_lines), 1)
        self._diagnostics.append(Diagnostic(self._name, line, message, hint))

    def report_under(self, outer: str, key: str, message: str, hint: str) -> None:
        """Add a diagnostic at the key under another key, or at that one itself if the key is missing."""
        start = next((number for number, line in enumerate(self._lines) if re.match(rf"\s*{outer}:", line)), 0)
        indent = len(self._lines[start]) - len(self._lines[start].lstrip())
        for number in range(start + 1, len(self._lines)):
            line = self._lines[number]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            if line.strip().startswith(f"{key}:"):
                start = number
                break
        self._diagnostics.append(Diagnostic(self._name, start + 1, message, hint))

    def _pages(self, id: str, entry: str, order: tuple[str, ...]) -> list[str]:
        """Return the page that an entry names, or the pages of a folder in menu order. Reports pages that do not exist."""
        named = [path for path in order if path.startswith(entry)] if entry.endswith("/") else [entry]
        pages = [path for path in named if path in self._existing]
        if not pages or pages != named:
            message = f"dokumentet {id} nævner {entry}, som ikke findes"
            self.report(id, message, "ret stien; den regnes fra docs/")
        return pages

    def report(self, key: str, message: str, hint: str) -> None:
        """Add a diagnostic at the first line with the key, or at the first line of the file if there is none."""
        starts = (number for number, line in enumerate(self._lines, 1) if line.strip().startswith(f"{key}:"))
        self._diagnostics.append(Diagnostic(self._name, next(starts, 1), message, hint))
