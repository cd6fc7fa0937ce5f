"""Figures as tables and as a chart. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from statistics import median

from .measure import Measured
from .peers import BUILDERS, Builder
from .preview import PreviewMeasured
from .profile import PHASES, REST, START, Profile

OURS = "ours"
Results = Mapping[int, Mapping[str, Sequence[Measured]]]
"""What each builder took in each round, by pages and the builder's key."""


@dataclass(frozen=True)
class PdfMeasured:
    """A PDF of all pages of the menu."""

    name: str
    seconds: tuple[float, ...]
    """What a build takes longer for it, each round."""
    pages: int
    size: float
    """MB."""
    is_tagged: bool


def seconds_of(results: Sequence[Measured]) -> float:
    return median(result.seconds for result in results)


def table(results: Mapping[str, Sequence[Measured]], builders: Sequence[Builder] = BUILDERS) -> str:
    """One size's figures as Markdown."""
    ours = seconds_of(results[OURS])
    rows = ["| | Seconds, median | least–most | × ours | Memory, MB | Output, MB | Files |", "|---|---:|---:|---:|---:|---:|---:|"]
    for builder in builders:
        if found := results.get(builder.key):
            seconds = [result.seconds for result in found]
            memory, size = (median(values) for values in ([r.memory for r in found], [r.size for r in found]))
            rows.append(
                f"| {builder.name} | {median(seconds):.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {median(seconds) / ours:.2f} "
                f"| {memory:.0f} | {size:.1f} | {found[-1].files} |"
            )
    return "\n".join(rows) + "\n"


def pdf_table(found: Sequence[PdfMeasured]) -> str:
    rows = ["| | Seconds for the PDF, median | least–most | × ours | Pages | MB | Tagged |", "|---|---:|---:|---:|---:|---:|---|"]
    ours = median(found[0].seconds)
    rows += [
        f"| {pdf.name} | {median(pdf.seconds):.2f} | {min(pdf.seconds):.2f}–{max(pdf.seconds):.2f} | {median(pdf.seconds) / ours:.2f} "
        f"| {pdf.pages} | {pdf.size:.2f} | {'yes' if pdf.is_tagged else 'no'} |"
        for pdf in found
    ]
    return "\n".join(rows) + "\n"


def preview_table(found: Mapping[int, PreviewMeasured]) -> str:
    """By pages, as Markdown."""
    rows = [
        "| Pages | Seconds from the start to the first page | From a save to the page loaded again, median | least–most "
        "| From a save of a title to other pages with it, median | least–most |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    rows += [
        f"| {pages} | {preview.start:.2f} | {median(preview.edits):.2f} | {min(preview.edits):.2f}–{max(preview.edits):.2f} "
        f"| {median(preview.titles):.2f} | {min(preview.titles):.2f}–{max(preview.titles):.2f} |"
        for pages, preview in found.items()
    ]
    return "\n".join(rows) + "\n"


def profile_table(first: Profile, again: Profile) -> str:
    """Where the time of two builds of one size goes, as Markdown: from nothing, and of the same tree again."""
    rows = ["| | First, seconds | % | Again, seconds | % |", "|---|---:|---:|---:|---:|"]
    for phase in (START, *PHASES, REST):
        parts = [f"{profile.seconds[phase]:.2f} | {100 * profile.seconds[phase] / profile.total:.0f}" for profile in (first, again)]
        rows.append(f"| {phase} | {' | '.join(parts)} |")
    rows.append(f"| **together** | {first.total:.2f} | 100 | {again.total:.2f} | 100 |")
    return "\n".join(rows) + "\n"


def growth(results: Results, builders: Sequence[Builder] = BUILDERS) -> str:
    """What a page costs at each size, as Markdown, and what each page more does from one size to the next: where growth is linear,
    that stays the same. Of our own builds; empty where there is but one size."""
    sizes = sorted(results)
    if len(sizes) < 2:
        return ""
    steps = list(zip(sizes, sizes[1:], strict=False))
    head = [*(f"{pages} pages" for pages in sizes), *(f"each more, {fewer}–{more}" for fewer, more in steps)]
    rows = [f"| Milliseconds a page | {' | '.join(head)} |", f"|---|{'---:|' * len(head)}"]
    for builder in builders:
        taken = {pages: seconds_of(found) for pages in sizes if (found := results[pages].get(builder.key))}
        if builder.peer or not taken:
            continue
        cells = [1000 * taken[pages] / pages if pages in taken else None for pages in sizes]
        cells += [1000 * (taken[m] - taken[n]) / (m - n) if m in taken and n in taken else None for n, m in steps]
        rows.append(_row(builder.name, *("" if cell is None else f"{cell:.1f}" for cell in cells)))
    return "\n".join(rows) + "\n"


