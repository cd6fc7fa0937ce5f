"""Every element and class that a page may have has its case when a document is set with Typst: nothing is dropped without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.cli import new
from kanalstrategi.cli.edition_paper import paper_document
from kanalstrategi.content.project import read_project
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.markdown.allow_list import BOXES, CLASSES, ELEMENTS, INLINE_ELEMENTS, holds_text, may_contain
from kanalstrategi.markdown.nodes import HEADINGS, VOID_ELEMENTS, Element, Node, descendants, element
from kanalstrategi.pdf.engine import PdfError, make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble
from kanalstrategi.pdf.typst.content import typst_content
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.adopted_text import article, pages_as_text
from tests.support.documents import CONTENT, DOCUMENTS, reassembled
from tests.support.editions import changes_of_proposal
from tests.support.project import DATA, Project, copied
from tests.support.trees import tree_from, tree_of

FACTS = DocumentFacts("x", "x", "x", "da", date(2026, 1, 1), "Udskrevet den 1. januar 2026", (), "https://example.org/", "pdf/x.pdf")
TEMPLATE = (OVERRIDES / "pdf" / "document.typ").read_text(encoding="utf-8")
FROM_MARKDOWN = ("a", "img", "input", "pre", *HEADINGS)
"""The elements that editors get by Markdown alone."""
INSIDE = {"dl": "dd", "ol": "li", "table": "tbody", "tbody": "tr", "tfoot": "tr", "thead": "tr", "tr": "th", "ul": "li"}
"""What stands in elements that do not hold text."""
AROUND = {
    "caption": "table", "dd": "dl", "dt": "dl", "figcaption": "figure", "li": "ul", "summary": "details", "tbody": "table", "td": "tr", "tfoot": "table",
    "th": "tr", "thead": "table", "tr": "tbody", **dict.fromkeys((*INLINE_ELEMENTS, "a", "img", "input"), "p"),
}  # fmt: skip # one line per name would fill a page
"""What elements that do not stand alone stand in."""
SPECIAL_CLASSES = frozenset(("closing", "footnote-mark", "footnote-text", "web-only"))
"""The classes of editors that decide where something stands, and not how it looks."""
OF_PARAGRAPHS = frozenset(("definition", "lead"))
"""The classes of editors for what is a block of its own: in a line of text or a cell they change nothing."""
CHANNEL_OF_PROPOSAL = "docs/udgaver/2026-2029/kanaler/telefon-og-videomoeder.md"
PLAIN_CLASSES = frozenset((
    "ask-links", "cover-picture", "home", "keyword-index", "letters", "search-form", "search-hint", "search-results", "search-row", "search-status",
    "table-scroll", "term", "without-script", "actions",
    "align-left", "answer", "as-of", "closing", "coverage", "download", "duty", "follow-up", "footnote-back", "icon", "md-button", "md-button--primary",
    "narrow", "open", "outcome", "outcomes", "question", "question-answer", "question-list", "reasons", "register", "rule",
    "news", "news-day", "news-feeds", "news-title", "situations", "source", "steps-title", "key", "terms-title", "ways", "coverage-summary",
    "overdue-pages", "overview", "draft", "copy-reference", "copy-status", "criterion-level", "evidence", "reference", "reference-text", "tool-text",
    "board", "board-note", "decisions-sought", "follow-up-part", "follow-up-summary", "not-measured", "oldest",
    "change", "change-note", "change-side", "change-sides", "change-summary", "changed",
    "figures", "goal-course", "goal-behind", "goal-facts", "goal-figures", "goal-not-measured", "goal-sentence", "goal-state", "goal-table", "goals",
    "strategy-goal", "materials", "data-fields",
    "plan", "plan-facts", "plan-list", "plan-note", "plan-owner", "plan-sum", "plan-when", "planned", "started", "done",
    "block-anchor", "block-notes", "consultation", "edition-owner", "proposal", "touched",
    *(BOXES - {"danger", "failure", "warning"}),
))  # fmt: skip # one line per name would fill a page
"""The classes that have no look of their own on paper. A class that is new needs a case in `kanalstrategi/pdf/typst/`, or a place here."""


def document(*content: Node) -> PrintDocument:
    """Return a document whose only chapter holds something."""
    root = element("div", element("h1", "x"), *content)
    return assemble(FACTS, PrintPage("", element("div", element("h1", "x"))), [PrintPage("a/", root, source="docs/a.md")])


def with_text(tag: str, text: str) -> Element:
    """Return an element that holds a text, if it can hold any."""
    content: list[Node] = [] if tag in VOID_ELEMENTS else [text if holds_text(tag) else with_text(INSIDE[tag], text)]
    return Element(tag, 1, {"href": "https://example.dk/"} if tag == "a" else {"src": "b.svg", "alt": ""} if tag == "img" else {}, content)


def in_its_place(node: Element) -> Element:
    """Return a block with an element in it where the element may stand."""
    while node.tag in AROUND:
        if node.tag == "tr":
            node.children.append(element("th", "x"))  # a table without any has no meaning for a screen reader
        node = Element(AROUND[node.tag], 1, {}, [node, *([with_text("tr", "x")] if node.tag == "caption" else [])])
    return node


def nestings(tags: set[str]) -> Iterator[tuple[str, Element]]:
    """Yield each element in each other that it may stand in, with a word of its own."""
    pairs = [(parent, child) for parent in sorted(tags - VOID_ELEMENTS) for child in sorted(tags) if may_contain(parent, child)]
    for number, (parent, child) in enumerate(pairs):
        if (child in VOID_ELEMENTS and parent in ("a", *HEADINGS)) or child == "caption":
            continue  # links, headings and tables may not be empty
        around = Element(parent, 1, {"href": "https://example.dk/"} if parent == "a" else {}, [with_text(child, f"ord{number}")])
        yield f"ord{number}", element("div", in_its_place(around), f"ord{number}" if child in VOID_ELEMENTS else "")


def look(result: PrintDocument) -> str:
    """Return what the template gets of the chapters, with only those classes that it asks about."""

    def asked_about(node: Any) -> Any:
        if isinstance(node, list):
            return [asked_about(part) for part in node]
        if isinstance(node, dict):
            return {key: [name for name in value if f'"{name}"' in TEMPLATE] if key == "kinds" else asked_about(value) for key, value in node.items()}
        return node

    return json.dumps(asked_about(typst_content(result, {})[0]["chapters"]), ensure_ascii=False)


def without_look(result: PrintDocument, known: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the tags and classes of a document that look the same without the class. Those that are known are passed over, others added."""
    elements = [node for chapter in result.chapters for node in descendants(chapter.root)]
    for tag, name in dict.fromkeys((node.tag, name) for node in elements for name in node.classes):
        if (tag, name) in known:
            continue
        known.add((tag, name))
        found = [(chapter, [node for node in descendants(chapter.root) if node.tag == tag and node.has_class(name)]) for chapter in result.chapters]
        part = replace(result, chapters=[chapter for chapter, nodes in found if nodes])  # the others look as they do
        having = [(node, node.attributes["class"]) for _, nodes in found for node in nodes]
        with_class = look(part)
        for node, _ in having:
            node.attributes["class"] = " ".join(other for other in node.classes if other != name)
        if look(part) == with_class:
            yield tag, name
        for node, typed in having:
            node.attributes["class"] = typed


