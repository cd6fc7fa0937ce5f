"""The second engine, with real wkhtmltopdf: the same document as far as possible, safe, and honest about the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from kanalstrategi.design.tokens import rgb
from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.print_document import DocumentFacts, PrintPage, assemble
from kanalstrategi.pdf.wkhtmltopdf import runner
from kanalstrategi.pdf.wkhtmltopdf.engine import MARGINS, make
from kanalstrategi.pdf.wkhtmltopdf.images import sanitize_svg
from kanalstrategi.pdf.wkhtmltopdf.page import LINK_BASE, MARK_BASE
from tests.support.adopted_text import pages_as_text
from tests.support.documents import DOCUMENTS, reassembled
from tests.support.project import Project

SECRET = "kanariefuglens hemmelighed"
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#f00" d="M0 0h9v9z"/></svg>'
OPENING = PrintPage(
    "",
    '<h1>Prøvestrategi</h1><p class="lead">Læs om æ, ø og å.</p><p><img src="måned%20ét.svg" alt="En rød trekant"></p>'
    '<div class="cards">kort</div><h2 id="kontakt" class="closing">Kontakt</h2>'
    '<p><a href="tel:+4512345678">12 34</a></p>',
)
PAGES = [
    PrintPage(
        f"kapitel-{number}/",
        f'<h1>Kapitel {number}</h1><h2 id="a">Afsnit {number} a</h2>'
        f'<p>Se <a href="../kapitel-{9 - number}/#b">det andet</a> '
        f'og <a href="https://example.dk/?a=1&amp;b=å#c">en anden side</a>.</p>{"<p>Vi skriver klart. </p>" * 40}'
        f'<h2 id="b">Afsnit {number} b</h2><ul><li id="regel">En regel</li></ul>',
        is_draft=number == 2,
    )
    for number in range(1, 9)
]
FACTS = DocumentFacts(
    title="Prøvestrategi 2026", organisation="Prøveby Kommune", description="En prøve & <intet> andet", language="da",
    today=date(2026, 1, 2), edition="2. januar 2026", cover_lines=("Vedtaget i dag",), site_url="https://prøveby.example/sted/",
    url="pdf/prøve.pdf",
)  # fmt: skip


@pytest.fixture(scope="module")
def source() -> str:
    return assemble(FACTS, OPENING, PAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one image."""
    folder = tmp_path_factory.mktemp("site-by-pdfkit")
    (folder / "måned ét.svg").write_text(IMAGE)
    return folder


@pytest.fixture(scope="module")
def result(source: str, folder: Path) -> Path:
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


def words(pages: list[str]) -> str:
    return " ".join(" ".join(pages).split())


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
            "Prøvestrategi", *(f"Kapitel {n}" for n in range(1, 9)), "Kontakt", "Om denne PDF",
        ]  # fmt: skip
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
        "tel:+4512345678", "https://example.dk/?a=1&b=%C3%A5#c", "https://pr%C3%B8veby.example/sted/",
        "https://pr%C3%B8veby.example/sted/pdf/pr%C3%B8ve.pdf",
    }  # fmt: skip


def test_destinations_are_where_the_heading_stands(opened: pikepdf.Pdf, result: Path) -> None:
    """At the right height, and not only on the right page."""
    names = opened.Root.Names.Dests.Names
    places = {str(name): names[index + 1] for index, name in enumerate(names) if index % 2 == 0}
    boxes = subprocess.run(["pdftotext", "-bbox", str(result), "-"], capture_output=True, text=True, check=True).stdout
    page = boxes.split("<page ")[1:][[p.objgen for p in opened.pages].index(places["kapitel-1--b"][0].objgen)]
    tops = [float(top) for top in re.findall(r'yMin="([\d.]+)"[^>]*>Afsnit<', page)]
    assert min(abs(842 - float(places["kapitel-1--b"][3]) - top) for top in tops) < 12


def test_holds_nothing_of_the_building_machine(opened: pikepdf.Pdf, folder: Path) -> None:
    content = everything(opened)
    for trace in ("file:", "/tmp", "invalid", str(folder), str(Path.home()), "pdf-"):
        assert trace.encode() not in content


def test_is_the_same_byte_for_byte(source: str, folder: Path, result: Path, tmp_path: Path) -> None:
    for number in range(6):  # the order of Qt's fonts differed in every second run
        make(source, folder, tmp_path / str(number) / "x.pdf")
        assert (tmp_path / str(number) / "x.pdf").read_bytes() == result.read_bytes()


def test_last_page_says_that_it_is_not_tagged(result: Path) -> None:
    last = words(pages_as_text(result)[-1:])
    assert "Denne PDF er ikke tagget." in last and "ikke er tilgængelig for dig, der bruger skærmlæser" in last
    assert "tilgængeligt som almindelige sider på nettet: https://prøveby.example/sted/" in last
    assert "Den nyeste udgave findes på https://prøveby.example/sted/pdf/prøve.pdf" in last


