"""Reads from `shape.folders` in `mkdocs.yml` what the folders of the strategy, its channels and the guidelines are called. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any

from kanalstrategi.content import conventions
from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.folders import Folders
from kanalstrategi.danish.slugs import slug
from kanalstrategi.sanitizing.files import RESERVED_NAMES, WINDOWS_NAMES
from kanalstrategi.suggestions import suggestion

Report = Callable[[tuple[str, ...], str, str], None]
"""Takes the path of the key under `shape`, the message and the hint of a mistake."""

MAX_FOLDER_CHARACTERS = 40
"""How long the name of a folder may be: it is a part of many addresses."""
_EXAMPLES = {"strategy": "politik", "channels": "veje", "guidelines": "afdelinger"}
"""The folders that a site may call something else, each with an example."""
_PATHS = (
    conventions.ACCESSIBILITY_FOLDER,
    conventions.ANSWER_FOLDER,
    conventions.CHANGES_FILE,
    conventions.CHOOSER_PAGE,
    conventions.DATA_PAGE,
    conventions.EDITION_FOLDER,
    conventions.EDITOR_FOLDER,
    conventions.FOLLOW_UP_PAGE,
    conventions.GOAL_FOLDER,
    conventions.HEARING_FILE,
    conventions.IMAGE_FOLDER,
    conventions.MATERIAL_FOLDER,
    conventions.NEWS_FOLDER,
    conventions.PLAN_FOLDER,
    conventions.RULE_FOLDER,
    conventions.SEARCH_PAGE,
    conventions.STAFF_PAGE,
    conventions.STATUS_PAGE,
    conventions.TEMPLATE_FOLDER,
    conventions.WORD_FOLDER,
)
NAMES_OF_PROGRAM = frozenset((*(path.removesuffix(".md") for path in _PATHS), *RESERVED_NAMES, *WINDOWS_NAMES, "index"))
"""What no such folder can be called, because the site has something else of that name, or because Windows could not have it."""


def read_folders(value: Any, report: Report) -> Folders:
    """Return the names of the folders. Wrong ones are reported, and the defaults stand in their place."""
    if value is None:
        return Folders()
    if not isinstance(value, dict):
        hint = "skriv dem under den, som `strategy: politik`, `channels: veje` og `guidelines: afdelinger`"
        report(("folders",), "shape.folders har ingen mapper", hint)
        return Folders()
    found: dict[str, str] = {}
    for key, name in mapping(value).items():
        if key not in _EXAMPLES:
            report(("folders", key), f"shape.folders.{key[:MAX_FOLDER_CHARACTERS]} kendes ikke", suggestion(key, tuple(_EXAMPLES)))
        elif _check_name(key, name, report):
            found[key] = name
    taken = {name: key for key, name in asdict(Folders()).items() if key not in found}
    for key, name in found.items():
        if name in taken:
            report(("folders", key), f"shape.folders.{key} er {name}, og det er shape.folders.{taken[name]} også", "giv hver af de tre sin egen mappe")
            return Folders()
        taken[name] = key
    return Folders(**found)


def check_folders(value: Any, pages: Collection[str], report: Report) -> None:
    """Report the folders that are named in the settings and have no page. `value` is what stands there, and `pages` are the paths of all pages."""
    known = sorted({path.partition("/")[0] for path in pages if "/" in path})
    for key, name in mapping(value).items():
        if key in _EXAMPLES and _check_name(key, name, lambda path, message, hint: None) and name not in known:
            hint = suggestion(name, known) if known else "opret mappen med en side"
            report(("folders", key), f"shape.folders.{key} er {name}, men docs/{name}/ har ingen sider", f"ret navnet, eller flyt siderne dertil; {hint}")


def _check_name(key: str, name: Any, report: Report) -> bool:
    """Return whether a folder can be called that, and report it if not."""
    path = ("folders", key)
    if not isinstance(name, str) or slug(name) != name or not 0 < len(name) <= MAX_FOLDER_CHARACTERS:
        better = slug(str(name))[:MAX_FOLDER_CHARACTERS].strip("-") if isinstance(name, str) else ""
        example = better if better and better not in NAMES_OF_PROGRAM else _EXAMPLES[key]
        hint = f"skriv ét navn med små bogstaver a–z, tal og bindestreg, højst {MAX_FOLDER_CHARACTERS} tegn, som `{key}: {example}`"
        report(path, f"shape.folders.{key} er ikke navnet på en mappe", hint)
        return False
    if name in NAMES_OF_PROGRAM:
        report(path, f"shape.folders.{key} kan ikke være {name}: det navn er taget af hjemmesiden selv", f"vælg et andet, som `{key}: {_EXAMPLES[key]}`")
        return False
    return True
