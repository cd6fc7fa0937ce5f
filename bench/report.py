"""Figures as Markdown tables. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.measure import Measurement
from bench.peers import BUILDERS, Builder
from bench.preview import PreviewMeasurement
from bench.profile import PHASES, REST, START, Profile

OURS = "ours"
Results = Mapping[int, Mapping[str, Sequence[Measurement]]]
"""The figures of each builder in each round, by pages and the builder's key."""


@dataclass(frozen=True)
class PdfMeasurement:
    """A PDF of all pages of the menu."""

    name: str
    seconds: tuple[float, ...]
    """How much longer a build takes with it, in each round."""
    pages: int
    size: float
    """In MB."""
    is_tagged: bool


def median_seconds(results: Sequence[Measurement]) -> float:
    """Return the median of some builds' seconds."""
    return median(result.seconds for result in results)


def size_table(results: Mapping[str, Sequence[Measurement]], builders: Sequence[Builder] = BUILDERS) -> str:
    """Return the figures of one size."""
    ours = median_seconds(results[OURS])
    rows = ["| | Seconds, median | least–most | × ours | Memory, MB | Output, MB | Files |", "|---|---:|---:|---:|---:|---:|---:|"]
    for builder in builders:
        if rounds := results.get(builder.key):
            seconds = [result.seconds for result in rounds]
            memory, size = median(result.memory for result in rounds), median(result.size for result in rounds)
            rows.append(
                f"| {builder.name} | {median(seconds):.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {median(seconds) / ours:.2f} "
                f"| {memory:.0f} | {size:.1f} | {rounds[-1].files} |"
            )
    return "\n".join(rows) + "\n"


def pdf_table(pdfs: Sequence[PdfMeasurement]) -> str:
    """Return what a PDF of all pages takes, ours first."""
    rows = ["| | Seconds for the PDF, median | least–most | × ours | Pages | MB | Tagged |", "|---|---:|---:|---:|---:|---:|---|"]
    ours = median(pdfs[0].seconds)
    rows += [
        f"| {pdf.name} | {median(pdf.seconds):.2f} | {min(pdf.seconds):.2f}–{max(pdf.seconds):.2f} | {median(pdf.seconds) / ours:.2f} "
        f"| {pdf.pages} | {pdf.size:.2f} | {'yes' if pdf.is_tagged else 'no'} |"
        for pdf in pdfs
    ]
    return "\n".join(rows) + "\n"


def preview_table(previews: Mapping[int, PreviewMeasurement]) -> str:
    """Return the figures of the preview, by pages."""
    rows = [
        ("| Pages | Seconds from the start to the first page | From a save to the page loaded again, median | least–most "
        "| From a save of a title to other pages with it, median | least–most |"),
        "|---:|---:|---:|---:|---:|---:|",
    ]
    rows += [
        f"| {pages} | {preview.start:.2f} | {median(preview.edits):.2f} | {min(preview.edits):.2f}–{max(preview.edits):.2f} "
        f"| {median(preview.titles):.2f} | {min(preview.titles):.2f}–{max(preview.titles):.2f} |"
        for pages, preview in previews.items()
    ]
    return "\n".join(rows) + "\n"


def profile_table(first: Profile, again: Profile) -> str:
    """Return where the time of two builds of one size goes: of one from nothing, and one of the same tree again."""
    rows = ["| | First, seconds | % | Again, seconds | % |", "|---|---:|---:|---:|---:|"]
    for phase in (START, *PHASES, REST):
        cells = [f"{profile.seconds[phase]:.2f} | {100 * profile.seconds[phase] / profile.total:.0f}" for profile in (first, again)]
        rows.append(f"| {phase} | {' | '.join(cells)} |")
    rows.append(f"| **together** | {first.total:.2f} | 100 | {again.total:.2f} | 100 |")
    return "\n".join(rows) + "\n"


def growth_table(results: Results, builders: Sequence[Builder] = BUILDERS) -> str:
    """Return what a page costs at each size, and each further page from one size to the next: the same where growth is linear.

    Of our own builds only; empty if there is but one size.
    """
    sizes = sorted(results)
    if len(sizes) < 2:
        return ""
    steps = list(itertools.pairwise(sizes))
    head = [*(f"{pages} pages" for pages in sizes), *(f"each more, {fewer}–{more}" for fewer, more in steps)]
    rows = [f"| Milliseconds a page | {' | '.join(head)} |", f"|---|{'---:|' * len(head)}"]
    for builder in builders:
        seconds = {pages: median_seconds(rounds) for pages in sizes if (rounds := results[pages].get(builder.key))}
        if builder.peer or not seconds:
            continue
        cells = [1000 * seconds[pages] / pages if pages in seconds else None for pages in sizes]
        cells += [1000 * (seconds[m] - seconds[n]) / (m - n) if m in seconds and n in seconds else None for n, m in steps]
        rows.append(_row(builder.name, *("" if cell is None else f"{cell:.1f}" for cell in cells)))
    return "\n".join(rows) + "\n"


