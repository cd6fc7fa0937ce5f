"""The second engine, with real wkhtmltopdf: the same document as far as possible, safe, and honest about the rest."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from kanalstrategi.design.tokens import rgb
from kanalstrategi.markdown.nodes import element
from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble
from kanalstrategi.pdf.wkhtmltopdf import runner
from kanalstrategi.pdf.wkhtmltopdf.engine import make, make_from_html
from tests.support.adopted_text import joined, pages_as_text
from tests.support.documents import DOCUMENTS, page_with, reassembled
from tests.support.project import Project

IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#f00" d="M0 0h9v9z"/></svg>'
OPENING = PrintPage(
    "",
    element(
        "div",
        element("h1", "Prøvestrategi"),
        element("p.lead", "Læs om æ, ø og å."),
        element("p", element("img", src="måned%20ét.svg", alt="En rød trekant")),
        element("div.cards", "kort"),
        element("h2.closing", "Kontakt", id="kontakt"),
        element("p", element("a", "12 34", href="tel:+4512345678")),
    ),
)


def chapter(number: int) -> PrintPage:
    inside, outside = element("a", "det andet", href=f"../kapitel-{9 - number}/#b"), element("a", "en anden side", href="https://example.dk/?a=1&b=å#c")
    root = element(
        "div",
        element("h1", f"Kapitel {number}"),
        element("h2", f"Afsnit {number} a", id="a"),
        element("p", "Se ", inside, " og ", outside, "."),
        [element("p", "Vi skriver klart. ") for _ in range(40)],
        element("h2", f"Afsnit {number} b", id="b"),
        element("ul", element("li", "En regel", id="regel")),
    )
    return PrintPage(f"kapitel-{number}/", root, is_draft=number == 2)


PAGES = [chapter(number) for number in range(1, 9)]
FACTS = DocumentFacts(
    title="Prøvestrategi 2026",
    organisation="Prøveby Kommune",
    description="En prøve & <intet> andet",
    language="da",
    today=date(2026, 1, 2),
    printed="Udskrevet den 2. januar 2026",
    cover_lines=("Vedtaget i dag",),
    site_url="https://prøveby.example/sted/",
    url="pdf/prøve.pdf",
)  # fmt: skip - laid out by hand, as a table


@pytest.fixture(scope="module")
def source() -> PrintDocument:
    return assemble(FACTS, OPENING, PAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one image."""
    folder = tmp_path_factory.mktemp("site-by-pdfkit")
    (folder / "måned ét.svg").write_text(IMAGE)
    return folder


@pytest.fixture(scope="module")
def result(source: PrintDocument, folder: Path) -> Path:
    target = folder / "pdf" / "prøve.pdf"
    make(source, folder, target)
    return target