def test_last_page_of_a_site_without_a_url(folder: Path, tmp_path: Path) -> None:
    make("<!doctype html><title>x</title><h1>Kun dette</h1>", folder, tmp_path / "x.pdf")
    pages = pages_as_text(tmp_path / "x.pdf")
    assert len(pages) == 2 and "Side 1 af 2" in pages[0] and "almindelige sider på nettet" in words(pages[1:])


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


def test_the_projects_own_document(site: Path, tmp_path: Path, captured: dict[str, str]) -> None:
    for name, html in captured.items():
        make(html, site, tmp_path / f"{name}.pdf")
        pages = pages_as_text(tmp_path / f"{name}.pdf")
        entries = re.findall(r"^ *(\S.*?) {3,}(\d+)$", "\n".join(pages[1:3]), re.MULTILINE)
        assert len(entries) > 20
        for title, number in entries:
            assert title.removesuffix(" (udkast)") in words(pages[int(number) - 1 : int(number)])
        assert "(side 0)" not in words(pages)


@pytest.fixture(scope="module")
def captured(site: Path) -> dict[str, str]:
    """The print pages of the project's own documents."""
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
    assert re.search(r'data-pdf="kanalstrategi">PDF, \d+ sider, \d+ kB, kan ikke bruges med skærmlæser<', page)
    assert len(list((project.site / "pdf").glob("*.pdf"))) == 1
    process = project.build(PDF_ENGINE="pdfkat")
    assert "PDF-motoren pdfkat findes ikke – mente du pdfkit?" in process.stdout


# Hostile pages


