"""Served for real: with the headers that protect a reader, packed, from a cache where it can be, at any path, by nginx and by Apache."""

from __future__ import annotations

import gzip
import http.client
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kanalstrategi.build import staging
from kanalstrategi.publishing.compression import EXTENSIONS, MIN_BYTES, compress
from kanalstrategi.publishing.csp import page_policy, script_hashes, with_policy
from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.server_config import UnusableUrlError, host_and_base, server_files
from kanalstrategi.rendering.tables import align_by_class
from tests.support import servers
from tests.support.browser import every_page, measuring, visiting
from tests.support.project import PUBLISHED, Project

BASE = "/under/path/"
PAGE, OLD, OLD_PDF = "strategi/formaal/", "strategi/hvorfor/", "pdf/gammel.pdf"  # as the project of `published` has it
ON_EVERYTHING = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    def one(self, name: str) -> str:
        """A header that stands once: twice, and browsers would join or drop it."""
        found = self.headers.get_all(name) or []
        assert len(found) == 1, (name, found)
        return str(found[0])


Ask = Callable[..., Answer]


def asking(url: str) -> Ask:
    """Ask a server for a URL as it is written, without following or unpacking anything."""

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        where = path if path.startswith("/") else parts.path + path
        connection.request(method, where, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        made = Answer(answer.status, answer.msg, answer.read())
        connection.close()
        return made

    return ask


@pytest.fixture(scope="module", params=["nginx", "apache"])
def server(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def url(published: Path, server: str) -> Iterator[str]:
    """Where the published site is served, under its path."""
    for path in (".git/HEAD", "kanaler/.hidden", ".well-known/acme-challenge/proof"):
        (published / path).parent.mkdir(parents=True, exist_ok=True)
        (published / path).write_text("location of Headers")
    serve: Callable[[Path, str], AbstractContextManager[str]] = getattr(servers, server)
    with serve(published, BASE) as where:
        yield where


@pytest.fixture(scope="module")
def ask(url: str) -> Ask:
    return asking(url)


def example(site: Path, pattern: str) -> str:
    return next(site.glob(pattern)).relative_to(site).as_posix()


# What stands in the headers.


def test_every_answer_protects_its_reader(ask: Ask, published: Path) -> None:
    paths = [
        "", PAGE, "404.html", "admin/", "admin/config.json", "sitemap.xml", "search/index.json", "data/rules.json", "nothing-here", "nothing-here/",
        *(example(published, pattern) for pattern in ("assets/*/site.css", "assets/*/site.js", "search/*/*.json", "deling/*.png", "pdf/*.pdf", "billeder/*.svg")),
    ]  # fmt: skip
    for path in paths:
        answer = ask(path)
        assert answer.status == (404 if path.startswith("nothing") else 200), path
        for name, value in ON_EVERYTHING.items():
            assert answer.one(name) == value, path
        assert "camera=()" in answer.one("Permissions-Policy"), path


@pytest.mark.parametrize("path", ["", PAGE, f"{PAGE}index.html", "404.html", "nothing-here", "kanaler/nothing/"])
def test_every_page_has_a_policy(ask: Ask, path: str) -> None:
    answer = ask(path)
    policy = answer.one("Content-Security-Policy")
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.one("Cross-Origin-Opener-Policy") == "same-origin"
    # The page's own says the same, for servers that send no headers; what frames it only a header can say.
    meta = re.search(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', answer.body.decode())
    assert meta
    assert policy == meta[1].replace("&#x27;", "'") + "; frame-ancestors 'none'"


def test_the_editor_has_a_policy_of_its_own(ask: Ask) -> None:
    for path in ("admin/", "admin/index.html"):
        policy = ask(path).one("Content-Security-Policy")
        assert "'unsafe-eval'" in policy and "https://api.github.com" in policy and "frame-ancestors 'none'" in policy, path
        assert ask(path).one("Cache-Control") == "no-store"
        assert "Cross-Origin-Opener-Policy" not in ask(path).headers  # signing in opens a window that has to answer


def test_a_drawing_opened_by_itself_runs_nothing(ask: Ask, published: Path) -> None:
    answer = ask(example(published, "billeder/*.svg"))
    assert answer.one("Content-Type").startswith("image/svg+xml")
    assert answer.one("Content-Security-Policy").startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("assets/*/site.css", "public, max-age=31536000, immutable"),
        ("assets/*/search/results-page.js", "public, max-age=31536000, immutable"),
        ("search/*/*.json", "public, max-age=31536000, immutable"),
        ("deling/*.png", "public, max-age=31536000, immutable"),
        ("search/index.json", "no-cache"),
        ("index.html", "no-cache"),
        ("regler/index.html", "no-cache"),
        ("pdf/*.pdf", "public, max-age=3600"),
        ("billeder/*.svg", "public, max-age=3600"),
        ("sitemap.xml", "public, max-age=3600"),
        ("data/rules.json", "public, max-age=3600"),
    ],
)
def test_what_a_fingerprint_names_is_kept_for_ever_and_the_rest_briefly(ask: Ask, published: Path, pattern: str, kept: str) -> None:
    path = example(published, pattern)
    answer = ask(path)
    assert answer.one("Cache-Control") == kept
    for coding in ("identity", "br", "gzip"):
        answer = ask(path, Accept_Encoding=coding)
        assert answer.one("Cache-Control") == kept
        assert ask(path, Accept_Encoding=coding, If_None_Match=answer.one("ETag")).status == 304
        assert ask(path, Accept_Encoding=coding, If_Modified_Since=answer.one("Last-Modified")).status == 304


# What is sent.


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("GZIP", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.5", "br"),
        ("identity", ""), ("br;q=0", ""), ("gzip;q=0, br;q=0", ""), ("br-x", ""),
    ],
)  # fmt: skip
def test_what_was_packed_is_sent_packed_and_once(ask: Ask, published: Path, accepted: str, wanted: str) -> None:
    unpack: Callable[[bytes], bytes] = {"br": brotli.decompress, "gzip": gzip.decompress}.get(wanted, bytes)
    kinds = {"": "text/html", PAGE: "text/html", "assets/*/site.css": "text/css", "assets/*/site.js": "text/javascript", "data/rules.json": "application/json"}
    for pattern, kind in kinds.items():
        path = pattern if kind == "text/html" else example(published, pattern)
        answer = ask(path, Accept_Encoding=accepted)
        file = published / path / "index.html" if kind == "text/html" else published / path
        assert (answer.status, answer.headers.get("Content-Encoding", "")) == (200, wanted), path
        assert unpack(answer.body) == file.read_bytes(), path
        if wanted:
            assert answer.body == file.with_name(file.name + {"br": ".br", "gzip": ".gz"}[wanted]).read_bytes(), path
        assert answer.one("Vary") == "Accept-Encoding", path
        told, _, charset = answer.one("Content-Type").partition(";")
        assert told.replace("application/javascript", "text/javascript") == kind, path
        assert charset.strip() == "charset=utf-8", path
        assert "Content-Language" not in answer.headers, path  # `.br` is Breton to Apache


