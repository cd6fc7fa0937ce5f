"""The page beside its fields: it looks like the page, and can do nothing. In real Chromium, with the files of a published site."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content.project import read_project
from tests.support.servers import serving

OPEN = """([url, path]) => Promise.all(['open-page', 'page-preview', 'browser-render'].map(name => import(`${url}admin/${name}.js`))).then(modules => {
    Object.assign(window, ...modules);
    window.page = {text: '', path};
    setFormats({x: {toFile: () => window.page.text}}, () => '');
    window.entry = {get: name => ({path: window.page.path, collection: 'x', data: {toJS: () => ({original: window.page.text})}})[name]};
    window.show = text => { window.page.text = text; setOpenPage({props: {entry: window.entry}}); };
})"""

ATTACKS = [
    "<script>top.attacked = 1; parent.attacked = 1</script>",
    "<img src=x onerror='top.attacked = 1'>",
    "<svg onload='parent.attacked = 1'><script>parent.attacked = 1</script></svg>",
    "<iframe srcdoc='<script>top.attacked = 1</script>'></iframe><iframe src='$EVIL/frame'></iframe>",
    "<object data='$EVIL/object'></object><embed src='$EVIL/embed'>",
    "<meta http-equiv=refresh content='0; url=$EVIL/refresh'><base href='$EVIL/'>",
    "<link rel=stylesheet href='$EVIL/style.css'><style>@import '$EVIL/import'; p {background: url($EVIL/background)}</style>",
    "<img src='$EVIL/image'><video src='$EVIL/film' autoplay></video><audio src='$EVIL/lyd' autoplay></audio>",
    "<form action='$EVIL/form'><input name=a autofocus onfocus='top.attacked = 1'><button id=send>Send</button></form>",
    "<a id=away href='javascript:top.attacked = 1' target=_top>Tryk</a> <a id=out href='$EVIL/link' target=_top ping='$EVIL/ping'>Ud</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror='parent.attacked=1'>",
    "<details open ontoggle='parent.attacked = 1'><summary>x</summary></details>",
]
"""What a page could hold if everything before the preview let it through."""


@pytest.fixture(scope="module")
def evil() -> Iterator[tuple[str, list[str]]]:
    """The URL of another server, and the paths that it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if self.raw_requestline:
                asked.append(self.raw_requestline.decode())
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


@pytest.fixture(scope="module")
def opened(browser: Browser, published: Path) -> Iterator[Page]:
    """A page of the editor's origin with its preview."""
    with serving(published) as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(f"{url}admin/danish.js")
        page.evaluate(OPEN, [url, "docs/strategi/vision-og-maal.md"])
        page.evaluate("() => { localStorage.setItem('session', 'hemmelig'); document.cookie = 'session=hemmelig'; addPreview(async ({text}) => text) }")
        yield page
        context.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_page_runs_no_script_asks_nobody_and_reads_nothing_of_the_session(opened: Page, evil: tuple[str, list[str]], attack: str) -> None:
    page, (address, asked) = opened, evil
    page.evaluate("text => show(text)", f"<p id=mark>Mærke {ATTACKS.index(attack)}</p>{attack.replace('$EVIL', address)}")
    button = page.get_by_role("button", name=re.compile("Se siden|Luk visningen"))
    if button.inner_text() == "Se siden":
        button.click()
    frame = page.frame_locator(".preview-panel iframe")
    expect(frame.locator("#mark")).to_have_text(f"Mærke {ATTACKS.index(attack)}")
    for link in ("#away", "#out", "#send"):
        if frame.locator(link).count():
            frame.locator(link).click()
    page.wait_for_timeout(100)  # milliseconds in which it could ask somebody
    assert page.evaluate("window.attacked") is None
    assert asked == [] and page.url.endswith("/admin/danish.js")
    inner = page.frames[-1]
    assert inner.evaluate("() => { try { return localStorage.getItem('session') } catch (error) { return error.name } }") == "SecurityError"
    assert inner.evaluate("() => { try { return document.cookie } catch (error) { return error.name } }") == "SecurityError"
    assert inner.evaluate("() => { try { return parent.document.title } catch (error) { return error.name } }") == "SecurityError"


def test_the_page_has_the_style_the_font_and_the_images_of_the_site(opened: Page) -> None:
    page = opened
    page.evaluate('() => show(\'<h1>Titel</h1><p id=mark>Her.</p><p><img src="../../billeder/kort.png" alt="Kort"></p>\')')
    button = page.get_by_role("button", name=re.compile("Se siden|Luk visningen"))
    if button.inner_text() == "Se siden":
        button.click()
    frame = page.frame_locator(".preview-panel iframe")
    expect(frame.locator("#mark")).to_have_text("Her.")
    assert frame.locator("article img").evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [640, 360]
    family = frame.locator("#mark").evaluate("element => getComputedStyle(element).fontFamily")
    name = family.split(",")[0].strip("\"'")
    assert page.frames[-1].evaluate("async name => { await document.fonts.load(`16px '${name}'`); return document.fonts.check(`16px '${name}'`) }", name)


def test_pages_have_the_same_words_where_no_server_of_ours_runs(opened: Page, published: Path) -> None:
    page = opened
    root = published.parent
    project = read_project(root, {})
    edited = [path for path in project.content.pages if path not in project.program.pages]
    pages = {path: (root / "docs" / path).read_text(encoding="utf-8") for path in edited}
    assert len(pages) > 20
    rendered = page.evaluate(
        "async pages => { const render = renderInBrowser(); const found = {};"
        " for (const [path, text] of Object.entries(pages)) found[path] = await render({path: `docs/${path}`, text}); return found; }",
        pages,
    )
    different = {}
    for path, shown in rendered.items():
        article = html.parse(published / project.content.pages[path].url / "index.html").find(".//article")
        assert article is not None
        for name in ("plan-facts", "page-foot"):  # made of the fields of the form, which stand beside the preview
            for box in article.find_class(name):
                box.drop_tree()
        published_words = _words(article)
        own = _words(html.fragment_fromstring(shown, create_parent="div"))
        missing = [word for word in own if word not in set(published_words)]
        if missing or len(own) < 0.75 * len(published_words):
            different[path] = (len(own), len(published_words), missing[:10])
    assert different == {}


def _words(root: html.HtmlElement) -> list[str]:
    return re.findall(r"\w+", " ".join(root.itertext()))
