"""Says in Danish what an upgrade does: in short on the screen, and in full in a file. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.upgrading.difference import Difference, in_full, in_short
from kanalstrategi.upgrading.move import OLD_FOLDER, Move

REPORT_FILE = "opgradering.md"
"""The file with the whole report, in the site's folder."""


Notes = Sequence[tuple[str, str]]
"""Each version on the way, and what people are told about it, as Markdown."""


def shown(move: Move, found: Difference | None, problem: str, notes: Notes = ()) -> Iterator[str]:
    """Yield the lines for the screen."""
    for version, text in notes:
        yield from (f"Nyt i udgave {version}:", *(f"  {line}" if line else "" for line in text.replace("**", "").splitlines()), "")
    gone = [path for path, content in move.changes.items() if content is None]
    if gone:
        yield f"Herfra forsvinder {count_phrase(len(gone), 'fil', 'filer')}, fordi indholdet følger med programmet, er flyttet eller er afløst."
    for title, lines in _parts(move):
        yield from ("", f"{title}:", *(f"  {line}" for line in lines))
    yield ""
    if problem:
        yield problem
    if found:
        yield "Hvad læserne vil mærke:"
        yield from (f"  {line}" if line else "" for line in in_short(found))


def report(move: Move, found: Difference | None, problem: str, notes: Notes = ()) -> str:
    """Return the whole report, as Markdown."""
    lines = ["# Opgradering af programmet", "", "Skrevet af »kanalstrategi upgrade«. Slet filen, når I har set den igennem."]
    for version, text in notes:
        lines += ["", f"## Nyt i udgave {version}", "", text]
    for title, items in _parts(move):
        lines += ["", f"## {title}", "", *(f"- {item}" for item in items)]
    if problem:
        lines += ["", "## Det, der ikke kunne sammenlignes", "", *(f"    {line}" for line in problem.splitlines())]
    if found:
        lines += ["", "## Hvad læserne vil mærke", "", *in_full(found)]
    if changed := sorted(path for path, content in move.changes.items() if content is not None):
        lines += ["", "## Filer, der er nye eller ændrede", "", *(f"- `{path}`" for path in changed)]
    gone = sorted(path for path, content in move.changes.items() if content is None)
    if gone:
        lines += ["", "## Filer, der er fjernet herfra", "", *(f"- `{path}`" for path in gone)]
    return "\n".join(lines) + "\n"


def _parts(move: Move) -> Iterator[tuple[str, tuple[str, ...]]]:
    for title, lines in (
        ("Det er jeres eget og bliver", move.own),
        (f"Det har ingen plads mere og ligger i {OLD_FOLDER}/", move.old),
        ("Det skal I selv se på", move.tasks),
    ):
        if lines:
            yield title, lines