@dataclass
class Canary:
    """A file and a server that nothing may access."""

    file: Path
    url: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        do_POST = do_HEAD = do_CONNECT = do_OPTIONS = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()  # seconds between two looks whether to stop
    file = tmp_path / "outside" / "canary.html"
    file.parent.mkdir()
    file.write_text(f"<p>{SECRET}</p>")
    yield Canary(file, f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    server.server_close()


# `{url}` is the canary's URL, once as a file and once on the server.
REFUSED = [
    '<iframe src="{url}"></iframe>',
    '<iframe srcdoc="&lt;img src=&quot;{url}&quot;&gt;"></iframe>',
    '<object data="{url}">x</object>',
    '<object classid="clsid:1" codebase="{url}"></object>',
    '<embed src="{url}">',
    '<applet archive="{url}" code="x"></applet>',
    '<frameset><frame src="{url}"></frameset>',
    '<img src="{url}" alt="x">',
    '<IMG SRC=" {url}" alt="x">',
    '<img src="site:missing.png" srcset="{url} 2x" alt="x">',
    '<picture><source srcset="{url}"><img alt="x"></picture>',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<link rel="prefetch" href="{url}">',
    '<base href="{url}">',
    '<meta http-equiv="refresh" content="0; url={url}">',
    '<meta http-equiv=" Refresh " content="0; url={url}">',
    "<style>@import '{url}';</style>",
    '<style>@import url("{url}");</style>',
    "<style>@media print {{ p {{ background: url({url}) }} }}</style>",
    "<style>p {{ background: u\\72l('{url}') }}</style>",
    "<style>@font-face {{ font-family: x; src: local(y), url('{url}') }}</style>",
    "<style>p {{ background: image-set('{url}' 1x) }}</style>",
    "<p style=\"background: url('{url}')\">x</p>",
    '<p style="background: U\\52 L({url})">x</p>',
    '<ul style="list-style-image: url({url})"><li>x</ul>',
    '<table background="{url}"><tr><td background="{url}">x</table>',
    '<svg><image xlink:href="{url}"/></svg>',
    '<svg><use href="{url}#x"/></svg>',
    '<svg><filter><feImage xlink:href="{url}"/></filter></svg>',
    '<svg><style>@import "{url}";</style></svg>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}" parse="text"/>',
    '<video src="{url}"></video>',
    '<video poster="{url}"></video>',
    '<audio src="{url}"></audio>',
    '<video><source src="{url}"><track src="{url}"></video>',
    '<input type="image" src="{url}">',
    '<script src="{url}"></script>',
    '<noscript><img src="{url}"></noscript>',
    "<!--[if IE]><p><![endif]--><img src='{url}'>",
]
IGNORED = [
    '<meta name="pdfkit-allow" content="{url}"><meta name="pdfkit-enable-local-file-access" content="">',
    '<meta name="pdfkit-run-script" content="location=\'{url}\'">',
    "<script>var r = new XMLHttpRequest(); r.open('GET', '{url}', false); r.send();document.write(r.responseText)</script>",
    "<p onclick=\"location='{url}'\" onload=\"location='{url}'\">x</p>",
    "<xmp><img src='{url}'></xmp>",
    "<noembed><img src='{url}'></noembed><plaintext><img src='{url}'>",
    "<title></title><img src='{url}'>",
    "<textarea><iframe src='{url}'></iframe></textarea>",
    "<template><iframe src='{url}'></iframe></template>",
    "<svg><title><style><img src='{url}'></style></title></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src={url}&gt;'>",
    "<style><!--</style><p title='--><iframe src={url}></iframe>'>x</p>",
    '<form action="{url}"><button formaction="{url}">x</button></form><blockquote cite="{url}">x</blockquote>',
    "<p style=\"content: '{url}'; background-image: -webkit-canvas(x)\">x</p>",
    "<?xml-stylesheet href='{url}'?><!DOCTYPE x [<!ENTITY e SYSTEM '{url}'>]><p>&e;</p>",
]


def page_with(hostile: str) -> str:
    return f'<!doctype html><html lang="da"><title>x</title><body><h1>x</h1>{hostile}<p>enden</p></body></html>'


@pytest.mark.parametrize("hostile", REFUSED)
@pytest.mark.parametrize("scheme", ["file", "http", "data"])
def test_urls_outside_the_site_are_refused(canary: Canary, folder: Path, tmp_path: Path, hostile: str, scheme: str) -> None:
    url = {"file": canary.file.as_uri(), "http": f"{canary.url}/x", "data": "data:text/html,x"}[scheme]
    with pytest.raises(PdfError, match="må ikke hentes"):
        make(page_with(hostile.format(url=url)), folder, tmp_path / "x.pdf")
    assert not canary.asked and not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("hostile", IGNORED)
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_hidden_attempts_to_fetch_do_nothing(canary: Canary, folder: Path, tmp_path: Path, hostile: str, scheme: str) -> None:
    url = canary.file.as_uri() if scheme == "file" else f"{canary.url}/x"
    try:
        make(page_with(hostile.format(url=url)), folder, tmp_path / "x.pdf")
    except PdfError as error:
        assert "må ikke hentes" in str(error)
    else:
        assert SECRET not in words(pages_as_text(tmp_path / "x.pdf"))
    assert not canary.asked


UNCLEANED = [page for page in REFUSED + IGNORED if "{url}" in page]


@pytest.mark.parametrize(("hostile", "scheme"), [(page, ("file", "http")[n % 2]) for n, page in enumerate(UNCLEANED)])
def test_the_program_itself_reads_nothing_outside_its_folder(canary: Canary, tmp_path: Path, hostile: str, scheme: str) -> None:
    """Even if the page were not sanitized, the program's options would protect."""
    url = canary.file.as_uri() if scheme == "file" else f"{canary.url}/x"
    private = tmp_path / "private"
    private.mkdir()
    wkhtmltopdf = runner.Runner(str(shutil.which("wkhtmltopdf")), private)
    try:
        result = wkhtmltopdf.run("body", hostile.format(url=url), MARGINS)
    except PdfError:
        pass
    else:
        (tmp_path / "x.pdf").write_bytes(result)
        assert SECRET not in words(pages_as_text(tmp_path / "x.pdf"))
    assert not canary.asked


@pytest.mark.parametrize(
    "svg",
    [
        '<svg {ns} xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}"/></svg>',
        '<svg {ns}><use href="{url}#x"/></svg>',
        '<svg {ns}><style>@import "{url}";</style></svg>',
        '<svg {ns}><path fill="url({url}#x)" d="M0 0"/></svg>',
        '<svg {ns}><g style="mask: u\\72l({url})"/></svg>',
        '<svg {ns}><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="{url}"/></foreignObject></svg>',
        '<!DOCTYPE svg [<!ENTITY e SYSTEM "{url}">]><svg {ns}><text>&e;</text></svg>',
        '<svg {ns}><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}"/></svg>',
        '<svg {ns}><image href="data:image/svg+xml,x"/></svg>',
    ],
)
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_images_fetch_nothing(canary: Canary, tmp_path: Path, svg: str, scheme: str) -> None:
    url = canary.file.as_uri() if scheme == "file" else f"{canary.url}/x"
    site = tmp_path / "site"
    site.mkdir()
    (site / "x.svg").write_text(svg.replace("{ns}", 'xmlns="http://www.w3.org/2000/svg"').replace("{url}", url))
    with pytest.raises(PdfError, match="må ikke hentes"):
        make(page_with('<img src="site:x.svg" alt="x">'), site, tmp_path / "x.pdf")
    assert not canary.asked


def test_active_content_of_an_image_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(
        '<?xml-stylesheet href="file:///etc/passwd"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()">'
        "<script>x()</script>"
        '<image><set attributeName="href" to="file:///etc/passwd"/></image></svg>'
    )
    clean = sanitize_svg((tmp_path / "x.svg").read_bytes(), "x.svg")
    assert clean == b'<svg xmlns="http://www.w3.org/2000/svg"><image/></svg>'


def test_icons_are_drawn_in_the_color_of_links(folder: Path, tmp_path: Path) -> None:
    make(page_with('<h1>Kapitel</h1><p><img class="icon" src="icon:material/phone" alt="">Telefon</p>'), folder, tmp_path / "x.pdf")
    command = ["pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-png", "-singlefile", str(tmp_path / "x.pdf"), str(tmp_path / "page")]
    subprocess.run(command, check=True)
    with Image.open(tmp_path / "page.png") as page:
        assert rgb("--k-link") in {color for _, color in page.convert("RGB").getcolors(99999)}


@pytest.mark.parametrize("url", ["icon:../../../../etc/passwd", "icon:material/no-such-pdf_object", "icon:"])
def test_icons_are_those_of_the_theme(folder: Path, tmp_path: Path, url: str) -> None:
    with pytest.raises(PdfError, match="findes ikke"):
        make(page_with(f'<img src="{url}" alt="">'), folder, tmp_path / "x.pdf")


@pytest.mark.parametrize(
    "url",
    [
        "site:../outside/canary.html",
        "site:link.svg",
        "site:under/canary.html",
        "site:",
        "site:missing.png",
        "site:%00",
        "site:/etc/passwd",
        f"site:{999 * 'x'}",
    ],
)
def test_images_are_files_of_the_site(canary: Canary, tmp_path: Path, url: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "link.svg").symlink_to(canary.file)
    (site / "under").symlink_to(canary.file.parent)
    with pytest.raises(PdfError, match="findes ikke på siden"):
        make(page_with(f'<img src="{url}" alt="x">'), site, tmp_path / "x.pdf")


@pytest.mark.parametrize("href", ["file:///etc/passwd", "FILE:/etc", " java\nscript:x()", "data:,x", "../x"])
def test_links_that_no_document_may_hold(folder: Path, tmp_path: Path, href: str) -> None:
    with pytest.raises(PdfError, match="kan ikke stå i en PDF"):
        make(page_with(f'<a href="{href}">x</a>'), folder, tmp_path / "x.pdf")


def test_a_link_to_no_place_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PdfError, match="#intet fører ingen steder hen"):
        make(page_with('<a href="#intet">x</a>'), folder, tmp_path / "x.pdf")