MIN_PAGES = 200
"""Smaller sites have no targets."""
ZENSICAL, MATERIAL = "{n} pages: ours, of Zensical", "{n} pages: ours, of Material"
ONE_CHANGED = "{n} pages: one page changed, of the first"
AGAIN, MEMORY = "{n} pages: nothing changed, seconds", "{n} pages: memory of a first build, MB"
SAVED, PDF = "{n} pages: saved to reloaded, seconds", "PDF: ours, of {other}"
TARGETS = (
    ("ours", "zensical", {200: 0.7, 2000: 0.7}, ZENSICAL),
    ("ours", "material", {200: 0.5, 2000: 0.15}, MATERIAL),
    ("ours-edited", "ours", {200: 0.25, 2000: 0.25}, ONE_CHANGED),
)
"""A builder, another one, the share of that one's time that it may take at most, by pages, and what the target is called."""
MAX_SECONDS_AGAIN = {200: 0.3, 2000: 1.0}
"""By pages."""
MAX_MEMORY = {5000: 1000}
"""In MB, by pages."""
MAX_SECONDS_TO_RELOAD = {200: 0.4, 2000: 2.0}
"""By pages."""
MAX_PDF_SHARE = 0.25
"""Of the other's time."""
_FIXED = "the start of Python, the imports and the configuration take the same whatever is built (see the profile)"
REASONS = {
    ZENSICAL: f"Beside what both do, ours checks the pages against each other, compresses every file twice and builds a search of inflected words; {_FIXED}.",
    MATERIAL: "MkDocs itself and what both do alike (its start, templates) is more than half of Material's time; compression, a search of "
    "our own, checks and a policy for each page come on top, and seven times as many files, each of which takes ext4 up to a millisecond.",
    MEMORY: "The process that builds the search's index holds the words of all sections, beside the one that holds the trees of all pages.",
    ONE_CHANGED: f"{_FIXED[0].upper()}{_FIXED[1:]}, and the search index is built from all pages.",
    SAVED: "The preview waits a tenth of a second for more files to change, as MkDocs does; the rest is reading and checking "
    "what all pages say of each other.",
    PDF: "The audit of each document is part of our time (see the profile); theirs is neither tagged nor audited.",
}
"""Why a target is not met, by its name: for one size, or with the braces for all. Written by hand; shown only where it is not met."""


def targets_table(results: Results, pdfs: Sequence[PdfMeasurement] = (), previews: Mapping[int, PreviewMeasurement] | None = None) -> str:
    """Return which of the targets that were measured are met, and why not. Empty if none was measured.

    What is neither in seconds nor in MB is a share of the time of the one beside it.
    """
    rows = ["| Target | At most | Is | Met | Why not |", "|---|---:|---:|---|---|"]
    for pages, by_builder in results.items():
        for one, other, most, name in TARGETS:
            if pages in most and by_builder.get(one) and by_builder.get(other):
                rows.append(_target_row(name, pages, most[pages], median_seconds(by_builder[one]) / median_seconds(by_builder[other])))
        if pages in MAX_SECONDS_AGAIN and by_builder.get("ours-again"):
            rows.append(_target_row(AGAIN, pages, MAX_SECONDS_AGAIN[pages], median_seconds(by_builder["ours-again"])))
        if pages in MAX_MEMORY and by_builder.get(OURS):
            rows.append(_target_row(MEMORY, pages, MAX_MEMORY[pages], median(result.memory for result in by_builder[OURS])))
    for pages, preview in (previews or {}).items():
        if pages in MAX_SECONDS_TO_RELOAD:
            rows.append(_target_row(SAVED, pages, MAX_SECONDS_TO_RELOAD[pages], median(preview.edits)))
    if len(pdfs) == 2:
        rows.append(_target_row(PDF, pdfs[1].name, MAX_PDF_SHARE, median(pdfs[0].seconds) / median(pdfs[1].seconds)))
    return "\n".join(rows) + "\n" if len(rows) > 2 else ""


def _target_row(pattern: str, subject: object, most: float, actual: float) -> str:
    name = pattern.format(n=subject, other=subject)
    if actual <= most:
        return _row(name, f"{most:.2f}", f"{actual:.2f}", "yes", "")
    return _row(name, f"{most:.2f}", f"{actual:.2f}", "**no**", REASONS.get(name) or REASONS.get(pattern, ""))


def _row(*cells: str) -> str:
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"
