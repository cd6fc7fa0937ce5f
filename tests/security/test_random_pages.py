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

PAGES = 1000
CONTENT = read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content
FORMAAL = CONTENT.pages["strategi/formaal.md"]
ODD = "\u00a0\u00ad\u200d\u2019\u2028\u0301\ufe0f\U0001f9d1\U0001f3fd\u0627\u05d0æøåÆØÅßİıﬁ｛｝〈&;#<>\"'"
PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{: #x }", "{: .lead }", "{ .lead }", "{{ status() }}", '{{ rules("telefon") }}',
    '{{ rule("telefon-ring") }}', "{{ rules(", "{% raw %}", "{% endraw %}", "[", "]", "](", "![", "[a](formaal.md)", "[a][b]", "[b]: formaal.md", "<", ">",
    "</", "<div markdown>", "</div>", "<br>", "<b>", "</b>", "<script>", "<!--", "-->", "<details>", "</details>", "<https://example.org>", "*", "**", "_",
    "`", "```", "~~~", "|", "---", "|---|", "| a | b |", "- ", "* ", "+ ", "1. ", "2) ", "- [ ] ", "- [x] ", "> ", "!!! note", '!!! note "Husk"\n\n    ',
    "# ", "## ", "### ", "###### ", "    ", "\t", "  ", "\\", "&amp;", "&#0;", "&lt;", ":", "===", "[TOC]", "*[ab]: c", "[^1]", ": b",
])  # fmt: skip # laid out by hand, as a table
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
HTML_PIECES = st.sampled_from([
    "<p class=status>", "<img src=x onerror=y>", "<form>", "<a href='x'>", "<svg/onload=x>", "<textarea>", "<style>", "<x-y>", "<![CDATA[", "]]>", "<?x",
    "?>", "<!-->", "<!x>", "</ b>", '<span title="', '">', "'>", "<td colspan=9>", "<td colspan=0>", "<b id=a>", "<b id=__a>", "<b onclick=x>", "<ul",
    "<pre>", "{: onclick=x }", "{ .md-overlay }", "{: #a .lead title='b' }", "{: style=c }", "{: width=9 }", "{: lang=da }", "[d](javascript:x)",
    "![p](q.png)", "![p](//e/q)", "![{{ status() }}](a.png)", "[^1]\n\n[^1]: n", "~~x~~", "\x02", "{\x020}", "\x03", "{\x030}",
])  # fmt: skip # laid out by hand, as a table
INLINE_TAGS = ["abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"]
BLOCK_TAGS = [
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
]  # fmt: skip # laid out by hand, as a table
USUAL = st.sampled_from([
    "a", "b c", "*e*", "**s**", "`c`", "[l](formaal.md)", "![p](q.png)", "<br>", "<wbr>", "<hr>", "~~d~~", "<https://example.org>", "{{ status() }}",
    '{{ rule("telefon-ring") }}', "{: .lead }", "{% raw %}<b>{% endraw %}",
])  # fmt: skip # laid out by hand, as a table
LEAF = st.one_of(USUAL, LINE, HTML_PIECES)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return HTML and Markdown around other text."""
    several = st.lists(inner, min_size=1, max_size=3)
    gap = st.sampled_from(["", "\n", "\n\n", "\n\n"])
    return st.one_of(
        st.tuples(st.sampled_from(INLINE_TAGS), several).map(lambda made: f"<{made[0]}>{' '.join(made[1])}</{made[0]}>"),
        st.tuples(st.sampled_from(BLOCK_TAGS), gap, several).map(lambda made: f"<{made[0]}>{made[1]}{made[1].join(made[2])}{made[1]}</{made[0]}>"),
        st.tuples(st.sampled_from(["ul", "ol"]), several).map(lambda made: f"<{made[0]}><li>{'</li><li>'.join(made[1])}</li></{made[0]}>"),
        several.map(lambda cells: f"<table><tr><td>{'</td><td>'.join(cells)}</td></tr></table>"),
        st.tuples(st.sampled_from([("- ", "  "), ("1. ", "   "), ("> ", "> "), ('!!! note "T"\n\n    ', "    "), ("    ", "    ")]), several).map(
            lambda made: made[0][0] + "\n\n".join(made[1]).replace("\n", f"\n{made[0][1]}")
        ),
        st.tuples(st.sampled_from(["# {}", "**{}**", "*{}*", "[{}](formaal.md)", "~~{}~~", "```\n{}\n```", "`{}`", "t\n:   {}", "{} {{: .lead }}"]), inner).map(
            lambda made: made[0].format(made[1])
        ),
        several.map("\n\n".join),
        several.map("".join),
    )


MIXED = st.lists(st.one_of(st.recursive(LEAF, around, max_leaves=6), TABLE, NESTED), min_size=1, max_size=3).map("\n\n".join)
"""Pages that mix HTML, macros, attribute lists and code."""
PLACE = re.compile(r"docs/strategi/([a-z0-9-]+)\.md:(\d+): .+ – .+")


def pages(number: int) -> list[str]:
    """Return some number of different pages, the same in every run."""
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
