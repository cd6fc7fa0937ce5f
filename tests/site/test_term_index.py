"""The index of terms (stikordsregister) leads to its words, on the screen and in print."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
from lxml import html

from kanalstrategi.content.project import read_project
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.danish.words import stem, words
from kanalstrategi.search.sections import IndexedPage, read_sections
from tests.support.adopted_text import with_whole_words
from tests.support.project import ROOT, Project


def page(html: str, **facts: object) -> IndexedPage:
    return IndexedPage("side/", "Hvad er en side?", "", read_sections(html)[0], **facts)  # type: ignore[arg-type]  # any of its fields


def test_every_link_leads_to_the_word(site: Path) -> None:
    found = html.parse(str(site / "soeg" / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    entries = found.xpath("//*[@class='keyword-index']//li[span[@class='term']]")
    assert len(entries) > 80
    trees: dict[str, Any] = {}
    for entry in entries:
        for link in entry.findall("a"):
            url, _, anchor = link.get("href").partition("#")
            file = (site / "soeg" / url / "index.html").resolve()
            tree = trees.setdefault(file, html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot())
            assert not anchor or tree.xpath("//article//*[@id=$id]", id=anchor), link.get("href")
    drafts = found.xpath("//*[@class='keyword-index']//a[contains(@href, 'retningslinjer/skoler')]")
    assert drafts
    for link in drafts:
        (mark,) = link.xpath("preceding-sibling::strong")
        before = [other.get("href") for other in mark.xpath("preceding-sibling::a")]
        assert mark.text == "Udkast" and not any(re.search(r"retningslinjer/\w", url) for url in before)  # their overview is no draft


def words_in(text: str) -> list[str]:
    return list(words(re.sub("- ?(?=[a-zæøå])", "", with_whole_words(text))))


def test_page_numbers_are_those_of_the_pages(site: Path, tmp_path: Path) -> None:
    """Every number in the index of the document with everything is the page that it links to, and the word is on that page."""
    file = site / "pdf" / "samlet.pdf"
    subprocess.run(["pdftotext", "-bbox", str(file), str(tmp_path / "words.html")], check=True)
    printed = html.parse(str(tmp_path / "words.html"), html.HTMLParser(encoding="utf-8")).getroot().xpath("//page")
    pages = read_project(ROOT, {}).content.pages.values()
    keywords = [words_in(keyword) for page in pages for keyword in page.keywords]  # which the text need not contain
    checked = 0
    with pikepdf.open(file) as pdf:
        pages_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        where = {name: pages_of[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        first = where["soeg"]
        for sheet, words in zip(pdf.pages[first - 1 :], printed[first - 1 :], strict=True):
            height = float(sheet.mediabox[3])
            for link in sheet.get("/Annots", []):
                place: Any = link.get("/Dest")
                if place is None:
                    continue  # leads out of the document
                target = pages_of[place[0].objgen] if isinstance(place, pikepdf.Array) else where[str(place)]
                left, right = sorted(map(float, link.Rect[::2]))
                bottom, top = sorted(map(float, link.Rect[1::2]))
                inside = [
                    word.text
                    for word in words
                    if left - 1 < (float(word.get("xmin")) + float(word.get("xmax"))) / 2 < right + 1
                    and bottom - 1 < height - (float(word.get("ymin")) + float(word.get("ymax"))) / 2 < top + 1
                ]
                numbers = re.findall(r"\d+", " ".join(inside))
                if numbers:
                    assert int(numbers[0]) == target, (str(link.Contents), inside)
                    assert re.fullmatch(rf"\w.*, side {target}", str(link.Contents))
                    term = words_in(str(link.Contents).rpartition(", side ")[0])
                    # A paragraph may continue on the next page.
                    text = " ".join(word.text for page in printed[target - 1 : target + 1] for word in page)
                    assert term in keywords or stem(danish_dictionary().lemma(term[-1])) in " ".join(map(stem, words_in(text))), (term, target)
                    checked += 1
    assert checked > 200


def test_the_printed_index_leaves_out_web_only_text(project: Project) -> None:
    page = "docs/kanaler/telefon-og-videomoeder.md"
    text = (project.root / page).read_text(encoding="utf-8")
    hidden = "\n## Skjult {: #skjult .web-only }\n\nTekst\n\n> ## Lønkonto {: #loenkonto }\n>\n> Vi har en indkomstskat og en kontorbygning.\n"
    project.write(page, text + hidden)
    documents = "      pages:\n        - strategi/\n        - kanaler/\n"
    project.replace("mkdocs.yml", documents, f"{documents}        - soeg.md\n")
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