LEAST = 200
"""Pages: of fewer, nothing is asked."""
ZENSICAL, FASTEST, MATERIAL = "{n} pages: ours, of Zensical", "{n} pages: ours, of Zensical at its fastest", "{n} pages: ours, of Material"
AGAIN, ONE_CHANGED = "{n} pages: again, of the first", "{n} pages: one page changed, of the first"
SAVED, PDF = "{n} pages: saved to reloaded, seconds", "PDF: ours, of {other}"
WANTED = (
    ("ours", "zensical", 1.0, ZENSICAL),
    ("ours", "zensical-expanded", 1.0, FASTEST),
    ("ours", "material", 0.5, MATERIAL),
    ("ours-again", "ours", 0.2, AGAIN),
    ("ours-edited", "ours", 0.2, ONE_CHANGED),
)
"""Which builder may take at most what part of which other's time."""
SECONDS_TO_RELOAD = {200: 1.0, 2000: 2.0}
"""At most, by pages."""
_FIXED = "the start of Python, the imports and the configuration take the same whatever is built (see the profile)"
REASONS = {
    ZENSICAL.format(n=200): "Beside what both make, ours checks the pages against each other, packs every file twice and makes a search "
    f"of inflected words; {_FIXED}.",
    FASTEST: "It is given the pages with their macros expanded, and packs nothing; ours reads, checks and expands them, and packs every "
    "file twice.",
    MATERIAL.format(n=200): "MkDocs itself, its start and what both do alike (reading, Markdown, templates) is more than half of "
    "Material's time; packing, a search of our own, checks and a policy for each page come on top.",
    AGAIN: f"What is left is no making: {_FIXED}, and every file is written again into a new folder, which then replaces the old.",
    ONE_CHANGED: f"As again: {_FIXED}, every file is written again, and the search's index is made of all pages.",
    SAVED: "MkDocs looks at the files twice a second, and waits a tenth of a second for more; the rest is the reading and checking "
    "of what all pages say of each other.",
    PDF: "Both have WeasyPrint lay the pages out, in one process. Of ours, laying out is 37 %, drawing 16 %, the audit 14 %, imports 8 %, "
    "freeing memory 5 %, mending tags 5 %, styles, boxes and HTML 11 %; theirs is neither tagged nor audited.",
}
"""Why a target is not met, by what it is called: of one size, or, with its braces, of all. Written by hand; shown only where it is not."""


def targets(results: Results, pdfs: Sequence[PdfMeasured] = (), previews: Mapping[int, PreviewMeasured] | None = None) -> str:
    """Which targets are met, of those that were measured, as Markdown, and of the others why not. `at most` is a part of what
    stands beside it, where it is not in seconds."""
    rows = ["| Target | At most | Is | Met | Why not |", "|---|---:|---:|---|---|"]
    for pages, by_builder in results.items():
        for one, other, most, message in WANTED:
            if pages >= LEAST and by_builder.get(one) and by_builder.get(other):
                rows.append(_target(message, pages, most, seconds_of(by_builder[one]) / seconds_of(by_builder[other])))
    for pages, preview in (previews or {}).items():
        if pages in SECONDS_TO_RELOAD:
            rows.append(_target(SAVED, pages, SECONDS_TO_RELOAD[pages], median(preview.edits)))
    if len(pdfs) == 2:
        rows.append(_target(PDF, pdfs[1].name, 0.5, median(pdfs[0].seconds) / median(pdfs[1].seconds)))
    return "\n".join(rows) + "\n" if len(rows) > 2 else ""


def _target(message: str, of: object, most: float, found: float) -> str:
    name = message.format(n=of, other=of)
    if found <= most:
        return _row(name, f"{most:.2f}", f"{found:.2f}", "yes", "")
    return _row(name, f"{most:.2f}", f"{found:.2f}", "**no**", REASONS.get(name) or REASONS.get(message, ""))


