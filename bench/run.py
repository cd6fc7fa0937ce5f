"""Build the same pages with us and with our peers, side by side, and write `results.md` and `results.svg` into `bench/`.

`--sizes 20,200` and `--rounds 1` make it shorter, `--only ours,material` leaves out everything else, and `--alone 5000` adds sizes
that only ours is built in. `--sites 98` builds that many generated municipalities instead, on all cores. The peers are installed
below `.bench/`, each in an environment of its own.

`--only search-latency,lighthouse` measures what a reader waits for instead, in Chromium, and writes `browser.md`. It needs what the
tests need, which is then installed.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pikepdf

from bench.chart import chart
from bench.corpus import count_pages, write_corpus
from bench.measure import BuildError, Measurement, measure_build, set_aside
from bench.peers import BUILDERS, DOCUMENT, PDF_BUILDERS, Builder, make_project, missing_pages, python_of, version_of
from bench.preview import EDITED, PreviewMeasurement, measure_preview
from bench.profile import Profile, profile_build
from bench.report import (
    MIN_PAGES,
    OURS,
    PdfMeasurement,
    growth_table,
    pdf_table,
    preview_table,
    profile_table,
    size_table,
    targets_table,
)
from kanalstrategi.design.tokens import tokens

PDF_PAGES = 20
SITE_PAGES = 20
LARGE_SITE_PAGES = 1000
"""From here on, a third of the rounds: one of 2,000 pages takes a quarter of an hour."""
PREVIEW, PROFILE = "ours-preview", "ours-profile"
"""What is measured of ours beside its builds."""
SEARCH_LATENCY, LIGHTHOUSE = "search-latency", "lighthouse"
"""What is measured in a browser."""

ABOUT_PREVIEW = """\
`mkdocs serve`, which `scripts/serve.py` runs, from nothing; a paragraph is added to one page, at different moments between two of its looks
at the files (ten times a second; twice, as MkDocs does, where there are more than 1,000 files). The page counts as loaded again when a
browser that does what MkDocs' script in the page does has the paragraph. A title: until another page has it in its menu, and the front page
has it by a macro.
"""
ABOUT_PROFILES = """\
By one process, in which one thread computes, so that every second belongs to some phase: the table has more seconds than a build on
all cores takes, and only the shares count. Each second is counted once: files that are compressed while they are written are compression.
"""


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Measure in the project in a folder, and return the exit code."""
    keys = [*(builder.key for builder in BUILDERS + PDF_BUILDERS), PREVIEW, PROFILE]
    in_browser = {SEARCH_LATENCY, LIGHTHOUSE}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[20, 200, 2000], help="pages")
    parser.add_argument("--alone", type=_numbers, default=[], help="pages, of more sizes that only ours is built in")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=lambda text: text.split(","), default=keys, help=", ".join([*keys, *sorted(in_browser)]))
    parser.add_argument("--sites", type=int, help="build this many municipalities' sites instead")
    parser.add_argument("--to", type=Path, default=root / "bench", help="the folder to write to")
    options = parser.parse_args(arguments)
    if unknown := {*options.only} - {*keys} - in_browser:
        parser.error(f"no such builder: {', '.join(sorted(unknown))}")
    bench = Bench(root, options.to)
    bench.clear()
    try:
        if options.sites:
            bench.measure_sites(options.sites)
        else:
            if wanted := in_browser & {*options.only}:
                bench.measure_in_browser(wanted, options.rounds)
            if builders := {*options.only} - in_browser:
                bench.measure_builders(options.sizes, options.alone, options.rounds, {*builders, OURS})
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        bench.clear()
    return 0


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


