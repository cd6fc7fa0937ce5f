"""Real nginx and Apache serve the site with headers that protect its readers, compressed, cacheable, and at any path."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from kanalstrategi.publishing.compression import EXTENSIONS, MIN_BYTES
from kanalstrategi.publishing.csp import script_hashes
from tests.support.browser import every_page
from tests.support.project import PUBLISHED, PUBLISHED_PATH, Project

BASE = PUBLISHED_PATH
PAGE, OLD, OLD_PDF = "strategi/formaal/", "strategi/hvorfor/", "pdf/gammel.pdf"  # as in the project of `published`
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
        """Return a header that must occur once: browsers would join or drop two."""
        found = self.headers.get_all(name) or []
        assert len(found) == 1, (name, found)
        return str(found[0])


Ask = Callable[..., Answer]


def asking(url: str) -> Ask:
    """Return a function that requests a path from a server, without following redirects or decompressing anything."""

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        where = path if path.startswith("/") else parts.path + path
        connection.request(method, where, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        result = Answer(answer.status, answer.msg, answer.read())
        connection.close()
        return result

    return ask


@pytest.fixture(scope="module")
def ask(published_url: str) -> Ask:
    return asking(published_url)


def example(site: Path, pattern: str) -> str:
    return next(site.glob(pattern)).relative_to(site).as_posix()


# Headers


def test_every_answer_protects_its_reader(ask: Ask, published: Path) -> None:
    paths = [
        "",
        PAGE,
        "404.html",
        "admin/",
        "admin/config.json",
        "sitemap.xml",
        "search/index.json",
        "data/rules.json",
        "nothing-here",
        "nothing-here/",
        *(
            example(published, pattern)
            for pattern in ("assets/*/site.css", "assets/*/site.js", "search/*/*.json", "deling/*.png", "pdf/*.pdf", "billeder/*.svg")
        ),
    ]  # fmt: skip - laid out by hand, as a table
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
    # The page holds the same policy for servers without headers; `frame-ancestors` works in a header only.
    meta = re.search(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', answer.body.decode())
    assert meta
    assert policy == meta[1].replace("&#x27;", "'") + "; frame-ancestors 'none'"


@pytest.mark.parametrize("path", ["data/rules.json", "data/rules.csv", "data/catalog.jsonld", "data/schemas/rules.schema.json"])
def test_scripts_of_other_sites_may_read_the_open_data_and_nothing_else(ask: Ask, path: str) -> None:
    for coding in ("identity", "br", "gzip"):
        assert ask(path, Accept_Encoding=coding, Origin="https://example.org").one("Access-Control-Allow-Origin") == "*"
    for other in ("", "data/", PAGE, "search/index.json", "sitemap.xml", "admin/config.json"):
        assert "Access-Control-Allow-Origin" not in ask(other, Origin="https://example.org").headers, other


def test_the_editor_has_a_policy_of_its_own(ask: Ask) -> None:
    for path in ("admin/", "admin/index.html"):
        policy = ask(path).one("Content-Security-Policy")
        assert "'unsafe-eval'" in policy and "https://api.github.com" in policy and "frame-ancestors 'none'" in policy, path
        assert ask(path).one("Cache-Control") == "no-store"
        assert "Cross-Origin-Opener-Policy" not in ask(path).headers  # the sign-in opens a window that has to reply


def test_an_svg_file_opened_by_itself_runs_nothing(ask: Ask, published: Path) -> None:
    answer = ask(example(published, "billeder/*.svg"))
    assert answer.one("Content-Type").startswith("image/svg+xml")
    assert answer.one("Content-Security-Policy").startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize(
    ("pattern", "cache_control"),
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
        ("data/guidelines.csv", "public, max-age=3600"),
        ("data/index.html", "no-cache"),
        ("nyt/skoler.xml", "public, max-age=3600"),
    ],
)
def test_fingerprinted_files_are_immutable_and_others_revalidated(ask: Ask, published: Path, pattern: str, cache_control: str) -> None:
    path = example(published, pattern)
    answer = ask(path)
    assert answer.one("Cache-Control") == cache_control
    for coding in ("identity", "br", "gzip"):
        answer = ask(path, Accept_Encoding=coding)
        assert answer.one("Cache-Control") == cache_control
        assert ask(path, Accept_Encoding=coding, If_None_Match=answer.one("ETag")).status == 304
        assert ask(path, Accept_Encoding=coding, If_Modified_Since=answer.one("Last-Modified")).status == 304


# Bodies


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5", "br"),
        ("identity", ""),
        ("br;q=0", ""),
        ("gzip;q=0, br;q=0", ""),
        ("br-x", ""),
    ],
)  # fmt: skip - laid out by hand, as a table
def test_compressed_files_are_sent_as_accepted(ask: Ask, published: Path, accepted: str, wanted: str) -> None:
    unpack: Callable[[bytes], bytes] = {"br": brotli.decompress, "gzip": gzip.decompress}.get(wanted, bytes)
    kinds = {"": "text/html", PAGE: "text/html", "assets/*/site.css": "text/css", "assets/*/site.js": "text/javascript", "data/rules.json": "application/json"}
    kinds |= {"sitemap.xml": "text/xml", "nyt/feed.xml": "application/atom+xml", "data/guidelines.csv": "text/csv"}
    kinds |= {"data/schemas/rules.schema.json": "application/schema+json", "data/catalog.jsonld": "application/ld+json"}
    kinds |= {"opfoelgning/*.ics": "text/calendar", "opfoelgning/opfoelgning.csv": "text/csv"}
    for pattern, kind in kinds.items():
        path = pattern if kind == "text/html" else example(published, pattern)
        answer = ask(path, Accept_Encoding=accepted)
        file = published / path / "index.html" if kind == "text/html" else published / path
        assert (answer.status, answer.headers.get("Content-Encoding", "")) == (200, wanted), path
        assert unpack(answer.body) == file.read_bytes(), path
        if wanted:
            assert answer.body == file.with_name(file.name + {"br": ".br", "gzip": ".gz"}[wanted]).read_bytes(), path
        assert answer.one("Vary") == "Accept-Encoding", path
        sent, _, charset = answer.one("Content-Type").partition(";")
        assert sent.replace("application/javascript", "text/javascript") == kind, path
        assert charset.strip() == "charset=utf-8", path
        assert "Content-Language" not in answer.headers, path  # Apache takes `.br` for Breton


def test_a_proxy_gets_compressed_files_too(ask: Ask, published: Path) -> None:
    answer = ask(PAGE, Accept_Encoding="gzip", Via="1.1 proxy")
    assert gzip.decompress(answer.body) == (published / PAGE / "index.html").read_bytes()


def test_the_editor_is_sent_compressed_too(ask: Ask, published: Path) -> None:
    answer = ask("admin/config.json", Accept_Encoding="br")
    assert brotli.decompress(answer.body) == (published / "admin/config.json").read_bytes()
    assert "'unsafe-eval'" in answer.one("Content-Security-Policy")


def test_every_file_that_gains_is_compressed(published: Path) -> None:
    large = [file for file in published.rglob("*") if file.suffix in EXTENSIONS and file.stat().st_size > 2 * MIN_BYTES]
    assert len(large) > 50
    for file in large:
        assert brotli.decompress(file.with_name(file.name + ".br").read_bytes()) == file.read_bytes()
        assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == file.read_bytes()


@pytest.mark.parametrize("path", ["nothing-here", "kanaler/nothing-here/", "assets/nothing.css", "billeder/", "assets/", "pdf/"])
def test_the_error_page_is_danish(ask: Ask, published: Path, path: str) -> None:
    for accepted in ("identity", "br"):
        answer = ask(path, Accept_Encoding=accepted)
        body = brotli.decompress(answer.body) if answer.headers.get("Content-Encoding") == "br" else answer.body
        assert (answer.status, body) == (404, (published / "404.html").read_bytes()), accepted


@pytest.mark.parametrize(
    "path",
    ["_headers", "_redirects", "_nginx.conf", "_nginx-brotli.conf", "web.config", ".htaccess", ".git/HEAD", "kanaler/.hidden", "%2egit/HEAD"],
)
def test_files_for_the_server_are_not_served(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status in (403, 404)
    assert b"Header" not in answer.body and b"location" not in answer.body


def test_the_proof_for_a_certificate_is_served(ask: Ask) -> None:
    assert ask(".well-known/acme-challenge/proof").status == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, PAGE), (OLD.rstrip("/"), PAGE), (OLD_PDF, PAGE), ("kanaler", "kanaler/"), ("kanaler/telefon-og-videomoeder", "kanaler/telefon-og-videomoeder/")],
)
def test_former_urls_are_redirected(ask: Ask, server: str, old: str, new: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(old, method)
        # Behind a proxy the server knows neither the host nor that it is HTTPS: it sends a path, or the URL where the site is published.
        assert (answer.status, answer.one("Location")) == (301, (PUBLISHED if server == "apache" else BASE) + new)
        assert answer.one("X-Content-Type-Options") == "nosniff"
    assert (ask(f"{old}?q=a").one("Location") or "").endswith(f"{new}?q=a")
    assert ask(new).status == 200


def test_the_path_itself_leads_to_the_front_page(ask: Ask, server: str) -> None:
    answer = ask(BASE.rstrip("/"))
    assert (answer.status, answer.one("Location")) == (301, PUBLISHED if server == "apache" else BASE)


# In a browser.

# How they are written


def test_an_editors_script_would_get_no_hash(published: Path) -> None:
    head = '<head><meta charset="utf-8"><script>ours()</script><script type="application/ld+json">{}</script></head>'
    body = "<body><nav><script>theirs()</script></nav><main><p>Text</p><script>theirs()</script></main></body>"
    ours = script_hashes(head)
    assert len(ours) == 1
    assert script_hashes(head + body) == ours
    # All pages share this one script.
    pages = [(published / page / "index.html" if not page.endswith(".html") else published / page) for page in every_page(published)]
    assert len({script_hashes(page.read_text(encoding="utf-8")) for page in pages}) == 1


def test_a_site_url_that_cannot_be_served_stops_the_build(project: Project) -> None:
    process = project.build(site_url="https://example.org/%C3%A6ldre/")
    assert process.returncode == 1
    sent = "mkdocs.yml: adressen https://example.org/%C3%A6ldre/ i SITE_URL kan ikke stå i en webservers opsætning – brug kun a–z"
    assert sent in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    assert not project.site.exists()


def test_rules_of_the_web_roots_own_are_not_replaced(project: Project) -> None:
    project.write("site/.htaccess", "Require ip 10.0.0.0/8\n")
    process = project.build()
    assert process.returncode == 1
    assert ".htaccess er ikke lavet her og ville blive erstattet – flyt reglerne" in process.stdout + process.stderr
    assert (project.site / ".htaccess").read_text(encoding="utf-8") == "Require ip 10.0.0.0/8\n"


def test_static_hosts_get_the_same_headers(published: Path) -> None:
    """`_headers` and `_redirects`, as Netlify and Cloudflare Pages read them."""
    sent: dict[str, dict[str, str]] = {}
    path = ""
    for line in (published / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            sent[path][name] = value
        elif not line.startswith("#"):
            path = line
            sent[path] = {}
    assert len(sent) < 100 and all(len(value) < 1900 for headers in sent.values() for value in headers.values())  # the limits of both

    def headers(url: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, own in sent.items():
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
    for url in ("data/rules.json", "data/rules.csv", "data/schemas/rules.schema.json"):
        assert headers(BASE + url)["Access-Control-Allow-Origin"] == "*", url
    assert "Access-Control-Allow-Origin" not in headers(f"{BASE}search/index.json")
    lines = (published / "_redirects").read_text(encoding="utf-8").splitlines()
    assert f"{BASE}{OLD} {BASE}{PAGE} 301" in lines and f"{BASE}{OLD_PDF} {BASE}{PAGE} 301" in lines
