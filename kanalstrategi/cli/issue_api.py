"""Opens and updates issues by the API of GitHub or GitLab, as the environment of their builds says."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import quote, urlencode

from kanalstrategi.diagnostics import printable

_SECONDS = 30.0
_MAX_ANSWER_BYTES = 20_000_000
_PER_PAGE, _MAX_PAGES = 100, 20


class IssueError(Exception):
    """The service has not done what it was asked. The message is in Danish."""


@dataclass(frozen=True)
class IssueTracker:
    """The issues of a project on one of the two services."""

    is_gitlab: bool
    root: str
    """URL of the project in the API."""
    token: str = field(repr=False)

    def find(self, mark: str, label: str) -> int | None:
        """Return the number of the open issue whose text has a mark, or None if there is none. Raises IssueError, as do the others."""
        number, text = ("iid", "description") if self.is_gitlab else ("number", "body")
        found = (issue[number] for issue in self._open_issues(label) if mark in str(issue.get(text) or "") and "pull_request" not in issue)
        return next((one for one in found if isinstance(one, int)), None)

    def open(self, title: str, text: str, label: str) -> None:
        """Open an issue."""
        more: dict[str, object] = {"description": text, "labels": label} if self.is_gitlab else {"body": text, "labels": [label]}
        self._ask("POST", "/issues", {"title": title, **more})

    def update(self, number: int, title: str, text: str, comment: str) -> None:
        """Write the text of an issue anew, and a comment, by which those who follow it are notified."""
        path = f"/issues/{number}"
        self._ask("PUT" if self.is_gitlab else "PATCH", path, {"title": title, "description" if self.is_gitlab else "body": text})
        self._ask("POST", f"{path}/{'notes' if self.is_gitlab else 'comments'}", {"body": comment})

    def _open_issues(self, label: str) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _MAX_PAGES + 1):
            query = {"state": "opened" if self.is_gitlab else "open", "labels": label, "per_page": _PER_PAGE, "page": page}
            issues = self._ask("GET", f"/issues?{urlencode(query)}")
            if not isinstance(issues, list) or not all(isinstance(issue, dict) for issue in issues):
                raise IssueError("tjenesten svarede ikke med en liste af sager – se, om adressen på API'et er rigtig")
            yield from issues
            if len(issues) < _PER_PAGE:
                return

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        headers = {"PRIVATE-TOKEN": self.token} if self.is_gitlab else {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(  # noqa: S310 - `issue_tracker` has looked at the scheme
            self.root + path, data, {**headers, "Content-Type": "application/json", "User-Agent": "kanalstrategi"}, method=method
        )
        try:
            with _OPENER.open(request, timeout=_SECONDS) as answer:
                return json.loads(answer.read(_MAX_ANSWER_BYTES))
        except urllib.error.HTTPError as error:
            raise IssueError(f"tjenesten svarede {error.code} på {method} {printable(path.partition('?')[0])} – se, om tokenet må skrive sager") from error
        except urllib.error.URLError as error:
            hint = "se, om maskinen er på nettet; går den gennem en proxy, så sæt HTTPS_PROXY"
            raise IssueError(printable(f"tjenesten kan ikke nås ({error.reason}) – {hint}")) from error
        except (OSError, HTTPException, ValueError, RecursionError) as error:  # RecursionError: an answer of brackets only
            raise IssueError(printable(f"tjenesten svarede ikke som ventet ({error}) – prøv igen senere")) from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token would go along to wherever it leads."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> None:
        """Answer that there is nothing to follow, which makes the redirect an error."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def issue_tracker(environment: Mapping[str, str]) -> IssueTracker:
    """Return the tracker that the environment of a build on GitHub or GitLab describes. Raises IssueError if anything is missing."""
    if repository := environment.get("GITHUB_REPOSITORY"):
        root, token, name = environment.get("GITHUB_API_URL") or "https://api.github.com", environment.get("GITHUB_TOKEN", ""), "GITHUB_TOKEN"
        tracker = IssueTracker(False, f"{root.rstrip('/')}/repos/{quote(repository)}", token)
    elif project := environment.get("CI_PROJECT_ID"):
        root, token, name = environment.get("CI_API_V4_URL", ""), environment.get("GITLAB_TOKEN", ""), "GITLAB_TOKEN"
        tracker = IssueTracker(True, f"{root.rstrip('/')}/projects/{quote(project, safe='')}", token)
    else:
        raise IssueError("der er hverken GITHUB_REPOSITORY eller CI_PROJECT_ID – kør kommandoen i GitHub Actions eller GitLab CI")
    if not root.startswith(("https://", "http://")):
        raise IssueError("adressen på API'et begynder ikke med https:// – ret GITHUB_API_URL eller CI_API_V4_URL")
    if not token or not token.isascii() or not token.isprintable():
        raise IssueError(f"{name} er ikke sat – lav et token, der må skrive sager, og giv det til kommandoen")
    return tracker
