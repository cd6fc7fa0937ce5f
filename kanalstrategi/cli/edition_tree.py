"""Reads the files of a project that a step may change, and the project as it would be after the step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from kanalstrategi.checks.runner import check_project
from kanalstrategi.cli.step_files import OTHER_FILES
from kanalstrategi.content.dates import build_date, today_in_denmark
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.published_urls import RECORD_FILE, parse_record, published_urls, with_recorded
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.sanitizing.files import list_files


def read_tree(root: Path) -> dict[str, bytes]:
    """Return the content of the project's files. Raises StepError if there is something among them that is no file."""
    unusual: list[Diagnostic] = []
    files = list_files(root / "docs", unusual)
    if unusual:
        raise StepError("\n".join(map(str, unusual)))
    tree = {DOCS + path: (root / DOCS / path).read_bytes() for path in files}
    return tree | {name: (root / name).read_bytes() for name in OTHER_FILES if (root / name).is_file()}


def build_day(environment: Mapping[str, str]) -> date:
    """Return the build date. Raises StepError."""
    try:
        return build_date(environment)
    except ValueError as error:
        raise StepError("SOURCE_DATE_EPOCH er ikke et tidspunkt – fjern den") from error


def latest_day(environment: Mapping[str, str]) -> date:
    """Return the last day that has come: an old SOURCE_DATE_EPOCH does not make it one to come. Raises StepError."""
    return max(build_day(environment), today_in_denmark())


def with_addresses(step: Step, tree: Tree, project: Project) -> Step:
    """Return a step that also adds the URLs of the project after it to their record, unless that is empty: such a site was never published."""
    text = tree.get(RECORD_FILE, b"").decode("utf-8", "surrogateescape")
    if not parse_record(text)[0]:
        return step
    changed = with_recorded(text, published_urls(project.content)).encode("utf-8", "surrogateescape")
    return step if changed == tree[RECORD_FILE] else replace(step, changes={**step.changes, RECORD_FILE: changed})


@contextmanager
def project_after(tree: Tree, environment: Mapping[str, str], parse_page: Callable[[str], ParsedPage] = parse) -> Iterator[tuple[Project, Path]]:
    """Yield the project that consists of some files, and the folder that it is in meanwhile."""
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as folder:
        root = Path(folder)
        for path, content in tree.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        yield read_project(root, environment, parser_for=lambda texts: parse_page), root


def problems_of(project: Project, root: Path, registry: MacroRegistry) -> list[Diagnostic]:
    """Return everything that is wrong with a project in a folder."""
    return check_project(project, root / "docs", registry)
