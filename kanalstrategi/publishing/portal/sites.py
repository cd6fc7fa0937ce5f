"""Reads `sites.yml`, which says which municipalities' sites a portal has. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.suggestions import suggestion

MAX_SITES = 200
"""The most that a matrix of GitLab can have; that of GitHub can have 256."""
MAX_BYTES = 200_000
"""The size of the file."""
MAX_NAME_CHARACTERS = 80
RESERVED_IDS = frozenset(("admin", "assets", "data", "deling", "pdf", "search", "soeg"))
"""The folders that the portal has, or that a web server treats as its own."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_REPOSITORY = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._-]+)+")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_MAX_ID_CHARACTERS = 63
_PORTAL_KEYS = ("name", "url", "sites")
_SITE_KEYS = ("id", "name", "repository", "commit")


@dataclass(frozen=True)
class PortalSite:
    """One municipality's site."""

    id: str
    """The name of its folder on the portal, and of the folder that it is built into."""
    name: str
    """The name of the municipality."""
    repository: str
    """The URL of the repository that it is built from."""
    commit: str = ""
    """The commit that is built; empty for the newest one."""


@dataclass(frozen=True)
class Portal:
    """All sites that are published under one host."""

    name: str
    url: str
    """The absolute URL of the front page, with a trailing slash."""
    sites: tuple[PortalSite, ...]


def read_portal(text: str, file: str) -> tuple[Portal | None, list[Diagnostic]]:
    """Return the portal that a file describes, or None and what is wrong with the file. `file` is its name in the diagnostics."""
    reader = _Reader(file)
    if len(text) > MAX_BYTES:
        reader.report(1, f"filen er på mere end {MAX_BYTES // 1000} kB", "del portalen i to")
        return None, reader.diagnostics
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:  # RecursionError: lists in lists in lists
        line = mark.line + 1 if (mark := getattr(error, "problem_mark", None)) else 1
        reader.report(line, "filen kan ikke læses som YAML", "se efter indrykning, kolon og gåseøjne på linjen")
        return None, reader.diagnostics
    portal = reader.portal(root)
    return (None if reader.diagnostics else portal), reader.diagnostics


class _Reader:
    """Reads the nodes of the file, and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.diagnostics: list[Diagnostic] = []

    def report(self, line: int, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic(self._file, line, message, hint))

    def portal(self, root: yaml.Node | None) -> Portal:
        values = self._mapping(root, _PORTAL_KEYS, 1)
        url = self._text(values, "url", 1)
        parts = urlsplit(url)
        if url and (parts.scheme != "https" or not parts.hostname or not url.endswith("/") or parts.query or parts.fragment):
            self.report(_line(values["url"]), f"{url} er ikke portalens adresse", "skriv den som https://kommuner.eksempel.dk/ med skråstreg til sidst")
        listed = values.get("sites")
        sites = tuple(self._sites(listed.value)) if isinstance(listed, yaml.SequenceNode) else ()
        if not sites:
            self.report(_line(listed) if listed else 1, "der er ingen kommuner på listen", "skriv dem under sites, hver med id, name og repository")
        if len(sites) > MAX_SITES:
            self.report(_line(listed) if listed else 1, f"der er mere end {MAX_SITES} kommuner", "del portalen i to")
        return Portal(self._text(values, "name", 1), url, sites)

    def _sites(self, nodes: list[yaml.Node]) -> Iterator[PortalSite]:
        seen: dict[str, int] = {}
        for node in nodes:
            line = _line(node)
            values = self._mapping(node, _SITE_KEYS, line)
            id, name = self._text(values, "id", line), self._text(values, "name", line)
            repository = self._text(values, "repository", line)
            commit = self._text(values, "commit", line) if "commit" in values else ""
            if id and (not _ID.fullmatch(id) or len(id) > _MAX_ID_CHARACTERS or id in RESERVED_IDS):
                self.report(line, f"{id[:80]} kan ikke være en mappes navn", "brug små bogstaver a–z, tal og bindestreg, og ikke portalens egne mapper")
            if repository and not _REPOSITORY.fullmatch(repository):
                self.report(line, f"{repository[:80]} er ikke et repositorys adresse", "skriv den som https://github.com/kommune/kanalstrategi")
            if commit and not _COMMIT.fullmatch(commit):
                self.report(line, f"{commit[:80]} er ikke en commit", "skriv alle 40 tegn af den, eller slet linjen for at bygge den nyeste")
            for value in {id, name.casefold()} - {""}:
                if value in seen:
                    self.report(line, f"{value} står også i linje {seen[value]}", "skriv hver kommune én gang")
                seen[value] = line
            yield PortalSite(id, name, repository, commit)

    def _mapping(self, node: yaml.Node | None, keys: tuple[str, ...], line: int) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.report(_line(node) if node else line, "her skal stå felter", f"skriv {', '.join(keys)}, hvert på sin linje")
            return {}
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value not in keys:
                name = str(key.value)[:80] if isinstance(key, yaml.ScalarNode) else ""
                self.report(_line(key), f"feltet {name} findes ikke", suggestion(name, keys))
            elif key.value in values:
                self.report(_line(key), f"feltet {key.value} står to gange", "slet det ene")
            else:
                values[key.value] = value
        return values

    def _text(self, values: dict[str, yaml.Node], key: str, line: int) -> str:
        node = values.get(key)
        text = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if not text or len(text) > MAX_BYTES or (key == "name" and len(text) > MAX_NAME_CHARACTERS) or not text.isprintable():
            self.report(_line(node) if node else line, f"feltet {key} mangler eller kan ikke bruges", f"skriv en kort tekst: `{key}: …`")
            return ""
        return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
