"""The form of a guideline: what is shown, what is written, and that nothing else is. Real Decap in real Chromium."""

from __future__ import annotations

import functools
import html
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.model import Guideline
from kanalstrategi.content.project import read_project
from kanalstrategi.content.receipts import Receipt, file_digests
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.plain_text import as_markdown
from tests.support.adopted_text import pdf_text
from tests.support.preview import editing, wait_for
from tests.support.project import ROOT, Project, copied
from tests.support.servers import serving

FOLDER = "docs/retningslinjer"
GUIDELINES = sorted(file.stem for file in (ROOT / FOLDER).glob("*.md") if file.stem != "index")
TYPED = ["Lederen. 1. juni – {{ x }} <b>nu</b>", "# Nej\n\n- [ ] To afsnit *her*", "24 31 er nummeret & 100 % [se](https://x.dk)"]
"""Answers with all that would mean something in Markdown."""
MANY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page with the modules of the form, which need neither Decap nor a project."""
    with serving(OVERRIDES / "editor") as url:
        page = browser.new_page()
        page.goto(f"{url}danish.js")
        page.evaluate(
            "async (url) => { for (const name of ['plain-text', 'guideline/text', 'guideline/confirmation', 'page-format', 'changes'])"
            " Object.assign(window, await import(`${url}${name}.js`)); window.format = pageFormat({}); }",
            url,
        )
        yield page
        page.close()


PIECES = st.sampled_from(
    [
        "- [ ] A: B?\n",
        "- [x] A: B?\n\n    Svar.\n",
        "- [-] A?\n",
        "* [X] A: svar\n",
        "- [ ] A\n  B?\n    {: #a kind=essential }\n",
        "    {: #a }\n",
        "\n",
        "## H\n",
        "### H {: #h }\n",
        '{{ rules("telefon") }}\n',
        "{{ status() }}\n",
        "```\n",
        "- [ ] i kode\n",
        "~~~~\n",
        "<!-- a\n",
        "-->\n",
        "{# a\n",
        "#}\n",
        "{% raw %}\n",
        "{% endraw %}\n",
        "Tekst\n",
        "    indrykket\n",
        "\t- [ ] a\n",
        "- punkt\n",
        "1. tal\n",
        "    To\n\n    afsnit\n\n\n",
        "    en\\\n    to\n",
        "<div>\n",
        "!!! note\n",
        "\u2028",
        "\u00a0",
        "{",
        "}}",
        "a",
    ]
)  # fmt: skip - laid out by hand, as a table
ANY = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=40)
PLAIN = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n\t"), max_size=40) | st.lists(
    st.sampled_from(
        [
            "\\",
            "*",
            "_",
            "[x]",
            "[ ]",
            "{{",
            "}}",
            "{:",
            "1.",
            "2)",
            "\n",
            "\n\n",
            "- ",
            "# ",
            "|",
            "<b>",
            "&amp;",
            "&#65;",
            "C:\\",
            "~~",
            "==",
            " ",
            "a",
            "•",
            "!!!",
        ]
    ),
    max_size=12,
).map("".join)


@MANY
@given(st.lists(st.lists(PIECES | ANY, max_size=14).map("".join), min_size=40, max_size=80))
def test_the_parts_of_a_text_are_the_text_and_an_unchanged_decision_is_written_as_it_was(modules: Page, texts: list[str]) -> None:
    written = modules.evaluate(
        "texts => texts.map(text => textOf(partsOf(text).map(part => part.kind === 'decision' ? changedDecision(part, part.state, part.answer) : part)))", texts
    )
    assert written == texts


@MANY
@given(st.lists(PLAIN, min_size=60, max_size=120))
def test_plain_text_is_escaped_as_in_python_and_read_back(modules: Page, texts: list[str]) -> None:
    written = modules.evaluate("texts => texts.map(asMarkdown)", texts)
    assert written == [as_markdown(text) for text in texts]
    read = modules.evaluate("texts => texts.map(asPlainText)", written)
    assert [as_markdown(text) for text in read if text is not None] == written and None not in read


def test_two_hundred_guidelines_drawn_at_random_change_where_they_were_changed_and_nowhere_else(modules: Page) -> None:
    drawn = random.Random(22)
    pages = [_random_guideline(drawn) for _ in range(200)]
    changes = [{str(number): change for number, change in zip(drawn.sample(range(8), 4), _changes(drawn), strict=True)} for _ in pages]
    written = modules.evaluate(
        """pages => pages.map(([text, changes]) => {
            const data = format.fromFile(text);
            const parts = partsOf(data.body);
            const decisions = parts.filter(part => part.kind === "decision");
            for (const [number, [state, answer]] of Object.entries(changes)) {
                const part = decisions[number];
                parts[parts.indexOf(part)] = changedDecision(part, state, answer ?? part.answer);
            }
            return String(format.toFile({...data, body: textOf(parts)}, []));
        })""",
        [list(pair) for pair in zip(pages, changes, strict=True)],
    )
    for before, after, change in zip(pages, written, changes, strict=True):
        old, new = _items(before), _items(after)
        assert len(old) == len(new) == 8
        assert [text for number, text in enumerate(old) if str(number) not in change] == [text for number, text in enumerate(new) if str(number) not in change]
        assert _outside(before) == _outside(after)
        blocks = [block.task for block in parse(after.replace("\r\n", "\n")).blocks if block.task]
        for number, (state, answer) in change.items():
            task = blocks[int(number)]
            assert task.state == state
            if answer is not None:
                assert task.answer == re.sub(r"(?<!\n)\n(?!\n)", " ", answer)


def _changes(drawn: random.Random) -> list[tuple[str, str | None]]:
    return [*(("decided", answer) for answer in TYPED), ("not-relevant", None if drawn.random() < 0.5 else "Vi gør det ikke.")]


def _random_guideline(drawn: random.Random) -> str:
    end = drawn.choice(["\n", "\r\n"])
    lines = ["---", "department: X", "# note", "---", "", "# Titel", "", "{{ status() }}", ""]
    for number in range(8):
        if drawn.random() < 0.4:
            lines += [
                "",
                drawn.choice(["## Overskrift", "Tekst med {{ kald() }}.", "<div markdown>x</div>", "- almindeligt punkt", "```\n- [ ] i kode\n```"]),
                "",
            ]
        mark = drawn.choice(" xX-")
        lines.append(f"- [{mark}] Navn {number}: Hvad gør I?")
        if drawn.random() < 0.5:
            lines.append(drawn.choice(["    {: kind=essential }", f"    {{: #navn-{number} }}"]))
        if drawn.random() < 0.4:
            lines += ["", "    Et svar.", *(["", "    Og et afsnit mere."] if drawn.random() < 0.5 else [])]
        if drawn.random() < 0.5:
            lines.append("")
    return end.join(lines) + drawn.choice(["", end, end + end])


_ITEM = re.compile(r"^- \[[ xX-]\] Navn .*(?:(?:\r?\n)+ {4}[^ ].*)*", re.MULTILINE)


def _items(text: str) -> list[str]:
    return _ITEM.findall(text)


def _outside(text: str) -> str:
    return _ITEM.sub("•", text)


HEADINGS = [
    "## Telefon {: #telefon }",
    "## Telefon {: #telefon confirmed=2020-01-01 }",
    "## Telefon",
    "## Telefon  ",
    '## Telefon {:#telefon .lead title="a b"}   ',
    "## Telefon { #telefon }",
    "## Telefon {:confirmed='x' #telefon}",
    "## Tele{x}fon",
    "## Telefon {x}",
    "## Telefon {: confirmed=2020-01-01 }",
]  # fmt: skip - laid out by hand, as a table


@pytest.mark.parametrize("line", HEADINGS)
def test_a_section_is_confirmed_in_its_heading_and_nowhere_else(modules: Page, line: str) -> None:
    script = "([line, days]) => days.reduce((part, day) => confirmedHeading(part, day), partsOf(line)[0]).lines[0]"
    confirmed = modules.evaluate(script, [line, ["2026-05-01"]])
    (block,), (opened,) = parse(confirmed).blocks, parse(line).blocks
    assert (block.confirmed, block.text, block.id) == ("2026-05-01", opened.text, opened.id) and not parse(confirmed).diagnostics
    assert modules.evaluate(script, [confirmed, ["2026-05-01"]]) == confirmed
    unticked = modules.evaluate(script, [line, ["2026-05-01", ""]])
    assert parse(unticked).blocks[0].confirmed in ("", "x") and parse(unticked).blocks[0].text == opened.text
    if not opened.confirmed:
        assert unticked == line
        assert modules.evaluate(script, [confirmed, [""]]) == line  # after it has been saved and opened again


@pytest.mark.parametrize("line", [line for line in HEADINGS if "\'x\'" not in line])
def test_that_a_channel_is_not_used_is_said_in_its_heading_and_nowhere_else(modules: Page, line: str) -> None:
    script = "([line, days]) => days.reduce((part, isOut) => unusedHeading(part, isOut), partsOf(line)[0]).lines[0]"
    written = modules.evaluate(script, [line, [True]])
    (block,), (opened,) = parse(written).blocks, parse(line).blocks
    assert (block.used, block.text, block.id, block.confirmed) == ("no", opened.text, opened.id, opened.confirmed) and not parse(written).diagnostics
    assert modules.evaluate(script, [written, [True]]) == written and modules.evaluate("line => isUnused(partsOf(line)[0])", written)
    assert modules.evaluate(script, [written, [False]]) == modules.evaluate(script, [line, [True, False]]) == line
    both = "line => confirmedHeading(unusedHeading(confirmedHeading(partsOf(line)[0], '2026-05-01'), true), '').lines[0]"
    kept = parse(modules.evaluate(both, line)).blocks[0]
    assert (kept.used, kept.text) == ("no", opened.text)


def test_the_form_shows_the_changes_that_the_model_finds_in_a_section(modules: Page) -> None:
    adoption = {"groups": ["telefon"], "changes": [{"rule": rule, "channels": [channel]} for rule, channel in (("a", "mobil"), ("b", "brev"), ("c", "post"))]}
    text = '## Telefon {: #telefon }\n\n### Mobil\n\n{{ rules("mobil") }}\n\nTekst {{ rule("c") }}.\n\n## Brev {: #brev }\n\n{{ rules("brev") }}\n'
    script = "([text, adoption]) => partsOf(text).map((part, number, parts) => changesOf(parts, number, adoption).map(({rule}) => rule))"
    found = modules.evaluate(script, [text, adoption])
    assert [rules for rules in found if rules] == [["a", "c"]]


def test_decisions_are_the_same_in_the_form_and_in_the_model(modules: Page) -> None:
    for guideline in read_project(ROOT, {}).content.guidelines:
        body = (ROOT / "docs" / guideline.page.path).read_text(encoding="utf-8")
        found = modules.evaluate("text => partsOf(format.fromFile(text).body).filter(part => part.kind === 'decision')", body)
        read = [(part["question"], part["state"], part["answer"], part["isEssential"]) for part in found]
        assert read == [(one.question, one.state.value, one.answer, one.is_essential) for one in guideline.decisions]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "by_keyboard", "guidelines"), [(1280, True, GUIDELINES[:2]), (375, False, GUIDELINES)])
def test_three_decisions_and_one_that_is_not_relevant_are_saved_and_nothing_else(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, width: int, by_keyboard: bool, guidelines: list[str]
) -> None:
    project = copied(tmp_path_factory.mktemp("form") / "project")
    if by_keyboard:
        _adopt_another_edition(project)
    context = browser.new_context(viewport={"width": width, "height": 900 if width > 1000 else 812}, locale="da-DK")
    page = context.new_page()
    with editing(project) as with_key:
        page.goto(with_key)
        page.get_by_role("button", name="Log ind").click()
        url = with_key.partition("admin/")[0]
        for id in guidelines:
            page.goto(f"{url}admin/#/collections/retningslinjer")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.goto(f"{url}admin/#/collections/retningslinjer/entries/{id}")
            _answer_and_save(page, project, id, by_keyboard)
        if by_keyboard:
            _undo_and_save(page, project, guidelines[-1])
            _undo_and_save(page, project, guidelines[-1], TYPED[0])
            _confirm_and_save(page, project, guidelines[-1])
            _leave_channel_and_save(page, project, guidelines[-1])
        assert page.evaluate("document.documentElement.scrollWidth") <= width

        def made() -> dict[str, list[str]]:
            records = page.request.get(f"{url}data/guidelines.json").json()
            return {id: [decision["state"] for record in records if record["department"] == id for decision in record["decisions"]] for id in guidelines}

        wait_for(lambda: all((states.count("decided"), states.count("not-relevant")) == (3, 1) for states in made().values()))
        overview = page.request.get(f"{url}retningslinjer/").text()
        assert f"{3 * len(guidelines)} af " in overview and f"{len(guidelines)} beslutninger er ikke relevante" in overview
        words = "Lederen. 1. juni – {{ x }} <b>nu</b>"
        for id in guidelines:
            shown = html.unescape(page.request.get(f"{url}retningslinjer/{id}/").text().replace("<wbr>", ""))
            assert words in shown and "Ikke relevant</span>" in shown
        document = project.root / "retningslinjer.pdf"
        document.write_bytes(page.request.get(f"{url}pdf/retningslinjer-{guidelines[0]}.pdf", timeout=120_000).body())
        paper = " ".join(pdf_text(document).split())
        assert words.lower() in paper and "ikke relevant" in paper and "3 af " in paper
    context.close()
    assert project.check() == []


def _answer_and_save(page: Page, project: Project, id: str, by_keyboard: bool) -> None:
    file = project.root / FOLDER / f"{id}.md"
    before = file.read_bytes()
    decisions = page.locator(".guideline-decision")
    expect(decisions).to_have_count(len(_guideline(project, id).decisions))
    questions = decisions.locator("legend")
    essential = [decision for decision in _guideline(project, id).decisions if decision.is_essential]
    for number, decision in enumerate(essential):
        expect(questions.nth(number)).to_contain_text(decision.question)
    if by_keyboard:
        decisions.nth(0).get_by_role("radio").first.focus()  # where Tab leads from the field above
        for answer in TYPED:
            page.keyboard.press("Tab")
            page.keyboard.insert_text(answer)
            page.keyboard.press("Tab")  # to the strategy's rules, which are folded
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.get_by_role("button", name="Gem", exact=True).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        for number, answer in enumerate(TYPED):
            decisions.nth(number).locator("textarea").fill(answer)
        decisions.nth(3).get_by_label("Ikke relevant").check()
        page.get_by_role("button", name="Gem", exact=True).click()
        page.get_by_text("Gem nu", exact=True).click()
    dialog = page.get_by_role("dialog", name="Ændringen er gemt")
    expect(dialog.locator("dl")).to_have_count(4)
    page.keyboard.press("Escape")
    wait_for(lambda: file.read_bytes() != before)
    assert file.read_bytes() == _expected(before.decode(), essential[:4]).encode()


def _undo_and_save(page: Page, project: Project, id: str, answer: str = "") -> None:
    """Change the first answer again in the same sitting: back to none, as when the page was opened, or to another."""
    file = project.root / FOLDER / f"{id}.md"
    before = file.read_bytes()
    first = page.locator(".guideline-decision").first
    first.locator("textarea").fill(answer)
    first.get_by_label("Besluttet" if answer else "Ikke besluttet", exact=True).check()
    expect(page.get_by_text("Ugemte ændringer")).to_be_visible()
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Gem nu", exact=True).click()
    page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("button", name="Luk").click()
    wait_for(lambda: file.read_bytes() != before)
    assert _guideline(project, id).decisions[0].answer == answer


def _adopt_another_edition(project: Project) -> None:
    """Put an edition in force that differs in the words of one rule, and file the former."""
    former = project.root / "docs" / "udgaver" / "2023-2025"
    for folder in ("kanaler", "strategi"):
        shutil.copytree(project.root / "docs" / folder, former / folder)
    shutil.copy(project.root / "docs" / "index.md", former)
    project.replace("docs/udgaver/2023-2025/index.md", "edition: 2023-2025\n", "edition: 2023-2025\nsuperseded: 2026-02-24\nsuperseded_by: 2026-2029\n")
    files = {file.relative_to(former).as_posix(): file.read_bytes() for file in former.rglob("*.md")}
    (former / "kvittering.json").write_bytes(Receipt({}, file_digests(files)).to_json())
    project.replace("docs/index.md", "edition: 2023-2025\n", "edition: 2026-2029\nconfirm_by: 2026-05-24\n")
    project.replace("docs/index.md", "adopted: 2023-02-28\n", "adopted: 2026-02-24\n")
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "- vi skal ringe, når vi", "- vi skal altid ringe, når vi")


def _confirm_and_save(page: Page, project: Project, id: str) -> None:
    file = project.root / FOLDER / f"{id}.md"
    before = file.read_text(encoding="utf-8")
    box = page.locator(".guideline-confirm")
    expect(box).to_have_count(1)
    expect(box).to_contain_text("skulle være genbekræftet senest 24. maj 2026")
    expect(box.locator("li")).to_contain_text(re.compile("Før: vi skal ringe, .*Nu: vi skal altid ringe, "))
    box.get_by_label("Vi har set ændringen, og afsnittet er stadig rigtigt").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Gem nu", exact=True).click()
    dialog = page.get_by_role("dialog", name="Ændringen er gemt")
    expect(dialog).to_contain_text(re.compile("Telefon og videomøder.*Genbekræftet "))
    dialog.get_by_role("button", name="Luk").click()
    wait_for(lambda: file.read_text(encoding="utf-8") != before)
    after = file.read_text(encoding="utf-8")
    assert re.sub(r" confirmed=\d{4}-\d\d-\d\d \}", " }", after) == before
    assert [section.to_confirm for section in _guideline(project, id).sections] == [()] * 5
    expect(box).to_contain_text("Genbekræftet.")


def _leave_channel_and_save(page: Page, project: Project, id: str) -> None:
    file = project.root / FOLDER / f"{id}.md"
    before = file.read_text(encoding="utf-8")
    section = page.locator(".guideline-section").last
    questions = section.locator(".guideline-decision").count()
    for is_unused in (True, False):
        section.get_by_label("Vi bruger ikke denne kanal").set_checked(is_unused)
        if is_unused:
            section.get_by_label("Hvorfor ikke (kan udelades)").fill("Vi har ingen besøg.")
        expect(section.locator(".guideline-decision")).to_have_count(0 if is_unused else questions)
        page.get_by_role("button", name="Gem", exact=True).click()
        page.get_by_text("Gem nu", exact=True).click()
        dialog = page.get_by_role("dialog", name="Ændringen er gemt")
        expect(dialog).to_contain_text("NuKanalen bruges ikke" if is_unused else "FørKanalen bruges ikkeNuKanalen bruges")
        dialog.get_by_role("button", name="Luk").click()
        heading = "## Personligt fremmøde {: #personligt-fremmoede"
        used = " used=no" if is_unused else ""
        written = before.replace(f"{heading} }}\n", f"{heading}{used} }}\n\nVi har ingen besøg.\n")
        wait_for(functools.partial(_is_written, file, written))
        assert (_guideline(project, id).sections[-1].coverage is Coverage.NOT_USED) == is_unused


def _is_written(file: Path, text: str) -> bool:
    return file.read_text(encoding="utf-8") == text


def _guideline(project: Project, id: str) -> Guideline:
    return next(guideline for guideline in read_project(project.root, {}).content.guidelines if guideline.id == id)


def _expected(text: str, changed: list[Decision]) -> str:
    lines = text.split("\n")
    for decision, answer in reversed(list(zip(changed, [*TYPED, None], strict=True))):
        number = decision.line - 1
        if answer is None:
            lines[number] = lines[number].replace("- [ ]", "- [-]", 1)
        else:
            lines[number] = lines[number].replace("- [ ]", "- [x]", 1)
            below = ["", *(f"    {line}" if line else "" for line in as_markdown(answer).split("\n"))]
            lines[number + 2 : number + 2] = below  # after the line that says that it is essential
    return "\n".join(lines)
