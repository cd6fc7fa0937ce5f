"""What measures is complete and the same every time, and figures become the right tables and chart. No times."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench import profile as profiling
from bench.browser import LighthouseMeasurement, SearchMeasurement, lighthouse_table, search_table
from bench.chart import LINE, chart, spread
from bench.corpus import count_pages, write_corpus
from bench.measure import BuildError, Measurement
from bench.peers import BUILDERS, EXPANDED, PDF_BUILDERS, Builder, make_project
from bench.preview import EDITED, PreviewMeasurement, measure_preview, serving
from bench.profile import PHASES, REST, START, Profile, profile_build, seconds_by_phase
from bench.profiled import Clock, ImmediateExecutor
from bench.report import (
    AGAIN,
    MEMORY,
    PDF,
    REASONS,
    SAVED,
    TARGETS,
    ZENSICAL,
    PdfMeasurement,
    growth_table,
    pdf_table,
    preview_table,
    profile_table,
    size_table,
    targets_table,
)
from bench.run import Bench
from bench.sites import build_all
from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.design.tokens import tokens
from macros import MACROS
from tests.support.project import DATA, EPOCH, ROOT

CHART = DATA / "bench" / "chart.svg"
CHART_TOKENS = {"--k-page": "#fff", "--k-text": "#111", "--k-line": "#ccc", "--k-link": "#00f", "--k-overdue": "#f00", "--k-edge": "#888"}
RESULTS = {
    27: {
        "ours": [Measurement(1.0, 200.4, 1.5, 40), Measurement(3.0, 210.0, 1.5, 40), Measurement(1.5, 190.0, 1.5, 40)],
        "material": [Measurement(3.0, 80.0, 4.25, 70)] * 3,
    },
    2000: {
        "ours": [Measurement(20.0, 400.0, 99.0, 4000)],
        "ours-again": [Measurement(4.0, 300.0, 99.0, 4000)],
        "material": [Measurement(185.0, 500.0, 900.0, 2100)],
        "zensical": [Measurement(19.0, 700.0, 800.0, 2100)],
    },
}
PREVIEWS = {
    27: PreviewMeasurement(1.5, (0.5, 0.25, 0.75), (1.0,)),
    200: PreviewMeasurement(3.0, (1.25, 0.75, 1.0), (2.0, 4.0, 3.0)),
    2000: PreviewMeasurement(30.0, (2.0, 2.5), (9.0, 8.0)),
}
PDFS = [PdfMeasurement("ours", (2.0, 4.0, 3.0), 91, 0.954, True), PdfMeasurement("other", (8.0, 9.0, 7.0), 242, 1.37, False)]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 100 pages."""
    root = tmp_path_factory.mktemp("corpus") / "project"
    write_corpus(root, 100)
    return root


def test_a_corpus_is_a_project_without_diagnostics(corpus: Path) -> None:
    assert count_pages(corpus) == 100
    assert find_diagnostics(corpus, os.environ, MACROS) == []


def test_a_corpus_is_the_same_every_time(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "again", 100)
    assert contents(tmp_path / "again") == contents(corpus)


def test_pages_of_a_corpus_are_as_long_as_the_projects_own(tmp_path: Path) -> None:
    """In bytes, within a tenth: the figures depend on it. The pages of the plan and the goals are not counted, which are facts in a few lines."""
    write_corpus(tmp_path / "large", 200)

    def mean(root: Path, *folders: str) -> float:
        pages = {page.relative_to(root / folder): page for folder in folders for page in (root / folder).rglob("*.md")}
        left_out = {"skabeloner", "procesplan", "maal", "eksempel", "makroer.md"}  # the last two are in no corpus
        sizes = [page.stat().st_size for path, page in pages.items() if left_out.isdisjoint(path.parts)]
        return sum(sizes) / len(sizes)

    assert mean(tmp_path / "large", "docs") == pytest.approx(mean(ROOT, "pages", "docs"), rel=0.1)


def test_a_corpus_with_documents_or_for_another_municipality_is_right_too(tmp_path: Path) -> None:
    write_corpus(tmp_path / "documents", 100, documents=True)
    write_corpus(tmp_path / "other", 100, municipality="Eksempelby", shared=True)
    former = yaml.safe_load(re.sub("!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8")))["extra"]["organisation"].split()[0]
    assert find_diagnostics(tmp_path / "documents", os.environ, MACROS) == find_diagnostics(tmp_path / "other", os.environ, MACROS) == []
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "other").glob("docs/**/*.md"))
    assert former not in pages + (tmp_path / "other" / "mkdocs.yml").read_text("utf-8") and "Eksempelby Kommune" in pages


