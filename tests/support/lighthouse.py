"""Lighthouse, which looks at a page as a slow phone does. It comes from npm, locked in `tests/tools/`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kanalstrategi.editor import download
from tests.support.project import ROOT

PATHS = ("", "kanaler/telefon-og-videomoeder/", "retningslinjer/skoler/", "retningslinjer/", "soeg/")
"""One page of each kind, relative to the site's root."""
CHROMIUM_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)
MIN_AUDIT_SCORE = 0.9
"""Below it, Lighthouse shows an audit in another color than green."""
_MAX_TRIES = 3
_MAX_SECONDS_PER_RUN = 300
"""Only what hangs is stopped."""


@dataclass(frozen=True)
class LighthouseReport:
    """What Lighthouse has found on a page."""

    scores: dict[str, int]
    """Of 100, by category."""
    audits: dict[str, Any]
    """Its audits as JSON, by id."""
    low_audits: list[str]
    """Those that count and are not green, as `id score`."""

    def value(self, audit: str) -> float:
        """Return the figure that an audit has measured; 0 if it had nothing to measure."""
        return float(self.audits[audit].get("numericValue") or 0)

    def items(self, audit: str) -> list[dict[str, Any]]:
        """Return what an audit lists; nothing if it had nothing to say."""
        details = self.audits[audit].get("details") or {}
        return list(details.get("items") or [])


def run_lighthouse(url: str, categories: Sequence[str], more: Sequence[str] = ()) -> LighthouseReport:
    """Visit a page with Lighthouse, for all audits of some categories and `more` of them. Nothing is reported to anybody."""
    program = download.fetch_locked(ROOT / "tests" / "tools") / "lighthouse" / "cli" / "index.js"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    options = [f"--only-categories={','.join(categories)}", f"--chrome-flags={CHROMIUM_FLAGS}", "--disable-full-page-screenshot"]
    if more:
        options.append(f"--only-audits={','.join(more)}")
    command = [str(download.fetch_node()), str(program), url, "--quiet", "--output=json", "--no-enable-error-reporting", *options]
    environment = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(_MAX_TRIES):
        process = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_MAX_SECONDS_PER_RUN)
        if "Please run Lighthouse again" not in process.stderr:  # it lost the browser's trace: NO_NAVSTART, on a busy machine
            break
    assert process.returncode == 0, process.stderr
    report = json.loads(process.stdout)
    audits = report["audits"]
    counted = [reference["id"] for category in report["categories"].values() for reference in category["auditRefs"] if reference["weight"]]
    low = [f"{id} {score}" for id in counted if (score := audits[id]["score"]) is not None and score < MIN_AUDIT_SCORE]
    scores = {name: round(100 * (category["score"] or 0)) for name, category in report["categories"].items()}
    return LighthouseReport(scores, audits, low)