@pytest.fixture(scope="module")
def opened(result: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(result) as pdf:
        yield pdf


def everything(pdf: pikepdf.Pdf) -> bytes:
    """Return the whole file, decompressed."""
    streams = [_unpacked(pdf_object) for pdf_object in pdf.objects if isinstance(pdf_object, pikepdf.Stream)]
    return b"\n".join([*streams, *(pdf_object.unparse(resolved=True) for pdf_object in pdf.objects), pdf.trailer.unparse()])


def _unpacked(stream: pikepdf.Stream) -> bytes:
    return stream.read_raw_bytes() if stream.get("/Filter") == pikepdf.Name.DCTDecode else stream.read_bytes()


def test_has_language_title_and_author(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "da"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    assert str(opened.docinfo.Title) == FACTS.title
    assert str(opened.docinfo.Author) == FACTS.organisation
    assert str(opened.docinfo.Subject) == FACTS.description
    assert str(opened.docinfo.CreationDate) == str(opened.docinfo.ModDate) == "D:20260102000000Z"
    with opened.open_metadata() as xmp:
        assert xmp["dc:title"] == FACTS.title
        assert xmp["dc:creator"] == [FACTS.organisation]


def test_does_not_pretend_to_be_tagged(opened: pikepdf.Pdf) -> None:
    assert "/MarkInfo" not in opened.Root and "/StructTreeRoot" not in opened.Root
    assert b"pdfuaid" not in everything(opened)


def test_has_bookmarks_that_lead_there(opened: pikepdf.Pdf, result: Path) -> None:
    texts = pages_as_text(result)
    number = {page.objgen: number for number, page in enumerate(opened.pages)}
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Prøvestrategi",
            *(f"Kapitel {n}" for n in range(1, 9)),
            "Kontakt",
            "Om denne PDF",
        ]  # fmt: skip - laid out by hand, as a table
        for item in outline.root:
            for entry in (item, *item.children):
                assert entry.title in texts[number[entry.destination[0].objgen]]
        assert [child.title for child in outline.root[3].children] == ["Afsnit 3 a", "Afsnit 3 b"]


def test_every_page_but_the_cover_says_which_it_is(result: Path) -> None:
    pages = pages_as_text(result)
    assert "Side" not in pages[0] and "Prøveby Kommune" in pages[0] and "Vedtaget i dag" in pages[0]
    for number, text in enumerate(pages[1:], 2):
        assert f"Side {number} af {len(pages)}" in text
        assert text.strip().startswith("Prøvestrategi 2026")


def test_running_header_names_the_chapter(result: Path) -> None:
    headers = [text.strip().split("\n")[0] for text in pages_as_text(result)]
    assert any(re.search("Kapitel 2 – udkast$", header) for header in headers)
    assert any(re.search("Kapitel 3$", header) for header in headers)


def test_page_numbers_in_the_contents_are_true(result: Path) -> None:
    pages = pages_as_text(result)
    entries = re.findall(r"^ *(\S.*?) {3,}(\d+)$", pages[1], re.MULTILINE)
    assert len(entries) == 17
    for title, number in entries:
        assert title.removesuffix(" (udkast)") in pages[int(number) - 1], f"{title} is not on page {number}"


def test_links_lead_inside_the_document_or_out(opened: pikepdf.Pdf) -> None:
    names = opened.Root.Names.Dests.Names
    places = {str(name): names[index + 1] for index, name in enumerate(names) if index % 2 == 0}
    pages = {page.objgen for page in opened.pages}
    assert all(place[0].objgen in pages for place in places.values())
    inside, outside = [], set()
    for page in opened.pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.Contents)
            if "/A" in annotation:
                outside.add(str(annotation.A.URI))
            else:
                inside.append(str(annotation.Dest))
    assert set(inside) <= set(places) and "kapitel-8--b" in inside and len(inside) > 20
    assert outside == {
        "tel:+4512345678",
        "https://example.dk/?a=1&b=%C3%A5#c",
        "https://pr%C3%B8veby.example/sted/",
        "https://pr%C3%B8veby.example/sted/pdf/pr%C3%B8ve.pdf",
    }  # fmt: skip - laid out by hand, as a table


def test_destinations_are_where_the_heading_stands(opened: pikepdf.Pdf, result: Path) -> None:
    """At the right height, and not only on the right page."""
    names = opened.Root.Names.Dests.Names
    places = {str(name): names[index + 1] for index, name in enumerate(names) if index % 2 == 0}
    boxes = subprocess.run(["pdftotext", "-bbox", str(result), "-"], capture_output=True, text=True, check=True).stdout
    page = boxes.split("<page ")[1:][[p.objgen for p in opened.pages].index(places["kapitel-1--b"][0].objgen)]  # type: ignore[arg-type]  # objgen is a pair of numbers
    tops = [float(top) for top in re.findall(r'yMin="([\d.]+)"[^>]*>Afsnit<', page)]
    assert min(abs(842 - float(places["kapitel-1--b"][3]) - top) for top in tops) < 12


def test_holds_nothing_of_the_building_machine(opened: pikepdf.Pdf, folder: Path) -> None:
    content = everything(opened)
    for trace in ("file:", "/tmp", "invalid", str(folder), str(Path.home()), "pdf-"):
        assert trace.encode() not in content


def test_is_the_same_byte_for_byte(source: PrintDocument, folder: Path, result: Path, tmp_path: Path) -> None:
    for number in range(6):  # the order of Qt's fonts differed in every second run
        make(source, folder, tmp_path / str(number) / "x.pdf")
        assert (tmp_path / str(number) / "x.pdf").read_bytes() == result.read_bytes()


def test_last_page_says_that_it_is_not_tagged(result: Path) -> None:
    last = joined(pages_as_text(result)[-1:])
    assert "Denne PDF er ikke tagget." in last and "ikke er tilgængelig for dig, der bruger skærmlæser" in last
    assert "tilgængeligt som almindelige sider på nettet: https://prøveby.example/sted/" in last
    assert "Den nyeste udgave findes på https://prøveby.example/sted/pdf/prøve.pdf" in last


