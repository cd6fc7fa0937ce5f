"""Attacks of a malicious editor: none runs, reads a file, or reaches the site as active content.

The attacks are in tests/support/attacks.py. Each is reported with its file and line, or published as text. Each is also rendered
without the checks, like one that they overlook.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser

from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.macro_calls import expand_macros, parse_macros
from kanalstrategi.rendering.macros import Call, MacroError
from kanalstrategi.sanitizing.sanitizer import Sanitizer
from kanalstrategi.sanitizing.tags import _parse_fragments, fragments  # private: the slow way, with which the quick one has to agree
from macros import MACROS
from tests.support.attacks import ATTRIBUTE_ATTACKS, BODIES, CANARY, FRONT_ATTACKS, HTML_ATTACKS, LINK_ATTACKS, MACRO_ATTACKS, NAMES, SVG_ATTACKS, WORDS, boxed
from tests.support.pages import FRONT, without_menu
from tests.support.project import EPOCH, ROOT, Project, copied
from tests.support.servers import serving

sanitize = Sanitizer(MACROS.classes).sanitize


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
        if tag in ("script", "iframe", "object", "embed", "base", "meta", "link", "style", "frame", "frameset", "math", "foreignobject",
                   "animate", "set", "video", "audio", "source", "button", "textarea", "select", "template", "marquee", "applet"):  # fmt: skip - a table
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
def config() -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"))


@pytest.mark.parametrize("wrap", [str, boxed], ids=["as it is", "in a box"])
@pytest.mark.parametrize("text", [*HTML_ATTACKS, *ATTRIBUTE_ATTACKS, *LINK_ATTACKS, *WORDS])
def test_the_sanitizer_catches_what_the_checks_would_overlook(config: MkDocsConfig, text: str, wrap: Callable[[str], str]) -> None:
    # Markdown as the build has it.
    rendered = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(wrap(text))
    result, removed = sanitize(rendered)
    assert active_content(result) == []
    # Active content is reported, not dropped silently.
    assert removed or not active_content(rendered)


def test_the_search_for_active_content_finds_it() -> None:
    for text in ("<script>x</script>", "<p onclick=x>", "<a href=' java\nscript:x'>", "<img src='//x'>", "<p style='position:fixed'>",
                 "<p id='__config'>", "<pre class='mermaid'>", "<form action=x>"):  # fmt: skip - laid out by hand, as a table
        assert active_content(text), text


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


@pytest.mark.parametrize("text", MACRO_ATTACKS)
def test_a_page_is_not_a_program(content: Content, text: str) -> None:
    call = Call(content, content.pages["strategi/formaal.md"])
    bound = {name: lambda *words, macro=macro: macro(call, *words) for name, macro in MACROS.items()}
    with pytest.raises((ValueError, LookupError, TypeError, MacroError)):
        expand_macros(parse_macros(text), bound)


def test_the_macros_plugin_evaluates_nothing(project: Project) -> None:
    """mkdocs-macros renders with our environment instead of its own."""
    code = (
        "import sys; sys.path.insert(0, '.'); from mkdocs.config import load_config; from mkdocs.structure.files import get_files\n"
        "from mkdocs.structure.nav import get_navigation; from mkdocs.structure.pages import Page\n"
        "config = load_config('mkdocs.yml'); config.plugins.on_startup(command='build', dirty=False)\n"
        "config = config.plugins.on_config(config); files = get_files(config)\n"
        "config.plugins.on_nav(get_navigation(files, config), config=config, files=files)\n"
        "page = Page(None, files.get_file_from_path('strategi/formaal.md'), config); page.meta = {'render_macros': False}; page.title = 'x'\n"
        "plugin = config.plugins['macros']\n"
        "print(plugin.on_page_markdown('{% raw %}{{ 7*7 }}{% endraw %} {{ rule(\"telefon-ring\") }}', page=page, config=config, files=files))\n"
        "print(type(plugin.env).__name__, sorted(set(dir(plugin.variables['page'])) - set(dir(object()))))\n"
        "plugin.on_page_markdown('{{ 7*7 }}', page=page, config=config, files=files)\n"
        "print('er kørt')\n"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True)
    assert "{{ 7*7 }} <span" in process.stdout and "vi skal ringe, når" in process.stdout, process.stdout + process.stderr
    assert "PageEnvironment" in process.stdout and "'file'" not in process.stdout
    assert process.returncode != 0 and "er kørt" not in process.stdout and "49" not in process.stdout


def test_the_template_is_a_page_like_others(project: Project) -> None:
    template = "docs/skabeloner/retningslinje.md"
    text = (project.root / template).read_text(encoding="utf-8")
    lines = text.count("\n")
    project.write(template, text.replace("owner: ikke-udpeget", "owner: findes-ikke") + "\n<script>alert(1)</script>\n\n[x](findes-ikke.md)\n")
    reported = "\n".join(project.check())
    assert f"{template}:{lines + 2}: HTML-mærket <script> kan ikke bruges" in reported and "den ansvarlige findes-ikke findes ikke" in reported
    assert f"{template}:{lines + 4}: linket peger på findes-ikke.md" in reported
    project.write(template, text + "\n" + "[" * 90_000)
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


def test_dropped_macro_output_excuses_nothing_else() -> None:
    mark = '<ul class="status" data-search-exclude><li><strong class="badge draft">Udkast</strong></li></ul>'
    forged = '<ul class="status"><li><strong class="badge">Vedtaget</strong></li></ul>'
    assert sanitize(f"<h1>a</h1>{mark}", [mark])[1] == []
    assert 'class="status"' in sanitize(f"<h1>a</h1><!-- {mark} -->{forged}", [mark])[1]
    assert 'class="status"' in sanitize(f"<h1>a</h1>{mark}{forged}", [mark])[1]
    assert 'class="status"' in sanitize(f"<h1>a</h1>{mark}{forged}", [mark, mark])[1]


PARTS_OF_HTML = st.sampled_from([
    "<p>", "</p>", '<p class="a b" id="c">', '<ul data-search-exclude class="status">', "<br />", "<br/>", "<BR>",
    '<a href="?a&amp;b=&#39;c">', "<svg viewBox='0'>",
    '<p title="a > b">', '<p title="<i>">', "<p title=a>", '<p title="a" "b">', '<p a="b"c="d">', '<p  a\n=\n"b" / >',
    "</p class>", '<td style="text-align: left">',
    "<script>", "</script>", "<style>", "<textarea>", "<title>", "<plaintext>", "<xmp>", "<form hidden>", "<x-y>",
    "<a:b>", "<p.q>", "<p/i>", "<>", "</>", "</ p>", "<3",
    "<!-- ", "-->", "<!-->", "<![CDATA[", "]]>", "<!doctype html>",
    "<?php", "?>", "&amp;", "&lt;", "&#x3c;", "&#60", "&#;", "&#x;", "&", "&a", "&a;", "&copy=", "<", ">", '"', "'", "\0", "/",
]) | st.text("<>/&;#=\"' \t\n\0!-aApx1", max_size=6) | st.text(max_size=4)  # fmt: skip - laid out by hand, as a table


@settings(deadline=None, max_examples=500)
@given(st.lists(PARTS_OF_HTML, max_size=12))
def test_both_ways_of_reading_tags_agree(parts: list[str]) -> None:
    written = "".join(parts)
    for page in (written, sanitize(written)[0], "".join(f"<p>{part}</p>" for part in parts)):
        assert fragments(page) == _parse_fragments(page), page


def test_an_icon_is_a_macros_in_a_heading_too() -> None:
    icon = '<span class="icon" data-icon="material/phone" aria-hidden="true"><svg><path d="M0 0"></path></svg></span>'
    result = f"<p>a</p>\n\n## {icon}Telefon {{: #telefon }}"
    page = f'<p>a</p><h2 id="telefon">{icon}Telefon</h2>'
    assert sanitize(page, [result])[1] == []
    assert 'class="icon"' in sanitize(page + icon, [result])[1]
    assert 'class="icon"' in sanitize(page, ["<p>a</p>\n\n## Telefon {: #telefon }"])[1]


def test_a_title_that_only_one_reader_sees(project: Project) -> None:
    lines = {}
    for page, old, title in (("formaal", "# Formål\n", "Titel\nmere\n====="), ("vision-og-maal", "# Vision og mål\n", " # Titel")):
        lines[page] = project.replace(f"docs/strategi/{page}.md", old, f"{title}\n")
    process = project.build()
    assert process.returncode == 1
    for page, line in lines.items():
        assert f"docs/strategi/{page}.md:{line}: titlen kom ikke med på siden – skriv den som `# Titel` yderst på en linje for sig" in process.stdout


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
