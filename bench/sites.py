"""Many municipalities' sites, built by a pool of processes that each build one after another: what a process has imported and
read once, such as the dictionary, serves all that it builds. `python -m bench.sites FOLDER PROCESSES` builds all in a folder."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build_all(sites: Sequence[Path], processes: int) -> list[float]:
    """Build every site; gives the seconds of each, in order. The sites share this project's program, by links."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin) as pool:
        return list(pool.map(build, sites))


def _begin() -> None:
    # The program by its own name, whichever site is the first to import it.
    sys.path.insert(0, str(ROOT))
    import macros  # noqa: F401


def build(site: Path) -> float:
    """What `mkdocs build --strict` does in a project's folder; gives its seconds.

    `load_config` loads our hooks anew, so that no state of theirs is left from another site, and mkdocs-macros reads the project
    anew into `macros.Current`.
    """
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.config.config_options import Hooks

    started = time.perf_counter()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.chdir(site)
    config = load_config(strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_site(config)
    finally:
        config.plugins.on_shutdown()
        Hooks._load_hook.cache_clear()  # MkDocs keeps every module of hooks for good, and ours its last build: 7 MB a site
    return time.perf_counter() - started


if __name__ == "__main__":
    build_all(sorted(file.parent for file in Path(sys.argv[1]).glob("*/mkdocs.yml")), int(sys.argv[2]))
