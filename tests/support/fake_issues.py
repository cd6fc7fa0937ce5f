"""The API for issues of GitHub and of GitLab on loopback, as far as the reminders use it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "hemmeligt"


@dataclass
class FakeIssues:
    """The issues of one project, and what the service refuses."""

    is_gitlab: bool
    url: str = ""
    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    """The methods that it answers with an error, after having done what was asked."""
    redirects_to: str = ""
    """Where it sends everybody, if anywhere."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a build on the service."""
        if self.is_gitlab:
            return {"CI_API_V4_URL": f"{self.url}/api/v4", "CI_PROJECT_ID": "7", "GITLAB_TOKEN": TOKEN}
        return {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": "by/strategi", "GITHUB_TOKEN": TOKEN}

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> Any:
        """Do what is asked, and return the answer."""
        root = "/api/v4/projects/7/issues" if self.is_gitlab else "/repos/by/strategi/issues"
        assert path.startswith(root), path
        rest, number, text = path.removeprefix(root).strip("/"), "iid" if self.is_gitlab else "number", "description" if self.is_gitlab else "body"
        if method == "GET":
            assert query["state"] == ["opened" if self.is_gitlab else "open"]
            page, size = int(query["page"][0]), int(query["per_page"][0])
            return [issue for issue in self.issues if issue["open"] and query["labels"][0] in issue["labels"]][(page - 1) * size : page * size]
        if not rest:
            labels = body["labels"].split(",") if self.is_gitlab else body["labels"]
            self.issues.append({number: len(self.issues) + 1, "title": body["title"], text: body[text], "labels": labels, "open": True})
            return self.issues[-1]
        id, _, part = rest.partition("/")
        issue = next(one for one in self.issues if one[number] == int(id))
        if part:
            assert (method, part) == ("POST", "notes" if self.is_gitlab else "comments")
            self.comments.append((int(id), body["body"]))
        else:
            assert method == ("PUT" if self.is_gitlab else "PATCH")
            issue.update(body)
        return issue


@contextmanager
def fake_issues(*, is_gitlab: bool) -> Iterator[FakeIssues]:
    """Run the service until the end of the block."""
    service = FakeIssues(is_gitlab)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            url = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("PRIVATE-TOKEN") if is_gitlab else self.headers.get("Authorization", "").removeprefix("Bearer ")
            if service.redirects_to:
                self.send_response(302)
                self.send_header("Location", service.redirects_to)
                self.end_headers()
                return
            answer = service.answer(self.command, url.path, parse_qs(url.query), json.loads(sent or b"{}")) if token == TOKEN else {}
            self.send_response(401 if token != TOKEN else 502 if self.command in service.refuses else 200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PUT = do_PATCH = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
