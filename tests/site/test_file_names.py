"""File names are judged by what the build makes of them: what passes the check is published, each file at its own address."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import get_files

from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.publishing.compression import EXTENSIONS
from kanalstrategi.publishing.servers.served_files import PRECOMPRESSED
from kanalstrategi.sanitizing.files import (
    MAX_BYTES,
    MAX_PATH_CHARACTERS,
    PAGES_OF_RESERVED_NAMES,
    RESERVED_NAMES,
    RESERVED_PATHS,
    SITE_EXTENSIONS,
    check_files,
    list_files,
)
from tests.support.images import drawing, saved
from tests.support.pages import FRONT, small
from tests.support.project import PUBLISHED, Project, built_once

PNG = saved(drawing(), "PNG")
PLAIN = "brug kun små bogstaver a–z, tal og bindestreg"
OF_THE_EDITOR = {"admin"}
"""What only a site with an editor has."""


def put(project: Project, path: str) -> None:
    """Write a file that has nothing wrong but perhaps its name."""
    file = project.root / "docs" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PNG if path.endswith(".png") else FRONT.format(description="Prøve").encode() if path.endswith(".md") else b"a,b\n1,2\n")


CLASHES = [
    (["index.html.md"], "siden bliver mappen index.html, som kan være navnet på en fil", "giv den et andet navn: index-html.md"),
    (["a/index.html.gz.md"], "siden bliver mappen index.html.gz, som kan være navnet på en fil", "giv den et andet navn: a/index-html-gz.md"),
    (["sitemap.xml.md"], "siden bliver mappen sitemap.xml, som kan være navnet på en fil", "giv den et andet navn: sitemap-xml.md"),
    (["404-html.md", "404.html.md"], "siden bliver mappen 404.html, som kan være navnet på en fil", "giv den et andet navn: 404-html-2.md"),
    (["a.png", "a.png.md"], "siden bliver mappen a.png, som kan være navnet på en fil", "giv den et andet navn: a-png.md"),
    (["a.md", "a/index.md"], "siden får samme adresse som docs/a.md", "slet den ene, eller giv den et andet navn"),
    (["soeg/index.md"], "siden får samme adresse som docs/soeg.md", "slet den ene, eller giv den et andet navn"),
    (["a.md", "A.md"], "navnet A.md kan ikke bruges i en adresse", f"{PLAIN}: a-2.md"),
    (["b/a.md", "B/a.md"], "navnet B kan ikke bruges i en adresse", f"{PLAIN}: b/a-2.md"),
    (["\u00e5r.md", "a\u030ar.md"], "navnet a\u030ar.md kan ikke bruges i en adresse", f"{PLAIN}: aar.md"),
    (["README.md"], "filens navn kan ikke bruges til en side", "omdøb filen, så den ender på .md (en mappes forside hedder index.md)"),
    (["a..md"], "navnet a..md kan ikke bruges i en adresse", f"{PLAIN}: a.md"),
    (["robots.txt/index.md"], "navnet robots.txt kan ikke bruges i en adresse", f"{PLAIN}: robots-txt/index.md"),
    (["con.md"], "navnet con.md kan ikke bruges på Windows", "giv den et andet navn"),
    (["nul/a.png"], "navnet nul kan ikke bruges på Windows", "giv den et andet navn"),
    (["com1.x.csv"], "navnet com1.x.csv kan ikke bruges på Windows", "giv den et andet navn"),
    (["a" * 197 + ".csv"], "filens sti er på 201 tegn, og den må højst være på 200", "giv filen eller mapperne kortere navne"),
    *(([f"{name}/a.csv"], reason, "giv den et andet navn") for name, reason in RESERVED_NAMES.items()),
    *(([path], reason, "giv den et andet navn") for path, reason in RESERVED_PATHS.items()),
    *(([f"{name}.md"], reason, "giv den et andet navn") for name, reason in RESERVED_NAMES.items() if f"{name}.md" not in PAGES_OF_RESERVED_NAMES),
]


@pytest.mark.parametrize(("paths", "message", "hint"), CLASHES)
def test_a_name_that_clashes_is_an_error(tmp_path: Path, paths: list[str], message: str, hint: str) -> None:
    """It is the error of the last of the files."""
    project = small(tmp_path / "project")
    for path in paths:
        put(project, path)
    assert f"docs/{paths[-1]}:1: {message} – {hint}" in project.check()


def test_two_pages_whose_documents_would_be_one_file(tmp_path: Path) -> None:
    project = small(tmp_path / "project")
    for path in ("skoler/a/telefon.md", "skoler/b/telefon.md"):
        put(project, path)
    each = "    skoler:\n      name: afsnittet\n      opening: index.md\n      each: skoler/\n"
    project.replace("mkdocs.yml", "  documents:\n", f"  documents:\n{each}")
    menu = "".join(f"  - {path}\n" for path in ("index.md", "soeg.md", "strategi/formaal.md", "skoler/a/telefon.md", "skoler/b/telefon.md"))
    project.replace("mkdocs.yml", "plugins:\n", f"nav:\n{menu}\nplugins:\n")
    message = "siden får sin PDF på samme adresse som docs/skoler/a/telefon.md: pdf/skoler-telefon.pdf"
    assert project.check() == [f"docs/skoler/b/telefon.md:1: {message} – giv den ene af de to et andet navn"]


ODD_NAMES = (
    "404.md",
    "version-1.2.md",
    "robots.md",
    "htaccess.md",
    "index/index.md",
    "a/index/index.md",
    "soeg-2.md",
    "sitemap.md",
    "b.md",
    "b/c.md",
    "b/d/index.md",
    "index.png",
    "strategi/formaal.png",
    "pdf-2/pdf.csv",
    "c.d.e.csv",
    "html.md",
    "md.md",
    "x" * 196 + ".csv",
    "x" * 197 + ".md",
    f"{'y/' * 97}z.csv",
)  # fmt: skip - not one per line
"""Names that look like clashes, or like names of the site, and are none."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with the odd names, a former URL and its own URL."""

    def build(root: Path) -> None:
        project = small(root)
        for path in ODD_NAMES:
            put(project, path)
        project.write("docs/b.md", FRONT.format(description="Prøve").replace("---\n", "---\nredirects: [gammel/side/]\n", 1))
        process = project.build(site_url=PUBLISHED)
        assert process.returncode == 0, process.stdout + process.stderr

    return Project(built_once(tmp_path_factory, "odd-names", build))


