"""Build the same pages with us and with our peers, side by side, and write `bench/results.md` and `bench/results.svg`.

`--sizes 20,200` and `--rounds 1` make it shorter, `--only ours,material` leaves out what is not named, `--alone 5000` adds sizes
that only ours is built in. `--sites 98` builds that many generated municipalities instead, on all cores. The peers are installed
below `.bench/`, each in an environment of its own.
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
from bench.preview import PreviewMeasured, measure_preview  # noqa: E402
from bench.profile import Profile, profiled  # noqa: E402
from bench.report import LEAST, OURS, PdfMeasured, chart, growth, pdf_table, preview_table, profile_table, table, targets  # noqa: E402
from overrides.tokens import tokens  # noqa: E402

CACHE = environment.ROOT / ".bench"
WORK = CACHE / "work"
TO = environment.ROOT / "bench"
PDF_PAGES = 20
SITE_PAGES = 20
LARGE = 1000
"""Pages."""
EDITED = "strategi/formaal.md"
PREVIEW, PROFILE = "ours-preview", "ours-profile"
"""What is measured of ours beside its builds."""

ABOUT_PREVIEW = """\
`mkdocs serve`, which `scripts/serve.py` runs, from nothing; a paragraph is added to one page, at different moments between two of
MkDocs' looks at the files (every half second). The page has been loaded again when a browser that does as MkDocs' script in the page
does has got it with the paragraph. A title: until another page has it in its menu, and the front page in what a macro makes.
"""
ABOUT_PROFILES = """\
By one process, in which one thread computes, so that every second is somebody's: the table has more seconds than a build by all
cores takes, and it is the shares that count. Seconds are counted once: what is packed while files are written is packing.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how fast sites are built, ours and others'.")
    keys = [*(builder.key for builder in BUILDERS + PDF_BUILDERS), PREVIEW, PROFILE]
    parser.add_argument("--sizes", type=numbers, default=[20, 200, 2000], help="pages")
    parser.add_argument("--alone", type=numbers, default=[], help="pages, of more sizes that only ours is built in")
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
            measure_peers(arguments.sizes, arguments.alone, arguments.rounds, {*arguments.only, OURS})
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    return 0


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def measure_peers(sizes: Sequence[int], alone: Sequence[int], rounds: int, only: set[str]) -> None:
    chosen = [builder for builder in BUILDERS if builder.key in only]
    results: dict[int, dict[str, list[Measured]]] = {}
    previews: dict[int, PreviewMeasured] = {}
    profiles: dict[int, tuple[Profile, Profile]] = {}
    every = sorted({*sizes, *alone})
    for size in every:
        found = measure([builder for builder in chosen if size in sizes or not builder.peer], size, rounds_of(size, rounds))
        pages = pages_in(corpus_of(size))
        results[pages] = found
        if PREVIEW in only:
            previews[pages] = measure_preview(Path(sys.executable), fresh(size, PREVIEW), environment_for(BUILDERS[0]))
            print(f"{pages} pages, preview: {previews[pages]}", file=sys.stderr)
        if PROFILE in only and pages >= LEAST:
            profiles[pages] = profile(fresh(size, PROFILE))
    pdfs = measure_pdfs(rounds) if {builder.key for builder in PDF_BUILDERS} <= only else []
    peers = sorted({builder.peer for builder in chosen} - {""})
    parts = [
        "# Measured\n",
        "Made by `python3 scripts/bench.py`: the builders take turns, each build in processes of its own and, but for those that "
        "build again, from nothing. Pages as the project's own (`bench/corpus.py`).\n",
        f"{date.today():%-d %B %Y}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, rounds: "
        f"{', '.join(f'{rounds_of(size, rounds)} of {size} pages' for size in every)}."
        + (f" {', '.join(map(version_of, peers))}.\n" if peers else "\n"),
        "![Seconds to build a site, by its pages](results.svg)\n",
        *(f"## {pages} pages\n\n{table(found)}" for pages, found in results.items()),
        *([f"## A PDF of {pages_in(corpus_of(PDF_PAGES)) - 1} pages\n\n{pdf_table(pdfs)}"] if pdfs else []),
        *([f"## The preview\n\n{preview_table(previews)}", ABOUT_PREVIEW] if previews else []),
        *([f"## Growth\n\n{found}"] if (found := growth(results)) else []),
        *(f"## Where a first build of {pages} pages goes\n\n{profile_table(*both)}" for pages, both in profiles.items()),
        *([ABOUT_PROFILES] if profiles else []),
        *([f"## Targets\n\n{found}"] if (found := targets(results, pdfs, previews)) else []),
        "## What each was given\n",
        *(f"- **{builder.name}**: {builder.given}." for builder in (*chosen, *(PDF_BUILDERS if pdfs else ()))),
    ]
    text = "\n".join(parts) + "\n"
    print(text)
    (TO / "results.md").write_text(text, encoding="utf-8")
    (TO / "results.svg").write_text(chart(results, tokens()), encoding="utf-8")


def fresh(size: int, name: str) -> Path:
    """A project of a size as `ours` is given it, that nothing has been built of."""
    root = corpus_of(size).parent / name
    shutil.copytree(corpus_of(size), root)
    compileall.compile_dir(root, quiet=2)
    return root


def profile(root: Path) -> tuple[Profile, Profile]:
    """Of a first build, and of one of the same tree again."""
    variables = environment_for(BUILDERS[0])
    first = profiled(Path(sys.executable), root, variables, is_first=True)
    return first, profiled(Path(sys.executable), root, variables, is_first=False)


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
