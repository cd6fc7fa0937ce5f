"""Whatever is in a page, the site is built, or the page is reported with a line: there is never a traceback, and nothing foreign in the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from kanalstrategi.checks.macro_calls import check_macro_calls
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import encode_tree
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.html5 import foreign_elements, is_foreign, structure_in_browser, structure_of
from tests.support.pages import FRONT, without_menu
from tests.support.project import EPOCH, ROOT, Project
from tests.support.random_pages import MIXED, PAGE

PAGES = 1000
CONTENT = read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content
FORMAAL = CONTENT.pages["strategi/formaal.md"]
PLACE = re.compile(r"docs/strategi/(side-[0-9]+)\.md:(\d+): .+ – .+")


def pages(number: int) -> list[str]:
    """Return some number of different pages.

    Hypothesis also draws words from the constants of the modules that are loaded, so that the pages of the whole run are others than those
    of this test alone.
    """
    found: list[str] = []

    @seed(20261124)
    @settings(max_examples=number * 2, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.one_of(PAGE, MIXED))
    def collect(page: str) -> None:
        if len(found) < number and page not in found:
            found.append(page)

    collect()
    return found


@seed(20261127)
@settings(max_examples=2000, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=MIXED)
def test_two_thousand_pages_hold_nothing_foreign_and_nothing_that_a_browser_moves(text: str) -> None:
    text = text.replace("\r", "\n").encode("utf-8", "replace").decode()
    parsed = parse(text)
    reported = [diagnostic.in_file(FORMAAL.path) for diagnostic in parsed.diagnostics]
    reported += check_macro_calls(FORMAAL, parsed, CONTENT, MACROS)
    assert all(1 <= diagnostic.line <= text.count("\n") + 1 for diagnostic in reported)
    before = encode_tree(parsed.root)
    first, second = (render_page(parsed, FORMAAL, CONTENT, MACROS, files={FORMAAL.path}, assets="assets").root for _ in range(2))
    html = write_html(first.children)
    assert encode_tree(parsed.root) == before and html == write_html(second.children)
    assert foreign_elements(first) == [] and not is_foreign(html)
    event("reported" if reported else "published")
    if not reported:
        assert structure_in_browser(html) == structure_of(first.children)


@pytest.mark.slow
def test_a_thousand_pages_are_built_or_reported(project: Project) -> None:
    without_menu(project)
    menu = "nav:\n  - index.md\n  - strategi/*\n  - kanaler/*\n  - retningslinjer/*\n  - redaktoer/*\n"
    others = ["kanaler/index.md", "retningslinjer/index.md", "medarbejdere.md", "nyt.md", "udgaver/index.md", "svar/index.md", "svar/*"]
    others += ["vaelg-kanal.md", "regler.md", "opfoelgning.md", "soeg.md", "redaktoer/index.md"]
    others += ["status.md", "data.md"]
    others += [f"{folder}/{name}" for folder in ("maal", "procesplan", "materiale", "tilgaengelighed") for name in ("index.md", "*")]
    project.write("mkdocs.yml", (project.root / "mkdocs.yml").read_text(encoding="utf-8") + menu + "".join(f"  - {path}\n" for path in others))
    document = "  documents:\n    alt:\n      name: alt\n      opening: index.md\n      pages:\n        - strategi/\n"
    project.replace("mkdocs.yml", "extra:\n", f"extra:\n{document}")
    texts = {f"side-{number:04}": text.replace("\r", "\n") for number, text in enumerate(pages(PAGES))}
    assert len(texts) == PAGES
    for name, text in texts.items():
        # Editors cannot save a page that is not valid Unicode.
        body = text.encode("utf-8", "replace").decode()
        project.write(f"docs/strategi/{name}.md", FRONT.format(description="x") + body)
    reported = project.check()
    for line in reported:
        match = PLACE.fullmatch(line)
        assert match, line
        page = (project.root / f"docs/strategi/{match.group(1)}.md").read_text(encoding="utf-8")
        assert 1 <= int(match.group(2)) <= page.count("\n") + 1, line
    for name in {line.partition(":")[0] for line in reported}:
        (project.root / name).unlink()
    good = len(list((project.root / "docs/strategi").glob("side-*.md")))
    assert PAGES / 10 < good < PAGES  # both outcomes occur
    stopped: list[str] = []
    while len(stopped) < 25:
        process = project.build()
        output = process.stdout + process.stderr
        assert "Traceback" not in output, output[-3000:]
        if process.returncode == 0:
            break
        said = [line.strip() for line in output.split("\n") if line.strip() and "  Side " not in line]
        places = {match.group(1) for line in said if (match := PLACE.fullmatch(line))}
        assert places, "\n".join(said)
        stopped += sorted(places)
        for name in places:
            (project.root / f"docs/strategi/{name}.md").unlink()
    else:
        pytest.fail(f"the build finds too much that check.py does not: {stopped}")
    print(f"{PAGES} pages: {PAGES - good} told of by check.py, {len(stopped)} by the build, {good - len(stopped)} built")
    built = list((project.site / "strategi").glob("side-*/index.html"))
    assert len(built) == good - len(stopped)
