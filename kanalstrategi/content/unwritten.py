"""Finds what a page that the program has begun still says of itself: that its text is not written, or that it is a draft. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kanalstrategi.content.steps import StepError, Tree, read_page_of, text_of
from kanalstrategi.markdown.nodes import ParsedPage

_SENTENCES = (
    "Teksten er endnu ikke skrevet.",
    "Der er endnu ikke skrevet nogen.",
    "På hver side står der, hvad der mangler.",
    "står her som udkast, indtil siderne er gennemgået.",  # what stands here is called as the site calls it
)
"""What the program's own texts say."""
_DRAFT = re.compile("|".join(map(re.escape, _SENTENCES)))
_DRAFT_DESCRIPTION = re.compile(r"Udkast til ")


def refuse_unwritten(tree: Tree, paths: Iterable[str], what: str) -> None:
    """Raise StepError with each place on some pages that still says that something is missing. `what` is what cannot be adopted yet."""
    places = [f"{path}:{line}: her står endnu »{said}«" for path in paths for line, said in _open_places(read_page_of(tree, path))]
    if places:
        raise StepError("\n".join([f"{what} er ikke vedtaget, for siderne er ikke skrevet færdige – skriv teksten, eller slet sætningen:", *places]))


def _open_places(page: ParsedPage) -> Iterator[tuple[int, str]]:
    """Yield the line of each such place, and what it says."""
    if found := _DRAFT_DESCRIPTION.match(text_of(page, "description")):
        yield page.front.lines["description"], found[0].strip()
    for block in page.blocks:
        if found := _DRAFT.search(block.text):
            yield block.line, found[0]