def _row(*cells: str) -> str:
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 64, 260, 64, 56
"""Margins, in px."""
LINE = 18
"""Between two labels, in px."""
TITLE = "Seconds to build a site, by its pages"
_COLOURS = {"": "--k-link", "material": "--k-overdue", "properdocs": "--k-edge", "zensical": "--k-text"}
"""Of each environment; what is built in it differs by its dashes."""
_DASHES = ("none", "8 4", "2 3", "8 3 2 3")


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale: from `least` at one pixel to `most` at another."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        whole = math.log(self.most / self.least) or 1
        return round(self.start + math.log(value / self.least) / whole * (self.end - self.start), 1)


def chart(results: Results, tokens: Mapping[str, str], builders: Sequence[Builder] = BUILDERS) -> str:
    """Both axes logarithmic, as an SVG with a ground of its own, so that the page around it may be light or dark."""
    sizes = sorted(results)
    lines = {
        builder: [(pages, seconds_of(results[pages][builder.key])) for pages in sizes if results[pages].get(builder.key)]
        for builder in builders
    }
    lines = {builder: points for builder, points in lines.items() if points}
    seconds = [taken for points in lines.values() for _, taken in points]
    x = Scale(sizes[0], sizes[-1], LEFT, WIDTH - RIGHT)
    ticks = _ticks(min(seconds), max(seconds))
    y = Scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    beside = x(sizes[-1])
    labels = spread({builder.key: y(points[-1][1]) for builder, points in lines.items()}, LINE)
    told = "; ".join(f"{builder.name}: {', '.join(f'{n} pages {taken:.2f}' for n, taken in points)}" for builder, points in lines.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-labelledby="title told" font-family="system-ui, sans-serif" font-size="13" fill="{tokens["--k-text"]}">',
        f'<title id="title">{TITLE}</title>',
        f'<desc id="told">Medians, in seconds. {escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{tokens["--k-page"]}"/>',
        f'<text x="{LEFT - 40}" y="34" font-size="17" font-weight="bold">{TITLE}</text>',
        *_grid(sizes, ticks, x, y, tokens["--k-line"]),
    ]
    for builder, points in lines.items():
        family = [other for other in lines if other.peer == builder.peer]
        dashes = _DASHES[family.index(builder) % len(_DASHES)]
        colour = tokens[_COLOURS[builder.peer]]
        width, weight = (2, "normal") if builder.peer else (3.5, "bold")
        places = [(x(pages), y(taken)) for pages, taken in points]
        (end, height), label = places[-1], labels[builder.key]
        parts += [
            f'<polyline points="{" ".join(f"{across},{down}" for across, down in places)}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}" stroke-dasharray="{dashes}"/>',
            *(f'<circle cx="{across}" cy="{down}" r="{width + 1}" fill="{colour}"/>' for across, down in places),
            f'<path d="M{end + 7} {height}L{beside + 22} {label}" stroke="{colour}"/>',  # across, where others were built larger
            f'<text x="{beside + 26}" y="{label + 4}" font-weight="{weight}">{escape(builder.name)}, {points[-1][1]:.1f} s</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(least: float, most: float) -> list[float]:
    """1, 2 and 5 of every power of ten, from the last that is no more than `least` to the first that is no less than `most`."""
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    steps = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    return steps[max(place for place, step in enumerate(steps) if step <= least) : next(n for n, step in enumerate(steps) if step >= most) + 1]


def _grid(sizes: Sequence[int], ticks: Sequence[float], x: Scale, y: Scale, colour: str) -> list[str]:
    across = [
        f'<path d="M{x.start} {y(value)}H{x.end}" stroke="{colour}"/><text x="{LEFT - 8}" y="{y(value) + 4}" text-anchor="end">{value:g}</text>'
        for value in ticks
    ]
    down = [f'<text x="{x(value)}" y="{HEIGHT - BOTTOM + 24}" text-anchor="middle">{value} pages</text>' for value in sizes]
    return across + down


def spread(places: Mapping[str, float], least: float) -> dict[str, float]:
    """Places in the same order, but no two nearer than `least`: those that are, move apart around the middle that they had."""
    groups: list[list[str]] = []

    def start_of(group: list[str]) -> float:
        return sum(places[key] for key in group) / len(group) - least * (len(group) - 1) / 2

    for key in sorted(places, key=lambda key: places[key]):
        groups.append([key])
        while len(groups) > 1 and start_of(groups[-1]) - start_of(groups[-2]) < least * len(groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    return {key: round(start_of(group) + least * place, 1) for group in groups for place, key in enumerate(group)}
