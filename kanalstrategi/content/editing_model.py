"""Defines where the changes go that editors make in the browser. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Editing:
    """Where changes that editors make in the browser are saved."""

    backend: str
    """`github`, `gitlab`, or `proxy` for a preview that writes to the project's own folder."""
    repository: str = ""
    """The repository's name on GitHub or GitLab: `organisation/project`."""
    branch: str = ""
    """The branch that the site is built from."""
    sign_in: str = ""
    """URL of the service that signs editors in: the municipality's own OAuth helper for GitHub, or GitLab itself."""
    app_id: str = ""
    """Id of the site's application in GitLab."""
    api_root: str = ""
    """URL of the GitHub or GitLab API, without a trailing slash."""

    @property
    def is_local(self) -> bool:
        """Whether changes are written to the project's own folder."""
        return self.backend == "proxy"
