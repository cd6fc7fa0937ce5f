"""Lighthouse, as a slow phone sees the site: everything in the categories that do not depend on speed, and what can be counted.

Its score for performance depends on what else the machine does: `python3 scripts/bench.py --only lighthouse` measures it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.lighthouse import PATHS, LighthouseReport, run_lighthouse

SEARCH_PATH = "soeg/"
CATEGORIES = ("accessibility", "best-practices", "seo")
COUNTS = ("total-byte-weight", "network-requests", "dom-size-insight", "cumulative-layout-shift", "render-blocking-insight")
"""Of its category for performance, whose other audits take longer than these."""
AT_ONCE = 2
"""How many pages are looked at side by side: half of the time, Lighthouse waits until a page does nothing more."""
MAX_BYTES, MAX_BYTES_OF_SEARCH = 55_000, 80_000
"""Compressed, with headers, of a page and everything that it loads. The search page also loads its modules and the index."""
MAX_REQUESTS, MAX_REQUESTS_OF_SEARCH = 7, 14
MAX_ELEMENTS, MAX_ELEMENTS_OF_SEARCH = 800, 1_200
"""Beyond 800, Lighthouse says that a page is large. The search page holds the whole index of terms, for readers without JavaScript."""
MAX_LAYOUT_SHIFT = 0.1
"""The limit of a good page at web.dev/articles/cls. A page that is drawn before all of it has arrived moves its last line a
little (0.01 was seen), at a place that depends on how fast the machine is; a script that moves a section goes beyond the limit."""


def counted(report: LighthouseReport) -> dict[str, float]:
    """Return the figures of the performance category whose limits hold on every machine."""
    (elements,) = (item["value"]["value"] for item in report.items("dom-size-insight") if item["statistic"] == "Total elements")
    return {
        "bytes": report.value("total-byte-weight"),
        "requests": len(report.items("network-requests")),
        "elements": elements,
        "layout shift": report.value("cumulative-layout-shift"),
    }


@pytest.mark.evidence("9.1.1.1", "9.1.4.3", "9.2.4.2", "9.2.4.4", "9.3.1.1", "9.4.1.2", how="lighthouse")
@pytest.mark.slow
def test_lighthouse_finds_nothing(nginx_url: str) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        reports = dict(zip(PATHS, pool.map(lambda path: run_lighthouse(nginx_url + path, CATEGORIES, COUNTS), PATHS), strict=True))
    assert {path: found for path, report in reports.items() if (found := faults(path, report))} == {}


def faults(path: str, report: LighthouseReport) -> dict[str, object]:
    """Return what is wrong on a page: scores below 100 with their audits, figures beyond their limit, and what the first paint waits for."""
    figures = counted(report)
    print(f"{path or '(front page)'}: {report.scores}, {figures}")
    is_search = path == SEARCH_PATH
    most = {
        "bytes": MAX_BYTES_OF_SEARCH if is_search else MAX_BYTES,
        "requests": MAX_REQUESTS_OF_SEARCH if is_search else MAX_REQUESTS,
        "elements": MAX_ELEMENTS_OF_SEARCH if is_search else MAX_ELEMENTS,
        "layout shift": MAX_LAYOUT_SHIFT,
    }
    found: dict[str, object] = {name: figure for name, figure in figures.items() if figure > most[name]}
    if {name: report.scores[name] for name in CATEGORIES} != dict.fromkeys(CATEGORIES, 100):
        found["audits"] = report.low_audits
    # It waits for the style and for nothing else.
    if blocking := [item["url"] for item in report.items("render-blocking-insight") if not item["url"].endswith("/site.css")]:
        found["blocking"] = blocking
    return found
