"""Attacks of a malicious editor: none runs, reads a file, or reaches the site as active content.

The attacks are in tests/support/attacks.py. Each is reported with its file and line, or published as text. Each is also rendered
with all checks off, like one that they overlook: what is not allowed has no node in the tree that the HTML is written from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from kanalstrategi.content import source_files
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.limits import TooSlowError
from kanalstrategi.markdown.nodes import Element, ParsedPage, descendants, text_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call, MacroError
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.attacks import (
    ATTRIBUTE_ATTACKS,
    BODIES,
    CANARY,
    CODE,
    FRONT_ATTACKS,
    HTML_ATTACKS,
    LINK_ATTACKS,
    MACRO_ATTACKS,
    NAMES,
    SLOW_ATTACKS,
    SVG_ATTACKS,
    WORDS,
    boxed,
)
from tests.support.html5 import foreign_elements, is_foreign
from tests.support.pages import FRONT, without_menu
from tests.support.project import EPOCH, ROOT, Project, copied
from tests.support.servers import serving


def plant(project: Project, folder: str, texts: list[str]) -> dict[str, str]:
    """Write each text as a page, and return the texts by file name."""
    files = {}
    for number, text in enumerate(texts):
        path = f"docs/{folder}/angreb-{number:03}.md"
        project.write(path, text)
        files[path] = text
    return files


def reports_by_file(project: Project, files: dict[str, str]) -> dict[str, list[str]]:
    """Return the lines of check.py by file. No name or text breaks a line in two."""
    lines = project.check()
    reported: dict[str, list[str]] = {name: [] for name in files}
    for line in lines:
        match = re.fullmatch(r"([^:]+(?::[^:]*)?\.\w+):(\d+): (.+) – (.+)", line)
        assert match, line
        assert line.isprintable() or "\xa0" in line
        reported.setdefault(match.group(1), []).append(line)
        if match.group(1) in files:
            assert int(match.group(2)) <= files[match.group(1)].count("\n") + 1, line
    return reported


def test_there_are_hundreds_of_attacks() -> None:
    assert len({*BODIES, *FRONT_ATTACKS, *SVG_ATTACKS, *NAMES}) > 200


def test_every_attack_in_a_page_is_reported_with_its_line(project: Project) -> None:
    files = plant(without_menu(project), "strategi", [FRONT.format(description="x") + text for text in BODIES])
    reported = reports_by_file(project, files)
    assert [text[-60:] for name, text in files.items() if not reported[name]] == []
    assert {name for name in reported if reported[name]} == set(files)
    title = FRONT.count("\n") - 1
    for lines in reported.values():
        assert all(int(line.split(":")[1]) >= title for line in lines), lines  # not in the front matter


def test_every_attack_in_front_matter_is_reported_with_its_line(project: Project) -> None:
    texts = [FRONT.format(description="x").replace("\n---\n\n", f"\n{attack}\n---\n\n") for attack in FRONT_ATTACKS]
    files = plant(without_menu(project), "strategi", texts)
    reported = reports_by_file(project, files)
    assert [text for name, text in files.items() if not reported[name]] == []


def test_a_page_cannot_smuggle_front_matter_in(project: Project) -> None:
    """MkDocs reads the same front matter as the checks."""
    project.write("docs/strategi/formaal.md", "template: main.html\ntitle: x\n\n# Titel\n")  # MultiMarkdown's form
    assert [line for line in project.check() if "formaal.md:1: siden mangler sine felter øverst" in line]


def active_content(page: str) -> list[str]:
    """Return everything in HTML that could run, load or cover something, by rules that are independent of the program's."""
    tree = html.document_fromstring(f"<body>{page}</body>")
    found = []
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        if tag in (
            "script", "iframe", "object", "embed", "base", "meta", "link", "style", "frame", "frameset", "math", "foreignobject", "animate", "set", "video",
            "audio", "source", "button", "textarea", "select", "template", "marquee", "applet",
        ):  # fmt: skip # a table
            found.append(tag)
        for name, value in element.attrib.items():
            url = re.sub(r"[\x00-\x20]", "", value).casefold()
            if name.startswith(("on", "data-md")) or name in ("srcset", "srcdoc", "formaction", "action"):
                found.append(name)
            if name in ("href", "src", "xlink:href") and re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", url):
                found.append(value)
            if name == "src" and re.match(r"[a-z]+:|//|\\\\", url):
                found.append(value)
            if name == "style" and re.search(r"url|position|@", url):
                found.append(value)
            if name == "id" and value.startswith("__"):
                found.append(value)
            if name == "class" and re.search(r"\b(md-(?!button)|mermaid)", value):
                found.append(value)
    return found


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


def rendered(text: str, content: Content) -> Element:
    """Return the tree that a page is written from, whatever the checks would say of it."""
    page = content.pages["strategi/formaal.md"]
    return render_page(parse(text), page, content, MACROS, files=content.pages, assets="assets").root


