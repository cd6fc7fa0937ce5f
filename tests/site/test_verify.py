"""`kanalstrategi verify` finds nothing on a site as it was built, and each promise finds the fault that is planted for it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE
from kanalstrategi.content.record_model import BrokenLink
from kanalstrategi.verification import chromium
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Outcome, Promise, State
from kanalstrategi.verification.promises import PROMISES
from kanalstrategi.verification.rebuild import different_files
from kanalstrategi.verification.report import as_markdown
from kanalstrategi.verification.runner import verify as verify_here
from tests.support.fjordby import fjordby
from tests.support.project import EPOCH, PUBLISHED, PUBLISHED_PATH, ROOT, Project

TELEPHONE = "kanaler/telefon/index.html"
FORMER = "kanaler/ring/"
"""A former address of the page about the telephone."""


def verify(site: BuiltSite, promises: Sequence[Promise]) -> list[Outcome]:
    """Try promises on a thread of its own: this one may drive the browser of other tests, and Playwright drives one at a time."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(verify_here, site, promises).result()


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project's folder, as its people do."""
    command = [sys.executable, "-m", "kanalstrategi", *arguments]
    return subprocess.run(command, cwd=project.root, env={**os.environ, "SITE_URL": PUBLISHED}, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site that is a folder of its own, built by the command."""
    project = fjordby(tmp_path_factory.mktemp("fjordby"))
    config = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("mkdocs.yml", re.sub(r"^plugins: .*", "plugins: [kanalstrategi]", config.replace(", custom_dir: overrides/theme", ""), flags=re.MULTILINE))
    project.replace("docs/kanaler/telefon.md", "status: adopted\n", f"status: adopted\nredirects: [{FORMER}]\n")
    project.write(RECORD_FILE, "/kanaler/telefon/\n/pdf/politik.pdf\n")
    built = run(project, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    return project


@pytest.fixture(scope="module")
def own(site: Path) -> BuiltSite:
    """Our own site."""
    return BuiltSite(site, ROOT, read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}))


@pytest.fixture
def copy(town: Project, tmp_path: Path) -> BuiltSite:
    """A copy of the built site, for a fault."""
    shutil.copytree(town.site, tmp_path / "site")
    return BuiltSite(tmp_path / "site", town.root, read_project(town.root, {}))


def said(site: BuiltSite, id: str) -> list[str]:
    """Return what is found of a promise."""
    (outcome,) = verify(site, [promise for promise in PROMISES if promise.id == id])
    assert outcome.state is not State.NOT_TRIED, outcome.note
    return list(map(str, outcome.findings))


def change(site: BuiltSite, path: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file of the site."""
    file = site.folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def script(site: BuiltSite) -> Path:
    """Return the script that every page loads."""
    (file,) = site.folder.glob("assets/*/site.js")
    return file


@pytest.mark.slow
def test_what_was_built_keeps_every_promise_and_a_second_build_is_the_same(town: Project) -> None:
    process = run(town, "verify", "--format", "json", "--report", "rapport.md")
    assert process.returncode == 0, process.stdout + process.stderr
    assert "midlertidig" not in process.stderr  # `site/` was built of just this
    outcomes = json.loads(process.stdout)
    assert [outcome["id"] for outcome in outcomes] == [promise.id for promise in PROMISES]
    assert {outcome["id"]: outcome["findings"] for outcome in outcomes if outcome["state"] == "broken"} == {}
    report = (town.root / "rapport.md").read_text(encoding="utf-8")
    assert report.startswith("# Fjordby Kommunes kommunikationspolitik: ") and "byte for byte | holder |" in report


@pytest.mark.parametrize("id", ["links", "addresses", "policy", "weight", "index", "paper", "audit"])
def test_our_own_site_keeps_it(own: BuiltSite, id: str) -> None:
    assert said(own, id) == []


@pytest.mark.parametrize("id", ["links", "addresses", "policy", "weight", "index", "paper"])
def test_a_site_with_an_editor_and_former_addresses_below_a_path_keeps_it(published: Path, id: str) -> None:
    root = published.parent
    site = BuiltSite(published, root, read_project(root, {"SOURCE_DATE_EPOCH": str(EPOCH)}))
    assert site.base_path == PUBLISHED_PATH
    assert said(site, id) == []


def into(path: str, old: str, new: str) -> Callable[[BuiltSite], None]:
    return lambda site: change(site, path, old, new)


def lose_a_page(site: BuiltSite) -> None:
    shutil.rmtree(site.folder / "kanaler/telefon")


def lose_a_former_address(site: BuiltSite) -> None:
    shutil.rmtree(site.folder / FORMER)


def forbid_on_iis(site: BuiltSite) -> None:
    change(site, "web.config", "img-src 'self' data:", "img-src 'none'")


def lose_a_script(site: BuiltSite) -> None:
    (script(site).parent / "dom.js").unlink()


def grow(site: BuiltSite) -> None:
    file = script(site)
    file.with_name("site.js.br").write_bytes(bytes(150_000))


def lose_a_word_of_the_index(site: BuiltSite) -> None:
    file = site.folder / "search/index.json"
    entry = json.loads(file.read_text(encoding="utf-8"))
    entry["words"] = " ".join("xyz" if word.partition("/")[0] == "telefon" else word for word in entry["words"].split(" "))
    file.write_text(json.dumps(entry), encoding="utf-8")


def damage_the_index(site: BuiltSite) -> None:
    (site.folder / "search/index.json").write_text("{", encoding="utf-8")


def untag(site: BuiltSite) -> None:
    with pikepdf.open(site.folder / "pdf/politik.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save()


def truncate(site: BuiltSite) -> None:
    (site.folder / "pdf/politik.pdf").write_bytes(b"%PDF-1.7\n")


def lose_a_document(site: BuiltSite) -> None:
    (site.folder / "pdf/politik.pdf").unlink()


FAULTS = {
    "a link to nothing": ("links", into("index.html", 'href="kanaler/"', 'href="findes-ikke/"'), "fører til /findes-ikke/, som ikke findes"),
    "an anchor that is not there": ("links", into(TELEPHONE, 'id="telefon-svar"', 'id="x"'), "/kanaler/telefon/#telefon-svar, men det sted er ikke"),
    "a link out of the site's folder": ("links", into("index.html", 'href="kanaler/"', 'href="/kanaler/"'), "uden for hjemmesidens egen mappe"),
    "a script that another loads": ("links", lose_a_script, "dom.js, som ikke findes"),
    "an address on record": ("addresses", lose_a_page, f"{RECORD_FILE}:1: adressen /kanaler/telefon/ svarer ikke"),
    "a former address": ("addresses", lose_a_former_address, f"/{FORMER}: den tidligere adresse fører ikke videre"),
    "a former address that leads elsewhere": ("addresses", into(f"{FORMER}index.html", "../telefon/", "../"), "fører et andet sted hen"),
    "a place in the open data": ("addresses", into("data/rules.json", "#telefon-svar", "#telefon-sva"), "intet sted, der hedder telefon-sva"),
    "an address in the sitemap": ("addresses", into("sitemap.xml", "/kanaler/telefon/", "/kanaler/telefo/"), "/kanaler/telefo/ svarer ikke"),
    "a script in the page": ("policy", into(TELEPHONE, "</head>", "<script>alert(1)</script></head>"), "et script på siden er forbudt"),
    "a style in the page": ("policy", into(TELEPHONE, "<body", '<body style="color:red"'), 'style="color:red"> er forbudt'),
    "a script of others": ("policy", into(TELEPHONE, "</head>", '<script src="https://example.org/x.js"></script></head>'), "henter https://example.org/x.js"),
    "a page without its policy": ("policy", into(TELEPHONE, "Content-Security-Policy", "X"), "siden har ingen Content-Security-Policy"),
    "a server without the policy": ("policy", forbid_on_iis, "/web.config: serveren sender en anden"),
    "a heavy file": ("weight", grow, "et første besøg fylder"),
    "a title that the search does not know": ("index", lose_a_word_of_the_index, "/kanaler/telefon/: søgningen finder ikke siden ved ordet »telefon«"),
    "a damaged index": ("index", damage_the_index, "indeks kan ikke læses"),
    "a word that is not on paper": ("paper", into(TELEPHONE, "Kontaktcentret tager", "Kontaktcentret aldrighørt tager"), "»aldrighørt«"),
    "a page that is not on the web": ("paper", lose_a_page, "siden er i pdf/politik.pdf, men ikke på hjemmesiden"),
    "a PDF without tags": ("audit", untag, "/pdf/politik.pdf"),
    "a PDF that is cut off": ("audit", truncate, "filen er ikke en PDF, eller den er beskadiget"),
    "a PDF that is not there": ("audit", lose_a_document, "PDF’en er ikke på hjemmesiden"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(copy: BuiltSite, fault: str) -> None:
    id, plant, words = FAULTS[fault]
    plant(copy)
    assert [line for line in said(copy, id) if words in line], said(copy, id)


@pytest.mark.parametrize("id", sorted({id for id, _, _ in FAULTS.values()}))
def test_without_a_fault_nothing_is_found(copy: BuiltSite, id: str) -> None:
    assert said(copy, id) == []


def only_telephone(site: BuiltSite) -> None:
    """Remove all other pages, since each takes the browser a second."""
    for file in site.folder.rglob("*.html"):
        if file != site.folder / TELEPHONE:
            file.unlink()


def write_stored(site: BuiltSite) -> None:
    file = script(site)
    file.write_text(file.read_text(encoding="utf-8") + '\nsessionStorage.setItem("spor", "1")\n', encoding="utf-8")


def fail_in_a_script(site: BuiltSite) -> None:
    file = script(site)
    file.write_text(file.read_text(encoding="utf-8") + "\nsetTimeout(() => { throw new Error('uventet') })\n", encoding="utf-8")


BROWSER_FAULTS = {
    "an image without alternative text": ("axe", into(TELEPHONE, "<h1", '<img src="../../billeder/logo.svg"><h1'), "et billede har ingen alternativ tekst"),
    "a script that the policy forbids": ("console", into(TELEPHONE, "</body>", "<script>alert(1)</script></body>"), "Content-Security-Policy: script-src"),
    "a file of others": ("console", into(TELEPHONE, "<h1", '<img alt="x" src="https://example.org/x.png"><h1'), "https://example.org/x.png"),
    "a file that is not there": ("console", into(TELEPHONE, "<h1", '<img alt="x" src="../nej.png"><h1'), "filen kanaler/nej.png bliver besvaret med 404"),
    "a script that fails": ("console", fail_in_a_script, "et script fejler: uventet"),
    "a trace of the reader": ("console", write_stored, "siden gemmer spor hos læseren"),
    "a line that cannot break": ("width", into(TELEPHONE, "<h1", f"<nobr>{'ord ' * 60}</nobr><h1"), "skal rulles sidelæns"),
}


def test_each_fault_that_only_a_browser_sees_is_found(copy: BuiltSite) -> None:
    """All on one page, which the browser opens once."""
    only_telephone(copy)
    for _, plant, _ in BROWSER_FAULTS.values():
        plant(copy)
    lines = {id: said(copy, id) for id in ("axe", "console", "width")}
    assert [fault for fault, (id, _, words) in BROWSER_FAULTS.items() if not any(words in line for line in lines[id])] == [], lines


def test_the_browser_finds_nothing_on_a_page_as_it_was_built(copy: BuiltSite) -> None:
    only_telephone(copy)
    assert [said(copy, id) for id in ("axe", "console", "width")] == [[], [], []]


@pytest.mark.parametrize("id", ["search", "rules"])
def test_the_search_that_readers_use_finds_all_of_it(copy: BuiltSite, id: str) -> None:
    assert said(copy, id) == []


@pytest.mark.parametrize(("id", "where"), [("search", "/kanaler/telefon/: "), ("rules", "/kanaler/telefon/#telefon-svar: ")])
def test_what_the_search_does_not_show_is_found(copy: BuiltSite, id: str, where: str) -> None:
    """As if the pages had other addresses than the index says."""
    for file in copy.folder.glob("search/*/pages-*.json"):
        file.write_text(re.sub(r"(kanaler|regler)/telefon", r"\1/telefax", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert [line for line in said(copy, id) if line.startswith(where) and "blandt de 3 første" in line]


@pytest.mark.parametrize(("missing", "words"), [("program", "der er ingen Chromium på maskinen"), ("driver", "pip install playwright")])
def test_without_a_browser_it_is_said_and_how_to_get_one(copy: BuiltSite, monkeypatch: pytest.MonkeyPatch, missing: str, words: str) -> None:
    if missing == "driver":
        monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    else:
        monkeypatch.setattr(chromium, "PROGRAMS", ())
    outcomes = verify(copy, [promise for promise in PROMISES if promise.id in ("axe", "search", "width")])
    assert {outcome.state for outcome in outcomes} == {State.NOT_TRIED}
    assert all(words in outcome.note for outcome in outcomes)


def test_a_link_that_has_failed_for_days_is_found(copy: BuiltSite) -> None:
    link = BrokenLink("https://example.org/", "kanaler/telefon.md", 12, date(2026, 1, 2), "siden findes ikke (404)")
    page = "docs/kanaler/telefon.md"
    assert said(copy, "outward") == []  # no page leads out
    copy.project = replace(copy.project, content=replace(copy.content, broken_links=(link,)))
    (line,) = said(copy, "outward")
    assert line.startswith(f"{page}:12: linket til https://example.org/ har ikke virket siden den 2. januar 2026: siden findes ikke (404) – ")


def test_a_file_that_differs_in_a_second_build_is_found(copy: BuiltSite, town: Project) -> None:
    assert list(different_files(town.site, copy.folder)) == []
    change(copy, "data/pages.json", "Telefon", "telefon")
    (copy.folder / "word/ny.docx").touch()
    assert [finding.where for finding in different_files(town.site, copy.folder)] == ["/word/ny.docx", "/data/pages.json"]


def test_a_site_folder_that_may_be_of_another_day_is_not_built_again(town: Project) -> None:
    process = run(town, "verify", "--site", "site", "--only", "rebuild,weight")
    assert process.returncode == 0 and "ikke prøvet" in process.stdout and "1 løfte holder. 1 er ikke prøvet." in process.stdout
    assert run(town, "verify", "--site", "site", "--only", "rebuild", "--require-all").returncode == 1


def test_a_broken_promise_ends_with_one_and_says_where(town: Project, copy: BuiltSite) -> None:
    change(copy, "index.html", 'href="kanaler/"', 'href="findes-ikke/"')
    process = run(town, "verify", "--site", str(copy.folder), "--only", "links")
    assert process.returncode == 1 and "HOLDER IKKE" in process.stdout and "/: linket »" in process.stdout


@pytest.mark.parametrize("arguments", [["--only", "andet"], ["--site", "findes-ikke"]])
def test_a_wrong_call_says_how(town: Project, arguments: list[str]) -> None:
    process = run(town, "verify", *arguments)
    assert process.returncode == 2 and "Traceback" not in process.stderr and process.stderr


def test_the_report_shows_a_name_as_it_stands(copy: BuiltSite) -> None:
    outcomes = verify(copy, [promise for promise in PROMISES if promise.id == "weight"])
    first, _, second, *_ = as_markdown(outcomes, "By <b>*|", date(2026, 1, 2)).split("\n")
    assert (first, second) == ("# By \\<b\\>\\*\\|: det, hjemmesiden lover", "Prøvet den 2.1.2026. 1 løfte holder.")
