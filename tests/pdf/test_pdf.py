"""The PDFs are tagged, easy to navigate, and reveal nothing about the machine that built them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest
from PIL import Image

from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.pdf.engine import PdfError, make_pdf
from kanalstrategi.pdf.print_document import Chapter, DocumentFacts, PrintDocument, PrintPage, assemble
from tests.support.adopted_text import pages_as_text
from tests.support.project import ROOT, Project

DOCUMENTS = read_project(ROOT, {}).content.organisation.documents
FACTS = DocumentFacts("x", "x", "x", "da", date(2026, 1, 1), "Udskrevet den 1. januar 2026", (), "", "pdf/x.pdf")


def printed(url: str, *content: Node) -> PrintPage:
    """Return a page whose title is x."""
    return PrintPage(url, element("div", element("h1", "x"), *content), source="docs/a.md")


def pdf_with(tmp_path: Path, *content: Node) -> Path:
    """Return the PDF of a document whose only chapter holds something."""
    make_pdf(assemble(FACTS, printed(""), [printed("a/", *content)]), tmp_path, tmp_path / "x.pdf")
    return tmp_path / "x.pdf"


@pytest.fixture(scope="module")
def opened(pdf: Path) -> pikepdf.Pdf:
    return pikepdf.open(pdf)


def outline(items: list[pikepdf.OutlineItem]) -> list[tuple[str, list[Any]]]:
    return [(item.title, outline(item.children)) for item in items]


@pytest.mark.evidence("10.1.1.1", "10.1.3.1", "10.1.3.2", "10.2.4.2", "10.3.1.1", "10.4.1.2", how="pdf")
def test_conforms_to_pdf_ua_and_pdf_a(pdf: Path) -> None:
    report = page_validation.validate_pdf(pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant and not report.failures
    assert audit(pdf, is_archive=True) == []  # which leaves out a false alarm about PDF/A-2a


@pytest.mark.evidence("10.2.4.2", "10.3.1.1", how="pdf")
def test_has_language_title_and_author(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "da"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    assert str(opened.docinfo.Title) == "Kanalstrategi 2023-2025"
    assert str(opened.docinfo.Author) == "Guldborgsund Kommune"


def test_has_bookmarks_for_chapters_and_sections(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as tree:
        titles = dict(outline(tree.root))
    assert list(titles) == [
        "Kanalstrategi 2023-2025",
        "Om kanalstrategien",
        "Formål",
        "Vision og mål",
        "Digital inklusion",
        "Kanalerne",
        "Hjemmesider og selvbetjening",
        "Presse, sociale medier og annoncer",
        "Telefon og videomøder",
        "Digital og analog skriftlig kommunikation",
        "Personligt fremmøde",
        "Kontakt",
    ]  # fmt: skip - laid out by hand, as a table
    assert [title for title, _ in titles["Telefon og videomøder"]] == ["Telefon", "Videomøder"]


def test_page_numbers_in_the_contents_are_true(pdf: Path) -> None:
    pages = pages_as_text(pdf)
    entries = re.findall(r"^ *(\S.*?) *[. ]{5,} *(\d+)$", pages[1], re.MULTILINE)
    assert len(entries) > 20
    for title, number in entries:
        assert title in pages[int(number) - 1], f"{title} is not on page {number}"


def test_every_page_but_the_cover_says_which_it_is(pdf: Path) -> None:
    pages = pages_as_text(pdf)
    assert "Side" not in pages[0]
    for number, text in enumerate(pages[1:], 2):
        assert f"Side {number} af {len(pages)}" in text


def test_links_lead_inside_the_document(opened: pikepdf.Pdf) -> None:
    names, pages = set(pikepdf.NameTree(opened.Root.Names.Dests)), {page.obj.objgen for page in opened.pages}
    inside, outside = 0, []
    for page in opened.pages:
        for annotation in page.get("/Annots", []):
            action: Any = annotation.get("/A", {})
            if "/URI" in action:
                outside.append(str(action.URI))
            else:
                inside += 1
                place = annotation.get("/Dest", action.get("/D"))
                assert place[0].objgen in pages if isinstance(place, pikepdf.Array) else str(place) in names
    assert inside > 30
    assert set(outside) == {"tel:+4554731000"}


def test_holds_nothing_of_the_building_machine(opened: pikepdf.Pdf, site: Path) -> None:
    for pdf_object in opened.objects:
        text = str(pdf_object.read_bytes() if isinstance(pdf_object, pikepdf.Stream) else pdf_object)
        assert str(site.parent) not in text and "file:" not in text and str(Path.home()) not in text


@pytest.mark.parametrize(
    "image",
    [
        element("img", src="file:///etc/passwd", alt="x"),
        element("img", src="site:../secret.txt", alt="x"),
        element("img", src="site:link.svg", alt="x"),
        element("img", src="http://127.0.0.1:1/x.png", alt="x"),
        element("img.icon", src="icon:../../../../../etc/passwd", alt=""),
        element("img.icon", src="site:../secret.txt", alt=""),
        element("img", src="typst:content.json", alt="x"),
    ],
)
def test_nothing_outside_the_site_is_fetched(tmp_path: Path, image: Element) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (site / "link.svg").symlink_to(tmp_path / "secret.txt")
    chapter = Chapter("a", "A", element("div", element("h1", "A", id="a"), element("p", image)), source="docs/a.md")
    document = PrintDocument(FACTS, element("div"), "", None, [chapter])
    with pytest.raises(PdfError, match=r"må ikke hentes|findes ikke"):
        make_pdf(document, site, tmp_path / "x.pdf")


def test_an_entry_of_the_contents_is_one_link(opened: pikepdf.Pdf) -> None:
    """Its dots, if it has any, are not text: a screen reader would read each."""
    targets = [str(annotation.Dest) for annotation in opened.pages[1].Annots if "/Dest" in annotation]
    assert targets.count("strategi-formaal") == 1
    tags = Counter(str(pdf_object.S) for pdf_object in opened.objects if isinstance(pdf_object, pikepdf.Dictionary) and "/S" in pdf_object)
    assert tags["/Span"] < 500


def test_names_of_images_may_be_danish(tmp_path: Path) -> None:
    (tmp_path / "måned og år.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    page = printed("", element("p", "x"), element("p", element("img", src="m%C3%A5ned%20og%20%C3%A5r.svg", alt="x")))
    assert make_pdf(assemble(FACTS, page, [page]), tmp_path, tmp_path / "x.pdf").pages == 3


def icon(name: str = "material/phone-outline") -> Element:
    return element("span.icon", element("svg", element("path", d="M0 0")), data_icon=name, aria_hidden="true")


def test_icons_are_drawn_and_are_no_content(tmp_path: Path) -> None:
    page = printed(
        "",
        element("h2", icon(), "Telefon", id="a"),
        element("p", "Kanal: ", icon(), element("a", "Telefon", href="#a")),
        element("p", icon()),
    )
    assert make_pdf(assemble(FACTS, page, [page]), tmp_path, tmp_path / "x.pdf") and audit(tmp_path / "x.pdf") == []
    without = printed("", element("h2", "Telefon", id="a"), element("p", "Kanal: ", element("a", "Telefon", href="#a")))
    make_pdf(assemble(FACTS, without, [without]), tmp_path, tmp_path / "y.pdf")
    assert shapes(tmp_path / "x.pdf") > shapes(tmp_path / "y.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert not [pdf_object for pdf_object in pdf.objects if isinstance(pdf_object, pikepdf.Dictionary) and pdf_object.get("/S") == pikepdf.Name.Figure]


def shapes(file: Path) -> int:
    """Return the number of drawing operators on a page, except text."""
    with pikepdf.open(file) as pdf:
        streams = [page.Contents.read_bytes() for page in pdf.pages]
        streams += [pdf_object.read_bytes() for pdf_object in pdf.objects if isinstance(pdf_object, pikepdf.Stream) and pdf_object.get("/Subtype") == "/Form"]
    return sum(len(re.findall(rb"(?m)(?:^|\s)(?:f|f\*|Do|sh|scn)\s", stream)) for stream in streams)


def test_a_link_to_a_pages_title_leads_to_its_chapter(tmp_path: Path) -> None:
    one = PrintPage("a/", element("div", element("h1", "En", id="titel"), element("p", element("a", "der", href="../b/#to"))))
    other = PrintPage("b/", element("div", element("h1", "To", id="to"), element("h2", "Mere", id="to-2"), element("p", element("a", "mere", href="#to-2"))))
    result = assemble(FACTS, printed(""), [one, other])
    assert make_pdf(result, tmp_path, tmp_path / "x.pdf").pages == 2  # short chapters follow each other


def test_footnotes_lead_both_ways(tmp_path: Path) -> None:
    mark = element("sup.footnote-ref", element("a", "1", href="#fn-1", id="fnref-1", aria_label="Fodnote 1"))
    back = element("a.footnote-back", "↩", href="#fnref-1", aria_label="Tilbage til teksten ved fodnote 1")
    notes = element("section.footnotes", element("ol", element("li", element("p", "Se loven.\u00a0", back), id="fn-1")))
    pages = [printed(url, element("p", "Vi skriver", mark, "."), notes) for url in ("a/", "b/")]
    make_pdf(assemble(FACTS, printed(""), pages), tmp_path, tmp_path / "x.pdf")
    assert audit(tmp_path / "x.pdf") == []
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        said = [str(annotation.Contents) for annotation in pdf.pages[-1].Annots]
    assert said.count("Fodnote 1, side 2") == 2 and said.count("Tilbage til teksten, side 2") == 2


def test_numbers_of_lists_are_as_on_the_web(tmp_path: Path) -> None:
    inner = element("ol", element("li", "inderst"), element("li", "næst"), start="7")
    page = printed("a/", element("ol", element("li", "før", inner), element("li", "efter"), start="28"), element("ol", element("li", "ny")))
    make_pdf(assemble(FACTS, printed(""), [page]), tmp_path, tmp_path / "x.pdf")
    assert re.findall(r"(\d+)\. +(\w+)", pages_as_text(tmp_path / "x.pdf")[-1]) == [
        ("28", "før"),
        ("7", "inderst"),
        ("8", "næst"),
        ("29", "efter"),
        ("1", "ny"),
        ("1", "januar"),
    ]  # fmt: skip - laid out by hand, as a table


def test_a_list_of_definitions_is_accessible(tmp_path: Path) -> None:
    page = printed("", element("dl", element("dt", "Kanal"), element("dd", "Et medie."), element("dt", "Borger"), element("dd", element("p", "En."))))
    make_pdf(assemble(FACTS, printed(""), [page]), tmp_path, tmp_path / "x.pdf")
    assert audit(tmp_path / "x.pdf") == []


def test_a_level_of_headings_that_is_skipped_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PdfError, match=r"docs/a\.md:1: siden kan ikke sættes op på papir"):
        pdf_with(tmp_path, element("h4", "niveau 2 og 3 mangler"))


def test_a_document_that_cannot_be_audited_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = page_validation.SafetyLimits(max_reference_depth=3)
    monkeypatch.setattr("kanalstrategi.pdf.audit.validator.LIMITS", limits)
    with pytest.raises(PdfError, match="den kan ikke undersøges: filen er for stor eller for indviklet"):
        pdf_with(tmp_path, *[element("h2", "y")] * 9)


@pytest.mark.evidence("10.1.1.1", "10.1.3.1", "10.1.3.2", "10.2.4.2", "10.2.4.4", "10.3.1.1", "10.4.1.2", how="pdf")
@pytest.mark.parametrize("id", DOCUMENTS)
def test_nothing_is_found_in_any_document(site: Path, id: str) -> None:
    assert audit(site / "pdf" / f"{id}.pdf", is_archive=True) == []


@pytest.mark.evidence("10.1.3.1", "10.4.1.2", how="pdf")
def test_contents_links_and_header_cells_are_tagged_as_what_they_are(site: Path) -> None:
    with pikepdf.open(site / "pdf" / "retningslinjer-skoler.pdf") as pdf:
        elements = [pdf_object for pdf_object in pdf.objects if isinstance(pdf_object, pikepdf.Dictionary) and "/S" in pdf_object and "/P" in pdf_object]
        kinds = Counter(str(element.S) for element in elements)
        assert kinds["/TOCI"] == 6 and kinds["/TOC"] == 2
        scopes = Counter(str(part.Scope) for element in elements if element.S == pikepdf.Name.TH for part in element.A if "/Scope" in part)
        assert scopes == {"/Column": 2, "/Row": 6}
        reported = [str(annotation.Contents) for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert "Hjemmesider og selvbetjening, side 3" in reported and "ring til 54 73 10 00" in reported
        assert not [words for words in reported if "--" in words]
        text = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        assert text.count(b"/Pagination") == len(pdf.pages) - 1  # the header is drawn with the footer


def test_each_page_offers_the_document_it_belongs_to(site: Path) -> None:
    belongs = {
        "strategi/formaal": "kanalstrategi",
        "kanaler": "kanalstrategi",
        "retningslinjer/skoler": "retningslinjer-skoler",
        "retningslinjer": "samlet",
        "vaelg-kanal": "samlet",
        "regler": "samlet",
    }  # fmt: skip - laid out by hand, as a table
    for url, id in belongs.items():
        page = (site / url / "index.html").read_text(encoding="utf-8")
        with pikepdf.open(site / "pdf" / f"{id}.pdf") as pdf:
            size = round((site / "pdf" / f"{id}.pdf").stat().st_size / 1000)
            assert f'data-pdf="pdf/{id}.pdf">PDF, {len(pdf.pages)} sider, {size} kB<' in page, url


def test_a_draft_says_so_on_its_cover_and_every_page(site: Path) -> None:
    pages = pages_as_text(site / "pdf" / "retningslinjer-skoler.pdf")
    assert "Udkast. Ikke vedtaget" in pages[0] and "Vedtaget" not in pages[0]
    assert all("Lokal retningslinje for skoler – udkast" in page for page in pages[2:])
    assert "De kapitler, der er mærket »Udkast«, er ikke vedtaget" in pages_as_text(site / "pdf" / "samlet.pdf")[0]


def test_the_cover_says_who_what_for_when_and_when_it_was_adopted_and_printed(pdf: Path) -> None:
    cover = pages_as_text(pdf)[0]
    expected = ("Guldborgsund Kommune", "Kanalstrategi 2023-2025", "Vedtaget den 28. februar 2023 af direktion", "Udskrevet den 1. januar 2026")
    assert [words for words in expected if words not in cover] == []


def test_the_last_page_says_when_it_was_printed(pdf: Path) -> None:
    assert "Udskrevet den 1. januar 2026." in pages_as_text(pdf)[-1]


def test_an_error_names_its_page(project: Project) -> None:
    page = "docs/kanaler/personligt-fremmoede.md"
    text = (project.root / page).read_text(encoding="utf-8")
    deep = "".join("  " * depth + f"- punkt {depth}\n" for depth in range(14))
    project.write(page, text.replace("## Det betyder, at", f"{deep}\n## Det betyder, at"))
    process = project.build()
    assert process.returncode == 1 and "Traceback" not in process.stdout + process.stderr
    assert re.search(rf"{page}:\d+: lister, citater og bokse står for dybt i hinanden til papir", process.stdout)
    assert not project.site.exists()


@pytest.mark.slow
def test_three_hundred_pages_take_less_than_800_megabytes(site: Path, tmp_path: Path) -> None:
    """Read from /proc, since `ru_maxrss` of a new process counts the memory of the process that has started it, too."""
    script = f"""
