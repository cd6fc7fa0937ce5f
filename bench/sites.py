"""Many municipalities' sites, built by a pool of processes that each build one after another.

What a process has imported and read once, such as the dictionary, serves all sites that it builds.
`python -m bench.sites FOLDER PROCESSES` builds all in a folder.
"""

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
    """Build every site, and return the seconds of each, in order. The sites share this project's program, by links."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin) as pool:
        return list(pool.map(build, sites))


def build(site: Path) -> float:
    """Do what `mkdocs build --strict` does in a project's folder, and return the seconds.

    MkDocs keeps the instance of our plugin from one site to the next; `on_startup` resets it. mkdocs-macros finds the module
    `macros` loaded already, and calls its `define_env` for each site.
    """
    from mkdocs.commands.build import build as build_site  # here, so that importing this module does not load MkDocs
    from mkdocs.config import load_config

    started = time.perf_counter()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.chdir(site)
    config = load_config(strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_site(config)
    finally:
        config.plugins.on_shutdown()
    return time.perf_counter() - started


def _begin() -> None:
    # The program by its own path, whichever site is the first to import it.
    sys.path.insert(0, str(ROOT))
    import macros  # noqa: F401 - loaded for what comes after


if __name__ == "__main__":
    build_all(sorted(file.parent for file in Path(sys.argv[1]).glob("*/mkdocs.yml")), int(sys.argv[2]))
