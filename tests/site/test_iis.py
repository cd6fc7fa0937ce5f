"""What `web.config` says to IIS is what nginx answers: `tests/support/iis.py` reads the one, and a real nginx serves the other."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, GENERATED_MARKER, OTHER_CONTENT_TYPES
from kanalstrategi.publishing.servers.server_config import server_files
from kanalstrategi.sanitizing.files import SITE_EXTENSIONS
from tests.support.browser import every_page
from tests.support.iis import WebConfig
from tests.support.project import PUBLISHED, PUBLISHED_PATH, Project
from tests.support.servers import nginx

HEADERS = (
    "Access-Control-Allow-Origin",
    "Cache-Control",
    "Content-Security-Policy",
    "Content-Type",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
)
FILES = (
    "assets/*/site.css", "assets/*/site.js", "search/*/*.json", "search/index.json", "deling/*.png", "pdf/*.pdf", "billeder/*.svg", "billeder/*.png",
    "sitemap.xml", "robots.txt", "nyt/feed.xml", "nyt/skoler.xml", "data/rules.json", "data/rules.csv", "data/schemas/rules.schema.json", "data/catalog.jsonld",
    "opfoelgning/*.ics", "opfoelgning/opfoelgning.csv", "admin/config.json", "word/*.docx", "404.html",
)  # fmt: skip - laid out by hand, as a table
NOT_SENT = (
    "nothing-here", "nothing-here/", "kanaler/nothing/", "kanaler/nothing.css", "billeder/", "assets/", "_headers", "_redirects", "_nginx.conf", "web.config",
    ".htaccess", ".git/HEAD", "kanaler/.hidden", "%2egit/HEAD",
)  # fmt: skip - laid out by hand, as a table
MOVED = ("strategi/hvorfor/", "strategi/hvorfor", "strategi/hvorfor/?q=a", "pdf/gammel.pdf", "kanaler", "kanaler?q=a")


@pytest.fixture(scope="module")
def of_nginx(published_with_hidden: Path) -> Iterator[str]:
    with nginx(published_with_hidden, PUBLISHED_PATH) as url:
        yield url


@pytest.fixture(scope="module")
def iis(published_with_hidden: Path) -> WebConfig:
    return WebConfig(published_with_hidden, PUBLISHED_PATH)


def asked(url: str, path: str) -> tuple[int, Message, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", parts.path + path)
    answer = connection.getresponse()
    result = answer.status, answer.msg, answer.read()
    connection.close()
    return result


def test_iis_is_told_what_nginx_answers(iis: WebConfig, of_nginx: str, published: Path) -> None:
    files = [next(published.glob(pattern)).relative_to(published).as_posix() for pattern in FILES if next(published.glob(pattern), None)]
    assert len(files) > len(FILES) - 3
    for path in ("", "admin/", ".well-known/acme-challenge/proof", *files, *every_page(published), *NOT_SENT):
        status, headers, body = asked(of_nginx, path)
        answer = iis.ask(PUBLISHED_PATH + path)
        assert (answer.status, answer.body) == (status, body), path
        for name in HEADERS:
            expected = (headers.get(name) or "").replace("application/javascript", "text/javascript")
            if name == "Content-Type":
                is_page = status == 404  # IIS says itself of what kind its page for errors is
                expected, found = (text.partition(";")[0] if is_page else text for text in (expected, answer.headers.get(name, "")))
                if path.endswith("/proof"):
                    continue
                assert found == expected, (path, name)
            else:
                assert answer.headers.get(name, "") == expected, (path, name)


def test_iis_redirects_where_nginx_does(iis: WebConfig, of_nginx: str) -> None:
    for path in MOVED:
        status, headers, _ = asked(of_nginx, path)
        answer = iis.ask(PUBLISHED_PATH + path)
        assert (answer.status, answer.headers["Location"]) == (status, PUBLISHED.removesuffix(PUBLISHED_PATH) + str(headers["Location"])), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_capital_letters_find_no_gap(iis: WebConfig) -> None:
    """A file on Windows has every name that differs in capital letters only."""
    for path in ("_HEADERS", "Web.Config", "_NGINX.conf", ".HTACCESS"):
        assert iis.ask(PUBLISHED_PATH + path).status == 404, path
    svg = {"Content-Type": "image/svg+xml"}
    iis._outbound(f"{PUBLISHED_PATH}billeder/FORSIDE.SVG", svg)
    assert svg["Content-Security-Policy"].startswith("default-src 'none'")


def test_compressed_files_are_sent_by_no_name_of_their_own(iis: WebConfig, published: Path) -> None:
    for suffix in (".br", ".gz"):
        path = next(published.rglob(f"*{suffix}")).relative_to(published).as_posix()
        assert iis.ask(PUBLISHED_PATH + path).status == 404


def test_every_kind_of_file_has_a_type_on_iis(published: Path) -> None:
    known = {f".{extension}" for extension in (*CONTENT_TYPES, *OTHER_CONTENT_TYPES)} | {".br", ".gz"}
    assert known >= {extension for extension in SITE_EXTENSIONS if not extension.startswith((".config", ".md", ".mk", ".markdown"))}
    assert known >= {file.suffix for file in published.rglob("*.*") if not file.name.startswith((".", "_")) and file.name != "web.config"}


def test_temporary_redirects_leave_the_query(tmp_path: Path) -> None:
    text = server_files(header_rules(frozenset()), {}, "https://example.org/", {}, {"was/": "https://was.digst.dk/x"})["web.config"]
    assert GENERATED_MARKER in text
    (tmp_path / "web.config").write_text(text, encoding="utf-8")
    for path in ("/was", "/was/?q=a"):
        answer = WebConfig(tmp_path, "/").ask(path)
        assert (answer.status, answer.headers["Location"]) == (302, "https://was.digst.dk/x")


def test_a_foreign_web_config_is_not_replaced(project: Project) -> None:
    foreign = '<configuration><!-- our own --></configuration>'
    project.write("site/web.config", foreign)
    process = project.build()
    assert process.returncode == 1
    assert "web.config er ikke lavet her og ville blive erstattet – flyt reglerne" in process.stdout + process.stderr
    assert (project.site / "web.config").read_text(encoding="utf-8") == foreign
