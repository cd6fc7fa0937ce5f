"""The second corpus of attacks in pages: each is refused, or harmless for a browser, a PDF reader and a web server.

What is harmless is judged by Chromium, lxml, pikepdf and the bytes of the published files, not by the program. Every page is published twice:
with all checks off, and, if the checks let it through, as readers would get it, on the web and in a PDF.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from kanalstrategi.markdown.parser import parse
from tests.support.canary import watching
from tests.support.pages import without_menu
from tests.support.project import built_once, copied
from tests.support.servers import serving
from tests.support.threats import EVALUATED, SECRET, fields
from tests.support.threats.accepted import ACCEPTED
from tests.support.threats.planting import BODIES, IGNORING_HOOK, body_pages, field_pages, plant
from tests.support.threats.slow import PIECES

SERVED_AS_CODE = (b"<?", b"<!--#", b"<esi:", b"<%", b"<![")
"""How what a web server would run begins."""
NO_SCHEME_OF_A_SITE = r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:"
FETCHES = r"[a-z]+:|[/\\]{2}"
MISLEADS = r"[/\\]{2}|https?:(?!//[^/@?#\\%]+(?:[/?#]|$))|tel:.*[*#]|mailto:.*[?&](attach|b?cc)="
PDF_ACTIONS = {"/AA", "/EmbeddedFile", "/EmbeddedFiles", "/GoToR", "/ImportData", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/SubmitForm", "/XFA"}


def secret_file(folder: Path) -> Path:
    """Write a file of the build machine that no page may show, where no page of the project lies."""
    file = folder / "hemmelig.txt"
    file.write_text(SECRET)
    return file


@pytest.fixture(scope="module")
def ignored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The site with every attack in text and titles, published with all checks off, and the names of the attacks."""
    names: dict[str, str] = {}

    def build(root: Path) -> None:
        project = without_menu(copied(root / "project"))
        names.update(plant(project, body_pages(), "strategi", secret_file(root)))
        (root / "names.json").write_text(json.dumps(names))
        project.write("ignoring.py", IGNORING_HOOK)
        project.replace("mkdocs.yml", "plugins:\n", "hooks:\n  - ignoring.py\n\nplugins:\n")
        process = project.build(HEMMELIG=SECRET)
        assert process.returncode == 0, process.stdout + process.stderr

    root = built_once(tmp_path_factory, "threats-ignored", build)
    return root / "project/site", json.loads((root / "names.json").read_text())


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], list[str]]:
    """The site and PDF with every attack that the checks let through, the names of the attacks, and the lines of the checks."""

    def build(root: Path) -> None:
        project = without_menu(copied(root / "project"))
        names = plant(project, chain(body_pages(), field_pages()), "strategi", secret_file(root))
        document = "extra:\n  documents:\n    angreb:\n      name: angrebene\n      opening: index.md\n      pages:\n"
        project.replace("mkdocs.yml", "extra:\n", document + "".join(f"        - {path}\n" for path in names))
        lines = project.check()
        refused = {line.partition(":")[0].removeprefix("docs/") for line in lines}
        (root / "result.json").write_text(json.dumps([names, lines]))
        settings = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
        for path in names.keys() & refused:
            (project.root / "docs" / path).unlink()
            settings = settings.replace(f"        - {path}\n", "")
        project.write("mkdocs.yml", settings)
        process = project.build(HEMMELIG=SECRET)
        assert process.returncode == 0, process.stdout + process.stderr

    root = built_once(tmp_path_factory, "threats-accepted", build)
    names, lines = json.loads((root / "result.json").read_text())
    return root / "project/site", names, lines


def test_there_are_hundreds_of_attacks_each_with_its_name() -> None:
    names = [name for name, _ in chain(body_pages(), field_pages())]
    assert len(names) > 500 and len(set(names)) == len(names)


