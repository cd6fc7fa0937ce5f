"""Finds mistakes in MkDocs' own settings in `mkdocs.yml`, which MkDocs (1.6.1) would report in English, after a check that has found nothing.

Also in those that the program decides itself: what is typed there would be dropped without a word. Files that a setting names are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kanalstrategi.content.config_file import ConfigFile
from kanalstrategi.content.config_keys import key_lines
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.suggestions import nearest

PLUGIN = "kanalstrategi"
"""The plugin that is the program."""
_USUAL_PLUGINS = (PLUGIN, "macros")
"""The plugins that the program brings with it."""
BASE_THEME = "material"
"""The installed theme that ours is laid on top of."""


class _ValueType(NamedTuple):
    """The types that a value may have, and how it is written."""

    types: tuple[type, ...]
    hint: str


_TEXT = _ValueType((str,), "skriv den som tekst i anførselstegn")
_LIST = _ValueType((list,), "skriv hver på sin egen linje, der begynder med en bindestreg")
_LIST_OR_MAPPING = _ValueType((list, dict), _LIST.hint)
_MAPPING = _ValueType((dict,), "skriv `navn: værdi` på linjer under den")
_VALUE_TYPES = {
    **dict.fromkeys(("copyright", "dev_addr", "draft_docs", "edit_uri", "edit_uri_template", "exclude_docs", "not_in_nav"), _TEXT),
    **dict.fromkeys(("remote_branch", "remote_name", "repo_name", "repo_url", "site_author", "site_description", "site_dir", "site_name", "site_url"), _TEXT),
    **dict.fromkeys(("extra_css", "extra_javascript", "extra_templates", "hooks", "watch"), _LIST),
    **dict.fromkeys(("markdown_extensions", "plugins"), _LIST_OR_MAPPING),
    **dict.fromkeys(("mdx_configs", "validation"), _MAPPING),
    "theme": _ValueType((str, dict), f"skriv `theme: {{name: {BASE_THEME}}}`, eller slet den"),
}
"""The types of settings, keyed by name."""
_MISSING = {
    "plugins": (f"pluginet {PLUGIN} mangler, og uden det bliver hjemmesiden ikke bygget", f"skriv `plugins: [{PLUGIN}]`"),
    "site_name": ("hjemmesiden har intet navn", "skriv det efter `site_name:`"),
}
"""The message and the hint for each setting that no site can be without."""
_ADDRESS = re.compile(r"[^\s:]+:[0-9]{1,5}|\[[0-9A-Fa-f:.]+\]:[0-9]{1,5}")
_NO_NAME = re.compile(r"^site_name:[ \t]*(?:#.*)?$", re.MULTILINE)
_MAX_SHOWN = 60


def mkdocs_diagnostics(file: ConfigFile) -> Iterator[Diagnostic]:
    """Yield what is wrong with MkDocs' settings in a configuration file, as far as they stand in the file itself."""
    mistakes = list(_mistakes(file.values, file.text)) if file.values is not None else []
    lines = key_lines(file.text) if mistakes else {}  # reading them takes a tenth of what reading a small project does
    for key, message, hint in mistakes:
        yield Diagnostic(file.name, lines.get((key,), 1), message, hint)


def build_diagnostics(file: ConfigFile) -> list[Diagnostic]:
    """Return all that keeps MkDocs from building with a configuration file: what is wrong in it, and what does not stand in it at all."""
    found = [*file.diagnostics, *mkdocs_diagnostics(file)]
    if file.values is not None and "INHERIT" not in file.values:
        found += [Diagnostic(file.name, 1, *_MISSING[key]) for key in _MISSING if key not in file.values]
    return found


