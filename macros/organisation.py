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
        config = yaml.load(text, Loader=_TolerantLoader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = "ret linjen; indrykning skal være mellemrum, og tekst med kolon skal stå i anførselstegn"
        return Organisation(), [Problem(file.name, line, "opsætningen kan ikke læses", remedy)]

    lines = text.split("\n")
    problems: list[Problem] = []

    def complain(key: str, what: str, remedy: str) -> None:
        line = next((n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")), 1)
        problems.append(Problem(file.name, line, what, remedy))

    extra = config.get("extra") or {}
    name = extra.get("organisation")
    if not isinstance(name, str):
        complain("extra", "organisationens navn mangler", "skriv `organisation: …` under `extra`")
        name = ""
    owners = {}
    for id, facts in _records(extra.get("owners")):
        if not isinstance(facts.get("name"), str):
            complain(id, f"ansvarlig {id} har intet navn", "skriv `name: …` under den")
            continue
        owners[id] = Owner(id, facts["name"], str(facts.get("phone") or ""), str(facts.get("email") or ""))
    order = tuple(_paths(config.get("nav")))
    documents = {}
    for id, facts in _records(extra.get("documents")):
        missing = [key for key in ("name", "opening", "pages") if not facts.get(key)]
        if missing:
            complain(id, f"dokumentet {id} mangler {', '.join(missing)}", "skriv det under dokumentet")
            continue
        pages = []
        for entry in facts["pages"]:
            # A folder stands for its pages, in the order of the menu.
            chosen = [path for path in order if path.startswith(entry)] if entry.endswith("/") else [entry]
            unknown = [path for path in chosen if not (file.parent / "docs" / path).is_file()]
            if unknown or not chosen:
                complain(id, f"dokumentet {id} nævner {entry}, som ikke findes", "ret stien; den regnes fra docs/")
            pages += [path for path in chosen if path not in unknown]
        documents[id] = Document(id, facts["name"], facts["opening"], tuple(pages))
    return Organisation(name, owners, documents, order), problems


class _TolerantLoader(yaml.SafeLoader):
    """Reads past the tags that only MkDocs understands (`!ENV`, `!!python/name:`)."""


def _ignore_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


_TolerantLoader.add_multi_constructor("!", _ignore_tag)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)


def _records(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for id, facts in (value or {}).items():
        yield str(id), facts if isinstance(facts, dict) else {}


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