@pytest.mark.parametrize("builder", [builder for builder in BUILDERS + PDF_BUILDERS if builder.peer], ids=lambda builder: builder.key)
def test_a_peer_gets_every_page_and_nothing_that_it_cannot_read(builder: Builder, corpus: Path, tmp_path: Path) -> None:
    make_project(builder, corpus, tmp_path / "peer")
    assert count_pages(tmp_path / "peer") == len(list((tmp_path / "peer" / "docs").rglob("*.md"))) == 100
    text = (tmp_path / "peer" / "mkdocs.yml").read_text("utf-8")
    configuration = yaml.safe_load(re.sub("!ENV|!!python/name:", "", text))
    menu = yaml.safe_dump(configuration["nav"])
    assert "/*" not in menu and "emne-000/side-01.md" in menu
    assert configuration["theme"]["name"] == "material" and "custom_dir" not in configuration["theme"]
    assert "kanalstrategi" not in yaml.safe_dump(configuration["plugins"]) and "watch" not in configuration
    extensions = yaml.safe_dump(configuration["markdown_extensions"])
    assert (tmp_path / "peer" / "peer_extensions.py").is_file()
    assert "ItemPermalinks" in extensions and "TaskLists" in extensions and "slugify: kanalstrategi.danish.slugs.slug" in extensions
    assert configuration["theme"]["features"] == (["navigation.prune"] if builder.prune else [])
    assert "permalink: '#'" in extensions
    modules = [plugin["macros"]["module_name"] for plugin in configuration["plugins"] if "macros" in plugin]
    assert modules == ([] if builder.macros == EXPANDED else [builder.macros])
    assert all((tmp_path / "peer" / f"{module}.py").is_file() for module in modules)
    page = (tmp_path / "peer" / "docs" / "retningslinjer" / "skoler.md").read_text("utf-8")
    assert page.count('{{ rules("') == (0 if builder.macros == EXPANDED else 8)
    assert page.count("quoted-rules") == (8 if builder.macros == EXPANDED else 0)


