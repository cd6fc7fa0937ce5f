"""Checks that those who are heard can answer."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic


def check_hearings(project: Project) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each edition that is in hearing while nothing says where to answer. A wrong setting is reported where it is read."""
    config = project.config
    if project.content.organisation.consultation or config.values is None or mapping(config.values.get("extra")).get("consultation") is not None:
        return
    line = next((number for number, text in enumerate(config.text.split("\n"), 1) if text.startswith("extra:")), 1)
    for content in project.content.editions:
        if content.edition and content.edition.state is EditionState.CONSULTATION:
            message = f"{content.edition.title} er i høring, men der står ikke, hvor man svarer"
            yield Diagnostic(config.name, line, message, "skriv `consultation:` under `extra`, og under den `url: https://…` eller `email: …`")
