"""Whatever is in a page, the site is built, or the page is reported with a line: there is never a traceback."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.support.pages import FRONT, without_menu
from tests.support.project import Project

PAGES = 1000
ODD = "\u00a0\u00ad\u200d\u2019\u2028\u0301\ufe0f\U0001f9d1\U0001f3fd\u0627\u05d0æøåÆØÅßİıﬁ｛｝〈&;#<>\"'"
PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{: #x }", "{: .lead }", "{ .lead }", "{{ status() }}", '{{ rules("telefon") }}',
    '{{ rule("telefon-ring") }}', "{{ rules(", "{% raw %}", "{% endraw %}", "[", "]", "](", "![", "[a](formaal.md)", "[a][b]", "[b]: formaal.md",
    "<", ">", "</", "<div markdown>", "</div>", "<br>", "<b>", "</b>", "<script>", "<!--", "-->", "<details>", "</details>", "<https://example.org>",
    "*", "**", "_", "`", "```", "~~~", "|", "---", "|---|", "| a | b |", "- ", "* ", "+ ", "1. ", "2) ", "- [ ] ", "- [x] ",
    "> ", "!!! note", '!!! note "Husk"\n\n    ', "# ", "## ",
    "### ", "###### ", "    ", "\t", "  ", "\\", "&amp;", "&#0;", "&lt;", ":", "===", "[TOC]", "*[ab]: c", "[^1]", ": b",
])  # fmt: skip - laid out by hand, as a table
WORDS = st.one_of(
    st.sampled_from(["telefon", "borgere", "Det betyder, at", "kommunen", "æble", "å", "", " "]),
    st.text(alphabet=ODD + "ab ", max_size=6),
    st.text(max_size=8),
)
LINE = st.lists(st.one_of(WORDS, WORDS, PIECES), max_size=4).map("".join)
NESTED = st.recursive(
    LINE,
    lambda inner: st.tuples(st.sampled_from(["- ", "1. ", "> ", "    ", "- [ ] ", '!!! note "Husk"\n\n    ']), st.lists(inner, min_size=1, max_size=3)).map(
        lambda result: "\n".join(f"{result[0]}{text}".replace("\n", "\n    ") for text in result[1])
    ),
    max_leaves=5,
)
TABLE = st.lists(st.lists(LINE, min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |"), min_size=1, max_size=4).map(
    lambda rows: "\n".join([rows[0], "|---|:-:|", *rows[1:]])
)
PAGE = st.lists(st.one_of(LINE, NESTED, TABLE), max_size=3).map("\n\n".join)
PLACE = re.compile(r"docs/strategi/([a-z0-9-]+)\.md:(\d+): .+ – .+")


def pages(number: int) -> list[str]:
    """Return some number of different pages, the same in every run."""
    found: list[str] = []

    @seed(20261124)
    @settings(max_examples=number * 2, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(PAGE)
    def collect(page: str) -> None:
        if len(found) < number and page not in found:
            found.append(page)

    collect()
    return found


@pytest.mark.slow
def test_a_thousand_pages_are_built_or_reported(project: Project) -> None:
    without_menu(project)
    menu = "nav:\n  - index.md\n  - strategi/*\n  - kanaler/*\n  - retningslinjer/*\n  - redaktoer/*\n"
    others = ["kanaler/index.md", "retningslinjer/index.md", "vaelg-kanal.md", "regler.md", "opfoelgning.md", "soeg.md", "redaktoer/index.md"]
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
        places = {match.group(1) for line in process.stdout.split("\n") if (match := PLACE.fullmatch(line.strip()))}
        assert places, output[-3000:]
        stopped += sorted(places)
        for name in places:
            (project.root / f"docs/strategi/{name}.md").unlink()
    else:
        pytest.fail(f"the build finds too much that check.py does not: {stopped}")
    print(f"{PAGES} pages: {PAGES - good} told of by check.py, {len(stopped)} by the build, {good - len(stopped)} built")
    built = list((project.site / "strategi").glob("side-*/index.html"))
    assert len(built) == good - len(stopped)
