"""`/was` at the root of a host leads to the accessibility statement, by nginx, Apache, static hosts and a page; below a path, the build says who sees to it."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.server_config import server_files, write_server_files
from kanalstrategi.publishing.statement_door import statement_hint, statement_redirect, write_statement_door
from tests.support.pages import FRONT
from tests.support.servers import apache, nginx
from tests.support.small_project import small_project

ROOT_URL, BELOW = "https://kanalstrategi.example.org/", "https://example.org/kanal/"
OUTSIDE = "https://www.was.example/min-kommune?sprog=da"
OWN = "tilgaengelighed/erklaering/"


def content_of(folder: Path, *, has_page: bool = True, address: str = "") -> Content:
    project = small_project(folder)
    if has_page:
        project.write(f"docs/{OWN.rstrip('/')}.md", FRONT.format(description="x").replace("politik-personale", "hus") + "# Tilgængelighedserklæring\n")
    content = read_project(folder, {}).content
    return replace(content, organisation=replace(content.organisation, accessibility_statement=address))


def location(url: str, path: str) -> tuple[int, str | None, str | None]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.getheader("Location"), answer.getheader("X-Content-Type-Options")
    connection.close()
    return found


@pytest.mark.parametrize("server", ["nginx", "apache"])
@pytest.mark.parametrize("address", ["", OUTSIDE], ids=["own page", "national tool"])
def test_real_servers_lead_to_the_statement(tmp_path: Path, server: str, address: str) -> None:
    content, site = content_of(tmp_path / "project", address=address), tmp_path / "site"
    (site / OWN).mkdir(parents=True)
    (site / "index.html").write_text("<p>Forsiden</p>")
    (site / OWN / "index.html").write_text("<p>Erklæringen</p>", encoding="utf-8")
    write_statement_door(site, content, ROOT_URL)
    write_server_files(site, header_rules(frozenset()), {}, ROOT_URL, statement_redirect(content, ROOT_URL))
    site.chmod(0o755)
    with {"nginx": nginx, "apache": apache}[server](site) as url:
        expected = address or (ROOT_URL if server == "apache" else "/") + OWN
        for path in ("/was", "/was/"):
            assert location(url, path) == (302, expected, "nosniff"), path
        assert location(url, f"/{OWN}")[0] == 200 and location(url, "/wash")[0] == 404


@pytest.mark.parametrize(("address", "target"), [("", f"../{OWN}"), (OUTSIDE, OUTSIDE)], ids=["own page", "national tool"])
def test_a_page_leads_there_where_the_server_cannot(tmp_path: Path, address: str, target: str) -> None:
    content, site = content_of(tmp_path / "project", address=address), tmp_path / "site"
    site.mkdir()
    write_statement_door(site, content, ROOT_URL)
    page = (site / "was/index.html").read_text(encoding="utf-8")
    assert f'<a href="{target}">' in page and f'content="0; url={target}"' in page and "Content-Security-Policy" in page
    write_statement_door(site, replace(content, organisation=replace(content.organisation, accessibility_statement='https://a.dk/"><script>')), ROOT_URL)
    assert "<script>" not in (site / "was/index.html").read_text(encoding="utf-8")


def test_static_hosts_get_both_forms(tmp_path: Path) -> None:
    files = server_files(header_rules(frozenset()), {}, ROOT_URL, {}, statement_redirect(content_of(tmp_path, address=OUTSIDE), ROOT_URL))
    assert files["_redirects"] == f"/was/ {OUTSIDE} 302\n/was {OUTSIDE} 302\n"


def test_below_a_path_the_build_says_who_has_to_see_to_it(tmp_path: Path) -> None:
    content = content_of(tmp_path)
    assert statement_redirect(content, BELOW) == statement_redirect(content, "") == {}
    words = "https://example.org/was skal føre til tilgængelighedserklæringen. Bed den, der har hjemmesiden på roden, om at sende den videre til "
    assert statement_hint(content, BELOW) == f"{words}{BELOW}{OWN}"
    assert statement_hint(replace(content, organisation=replace(content.organisation, accessibility_statement=OUTSIDE)), BELOW) == words + OUTSIDE
    assert statement_hint(content, ROOT_URL) == statement_hint(content, "") == ""


def test_without_a_statement_there_is_no_door(tmp_path: Path) -> None:
    content = content_of(tmp_path, has_page=False)
    assert statement_redirect(content, ROOT_URL) == {} and statement_hint(content, BELOW) == ""


def test_a_page_of_that_name_stays(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for path in ("tilgaengelighed/erklaering", "was"):
        project.write(f"docs/{path}.md", FRONT.format(description="x").replace("politik-personale", "hus") + "# Side\n")
    assert statement_redirect(read_project(tmp_path, {}).content, ROOT_URL) == {}


@pytest.mark.parametrize("target", ["https://a.dk/$host", "https://a.dk/;x", "https://a.dk/{x}", "https://a.dk/\nX", "https://a.dk/%0a", "javascript:1", "a b"])
def test_what_cannot_stand_in_a_configuration_is_left_to_the_page(target: str) -> None:
    without: Mapping[str, str] = server_files(header_rules(frozenset()), {}, ROOT_URL, {})
    assert server_files(header_rules(frozenset()), {}, ROOT_URL, {}, {"was/": target}) == without
