"""One run of the checks reports everything, on the right line, in time that grows with the pages, and in formats that tools read."""

from __future__ import annotations

import cProfile
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.checks.readability import lix
from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.cli.formats import as_annotation, as_json
from kanalstrategi.content.project import read_project
from kanalstrategi.design.fonts import FONT, FONT_FOLDER, FONTS, font_bytes
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.parser import parse
from macros import MACROS
from tests.support.pages import FRONT, without_menu
from tests.support.project import EPOCH, ROOT, Project

BUILT = {"SOURCE_DATE_EPOCH": str(EPOCH)}
HEAD = FRONT.format(description="x")
LINE = HEAD.count("\n") + 1
"""The line where a page's text begins."""

# What is added or changed, the line of the mistake, and how its message begins.
BROKEN = [
    ('{{ rules("ukendt") }}', LINE, "kanalen ukendt findes ikke"),
    ("a\n\n{{ status }}", LINE + 2, "makroen status mangler sine parenteser"),
    ("a\n\n\n{% for a in b %}", LINE + 3, "{% for %} kan ikke bruges på en side"),
    ("[a](findes-ikke.md)", LINE, "linket peger på findes-ikke.md"),
    ("a\n[a](formaal.md#findes-ikke)", LINE + 1, "linket peger på #findes-ikke"),
    ("![](../billeder/logo.svg)", LINE, "billedet ../billeder/logo.svg mangler en beskrivelse"),
    ("![a](findes-ikke.png)", LINE, "billedet peger på findes-ikke.png"),
    ("a\n\n#### Dybt", LINE + 2, "overskriften »Dybt« springer et niveau over"),
    ("# Endnu en titel", LINE, "siden har mere end én titel"),
    ("a\n\n#Titel", LINE + 2, "#Titel er ikke læst som en overskrift"),
    ("a **b\nc", LINE, "** gør ikke teksten fed her"),
    ("a[^1]\n\nb[^2]\n\n[^1]: c", LINE + 2, "fodnoten [^2] har ingen tekst"),
    ("a\n\n<script>alert(1)</script>", LINE + 2, "HTML-mærket <script> kan ikke bruges"),
    ("a\n\n<div>", LINE + 2, "<div> bliver aldrig lukket"),
    ("a\n{: onclick=x }", LINE + 1, "onclick kan ikke bruges i {: … }"),
    ("a\n{: .leed }", LINE + 1, "stilen leed kendes ikke"),
    ("a\n\n```\nb", LINE + 2, "kodeboksen slutter ikke"),
    ("a\u200bb", LINE, "linjen indeholder et usynligt tegn"),
    ("pÃ¥", LINE, "æ, ø eller å er blevet ødelagt"),
    (("owner: politik-personale", "owner: politik"), 3, "den ansvarlige politik findes ikke"),
    (("status: adopted", "stauts: adopted"), 1, "feltet status mangler"),
    (("reviewed: 2023-02-28", "reviewed: 28-02-2023"), 5, "reviewed er ikke en dato"),
    (("review_by: 2027-12-31", "review_by: [2027"), 6, "linjen kan ikke læses som et felt"),
]


def test_twenty_broken_files_give_twenty_right_lines_in_one_run(project: Project) -> None:
    without_menu(project)
    expected = []
    for number, (change, line, words) in enumerate(BROKEN):
        name = f"docs/strategi/side-{number:02}.md"
        project.write(name, HEAD.replace(*change) if isinstance(change, tuple) else HEAD + change)
        expected.append((f"{name}:{line}: ", words))
    reported = project.check()
    for place, words in expected:
        assert [line for line in reported if line.startswith(place + words)], (place, words, reported)
    # A misspelt key is two mistakes: a missing one and an unknown one.
    assert len(reported) == len(BROKEN) + 1 and len(BROKEN) >= 20
    assert "docs/strategi/side-20.md:4: feltet stauts kendes ikke – ret navnet, eller slet linjen; mente du status?" in reported


