"""Build the same pages with us and with our peers, side by side, and write `bench/results.md` and `bench/results.svg`.

`--sizes 20,200` and `--rounds 1` make it shorter, `--only ours,material` leaves builders out. `--sites 98` builds that many
generated municipalities instead, on all cores. The peers are installed below `.bench/`, each in an environment of its own.
"""

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

import environment

environment.enter("requirements.txt", environment.FOR_PDF)

sys.path.insert(0, str(environment.ROOT))

import pikepdf  # noqa: E402

from bench.corpus import pages_in, write_corpus  # noqa: E402
from bench.measure import BuildError, Measured, clean, measured  # noqa: E402
from bench.peers import BUILDERS, DOCUMENT, PDF_BUILDERS, Builder, environment_of, make_project, unmade, version_of  # noqa: E402
from bench.report import OURS, PdfMeasured, chart, pdf_table, table, targets  # noqa: E402
from overrides.tokens import tokens  # noqa: E402

CACHE = environment.ROOT / ".bench"
WORK = CACHE / "work"
TO = environment.ROOT / "bench"
PDF_PAGES = 20
SITE_PAGES = 20
LARGE = 1000
"""Pages."""
EDITED = "strategi/formaal.md"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how fast sites are built, ours and others'.")
    keys = [builder.key for builder in BUILDERS + PDF_BUILDERS]
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[20, 200, 2000], help="pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=lambda text: text.split(","), default=keys, help=", ".join(keys))
    parser.add_argument("--sites", type=int, help="build this many municipalities' sites instead")
    arguments = parser.parse_args()
    if unknown := set(arguments.only) - set(keys):
        parser.error(f"no such builder: {', '.join(sorted(unknown))}")
    shutil.rmtree(WORK, ignore_errors=True)
    try:
        if arguments.sites:
            measure_sites(arguments.sites)
        else:
            measure_peers(arguments.sizes, arguments.rounds, {*arguments.only, OURS})
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    return 0


def measure_peers(sizes: Sequence[int], rounds: int, only: set[str]) -> None:
    chosen = [builder for builder in BUILDERS if builder.key in only]
    results = {}
    for size in sizes:
        found = measure(chosen, size, rounds_of(size, rounds))
        results[pages_in(corpus_of(size))] = found
    pdfs = measure_pdfs(rounds) if {builder.key for builder in PDF_BUILDERS} <= only else []
    parts = [
        "# Measured\n",
        "Made by `python3 scripts/bench.py`: the builders take turns, each build in processes of its own and, but for those that "
        "build again, from nothing. Pages as the project's own (`bench/corpus.py`).\n",
        f"{date.today():%-d %B %Y}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, rounds: "
        f"{', '.join(f'{rounds_of(size, rounds)} of {size} pages' for size in sizes)}. "
        f"{', '.join(version_of(peer) for peer in sorted({builder.peer for builder in chosen} - {''}))}.\n",
        "![Seconds to build a site, by its pages](results.svg)\n",
        *(f"## {pages} pages\n\n{table(found)}" for pages, found in results.items()),
        *([f"## A PDF of {pages_in(corpus_of(PDF_PAGES)) - 1} pages\n\n{pdf_table(pdfs)}"] if pdfs else []),
        *([f"## Targets\n\n{found}"] if (found := targets(results, pdfs)) else []),
        "## What each was given\n",
        *(f"- **{builder.name}**: {builder.given}." for builder in (*chosen, *(PDF_BUILDERS if pdfs else ()))),
    ]
    text = "\n".join(parts) + "\n"
    print(text)
    (TO / "results.md").write_text(text, encoding="utf-8")
    (TO / "results.svg").write_text(chart(results, tokens()), encoding="utf-8")