def _mistakes(values: dict[str, Any], text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the message and the hint of each mistake. A value that MkDocs gets from the environment is None."""
    wrong = [key for key, type_ in _VALUE_TYPES.items() if values.get(key) is not None and not isinstance(values[key], type_.types)]
    for key in wrong:
        yield key, f"indstillingen {key} kan ikke være {_shown(values[key])}", _VALUE_TYPES[key].hint
    right = {key: value for key, value in values.items() if key not in wrong}
    if right.get("site_name") == "" or ("site_name" in right and _NO_NAME.search(text)):
        yield "site_name", *_MISSING["site_name"]
    for key in ("site_url", "repo_url"):
        if right.get(key) and not _is_url(right[key]):
            yield key, f"adressen {_shown(right[key])} i {key} er ikke hel", "skriv den med https:// foran"
    if right.get("dev_addr") and not _ADDRESS.fullmatch(right["dev_addr"]):
        yield "dev_addr", f"{_shown(right['dev_addr'])} er ikke en adresse med en port", "skriv den som `127.0.0.1:8000`"
    yield from _mistakes_in_fixed_settings(right)
    for entry in right.get("nav") or ():
        if not isinstance(entry, str | dict):
            yield "nav", f"en linje i menuen kan ikke være {_shown(entry)}", "skriv `- Titel: mappe/side.md` eller `- mappe/side.md`"
    if "plugins" in right:
        yield from _plugin_mistakes(right["plugins"])


def _mistakes_in_fixed_settings(values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the mistakes in what no site can choose, or not as it likes."""
    theme = values.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if theme is not None and name != BASE_THEME:
        chosen = f"temaet {_shown(name)} kan ikke bruges" if name else "theme mangler navnet på temaet"
        yield "theme", chosen, f"skriv `name: {BASE_THEME}` under `theme`, eller slet den; farver og logo vælges i overrides/brand.yml"
    if values.get("docs_dir") not in (None, "docs"):
        yield "docs_dir", "siderne kan ikke ligge i en anden mappe end docs/", "slet linjen, og læg dem dér"
    if values.get("use_directory_urls") is False:
        yield "use_directory_urls", "adresser, der ender på .html, kan ikke vælges", "slet linjen; siders adresser ender på en skråstreg"
    site = values.get("site_dir")
    if site and (PurePosixPath(site) == PurePosixPath() or PurePosixPath(site).parts[:1] == ("docs",)):
        yield "site_dir", f"hjemmesiden kan ikke bygges i {_shown(site)}, hvor siderne ligger", "slet linjen, eller skriv en anden mappe"


def _plugin_mistakes(plugins: Any) -> Iterator[tuple[str, str, str]]:
    names = [name for name in _names(plugins) if isinstance(name, str)]
    if unknown := [name for name in names if name not in _USUAL_PLUGINS]:  # asking what is installed takes time
        installed = {*_USUAL_PLUGINS, *(found.name.rpartition("/")[2] for found in entry_points(group="mkdocs.plugins"))}
        for name in unknown:
            if name.rpartition("/")[2] not in installed:
                near = nearest(name, installed, 0.75)
                hint = f"mente du {near}?" if near else "slet det, eller installér pakken, som det er i"
                yield "plugins", f"pluginet {_shown(name)} er ikke installeret", hint
    if PLUGIN not in names and not any(nearest(name, _USUAL_PLUGINS) == PLUGIN for name in names):
        yield "plugins", *_MISSING["plugins"]


def _names(plugins: Any) -> Iterator[Any]:
    """Yield the names in any form that MkDocs takes: a list, or the names as keys, each with options or not."""
    for entry in plugins or ():
        yield from entry if isinstance(entry, dict) else [entry]


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # `http://[`
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _shown(value: Any) -> str:
    """Return a value as it may stand in a message."""
    if isinstance(value, list | dict) or value is None:
        return "tom" if not value else "en liste" if isinstance(value, list) else "navne med værdier"
    text = printable(" ".join(str(value).split()))
    return f"{text[:_MAX_SHOWN]}…" if len(text) > _MAX_SHOWN else text