def test_the_work_of_a_check_grows_with_the_pages_and_no_faster(project: Project) -> None:
    """Counted in function calls, since seconds depend on what else the machine does."""
    without_menu(project)
    text = (ROOT / "docs/retningslinjer/skoler.md").read_text(encoding="utf-8")
    calls = []
    for count in (0, 100, 200):
        for number in range(count):
            project.write(f"docs/retningslinjer/fag-{number:03}.md", text.replace("department: Skoler", f"department: Fag {number}"))
        project.check()  # so that everything is loaded that is loaded once
        profile = cProfile.Profile()
        loaded = profile.runcall(read_project, project.root, os.environ, parser_for=lambda texts: parse)
        assert profile.runcall(check_project, loaded, project.root / "docs", MACROS) == []
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    assert calls[2] - calls[1] < 1.1 * (calls[1] - calls[0])


def test_the_project_itself_has_no_errors_and_some_warnings() -> None:
    loaded = read_project(ROOT, BUILT)
    assert check_project(loaded, ROOT / "docs", MACROS) == []
    warnings = find_warnings(loaded, ROOT / "docs")
    assert [p for p in warnings if p.file == "docs/strategi/formaal.md" and p.message == "siden skulle være gennemgået senest 31. december 2025"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("review_by: 2025-12-31", ": siden skulle være gennemgået senest 31. december 2025 – gennemgå den, og ret reviewed og review_by"),
        (f"Vi {'ringer og ' * 16}skriver.", "en sætning er på 34 ord – del den i to"),
    ],
)
def test_warnings(project: Project, change: str, words: str) -> None:
    page = project.root / "docs/strategi/formaal.md"
    if change.startswith("review_by"):
        assert change in page.read_text(encoding="utf-8")
    else:
        project.write("docs/strategi/formaal.md", page.read_text(encoding="utf-8") + f"\n{change}\n")
    reported = [str(diagnostic) for diagnostic in find_warnings(read_project(project.root, BUILT), project.root / "docs")]
    assert [line for line in reported if line.startswith("docs/strategi/formaal.md:") and words in line], reported
    assert project.check() == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Vi ringer. Du skriver."], 2 + 100 / 4),
        (["Kommunikation er vanskelig"], 3 + 200 / 3),
        (["Vi bruger f.eks. mails og post."], 7.0),
        ([], 0.0),
    ],
)
def test_lix_counts_words_sentences_and_long_words(texts: list[str], expected: float) -> None:
    assert lix(texts) == pytest.approx(expected)


@given(st.text(), st.text(), st.text())
def test_whatever_is_quoted_from_a_page_stays_on_one_line(file: str, message: str, hint: str) -> None:
    diagnostic = Diagnostic(file, 1, message, hint)
    for line in (str(diagnostic), as_annotation("error", diagnostic)):
        assert "\n" not in line and "\r" not in line and "\x1b" not in line and line.splitlines() == [line]
        line.encode("utf-8")
    assert as_annotation("error", diagnostic).count("::") - as_annotation("error", diagnostic).split("::", 2)[2].count("::") == 2
    assert json.loads(as_json([diagnostic], []))[0]["line"] == 1


def test_the_font_that_is_asked_is_the_one_of_the_pdfs() -> None:
    assert FONT_FOLDER.joinpath(FONT).read_bytes() == font_bytes(FONTS[0])


def test_characters_that_the_pdf_cannot_show(project: Project) -> None:
    page = "docs/strategi/formaal.md"
    before = (project.root / page).read_text(encoding="utf-8")
    project.write(page, before + "\nGodt arbejde \u6f22\n\n&#23383;\n")
    line = before.count("\n") + 2
    assert project.check() == [
        f"{page}:{line}: tegnet \u6f22 (U+6F22) kan ikke vises i PDF’en – skriv det med ord, eller slet det",
        f"{page}:{line + 2}: tegnet \u5b57 (U+5B57) kan ikke vises i PDF’en – skriv det med ord, eller slet det",
    ]
    project.write(page, before)
    line = project.replace(page, "description: ", "description: \u5b57 ")
    assert [reported.split(" kan")[0] for reported in project.check()] == [f"{page}:{line}: tegnet \u5b57 (U+5B57)"]
    project.write(page, before)
    staff = Path("docs/medarbejdere.md")  # which is in no document
    text = (project.root / staff).read_text(encoding="utf-8")
    project.write(str(staff), text + "\nGodt arbejde \u6f22\n")
    assert project.check() == []