def test_last_page_of_a_site_without_a_url(folder: Path, tmp_path: Path) -> None:
    make_from_html("<!doctype html><title>x</title><h1>Kun dette</h1>", folder, tmp_path / "x.pdf")
    pages = pages_as_text(tmp_path / "x.pdf")
    assert len(pages) == 1 and "Side 1 af 1" in pages[0] and "almindelige sider på nettet" in joined(pages)


def test_fonts_are_embedded(result: Path) -> None:
    listed = subprocess.run(["pdffonts", str(result)], capture_output=True, text=True, check=True).stdout
    fonts = [line for line in listed.split("\n")[2:] if line]
    assert fonts and all("IBMPlexSans" in line and re.search(r"Identity-H +yes", line) for line in fonts)


def test_cover_is_coloured_to_the_edge_and_shows_the_image(result: Path, tmp_path: Path) -> None:
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", "-png", "-singlefile", str(result), str(tmp_path / "cover")]
    subprocess.run(command, check=True)
    with Image.open(tmp_path / "cover.png") as cover:
        image = cover.convert("RGB")
    corners = [(2, 2), (image.width - 3, 2), (2, image.height - 3), (image.width - 3, image.height - 3)]
    assert {image.getpixel(corner) for corner in corners} == {(12, 74, 96)}
    assert (255, 0, 0) in {color for _, color in image.getcolors(99999)}


def test_the_projects_own_document(site: Path, tmp_path: Path, captured: dict[str, PrintDocument]) -> None:
    for name, document in captured.items():
        make(document, site, tmp_path / f"{name}.pdf")
        pages = pages_as_text(tmp_path / f"{name}.pdf")
        entries = re.findall(r"^ *(\S.*?) {3,}(\d+)$", "\n".join(pages[1:3]), re.MULTILINE)
        assert len(entries) > 20
        for title, number in entries:
            assert title.removesuffix(" (udkast)") in joined(pages[int(number) - 1 : int(number)])
        assert "(side 0)" not in joined(pages)


@pytest.fixture(scope="module")
def captured(site: Path) -> dict[str, PrintDocument]:
    """Some of the project's own documents."""
    return {id: reassembled(site, DOCUMENTS[id]) for id in ("kanalstrategi", "samlet")}


def test_the_build_refuses_untagged_documents_by_default(project: Project) -> None:
    process = project.build(PDF_ENGINE="pdfkit")
    assert process.returncode == 1
    assert "pdfkit laver PDF’er, som skærmlæsere ikke kan bruge" in process.stdout and "--allow-untagged" in process.stdout
    assert not project.site.exists()
    process = project.build(PDF_ENGINE="pdfkit", ALLOW_UNTAGGED="1")
    assert process.returncode == 0, process.stdout + process.stderr
    assert "de er ikke tilgængelige for skærmlæsere og må ikke offentliggøres" in process.stderr
    page = (project.site / "strategi" / "formaal" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'data-pdf="pdf/kanalstrategi.pdf">PDF, \d+ sider, \d+ kB, kan ikke bruges med skærmlæser<', page)
    assert len(list((project.site / "pdf").glob("*.pdf"))) == 1
    process = project.build(PDF_ENGINE="pdfkat")
    assert "PDF-motoren pdfkat findes ikke – mente du pdfkit?" in process.stdout


# The look


def test_short_chapters_follow_each_other(folder: Path, tmp_path: Path) -> None:
    short = [PrintPage(f"{name}/", element("div", element("h1", name), element("p", "Kort."))) for name in ("et", "to")]
    make(assemble(FACTS, OPENING, [PAGES[0], *short]), folder, tmp_path / "x.pdf")
    pages = [{line.strip() for line in page.split("\n")} for page in pages_as_text(tmp_path / "x.pdf")]
    assert any({"et", "to", "Kontakt"} <= lines for lines in pages)


