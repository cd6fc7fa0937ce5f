"""Read what `mkdocs.yml` says of the municipality: its name, owners, documents and menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from .records import Document, Editing, Organisation, Owner, Problem
from .suggestions import suggestion

BACKENDS = ("github", "gitlab")
_EDITING_KEYS = ("backend", "repository", "branch", "sign_in", "app_id", "api_root")


def read_organisation(file: Path) -> tuple[Organisation, list[Problem]]:
    """Read `mkdocs.yml`; what is wrong in it comes as problems, with the rest still read."""
    text = file.read_text(encoding="utf-8")
    try:
        config = yaml.load(text, Loader=_TolerantLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = "ret linjen; indrykning skal være mellemrum, og tekst med kolon skal stå i anførselstegn"
        return Organisation(), [Problem(file.name, line, "opsætningen kan ikke læses", remedy)]
    reader = _Reader(file, text)
    config = _mapping(config)
    extra = _mapping(config.get("extra"))
    order = tuple(_paths(config.get("nav")))
    organisation = Organisation(
        name=reader.name(extra.get("organisation")),
        owners={owner.id: owner for owner in reader.owners(extra.get("owners"))},
        documents={document.id: document for document in reader.documents(extra.get("documents"), order)},
        order=order,
        editing=reader.editing(extra.get("editing")),
    )
    return organisation, reader.problems


class _Reader:
    """Makes records of the parts of `extra`, and complains where they are wrong."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._lines = text.split("\n")
        self.problems: list[Problem] = []

    def name(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        self._complain("extra", "organisationens navn mangler", "skriv `organisation: …` under `extra`")
        return ""

    def owners(self, value: Any) -> Iterator[Owner]:
        for id, facts in _mapping(value).items():
            facts = _mapping(facts)
            if isinstance(facts.get("name"), str):
                yield Owner(id, facts["name"], str(facts.get("phone") or ""), str(facts.get("email") or ""))
            else:
                self._complain(id, f"ansvarlig {id} har intet navn", "skriv `name: …` under den")

    def documents(self, value: Any, order: tuple[str, ...]) -> Iterator[Document]:
        for id, facts in _mapping(value).items():
            facts = _mapping(facts)
            name, opening, entries = (facts.get(key) for key in ("name", "opening", "pages"))
            title, each = str(facts.get("title") or ""), facts.get("each")
            if isinstance(name, str) and isinstance(opening, str) and isinstance(each, str):
                for path in self._pages(id, each, order):
                    if not path.endswith("/index.md"):
                        of_page = f"{id}-{path.rpartition('/')[2].removesuffix('.md')}"
                        yield Document(of_page, name, opening, (path,), is_of_one_page=True)
                continue
            if not (isinstance(name, str) and isinstance(opening, str) and isinstance(entries, list)):
                remedy = "skriv `name: …`, `opening: index.md` og `pages:` med en side på hver linje: `- strategi/` (eller `each: mappe/`)"
                self._complain(id, f"dokumentet {id} er ikke beskrevet helt", remedy)
                continue
            pages = [path for entry in entries for path in self._pages(id, str(entry), order)]
            if self._pages(id, opening, order):
                yield Document(id, name, opening, tuple(pages), title)

    def editing(self, value: Any) -> Editing | None:
        """None where nothing is said, and where what is said cannot be used."""
        if value is None:
            return None
        facts = {key: "" if item is None else str(item).strip() for key, item in _mapping(value).items()}
        before = len(self.problems)
        for key in facts:
            if key not in _EDITING_KEYS:
                self._complain_of_editing(key, f"editing.{key} kendes ikke", suggestion(key, _EDITING_KEYS))
        backend = facts.get("backend", "")
        if backend not in BACKENDS:
            what = f"editing.backend kan ikke være {backend}" if backend else "editing.backend mangler"
            self._complain_of_editing("backend", what, "skriv `backend: github` eller `backend: gitlab`")
        if not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", facts.get("repository", "")):
            remedy = "skriv den som på GitHub eller GitLab: `repository: organisation/kanalstrategi`"
            self._complain_of_editing("repository", "editing.repository er ikke navnet på et sted for filerne", remedy)
        if not facts.get("branch"):
            self._complain_of_editing("branch", "editing.branch mangler", "skriv navnet på den gren, siden bygges af: `branch: main`")
        if not _is_web_address(facts.get("sign_in", "")):
            remedy = "skriv adressen på GitLab, eller på jeres egen login-tjeneste til GitHub: `sign_in: https://…`"
            self._complain_of_editing("sign_in", "editing.sign_in er ikke en adresse, der begynder med https://", remedy)
        if backend == "gitlab" and not facts.get("app_id"):
            remedy = "opret en applikation i GitLab, og skriv dens id: `app_id: …`"
            self._complain_of_editing("app_id", "editing.app_id mangler", remedy)
        defaults = {"github": "https://api.github.com", "gitlab": f"{facts.get('sign_in', '').rstrip('/')}/api/v4"}
        api_root = facts.get("api_root") or defaults.get(backend, "")
        if facts.get("api_root") and not _is_web_address(api_root):
            remedy = "ret den, eller slet linjen"
            self._complain_of_editing("api_root", "editing.api_root er ikke en adresse, der begynder med https://", remedy)
        if len(self.problems) > before:
            return None
        return Editing(
            backend, facts["repository"], facts["branch"], facts["sign_in"].rstrip("/"), facts.get("app_id", ""), api_root.rstrip("/")
        )

    def _complain_of_editing(self, key: str, what: str, remedy: str) -> None:
        """At the key under `editing`, or at `editing` where that is missing."""
        start = next((number for number, line in enumerate(self._lines) if re.match(r"\s*editing:", line)), 0)
        indent = len(self._lines[start]) - len(self._lines[start].lstrip())
        for number in range(start + 1, len(self._lines)):
            line = self._lines[number]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            if line.strip().startswith(f"{key}:"):
                start = number
                break
        self.problems.append(Problem(self._file.name, start + 1, what, remedy))

    def _pages(self, id: str, entry: str, order: tuple[str, ...]) -> list[str]:
        """The page that an entry names, or those of a folder in the order of the menu."""
        named = [path for path in order if path.startswith(entry)] if entry.endswith("/") else [entry]
        pages = [path for path in named if (self._file.parent / "docs" / path).is_file()]
        if not pages or pages != named:
            what = f"dokumentet {id} nævner {entry}, som ikke findes"
            self._complain(id, what, "ret stien; den regnes fra docs/")
        return pages

    def _complain(self, key: str, what: str, remedy: str) -> None:
        starts = (number for number, line in enumerate(self._lines, 1) if line.strip().startswith(f"{key}:"))
        self.problems.append(Problem(self._file.name, next(starts, 1), what, remedy))


class _TolerantLoader(yaml.SafeLoader):
    """Reads past the tags that only MkDocs understands (`!ENV`, `!!python/name:`)."""


def _ignore_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


_TolerantLoader.add_multi_constructor("!", _ignore_tag)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # such as `https://[`
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s;,'\"]", text)


def _mapping(value: Any) -> dict[str, Any]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _paths(nav: Any) -> Iterator[str]:
    """The pages of a `nav`, in its order."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _paths(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _paths(value)
