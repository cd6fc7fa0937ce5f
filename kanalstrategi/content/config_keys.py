"""Finds the keys of `mkdocs.yml`: on which lines they stand, and which of them nobody knows. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from kanalstrategi.content.config_values import mapping
from kanalstrategi.suggestions import suggestion

MKDOCS_KEYS = (
    "INHERIT", "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri", "edit_uri_template", "exclude_docs", "extra", "extra_css",
    "extra_javascript", "extra_templates", "google_analytics", "hooks", "markdown_extensions", "mdx_configs", "nav", "not_in_nav", "pages", "plugins",
    "remote_branch", "remote_name", "repo_name", "repo_url", "site_author", "site_description", "site_dir", "site_name", "site_url", "strict", "theme",
    "use_directory_urls", "validation", "watch",
)  # fmt: skip # one line per key would fill a page
"""The keys at the top level, which are those of MkDocs."""
THEME_KEYS = ("alternate", "analytics", "annotate", "consent", "generator", "homepage", "polyfills", "scope", "social", "status", "tags", "version")
"""The keys under `extra` that Material for MkDocs reads."""
EXTRA_KEYS = (
    "accessibility_statement", "consultation", "data_licence", "documents", "editing", "maintainers", "organisation", "owners", "pdf_engine", "shape",
    "site_owner",
)  # fmt: skip # one line per key would fill a page
"""The keys under `extra` that the program reads."""
_RECORD_KEYS = {
    "owners": ("name", "phone", "email", "account", "deputy"),
    "documents": ("name", "title", "opening", "pages", "each", "sheet"),
}
"""The keys of each record under a key of `extra`."""
OWN_PREFIX = "x_"
"""What a key under `extra` begins with that only a site's own templates read."""
_MAX_DEPTH = 6
_MAX_SHOWN = 60

Lines = dict[tuple[str, ...], int]
"""The line of each key, counted from 1, keyed by the keys above it and itself."""


def key_lines(text: str) -> Lines:
    """Return the line of each key in a YAML text, which is empty if the text cannot be read."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):  # reported where the values are read
        return {}
    return dict(_lines(root, (), set()))


def _lines(node: yaml.Node | None, above: tuple[str, ...], seen: set[int]) -> Iterator[tuple[tuple[str, ...], int]]:
    if not isinstance(node, yaml.MappingNode) or len(above) >= _MAX_DEPTH or id(node) in seen:  # aliases within aliases would take for ever
        return
    seen.add(id(node))
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            path = (*above, str(key.value))
            yield path, key.start_mark.line + 1
            yield from _lines(value, path, seen)


def check_keys(config: dict[str, Any], report: Callable[[tuple[str, ...], str, str], None]) -> None:
    """Report each key that nobody knows, with the nearest that somebody does. `report` gets the path of the key, the message and the hint.

    The keys of what is read by a module of its own (`editing`, `consultation`, `shape`) are checked there.
    """
    _check(config, (), MKDOCS_KEYS, report)
    extra = mapping(config.get("extra"))
    own = {key: value for key, value in extra.items() if not key.startswith(OWN_PREFIX)}
    _check(own, ("extra",), (*EXTRA_KEYS, *THEME_KEYS), report)
    for name, known in _RECORD_KEYS.items():
        for id, record in mapping(extra.get(name)).items():
            _check(mapping(record), ("extra", name, id), known, report)


def _check(values: dict[str, Any], above: tuple[str, ...], known: tuple[str, ...], report: Callable[[tuple[str, ...], str, str], None]) -> None:
    for key in values:
        if key not in known:
            path = (*above, key)
            shown = ".".join(path[1:] if len(path) > 1 else path)[:_MAX_SHOWN]
            otherwise = f"kendte navne er {', '.join(known)}" if len(known) < len(EXTRA_KEYS) else "ret navnet, eller slet linjen"
            if above == ("extra",):
                otherwise += f"; det, som kun jeres egne skabeloner læser, begynder med {OWN_PREFIX}"
            report(path, f"{shown} kendes ikke", suggestion(key, known, otherwise))
