"""Hostile pages: wkhtmltopdf fetches nothing from outside of the site, and nothing passes for what the engine adds."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.wkhtmltopdf import runner
from kanalstrategi.pdf.wkhtmltopdf.engine import MARGINS, make_from_html
from kanalstrategi.pdf.wkhtmltopdf.images import sanitize_svg
from kanalstrategi.pdf.wkhtmltopdf.page import LINK_BASE, MARK_BASE
from tests.support.adopted_text import joined, pages_as_text
from tests.support.documents import page_with

SECRET = "kanariefuglens hemmelighed"
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#f00" d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one image."""
    folder = tmp_path_factory.mktemp("site-by-pdfkit")
    (folder / "måned ét.svg").write_text(IMAGE)
    return folder


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


@pytest.mark.parametrize("hostile", REFUSED)
@pytest.mark.parametrize("scheme", ["file", "http", "data"])
def test_urls_outside_the_site_are_refused(canary: Canary, folder: Path, tmp_path: Path, hostile: str, scheme: str) -> None:
    url = {"file": canary.file.as_uri(), "http": f"{canary.url}/x", "data": "data:text/html,x"}[scheme]
    with pytest.raises(PdfError, match="må ikke hentes"):
        make_from_html(page_with(hostile.format(url=url)), folder, tmp_path / "x.pdf")
    assert not canary.asked and not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("hostile", IGNORED)
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_hidden_attempts_to_fetch_do_nothing(canary: Canary, folder: Path, tmp_path: Path, hostile: str, scheme: str) -> None:
    url = canary.file.as_uri() if scheme == "file" else f"{canary.url}/x"
    try:
        make_from_html(page_with(hostile.format(url=url)), folder, tmp_path / "x.pdf")
    except PdfError as error:
        assert "må ikke hentes" in str(error)
    else:
        assert SECRET not in joined(pages_as_text(tmp_path / "x.pdf"))
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
        assert SECRET not in joined(pages_as_text(tmp_path / "x.pdf"))
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
        make_from_html(page_with('<img src="site:x.svg" alt="x">'), site, tmp_path / "x.pdf")
    assert not canary.asked


def test_active_content_of_an_image_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(
        '<?xml-stylesheet href="file:///etc/passwd"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()">'
        "<script>x()</script>"
        '<image><set attributeName="href" to="file:///etc/passwd"/></image></svg>'
    )
    clean = sanitize_svg((tmp_path / "x.svg").read_bytes(), "x.svg")
    assert clean == b'<svg xmlns="http://www.w3.org/2000/svg"><image/></svg>'


@pytest.mark.parametrize("url", ["icon:../../../../etc/passwd", "icon:material/no-such-pdf_object", "icon:"])
def test_icons_are_those_of_the_theme(folder: Path, tmp_path: Path, url: str) -> None:
    with pytest.raises(PdfError, match="findes ikke"):
        make_from_html(page_with(f'<img src="{url}" alt="">'), folder, tmp_path / "x.pdf")


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
        make_from_html(page_with(f'<img src="{url}" alt="x">'), site, tmp_path / "x.pdf")


@pytest.mark.parametrize("href", ["file:///etc/passwd", "FILE:/etc", " java\nscript:x()", "data:,x", "../x"])
def test_links_that_no_document_may_hold(folder: Path, tmp_path: Path, href: str) -> None:
    with pytest.raises(PdfError, match="kan ikke stå i en PDF"):
        make_from_html(page_with(f'<a href="{href}">x</a>'), folder, tmp_path / "x.pdf")


def test_a_link_to_no_place_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PdfError, match="#intet fører ingen steder hen"):
        make_from_html(page_with('<a href="#intet">x</a>'), folder, tmp_path / "x.pdf")


def test_pages_cannot_pass_for_what_the_engine_adds(folder: Path, tmp_path: Path) -> None:
    hostile = f'<a class="pdf-mark" href="{MARK_BASE}7">mærke</a> <a href="{LINK_BASE}99">link</a>'
    make_from_html(page_with(hostile), folder, tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        uris = [str(annotation.A.URI) for annotation in pdf.pages[0].Annots]
    assert sorted(uris, reverse=True) == [f"{MARK_BASE}7", f"{LINK_BASE}99"]