def written() -> Iterator[PrintDocument]:
    """Yield a document of each golden file, what all macros answer and all that Markdown can do; and one of what has changed in an edition."""
    for file in sorted([*(DATA / "macros").glob("*.html"), *(DATA / "markdown").glob("*.html")]):
        html = re.sub(r"<(/?)macro\b", r"<\1span", file.read_text(encoding="utf-8"))
        yield document(*tree_from(html).children)
    yield document(*changes_of_proposal().children)


def of_proposals(project: Project) -> Iterator[PrintDocument]:
    """Yield pages of a proposal with and without a hearing, and the paper for those who decide on it."""
    assert new.main(project.root, MACROS, ["edition", "2026-2029"]) == 0
    project.replace("mkdocs.yml", "extra:\n", "extra:\n  consultation:\n    email: hoering@example.dk\n")
    project.replace(CHANNEL_OF_PROPOSAL, "vi skal ringe", "vi skal altid ringe")
    for facts in ("", "consultation_from: 2026-01-01\nconsultation_to: 2999-01-01\n"):
        project.replace("docs/udgaver/2026-2029/index.md", "\ntemplate:", f"\n{facts}template:")
        read = read_project(project.root, {})
        proposal = read.content.editions[0]
        yield paper_document(read, proposal, MACROS)
        for path in (f"{proposal.folder}index.md", f"{proposal.folder}strategi/formaal.md", CHANNEL_OF_PROPOSAL.removeprefix("docs/")):
            yield document(*render_page(read.parsed_pages[path], proposal.pages[path], proposal, MACROS, files=read.files, assets="").root.children)