class Bench:
    """Where things are measured, and where the results go."""

    def __init__(self, root: Path, to: Path) -> None:
        self._root = root
        self._cache = root / ".bench"
        self._work = self._cache / "work"
        self._to = to

    def clear(self) -> None:
        """Remove the projects that were built."""
        shutil.rmtree(self._work, ignore_errors=True)

    def measure_builders(self, sizes: Sequence[int], alone: Sequence[int], rounds: int, only: set[str]) -> None:
        """Build every size with every builder of `only`, and write the results."""
        builders = [builder for builder in BUILDERS if builder.key in only]
        results: dict[int, dict[str, list[Measurement]]] = {}
        previews: dict[int, PreviewMeasurement] = {}
        profiles: dict[int, tuple[Profile, Profile]] = {}
        all_sizes = sorted({*sizes, *alone})
        for size in all_sizes:
            figures = self._measure([builder for builder in builders if size in sizes or not builder.peer], size, rounds_of(size, rounds))
            pages = count_pages(self._corpus(size))
            results[pages] = figures
            if PREVIEW in only:
                previews[pages] = measure_preview(Path(sys.executable), self._fresh(size, PREVIEW), environment_for(BUILDERS[0]))
                print(f"{pages} pages, preview: {previews[pages]}", file=sys.stderr)
            if PROFILE in only and pages >= MIN_PAGES:
                profiles[pages] = profile_twice(self._fresh(size, PROFILE))
        pdfs = self._measure_pdfs(rounds) if {builder.key for builder in PDF_BUILDERS} <= only else []
        peers = sorted({builder.peer for builder in builders} - {""})
        parts = [
            "# Measured\n",
            ("Written by `python3 scripts/bench.py`: the builders take turns, each build in processes of its own and, but for those that "
            "build again, from nothing. The pages are like the project's own (`bench/corpus.py`).\n"),
            f"{date.today():%-d %B %Y}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, rounds: "
            f"{', '.join(f'{rounds_of(size, rounds)} of {size} pages' for size in all_sizes)}."
            + (f" {', '.join(map(version_of, peers))}.\n" if peers else "\n"),
            "![Seconds to build a site, by its pages](results.svg)\n",
            *(f"## {pages} pages\n\n{size_table(figures)}" for pages, figures in results.items()),
            *([f"## A PDF of {count_pages(self._corpus(PDF_PAGES)) - 1} pages\n\n{pdf_table(pdfs)}"] if pdfs else []),
            *([f"## The preview\n\n{preview_table(previews)}", ABOUT_PREVIEW] if previews else []),
            *([f"## Growth\n\n{table}"] if (table := growth_table(results)) else []),
            *(f"## Where a first build of {pages} pages goes\n\n{profile_table(*both)}" for pages, both in profiles.items()),
            *([ABOUT_PROFILES] if profiles else []),
            *([f"## Targets\n\n{table}"] if (table := targets_table(results, pdfs, previews)) else []),
            "## What each gets\n",
            *(f"- **{builder.name}**: {builder.description}." for builder in (*builders, *(PDF_BUILDERS if pdfs else ()))),
        ]
        self._write("results.md", "\n".join(parts) + "\n")
        (self._to / "results.svg").write_text(chart(results, tokens()), encoding="utf-8")

    def measure_in_browser(self, wanted: set[str], rounds: int) -> None:
        """Measure what a reader waits for on our own pages, and write the results."""
        from bench.browser import lighthouse_table, measure_lighthouse, measure_search, search_table  # needs what the tests need

        corpus = self._corpus(SITE_PAGES)
        write_corpus(corpus, SITE_PAGES)
        measure_build([sys.executable, "-m", *BUILDERS[0].command], corpus, environment_for(BUILDERS[0]))
        site = corpus / "site"
        parts = [
            "# Measured in a browser\n",
            f"Written by `python3 scripts/bench.py --only {','.join(sorted(wanted))}`. The tests hold what can be counted: bytes, requests, calls.\n",
            f"{date.today():%-d %B %Y}, {os.cpu_count()} cores, {platform.system()}.\n",
        ]
        if SEARCH_LATENCY in wanted:
            parts.append(f"## Search\n\n{search_table(measure_search(site, self._work / 'large', rounds))}")
        if LIGHTHOUSE in wanted:
            parts.append(f"## Lighthouse\n\n{lighthouse_table(measure_lighthouse(site, rounds))}")
        self._write("browser.md", "\n".join(parts))

    def measure_sites(self, count: int) -> None:
        """Build many small municipalities on all cores, and print how many a minute."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        folder = self._work / "sites"
        for number in range(1, count + 1):
            write_corpus(folder / f"{number:03}", SITE_PAGES, municipality=f"Eksempelby-{number}", shared=True)
        command = [sys.executable, "-m", "bench.sites", str(folder), str(cores)]
        variables = {**environment_for(BUILDERS[0]), "PYTHONPATH": str(self._root)}
        result = measure_build(command, folder, variables, output="*/site")
        built = len(list(folder.glob("*/site/index.html")))
        if built != count:
            raise BuildError(f"{built} of {count} sites were built")
        print(
            f"{count} sites in {result.seconds:.1f} s by {cores} processes: {count / result.seconds * 60:.0f} sites a minute, "
            f"{result.memory:.0f} MB of memory at most, {result.size:.0f} MB in {result.files} files"
        )
        self.measure_portal(folder)

    def measure_portal(self, sites: Path) -> None:
        """Assemble the portal of the sites that were built, each in a folder named by its number, and print what it takes and how large its search is."""
        folder = self._work / "portal"
        (folder / "built").mkdir(parents=True)
        lines = ["name: Kommunernes kanalstrategier", "url: https://kommuner.example.org/", "sites:"]
        for site in sorted(sites.glob("*/site")):
            id = f"kommune-{site.parent.name}"
            (folder / "built" / id).symlink_to(site)
            lines += [f"  - id: {id}", f"    name: Eksempelby-{int(site.parent.name)}", f"    repository: https://example.org/{id}"]
        (folder / "sites.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "kanalstrategi", "portal", "sites.yml", "built", "out"]
        result = measure_build(command, folder, {**environment_for(BUILDERS[0]), "PYTHONPATH": str(self._root)}, output="out")
        index = [file.stat().st_size for file in (folder / "out" / "search").rglob("*.br")]
        entry = (folder / "out" / "search" / "index.json.br").stat().st_size
        print(
            f"portal: {result.seconds:.1f} s, {result.memory:.0f} MB of memory at most, {result.size:.0f} MB in {result.files} files; "
            f"its search {sum(index) / 1e6:.1f} MB compressed, of which every search loads {entry / 1e3:.0f} kB"
        )

    def _write(self, name: str, text: str) -> None:
        print(text)
        self._to.mkdir(parents=True, exist_ok=True)
        (self._to / name).write_text(text, encoding="utf-8")

    def _corpus(self, pages: int) -> Path:
        """Return the project that all projects of a size are derived from. It has at least this project's own pages, more than 20."""
        return self._work / f"{pages}" / "corpus"

    def _fresh(self, size: int, name: str) -> Path:
        """Return a project of a size as `ours` gets it, which has not been built yet."""
        root = self._corpus(size).parent / name
        shutil.copytree(self._corpus(size), root)
        compileall.compile_dir(root, quiet=2)
        return root

    def _measure(self, builders: Sequence[Builder], pages: int, rounds: int) -> dict[str, list[Measurement]]:
        """Return each builder's figures of every round. They take turns, so that other load on the machine hits all alike."""
        corpus = self._corpus(pages)
        if not corpus.exists():
            write_corpus(corpus, pages)
        roots, initial = {}, {}
        pythons = {builder: python_of(builder, self._cache) for builder in builders}
        for builder in builders:
            root = roots[builder] = corpus.parent / (builder.after or builder.key)
            if not builder.after:
                make_project(builder, corpus, root)
                compileall.compile_dir(root, quiet=2)  # like any program that has run before
                initial[builder] = {entry.name for entry in root.iterdir()}
        figures: dict[str, list[Measurement]] = {builder.key: [] for builder in builders}
        for number in range(rounds):
            for builder in builders:
                root = roots[builder]
                if not builder.after:
                    set_aside(root, initial[builder], self._work / "aside")
                with edited(root / "docs" / f"{EDITED}.md", number) if builder.edits else contextlib.nullcontext():
                    result = measure_build([pythons[builder], "-m", *builder.command], root, environment_for(builder))
                if missing := missing_pages(root):
                    raise BuildError(f"{builder.name} has not built {', '.join(missing[:9])}")
                figures[builder.key].append(result)
                print(f"{pages} pages, round {number + 1}, {builder.name}: {result.seconds:.2f} s, {result.memory:.0f} MB", file=sys.stderr)
        return figures

    def _measure_pdfs(self, rounds: int) -> list[PdfMeasurement]:
        """Return what a PDF of all pages takes, by builds with and without it."""
        figures = self._measure(PDF_BUILDERS, PDF_PAGES, rounds)
        pdfs = []
        for builder, without in zip(PDF_BUILDERS[::2], PDF_BUILDERS[1::2], strict=True):
            seconds = [one.seconds - other.seconds for one, other in zip(figures[builder.key], figures[without.key], strict=True)]
            file = self._corpus(PDF_PAGES).parent / builder.key / "site" / "pdf" / f"{DOCUMENT}.pdf"
            with pikepdf.open(file) as pdf:
                is_tagged = "/MarkInfo" in pdf.Root and bool(pdf.Root.MarkInfo.get("/Marked")) and "/StructTreeRoot" in pdf.Root
                pdfs.append(PdfMeasurement(builder.name, tuple(seconds), len(pdf.pages), file.stat().st_size / 1e6, is_tagged))
        return pdfs


def profile_twice(root: Path) -> tuple[Profile, Profile]:
    """Return the profile of a first build, and of another one of the same tree."""
    variables = environment_for(BUILDERS[0])
    first = profile_build(Path(sys.executable), root, variables, is_first=True)
    return first, profile_build(Path(sys.executable), root, variables, is_first=False)


def rounds_of(size: int, rounds: int) -> int:
    """Return how many rounds a size gets."""
    return rounds if size < LARGE_SITE_PAGES else max(1, rounds // 3)


@contextlib.contextmanager
def edited(page: Path, number: int) -> Iterator[None]:
    """Add a paragraph to a page, for one build."""
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nDette afsnit er tilføjet i runde {number + 1}.\n", encoding="utf-8")
    try:
        yield
    finally:
        page.write_text(text, encoding="utf-8")


def environment_for(builder: Builder) -> dict[str, str]:
    """Return the environment variables of a build, whatever the shell has set."""
    variables = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
    return {**variables, "NO_MKDOCS_2_WARNING": "1", **({"SITE_URL": "https://example.org/"} if builder.published else {})}