def test_pages_cannot_pass_for_what_the_engine_adds(folder: Path, tmp_path: Path) -> None:
    hostile = f'<a class="pdf-mark" href="{MARK_BASE}7">mærke</a> <a href="{LINK_BASE}99">link</a>'
    make(page_with(hostile), folder, tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        uris = [str(annotation.A.URI) for annotation in pdf.pages[0].Annots]
    assert sorted(uris, reverse=True) == [f"{MARK_BASE}7", f"{LINK_BASE}99"]


def test_images_of_other_formats(tmp_path: Path) -> None:
    for extension in ("webp", "png", "jpg", "gif"):
        Image.new("RGB", (20, 20), (255, 0, 0)).save(tmp_path / f"x.{extension}")
        make(page_with(f'<img src="site:x.{extension}" alt="x">'), tmp_path, tmp_path / "x.pdf")
        with pikepdf.open(tmp_path / "x.pdf") as pdf:
            assert b"/Image" in everything(pdf)
    (tmp_path / "x.png").write_text("intet billede")
    with pytest.raises(PdfError, match=r"billedet x\.png kan ikke læses"):
        make(page_with('<img src="site:x.png" alt="x">'), tmp_path, tmp_path / "x.pdf")


# The program


def test_missing_program(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = "^wkhtmltopdf findes ikke – installér den med: sudo apt-get install wkhtmltopdf$"
    with pytest.raises(PdfError, match=message):
        make(page_with(""), folder, tmp_path / "pdf" / "x.pdf")
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
        make(page_with(""), folder, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("script", ["exit 0", "kill -SEGV $$", 'for last; do :; done; echo rubbish > "$last"'])
def test_program_that_makes_no_pdf(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, script: str) -> None:
    replace_program(tmp_path, monkeypatch, script)
    with pytest.raises(PdfError, match=r"^wkhtmltopdf gik i stå: "):
        make(page_with(""), folder, tmp_path / "x.pdf")


def test_program_that_hangs(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    replace_program(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(runner, "MAX_SECONDS_PER_RUN", 1)
    with pytest.raises(PdfError, match=r"^wkhtmltopdf blev ikke færdig på 1 sekunder$"):
        make(page_with(""), folder, tmp_path / "x.pdf")
