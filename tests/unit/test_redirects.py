"""A published URL always leads to its page, or to the page that replaced it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, RECORD_HEADER, parse_record, published_urls, unrecorded, with_recorded
from kanalstrategi.content.redirects import is_valid_url, redirects
from kanalstrategi.publishing.redirect_pages import redirect_page
from macros import MACROS
from tests.support.project import ROOT, Project

PAGE = "docs/strategi/formaal.md"
OLD, OLD_PDF = "strategi/hvorfor/", "pdf/gammel.pdf"


def give(project: Project, *former: str, page: str = PAGE) -> int:
    """Give a page former URLs, and return their line."""
    text = (project.root / page).read_text(encoding="utf-8")
    project.write(page, text.replace("---\n", f"---\nredirects: {json.dumps(former)}\n", 1))
    return 2


def record(project: Project, text: str | None = None) -> None:
    """Write the record of the URLs that the project publishes, or another text in its place."""
    project.write(RECORD_FILE, with_recorded("", published_urls(read_project(project.root, {}).content)) if text is None else text)


def line_of(project: Project, url: str) -> int:
    return (project.root / RECORD_FILE).read_text(encoding="utf-8").split("\n").index(f"/{url}") + 1


# Former URLs


@pytest.mark.parametrize("url", ["a/", "retningslinjer/gammelt-navn/", "pdf/gammel.pdf", "a_b/c.d/", "2023/", "x.pdf"])
def test_valid_former_urls(url: str) -> None:
    assert is_valid_url(url)


REFUSED = [
    "",
    "/",
    "/a/",
    "a",
    "a/b",
    "a//",
    "//a/",
    "//evil.example/",
    "a//b/",
    "../a/",
    "a/../b/",
    "./",
    "a/./b/",
    "a/..pdf",
    ".pdf",
    "a/.pdf",
    "https://evil.example/",
    "javascript:alert(1)/",
    "A/",
    "å/",
    "a b/",
    " a/",
    "a/ ",
    "a\n/",
    "a/\n",
    "a/\n\nb/",
    "a/\r",
    "a\0/",
    "a;/",
    'a"/',
    "a'/",
    "a/;return 301 /",
    'a/"\nRedirect / /b/',
    "a{/",
    "$a/",
    "$(id)/",
    "`id`/",
    "a\\/",
    "a\\..\\b/",
    "a%2e%2e/",
    "a?b/",
    "a#b/",
    "a*/",
    "(.*)/",
    "^a/",
    "a|b/",
    "a&b/",
    "<b>/",
    "a:b/",
    "a@b/",
    "~a/",
    "-a/",
    "a-/",
    "a.html",
    "a/index.html/",
    "sitemap.xml/",
    "x.pdf/",
    "billeder/logo.svg/",
    "a.pdf/b/",
    "a" * 300 + "/",
    "a/b.PDF",
    "a.pdf\n",
    "a\u2028/",
    "a\u202e/",
    "a\u200b/",
]  # fmt: skip - laid out by hand, as a table


@pytest.mark.parametrize("url", REFUSED)
def test_invalid_former_urls(url: str) -> None:
    assert not is_valid_url(url)


@given(st.text(alphabet="ab/.-_;\"'\n\r\t {}$\\#%:?*å\0", max_size=12).map(lambda text: text + "/") | st.text().map(lambda text: text + ".pdf"))
def test_a_valid_url_holds_no_special_characters_of_a_server(text: str) -> None:
    if is_valid_url(text):
        assert re.fullmatch(r"[a-z0-9._/-]+", text) and text[0] not in "/.-" and "\n" not in text
        assert not {"", ".", ".."} & set(text.removesuffix("/").split("/"))


@pytest.mark.parametrize("url", ['a/"\nreturn 301 /', "a b/", "a;/", "../a/", "a//b/", "https://evil.example/", "/a/", ""])
def test_an_invalid_url_is_reported_and_not_redirected(project: Project, url: str) -> None:
    line = give(project, url)
    [reported] = project.check()
    assert reported.startswith(f"{PAGE}:{line}: den tidligere adresse ") and " kan ikke bruges – skriv den fra hjemmesidens rod" in reported
    assert redirects(read_project(project.root, {}).content) == {}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("admin/", "kan ikke bruges: navnet admin er taget af redigeringen i browseren"),
        ("assets/gammel.pdf", "kan ikke bruges: navnet assets er taget af hjemmesiden selv"),
        ("data/", "kan ikke bruges: navnet data"),
        ("search/a/", "kan ikke bruges: navnet search"),
        ("pdf/", "kan ikke bruges: navnet pdf"),
        ("kanaler/nul/", "kan ikke bruges: navnet nul kan ikke bruges på Windows"),
        ("pdf/con.pdf", "kan ikke bruges: navnet con.pdf kan ikke bruges på Windows"),
        ("strategi/formaal/", "er adressen på docs/strategi/formaal.md"),
        ("kanaler/", "er adressen på docs/kanaler/index.md"),
        ("pdf/kanalstrategi.pdf", "er adressen på en PDF, der findes"),
    ],
)
def test_a_former_url_that_is_in_use_or_reserved_is_reported(project: Project, url: str, words: str) -> None:
    line = give(project, url)
    [reported] = project.check()
    assert reported.startswith(f"{PAGE}:{line}: den tidligere adresse {url} {words}") and reported.endswith(" – slet den fra redirects")


def test_a_former_url_that_is_that_of_an_attachment_is_reported(project: Project) -> None:
    project.write("docs/bilag/gammel.pdf", "%PDF-1.7")
    line = give(project, "bilag/gammel.pdf")
    [reported] = [found for found in project.check() if found.startswith(f"{PAGE}:")]
    assert reported == f"{PAGE}:{line}: den tidligere adresse bilag/gammel.pdf er adressen på docs/bilag/gammel.pdf – slet den fra redirects"


def test_a_former_url_leads_to_one_page(project: Project) -> None:
    give(project, OLD)
    give(project, OLD, page="docs/strategi/vision-og-maal.md")
    [reported] = project.check()
    assert reported.startswith(f"docs/strategi/vision-og-maal.md:2: den tidligere adresse {OLD} fører allerede til {PAGE} – ")


@pytest.mark.parametrize("value", ["a/", "{a: b}", "[[a/]]"])
def test_redirects_that_are_no_list_of_texts_are_reported(project: Project, value: str) -> None:
    project.replace(PAGE, "owner:", f"redirects: {value}\nowner:")
    assert any("feltet redirects er ikke en liste" in line for line in project.check())


def test_a_number_is_no_former_url(project: Project) -> None:
    project.replace(PAGE, "owner:", "redirects: [1]\nowner:")
    [reported] = project.check()
    assert "den tidligere adresse 1 kan ikke bruges – skriv den fra hjemmesidens rod" in reported


# The record of published URLs


def test_our_own_record_is_complete() -> None:
    recorded, errors = parse_record((ROOT / RECORD_FILE).read_text(encoding="utf-8"))
    content = read_project(ROOT, os.environ).content
    assert not errors and unrecorded(published_urls(content), recorded) == [], "run python3 scripts/addresses.py"
    lines = [line for line in (ROOT / RECORD_FILE).read_text(encoding="utf-8").split("\n") if line.startswith("/")]
    assert lines == sorted(set(lines))
    assert find_diagnostics(ROOT, os.environ, MACROS) == []


def test_every_published_url_except_front_page_and_data_can_be_redirected() -> None:
    published = published_urls(read_project(ROOT, os.environ).content)
    assert [url for url in published if not is_valid_url(url)] == ["", *(a for a in published if a.endswith((".json", ".jsonld", ".csv", ".xml")))]


def test_a_removed_page_is_reported_until_its_url_is_redirected(project: Project) -> None:
    record(project)
    assert project.check() == []
    old = "retningslinjer/skoler/"
    (project.root / "docs/retningslinjer/skoler.md").unlink()
    project.replace("mkdocs.yml", "      - retningslinjer/skoler.md\n", "")
    reported = (
        f"{RECORD_FILE}:{line_of(project, old)}: adressen {old} er offentliggjort og fører ingen steder hen – "
        f"skriv `redirects: [{old}]` øverst på den side, der har afløst den"
    )
    assert reported in project.check()
    guide = (ROOT / "pages/redaktoer/tjek.md").read_text(encoding="utf-8")
    assert "»adressen … er offentliggjort og fører ingen steder hen«" in guide
    give(project, old, page="docs/medarbejdere.md")
    assert not [line for line in project.check() if line.startswith(RECORD_FILE)]


def test_a_removed_document_is_reported(project: Project) -> None:
    record(project)
    project.write(RECORD_FILE, f"{(project.root / RECORD_FILE).read_text(encoding='utf-8')}/{OLD_PDF}\n")
    assert [line.partition(" – ")[0] for line in project.check()] == [
        f"{RECORD_FILE}:{line_of(project, OLD_PDF)}: adressen {OLD_PDF} er offentliggjort og fører ingen steder hen"
    ]
    give(project, OLD_PDF)
    assert project.check() == []
    assert redirects(read_project(project.root, {}).content) == {OLD_PDF: "strategi/formaal/"}


def test_a_url_that_no_page_can_replace_has_another_hint(project: Project) -> None:
    record(project, "/data/gammel.json\n")
    [reported] = project.check()
    assert reported.startswith(f"{RECORD_FILE}:1: adressen data/gammel.json er offentliggjort") and "redirects" not in reported


def test_without_a_record_nothing_is_reported(project: Project) -> None:
    loaded = read_project(project.root, os.environ)
    assert loaded.recorded is None and project.check() == []
    assert not [reported for reported in find_warnings(loaded, ROOT / "docs") if reported.file == RECORD_FILE]


def test_a_new_url_is_a_warning(project: Project) -> None:
    record(project, "# begun\n/\n")
    assert project.check() == []
    [reported] = [reported for reported in find_warnings(read_project(project.root, os.environ), project.root / "docs") if reported.file == RECORD_FILE]
    assert str(reported).startswith(f"{RECORD_FILE}:1: nye adresser er ikke skrevet på listen: /data/, /data/actions.csv, ")
    assert reported.hint == "kør python3 scripts/addresses.py"


@pytest.mark.parametrize("line", ["kanaler/", "https://example.org/", "//kanaler/", "<<<<<<< HEAD"])
def test_a_line_that_cannot_be_read_is_reported(project: Project, line: str) -> None:
    record(project, f"# head\n\n/\n{line}\n")
    assert [reported.partition(" – ")[0] for reported in project.check()] == [f"{RECORD_FILE}:4: linjen kan ikke læses som en adresse"]


def test_bytes_that_are_not_utf_8_are_reported(project: Project) -> None:
    (project.root / RECORD_FILE).write_bytes(b"/\n\xff\xfe\n")
    assert [reported.partition(" – ")[0] for reported in project.check()] == [
        f"{RECORD_FILE}:2: teksten er ikke gemt som UTF-8, men ser ud til at være Windows-1252 (»ANSI«)"
    ]


@given(st.lists(st.text(alphabet="/ab#\n å", max_size=8)), st.lists(st.from_regex(r"[a-z]{1,3}/", fullmatch=True)))
def test_adding_to_a_record_removes_nothing(lines: list[str], new: list[str]) -> None:
    text = "\n".join(lines)
    extended = with_recorded(text, new)
    before = [line for line in text.rstrip("\n").split("\n") if line]
    after = iter(extended.split("\n"))
    assert all(line in after for line in before)  # in the same order
    assert set(parse_record(extended)[0]) == {*parse_record(text)[0], *new}
    assert with_recorded(extended, new) == extended


def test_a_new_record_begins_with_its_header() -> None:
    assert with_recorded("", ["b/", "", "a.pdf"]) == f"{RECORD_HEADER}/\n/a.pdf\n/b/\n"


def test_the_script_adds_what_is_missing(project: Project) -> None:
    project.write("scripts/environment.py", "from pathlib import Path\nROOT = Path(__file__).parent.parent\ndef enter(*_): pass\n")

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "scripts/addresses.py", *arguments]
        process = subprocess.run(command, cwd=project.root, capture_output=True, text=True, encoding="utf-8")
        assert process.stderr == ""
        return process.returncode, process.stdout

    code, reported = run("--check")
    assert code == 1 and reported.startswith(f"{RECORD_FILE}:1: ") and reported.endswith(" adresser mangler på listen – kør python3 scripts/addresses.py\n")
    assert not (project.root / RECORD_FILE).exists()
    project.write(RECORD_FILE, "# vores\n/aldrig-mere/\n")
    assert run()[0] == 0
    lines = (project.root / RECORD_FILE).read_text(encoding="utf-8").split("\n")
    assert lines[:3] == ["# vores", "/", "/aldrig-mere/"] and "/strategi/formaal/" in lines
    whole = (0, f"{RECORD_FILE} har alle adresser.\n")
    assert run("--check") == whole and run() == whole


# The page at a former URL


def test_the_page_names_the_site_only_where_it_is_known() -> None:
    tree = html.document_fromstring(redirect_page("a/b/", "", '<&"> Æble', "assets/0", "https://example.org/under/"))
    assert tree.get("lang") == "da" and tree.findtext(".//title") == "Siden er flyttet"
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://example.org/under/"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert [(link.get("href"), link.text) for link in tree.xpath("//a")] == [("../../", 'Gå til »<&"> Æble«')]
    assert not tree.xpath("//style | //*[@style]")
    assert "canonical" not in redirect_page("a/", "b/", "B", "assets/0")


def test_gammel_adresse_has_a_script_and_without_javascript_a_refresh_that_cannot_overtake_it() -> None:
    tree = html.document_fromstring(redirect_page("a/b/", "c/", "C", "assets/0"))
    assert [(script.get("src"), script.get("data-target"), script.text) for script in tree.iter("script")] == [("../../assets/0/redirect.js", "../../c/", None)]
    assert tree.xpath("//noscript/meta[@http-equiv='refresh']/@content") == ["0; url=../../c/"]
    assert len(tree.xpath("//meta[@http-equiv]")) == 1
