"""The preview: what a save has not changed is made when somebody asks for it, and the search when somebody searches, so that a
save takes no longer the more pages there are."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.library import SEARCH
from overrides.build import State
from overrides.making import make_page, write_search_index
from overrides.search.index import ENTRY as INDEX

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


def make_on_demand(server: LiveReloadServer) -> None:
    """Let MkDocs' server (1.6.1) find every file of the preview, and let it build nothing while one is made."""
    serve, build = server.get_app(), server.builder

    def build_alone() -> None:
        with State.lock:
            build()

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith(server.mount_path):
            name = posixpath.normpath("/" + path.removeprefix(server.mount_path)).lstrip("/")
            while not _is_made(name, server):
                pass
        return serve(environ, start_response)

    server.builder = build_alone
    server.set_app(app)


def _is_made(name: str, server: LiveReloadServer) -> bool:
    """Make a file, if it is one of those that wait; False where a build has begun, which will change what waits."""
    with server._epoch_cond:  # as the server itself waits
        server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
    with State.lock:
        if server._visible_epoch != server._wanted_epoch:
            return False
        build = State.shown
        assert build is not None, "MkDocs serves what it has built"
        waiting = {page.file.dest_uri: path for path, page in build.skipped.items() if path in build.unchanged}
        wanted = SEARCH if name == INDEX else waiting.get(name) or waiting.get(f"{name}/index.html".lstrip("/"))
        if wanted == SEARCH:  # which shows what all the others hold
            for path in [path for path in waiting.values() if path != SEARCH]:
                make_page(path)
        if wanted in build.skipped:
            make_page(wanted)
        site = Path(build.mkdocs.config.site_dir)
        if name == INDEX and not (site / INDEX).exists():
            write_search_index(site)
    return True
