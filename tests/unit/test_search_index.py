"""What the search reads from a page, and what it stores in the index."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.markdown.nodes import descendants, element
from kanalstrategi.search.asked_words import asked_words
from kanalstrategi.search.audiences import PageKind, searches_as_staff
from kanalstrategi.search.index import ENTRY_FILE
from kanalstrategi.search.sections import IndexedPage, Kind, read_sections
from kanalstrategi.search.term_index import term_entries
from tests.support.project import ROOT, Project
from tests.support.search_cases import index_of
from tests.support.trees import tree_from


def blocks(html: str) -> list[str]:
    return [block.text for section in read_sections(tree_from(html)) for block in section.blocks]


def words_in_index(*pages: IndexedPage) -> set[str]:
    return {form for forms in json.loads(index_of(pages)[ENTRY_FILE])["words"].split() for form in forms.split("/")}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Parkvej 37<br>4800 Sandkøbing</p>", ["Parkvej 37 4800 Sandkøbing"]),
        ("<div>et</div><div>to</div>tre", ["et", "to", "tre"]),
        ("<ul><li>ydre<ul><li>indre</li></ul>efter</li></ul>", ["ydre", "indre", "efter"]),
        ("<table><tr><th>Rådhus</th><td>8–15</td></tr></table>", ["Rådhus", "8–15"]),
        ('<h2 id="a">Afsnit<a class="headerlink" href="#a">#</a></h2><p>tekst <b>fed</b>, og</p>', ["tekst fed, og"]),
        ('<p>ord<sup class="footnote-ref"><a href="#fn-1">1</a></sup> her</p>', ["ord her"]),
        ('<p>før</p><ul class="status" data-search-exclude=""><li>Vedtaget</li></ul><script>x</script><p>efter</p>', ["før", "efter"]),
        ("", []),
    ],
)
def test_text_is_read_in_blocks(html: str, found: list[str]) -> None:
    assert blocks(html) == found


def test_rules_belong_to_the_section_they_are_announced_in() -> None:
    html = '<h2 id="telefon">Telefon</h2><p>Vi ringer.</p><h3 id="det">Det betyder, at</h3><ul><li id="r">vi skal ringe</li></ul>'
    _, section = read_sections(tree_from(html), {"r"})
    assert [(block.text, block.kind, block.anchor) for block in section.blocks] == [
        ("Vi ringer.", Kind.TEXT, ""),
        ("vi skal ringe", Kind.RULE, "r"),
    ]


def test_text_of_another_page_is_a_quote() -> None:
    html = '<div class="quoted-rules"><ul><li>en regel</li></ul></div><ul><li><a href="x/">et link</a></li><li>om <a href="x/">det</a></li></ul>'
    (section,) = read_sections(tree_from(html))
    assert [block.kind for block in section.blocks] == [Kind.QUOTE, Kind.QUOTE, Kind.TEXT]
    assert [(link.href, link.text) for link in section.links] == [("x/", "et link"), ("x/", "det")]


def test_reasons_are_found_where_they_are_quoted_from_but_their_own_words_are_read() -> None:
    quoted = '<span class="rule">»citat« <span class="rule-source"><a href="../kanaler/x/#kilde">x</a></span></span>'
    html = f'<h3 id="a">Ring</h3><details class="reasons"><summary>Hvorfor</summary><ul><li>{quoted}</li><li>Vores egen grund.</li></ul></details><p>efter</p>'
    _, section = read_sections(tree_from(html))
    assert [block.text for block in section.blocks] == ["Hvorfor", "Vores egen grund.", "efter"]
    assert section.cited == ["../kanaler/x/#kilde"]


def test_the_words_of_a_question_lead_to_what_its_answer_quotes() -> None:
    stated = '<h2 id="mail">Mail</h2><p id="usikker">Mail er usikker.</p><h2 id="post">Post</h2><p id="sikker">Post er sikker.</p>'
    channel = IndexedPage("kanaler/x/", "Skrift", "", read_sections(tree_from(stated)))
    answer = IndexedPage(
        "svar/y/",
        "Spørgsmål",
        "",
        read_sections(tree_from('<blockquote class="passage"><a href="../../kanaler/x/#usikker">x</a></blockquote>')),
        keywords=("gdpr",),
        kind=PageKind.ANSWER,
    )  # fmt: skip - as a table
    rule = IndexedPage("regler/usikker/", "Regel", "", read_sections(tree_from("<p>Mail er usikker.</p>")), kind=PageKind.RULE, stated_on="kanaler/x/")
    assert asked_words([channel, answer, rule]) == {"regler/usikker/#": [("gdpr", 1.0)]}


def test_a_heading_is_its_own_text() -> None:
    picture, permalink = element("img", alt="Et kort"), element("a.headerlink", "#", href="#k")
    heading = element("h2", "Hvad\u00a0er en\n", element("em", "ka\u00adnal"), "?", picture, permalink, id="k")
    _, section = read_sections(element("div", heading, element("p", "tekst")))
    assert section.heading == "Hvad er en kanal?"


def test_what_nobody_sees_is_in_no_word_of_the_index() -> None:
    tree = element("div", element("h2", "Halv\u00adårs\u00adbudget", id="a"), element("p", "selvbe\u00adtjening pa\u030a ra\u030adhuset"))
    page = IndexedPage("x/", "x", "", read_sections(tree))
    assert [(section.heading, [block.text for block in section.blocks]) for section in page.sections[1:]] == [("Halvårsbudget", ["selvbetjening på rådhuset"])]
    assert {"halvårsbudget", "selvbetjening", "rådhuset"} <= words_in_index(page)


def test_every_text_has_a_mark_in_the_tree() -> None:
    tree = tree_from('<p>et</p><ul><li id="regel">to</li><li><p></p>tre <b>fire</b></li></ul><div>fem</div>')
    found = [(block.text, block.mark_id) for section in read_sections(tree) for block in section.blocks]
    assert found == [("et", "sted-1"), ("to", "regel"), ("tre fire", "sted-2"), ("fem", "")]
    marked = {node.id: parent.tag for parent in descendants(tree) for node in parent.children[:1] if not isinstance(node, str) and node.tag == "span"}
    assert marked == {"sted-1": "p", "sted-2": "li"}


def test_the_index_has_a_number_as_one_word() -> None:
    page = IndexedPage("x/", "x", "", read_sections(element("div", element("p", "Ring 70 12 34 56. Prisen er 12.575 kr."))))
    assert {"70123456", "12575", "575"} <= words_in_index(page)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS)), min_size=5, max_size=10))
@settings(deadline=None)
def test_any_words_can_be_indexed(written: list[tuple[str, str, list[str]]]) -> None:
    pages = [
        IndexedPage(
            f"{number}/", title, title, read_sections(element("div", element("h1", "x"), element("p", text))), keywords=tuple(keywords), kind=PageKind.GUIDELINE
        )
        for number, (title, text, keywords) in enumerate(written)
    ]
    files = index_of(pages)
    entry = json.loads(files[ENTRY_FILE])
    words, found = ([line for name in sorted(files) if kind in name for line in json.loads(files[name])] for kind in ("words-", "pages-"))
    assert len(words) == len(entry["words"].split()) and len(found) == len(pages) and entry["sections"] == [1] * len(pages)
    for entries in term_entries(pages, danish_dictionary()).values():
        assert all(entry.term.strip() for entry in entries)


@pytest.mark.parametrize("path", ["medarbejdere/index.md", "vaelg-kanal.md", "regler.md", "regler/ring.md", "retningslinjer/skoler.md", "opfoelgning.md"])
def test_staff_search_on_their_own_pages(path: str) -> None:
    assert searches_as_staff(path, DEFAULT_FOLDERS)


@pytest.mark.parametrize("path", ["index.md", "svar/ringe.md", "kanaler/index.md", "strategi/formaal.md", "soeg.md"])
def test_citizens_search_on_all_other_pages(path: str) -> None:
    assert not searches_as_staff(path, DEFAULT_FOLDERS)


def test_an_empty_site_has_an_index() -> None:
    assert json.loads(index_of([])[ENTRY_FILE])["sections"] == []


def test_long_words_do_not_enlarge_the_index() -> None:
    words = " ".join(["x" * 100_000, "-".join(["y" * 50] * 100), *(f"{number:x}z" * 12 for number in range(99))])
    page = IndexedPage("x/", "x", "", read_sections(element("div", element("p", words))))
    assert len(index_of([page])[ENTRY_FILE]) < 15_000


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
        assert whole_project.check() == []  # it comes with the program
    else:
        own = (ROOT / "pages/soeg.md").read_text(encoding="utf-8").replace(missing, "")
        own = own.replace("reviewed:", "owner: politik-personale\nstatus: draft\nreviewed:")
        whole_project.write("docs/soeg.md", own)
        assert "docs/soeg.md:1: siden mangler søgningen – skriv {{ search() }} én gang på en linje for sig" in whole_project.check()


def test_the_search_stands_on_its_own_page_only(whole_project: Project) -> None:
    line = whole_project.replace("docs/regler.md", "{{ register() }}", "{{ register() }}\n\n{{ search() }}") + 2
    assert f"docs/regler.md:{line}: søgningen hører til i docs/soeg.md – slet {{{{ search() }}}}" in whole_project.check()