def test_lines_have_about_seventy_characters(folder: Path, tmp_path: Path) -> None:
    text = "Vi skriver klart og kort til alle borgere, så de forstår det første gang. " * 20
    make(assemble(FACTS, OPENING, [PrintPage("et/", element("div", element("h1", "Et"), element("p", text)))]), folder, tmp_path / "x.pdf")
    lines = [line.strip() for page in pages_as_text(tmp_path / "x.pdf") for line in page.split("\n") if "borgere" in line or "første" in line]
    assert 60 < sum(map(len, lines)) / len(lines) < 85


def test_the_cover_shows_the_logo(folder: Path, tmp_path: Path) -> None:
    (folder / "logo.svg").write_text(IMAGE.replace("#f00", "#0f0"))
    make(assemble(replace(FACTS, logo="site:logo.svg"), OPENING, []), folder, tmp_path / "x.pdf")
    assert (0, 255, 0) in colors(tmp_path / "x.pdf", 1, tmp_path)


def test_code_is_set_in_a_font_of_its_own(folder: Path, tmp_path: Path) -> None:
    make_from_html(page_with("<p>Skriv <code>[x]</code></p><pre><code>x = 1</code></pre>"), folder, tmp_path / "x.pdf")
    listed = subprocess.run(["pdffonts", str(tmp_path / "x.pdf")], capture_output=True, text=True, check=True).stdout
    assert "IBMPlexMono" in listed and all("IBMPlex" in line for line in listed.split("\n")[2:] if line)


def test_icons_are_drawn_in_the_color_of_links(folder: Path, tmp_path: Path) -> None:
    make_from_html(page_with('<h1>Kapitel</h1><p><img class="icon" src="icon:material/phone" alt="">Telefon</p>'), folder, tmp_path / "x.pdf")
    assert rgb("--k-link") in colors(tmp_path / "x.pdf", 1, tmp_path)


def colors(pdf: Path, page: int, folder: Path) -> set[object]:
    """Return the colors of a page."""
    command = ["pdftoppm", "-r", "200", "-f", str(page), "-l", str(page), "-png", "-singlefile", str(pdf), str(folder / "page")]
    subprocess.run(command, check=True)
    with Image.open(folder / "page.png") as image:
        return set[object](image.convert("RGB").get_flattened_data())


def test_images_of_other_formats(tmp_path: Path) -> None:
    for extension in ("webp", "png", "jpg", "gif"):
        Image.new("RGB", (20, 20), (255, 0, 0)).save(tmp_path / f"x.{extension}")
        make_from_html(page_with(f'<img src="site:x.{extension}" alt="x">'), tmp_path, tmp_path / "x.pdf")
        with pikepdf.open(tmp_path / "x.pdf") as pdf:
            assert b"/Image" in everything(pdf)
    (tmp_path / "x.png").write_text("intet billede")
    with pytest.raises(PdfError, match=r"billedet x\.png kan ikke læses"):
        make_from_html(page_with('<img src="site:x.png" alt="x">'), tmp_path, tmp_path / "x.pdf")


# The program


def test_missing_program(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = "^wkhtmltopdf findes ikke – installér den med: sudo apt-get install wkhtmltopdf$"
    with pytest.raises(PdfError, match=message):
        make_from_html(page_with(""), folder, tmp_path / "pdf" / "x.pdf")
    assert not (tmp_path / "pdf").exists()


def replace_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Replace wkhtmltopdf with another program."""
    program = tmp_path / "bin" / "wkhtmltopdf"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_program_that_fails(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    replace_program(tmp_path, monkeypatch, 'echo "noise" >&2; echo "Exit with code 1: HostNotFoundError" >&2; exit 1')
    with pytest.raises(PdfError, match=r"^wkhtmltopdf gik i stå: Exit with code 1: HostNotFoundError$"):
        make_from_html(page_with(""), folder, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("script", ["exit 0", "kill -SEGV $$", 'for last; do :; done; echo rubbish > "$last"'])
def test_program_that_makes_no_pdf(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, script: str) -> None:
    replace_program(tmp_path, monkeypatch, script)
    with pytest.raises(PdfError, match=r"^wkhtmltopdf gik i stå: "):
        make_from_html(page_with(""), folder, tmp_path / "x.pdf")


def test_program_that_hangs(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    replace_program(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(runner, "MAX_SECONDS_PER_RUN", 1)
    with pytest.raises(PdfError, match=r"^wkhtmltopdf blev ikke færdig på 1 sekunder$"):
        make_from_html(page_with(""), folder, tmp_path / "x.pdf")
