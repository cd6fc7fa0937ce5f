"""Each guideline is a Word file: LibreOffice finds in it every word of the page, and headings, lists, heads and languages as such."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from PIL import Image

from kanalstrategi.content.model import Guideline, Status
from kanalstrategi.markdown.nodes import encode_tree
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.word_files import questionnaire_file, word_offer
from kanalstrategi.sanitizing.office_files import check_office
from kanalstrategi.word.docx_file import WordFacts
from kanalstrategi.word.page_writer import write_word
from kanalstrategi.word.pages import word_page, write_page
from tests.support.documents import CONTENT
from tests.support.office import OpenDocument, convert, line, words
from tests.support.project import built_once, files_in

GUIDELINES = [guideline.id for guideline in CONTENT.guidelines]
SAMPLE = """\
# Prøve

Et afsnit med *kursiv*, **fed** og ~~slettet~~, kode `a  b`, et [link](https://borger.dk/) og et link til [tabellen](#tabel).[^1]

Se <span lang="en">a guide in English</span>.

![Et kort over kommunen](kort.png){: width="320" }

![En tegning](tegning.svg)

3. Tre
4. Fire

    Mere om fire.

    - En prik
        - Dybere

> Et citat.

!!! note "Husk"

    En boks.

## Tabel {: #tabel }

<table>
<thead><tr><th colspan="2">Begge</th></tr><tr><th>Den ene</th><th>Den anden</th></tr></thead>
<tbody><tr><td rowspan="2">Stor</td><td>To</td></tr><tr><td>Fire</td></tr></tbody>
</table>

[^1]: En fodnote.
"""
FACTS = WordFacts("Prøve", "Kommunen", "En prøve", "da", date(2026, 1, 1), "Udkast. Ikke vedtaget")


def sample() -> bytes:
    """A page with all that a guideline may have besides macros."""
    parsed = parse(SAMPLE)
    assert not parsed.diagnostics
    picture = BytesIO()
    Image.new("RGB", (640, 360), "#125a73").save(picture, "PNG")
    return write_word(parsed.root, FACTS, "proeve/", "https://example.org/", {"kort.png": picture.getvalue()})


@pytest.fixture(scope="module")
def opened(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All Word files of the site and the sample, as LibreOffice reads them."""

    def build(folder: Path) -> None:
        (folder / "proeve.docx").write_bytes(sample())
        convert([folder / "proeve.docx", *sorted((site / "word").glob("*.docx"))], "fodt", folder)

    return built_once(tmp_path_factory, "opened-word-files", build)


def shown(site: Path, guideline: str) -> HtmlElement:
    """The article of a guideline's page without what is only for the screen, and with the names of signs in words."""
    page = html.parse(site / "retningslinjer" / guideline / "index.html").getroot()
    article = page.find(".//article")
    assert article is not None
    for element in list(article.iter()):
        if not isinstance(element.tag, str):
            continue
        classes = set(element.get("class", "").split())
        if classes & {"headerlink", "icon", "rule-source"} or ("web-only" in classes and "status" not in classes) or element.tag == "script":
            element.drop_tree()
        elif element.get("role") == "img":
            element.text = f" {element.get('aria-label')} "
    return article


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_a_guideline_is_whole_in_word(site: Path, opened: Path, guideline: str) -> None:
    page, document = shown(site, guideline), OpenDocument(opened / f"retningslinjer-{guideline}.fodt")
    assert words(line(document.body)) == words(" ".join(page.itertext()))
    assert document.headings == [(int(heading.tag[1]), heading.text_content()) for heading in page.iter("h1", "h2", "h3", "h4")]
    items = [item for item in page.iter("li") if "status" not in (item.getparent().get("class") or "")]
    assert [words(item) for item in document.items] == [words(item.text_content()) for item in items]
    tables = document.all(".//table:table")
    assert len(tables) == len(list(page.iter("table"))) == len(document.all(".//table:table-header-rows"))
    assert document.language == "da-DK"
    assert [line(header) for header in document.find_all("//style:header/text:p", document.tree)] == ["Udkast. Ikke vedtaget Guldborgsund Kommune"]


def test_word_shows_what_a_page_may_have(opened: Path) -> None:
    document = OpenDocument(opened / "proeve.fodt")
    text = line(document.body)
    assert document.headings == [(1, "Prøve"), (2, "Tabel"), (2, "Fodnoter")]
    assert document.items == ["Tre", "Fire", "En prik", "Dybere", "En fodnote."]
    assert [list_.get("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}start-value") for list_ in document.all(".//text:list-item")][:2] == ["3", None]
    assert len(document.all(".//text:list//text:list//text:list-item")) == 2
    assert [line(alternative) or alternative.text for alternative in document.all(".//svg:desc")] == ["Et kort over kommunen"]
    assert "En tegning" in text, "the file has no drawings, so their text alternatives stand in their place"
    links = [link.get("{http://www.w3.org/1999/xlink}href") for link in document.all(".//text:a")]
    assert "https://borger.dk/" in links and any(link.startswith("#") for link in links)
    assert {line(row) for row in document.all(".//table:table-header-rows/table:table-row")} == {"Begge", "Den ene Den anden"}
    assert [cell.get("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-rows-spanned") for cell in document.all(".//table:table-cell")].count("2") == 1
    (english,) = (span for span in document.all(".//text:span") if line(span) == "a guide in English")
    style = english.get("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}style-name")
    (properties,) = document.find_all(f"//style:style[@style:name='{style}']/style:text-properties", document.tree)
    assert properties.get("{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}language") == "en"
    assert [line(paragraph) for paragraph in document.all("./text:p") if not line(paragraph) and not paragraph.xpath(".//*[local-name()='frame']")] == []


@pytest.mark.parametrize("guideline", CONTENT.guidelines, ids=GUIDELINES)
def test_a_questionnaire_asks_every_open_question(opened: Path, guideline: Guideline) -> None:
    document = OpenDocument(opened / f"spoergsmaal-{guideline.id}.fodt")
    asked = [line(row) for row in document.all(".//table:table/table:table-row")]
    assert len(asked) == len(guideline.open_decisions)
    for decision in guideline.open_decisions:
        (row,) = (row for row in asked if row.endswith(f"Nøgle: {guideline.id}/{decision.id}"))
        assert decision.question in row and row.startswith("Vigtig ") == decision.is_essential
    levels = [level for level, _ in document.headings]
    assert levels[0] == 1 and all(below <= above + 1 for above, below in pairwise(levels))
    assert len(document.all(".//table:table-header-rows")) == len(document.all(".//table:table"))


def test_a_page_offers_its_word_files_with_their_sizes(site: Path) -> None:
    page = html.parse(site / "retningslinjer/skoler/index.html").getroot()
    offered = {link.get("href"): link.text_content() for link in page.xpath(".//ul[contains(@class, 'word-files')]//a")}
    sizes = {name: round((site / "word" / name).stat().st_size / 1000) for name in ("retningslinjer-skoler.docx", "spoergsmaal-skoler.docx")}
    assert offered == {
        "../../word/retningslinjer-skoler.docx": f"Hent retningslinjen til kommentarer (Word, {sizes['retningslinjer-skoler.docx']} kB)",
        "../../word/spoergsmaal-skoler.docx": f"Hent spørgsmålene til et møde (Word, {sizes['spoergsmaal-skoler.docx']} kB)",
    }
    assert files_in(site / "word") == {f"{kind}-{id}.docx" for kind in ("retningslinjer", "spoergsmaal") for id in GUIDELINES}


def test_word_files_are_documents_that_we_would_let_in(site: Path) -> None:
    for file in [*(site / "word").glob("*.docx")]:
        assert check_office(file.read_bytes(), ".docx") == []
        with zipfile.ZipFile(file) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in archive.namelist() if name.endswith((".jpeg", ".ttf", ".odttf", ".bin"))]
            core = archive.read("docProps/core.xml").decode()
        assert '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z' in core and "da-DK" in core and "python" not in core


def test_the_same_page_is_the_same_file() -> None:
    assert sample() == sample()


def test_a_guideline_without_open_decisions_has_no_questionnaire() -> None:
    guideline = CONTENT.guidelines[0]
    decided = replace(guideline, sections=tuple(replace(section, decisions=()) for section in guideline.sections))
    assert questionnaire_file(guideline) and not questionnaire_file(decided)
    offer = write_html(word_offer(Call(replace(CONTENT, guidelines=(decided,)), guideline.page)))
    assert offer.count("<a ") == 1 and "spoergsmaal" not in offer


def test_an_adopted_guideline_says_so() -> None:
    page = replace(CONTENT.guidelines[0].page, status=Status.ADOPTED)
    made_of = word_page(page, CONTENT, encode_tree(parse("# Prøve\n").root), language="da", site_url="", read=lambda path: b"")
    with zipfile.ZipFile(BytesIO(write_page(made_of))) as archive:
        assert ">Vedtaget<" in archive.read("word/header1.xml").decode()