import re, sys
sys.path.insert(0, {str(ROOT)!r})
from dataclasses import replace
from pathlib import Path
from tests.support.documents import DOCUMENTS, reassembled, repeated
from kanalstrategi.pdf.engine import make_pdf
site = Path({str(site)!r})
edition = reassembled(site, DOCUMENTS["samlet"])
strategy = len(reassembled(site, DOCUMENTS["kanalstrategi"]).chapters)  # so many chapters at the beginning lead to each other alone
several = repeated(edition, 4)
document = replace(several, chapters=[it for n, it in enumerate(several.chapters) if n < 3 * len(edition.chapters) or n % len(edition.chapters) < strategy])
result = make_pdf(document, site, Path({str(tmp_path / "x.pdf")!r}))
print(result.pages, int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text()).group(1)) // 1024)
"""
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    pages, megabytes = map(int, process.stdout.split())
    assert 300 <= pages <= 340 and megabytes < 800


def test_an_image_larger_than_the_page_is_published(project: Project) -> None:
    for page, size in (("formaal", (2400, 1600)), ("vision-og-maal", (600, 3000))):
        Image.new("RGB", size).save(project.root / f"docs/billeder/{page}.jpg")
        file = project.root / f"docs/strategi/{page}.md"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n![Et stort billede.](../billeder/{page}.jpg)\n", encoding="utf-8")
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
