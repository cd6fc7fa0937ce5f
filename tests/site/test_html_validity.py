"""Every page of the site is valid HTML: the Nu HTML checker finds no error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kanalstrategi.editor import download
from tests.support.project import ROOT


@pytest.mark.evidence("9.4.1.1", how="html")
def test_the_html_checker_finds_no_error(site: Path) -> None:
    program = download.fetch_locked(ROOT / "tests" / "tools") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # The editor in the browser (admin/) is not ours.
    pages = sorted(str(page) for page in site.rglob("*.html") if "admin" not in page.relative_to(site).parts)
    assert len(pages) > 20
    process = subprocess.run(["java", "-jar", str(program), "--format", "json", *pages], capture_output=True, text=True)
    reported = json.loads(process.stderr)["messages"]
    lines: dict[str, list[str]] = {"error": [], "info": []}
    for each in reported:
        where = each.get("url", "").removeprefix(site.as_uri().replace("file://", "file:") + "/")
        lines[each["type"] if each["type"] == "info" else "error"].append(f"{where}:{each.get('lastLine', 0)} {each['message']}")
    print(*dict.fromkeys(lines["info"]), sep="\n")
    assert lines["error"] == [], "\n" + "\n".join(dict.fromkeys(lines["error"]))