@pytest.mark.parametrize("peer", sorted({builder.peer for builder in BUILDERS + PDF_BUILDERS} - {""}))
def test_every_package_of_a_peer_is_pinned(peer: str) -> None:
    lines = (ROOT / "bench" / "peers" / f"{peer}.txt").read_text("utf-8").splitlines()
    assert lines and [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_the_product_does_not_need_the_benchmarks() -> None:
    others = [*ROOT.glob("macros/**/*.py"), *ROOT.glob("kanalstrategi/**/*.py"), *(ROOT / "scripts").glob("*.py")]
    users = {file.name for file in others if re.search(r"^\s*(from|import) bench\b", file.read_text("utf-8"), re.MULTILINE)}
    assert users == {"bench.py", "screenshots.py"}


def test_table_of_one_size() -> None:
    assert size_table(RESULTS[27]).splitlines() == [
        "| | Seconds, median | least–most | × ours | Memory, MB | Output, MB | Files |",
        "|---|---:|---:|---:|---:|---:|---:|",
        "| ours | 1.50 | 1.00–3.00 | 1.00 | 200 | 1.5 | 40 |",
        "| Material | 3.00 | 3.00–3.00 | 2.00 | 80 | 4.2 | 70 |",
    ]


def test_table_of_pdfs() -> None:
    assert pdf_table(PDFS).splitlines()[2:] == [
        "| ours | 3.00 | 2.00–4.00 | 1.00 | 91 | 0.95 | yes |",
        "| other | 8.00 | 7.00–9.00 | 2.67 | 242 | 1.37 | no |",
    ]


def test_table_of_the_preview() -> None:
    assert preview_table(PREVIEWS).splitlines()[2:] == [
        "| 27 | 1.50 | 0.50 | 0.25–0.75 | 1.00 | 1.00–1.00 |",
        "| 200 | 3.00 | 1.00 | 0.75–1.25 | 3.00 | 2.00–4.00 |",
        "| 2000 | 30.00 | 2.25 | 2.00–2.50 | 8.50 | 8.00–9.00 |",
    ]


def test_table_of_where_the_time_goes() -> None:
    nothing = dict.fromkeys(PHASES, 0.0)
    first = Profile({START: 1.0, **nothing, "rendering the pages": 2.0, "compression": 4.0, REST: 1.0})
    again = Profile({START: 0.75, **nothing, REST: 0.25})
    rows = profile_table(first, again).splitlines()[2:]
    assert len(rows) == len(PHASES) + 3
    assert rows[0] == f"| {START} | 1.00 | 12 | 0.75 | 75 |"
    assert "| rendering the pages | 2.00 | 25 | 0.00 | 0 |" in rows
    assert rows[-2:] == [f"| {REST} | 1.00 | 12 | 0.25 | 25 |", "| **together** | 8.00 | 100 | 1.00 | 100 |"]


def test_growth_table() -> None:
    more = {**RESULTS, 5000: {"ours": [Measurement(53.0, 900.0, 250.0, 10000)], "ours-again": [Measurement(10.0, 300.0, 250.0, 10000)]}}
    assert growth_table(more).splitlines() == [
        "| Milliseconds a page | 27 pages | 2000 pages | 5000 pages | each more, 27–2000 | each more, 2000–5000 |",
        "|---|---:|---:|---:|---:|---:|",
        "| ours | 55.6 | 10.0 | 10.6 | 9.4 | 11.0 |",
        "| ours, again | | 2.0 | 2.0 | | 2.0 |",
    ]
    assert growth_table({27: RESULTS[27]}) == ""


def test_targets() -> None:
    assert targets_table(RESULTS, PDFS, PREVIEWS).splitlines()[2:] == [
        f"| 2000 pages: ours, of Zensical | 0.70 | 1.05 | **no** | {REASONS[ZENSICAL]} |",
        "| 2000 pages: ours, of Material | 0.15 | 0.11 | yes | |",
        "| 2000 pages: nothing changed, seconds | 1.00 | 4.00 | **no** | |",
        f"| 200 pages: saved to reloaded, seconds | 0.40 | 1.00 | **no** | {REASONS[SAVED]} |",
        f"| 2000 pages: saved to reloaded, seconds | 2.00 | 2.25 | **no** | {REASONS[SAVED]} |",
        f"| PDF: ours, of other | 0.25 | 0.38 | **no** | {REASONS[PDF]} |",
    ]
    assert targets_table({27: RESULTS[27]}) == targets_table({27: RESULTS[27]}, (), {27: PREVIEWS[27]}) == ""


def test_memory_is_a_target_of_its_own() -> None:
    large = {"ours": [Measurement(60.0, 760.0, 1, 1)]}
    assert targets_table({5000: large}).splitlines()[2:] == ["| 5000 pages: memory of a first build, MB | 1000.00 | 760.00 | yes | |"]


def test_every_reason_is_one_of_a_target_and_one_cell() -> None:
    names = {SAVED, PDF, AGAIN, MEMORY, *(name for _, _, _, name in TARGETS)}
    names |= {name.format(n=pages, other="") for name in names for pages in (200, 2000)}
    assert REASONS.keys() - names == set()
    assert [why for why in REASONS.values() if "|" in why or "\n" in why or not why.endswith(".")] == []


def test_chart(request: pytest.FixtureRequest) -> None:
    svg = chart(RESULTS, CHART_TOKENS)
    if request.config.getoption("--renew-golden"):
        CHART.write_text(svg, encoding="utf-8")
    assert svg == CHART.read_text(encoding="utf-8")


def test_chart_has_a_description_and_stays_inside() -> None:
    root = etree.fromstring(chart(RESULTS, tokens()))
    labels = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("aria-labelledby", "").split() == list(labels)
    assert "Material: 27 pages 3.00, 2000 pages 185.00" in str(labels["description"])
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    for circle in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 < float(circle.get("cx", "")) < width and 0 < float(circle.get("cy", "")) < height


def test_chart_of_one_size_and_of_one_builder() -> None:
    etree.fromstring(chart({27: {"ours": RESULTS[27]["ours"]}}, tokens()))


def test_labels_are_right_of_the_chart_even_if_the_largest_site_is_only_ours() -> None:
    root = etree.fromstring(chart({**RESULTS, 5000: {"ours": [Measurement(53.0, 900.0, 250.0, 10000)]}}, tokens()))
    names = [text for text in root.iter("{http://www.w3.org/2000/svg}text") if str(text.text).endswith(" s")]
    assert len(names) == 4 and len({text.get("x") for text in names}) == 1


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 500), max_size=12))
def test_labels_keep_their_order_and_their_distance(places: dict[str, float]) -> None:
    labels = spread(places, LINE)
    ordered = sorted(places, key=lambda key: places[key])
    assert all(labels[below] - labels[above] >= LINE - 0.2 for above, below in itertools.pairwise(ordered))


