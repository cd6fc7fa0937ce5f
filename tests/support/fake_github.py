"""GitHub's API, as far as the editor asks it for the pages of a project and for a pull request: answers in the place of api.github.com."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Page, Route

Json = dict[str, Any]

REPOSITORY = "kommune/strategi"
_SIGNED_IN = "localStorage.setItem('decap-cms-user', JSON.stringify({ backendName: 'github', token: 'x', login: 'kim', name: 'Kim' }))"
_COMMIT = {"sha": "c1", "tree": {"sha": "t1"}, "parents": []}
_WRITTEN: dict[str, Json | list[Json]] = {
    "/git/blobs": {"sha": "b1"},
    "/git/trees": {"sha": "t1"},
    "/git/commits": _COMMIT,
    "/git/refs": {"ref": "refs/heads/cms", "object": {"sha": "c1"}},
    "/pulls": {"number": 1, "head": {"ref": "cms", "sha": "c1"}, "base": {"ref": "main"}, "labels": [], "user": {"login": "kim"}},
    "/issues/1/labels": [],
}
"""The answers to what writes, by path."""


class FakeGitHub:
    """A repository with the files of a project, and what has been sent to it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.written: list[str] = []
        """The paths of all requests that would change something."""
        self.blobs: list[bytes] = []
        """The files that have been sent."""

    def serve(self, page: Page, editor_url: str) -> None:
        """Have the editor at a URL save to this repository, signed in, with an editorial workflow, as a published site has it."""
        backend = {"name": "github", "repo": REPOSITORY, "branch": "main", "base_url": editor_url, "api_root": f"{editor_url}github"}
        review = {"host": "GitHub", "requests": "pull requests på GitHub", "url": f"https://github.com/{REPOSITORY}/pulls"}
        more = {"backend": backend, "publish_mode": "editorial_workflow", "checks_in_browser": True, "review": review}

        def change_config(route: Route) -> None:
            response = route.fetch()
            route.fulfill(response=response, json={**response.json(), **more})

        page.route("**/admin/config.json", change_config)
        page.route("**/github/**", self._answer)
        page.add_init_script(_SIGNED_IN)

    def _answer(self, route: Route) -> None:
        request, url = route.request, urlsplit(route.request.url)
        path = unquote(url.path).partition("/github")[2].removeprefix(f"/repos/{REPOSITORY}")
        if request.method != "GET":
            self.written.append(path)
            if path == "/git/blobs":
                self.blobs.append(base64.b64decode(request.post_data_json["content"]))
            route.fulfill(status=201, json=_WRITTEN[path])
        elif path.startswith("/git/blobs/"):
            content = self._files()[path.rpartition("/")[2]].read_bytes()
            route.fulfill(json={"content": base64.b64encode(content).decode(), "encoding": "base64"})
        else:
            found = self._read(path, is_recursive="recursive" in parse_qs(url.query))
            route.fulfill(status=404 if found is None else 200, json={"message": "Not Found"} if found is None else found)

    def _read(self, path: str, *, is_recursive: bool) -> Json | list[Json] | None:
        """Return the answer to a question, or None if there is no such thing."""
        if path == "/user":
            return {"login": "kim", "name": "Kim", "avatar_url": ""}
        if not path:
            return {"owner": {"login": "kommune"}, "name": "strategi", "permissions": {"push": True}}
        if path.startswith("/branches/"):
            return {"name": "main", "commit": _COMMIT}
        if path.startswith("/git/trees/"):
            folder = self._root / path.partition(":")[2]
            files = [file for file in (folder.rglob("*") if is_recursive else folder.glob("*")) if file.is_file()]
            return {"sha": "t", "tree": [{"path": file.relative_to(folder).as_posix(), "type": "blob", "size": 1, "sha": _digest(file)} for file in files]}
        return [] if path in ("/pulls", "/commits") else None

    def _files(self) -> dict[str, Path]:
        return {_digest(file): file for file in (self._root / "docs").rglob("*") if file.is_file()}


def _digest(file: Path) -> str:
    return hashlib.sha1(file.read_bytes()).hexdigest()
