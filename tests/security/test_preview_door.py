"""The preview answers the person at this machine: not a web page that is open beside it, whatever name it has, and no one without the key.

The attacks are real: pages in Chromium, one of them with a name that leads to this machine (DNS rebinding), and bytes on a socket.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from unittest import mock
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from mkdocs.livereload import LiveReloadServer
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanalstrategi.build.preview_door import guard
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.editor.door import KEY, Refusal
from kanalstrategi.editor.door_page import DoorSite, key_page, refusal_page
from tests.support.preview import editing, previewing, wait_for
from tests.support.project import PARTS, Project, copied
from tests.support.servers import serving

EVIL = "evil.test"
HOOK = {"dataFiles": [{"slug": "x", "path": "mkdocs.yml", "raw": "site_name: overtaget\n", "base": ""}], "assets": []}
OPTIONS = {"options": {"commitMessage": "x", "useWorkflow": False, "status": "draft"}, "branch": "master"}
ATTACK = {"branch": "master", "action": "persistEntry", "params": {**HOOK, **OPTIONS}}
ON_A_PAGE = {**ATTACK, "params": {"dataFiles": [{"slug": "x", "path": "docs/regler.md", "raw": "overtaget", "base": ""}], "assets": [], **OPTIONS}}


@dataclass(frozen=True)
class Preview:
    """A preview with the editor, and the project that it writes to."""

    project: Project
    with_key: str

    @property
    def url(self) -> str:
        return self.with_key.partition("admin/")[0]

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80

    def files(self) -> dict[str, bytes]:
        root = self.project.root
        files = [file for part in PARTS for file in ([root / part] if (root / part).is_file() else (root / part).rglob("*"))]
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file() and "__pycache__" not in file.parts}

    def log(self) -> str:
        return (self.project.root / "log").read_text(encoding="utf-8")

    def ask(self, path: str, method: str = "GET", body: str | bytes | None = None, **headers: str) -> tuple[int, str]:
        """Send a request as a program would, and return the status and the answer. Names of headers have `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def cookie(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", self.with_key.removeprefix(self.url.rstrip("/")))
        return str(connection.getresponse().headers["Set-Cookie"]).partition(";")[0]

    def as_editor(self, message: object, **headers: str) -> tuple[int, str]:
        """Send a message as Decap does."""
        own = {"Cookie": self.cookie(), "Origin": self.url.rstrip("/"), "Content_Type": "application/json; charset=utf-8", "Sec_Fetch_Site": "same-origin"}
        body = message if isinstance(message, bytes) else json.dumps(message)
        return self.ask("/admin/api", "POST", body, **{**own, **headers})

    def raw(self, data: bytes) -> bytes:
        """Send bytes, and return the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    project = copied(tmp_path_factory.mktemp("guarded") / "project")
    project.remove_documents()
    with editing(project) as url:
        yield Preview(project, url)


@pytest.fixture
def unchanged(preview: Preview) -> Iterator[Preview]:
    """The preview, whose project must be the same after the test, and whose log must hold no traceback."""
    before = preview.files()
    yield preview
    assert preview.files() == before
    assert "Traceback" not in preview.log()


@pytest.fixture(scope="module")
def misled(browser: Browser) -> Iterator[Browser]:
    """A browser for which a foreign name leads to this machine."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    # Chromium (from 142 on) itself asks before a page from elsewhere reaches this machine. Other browsers do not.
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks", f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"]
    misled = browser.browser_type.launch(executable_path=program, args=arguments)
    yield misled
    misled.close()


@pytest.fixture
def foreign_page(misled: Browser, tmp_path: Path) -> Iterator[tuple[BrowserContext, str]]:
    """A browser, and the URL of a page on another port of this machine, which the attacker has filled."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Vejret</title><body>Det bliver sol</body>", encoding="utf-8")
    with serving(tmp_path) as url:
        context = misled.new_context()
        yield context, url
        context.close()


def opened(context: BrowserContext, preview: Preview) -> Page:
    """Return a page with the editor, opened with the key."""
    page = context.new_page()
    page.goto(preview.with_key)
    expect(page.get_by_role("button", name="Log ind")).to_be_visible()
    return page


def fetched(page: Page, url: str, **options: object) -> str:
    """Return the status and the text that a script on a page gets, or what keeps it from them."""
    script = "async ([url, options]) => { const answer = await fetch(url, options); return `${answer.status} ${await answer.text()}`; }"
    return str(page.evaluate(f"async given => {{ try {{ return await ({script})(given); }} catch (error) {{ return `${{error}}`; }} }}", [url, options]))


def test_a_page_whose_name_leads_to_this_machine_changes_nothing_and_reads_nothing(unchanged: Preview, foreign_page: tuple[BrowserContext, str]) -> None:
    context, _ = foreign_page
    # The name has led to the attacker's own server first, which has sent this page.
    context.route(f"http://{EVIL}:*/vejret", lambda route: route.fulfill(content_type="text/html", body="<title>Vejret</title>Det bliver sol"))
    page = context.new_page()
    start = f"http://{EVIL}:{unchanged.port}/"
    page.goto(f"{start}vejret")
    config = fetched(page, f"{start}admin/config.json")
    # The API is where the configuration says; without it, the attacker knows where.
    found = json.loads(config[4:])["backend"]["proxy_url"] if config.startswith("200") else "api"
    api = urlsplit(urljoin(f"{start}admin/", found))
    page.goto(f"http://{EVIL}:{api.port}/vejret")
    answers = [fetched(page, api.path, method="POST", headers={"Content-Type": kind}, body=json.dumps(ATTACK)) for kind in ("application/json", "text/plain")]
    assert [answer[:3] for answer in answers] == ["403", "403"]
    assert config.startswith("403") and "docs/" not in config
    assert "Kerneopgaven" not in fetched(page, f"{start}strategi/formaal/")
    page.goto(f"{start}strategi/formaal/")
    assert "Kerneopgaven" not in page.content() and f"127.0.0.1:{unchanged.port}" in page.inner_text("body")


def test_a_preview_without_the_editor_does_not_show_drafts_to_such_a_page(project: Project, foreign_page: tuple[BrowserContext, str]) -> None:
    context, _ = foreign_page
    project.remove_documents()
    with previewing(project) as url:
        page = context.new_page()
        page.goto(f"http://{EVIL}:{urlsplit(url).port}/retningslinjer/skoler/")
        assert "Skoler" not in page.content()
        page.goto(f"{url}retningslinjer/skoler/")
        assert "Skoler" in page.content()


def test_a_page_on_another_port_changes_nothing_although_its_requests_have_the_cookie(unchanged: Preview, foreign_page: tuple[BrowserContext, str]) -> None:
    context, other = foreign_page
    page = opened(context, unchanged)
    assert any(cookie["value"] for cookie in context.cookies(f"{unchanged.url}admin/"))
    page.goto(other)
    seen: list[int] = []
    page.on("response", lambda response: seen.append(response.status) if response.url.startswith(unchanged.url) else None)
    api, body = f"{unchanged.url}admin/api", json.dumps(ON_A_PAGE)
    fetched(page, api, method="POST", mode="no-cors", credentials="include", headers={"Content-Type": "text/plain"}, body=body)
    fetched(page, api, method="POST", credentials="include", headers={"Content-Type": "application/json"}, body=body)
    fetched(page, api, method="POST", mode="no-cors", credentials="include", keepalive=True, body=body)
    page.evaluate("([api, body]) => navigator.sendBeacon(api, new Blob([body], {type: 'text/plain'}))", [api, body])
    for path in ("search/index.json", "strategi/formaal/", "admin/config.json", "livereload/1/1"):
        assert "TypeError" in fetched(page, unchanged.url + path, credentials="include")
        fetched(page, unchanged.url + path, mode="no-cors", credentials="include")
    assert seen and set(seen) == {403}


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_form_on_another_page_changes_nothing(unchanged: Preview, foreign_page: tuple[BrowserContext, str], kind: str) -> None:
    context, other = foreign_page
    page = opened(context, unchanged)
    page.goto(other)
    head, tail = json.dumps({**ON_A_PAGE, "x": "="}).split("=")
    with page.expect_navigation(url=f"{unchanged.url}**") as navigation:
        page.evaluate(
            """([api, kind, head, tail]) => {
              const form = Object.assign(document.createElement("form"), { method: "post", action: api, enctype: kind });
              form.append(Object.assign(document.createElement("input"), { name: head, value: tail }));
              document.body.append(form);
              form.submit();
            }""",
            [f"{unchanged.url}admin/api", kind, head, tail],
        )
    assert navigation.value.status == 403


def test_another_page_frames_neither_the_editor_nor_a_page_but_may_link_to_it(unchanged: Preview, foreign_page: tuple[BrowserContext, str]) -> None:
    context, other = foreign_page
    page = opened(context, unchanged)
    page.goto(other)
    for path in ("admin/", "admin/index.html", "strategi/formaal/"):
        with page.expect_response(f"{unchanged.url}{path}") as response:
            page.evaluate("url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))", unchanged.url + path)
        assert response.value.status == 403
    page.evaluate("url => { location.href = url; }", f"{unchanged.url}strategi/formaal/")
    expect(page.locator("h1")).to_contain_text("Formål")


def test_the_key_opens_the_editor_and_stays_nowhere(unchanged: Preview, misled: Browser) -> None:
    context = misled.new_context()
    page = context.new_page()
    assert KEY in unchanged.with_key
    refused = page.goto(f"{unchanged.url}admin/")
    assert refused and refused.status == 403 and "åbn den adresse, som serve.py skrev" in page.inner_text("body")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers.get("referer", "")))
    page.goto(unchanged.with_key)
    expect(page.get_by_role("button", name="Log ind")).to_be_visible()
    key = unchanged.with_key.partition(f"{KEY}=")[2]
    assert len(key) >= 32
    assert key not in page.url and key not in str(page.evaluate("document.referrer + document.cookie + JSON.stringify(localStorage)"))
    assert not any(key in referer for referer in sent)
    [cookie] = context.cookies()
    assert key not in cookie["value"] and len(cookie["value"]) >= 32
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"], str(unchanged.port) in cookie["name"]) == (True, "Strict", "/admin/", True)
    page.go_back()
    assert key not in page.url  # the address with the key has been replaced
    context.close()


def test_whoever_comes_without_the_key_is_told_what_to_do_and_lands_where_they_were_going(unchanged: Preview, misled: Browser) -> None:
    context = misled.new_context()
    page, place = context.new_page(), "#/collections/retningslinjer/entries/skoler"
    page.add_init_script(AXE_SCRIPT)
    page.goto(f"{unchanged.url}admin/{place}")
    expect(page).to_have_title(re.compile("^Du skal bruge linket til redigeringen – ."))
    expect(page.get_by_role("heading", level=1)).to_have_text("Du skal bruge linket til redigeringen")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # the policy lets the style through
    assert page.evaluate("() => axe.run().then(({violations}) => violations.map(({id}) => id))") == []
    assert page.get_by_role("link", name="Tilbage til").get_attribute("href") == "/" and page.locator("script").count() == 0
    assert re.search(r"Spørg om linket\s.*\sTelefon: \d", page.inner_text("body"), re.DOTALL)
    opened(context, unchanged)
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.get_by_role("button", name="Log ind")).to_be_visible()
    assert page.url.endswith(place)
    context.close()


def test_the_pages_of_the_door_escape_what_they_name() -> None:
    refusal, owner = Refusal(HTTPStatus.FORBIDDEN, "Nej <b>"), Owner("x", "<i>Navn</i>", email='a"@<b>.dk')
    for page in (refusal_page(refusal), key_page(refusal, DoorSite("<u>Site</u>", '/"x/', owner))):
        assert not re.search(r"<[biu]>", page) and "&lt;" in page and page.startswith('<!doctype html>\n<html lang="da">')
    assert '"x/' not in key_page(refusal, DoorSite("x", '/"x/'))


def test_a_link_elsewhere_that_has_the_key_opens_the_editor_too(unchanged: Preview, foreign_page: tuple[BrowserContext, str]) -> None:
    """As in a terminal that is itself a web page."""
    context, other = foreign_page
    page = context.new_page()
    for address in (other, other.replace("127.0.0.1", EVIL)):
        context.clear_cookies()
        page.goto(address)
        page.evaluate("url => { location.href = url; }", unchanged.with_key)
        expect(page.get_by_role("button", name="Log ind")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "admin/",
        "admin",
        "admin/config.json",
        "Admin/config.json",
        "x/../admin/config.json",
        "./admin//config.json",
        "%61dmin/config.json",
        "/admin/config.json",
        "ad%FFmin/config.json",
        "admin/x/../config.json",
        "admin%2Fconfig.json",
        "admin/start.js",
        "admin/decap-cms.js",
        f"admin/?{KEY}=",
        f"admin/?{KEY}=gættet",
        f"admin/?{KEY}=x&{KEY}=y",
        "admin/api",
    ],
)  # fmt: skip - laid out by hand, as a table
def test_nothing_of_the_editor_is_had_without_the_key(unchanged: Preview, path: str) -> None:
    for cookie in ("", f"redigering-{unchanged.port}=", f"redigering-{unchanged.port}={'A' * 43}", 'redigering=x; ;=;"', KEY):
        status, text = unchanged.ask(f"/{path}".replace("æ", "%C3%A6"), Cookie=cookie)
        assert status in (403, 404, 405) and "collections" not in text and "CMS" not in text


def test_the_api_wants_cookie_origin_and_type(unchanged: Preview) -> None:
    url = unchanged.url.rstrip("/")
    for status, headers in (
        (403, {"Cookie": ""}),
        (403, {"Cookie": f"redigering-{unchanged.port}={'A' * 43}"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": f"http://127.0.0.1:{unchanged.port + 1}"}),
        (403, {"Origin": f"https://127.0.0.1:{unchanged.port}"}),
        (403, {"Origin": f"{url}.evil.test"}),
        (403, {"Origin": f"http://{EVIL}:{unchanged.port}"}),
        (403, {"Origin": ""}),
        (403, {"Sec_Fetch_Site": "same-site"}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"Sec_Fetch_Site": "same-origin, cross-site"}),
        (403, {"Host": f"{EVIL}:{unchanged.port}"}),
        (415, {"Content_Type": "text/plain"}),
        (415, {"Content_Type": "application/x-www-form-urlencoded"}),
        (415, {"Content_Type": "text/plain; application/json"}),
    ):
        answer, text = unchanged.as_editor(ON_A_PAGE, **headers)
        assert answer == status, headers
        assert json.loads(text)["error"]
    for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"):
        assert unchanged.ask("/admin/api", method, Cookie=unchanged.cookie())[0] == 405
    key = unchanged.with_key.partition("?")[2]
    assert unchanged.ask(f"/admin/api?{key}", "POST", json.dumps(ON_A_PAGE), Origin=url, Content_Type="application/json")[0] == 403
    assert unchanged.as_editor({"action": "info"}) == (200, '{"repo": "docs", "publish_modes": ["simple"], "type": "local_fs"}')


def test_only_names_of_this_machine_are_answered(unchanged: Preview) -> None:
    port = unchanged.port
    page = b"GET %s HTTP/1.1\r\n%s\r\n"
    own = [f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"]
    for host in own:
        assert unchanged.raw(page % (b"/", f"Host: {host}\r\n".encode())).startswith(b"HTTP/1.0 200"), host
    foreign = [
        EVIL,
        f"{EVIL}:{port}",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        f"127.0.0.1:{port}.{EVIL}",
        f"{EVIL}@127.0.0.1:{port}",
        f"127.0.0.1.{EVIL}:{port}",
        f"0.0.0.0:{port}",
        f"0:{port}",
        f"127.1:{port}",
        f"localhost.:{port}",
        f"x.localhost:{port}",
        "",
        f"127.0.0.1:{port}/",
        f"127.0.0.1:{port},{EVIL}",
        f"127.0.0.1:0{port}",
    ]  # fmt: skip - laid out by hand, as a table
    for host in foreign:
        assert unchanged.raw(page % (b"/", f"Host: {host}\r\n".encode())).startswith(b"HTTP/1.0 403"), host
    two = f"Host: 127.0.0.1:{port}\r\nHost: {EVIL}:{port}\r\n".encode()
    assert unchanged.raw(page % (b"/", two)).startswith(b"HTTP/1.0 403")
    assert unchanged.raw(page % (b"/", b"")).startswith(b"HTTP/1.0 403")
    assert unchanged.raw(page % (f"http://{EVIL}/".encode(), f"Host: {EVIL}\r\n".encode())).startswith(b"HTTP/1.0 403")
    assert unchanged.raw(b"GET /\r\n").find(b"<html") == -1
    upgrade = f"Host: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: http://{EVIL}\r\n".encode()
    assert unchanged.raw(page % (b"/livereload/1/1", upgrade)).startswith(b"HTTP/1.0 403")


@pytest.mark.parametrize(
    "path",
    ["mkdocs.yml", "docs/../mkdocs.yml", "/etc/x.md", "docs/.htaccess", "docs/a.py", ".git/hooks/x", "macros/__init__.py", f"docs/{'a' * 300}.md"],
)
def test_the_editor_itself_changes_nothing_but_pages_and_files(unchanged: Preview, path: str) -> None:
    page, asset = {"slug": "x", "path": path, "raw": "x", "base": ""}, {"path": path, "content": "eA==", "encoding": "base64"}
    for message in (
        {"action": "persistEntry", "params": {"dataFiles": [page], "assets": [], **OPTIONS}},
        {"action": "persistEntry", "params": {"entry": page, "assets": [asset], **OPTIONS}},
        {"action": "persistMedia", "params": {"asset": asset, **OPTIONS}},
        {"action": "deleteFile", "params": {"path": path, "ids": {path: ""}, **OPTIONS}},
        {"action": "deleteFiles", "params": {"paths": ["docs/regler.md", path], "ids": {path: ""}, **OPTIONS}},
        {"action": "getMediaFile", "params": {"path": path}},
        {"action": "getEntry", "params": {"path": path}},
        {"action": "entriesByFiles", "params": {"files": [{"path": path}]}},
        {"action": "entriesByFolder", "params": {"folder": path, "extension": "", "depth": 99}},
    ):
        status, text = unchanged.as_editor(message)
        assert status == 422 and " – " in json.loads(text)["error"], message
        assert len(text) < 1000 and "overrides" not in text


BROKEN_MESSAGES = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b"null",
    b'"x"',
    b"{}",
    b'{"action": 1}',
    b'{"action": "x"}',
    b'{"action":"getEntry","params":[]}',
    b"9" * 9999,
]  # fmt: skip - laid out by hand, as a table
STRANGE_PATHS = [
    "/%00",
    "/a%00b/",
    "/%0a%0dX:%20y",
    "/%ff",
    "/%1b[2J",
    "/" + "a" * 300,
    "/" + "a" * 60_000,
    f"/livereload/{'9' * 6000}/1",
    f"/livereload/1/{'9' * 1900}x",
    "/%2e%2e/%2e%2e/etc/passwd",
    "//x",
    "/?" + "x" * 9000,
    "/?" + "&" * 2000,
]  # fmt: skip - likewise
BROKEN_REQUESTS = [
    b"",
    b"\r\n",
    b"\x00" * 99,
    b"GET",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/x\r\n\r\n",
    b"A" * 70_000,
    b"GET /\x1b[2J HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
]  # fmt: skip - likewise


def test_no_request_ends_in_a_traceback(unchanged: Preview) -> None:
    port, cookie = unchanged.port, unchanged.cookie()
    own = f"Host: 127.0.0.1:{port}\r\n"
    for body in BROKEN_MESSAGES:
        status, text = unchanged.as_editor(body)
        assert status in (400, 422) and json.loads(text)["error"], body[:40]
    status, text = unchanged.as_editor(b" " * 50_000_001)
    assert status == 413 and "for meget" in json.loads(text)["error"]
    editor = f"{own}Origin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n"
    for head in ("Content-Length: x", "Content-Length: -1", "Content-Length: 9", "Content-Length: 999999999999999", "Transfer-Encoding: chunked", "X: y"):
        assert b" 413 " in unchanged.raw(f"POST /admin/api HTTP/1.1\r\n{editor}{head}\r\n\r\n".encode()), head
    for path in STRANGE_PATHS:
        assert b"root:" not in unchanged.raw(f"GET {path} HTTP/1.1\r\n{own}\r\n".encode()), path[:40]
    for data in BROKEN_REQUESTS:
        unchanged.raw(data)
    index = f"GET /search/index.json HTTP/1.1\r\n{own}\r\n"
    for part in (f"GET / HTTP/1.1\r\n{own}", index, f"POST /admin/api HTTP/1.1\r\n{editor}Content-Length: 99\r\n\r\n{{"):
        with socket.create_connection(("127.0.0.1", port)) as connection:  # that hangs up, with a reset
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.sendall(part.encode())
    assert unchanged.ask("/")[0] == 200
    assert "Traceback" not in unchanged.log() and not re.search(r"[\x00-\x09\x0b-\x1f]", unchanged.log())


@pytest.mark.parametrize("options", [["--dev-addr", "0.0.0.0:0"], ["--dev-addr", "[::]:0"], ["--no-livereload"]])
def test_a_preview_that_others_could_see_does_not_start(project: Project, options: list[str]) -> None:
    process = subprocess.run([sys.executable, "-m", "mkdocs", "serve", *options], cwd=project.root, capture_output=True, text=True, timeout=60)
    printed = process.stdout + process.stderr
    assert process.returncode == 1 and "forhåndsvisningen" in printed and " – " in printed
    assert "Traceback" not in printed and "Serving" not in printed


def test_a_client_that_falls_silent_is_dropped_without_a_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "large.bin").write_bytes(b"x" * 50_000_000)
    server = LiveReloadServer(builder=lambda: None, host="127.0.0.1", port=0, root=str(tmp_path))
    server.server_bind()
    server.server_activate()
    port = server.server_address[1]
    with mock.patch("kanalstrategi.build.preview_door.SECONDS_WITHOUT_DATA", 0.2):
        guard(server, tmp_path, mock.Mock(), mock.Mock(), mock.Mock())
    server.serve_thread.start()
    quiet = threading.active_count()
    try:
        for data in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x", f"GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()):
            with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
                connection.sendall(data)
                assert connection.recv(1) == (b"H" if b"large" in data else b"")
                wait_for(lambda: threading.active_count() == quiet)  # the server has given up, although not all was sent or read
    finally:
        server.shutdown(wait=False)
        server.serve_thread.join()
    assert capfd.readouterr() == ("", "")