def rounds_of(size: int, rounds: int) -> int:
    """Of large sites, a third: a round of 2,000 pages takes a quarter of an hour."""
    return rounds if size < LARGE else max(1, rounds // 3)


def corpus_of(pages: int) -> Path:
    """The project that all of a size are made from. The least is this project's own pages, which are more than 20."""
    return WORK / f"{pages}" / "corpus"


def measure(builders: Sequence[Builder], pages: int, rounds: int) -> dict[str, list[Measured]]:
    """Each builder's figures of every round; they take turns, so that what else the machine does hits all alike."""
    ours = corpus_of(pages)
    if not ours.exists():
        write_corpus(ours, pages)
    roots, kept = {}, {}
    pythons = {builder: environment_of(builder, CACHE) for builder in builders}
    for builder in builders:
        root = roots[builder] = ours.parent / (builder.after or builder.key)
        if not builder.after:
            make_project(builder, ours, root)
            compileall.compile_dir(root, quiet=2)  # as any program is that has been run before
            kept[builder] = {entry.name for entry in root.iterdir()}
    found: dict[str, list[Measured]] = {builder.key: [] for builder in builders}
    for number in range(rounds):
        for builder in builders:
            root = roots[builder]
            if not builder.after:
                clean(root, kept[builder])
            with edited(root / "docs" / EDITED, number) if builder.edits else contextlib.nullcontext():
                result = measured([pythons[builder], "-m", *builder.command], root, environment_for(builder))
            if left := unmade(root):
                raise BuildError(f"{builder.name} has not made {', '.join(left[:9])}")
            found[builder.key].append(result)
            print(f"{pages} pages, round {number + 1}, {builder.name}: {result.seconds:.2f} s, {result.memory:.0f} MB", file=sys.stderr)
    return found


@contextlib.contextmanager
def edited(page: Path, number: int) -> Iterator[None]:
    """A paragraph more on a page, for one build."""
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nDette afsnit er tilføjet i runde {number + 1}.\n", encoding="utf-8")
    try:
        yield
    finally:
        page.write_text(text, encoding="utf-8")


def environment_for(builder: Builder) -> dict[str, str]:
    """Environment variables, whatever the shell's."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", **({"SITE_URL": "https://example.org/"} if builder.published else {})}


def measure_pdfs(rounds: int) -> list[PdfMeasured]:
    """What a PDF of all pages takes, by builds with and without it."""
    found = measure(PDF_BUILDERS, PDF_PAGES, rounds)
    pdfs = []
    for builder, without in zip(PDF_BUILDERS[::2], PDF_BUILDERS[1::2], strict=True):
        seconds = [one.seconds - other.seconds for one, other in zip(found[builder.key], found[without.key], strict=True)]
        file = WORK / f"{PDF_PAGES}" / builder.key / "site" / "pdf" / f"{DOCUMENT}.pdf"
        with pikepdf.open(file) as pdf:
            is_tagged = bool(pdf.Root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in pdf.Root
            pdfs.append(PdfMeasured(builder.name, tuple(seconds), len(pdf.pages), file.stat().st_size / 1e6, is_tagged))
    return pdfs


def measure_sites(count: int) -> None:
    """Build many small municipalities, on the cores there are."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for number in range(1, count + 1):
        write_corpus(WORK / "sites" / f"{number:03}", SITE_PAGES, municipality=f"Eksempelby-{number}", shared=True)
    command = [sys.executable, "-m", "bench.sites", str(WORK / "sites"), str(cores)]
    variables = {**environment_for(BUILDERS[0]), "PYTHONPATH": str(environment.ROOT)}
    result = measured(command, WORK / "sites", variables, made="*/site")
    built = len(list((WORK / "sites").glob("*/site/index.html")))
    if built != count:
        raise BuildError(f"{built} of {count} sites were built")
    print(
        f"{count} sites in {result.seconds:.1f} s by {cores} processes: {count / result.seconds * 60:.0f} sites a minute, "
        f"{result.memory:.0f} MB of memory at most, {result.size:.0f} MB in {result.files} files"
    )


if __name__ == "__main__":
    sys.exit(main())