def test_every_attack_is_refused_with_its_line_or_known_to_be_harmless(accepted: tuple[Path, dict[str, str], list[str]]) -> None:
    _, names, lines = accepted
    found = [re.fullmatch(r"docs/(strategi/a\d+\.md):[1-9]\d*: .+ – .+", line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    refused = {names[match[1]] for match in found if match}
    assert {name for name in names.values() if name not in refused} == set(ACCEPTED)


@pytest.mark.parametrize("name", PIECES)
def test_what_has_slowed_other_parsers_takes_time_in_step_with_its_length(name: str) -> None:
    growths = (seconds_to_parse(PIECES[name], 44_000) / max(seconds_to_parse(PIECES[name], 11_000), 0.005) for _ in range(4))
    assert any(growth < 10 for growth in growths), "four times as long, and ten times as slow each time"


def seconds_to_parse(piece: str, length: int) -> float:
    """Return the CPU time that a page of a piece takes, repeated up to a length."""
    text = piece * (length // len(piece))
    start = time.process_time()
    parse(text)
    return time.process_time() - start


def published_pages(site: Path, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield what each page is about, and its HTML."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        yield names.get(path.replace("/index.html", ".md"), path), file.read_bytes()


def faults_of_html(content: bytes) -> Iterator[str]:
    """Yield what a page must not hold, by rules that are independent of the program's."""
    yield from (f"holds {start!r}" for start in SERVED_AS_CODE if start in content)
    page = html.document_fromstring(content)
    typed = {element for article in page.iter("article") for element in article.iter(etree.Element)}
    for element in page.iter(etree.Element):
        yield from (f"{element.tag} {key} {value}" for key, value in element.attrib.items() if is_fault(key, value, element in typed))
    yield from (f"two of #{name}" for name, count in Counter(page.xpath("//@id")).items() if count > 1)


def is_fault(key: str, value: str, is_typed: bool) -> bool:
    """Whether an attribute runs, fetches or misleads. What is not typed by an editor may lead anywhere on the web."""
    url = re.sub(r"[\x00-\x20]", "", value).casefold()
    if key in ("href", "src", "action") and not url.startswith("data:image/"):
        patterns = [NO_SCHEME_OF_A_SITE, *([FETCHES] if key != "href" else []), *([MISLEADS] if is_typed else [])]
        return any(re.match(pattern, url) for pattern in patterns)
    return key.startswith("on") or key in ("srcdoc", "formaction", "ping", "background", "xlink:href", "srcset", "style", "nonce")


def test_no_page_holds_anything_that_runs_fetches_or_misleads(ignored: tuple[Path, dict[str, str]], accepted: tuple[Path, dict[str, str], list[str]]) -> None:
    found = [(name, fault) for site, names, *_ in (ignored, accepted) for name, content in published_pages(site, names) for fault in faults_of_html(content)]
    assert [fault for fault in found if fault != ("id twice", "two of #a")] == []


def test_the_search_for_faults_finds_them() -> None:
    for text in ("<?php", '<p onclick="x">', '<a href="java\nscript:x">', '<img src="//x">', '<article><a href="https://a@b">', '<p id="a"><b id="a">'):
        assert list(faults_of_html(f"<body>{text}".encode())), text


def test_nothing_of_the_build_machine_is_published(ignored: tuple[Path, dict[str, str]], accepted: tuple[Path, dict[str, str], list[str]]) -> None:
    for site, *_ in (ignored, accepted):
        for file in filter(Path.is_file, site.rglob("*")):
            content = file.read_bytes()
            assert SECRET.encode() not in content and EVALUATED.encode() not in content, file
        assert not (site.parent / "hemmelig").exists() and {file.name for file in site.parent.parent.iterdir()} <= {
            "project", "hemmelig.txt", "names.json", "result.json",
        }  # fmt: skip # laid out by hand


def test_open_data_and_feeds_can_be_read(accepted: tuple[Path, dict[str, str], list[str]]) -> None:
    site = accepted[0]
    for file in site.rglob("*.json"):
        json.loads(file.read_bytes())
    for file in site.rglob("*.xml"):
        etree.parse(file)
    for _, content in published_pages(site, {}):
        for script in html.document_fromstring(content).xpath("//script[@type='application/ld+json']"):
            json.loads(script.text)


def entries(value: object, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield the keys and values of a PDF's dictionary, and of what is written in place in it."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, item in value.items():
            yield key, item
            if not getattr(item, "is_indirect", False):
                yield from entries(item, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if not getattr(item, "is_indirect", False):
                yield from entries(item, depth + 1)


def test_the_pdf_starts_nothing_and_leads_where_a_page_says(accepted: tuple[Path, dict[str, str], list[str]]) -> None:
    with pikepdf.open(accepted[0] / "pdf/angreb.pdf") as pdf:
        found = [entry for thing in [pdf.trailer, *pdf.objects] for entry in entries(thing)]
        for content in (thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != pikepdf.Name.Image):
            assert SECRET.encode() not in content
    assert {key for key, _ in found} & PDF_ACTIONS == set()
    assert {str(value) for key, value in found if key == "/S"} & PDF_ACTIONS == set()
    addresses = {str(value) for key, value in found if key == "/URI"}
    assert addresses and not [url for url in addresses if not re.match(r"https?://[^/@\\%]+(/|$)|tel:\+?\d+$|mailto:[^?]+$", url)]


def test_nothing_that_is_typed_runs_even_without_a_policy(ignored: tuple[Path, dict[str, str]], browser: Browser) -> None:
    """The articles of all pages, many in one document, with no Content-Security-Policy to stop them."""
    site, names = ignored
    articles = [re.findall(rb"<article.*</article>", content, re.DOTALL) for name, content in published_pages(site, names) if name in BODIES]
    assert len(articles) == len(BODIES) and all(len(found) == 1 for found in articles)
    with serving(site) as url, watching(browser, url) as watch:
        for start in range(0, len(articles), 80):
            document = b"".join(article for (article,) in articles[start : start + 80])
            (site / f"mange-{start}.html").write_bytes(b"<!doctype html><meta charset=utf-8><body>" + document)
            assert watch.visit(f"mange-{start}.html") == []
            (site / f"mange-{start}.html").unlink()


def test_nothing_that_is_published_is_more_than_text(accepted: tuple[Path, dict[str, str], list[str]], browser: Browser) -> None:
    site, names, _ = accepted
    pages = [path for path, name in names.items() if name in ACCEPTED]
    with serving(site) as url, watching(browser, url) as watch:
        noticed = {names[path]: found for path in pages if (found := watch.visit(path.replace(".md", "/")))}
    assert noticed == {}


def test_nothing_in_a_title_is_more_than_text(ignored: tuple[Path, dict[str, str]], browser: Browser) -> None:
    site, names = ignored
    with serving(site) as url, watching(browser, url, policy=False) as watch:
        noticed = {name: found for path, name in names.items() if name in fields.TITLES and (found := watch.visit(path.replace(".md", "/")))}
    assert noticed == {}


def test_what_the_browser_is_asked_is_noticed(tmp_path: Path, browser: Browser) -> None:
    runs = "<img src=//evil.example/x><script>__canary(); document.cookie = 'a=b'</script><img name=body><article><p style=position:fixed>x"
    (tmp_path / "x.html").write_text(runs)
    (tmp_path / "y.html").write_text("<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>__canary()</script>")
    (tmp_path / "z.html").write_text("<script>alert(1); Object.prototype.x = 1</script><iframe></iframe>")
    with serving(tmp_path) as url, watching(browser, url) as watch:
        noticed = " ".join(watch.visit("x.html"))
        assert all(word in noticed for word in ("asks http://evil.example/x", "a script ran", "cookie: a=b", "clobbered: document.body", "covers: ")), noticed
        assert "policy: script-src" in " ".join(watch.visit("y.html"))
        noticed = " ".join(watch.visit("z.html"))
        assert "dialog: 1" in noticed and "all objects have x" in noticed and "frames" in noticed
