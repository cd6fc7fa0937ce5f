"""The editor in the browser says the same about a page as the checks of the build, or nothing."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Browser, Page

from kanalstrategi.checks.browser_rules import browser_rules
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.editor.site import EDITOR_FOLDER
from kanalstrategi.sanitizing.files import check_kind, check_name, check_size
from kanalstrategi.suggestions import nearest
from macros import MACROS
from tests.support.browser import visiting
from tests.support.editor_mistakes import MISTAKES, PAGE, with_call
from tests.support.page_checks import PageChecks
from tests.support.project import ROOT

BATCH = 2500
MACROS_WRITTEN = [
    "{{ status() }}", '{{ rules("telefon") }}', '{{ rules("telefn") }}', "{{ rules('skriftlig-kommunikation') }}", '{{ rule("x") }}', "{{ rule() }}",
    '{{ passage("a", "b", "c") }}', '{{ ask("er-mail-sikker", "er-mail-siker") }}', '{{ website("Borger.DK") }}', '{{ website("borgr.dk") }}',
    '{{ contact("politik-personal") }}', '{{ cards("kanaler") }}', '{{ cards("kanal") }}', '{{ download("samlet") }}', '{{ definition("kanal") }}',
    "{{ statuss() }}", "{{ æble() }}", '{{ guidelines("telefon-og-videomoeder") }}', '{{ quote("\\"", \'å\') }}', '{{ rules(\n"telefon"\n) }}',
    "{{ status }}", "{{ rules(telefon) }}", "{{ rules(2) }}", "{{ rules(”telefon”) }}", '{{ rules("telefon" }}', "{{ x + y }}", "{{ }}",
    "{{ rule(2, ½) }}", "{{ ½() }}",
]  # fmt: skip # laid out by hand, as a table
BRACES = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{ {", "{% raw %}", "{% endraw %}", "{% if x %}", "{%raw%}", "{{ raw", "('", '")', "\\", '"', "'", ",",
    "(", ")", "rules(", "x\u0301", "\u00a0", "\u2003", "\x85", "𝒙", "²", "٣", "\u2028", "\ufeff", "ſ",
]  # fmt: skip # laid out by hand, as a table
LINKS = [
    "[a](formaal.md)", "[a](../strategi/formaal.md#formaal)", "[a](../strategi/formaal.md#formal)", "[a](formål.md)", "[b](../kanaler/)", "[c](#x)",
    "![](../billeder/logo.svg)", "![d](../billeder/loga.svg)", "![d](formaal.md)", "[e](/strategi/)", "[f](javascript:x)", "[g](www.borger.dk)",
    "![h](https://x.dk/y.png)", "[i](ftp://x)", "[a](a//b/./../c.md?x#y)", "[[a](b.md)](c.md)", "[a][b](c.md)", "![a [b](c.md) d](e.png)", "\\[a](b.md)",
    "[^1](b.md)", "[a](<b.md>)", "[a](b.md 'c')", "[a]: b.md", "[^1]: c", "[a](b_c*d.md)", "[ ](x.md)", "[a](pdf/samlet.pdf)", "[a](../pdf/samlet.pdf)",
    "[](x.md)", "[ a](x.md)", "[*a*](x.md)", "[{{ status() }}](x.md)", "![{{ status() }}](x.png)", "[a]({{ status() }})", "[a](x.md){: .lead }",
    "[a](x.png.)",
]  # fmt: skip # laid out by hand, as a table
MARKUP = [
    "```", "~~~", "`", "``", "<div>", "</div>", "<!--", "-->", "<script>", "</script>", "<b>", "<pre>", "<?x", "<!x", "<https://x.dk>", "| a | b |",
    "|---|---|", "|", "- ", "1. ", "> ", "    ", "\t", "  ", "!!! note", '!!! note "x"', "# ", "## ", "---", "***", "*", "**", "_", "~~", "[", "]", "](",
    "![", "&amp;", "\\", ": a", "*[ab]: c", "{: #a }", "{: .lead }", "{% raw %}`{% endraw %}", "{# `` #}", "- [ ] ", "- [x] a: b", ">>>>", "- - - -",
    "<br>", "===",
]  # fmt: skip # laid out by hand, as a table
WORDS = ["a", "telefon", "Det er så.", "æøå", "é", "😀", "", " ", "\n", "\n", "\n\n", "\n\n"]
USUAL_FIELDS = [
    "description: Om det.", "description:", 'description: "a: b"', "owner: ikke-udpeget", "owner: ikke-udpget", "owner: 'ikke-udpeget'", "owner: [x]",
    "status: draft", "status: adopted", "status: drft", "reviewed: 2026-01-02", "reviewed: 2999-01-02", "reviewed: 2026-02-30", "reviewed: 02-01-2026",
    "reviewed: 0000-01-01", "reviewed: 1899-01-01", "review_by: 2030-01-02", "review_by: 2020-01-02", "review_by: i morgen", "icon: material/phone",
    "icon: telefon", "icon:", "keywords: [a, b]", "keywords:\n  - a\n  - '...'", "keywords:\n- å\n- b c", "keywords: a", "keywords: []", "keywords:",
    f"keywords: [{'x' * 61}]", "hide: [toc]", "hide:\n  - toc\n  - tok", "redirects:\n  - gammel/\n  - Å/\n  - admin/",
    "redirects: [a.pdf/, pdf/x.pdf, pdf/x/, a/b]", "template: home.html", "template: hjem.html", "department: Skoler", "department:", "channel: telefon",
    "channel: telefn", "channel: []", "subchannels: a", "adopted: x", "adopted_by: Byrådet", "evaluated: 2026-13-01", "evaluate_by: 2026-12-31",
    "evaluate_by:", "ower: x", "titel: x",
    "compliance: full", "compliance: ja", "compliance:", "tested: 2026-01-02", "tested: 2999-01-02", "method: self", "method: x",
    "edition: 2026", "edition:", "consultation_from: 2026-01-10", "consultation_from: x",
    "consultation_to: 2026-01-20", "consultation_to: 2026-01-02", "decision: https://x.dk", "decision: http://x.dk", "decision: []", "confirm_by: 2026-02-30",
    "superseded: 2026-01-02", "superseded_by:", "lapsed: x", "adopted: 2026-01-02", "adopted: 2999-01-02", "adopted_by:",
    "goal: maal-selvbetjening", "goal: maal-selvbetjning", "goal: x", "goal:", "direction: up", "direction: op", "unit: opkald", f"unit: {'x' * 41}",
    "target: 9.800", "target:", "target_by: 2027", "target_by: []", 'changed: "2026-03-01: Det er rettet."',
    'changed: "2026-03-01: Det er rettet."', "decisions_sought: Hvem?", "decisions_sought: []", "decisions_sought:\n  - a\n  - b\n  - c\n  - d",
    f"decisions_sought:\n  - Hvem?\n  - {'x' * 201}", "decisions_sought:",
    'changed:\n  - "2026-03-01: Det er rettet."\n  - \'2026-03-01:  "Mere".\'', 'changed:\n  - "2026-02-30: a"\n  - "2999-01-02: a"\n  - "1026-03-01: a"',
    'changed:\n- "2026-03-01:"\n- "2026-03-02: …"\n- 2026-03-03\n- " 2026-03-04: a"', "changed: [2026-03-01, a]", "changed:", "changed: a",
    "part_of: skoler", "part_of: biblioteker", "part_of: skole", "part_of:", "part_of: [skoler]",
    "departments: skoler", "departments: [skoler, skole]", "departments:\n  - biblioteker\n  - x", "departments:",
    "action: open", "action: planned", "action: done", "action: dnoe", "action:", "begins: 2026-03-01", "begins: x", "due: 2026-02-01", "due: 2026-04-01",
    "due:", "done: 2026-03-01", "done: 2999-01-01", "done: nej", "serves: telefon-notatpligt", "serves: [telefon-notatplikt, x, mail]",
    "serves:\n  - telefon-notatpligt\n  - telefon-notatpligt\n  - ''", "serves:", "purpose: Til det.", "purpose:", "audience: [alle]", "audience: Alle.",
    "supports: [skriv-procesplanen, skriv]", "supports:\n  - x\n  - skriv-procesplanen\n  - skriv-procesplanen", "supports: skriv-procesplanen",
    'kle:\n  - "27.35.00 G01"\n  - "27.35.00 G1"\n  - "1.2"', "kle: 27.35.00", "kle: a", "kle:",
    "language: en", "language: ar", "language: engelsk", "language:", "language: da", "translation_of: strategi/formaal.md",
    "translation_of: strategi/formal.md", "translation_of: x", "translation_of:",
]  # fmt: skip # laid out by hand, as a table
FIELDS = [
    *USUAL_FIELDS, "description: a: b", "description: >-\n  a\n  b", "short: Det er kort.", "short: Det er", "short: Se *her*.", f"short: {'a. ' * 120}",
    'kle: ["27.35.00", "27", "27"]',
    "# note", "", "  x", "- x", "x", "a: 'b", "a: b #c", "a: &x b", 'description: "\\u00e5"', "hide: [toc", "owner: ~", "owner:\n  ikke-\n  udpeget",
    "short:\n  Det er\n  kort.", "short: Det er\n  kort.", "short: Det\n   - er", "Å: b", "a b: c", "x:y", "description: a\tb",
]  # fmt: skip # laid out by hand, as a table


OF_PLAN = ["procesplan/index.md", "procesplan/skriv-procesplanen.md", "procesplan/ny.md", "materiale/index.md", "materiale/nyt.md"]
OF_GOALS = ["maal/selvbetjening.md", "maal/index.md"]
PROPOSAL = "udgaver/2026-2029/"
OF_PROPOSAL = (f"{PROPOSAL}index.md", f"{PROPOSAL}strategi/formaal.md", f"{PROPOSAL}kanaler/b.md", f"{PROPOSAL}x.md")
"""Files of an edition, some of which the site has too."""


def own_pages(project: Project) -> list[tuple[str, str]]:
    """Return the paths and texts of the pages in `docs/`. Those of the program are not edited in the browser."""
    return [(path, (ROOT / "docs" / path).read_text("utf-8")) for path in project.parsed_pages if path not in project.program.pages]


def drawn_texts(project: Project) -> Iterator[tuple[str, str, bool]]:
    """Yield paths and texts, and whether the browser can read all of the text."""
    draw = random.Random(22)
    pages = dict(own_pages(project))
    usual = ["index.md", "retningslinjer/skoler.md", "svar/er-mail-sikker.md", "svar/ny.md", "regler.md", "status.md", *OF_PLAN, *OF_GOALS]
    proposal = [f"{PROPOSAL}index.md", f"{PROPOSAL}kanaler/index.md", f"{PROPOSAL}strategi/ny.md"]
    paths = [*usual, "strategi/formaal.md", "kanaler/index.md", "kanaler/skriftlig-kommunikation.md", "tilgaengelighed/erklaering.md", *proposal]

    def pieces(*lists: list[str], most: int) -> str:
        return "".join(draw.choice(draw.choice(lists)) for _ in range(draw.randrange(most)))

    def front() -> str:
        return "---\n" + "".join(f"{draw.choice(FIELDS)}\n" for _ in range(draw.randrange(9))) + "---\n"

    for _ in range(2500):
        yield draw.choice(paths), pieces(MACROS_WRITTEN, BRACES, WORDS, most=12), False
    for _ in range(2500):
        yield draw.choice(paths), pieces(MACROS_WRITTEN, LINKS, MARKUP, WORDS, most=12), False
    for _ in range(2000):
        yield draw.choice(paths), front() + "\n# a\n", False
    for _ in range(2500):
        yield draw.choice(usual), _plain_text(draw), True
    for _ in range(500):
        path = draw.choice(list(pages))
        yield path, _mutated(pages[path], draw), False


def _plain_text(draw: random.Random) -> str:
    """Return a page of paragraphs, calls and links, with fields in the usual forms."""
    forms: dict[str, list[str]] = {}
    for field in USUAL_FIELDS:
        forms.setdefault(field.partition(":")[0], []).append(field)
    keys = draw.sample(list(forms), draw.randrange(len(forms)))
    front = "".join(f"{draw.choice(forms[key])}\n" for key in keys)
    calls = [call for call in MACROS_WRITTEN if "\n" not in call]
    links = [link for link in LINKS if "{" not in link and link[:2] not in ("[[", "\\[", "[^") and link not in _NOT_PLAIN]
    lines = [f"{draw.choice(['', '- ', '> ', '1. ', '## '])}ord {draw.choice(draw.choice([calls, links, WORDS[:6]]))} ord" for _ in range(draw.randrange(6))]
    return f"---\n{front}---\n\n# Titel\n\n" + "\n\n".join(lines) + "\n"


_NOT_PLAIN = frozenset(
    (
        "[a][b](c.md)",
        "![a [b](c.md) d](e.png)",
        "[a](<b.md>)",
        "[a](b.md 'c')",
        "[a]: b.md",
        "[a](b_c*d.md)",
        "[ ](x.md)",
        "[](x.md)",
        "[c](#x)",
    )
)


def _mutated(text: str, draw: random.Random) -> str:
    """Return the beginning or a part of a page with a few characters changed."""
    first = draw.randrange(len(text)) if draw.random() < 0.3 else 0
    text = text[first : first + 2500]
    for _ in range(draw.randrange(1, 4)):
        place = draw.randrange(len(text) + 1)
        other = draw.choice([draw.choice(MARKUP), draw.choice(BRACES), draw.choice("abcæ-_.#()[]"), ""])
        text = text[:place] + other + text[place + draw.randrange(3) :]
    return text.replace("\n", "\r\n") if draw.random() < 0.1 else text


@pytest.fixture(scope="module")
def project() -> Project:
    project = read_project(ROOT, {})
    edition = Edition("2026-2029", "Forslaget", PROPOSAL, PROPOSAL, EditionState.PROPOSAL)
    proposal = replace(project.content, edition=edition, organisation=replace(project.content.organisation, documents={}))
    return replace(project, content=replace(project.content, editions=(proposal,)), files=(*project.files, *OF_PROPOSAL))


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory, project: Project) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(EDITOR_FOLDER, folder, dirs_exist_ok=True)
    (folder / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with visiting(browser, folder) as page:
        page.goto("")
        page.evaluate(
            """async rules => {
                const load = name => import(new URL(`checks/${name}.js`, document.baseURI))
                Object.assign(window, await load("check-page"), await load("files"), await load("suggestions"), { rules: JSON.parse(rules) })
            }""",
            json.dumps(browser_rules(project, MACROS)),
        )
        yield page


def test_the_browser_says_what_the_checks_say_on_ten_thousand_texts(page: Page, project: Project) -> None:
    texts = list(drawn_texts(project))
    assert len(texts) >= 10_000
    found: list[list[list[object]]] = []
    for first in range(0, len(texts), BATCH):
        found += page.evaluate(
            "texts => texts.map(([path, text]) => checkPage(path, text, rules).map(({line, message, hint}) => [line, message, hint]))",
            [[path, text] for path, text, _ in texts[first : first + BATCH]],
        )
    said = 0
    for (path, text, is_plain), lines in zip(texts, found, strict=True):
        checks = PageChecks(path, text, project, MACROS)
        browser = {(line, message, hint) for line, message, hint in lines}
        said += len(browser)
        known = checks.known()
        assert checks.syntax() <= browser, (path, text)
        assert browser <= known or browser <= checks.all(), (path, text)
        assert browser == known or not is_plain, (path, text)
    assert said > 10_000


def test_the_mistakes_that_editors_make_are_told(page: Page, project: Project) -> None:
    text = with_call((ROOT / "docs" / PAGE).read_text("utf-8"))
    texts = [mistake.in_file(text) for mistake in MISTAKES]
    found = page.evaluate("([path, texts]) => texts.map(text => checkPage(path, text, rules).map(({message}) => message))", [PAGE, texts])
    for mistake, changed, messages in zip(MISTAKES, texts, found, strict=True):
        assert mistake.message in messages, mistake.name
        assert set(messages) <= {message for _, message, _ in PageChecks(PAGE, changed, project, MACROS).all()}, mistake.name
    assert len(MISTAKES) >= 30


def test_what_a_page_brings_with_it_is_no_mistake(page: Page) -> None:
    """A paragraph that can be quoted, a rule and a section of its own, and an image that has just been uploaded."""
    front = (ROOT / "docs" / "kanaler/skriftlig-kommunikation.md").read_text("utf-8").partition("\n---\n")[0]
    body = (
        '\n---\n\n# Post\n\nNyt.\n{: #nyt }\n\n{{ passage("nyt") }}\n\n{{ definition("nyt") }}\n\n{{ rule("post-ny") }}\n\n'
        "Se [her](#nyt) og [her](skriftlig-kommunikation.md#nyt).\n\n![Et kort](../billeder/kort.png)\n"
    )
    check = "([path, text]) => checkPage(path, text, {...rules, unsure_folder: 'billeder'})"
    assert page.evaluate(check, ["kanaler/skriftlig-kommunikation.md", front + body]) == []


def test_the_pages_of_the_project_are_right(page: Page, project: Project) -> None:
    pages = own_pages(project)
    found = page.evaluate("pages => pages.flatMap(([path, text]) => checkPage(path, text, rules).map(({message}) => `${path}: ${message}`))", pages)
    assert found == []


def test_what_an_adoption_has_taken_away_may_still_be_referred_to(page: Page, project: Project) -> None:
    content, folder = project.content, "udgaver/2023/"
    gone = content.groups[-1]
    filed = Edition("2023", "Strategi 2023", folder, folder, EditionState.SUPERSEDED)
    former = replace(content, edition=filed, pages={f"{folder}{path}": page for path, page in content.pages.items()})
    parsed = {path: one for path, one in project.parsed_pages.items() if path != gone.page.path}
    after = replace(
        project,
        content=replace(content, groups=content.groups[:-1], editions=(former,)),
        parsed_pages=parsed | {f"{folder}{path}": one for path, one in project.parsed_pages.items()},
        files=tuple(file for file in project.files if file != gone.page.path),
    )
    answer = (ROOT / "docs" / "svar/er-mail-sikker.md").read_text("utf-8")
    rule, place = gone.rules[0].id, f"../{gone.page.path}"
    pieces = [f'{{{{ rule("{rule}") }}}}', f'{{{{ rules("{gone.id}") }}}}', f"[a]({place}#{rule})", f"[a]({place})"]
    wrong = ['{{ rule("fremmoede-aldrig") }}', f"[a]({place}#aldrig)"]
    texts = [re.sub("(?m)^channel: .*", f"channel: {gone.id}", answer) + f"\n{piece}\n" for piece in [*pieces, *wrong]]
    path, rules = "svar/er-mail-sikker.md", json.dumps(browser_rules(after, MACROS))
    script = "([path, texts, rules]) => texts.map(text => checkPage(path, text, JSON.parse(rules)).map(({line, message, hint}) => [line, message, hint]))"
    found = page.evaluate(script, [path, texts, rules])
    assert [{tuple(one) for one in lines} for lines in found] == [PageChecks(path, text, after, MACROS).known() for text in texts]
    assert [len(lines) for lines in found] == [0] * len(pieces) + [1] * len(wrong)


def test_file_names_kinds_and_sizes_are_judged_by_one_rule(page: Page, project: Project) -> None:
    draw = random.Random(22)
    pieces = [*"aæB1-_. /é😀", "con", "pdf", "admin", ".md", ".png", ".PNG", ".svg", ".html", ".exe", "x" * 199, "billeder/"]
    paths = ["".join(draw.choice(pieces) for _ in range(draw.randrange(1, 6))) for _ in range(2000)]
    files = [(path, draw.choice([1, 100_000, 100_001, 2_000_001, 10_000_001])) for path in [*paths, *project.files] if PurePosixPath(path).as_posix() == path]

    def judged(path: str, size: int) -> list[tuple[str, str]]:
        kind = list(check_kind(path))
        found = [*check_name(path, frozenset(project.files)), *(kind or check_size(path, size))]
        return [(diagnostic.message, diagnostic.hint) for diagnostic in found]

    found = page.evaluate("files => files.map(([path, size]) => checkFile(path, size, rules).map(({message, hint}) => [message, hint]))", files)
    assert [[tuple(line) for line in lines] for lines in found] == [judged(path, size) for path, size in files]


def test_an_uploaded_file_gets_a_name_that_the_checks_accept(page: Page, project: Project) -> None:
    names = ["Kort over Ærø.PNG", "IMG_0001.jpg", "logo.svg", "Logo.SVG", "...png", "Ren & skær (2).jpeg", "a.b.c.png"]
    names += ["CON.png", "lpt1.pdf", f"{'å ' * 120}.docx", "???.gif"]
    found = page.evaluate("names => names.map(name => uploadName(name, 'billeder', rules))", names)
    assert found[:4] == ["kort-over-aeroe.png", "img-0001.jpg", "logo-2.svg", "logo-2.svg"]
    assert (found[7], found[8], found[10]) == ("con-2.png", "lpt1-2.pdf", "billede.gif")
    taken = frozenset(project.files)
    for name in found:
        assert f"billeder/{name}" not in taken and list(check_name(f"billeder/{name}", taken)) == [], name


def test_the_browser_suggests_the_same_words(page: Page) -> None:
    draw = random.Random(22)
    known = ["".join(draw.choice("abcæ-😀") for _ in range(draw.choice([1, 4, 9, 30, 250]))) for _ in range(60)]
    words = ["", *("".join(draw.choice("abcæ-😀") for _ in range(draw.choice([1, 4, 9, 30, 250]))) for _ in range(150))]
    words += [word[: len(word) // 2] + draw.choice("abcæ") + word[len(word) // 2 + 1 :] for word in known]
    assert page.evaluate("([words, known]) => words.map(word => nearest(word, known))", [words, known]) == [nearest(word, known) for word in words]