def test_a_proxy_gets_it_packed_too(ask: Ask, published: Path) -> None:
    answer = ask(PAGE, Accept_Encoding="gzip", Via="1.1 proxy")
    assert gzip.decompress(answer.body) == (published / PAGE / "index.html").read_bytes()


def test_the_editor_is_sent_packed_too(ask: Ask, published: Path) -> None:
    answer = ask("admin/config.json", Accept_Encoding="br")
    assert brotli.decompress(answer.body) == (published / "admin/config.json").read_bytes()
    assert "'unsafe-eval'" in answer.one("Content-Security-Policy")


def test_every_file_that_gains_is_packed(published: Path) -> None:
    large = [file for file in published.rglob("*") if file.suffix in EXTENSIONS and file.stat().st_size > 2 * MIN_BYTES]
    assert len(large) > 50
    for file in large:
        assert brotli.decompress(file.with_name(file.name + ".br").read_bytes()) == file.read_bytes()
        assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == file.read_bytes()


@given(st.binary(max_size=3000))
def test_packing_changes_nothing_and_never_makes_it_larger(content: bytes) -> None:
    made = compress("page.html", content)
    assert all(len(packed) < len(content) for packed in made.values())
    assert all({".br": brotli.decompress, ".gz": gzip.decompress}[suffix](packed) == content for suffix, packed in made.items())


@pytest.mark.parametrize("path", ["nothing-here", "kanaler/nothing-here/", "assets/nothing.css", "billeder/", "assets/", "pdf/"])
def test_what_is_not_there_is_told_of_in_danish(ask: Ask, published: Path, path: str) -> None:
    for accepted in ("identity", "br"):
        answer = ask(path, Accept_Encoding=accepted)
        body = brotli.decompress(answer.body) if answer.headers.get("Content-Encoding") == "br" else answer.body
        assert (answer.status, body) == (404, (published / "404.html").read_bytes()), accepted


