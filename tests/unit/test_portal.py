"""A portal takes what the program has written of each site, nothing else, and one bad site does not stop the others."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from kanalstrategi.cli import portal
from kanalstrategi.cli.portal_files import NEEDED
from kanalstrategi.content.news import NewsItem, NewsKind
from kanalstrategi.design.assets import read_assets
from kanalstrategi.design.theme import THEME
from kanalstrategi.publishing.compression import unpacks_to
from kanalstrategi.publishing.csp import page_policy, with_policy
from kanalstrategi.publishing.feeds import FeedFacts, atom_feed
from kanalstrategi.publishing.portal.own_scripts import own_scripts
from kanalstrategi.publishing.portal.site_check import fault_of_content, is_left_out
from kanalstrategi.publishing.portal.sites import RESERVED_IDS, read_portal
from kanalstrategi.publishing.redirect_pages import redirect_page
from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.served_files import SERVER_FILES
from kanalstrategi.publishing.servers.server_config import server_files
from kanalstrategi.search.opensearch import opensearch_xml
from kanalstrategi.search.portal_index import DATA_FILES, UnreadableDataError, portal_pages

SITES = """\
name: Kommunernes kanalstrategier
url: https://kommuner.example.dk/
sites:
  - id: fjordby
    name: Fjordby Kommune
    repository: https://github.com/example/fjordby
  - id: aeroe
    name: Ærø Kommune
    repository: https://github.com/example/aeroe
"""
THEME_PAGE = (THEME / "main.html").read_text(encoding="utf-8")
FRAME = SimpleNamespace(language="da", direction="ltr")
PAGE = (
    Environment(autoescape=True).from_string(THEME_PAGE[THEME_PAGE.index("<!doctype") : THEME_PAGE.index('<meta name="viewport"')]).render(frame=FRAME)
    + "<title>{}</title></head><body><h1>Titel</h1></body></html>"
)
"""A page that begins as the theme's do."""
RECORD = {"id": "a", "title": "Telefon", "url": "kanaler/telefon/", "description": "Om opkald", "short": "Ring til os", "status": "adopted", "more": [1]}


def page(text: str = "Titel", policy: str = "") -> str:
    return with_policy(PAGE.format(text), policy or page_policy(()))


def build(folder: Path) -> None:
    """Write a site as the program would build it, in short."""
    texts = dict.fromkeys(NEEDED, page()) | {"search/index.json": "{}"}
    texts |= {f"data/{name}.json": json.dumps([RECORD] if name == "pages" else []) for name in ("pages", "answers", "rules")}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sites.yml").write_text(SITES, encoding="utf-8")
    for site in ("fjordby", "aeroe"):
        build(tmp_path / "built" / site)
    return tmp_path


def assemble(folder: Path) -> int:
    return portal.main(folder, ["sites.yml", "built", "out"])


def test_all_sites_are_published_with_a_front_page_and_a_search(folder: Path) -> None:
    (folder / "built/fjordby/admin").mkdir()
    (folder / "built/fjordby/admin/index.html").write_text("<script>steal()</script>", encoding="utf-8")
    assert assemble(folder) == 0
    html = (folder / "out/index.html").read_text(encoding="utf-8")
    assert html.index('href="fjordby/"') < html.index('href="aeroe/"')  # Æ comes after F
    assert "default-src &#x27;none&#x27;" in html and "Udgaven er fra" not in html
    entry = json.loads((folder / "out/search/index.json").read_text(encoding="utf-8"))
    assert {"telefon", "fjordby", "ærø"} <= {word.split("/")[0] for word in entry["words"].split()}
    assert (folder / "out/aeroe/index.html").is_file() and not (folder / "out/fjordby/admin").exists()


def edited(path: str, content: str | bytes) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content.encode() if isinstance(content, str) else content)

    return edit


def both(*edits: Callable[[Path], None]) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        for one in edits:
            one(site)

    return edit


def drawing(inside: str, before: str = "") -> str:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'


def like_a_page() -> tuple[bytes, bytes]:
    """Return a text file, and a form of it compressed by Brotli that is a page to a browser which is not told that it is compressed."""
    head = b"\x0c<a \t"  # a block that is skipped, and the length of one that is not packed: HTML by its first characters
    length = (int.from_bytes(head[1:], "little") >> 3 & 0xFFFFFF) + 1
    content = b"><script src=/aeroe/a.txt></script>".ljust(length)
    compressed = head + content + b"\x03"
    assert brotli.decompress(compressed) == content
    return content, compressed