def test_a_name_that_looks_like_a_clash_and_is_none_is_published(built: Project) -> None:
    assert max(map(len, ODD_NAMES)) == MAX_PATH_CHARACTERS
    for path in ODD_NAMES:
        stem = path.removesuffix(".md")
        url = path if stem == path else f"{stem.removesuffix('index')}/index.html"
        assert (built.site / url).is_file(), path
        assert stem == path or "<h1" in (built.site / url).read_text(encoding="utf-8")


def test_no_name_that_the_site_writes_itself_is_free_for_editors(built: Project) -> None:
    """Whatever a build writes besides the files of `docs/` is in a reserved folder, or has a name that no file or page of `docs/` can have."""
    sources = {path.partition("/")[0].removesuffix(".md") for path in list_files(built.root / "docs", [])}
    own = {entry.name for entry in built.site.iterdir()} - sources - {"gammel"}
    folders = {name for name in own if (built.site / name).is_dir()}
    assert folders - {"nyt", "opfoelgning"} | OF_THE_EDITOR | {"templates", "word"} == set(RESERVED_NAMES)
    own |= {file.relative_to(built.site).as_posix() for file in (built.site / "nyt").iterdir()}  # the feeds, beside the page of an editor
    files = {name for name in own - folders if name[0].isalnum() and not name.startswith("index.")}
    assert {"404.html", "sitemap.xml", "sitemap.xml.gz", "opensearch.xml"} <= files
    assert all(name.endswith(SITE_EXTENSIONS) and not name.endswith(tuple(MAX_BYTES)) for name in files)


def test_every_extension_of_the_site_is_one_that_no_page_ends_with(built: Project) -> None:
    extensions = {file.suffix for file in built.site.rglob("*") if file.is_file() and not file.name.startswith(("_", "."))}
    assert extensions <= set(SITE_EXTENSIONS)
    assert EXTENSIONS | {f".{extension}" for extension, _ in PRECOMPRESSED} <= set(SITE_EXTENSIONS)


PART = st.sampled_from(["a", "b", "index", "index.html", "soeg", "404", "x.png", "sitemap.xml", "A", "å", unicodedata.normalize("NFD", "å"), "1.2", "con"])
PATHS = st.builds(
    lambda folders, name, extension: "/".join([*folders, name]) + extension,
    st.lists(PART, max_size=2),
    PART,
    st.sampled_from([".md", ".md", ".md", ".png", ".csv", ".gz.md", ".br.md"]),
)


@given(st.sets(PATHS, min_size=1, max_size=8))
def test_names_are_reported_or_published_each_at_its_own_address(tmp_path_factory: pytest.TempPathFactory, paths: set[str]) -> None:
    """MkDocs says where it would write the files that pass the check. None may be, or be below, another file or its compressed versions."""
    project = Project(tmp_path_factory.mktemp("names"))
    project.write("mkdocs.yml", "site_name: Prøve\n")
    for path in sorted(paths):
        folder = project.root / "docs" / path
        if not any(parent.is_file() for parent in folder.parents) and not folder.exists():
            put(project, path)
    docs = project.root / "docs"
    reported = {diagnostic.file.removeprefix("docs/") for diagnostic in check_files(docs, list_files(docs, []))}
    config = load_config(str(project.root / "mkdocs.yml"))
    passed = {file.src_uri: file.dest_uri for file in get_files(config) if to_nfc(file.src_uri) not in {to_nfc(path) for path in reported}}
    urls = list(passed.values())
    same = {url for url in urls if urls.count(url) > 1}
    assert all(url.endswith("/index.html") for url in same), "pages like a.md and a/index.md, which are reported when pages are read"
    files = {name + suffix for name in {*urls, "404.html", "sitemap.xml", "opensearch.xml"} for suffix in ("", ".gz", ".br")}
    folders = {parent.as_posix() for url in urls for parent in Path(url).parents}
    assert not files & folders, passed
    assert len({url.casefold() for url in urls}) == len(set(urls))
