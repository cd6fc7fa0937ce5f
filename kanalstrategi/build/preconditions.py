"""Stops a build before any page is rendered if the content or the settings have errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from kanalstrategi.build.digests import check_digest, content_digest, extra_page_digests, page_digest
from kanalstrategi.build.messages import stop
from kanalstrategi.build.session import BuildSession
from kanalstrategi.checks.runner import check_project
from kanalstrategi.incoming_text import forbidden_character
from kanalstrategi.publishing.servers.served_files import FORMER_MARKERS, GENERATED_MARKER
from kanalstrategi.publishing.servers.server_config import UnusableUrlError, host_and_base
from kanalstrategi.rendering.headings import HEADING_TITLE

INCLUDED_EXTENSIONS = frozenset((
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta", "sane_lists", "tables", "toc",
))  # fmt: skip # one line per name would fill a page
"""The extensions of Python-Markdown that say what pages can do anyway, with or without them."""
_KNOWN_OPTIONS: dict[tuple[str, str], tuple[Any, ...]] = {("toc", "permalink"): (True, "#"), ("toc", "permalink_title"): (HEADING_TITLE,)}
"""The options, by extension and name, whose values say what is so anyway."""


def check_content(session: BuildSession, docs: Path) -> None:
    """Stop the build if the checks find anything. Pages that have already passed the same checks are not checked again."""
    project, previous = session.project, session.previous
    session.content_digest = content_digest(project.content)
    session.check_digest = check_digest(session.content_digest, project, session.registry)
    session.page_digests = {path: page_digest(path, parsed) for path, parsed in project.parsed_pages.items()}
    for path, digest in extra_page_digests(project.content).items():
        session.page_digests[path] = sha256(session.page_digests.get(path, b"") + digest).digest()

    def has_passed(path: str) -> bool:
        if previous and previous.check_digest == session.check_digest and previous.page_digests.get(path) == session.page_digests[path]:
            return True
        return session.cache.get("passed", session.check_digest, session.page_digests[path]) is not None

    passed = {path for path in project.parsed_pages if has_passed(path)}
    if diagnostics := check_project(project, docs, session.registry, passed):
        stop([str(diagnostic) for diagnostic in diagnostics])
    for path in project.parsed_pages.keys() - passed:
        session.cache.put(b"", "passed", session.check_digest, session.page_digests[path])


def check_site_url(site_url: str) -> None:
    """Stop the build if the site's URL cannot be used in the configuration of a web server."""
    try:
        host_and_base(site_url)
    except UnusableUrlError as error:
        hint = "brug kun a–z, tal, bindestreg, punktum og / (et domæne med æ, ø eller å skrives som xn--…)"
        stop([f"mkdocs.yml: adressen {error} i SITE_URL kan ikke stå i en webservers opsætning – {hint}"])


def check_settings(settings: Iterable[Any]) -> None:
    """Stop the build if a setting has a character that no text may have. `settings` are as MkDocs has computed them, from the environment too."""
    for text in _texts(list(settings)):
        if found := forbidden_character(text):
            hint = "ret den i mkdocs.yml eller i den miljøvariabel, som !ENV henter den fra"
            stop([f"mkdocs.yml: indstillingen »{text[:80]}«: {found[0]} – {hint}"])


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a setting."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts((*value.keys(), *value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def check_markdown_extensions(names: Collection[str], settings: Mapping[str, Mapping[str, Any]]) -> None:
    """Stop the build if `mkdocs.yml` asks for Markdown that pages do not have.

    `names` are those under `markdown_extensions`, and `settings` their options, keyed by name. Pages have their own Markdown, which
    includes some of Python-Markdown's extensions; nothing that is asked for may be left out without a word.
    """
    for name in names:
        short = name.removeprefix("markdown.extensions.")
        options = {key: value for key, value in (settings.get(name) or {}).items() if value not in _KNOWN_OPTIONS.get((short, key), ())}
        if short not in INCLUDED_EXTENSIONS:
            stop([f"mkdocs.yml: udvidelsen {name} under markdown_extensions findes ikke her – slet den; redaktørernes vejledning viser, hvad en side kan"])
        if options:
            stop([f"mkdocs.yml: {', '.join(options)} under markdown_extensions, {name}, kan ikke ændres – slet linjen"])


def check_server_files(site: Path) -> None:
    """Stop the build if the site that it would replace has settings of a web server that were not written by a build."""
    for name in ("web.config", ".htaccess"):
        file = site / name
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            if not any(marker in text for marker in (GENERATED_MARKER, *FORMER_MARKERS)):
                hint = "flyt reglerne til webserverens opsætning eller mappen ovenover, og slet filen"
                stop([f"{file} er ikke lavet her og ville blive erstattet – {hint}"])
