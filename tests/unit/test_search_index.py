"""What the search reads from a page, and what it stores in the index."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.search.index import ENTRY_FILE, build_index
from kanalstrategi.search.sections import IndexedPage, Kind, read_sections
from kanalstrategi.search.term_index import term_entries
from tests.support.project import Project


def blocks(html: str) -> list[str]:
    return [block.text for section in read_sections(html)[0] for block in section.blocks]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Parkvej 37<br>4800 Sandkøbing</p>", ["Parkvej 37 4800 Sandkøbing"]),
        ("<div>et</div><div>to</div>tre", ["et", "to", "tre"]),
        ("<ul><li>ydre<ul><li>indre</li></ul>efter</li></ul>", ["ydre", "indre", "efter"]),
        ("<table><tr><th>Rådhus</th><td>8–15</td></tr></table>", ["Rådhus", "8–15"]),
        ('<h2 id="a">Afsnit<a class="headerlink" href="#a">#</a></h2><p>tekst <b>fed</b>, og</p>', ["tekst fed, og"]),
        ('<p>før</p><ul class="status" data-search-exclude=""><li>Vedtaget</li></ul><script>x</script><p>efter</p>', ["før", "efter"]),
        ("", []),
    ],
)
def test_text_is_read_in_blocks(html: str, found: list[str]) -> None:
    assert blocks(html) == found


def test_rules_belong_to_the_section_they_are_announced_in() -> None:
    html = '<h2 id="telefon">Telefon</h2><p>Vi ringer.</p><h3 id="det">Det betyder, at</h3><ul><li id="r">vi skal ringe</li></ul>'
    _, section = read_sections(html, {"r"})[0]
    assert [(block.text, block.kind, block.anchor) for block in section.blocks] == [
        ("Vi ringer.", Kind.TEXT, ""),
        ("vi skal ringe", Kind.RULE, "r"),
    ]


def test_text_of_another_page_is_a_quote() -> None:
    html = '<div class="quoted-rules"><ul><li>en regel</li></ul></div><ul><li><a href="x/">et link</a></li><li>om <a href="x/">det</a></li></ul>'
    (section,) = read_sections(html)[0]
    assert [block.kind for block in section.blocks] == [Kind.QUOTE, Kind.QUOTE, Kind.TEXT]
    assert [(link.href, link.text) for link in section.links] == [("x/", "et link"), ("x/", "det")]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS)), min_size=5, max_size=10))
@settings(deadline=None)
def test_any_words_can_be_indexed(written: list[tuple[str, str, list[str]]]) -> None:
    pages = [
        IndexedPage(f"{number}/", title, title, read_sections(f"<h1>x</h1><p>{escape(text)}</p>")[0], keywords=tuple(keywords), is_local=True)
        for number, (title, text, keywords) in enumerate(written)
    ]
    files = build_index(pages, danish_dictionary())
    entry = json.loads(files[ENTRY_FILE])
    lines = [line for name in sorted(files) if "words-" in name for line in json.loads(files[name])]
    assert len(lines) == len(entry["words"].split()) and entry["sections"] == [1] * len(pages)
    for entries in term_entries(pages, danish_dictionary()).values():
        assert all(entry.term.strip() for entry in entries)


def test_an_empty_site_has_an_index() -> None:
    assert json.loads(build_index([], danish_dictionary())[ENTRY_FILE])["sections"] == []


def test_long_words_do_not_enlarge_the_index() -> None:
    words = " ".join(["x" * 100_000, "-".join(["y" * 50] * 100), *(f"{number:x}z" * 12 for number in range(99))])
    page = IndexedPage("x/", "x", "", read_sections(f"<p>{words}</p>")[0])
    assert len(build_index([page], danish_dictionary())[ENTRY_FILE]) < 15_000


@pytest.mark.parametrize(
    ("keywords", "line"),
    [
        ('["??"]', "docs/kanaler/index.md:3: søgeordet »??« har ingen bogstaver – skriv et ord, eller slet det"),
        (f"[{'x' * 61}]", "docs/kanaler/index.md:3: et søgeord er for langt – skriv højst 60 tegn, et søgeord for hvert ord eller udtryk"),
        ("telefon", "docs/kanaler/index.md:3: feltet keywords er ikke en liste – skriv hvert punkt på sin egen linje under `keywords:`, som `  - navn`"),
    ],
)
def test_a_keyword_that_is_none_is_reported(whole_project: Project, keywords: str, line: str) -> None:
    path = whole_project.root / "docs/kanaler/index.md"
    first, description, rest = path.read_text(encoding="utf-8").split("\n", 2)
    whole_project.write("docs/kanaler/index.md", f"{first}\n{description}\nkeywords: {keywords}\n{rest}")
    assert line in whole_project.check()


@pytest.mark.parametrize("missing", ["{{ search() }}", "the file"])
def test_a_site_without_its_search_is_reported(whole_project: Project, missing: str) -> None:
    if missing == "the file":
        (whole_project.root / "docs/soeg.md").unlink()
        assert "docs/soeg.md:1: siden med søgningen mangler – opret filen docs/soeg.md med {{ search() }} på en linje" in whole_project.check()
    else:
        whole_project.replace("docs/soeg.md", missing, "")
        assert "docs/soeg.md:1: siden mangler søgningen – skriv {{ search() }} én gang på en linje for sig" in whole_project.check()


def test_the_search_stands_on_its_own_page_only(whole_project: Project) -> None:
    line = whole_project.replace("docs/regler.md", "{{ register() }}", "{{ register() }}\n\n{{ search() }}") + 2
    assert f"docs/regler.md:{line}: søgningen hører til i docs/soeg.md – slet {{{{ search() }}}}" in whole_project.check()
