"""Wherever text comes in, a character that no text may have is reported with file and line: never published, never a traceback."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable

import pytest
from mkdocs.exceptions import Abort

from kanalstrategi.build.preconditions import check_settings
from kanalstrategi.content.page_template import NewPageError, new_department
from kanalstrategi.incoming_text import MAX_LINE_CHARACTERS
from tests.support.odd_characters import MARKS, ODD
from tests.support.pages import FRONT, without_menu
from tests.support.project import ROOT, Project

TEMPLATE = "docs/skabeloner/retningslinje.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n<title>{}</title></svg>'
ANSWERS = (
    "linjen indeholder et ", "billedet indeholder et ", "linjen har et bogstav", "billedet har et bogstav", "et bogstav er gået tabt", "æ, ø eller å er ",
    "filen kan ikke læses som SVG",
)  # fmt: skip # laid out by hand, as a table

# Where text comes in: what an editor types on a page, and what stands there instead of `{}`.
ON_PAGES = {
    "text": "tek{}st",
    "heading": "## Over{}skrift",
    "macro": '{{ rule("telefon{}-ring") }}',
    "macro over several lines": '{{ rule(\n"telefon{}-ring") }}',
    "code": "```\nko{}de\n```",
    "link": "[tekst](https://example.org/{})",
    "comment": "<!-- no{}te -->",
    "table": "| a{} | b |\n|---|---|\n| c | d |",
    "attribute list": 'tekst\n{: title="ti{}tel" }',
}
ESCAPED_ON_PAGES = {
    "text": "tek{}st",
    "link": "[tekst](https://example.org/{})",
    "title of a link": '[tekst](../index.md "ti{}tel")',
    "definition of a link": '[tekst]\n\n[tekst]: ../index.md "ti{}tel"',
    "description of an image": "![kort{}](../billeder/forside.svg)",
    "attribute": '<span title="ti{}tel">tekst</span>',
    "box": '!!! note "Hu{}sk"\n    tekst',
    "abbreviation": "MitID\n\n*[MitID]: for{}klaring",
    "footnote": "tekst[^1]\n\n[^1]: no{}te",
}


@pytest.fixture
def small(project: Project) -> Project:
    """A project of few pages, since each check reads them all."""
    for folder in ("retningslinjer", "strategi"):
        shutil.rmtree(project.root / "docs" / folder)
    return without_menu(project)


@pytest.fixture
def entrances(small: Project) -> Callable[[str], dict[str, str]]:
    """Put a character into every file that text comes in by, and return the place of each in what is reported."""
    project = small
    originals = {path: (project.root / path).read_text(encoding="utf-8") for path in ("mkdocs.yml", TEMPLATE)}

    def plant(odd: str) -> dict[str, str]:
        places = {}

        def write(name: str, path: str, text: str) -> None:
            project.write(path, text.replace("{}", odd))
            places[name] = f"{path}:{text[: text.index('{}')].count(chr(10)) + 1}"

        for number, (name, text) in enumerate(ON_PAGES.items()):
            write(name, f"docs/strategi/side-{number}.md", f"{FRONT.format(description='x')}{text}\n")
        write("front matter", "docs/strategi/felt.md", FRONT.replace("{description}", "be{}skrivelse"))
        write("list in front matter", "docs/strategi/liste.md", FRONT.format(description="x").replace("status:", "keywords:\n  - a\n  - b{}\nstatus:"))
        write("template", TEMPLATE, originals[TEMPLATE] + "tek{}st\n")
        write("settings", "mkdocs.yml", originals["mkdocs.yml"].replace("Politik & Personale\n      phone", "Politik & {} Personale\n      phone", 1))
        write("record of addresses", "addresses.txt", "# head\n/\n/a{}/\n")
        write("data table", "docs/tal.csv", "a;b\n1;2{}\n")
        write("drawing", "docs/billeder/tegning.svg", SVG)
        return places

    return plant


def test_an_odd_character_is_reported_wherever_it_comes_in(small: Project, entrances: Callable[[str], dict[str, str]]) -> None:
    silent = []
    for name, odd in ODD.items():
        places = entrances(odd)
        if name in MARKS:
            del places["drawing"]  # whose text comes from programs
        reported = small.check()
        silent += [(name, entrance) for entrance, place in places.items() if not is_reported(place, reported)]
    assert silent == []


def is_reported(place: str, reported: list[str]) -> bool:
    return any(line.startswith(f"{place}: {answer}") for line in reported for answer in ANSWERS)


def test_an_odd_character_that_is_written_as_an_escape_is_reported(small: Project) -> None:
    settings = (small.root / "mkdocs.yml").read_text(encoding="utf-8")
    silent = []
    for name, odd in ODD.items():
        if name not in MARKS:
            small.write("mkdocs.yml", settings)
            places = escaped_in(small, odd)
            reported = small.check()
            silent += [(name, entrance) for entrance, place in places.items() if not is_reported(place, reported)]
    assert silent == []


def escaped_in(project: Project, odd: str) -> dict[str, str]:
    """Write a character as an escape wherever there are escapes, and return the place of each in what is reported."""
    places = {}
    in_html, in_yaml = ("".join(form.format(ord(character)) for character in odd) for form in ("&#x{:x};", "\\U{:08x}"))
    for number, (entrance, text) in enumerate(ESCAPED_ON_PAGES.items()):
        head = FRONT.format(description="x")
        places[entrance] = project_file = f"docs/strategi/side-{number}.md"
        project.write(project_file, f"{head}{text.replace('{}', in_html)}\n")
        typed_at = text.index("tekst" if entrance == "definition of a link" else "{}")  # a definition is judged where it is used
        places[entrance] += f":{(head + text[:typed_at]).count(chr(10)) + 1}"
    if 0x80 <= ord(odd[0]) <= 0x9F:
        del places["attribute"]  # HTML says that `&#x9b;` is a character of Windows-1252
    for entrance, typed in (("field", 'description: "a{}"'), ("list", 'description: x\nkeywords: ["a{}"]'), ("name", '"a{}": x')):
        project.write(f"docs/strategi/{entrance}.md", FRONT.replace("description: {description}", typed.replace("{}", in_yaml)))
        places[entrance] = f"docs/strategi/{entrance}.md:{2 + typed.count(chr(10))}"
    line = project.replace("mkdocs.yml", "      name: Center for Politik & Personale", f'      name: "a{in_yaml}"')
    places["settings"] = f"mkdocs.yml:{line}"
    return places


@pytest.mark.parametrize("escape", [r"\ud800", r"\ud83d", r"\udfff"])
def test_half_a_character_is_reported(project: Project, escape: str) -> None:
    line = project.replace("mkdocs.yml", "      name: Center for Politik & Personale", f'      name: "a{escape}"')
    project.replace("docs/strategi/vision-og-maal.md", "description: ", f'keywords: ["a{escape}b"]\ndescription: ')
    places = {reported.rpartition(": ")[0].split(": ")[0] for reported in project.check()}
    assert places >= {f"mkdocs.yml:{line}", "docs/strategi/vision-og-maal.md:2"}


@pytest.mark.parametrize("path", ["docs/strategi/formaal.md", TEMPLATE, "mkdocs.yml", "addresses.txt", "docs/tal.csv"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_another_encoding_is_reported(project: Project, path: str, encoding: str) -> None:
    file = project.root / path
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Første linje; æøå\n/\n"
    file.write_bytes(text.encode(encoding))
    assert next(line.rpartition(" – ")[2] for line in project.check() if line.startswith(f"{path}:")) == "gem filen igen med tegnsættet UTF-8"


@pytest.mark.parametrize("path", ["docs/strategi/formaal.md", TEMPLATE, "mkdocs.yml", "addresses.txt"])
def test_a_line_of_unbounded_length_is_reported(project: Project, path: str) -> None:
    file = project.root / path
    text = file.read_text(encoding="utf-8") if file.is_file() else "/\n"
    project.write(path, f"{text}#{' ' * MAX_LINE_CHARACTERS}\n")
    place = f"{path}:{text.count(chr(10)) + 1}"
    assert [line for line in project.check() if line.startswith(f"{place}: linjen er på 20001 tegn, og den må højst være på 20000")]


# Typed on the command line, or set in the environment


def test_a_new_page_gets_no_odd_name(project: Project) -> None:
    for odd in ODD.values():
        with pytest.raises(NewPageError, match="kan ikke bruges som navn") as caught:
            new_department(project.root, f"Ny {odd} side", {})
        assert str(caught.value).isprintable()


def test_a_new_page_is_not_made_of_an_odd_template(project: Project) -> None:
    text = (project.root / TEMPLATE).read_text(encoding="utf-8")
    project.write(TEMPLATE, f"{text}a\u202eb\n")
    with pytest.raises(NewPageError, match=rf"{TEMPLATE}:{text.count(chr(10)) + 1}: linjen indeholder et usynligt tegn"):
        new_department(project.root, "Ny", {})


@pytest.mark.parametrize("name", [name for name in ODD if name not in MARKS])
def test_a_setting_from_the_environment_has_no_odd_character(name: str) -> None:
    for settings in ({"site_name": f"a{ODD[name]}"}, {"extra": {"owners": [{"name": f"a{ODD[name]}"}]}}, {f"a{ODD[name]}": True}):
        with pytest.raises(Abort) as caught:
            check_settings([settings])
        assert "mkdocs.yml: indstillingen »a" in str(caught.value)


def test_a_build_says_what_is_wrong_with_a_setting_from_the_environment(project: Project) -> None:
    project.replace("mkdocs.yml", "site_name: ", "site_description: !ENV [DESCRIPTION, x]\n#")
    project.replace("mkdocs.yml", "\nsite_description: Guld", "\nsite_name: Guld")
    process = project.build(DESCRIPTION="a\u202eb")
    assert process.returncode == 1 and "Traceback" not in process.stderr
    assert "mkdocs.yml: indstillingen »a�b«: linjen indeholder et usynligt tegn (U+202E) – ret den" in process.stdout + process.stderr


# The gate is the only way


READERS = {
    "kanalstrategi.cli.published_urls",  # keeps every byte of the record that it adds to
    # Steps of an edition keep every byte but that of the lines that they change; what a page says they read through the gate.
    "kanalstrategi.cli.edition_tree",
    "kanalstrategi.cli.step_files",
    "kanalstrategi.content.adoption",
    "kanalstrategi.content.edition_steps",
    "kanalstrategi.content.guideline_steps",
    "kanalstrategi.content.page_mentions",
    "kanalstrategi.content.structure_additions",
    "kanalstrategi.content.structure_records",
    "kanalstrategi.content.structure_removal",
    "kanalstrategi.content.structure_steps",
    # What servers answer, and names of hosts: none of it is shown but a URL, without characters that steer.
    "kanalstrategi.cli.link_check.client",
    "kanalstrategi.cli.link_check.robots",
    "kanalstrategi.cli.link_check.targets",
    "kanalstrategi.content.link_record",  # after the gate: JSON
    # JSON that the program itself has written, with patterns for every text in it.
    "kanalstrategi.content.evidence",
    "kanalstrategi.content.reminder_record",
    # What git and a mail server answer: names of commits, and a reason that is shown without characters that steer.
    "kanalstrategi.cli.git_history",
    "kanalstrategi.cli.mail_server",
    "kanalstrategi.content.source_files",  # for the gate: the beginning of a page that is too large
    "kanalstrategi.content.page_template",  # after the gate: a new page has the line endings of its template
    "kanalstrategi.content.program_pages",  # the program's own templates
    "kanalstrategi.editor.local_api",  # gives the editor a page as it is, and says so if it is not UTF-8
    "kanalstrategi.editor.local_server",  # the path of a request
    "kanalstrategi.editor.site",  # the theme's own page
    "kanalstrategi.editor.door_page",  # likewise
    "kanalstrategi.rendering.inline_hash",  # Base64
    "kanalstrategi.content.brand_logo",  # after the sanitizer, which has read the drawing
    # What other programs say, the lock of the site, and files of the program itself.
    "kanalstrategi.cli.installed_program",
    "kanalstrategi.cli.upgrade_build",
    "kanalstrategi.cli.upgrade_files",
    "kanalstrategi.cli.upgrade_program",
    "kanalstrategi.content.pins",
    "kanalstrategi.cli.portal",  # the list of sites, by who runs the portal, and the portal's own record
}


def test_no_module_reads_text_around_the_gate() -> None:
    readers = set()
    for folder in ("kanalstrategi/content", "kanalstrategi/cli", "kanalstrategi/checks", "kanalstrategi/rendering", "kanalstrategi/editor", "macros"):
        for file in (ROOT / folder).rglob("*.py"):
            calls = [node.func for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
            called = {function.attr for function in calls if isinstance(function, ast.Attribute)}
            if called & {"read_text", "decode"} and file.stem != "download":  # which reads programs
                readers.add(".".join(file.relative_to(ROOT).with_suffix("").parts))
    assert readers == READERS
