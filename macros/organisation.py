"""Read what `mkdocs.yml` says of the municipality: its name, owners, documents and menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .records import Document, Organisation, Owner, Problem


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