@pytest.mark.parametrize("path", ["_headers", "_redirects", "_nginx.conf", "_nginx-brotli.conf", ".htaccess", ".git/HEAD", "kanaler/.hidden", "%2egit/HEAD"])
def test_what_is_meant_for_the_server_is_not_served(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status in (403, 404)
    assert b"Header" not in answer.body and b"location" not in answer.body


def test_what_proves_a_certificate_is_served(ask: Ask) -> None:
    assert ask(".well-known/acme-challenge/proof").status == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, PAGE), (OLD.rstrip("/"), PAGE), (OLD_PDF, PAGE), ("kanaler", "kanaler/"), ("kanaler/telefon-og-videomoeder", "kanaler/telefon-og-videomoeder/")],
)
def test_who_follows_an_old_address_is_sent_on(ask: Ask, server: str, old: str, new: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(old, method)
        # Behind a proxy the server knows neither the host nor that it is HTTPS: a path alone, or where the site is published.
        assert (answer.status, answer.one("Location")) == (301, (PUBLISHED if server == "apache" else BASE) + new)
        assert answer.one("X-Content-Type-Options") == "nosniff"
    assert ask(new).status == 200


def test_the_path_itself_leads_to_the_front_page(ask: Ask, server: str) -> None:
    answer = ask(BASE.rstrip("/"))
    assert (answer.status, answer.one("Location")) == (301, PUBLISHED if server == "apache" else BASE)


# In a browser.

VIOLATIONS = "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"


def test_under_a_path_the_policy_forbids_nothing_that_a_page_does(browser: Browser, published: Path, url: str, server: str) -> None:
    faults: list[str] = []
    with measuring(browser, url, 375, VIOLATIONS) as context:
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(f"{page.url} {message.text}"))
        page.on("request", lambda request: request.url.startswith((url, "data:")) or faults.append(request.url))
        page.on("response", lambda answer: answer.ok or answer.status == 301 or faults.append(f"{answer.url} {answer.status}"))
        for path in every_page(published):
            page.goto(path)
        if server == "nginx":  # Apache's leads to the public URL
            page.goto(OLD)
            assert page.url == url + PAGE
        page.goto("soeg/?q=telefon")
        page.locator("main li a").first.wait_for()
    assert faults == []


def test_a_page_without_headers_has_its_policy_all_the_same(browser: Browser, site: Path) -> None:
    """As on a host whose headers nobody can set."""
    with visiting(browser, site) as page:
        page.add_init_script(VIOLATIONS)
        page.goto("")
        with page.expect_console_message(lambda message: "policy: script-src" in message.text):
            page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))")
        assert page.evaluate("window.ran") is None


# How it is made.


def test_an_editors_script_would_get_no_hash(published: Path) -> None:
    head = '<head><meta charset="utf-8"><script>ours()</script><script type="application/ld+json">{}</script></head>'
    body = "<body><nav><script>theirs()</script></nav><main><p>Text</p><script>theirs()</script></main></body>"
    ours = script_hashes(head)
    assert len(ours) == 1
    assert script_hashes(head + body) == ours
    # And one is all that there is.
    pages = [(published / page / "index.html" if not page.endswith(".html") else published / page) for page in every_page(published)]
    assert len({script_hashes(page.read_text(encoding="utf-8")) for page in pages}) == 1


def test_the_policy_stands_before_what_it_is_about() -> None:
    page = with_policy('<html><head><meta charset="utf-8"><script>1</script>', page_policy(("'sha256-x'",)))
    assert page.index("Content-Security-Policy") < page.index("<script>")
    with pytest.raises(ValueError, match="charset"):
        with_policy("<html><head></head>", page_policy(()))


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('<td style="text-align: right;">1</td>', '<td class="align-right">1</td>'),
        ('<th class="a" style="text-align: center;">1</th>', '<th class="align-center a">1</th>'),
        ('<td style="text-align: left;" id="b">1</td>', '<td id="b" class="align-left">1</td>'),
        ("<td>1</td>", "<td>1</td>"),
        ("<p>&lt;td style=text-align</p>", "<p>&lt;td style=text-align</p>"),
    ],
)
def test_alignment_is_a_class_since_the_policy_forbids_inline_styles(written: str, made: str) -> None:
    assert align_by_class(written) == made


def test_an_aligned_column_is_aligned(browser: Browser, published: Path) -> None:
    with visiting(browser, published) as page:
        page.goto(PAGE)
        assert page.locator("td", has_text="4").evaluate("it => getComputedStyle(it).textAlign") == "right"
        assert page.locator("td", has_text="Mail").evaluate("it => getComputedStyle(it).textAlign") != "right"


@pytest.mark.parametrize(
    ("url", "host", "base"),
    [
        ("", "", "/"),
        ("https://example.org", "https://example.org", "/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org//", "https://example.org", "/"),
        ("https://xn--blbr-roah.dk:8443/a/b/", "https://xn--blbr-roah.dk:8443", "/a/b/"),
    ],
)
def test_where_the_site_lies(url: str, host: str, base: str) -> None:
    assert host_and_base(url) == (host, base)