@pytest.mark.parametrize("wrap", [str, boxed], ids=["as it is", "in a box"])
@pytest.mark.parametrize("text", [*HTML_ATTACKS, *ATTRIBUTE_ATTACKS, *LINK_ATTACKS, *SLOW_ATTACKS, *WORDS])
def test_with_all_checks_off_nothing_is_alive(content: Content, text: str, wrap: Callable[[str], str]) -> None:
    root = rendered(wrap(text), content)
    written = write_html(root.children)
    assert active_content(written) == [] and foreign_elements(root) == [] and not is_foreign(written)


def test_the_search_for_active_content_finds_it() -> None:
    for text in (
        "<script>x</script>", "<p onclick=x>", "<a href=' java\nscript:x'>", "<img src='//x'>", "<p style='position:fixed'>", "<p id='__config'>",
        "<pre class='mermaid'>", "<form action=x>",
    ):  # fmt: skip # laid out by hand, as a table
        assert active_content(text), text


@pytest.mark.parametrize("text", MACRO_ATTACKS)
def test_a_page_is_not_a_program(content: Content, text: str) -> None:
    """An attack stays text, or is the call of a macro that refuses what it is called with."""
    parsed = parse(text)
    call = Call(content, content.pages["strategi/formaal.md"])
    assert parsed.calls or parsed.macro_diagnostics
    for macro_call in parsed.calls:
        with pytest.raises((MacroError, KeyError, TypeError)):
            MACROS[macro_call.name](call, *macro_call.arguments)
    if not parsed.calls:
        written = write_html(parsed.root.children)
        assert "49" not in written and active_content(written) == []


