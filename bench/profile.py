"""Where the time of a build goes, by phase. Standard library only, as `measure.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measure import BuildError, measure_build

START = "starting Python, imports, configuration"
REST = "all else, most of it MkDocs"
_PLUGIN = "kanalstrategi.build.plugin:KanalstrategiPlugin"
PHASES = {
    "the site's style": (f"{_PLUGIN}.on_config",),
    "reading the pages": ("kanalstrategi.content.project:read_project",),
    "checking them": ("kanalstrategi.checks.runner:check_project", f"{_PLUGIN}.on_pre_build"),
    "planning what to render": (f"{_PLUGIN}.on_nav",),
    "rendering the pages": ("kanalstrategi.rendering.page:render_page",),
    "writing their HTML": ("kanalstrategi.rendering.page:page_html",),
    "templates": ("jinja2.environment:Template.render",),
    "the Content-Security-Policy of each page": (f"{_PLUGIN}.on_post_page",),
    "the search's sections": ("kanalstrategi.search.indexed_pages:index_page",),
    "compression": ("kanalstrategi.publishing.compression:compress",),
    "the search index": ("kanalstrategi.search.index:build_index",),
    "redirects, open data, server configuration": (f"{_PLUGIN}.on_post_build",),
    "writing files": (
        "mkdocs.utils:write_file",
        "mkdocs.structure.files:Files.copy_static_files",
        "kanalstrategi.build.compression:Precompressor.compress_site",
    ),
    "replacing the previous site": ("kanalstrategi.build.staging:begin", "kanalstrategi.build.staging:swap", "kanalstrategi.build.staging:remove_old_site"),
    "the cache": (
        "kanalstrategi.build.cache:program_digest",
        "kanalstrategi.build.cache:BuildCache.get",
        "kanalstrategi.build.cache:BuildCache.put",
        "kanalstrategi.build.cache:BuildCache.commit",
    ),
}
"""The functions of each phase. What a function of another phase does on their behalf belongs to that phase."""
_BUILD = "mkdocs.commands.build:build"
"""Everything before it is the start."""
_FILE = "profile.json"


@dataclass(frozen=True)
class Profile:
    """One build by one process, in which one thread computes, so that every second belongs to some phase."""

    seconds: Mapping[str, float]
    """By phase, in the order of `PHASES`; each second is counted once."""

    @property
    def total(self) -> float:
        """The seconds of all phases together."""
        return sum(self.seconds.values())


def profile_build(python: Path, root: Path, environment: Mapping[str, str], *, is_first: bool) -> Profile:
    """Build a project. Raises BuildError, also if a first build does not call every function: the figures would be wrong."""
    phases = {name: phase for phase, names in PHASES.items() for name in names} | {_BUILD: REST}
    command: list[str | Path] = [python, "-P", Path(__file__).with_name("profiled.py"), root / _FILE, json.dumps(phases), START]
    result = measure_build(command, root, environment)
    recorded = json.loads((root / _FILE).read_text(encoding="utf-8"))
    if is_first and (unused := phases.keys() - recorded["calls"].keys()):
        raise BuildError(f"{root}: a first build does not call {', '.join(sorted(unused))}")
    return Profile(seconds_by_phase(recorded["seconds"], result.seconds))


def seconds_by_phase(recorded: Mapping[str, float], whole: float) -> dict[str, float]:
    """Return the seconds of every phase, in order. What the process took beyond them is what Python needs to start and end."""
    seconds = {phase: recorded.get(phase, 0.0) for phase in (START, *PHASES, REST)}
    seconds[START] += max(0.0, whole - sum(recorded.values()))
    return seconds