@pytest.fixture(scope="module")
def classes(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bool]:
    """Whether each class has a look, keyed by tag and class: those of macros and Markdown, and of all documents and pages of the site."""
    known: set[tuple[str, str]] = set()
    pages = [PrintPage(page.url, tree_of(article(site, page.url))) for page in CONTENT.pages.values()]
    proposed = of_proposals(copied(tmp_path_factory.mktemp("proposed") / "project"))
    results = [*written(), *proposed, *(reassembled(site, made) for made in DOCUMENTS.values()), assemble(FACTS, PrintPage("", element("div")), pages)]
    plain = {found for result in results for found in without_look(result, known)}
    return {found: found not in plain for found in known}


def test_every_element_is_set_wherever_it_may_stand(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    words, blocks = zip(*nestings({*ELEMENTS, *FROM_MARKDOWN} - {"h1", "h3", "h4", "h5", "h6"}), strict=True)
    make_pdf(document(*blocks), tmp_path, tmp_path / "x.pdf")
    printed = set(re.findall(r"ord\d+", " ".join(pages_as_text(tmp_path / "x.pdf"))))
    assert len(words) > 500 and set(words) - printed == set()


@pytest.mark.parametrize("level", HEADINGS)
def test_every_heading_is_set(level: str) -> None:
    assert "ord" in look(document(element(level, "ord")))


def test_every_class_has_a_look_or_is_named_as_one_without(classes: dict[tuple[str, str], bool]) -> None:
    named = {
        (tag, name)
        for tag, name in classes
        if name in PLAIN_CLASSES or name.startswith("language-") or (name in OF_PARAGRAPHS and tag in (*INLINE_ELEMENTS, "a", "td", "th"))
    }
    assert {found for found, has_look in classes.items() if not has_look} - named == set()
    assert {name for _, name in named if any(classes[found] for found in named if found[1] == name)} == set()
    assert PLAIN_CLASSES - {name for _, name in classes} == set()


@pytest.mark.parametrize("tag", ["p", "div", "ul", "ol", "dl", "blockquote", "table", "details", "figure", "pre", "h2"])
@pytest.mark.parametrize("name", sorted(CLASSES.keys() - SPECIAL_CLASSES - PLAIN_CLASSES))
def test_the_classes_of_editors_look_like_something_on_every_block(name: str, tag: str) -> None:
    def with_class(value: str) -> Element:
        node = with_text(tag, "ord")
        node.attributes["class"] = value
        return node

    assert look(document(with_class(name))) != look(document(with_class("")))


@pytest.mark.parametrize("node", [Element("marquee", 7, {}, ["x"]), Element("p", 6, {}, [Element("marquee", 7, {}, ["x"])])])
def test_an_unknown_element_is_an_error_at_its_line(node: Element, tmp_path: Path) -> None:
    with pytest.raises(PdfError, match=r"^docs/a\.md:7: HTML-mærket <marquee> kan ikke komme på papir$"):
        make_pdf(document(node), tmp_path, tmp_path / "x.pdf")


def test_a_footnote_that_no_mark_leads_to_stays_where_it_is() -> None:
    mark, note = element("a.footnote-mark", "*", href="#note"), element("p.footnote-text", "En note.", id="note")
    assert look(document(element("p", "Ord", mark), note)).count("En note.") == 1
    assert look(document(element("p", "Ord", element("span.footnote-mark", "*")), note)).count("En note.") == 1
    assert look(document(element("p", "Ord", element("a.footnote-mark", "*", href="https://example.dk/")), note)).count("En note.") == 1