def test_the_template_is_a_page_like_others(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    template = "docs/skabeloner/retningslinje.md"
    text = (project.root / template).read_text(encoding="utf-8")
    lines = text.count("\n")
    project.write(template, text.replace("owner: ikke-udpeget", "owner: findes-ikke") + "\n<script>alert(1)</script>\n\n[x](findes-ikke.md)\n")
    reported = "\n".join(project.check())
    assert f"{template}:{lines + 2}: HTML-mærket <script> kan ikke bruges" in reported and "den ansvarlige findes-ikke findes ikke" in reported
    assert f"{template}:{lines + 4}: linket peger på findes-ikke.md" in reported
    slow = "langsom " * 200

    def parse_slowly(text: str) -> ParsedPage:
        if slow in text:
            raise TooSlowError
        return parse(text)

    monkeypatch.setattr(source_files, "parse", parse_slowly)  # no text is known that takes longer than a page may
    project.write(template, f"{text}\n{slow}")
    assert [line for line in project.check() if line.startswith(f"{template}:{lines + 2}: siden tager for lang tid at læse")]


HIDDEN = [
    'Skriv class="status" her, og `<ul class="status">`.',
    "<details markdown>\n<summary>Mere</summary>\n\n{{ status() }}\n\n</details>",
    "- a\n\n    {{ status() }}",
    "Tekst.\n\n{{ status() }}",
    "## Bilag {: .web-only }\n\n{{ status() }}",
    "    {{ status() }}",
]


def test_a_draft_cannot_hide_that_it_is_one(project: Project) -> None:
    draft = FRONT.format(description="x").replace("status: adopted", "status: draft")
    files = plant(without_menu(project), "strategi", [f"{draft}Tekst.\n\n{hidden}\n" for hidden in HIDDEN])
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout
    for path, written in files.items():
        built = html.parse(str(project.site / path.removeprefix("docs/").replace(".md", "/index.html")))
        (status,) = built.xpath("//article/h1/following-sibling::*[1][self::ul[contains(@class, 'status')]]")
        assert status.xpath(".//strong[contains(@class, 'draft')]"), written[-60:]


@pytest.mark.parametrize("wrap", [str, boxed], ids=["as it is", "in a box"])
@pytest.mark.parametrize("text", CODE)
def test_what_is_code_when_it_is_judged_is_code_when_it_is_published(content: Content, text: str, wrap: Callable[[str], str]) -> None:
    """The first finding of adr/0008: a page is read once, so that no two readers can differ."""
    assert parse(wrap(text)).diagnostics == ()
    root = rendered(wrap(text), content)
    code = "".join(text_of(element) for element in descendants(root) if element.tag == "code")
    assert all(tag in code for tag in re.findall(r"<[a-z][^>\n]*>", text))
    assert not [element for element in descendants(root) if element.is_html]


MARK = '<ul class="status"><li><strong class="badge adopted">Vedtaget</strong></li></ul>'
FORGERIES = [
    f"<!-- {{{{ status() }}}} -->\n\n{MARK}",
    f"{{# {{{{ status() }}}} #}}\n\n{MARK}",
    f"`{{{{ status() }}}}`\n\n{MARK}",
    f"{{{{ status() }}}}\n\n{MARK}",
    f'<div title="{{{{ status() }}}}">{MARK}</div>',
    f"![{{{{ status() }}}}](x.png)\n\n{MARK}",
    "\x020}{\x020} {{ status() }} {\x020}",
    f"<{{% raw %}}{{% endraw %}}ul class=status>{MARK}",
]


@pytest.mark.parametrize("text", FORGERIES)
def test_nothing_that_is_typed_can_pass_for_the_answer_of_a_macro(content: Content, text: str) -> None:
    """The second finding of adr/0008: an answer is nodes that take the place of a call's node, and no text becomes such a node."""
    page = content.pages["strategi/formaal.md"]
    parsed = parse(text)
    assert not [element for element in descendants(parsed.root) if element.has_class("status") or element.has_class("badge")]
    assert [call.name for call in parsed.calls] in ([], ["status"])
    marks = [element for element in descendants(rendered(text, content)) if element.has_class("status")]
    assert len(marks) == 1 and marks[0] in MACROS["status"](Call(content, page))


def test_an_icon_is_a_macros_alone(content: Content) -> None:
    text = '## <span class="icon" data-icon="material/phone" aria-hidden="true"><svg><path d="M0 0"></path></svg></span>Telefon {: #telefon }'
    assert {"stilen icon kendes ikke", "data-icon kan ikke bruges i <span>"} <= {diagnostic.message for diagnostic in parse(text).diagnostics}
    assert not [element for element in descendants(rendered(text, content)) if element.has_class("icon") or element.tag in ("svg", "path")]


@pytest.mark.parametrize("title", [" # Titel", "Titel\n=====", "# Titel #"])
def test_the_title_of_a_page_is_the_one_that_readers_see(project: Project, title: str) -> None:
    project.remove_documents()
    project.replace("docs/strategi/formaal.md", "# Formål\n", f"{title}\n")
    assert project.check() == []
    assert project.build().returncode == 0
    page = html.parse(str(project.site / "strategi/formaal/index.html"))
    assert page.xpath("string(//article/h1/text())") == "Titel" and page.xpath("string(//title)").startswith("Titel ")


def test_a_note_hides_no_decision_from_the_counts(project: Project) -> None:
    project.remove_documents()
    skoler, telefon = "docs/retningslinjer/skoler.md", "docs/kanaler/telefon-og-videomoeder.md"
    before = read_project(project.root, {}).content
    decision = "- [ ] Fast gennemgang: Hvor ofte gennemgås siderne, og hvem ser efter, at det sker?"
    project.replace(skoler, decision, f'{{#\n{decision}\n#}}\n- [ ] Andet: `decision open"`, hvem?')
    project.replace(
        telefon, "at regler for notatpligt og journalisering overholdes\n", "at regler for {# ikke #}<b>notatpligt</b> og journalisering overholdes\n"
    )
    assert project.check() == []
    after = read_project(project.root, {}).content
    assert after.rules["telefon-notatpligt"].text == before.rules["telefon-notatpligt"].text
    texts = [decision.text for guideline in after.guidelines if guideline.id == "skoler" for decision in guideline.decisions]
    assert "Fast gennemgang: Hvor ofte gennemgås siderne, og hvem ser efter, at det sker?" not in texts
    assert project.build().returncode == 0


@pytest.fixture(scope="module")
def site_of_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real build of everything that is text, served."""
    root = tmp_path_factory.mktemp("words")
    project = without_menu(copied(root))
    description = "'\"><script>alert(1)</script> {{ 7*7 }}'"
    files = plant(project, "strategi", [FRONT.format(description=description) + text for text in WORDS])
    title = FRONT.format(description="x").replace("# Et angreb", "# &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; `<img src=x onerror=alert(1)>`")
    project.write("docs/strategi/titel.md", title)
    (root / "kodeord").write_text(CANARY)
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    assert len(files) == len(WORDS)
    with serving(project.site) as url:
        yield url


def test_hostile_text_stays_text_in_a_browser(site_of_words: str, browser: Browser) -> None:
    page = browser.new_page()
    foreign: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(site_of_words) else None)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("", "strategi/titel/", *(f"strategi/angreb-{number:03}/" for number in range(len(WORDS)))):
        page.goto(f"{site_of_words}{path}")
        assert page.locator("article script, article img[src=x], article [onclick]").count() == 0
        assert "{{" not in page.title()
    page.goto(f"{site_of_words}strategi/titel/")
    assert page.title().startswith("</title><script>alert(1)</script> <img src=x onerror=alert(1)> - ")
    page.locator("#site-search").press_sequentially("alert")
    page.locator(".site-search-panel li").nth(2).wait_for()
    page.goto(f"{site_of_words}soeg/?q=alert")
    page.locator("[data-search-results] mark").nth(2).wait_for()
    assert page.locator("article script, article img[src=x], article [onclick]").count() == 0
    assert foreign == [] and dialogs == []
    page.close()
