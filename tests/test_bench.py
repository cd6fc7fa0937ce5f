"""What is measured by is whole and the same every time, and figures become the table and the chart that they should. No times."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
import yaml
from conftest import EPOCH, ROOT
from hypothesis import given
from hypothesis import strategies as st

from bench.corpus import pages_in, write_corpus
from bench.measure import Measured
from bench.peers import BUILDERS, PDF_BUILDERS, Builder, make_project
from bench.report import LINE, PdfMeasured, chart, pdf_table, spread, table, targets
from bench.sites import build_all
from macros.checks import find_problems
from overrides.tokens import tokens

CHART = Path(__file__).parent / "bench" / "chart.svg"
CHART_TOKENS = {"--k-page": "#fff", "--k-text": "#111", "--k-line": "#ccc", "--k-link": "#00f", "--k-overdue": "#f00", "--k-edge": "#888"}
RESULTS = {
    27: {
        "ours": [Measured(1.0, 200.4, 1.5, 40), Measured(3.0, 210.0, 1.5, 40), Measured(1.5, 190.0, 1.5, 40)],
        "material": [Measured(3.0, 80.0, 4.25, 70)] * 3,
    },
    2000: {
        "ours": [Measured(20.0, 400.0, 99.0, 4000)],
        "ours-again": [Measured(4.0, 300.0, 99.0, 4000)],
        "material": [Measured(185.0, 500.0, 900.0, 2100)],
        "zensical": [Measured(19.0, 700.0, 800.0, 2100)],
    },
}
PDFS = [PdfMeasured("ours", (2.0, 4.0, 3.0), 91, 0.954, True), PdfMeasured("other", (8.0, 9.0, 7.0), 242, 1.37, False)]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus") / "project"
    write_corpus(root, 30)
    return root


def test_a_corpus_is_a_project_without_a_problem(corpus: Path) -> None:
    assert pages_in(corpus) == 30
    assert find_problems(corpus, os.environ) == []


def test_a_corpus_is_the_same_every_time(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "again", 30)
    assert contents(tmp_path / "again") == contents(corpus)


def test_pages_of_a_corpus_are_as_long_as_the_projects_own(tmp_path: Path) -> None:
    """In bytes, within a tenth: what is made of them is what is measured."""
    write_corpus(tmp_path / "large", 200)

    def mean(root: Path) -> float:
        sizes = [page.stat().st_size for page in root.glob("docs/**/*.md") if "skabeloner" not in page.parts]
        return sum(sizes) / len(sizes)

    assert mean(tmp_path / "large") == pytest.approx(mean(ROOT), rel=0.1)


def test_a_corpus_with_documents_or_for_another_municipality_is_right_too(tmp_path: Path) -> None:
    write_corpus(tmp_path / "documents", 30, documents=True)
    write_corpus(tmp_path / "other", 30, municipality="Eksempelby", shared=True)
    former = yaml.safe_load(re.sub("!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8")))["extra"]["organisation"].split()[0]
    assert find_problems(tmp_path / "documents", os.environ) == find_problems(tmp_path / "other", os.environ) == []
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "other").glob("docs/**/*.md"))
    assert former not in pages + (tmp_path / "other" / "mkdocs.yml").read_text("utf-8") and "Eksempelby Kommune" in pages


@pytest.mark.parametrize("builder", [builder for builder in BUILDERS + PDF_BUILDERS if builder.peer], ids=lambda builder: builder.key)
def test_a_peer_is_given_every_page_and_nothing_that_it_cannot_read(builder: Builder, corpus: Path, tmp_path: Path) -> None:
    make_project(builder, corpus, tmp_path / "peer")
    assert pages_in(tmp_path / "peer") == len(list((tmp_path / "peer" / "docs").rglob("*.md"))) == 30
    text = (tmp_path / "peer" / "mkdocs.yml").read_text("utf-8")
    configuration = yaml.safe_load(re.sub("!ENV|!!python/name:", "", text))
    menu = yaml.safe_dump(configuration["nav"])
    assert "/*" not in menu and "emne-000/side-01.md" in menu
    assert configuration["theme"]["name"] == "material" and "hooks" not in configuration and "custom_dir" not in configuration["theme"]
    assert configuration["theme"]["features"] == (["navigation.prune"] if builder.prune else [])
    assert "permalink: '#'" in yaml.safe_dump(configuration["markdown_extensions"])
    page = (tmp_path / "peer" / "docs" / "retningslinjer" / "skoler.md").read_text("utf-8")
    assert page.count('{{ rules("') == (0 if builder.macros == "expanded" else 8)
    assert page.count("quoted-rules") == (8 if builder.macros == "expanded" else 0)


@pytest.mark.parametrize("peer", sorted({builder.peer for builder in BUILDERS + PDF_BUILDERS} - {""}))
def test_all_that_a_peer_is_made_of_is_pinned(peer: str) -> None:
    lines = (ROOT / "bench" / "peers" / f"{peer}.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_nothing_of_the_product_needs_the_measuring() -> None:
    others = [*ROOT.glob("macros/**/*.py"), *ROOT.glob("overrides/**/*.py"), *(ROOT / "scripts").glob("*.py")]
    assert [file.name for file in others if re.search(r"^\s*(from|import) bench\b", file.read_text("utf-8"), re.MULTILINE)] == ["bench.py"]


def test_table() -> None:
    assert table(RESULTS[27]).splitlines() == [
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


def test_targets() -> None:
    assert targets(RESULTS, PDFS).splitlines()[2:] == [
        "| 2000 pages: ours, of Zensical | 1.00 | 1.05 | **no** |",
        "| 2000 pages: ours, of Material | 0.50 | 0.11 | yes |",
        "| 2000 pages: again, of the first | 0.20 | 0.20 | yes |",
        "| PDF: ours, of other | 0.50 | 0.38 | yes |",
    ]
    assert targets({27: RESULTS[27]}) == ""


def test_chart(request: pytest.FixtureRequest) -> None:
    made = chart(RESULTS, CHART_TOKENS)
    if request.config.getoption("--renew-golden"):
        CHART.write_text(made, encoding="utf-8")
    assert made == CHART.read_text(encoding="utf-8")


def test_chart_is_told_in_words_and_stays_inside() -> None:
    root = etree.fromstring(chart(RESULTS, tokens()))
    told = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("aria-labelledby", "").split() == list(told)
    assert "Material: 27 pages 3.00, 2000 pages 185.00" in str(told["told"])
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    for circle in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 < float(circle.get("cx", "")) < width and 0 < float(circle.get("cy", "")) < height


def test_chart_of_one_size_and_of_one_builder() -> None:
    etree.fromstring(chart({27: {"ours": RESULTS[27]["ours"]}}, tokens()))


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 500), max_size=12))
def test_labels_keep_their_order_and_their_distance(places: dict[str, float]) -> None:
    found = spread(places, LINE)
    ordered = sorted(places, key=lambda key: places[key])
    assert all(found[below] - found[above] >= LINE - 0.2 for above, below in zip(ordered, ordered[1:], strict=False))


@pytest.mark.slow
def test_sites_that_one_process_has_built_are_those_that_are_built_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page, menu, number of rules or style of one gets into another."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    sites = [tmp_path / "first", tmp_path / "second"]
    for number, site in enumerate(sites):
        write_corpus(site, 20 + 20 * number, municipality=f"Eksempelby-{number}", shared=True)
    build_all([*sites, sites[0]], 1)
    together = [contents(site / "site") for site in sites]
    for site, found in zip(sites, together, strict=True):
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=site, check=True)
        assert contents(site / "site") == found
