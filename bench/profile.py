"""Where the time of a build goes, by what is done in it. Standard library only, as `measure.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .measure import BuildError, measured

START = "starting Python, imports, configuration"
REST = "all else, most of it MkDocs"
PHASES = {
    "the site's style": ("overrides/hooks.py:on_config",),
    "reading the pages": ("macros.content:read_project",),
    "checking them": ("macros.checks:check", "overrides/hooks.py:on_pre_build"),
    "choosing what to make": ("overrides/hooks.py:on_nav",),
    "macros": ("mkdocs_macros.plugin:MacrosPlugin.on_page_markdown",),
    "Markdown": ("mkdocs.structure.pages:Page.render",),
    "what is done to its HTML": ("overrides/hooks.py:on_page_content",),
    "templates": ("jinja2.environment:Template.render",),
    "the policy of each page": ("overrides/hooks.py:on_post_page",),
    "packing": ("overrides.serving.compress:compressed",),
    "the search's index": ("overrides.search.index:build_index",),
    "redirects, open data, what servers are told": ("overrides/hooks.py:on_post_build",),
    "writing files": (
        "mkdocs.utils:write_file",
        "mkdocs.structure.files:Files.copy_static_files",
        "overrides.serving.compress:Packing.finish",
    ),
    "changing over to them, removing the former": ("overrides.staging:begin", "overrides.staging:finish"),
    "finding and keeping what was made": (
        "overrides.kept:program",
        "overrides.kept:Kept.get",
        "overrides.kept:Kept.put",
        "overrides.kept:Kept.close",
    ),
}
"""What is done, in words, and the functions that do it; what one of another phase does on their behalf is that one's."""
_BUILD = "mkdocs.commands.build:build"
"""What has been done before it is the start."""
_FILE = "profile.json"


@dataclass(frozen=True)
class Profile:
    """One build by one process, in which one thread computes, so that every second is some phase's."""

    seconds: Mapping[str, float]
    """By phase, in words, in the order of `PHASES`; counted once."""

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def profiled(python: Path, root: Path, environment: Mapping[str, str], *, is_first: bool) -> Profile:
    """Build a project; of a first build, every function has to have been called, or the figures would be of something else."""
    phases = {name: phase for phase, names in PHASES.items() for name in names} | {_BUILD: REST}
    command = [python, "-P", Path(__file__).with_name("profiled.py"), root / _FILE, json.dumps(phases), START]
    result = measured(command, root, environment)
    found = json.loads((root / _FILE).read_text(encoding="utf-8"))
    if is_first and (unused := phases.keys() - found["calls"].keys()):
        raise BuildError(f"{root}: a first build does not call {', '.join(sorted(unused))}")
    return Profile(seconds_of(found["seconds"], result.seconds))


def seconds_of(found: Mapping[str, float], whole: float) -> dict[str, float]:
    """Every phase in its order; what the process took beside them is what Python itself needs to start and to end."""
    seconds = {phase: found.get(phase, 0.0) for phase in (START, *PHASES, REST)}
    seconds[START] += max(0.0, whole - sum(found.values()))
    return seconds