STEAL = "<script>steal()</script>"
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><script>steal()</script></html>'
FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml">{}</feed>'
TEXT, PAGE_TO_SOME = like_a_page()

HOSTILE: dict[str, Callable[[Path], None]] = {
    "a script of its own": edited("assets/own.js", "steal()"),
    "a worker": edited("sw.js", "self.onfetch = steal"),
    "no policy": edited("index.html", PAGE.format("")),
    "a policy that allows inline scripts": edited("index.html", page(policy=page_policy(["'unsafe-inline'"]))),
    "a policy that allows a script of its own": edited("index.html", page(policy=page_policy([f"'sha256-{'A' * 43}='"]))),
    "a policy that allows another host": edited("index.html", page(policy=page_policy(["https://evil.example"]))),
    "a script before the policy": edited("index.html", page().replace("<head>", "<head><script>steal()</script>", 1)),
    "data as a script": edited("index.html", page("</title><script src=data/pages.json></script>")),
    "a script from elsewhere": edited("index.html", page("</title><script src='//evil.example/a.js'></script>")),
    "a drawing with a script": edited("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'),
    "a drawing with an event": edited("a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="steal()"/>'),
    "a drawing in another encoding": edited("a.svg", drawing(STEAL).encode("utf-16")),
    "a drawing that says it is in another encoding": edited("a.svg", drawing("", '<?xml version="1.0" encoding="utf-7"?>')),
    "a drawing with a script under a long name": edited(
        "a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><{"s" * 40}:script xmlns:{"s" * 40}="http://www.w3.org/2000/svg">steal()</{"s" * 40}:script></svg>'
    ),
    "a drawing with an address in references": edited("a.svg", drawing('<a href="&#106;avascript:steal()"><text>x</text></a>')),
    "a drawing that is made a page": edited("a.svg", drawing("", '<?xml-stylesheet type="text/xsl" href="rules.xsl"?>')),
    "a drawing without end": edited("a.svg", drawing(f"<desc>{'x' * 600_000}</desc>")),
    "a page as XML": edited("a.xml", XHTML),
    "a drawing as XML": edited("a.xml", drawing(STEAL)),
    "a page in a feed": edited("nyt/feed.xml", FEED.format(XHTML)),
    "a page in a sitemap": edited("sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{XHTML}</urlset>'),
    "a feed with a style of another host": edited("nyt/feed.xml", FEED.format('<h:link rel="stylesheet" href="https://evil.example/a.css"/>')),
    "a feed that is made a page": edited("nyt/feed.xml", '<?xml-stylesheet type="text/xsl" href="a.xml"?>' + FEED.format("")),
    "a feed with entities": edited("nyt/feed.xml", '<!DOCTYPE feed [<!ENTITY a "b">]>' + FEED.format("&a;")),
    "a feed in another encoding": edited("nyt/feed.xml", FEED.format("").encode("utf-16")),
    "a feed that says it is in another encoding": edited("nyt/feed.xml", '<?xml version="1.0" encoding="iso-2022-kr"?>' + FEED.format("")),
    "a feed with an event": edited("nyt/feed.xml", FEED.format('<link onload="steal()"/>')),
    "a feed without end": edited("nyt/feed.xml", FEED.format(f"<title>{'x' * 5_000_000}</title>")),
    "XML that is none": edited("nyt/feed.xml", "<feed"),
    "another page in the compressed form": both(edited("a.html", page()), edited("a.html.br", brotli.compress(STEAL.encode()))),
    "another page in the form by gzip": both(edited("a.html", page()), edited("a.html.gz", gzip.compress(STEAL.encode()))),
    "more in the compressed form": both(edited("a.html", page()), edited("a.html.br", brotli.compress(page().encode()) + b"more")),
    "more in the form by gzip": both(edited("a.html", page()), edited("a.html.gz", gzip.compress(page().encode()) + b"more")),
    "a second member in the form by gzip": both(edited("a.html", page()), edited("a.html.gz", gzip.compress(page().encode()) + gzip.compress(STEAL.encode()))),
    "half a page in the compressed form": both(edited("a.html", page()), edited("a.html.br", brotli.compress(page().encode())[:-3])),
    "half a page in the form by gzip": both(edited("a.html", page()), edited("a.html.gz", gzip.compress(page().encode())[:-3])),
    "a bomb in the compressed form": both(edited("a.html", page()), edited("a.html.br", brotli.compress(b" " * 20_000_000, quality=5))),
    "a bomb in the form by gzip": both(edited("a.html", page()), edited("a.html.gz", gzip.compress(b" " * 20_000_000))),
    "a compressed page alone": edited("a.html.br", brotli.compress(page().encode())),
    "a compressed page of a compressed page": both(
        edited("a.html", page()), edited("a.html.gz", gzip.compress(page().encode())), edited("a.html.gz.br", brotli.compress(gzip.compress(page().encode())))
    ),
    "a compressed form in capitals": edited("a.txt.BR", brotli.compress(b"text")),
    "a page in what a browser is not told is compressed": both(edited("a.txt", TEXT), edited("a.txt.br", PAGE_TO_SOME)),
    "a page in UTF-16": edited("index.html", page().encode("utf-16")),
    "a page that begins with a mark": edited("index.html", "\ufeff" + page()),
    "letters that are no UTF-8": edited("index.html", page().encode() + b"\xff"),
    "a space that begins the body": edited("index.html", page().replace("<head>", "<head>\xa0", 1)),
    "a control character before the page": edited("index.html", "\x0b" + page()),
    "a letter that is another to browsers": edited("index.html", page().replace("Content-Security", "Content-\u017fecurity", 1)),
    "a script behind a sign": edited("index.html", page("</title><script title='>' src=data/rules.json></script>")),
    "data as a script by an anchor": edited("index.html", page('</title><script src="data/rules.json#.js"></script>')),
    "data as a script by a reference": edited("index.html", page('</title><script src="data/rules.json&#35;.js"></script>')),
    "data as a script of a drawing": edited("index.html", page('</title><svg><script href="data/rules.json"></script></svg>')),
    "data as a script in capitals": edited("index.html", page("</title><SCRIPT/SRC=data/rules.json></SCRIPT>")),
    "a map of imports": edited("index.html", page('</title><script type="importmap">{}</script>')),
    "a command for a server in a page": edited("index.html", page('</title><!--#exec cmd="id" -->')),
    "a program in a page": edited("index.html", page("</title><?php steal() ?>")),
    "a page as text": edited("a.txt", "\n <html>" + STEAL),
    "a page as a calendar": edited("a.ics", "<html>" + STEAL),
    "a page as a catalogue": edited("data/catalog.jsonld", "\ufeff<html>" + STEAL),
    "a page as data in another encoding": edited("a.csv", ("<html>" + STEAL).encode("utf-16")),
    "a page as an image": edited("a.webp", "<html>" + STEAL),
    "a page as a font": edited("a.woff2", "<html>" + STEAL),
    "a page as a Word file": edited("a.docx", "<html>" + STEAL),
    "Markdown that a host makes a page of": edited("a.md", "---\n---\n" + STEAL),
    "a program for a server that looks at all of a name": edited("a.php.txt", "steal()"),
    "a script for a host that looks at parts of a name": edited("a.js.txt", "steal()"),
    "the settings of a host": edited("staticwebapp.config.json", "{}"),
    "a name in capitals": edited("A.HTML", page()),
    "a program for the server": edited("index.php", "<?php"),
    "a program that looks like a page": edited("x.phtml", "<?php"),
    "a strange name": edited("a b.html", page()),
    "a link to a file of the machine": lambda site: (site / "passwd.txt").symlink_to("/etc/passwd"),
    "a link to a folder of the machine": lambda site: (site / "etc").symlink_to("/etc"),
    "a pipe": lambda site: os.mkfifo(site / "pipe.txt"),
    "no front page": lambda site: (site / "index.html").unlink(),
    "data that are none": edited("data/pages.json", "[1]"),
    "data that are nested without end": edited("data/pages.json", '[{"more": ' + "[" * 100_000 + "]" * 100_000 + "}]"),
    "folders inside each other": lambda site: (site / "/".join("a" * 40)).mkdir(parents=True),
    "data that lead out": edited("data/pages.json", json.dumps([RECORD | {"url": "kanaler/../../x/"}])),
    "data that lead elsewhere": edited("data/pages.json", json.dumps([RECORD | {"url": "kanaler/javascript:alert(1)"}])),
}  # fmt: skip - a case a line, as a table


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", ".htaccess", "_headers", "_redirects", "_nginx.conf", "_nginx-brotli.conf", "web.config", "Web.Config"])
@pytest.mark.parametrize("below", ["", "kanaler/"])
def test_what_sets_up_a_server_stays_behind(folder: Path, name: str, below: str) -> None:
    edited(below + name, "SetHandler application/x-httpd-php")(folder / "built/aeroe")
    assert assemble(folder) == 0
    assert "kunne ikke bygges" not in (folder / "out/index.html").read_text(encoding="utf-8")
    assert not (folder / "out/aeroe" / below / name).exists()


def test_all_that_the_program_writes_for_a_server_is_known() -> None:
    assert server_files(header_rules(frozenset()), {}, "", {}).keys() == set(SERVER_FILES)
    assert all(is_left_out(name) for name in SERVER_FILES)


def test_what_the_program_writes_beside_pages_may_stand_on_a_portal() -> None:
    day, url = date(2026, 6, 1), "https://kommuner.example.dk/aeroe/"
    item = NewsItem(NewsKind.EDITION, day, "strategi", "Titel <b>", "Kort & godt", "nyt/a/", more=(("Mere", "b/"),))
    mapped = SimpleNamespace(src_uri="a.md", page=SimpleNamespace(is_link=False, canonical_url=url, update_date="2026-06-01"))
    sitemap = Environment(autoescape=True).from_string((THEME / "sitemap.xml").read_text(encoding="utf-8"))
    xml = {
        "nyt/feed.xml": atom_feed("Nyt", "nyt/feed.xml", [item], FeedFacts(url, "nyt/", "Ærø Kommune", day)),
        "opensearch.xml": opensearch_xml(url, "soeg/", "Navn", "Om").encode(),
        "sitemap.xml": sitemap.render(pages=[mapped], alternates={"a.md": [("en", url)]}).encode(),
    }
    former = with_policy(redirect_page("kanaler/brev/", "kanaler/post/", "Post & brev", "assets/0123456789ab", url), page_policy(()))
    for path, content in (xml | {"kanaler/brev/index.html": former.encode()}).items():
        assert fault_of_content(path, content, frozenset(), frozenset()) == "", path


@given(st.binary(max_size=3000), st.sampled_from([b"", b"x", b"<html>"]))
def test_a_compressed_form_is_that_of_its_file_and_nothing_else(content: bytes, more: bytes) -> None:
    for suffix, packed in {".br": brotli.compress(content), ".gz": gzip.compress(content)}.items():
        assert unpacks_to(suffix, packed + more, content) == (not more)
        assert not unpacks_to(suffix, packed, content + b"x") and not unpacks_to(suffix, packed, content[:-1] if content else b"x")


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bad_site_is_refused_and_its_last_good_edition_stays(folder: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert assemble(folder) == 0
    good = {file.relative_to(folder): file.read_bytes() for file in (folder / "out/aeroe").rglob("*") if file.is_file()}
    HOSTILE[case](folder / "built/aeroe")
    (folder / "built/fjordby/404.html").write_text(page("Ny"), encoding="utf-8")
    assert assemble(folder) == 0
    assert {file.relative_to(folder): file.read_bytes() for file in (folder / "out/aeroe").rglob("*") if file.is_file()} == good
    assert "Ny" in (folder / "out/fjordby/404.html").read_text(encoding="utf-8")
    assert "Den nyeste kunne ikke bygges" in (folder / "out/index.html").read_text(encoding="utf-8")
    assert "aeroe: " in capsys.readouterr().err


def test_the_former_portal_is_found_again_when_the_last_run_was_interrupted_at_its_end(folder: Path) -> None:
    assert assemble(folder) == 0
    (folder / "out").rename(folder / "out.old")
    (folder / "built/aeroe").rename(folder / "elsewhere")
    assert assemble(folder) == 0
    assert (folder / "out/aeroe/index.html").is_file() and not (folder / "out.old").exists()


def test_how_it_is_called_is_said_in_danish(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["sites.yml"], ["sites.yml", "--matrix", "svn"]):
        with pytest.raises(SystemExit) as ended:
            portal.main(folder, arguments)
        assert ended.value.code == 2 and capsys.readouterr().err.startswith("Skriv: kanalstrategi portal sites.yml ")


def test_a_site_that_was_never_built_is_listed_without_a_link(folder: Path) -> None:
    (folder / "built/aeroe").rename(folder / "elsewhere")
    assert assemble(folder) == 0
    html = (folder / "out/index.html").read_text(encoding="utf-8")
    assert "Ærø Kommune" in html and 'href="aeroe/"' not in html and "ikke bygget endnu" in html


def test_without_a_single_good_site_the_former_portal_is_left_alone(folder: Path) -> None:
    assert assemble(folder) == 0
    (folder / "built").rename(folder / "gone")
    (folder / "out/portal.json").write_text("{", encoding="utf-8")
    assert assemble(folder) == 1
    assert (folder / "out/index.html").is_file() and not (folder / "out.new").exists()


def test_the_programs_own_scripts_may_stand_on_a_site(folder: Path) -> None:
    for name, content in read_assets().contents.items():
        (folder / "built/aeroe/assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "built/aeroe/assets" / name).write_bytes(content)
    (folder / "built/aeroe/index.html").write_text(page(policy=page_policy(own_scripts(read_assets()).inline)), encoding="utf-8")
    assert assemble(folder) == 0
    assert "kunne ikke bygges" not in (folder / "out/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: aeroe", "id: ../aeroe", "sites.yml:7: ../aeroe kan ikke være en mappes navn"),
        ("id: aeroe", "id: assets", "sites.yml:7: assets kan ikke"),
        ("id: aeroe", "id: fjordby", "sites.yml:7: fjordby står også i linje 4"),
        ("https://github.com/example/aeroe", "git@github.com:x/y", "sites.yml:7: git@github.com:x/y er ikke et repositorys adresse"),
        ("https://github.com/example/aeroe", "--upload-pack=evil", "er ikke et repositorys adresse"),
        ("    name: Ærø Kommune", "    navn: Ærø Kommune", "sites.yml:8: feltet navn findes ikke – vælg en af: id, name"),
        ("https://kommuner.example.dk/", "http://kommuner.example.dk", "sites.yml:2: "),
        ("sites:", "sites: [", "kan ikke læses som YAML"),
        ("sites:", f"more: {'[' * 3000}{']' * 3000}\nsites:", "kan ikke læses som YAML"),
    ],
)
def test_what_is_wrong_with_the_list_is_said_with_its_line(folder: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sites.yml").write_text(SITES.replace(old, new), encoding="utf-8")
    assert assemble(folder) == 1
    assert said in capsys.readouterr().err
    assert not (folder / "out").exists()


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_list_puts_anything_into_a_command(id: str, repository: str, commit: str) -> None:
    text = json.dumps({"name": "P", "url": "https://a.dk/", "sites": [{"id": id, "name": "N", "repository": repository, "commit": commit}]})
    read, diagnostics = read_portal(text, "sites.yml")
    assert (read is None) == bool(diagnostics)
    for site in read.sites if read else ():
        assert site.id.replace("-", "").isalnum() and site.id.isascii() and site.id not in RESERVED_IDS
        assert site.repository.startswith("https://") and not set(site.repository) & set(" \"'$`;&|\\\n")


def test_the_matrix_names_every_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert portal.main(folder, ["sites.yml", "--matrix", "github"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["fjordby", "aeroe"]
    assert portal.main(folder, ["sites.yml", "--matrix", "gitlab"]) == 0
    assert [row["SITE"] for row in json.loads(capsys.readouterr().out)[".sites"]["parallel"]["matrix"]] == ["fjordby", "aeroe"]


def test_only_a_municipalitys_own_pages_are_found() -> None:
    urls = ("redaktoer/", "soeg/", "kanaler/", "kanaler/telefon/", "strategi/formaal/", "retningslinjer/skoler/")
    data = {name: json.dumps([RECORD | {"url": url} for url in urls] if name == "pages" else []).encode() for name in DATA_FILES}
    assert [one.url for one in portal_pages("a", "A", data)] == ["a/kanaler/telefon/", "a/strategi/formaal/", "a/retningslinjer/skoler/"]
    with pytest.raises(UnreadableDataError):
        portal_pages("a", "A", {})