def test_the_preview_is_measured_until_an_edit_and_a_title_show(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(corpus, root)
    before = contents(root / "docs")
    preview = measure_preview(Path(sys.executable), root, os.environ, edits=2, titles=1)
    assert len(preview.edits) == 2 and len(preview.titles) == 1
    assert min(preview.edits + preview.titles) > 0 and preview.start > 0
    assert contents(root / "docs") == before
    assert (root / "bench.log").read_text("utf-8").count("Reloading browsers") >= 3  # more if MkDocs sees the page restored


def test_a_preview_that_does_not_start_is_reported_with_its_log(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(corpus, root)
    page = root / "docs" / f"{EDITED}.md"
    page.write_text(page.read_text("utf-8") + '\n{{ rules("ukendt") }}\n', encoding="utf-8")
    with pytest.raises(BuildError, match="kanalen ukendt findes ikke"):
        measure_preview(Path(sys.executable), root, os.environ)


def test_a_preview_ends_with_every_process_that_it_has_started(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(corpus, root)
    with pytest.raises(ZeroDivisionError), serving(Path(sys.executable), root, os.environ) as server:
        server.wait_for("/")
        raise ZeroDivisionError
    with pytest.raises(ConnectionRefusedError):
        server.get("/")


def test_every_phase_of_a_first_build_is_found_and_each_second_counted_once(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(corpus, root)
    started = time.perf_counter()
    first = profile_build(Path(sys.executable), root, os.environ, is_first=True)
    whole = time.perf_counter() - started
    assert list(first.seconds) == [START, *PHASES, REST]
    assert min(first.seconds.values()) > 0 and first.total <= whole
    again = profile_build(Path(sys.executable), root, os.environ, is_first=False)
    assert again.seconds["rendering the pages"] == again.seconds["compression"] == 0
    with pytest.raises(BuildError, match=r"does not call .*build_index"):
        profile_build(Path(sys.executable), root, os.environ, is_first=True)  # although it is not


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("kanalstrategi.checks.runner:chekc_project", "has no attribute 'chekc_project'"),
        ("kanalstrategi.chekcs:check_project", "No build loads kanalstrategi.chekcs:check_project"),
    ],
)
def test_a_function_that_is_gone_fails_the_profile(name: str, error: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    shutil.copytree(corpus, root)
    monkeypatch.setattr(profiling, "PHASES", {"checking them": (name,)})
    with pytest.raises(BuildError, match=error):
        profile_build(Path(sys.executable), root, os.environ, is_first=False)


def test_the_clock_runs_for_one_phase_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 1.0, 3.0, 7.0, 15.0, 31.0])
    monkeypatch.setattr("bench.profiled.time.perf_counter", lambda: next(now))
    clock = Clock("start")
    inner = clock.timed(lambda number: number + 1, "inner", "compression")
    outer = clock.timed(lambda number: inner(number) * 2, "outer", "writing")
    assert outer(1) == 4
    clock.count()
    assert clock.seconds == {"start": 1.0 + 16.0, "writing": 2.0 + 8.0, "compression": 4.0}
    assert clock.calls == {"inner": 1, "outer": 1}


def test_what_python_itself_needs_belongs_to_the_start() -> None:
    seconds = seconds_by_phase({START: 1.0, "compression": 2.0, REST: 3.0}, 6.5)
    assert (seconds[START], seconds["compression"], seconds["rendering the pages"], seconds[REST]) == (1.5, 2.0, 0.0, 3.0)


def test_the_immediate_executor_does_everything_in_order() -> None:
    done: list[int] = []
    with ImmediateExecutor(4) as pool:
        assert pool.submit(len, "four").result() == 4
        pool.map(done.append, [3, 1, 2])
    assert done == [3, 1, 2]


@pytest.mark.slow
def test_sites_built_by_one_process_equal_those_built_alone_and_become_a_portal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page, menu, count or style of one gets into another."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    sites = [tmp_path / "sites/001", tmp_path / "sites/002"]
    for number, site in enumerate(sites):
        write_corpus(site, 20 + 20 * number, municipality=f"Eksempelby-{number}", shared=True)
    build_all([*sites, sites[0]], 1)
    together = [contents(site / "site") for site in sites]
    Bench(tmp_path, tmp_path).measure_portal(tmp_path / "sites")
    assert re.fullmatch(r"portal: [0-9.]+ s, \d+ MB of memory at most, \d+ MB in \d{3,} files; its search .*\n", capsys.readouterr().out)
    assert {file.parent.name for file in (tmp_path / ".bench" / "work" / "portal" / "out").glob("*/index.html")} >= {"kommune-001", "kommune-002"}
    for site, built in zip(sites, together, strict=True):
        shutil.rmtree(site / ".cache")
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=site, check=True)
        assert contents(site / "site") == built


def test_figures_from_the_browser_become_tables() -> None:
    search = search_table([SearchMeasurement(27, (10.0, 20.0, 30.0)), SearchMeasurement(2000, (40.0, 60.0, 80.0))])
    assert search.splitlines()[2:] == ["| 27 | 20 | 29 | 30 | 50 | yes |", "| 2000 | 60 | 78 | 80 | 50 | **no** |"]
    seconds = {"First paint, s": 1.08, "Largest paint, s": 1.5, "Blocked, s": 0.0}
    lighthouse = lighthouse_table([LighthouseMeasurement("", (97, 100, 99), seconds), LighthouseMeasurement("soeg/", (90,), seconds)])
    assert lighthouse.splitlines()[2:] == [
        "| front page | 99 | 97–100 | 1.08 | 1.50 | 0.00 | 98 | yes |",
        "| `soeg/` | 90 | 90–90 | 1.08 | 1.50 | 0.00 | 98 | **no** |",
    ]