@pytest.mark.parametrize(
    "url",
    [
        *(f"https://example.org/{path}/" for path in ('a";}', "a b", "a/../b", "a//b", ".", "æ", "%C3%A6", "a$b", "?a=b", "#a")),
        *(f"https://{host}/" for host in ("exa mple.dk", "x.dk%20y", "blåbær.dk", "x$1.dk", "a@b.dk", "[::1]")), "ftp://example.org/",
    ],
)  # fmt: skip
def test_an_address_that_a_configuration_would_read_otherwise_is_refused(url: str) -> None:
    with pytest.raises(UnusableUrlError):
        host_and_base(url)


@given(st.text("ab/.-_~\n;{}\"$%# ", max_size=6), st.text("ab/.-_~\n;{}\"$%# ", max_size=6))
def test_a_redirect_is_a_line_of_its_own_or_refused(old: str, new: str) -> None:
    old, before = f"old{old}", server_files(header_rules(frozenset()), {}, "", {})
    try:
        made = server_files(header_rules(frozenset()), {old: new}, "", {})
    except ValueError:
        assert ".." in old + new or set(old + new) & set('\n;{}"$%# ')
        return
    count = 2 if old.endswith("/") else 1  # with and without the slash
    more = {name: sorted(set(made[name].splitlines()) - set(before[name].splitlines())) for name in made}
    assert [len(more[name]) for name in ("_redirects", "_nginx.conf", ".htaccess")] == [count] * 3
    assert all(re.fullmatch(r"/old[ab/.~_-]* /[ab/.~_-]* 301", line) for line in more["_redirects"])


def test_an_address_that_cannot_be_served_stops_the_build(project: Project) -> None:
    done = project.build(site_url="https://example.org/%C3%A6ldre/")
    assert done.returncode == 1
    told = "mkdocs.yml: adressen https://example.org/%C3%A6ldre/ i SITE_URL kan ikke stå i en webservers opsætning – brug kun a–z"
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not project.site.exists()


def test_rules_of_the_web_roots_own_are_not_replaced(project: Project) -> None:
    project.write("site/.htaccess", "Require ip 10.0.0.0/8\n")
    done = project.build()
    assert done.returncode == 1
    assert ".htaccess er ikke lavet her og ville blive erstattet – flyt reglerne" in done.stdout + done.stderr
    assert (project.site / ".htaccess").read_text(encoding="utf-8") == "Require ip 10.0.0.0/8\n"


def test_static_hosts_are_told_the_same(published: Path) -> None:
    """`_headers` and `_redirects`, as Netlify and Cloudflare Pages read them."""
    told: dict[str, dict[str, str]] = {}
    path = ""
    for line in (published / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            told[path][name] = value
        elif not line.startswith("#"):
            path = line
            told[path] = {}
    assert len(told) < 100 and all(len(value) < 1900 for headers in told.values() for value in headers.values())  # their limits

    def headers(url: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, own in told.items():
            if url == path or (path.endswith("*") and url.startswith(path[:-1])):
                assert not set(found) & set(own), f"{url} has {set(found) & set(own)} twice"
                found |= own
        return found

    assert "img-src data:" in headers(f"{BASE}billeder/forside.svg")["Content-Security-Policy"]
    for page in every_page(published):
        assert ON_EVERYTHING.items() <= headers(BASE + page).items(), page
        policy = headers(BASE + page)["Content-Security-Policy"]
        assert "script-src 'self' 'sha256-" in policy and "frame-ancestors 'none'" in policy, page
        assert headers(BASE + page)["Cache-Control"] == "no-cache", page
    assert "'unsafe-eval'" in headers(f"{BASE}admin/index.html")["Content-Security-Policy"]
    for file in published.rglob("*"):
        path = file.relative_to(published).as_posix()
        named = re.match(r"(assets|search)/[0-9a-f]{12}/|deling/", path)
        assert ("immutable" in headers(BASE + path).get("Cache-Control", "")) == (named is not None), path
    lines = (published / "_redirects").read_text(encoding="utf-8").splitlines()
    assert f"{BASE}{OLD} {BASE}{PAGE} 301" in lines and f"{BASE}{OLD_PDF} {BASE}{PAGE} 301" in lines


def test_a_new_build_brings_its_own_hidden_files_and_keeps_the_others(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in (".htaccess", ".nojekyll"):
        (site / name).write_text("old")
    new = staging.begin(site)
    (new / ".htaccess").write_text("new")
    staging.finish(new, site)
    assert ((site / ".htaccess").read_text(), (site / ".nojekyll").read_text()) == ("new", "old")
    assert list(tmp_path.iterdir()) == [site]


def test_what_is_hidden_outlives_a_change_over_that_was_killed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    gone = subprocess.Popen(["true"])
    gone.wait()
    for folder, name in ((site, "index.html"), (tmp_path / f".site-old-{gone.pid}", ".git")):
        folder.mkdir()
        (folder / name).write_text("kept")
    new = staging.begin(site)
    assert (site / ".git").read_text() == "kept"
    assert sorted(tmp_path.iterdir()) == sorted([site, new])
