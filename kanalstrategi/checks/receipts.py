"""Checks that superseded editions, and former versions of guidelines, are byte for byte what they were when they were filed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.content.conventions import FORMER_GUIDELINES
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.edition_paths import is_former_guideline
from kanalstrategi.content.project import Project
from kanalstrategi.content.receipts import file_digest, read_receipt
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import RECEIPT_NAME, RECOVER, is_receipt


def check_receipts(project: Project, docs: Path) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file that is not as the receipt of its folder says, and for each receipt that is missing or cannot be read."""
    states = {content.edition.folder: content.edition.state for content in project.content.editions if content.edition}
    filed = {folder for folder, state in states.items() if state is EditionState.SUPERSEDED}
    filed |= {path.rpartition("/")[0] + "/" for path in project.files if is_former_guideline(path)}
    for folder in sorted(filed):
        yield from _check_folder(folder, project, docs)
    for path in project.files:
        folder = path.removesuffix(RECEIPT_NAME)
        if is_receipt(path) and folder not in filed and read_receipt(docs / path) is None:
            yield _unreadable(path)


def _check_folder(folder: str, project: Project, docs: Path) -> Iterator[Diagnostic]:
    is_guideline = folder.startswith(f"{FORMER_GUIDELINES}/")
    thing = "retningslinjens tidligere udgaver" if is_guideline else "den afløste udgave"
    mend = "vedtag en ny udgave af retningslinjen" if is_guideline else "ret teksten i en ny udgave"
    files = [path for path in project.files if path.startswith(folder) and path != folder + RECEIPT_NAME]
    if folder + RECEIPT_NAME not in project.files:
        first = f"{folder}index.md" if f"{folder}index.md" in files else files[0]
        yield Diagnostic(f"docs/{first}", 1, f"{thing} har ingen kvittering", f"hent {RECEIPT_NAME} igen fra versionsstyringen")
        return
    receipt = read_receipt(docs / folder / RECEIPT_NAME)
    if receipt is None:
        yield _unreadable(folder + RECEIPT_NAME)
        return
    for path in files:
        expected = receipt.files.get(path.removeprefix(folder))
        if expected is None:
            yield Diagnostic(f"docs/{path}", 1, f"filen er kommet til, efter at {thing} blev arkiveret", "slet den, eller flyt den et andet sted hen")
        elif file_digest((docs / path).read_bytes()) != expected:
            yield Diagnostic(f"docs/{path}", 1, f"filen er ændret, efter at {thing} blev arkiveret", f"{RECOVER}, eller {mend}")
    for inner in sorted(receipt.files):
        if folder + inner not in files:
            yield Diagnostic(f"docs/{folder}{RECEIPT_NAME}", 1, f"filen {inner} mangler, og {thing} havde den", RECOVER)


def _unreadable(path: str) -> Diagnostic:
    return Diagnostic(f"docs/{path}", 1, "kvitteringen kan ikke læses, eller den er ændret", RECOVER)
