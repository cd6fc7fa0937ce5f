"""A portal takes what the program has written of each site, nothing else, and one bad site does not stop the others."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.cli import portal
from kanalstrategi.cli.portal_files import NEEDED
from kanalstrategi.design.assets import read_assets
from kanalstrategi.design.theme import THEME
from kanalstrategi.publishing.csp import page_policy, with_policy
from kanalstrategi.publishing.portal.own_scripts import own_scripts
from kanalstrategi.publishing.portal.site_check import fault_of_content
from kanalstrategi.publishing.portal.sites import RESERVED_IDS, read_portal
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
PAGE = (
    '<!doctype html>\n<html lang="da" dir="ltr" class="no-js">\n  <head>\n    <meta charset="utf-8">\n'
    "<title>{}</title></head><body><h1>Titel</h1></body></html>"
)
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
    for name in ("web.config", ".htaccess", "_headers", "_redirects", "_nginx.conf", "_nginx-brotli.conf"):
        (folder / "built/fjordby" / name).write_text("AddType text/html .txt", encoding="utf-8")
    assert assemble(folder) == 0
    assert {file.name for file in (folder / "out/fjordby").iterdir()} == {"index.html", "404.html", "search", "data"}
    html = (folder / "out/index.html").read_text(encoding="utf-8")
    assert html.index('href="fjordby/"') < html.index('href="aeroe/"')  # Æ comes after F
    assert "default-src &#x27;none&#x27;" in html and "Udgaven er fra" not in html
    entry = json.loads((folder / "out/search/index.json").read_text(encoding="utf-8"))
    assert {"telefon", "fjordby", "ærø"} <= {word.split("/")[0] for word in entry["words"].split()}
    assert (folder / "out/aeroe/index.html").is_file() and not (folder / "out/fjordby/admin").exists()


@pytest.mark.parametrize(("language", "direction"), [("da", "ltr"), ("ar", "rtl")])
def test_a_page_may_begin_as_the_programs_frame_does(language: str, direction: str) -> None:
    frame = (THEME / "main.html").read_text(encoding="utf-8")
    start = frame[frame.index("<!doctype") : frame.index('<meta name="viewport"')]
    start = start.replace("{{ frame.language }}", language).replace("{{ frame.direction }}", direction)
    text = with_policy(start + "</head><body></body></html>", page_policy(()))
    assert fault_of_content("index.html", text.encode(), frozenset(), frozenset()) == ""


def edited(path: str, text: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")

    return edit


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
    "a program for the server": edited("index.php", "<?php"),
    "a program that looks like a page": edited("x.phtml", "<?php"),
    "what tells a server to take text for pages": edited("kanaler/.htaccess", "AddType text/html .txt"),
    "what tells another server so": edited("kanaler/web.config", "<configuration/>"),
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
}


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
