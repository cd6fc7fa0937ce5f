"""Lighthouse, as a slow phone sees the site: everything in the categories that do not depend on speed, and what can be counted.

Its score for performance depends on what else the machine does: `python3 scripts/bench.py --only lighthouse` measures it.
"""

from __future__ import annotations

import pytest

from tests.support.lighthouse import PATHS, LighthouseReport, run_lighthouse

SEARCH_PATH = "soeg/"
CATEGORIES = ("accessibility", "best-practices", "seo")
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
@pytest.mark.parametrize("path", PATHS)
def test_lighthouse_finds_nothing(nginx_url: str, path: str) -> None:
    report = run_lighthouse(nginx_url + path, (*CATEGORIES, "performance"))
    figures = counted(report)
    print(f"{path or '(front page)'}: {report.scores}, {figures}")
    assert {name: report.scores[name] for name in CATEGORIES} == dict.fromkeys(CATEGORIES, 100), report.low_audits
    is_search = path == SEARCH_PATH
    most = {
        "bytes": MAX_BYTES_OF_SEARCH if is_search else MAX_BYTES,
        "requests": MAX_REQUESTS_OF_SEARCH if is_search else MAX_REQUESTS,
        "elements": MAX_ELEMENTS_OF_SEARCH if is_search else MAX_ELEMENTS,
        "layout shift": MAX_LAYOUT_SHIFT,
    }
    assert {name: figure for name, figure in figures.items() if figure > most[name]} == {}
    # The first paint waits for the style and for nothing else.
    assert [item["url"] for item in report.items("render-blocking-insight") if not item["url"].endswith("/site.css")] == []
