"""The channel chooser: every path ends in an outcome, by keyboard, by URL, without JavaScript and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, Page, expect

from kanalstrategi.content.chooser import read_chooser
from kanalstrategi.content.model import Chooser
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.parser import parse
from tests.support.adopted_text import normal, pdf_text
from tests.support.project import ROOT, Project
from tests.support.servers import serving

CHOOSER = "docs/vaelg-kanal.md"
PAGE = read_project(ROOT, {}).content.pages["vaelg-kanal.md"]


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    found = read_project(ROOT, {}).content.chooser
    assert found
    return found


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=url)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def shown(page: Page) -> str:
    """The id of the only step that shows."""
    (id,) = page.locator(".step:visible").evaluate_all("steps => steps.map(step => step.dataset.step)")
    return str(id)


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_every_path_by_keyboard_alone(page: Page, chooser: Chooser) -> None:
    reached = set()
    assert len(chooser.paths) > 10
    for path in chooser.paths:
        page.goto("vaelg-kanal/")
        for answer in path:
            # The focus is on the question that came up, so the answers are next.
            tab_to(page, answer.text)
            page.keyboard.press("Enter")
            assert shown(page) == answer.to
            assert page.evaluate("document.activeElement.parentElement.dataset.step") == answer.to
        outcome = chooser.by_id[path[-1].to]
        reached.add(outcome.id)
        expect(page.locator(".step:visible").get_by_role("link").first).to_be_visible()
        assert outcome.title in page.title()
        given_answers = page.get_by_role("navigation", name="Dine svar").locator("strong").all_text_contents()
        assert given_answers == [answer.text for answer in path]
    assert reached == {step.id for step in chooser.steps if step.is_outcome}


def test_the_address_restores_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    urls = [page.url]
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
        urls.append(page.url)
    assert len(set(urls)) == len(path) + 1
    for number, where in enumerate(urls):
        page.goto("regler/")
        page.goto(where)
        assert shown(page) == (path[number - 1].to if number else chooser.steps[0].id)
        assert page.get_by_role("navigation", name="Dine svar").locator("li").count() == number


def test_back_takes_one_answer_back(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
    for answer in reversed(path[:-1]):
        page.go_back()
        assert shown(page) == answer.to
    page.go_back()
    assert shown(page) == chooser.steps[0].id
    page.go_forward()
    assert shown(page) == path[0].to


def test_an_answer_can_be_changed_and_all_begun_again(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path[:3]:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
    trail = page.get_by_role("navigation", name="Dine svar")
    trail.get_by_role("link", name=f"Ret svaret på: {chooser.by_id[path[0].to].title}").click()
    assert shown(page) == path[0].to
    trail.get_by_role("link", name="Begynd forfra").click()
    assert shown(page) == chooser.steps[0].id
    expect(trail).to_be_hidden()


@pytest.mark.parametrize(
    "address_part",
    ["?vej=findes-ikke#heller-ikke", "?vej=en-eller-mange.simpel#ring", "?vej=en-eller-mange.sag#%", "?vej=__proto__#constructor", "?vej=%3Cimg%20src%3Dx%3E#x"],
)
def test_an_address_that_leads_nowhere_shows_a_step_all_the_same(page: Page, chooser: Chooser, address_part: str) -> None:
    page.goto(f"vaelg-kanal/{address_part}")
    assert shown(page) in chooser.by_id
    expect(page.get_by_role("navigation", name="Dine svar").locator("li")).to_have_count(0 if "#%" not in address_part else 1)


def test_other_links_of_the_page_keep_the_state(page: Page, chooser: Chooser) -> None:
    path = max(chooser.paths, key=len)
    page.goto("vaelg-kanal/")
    for answer in path:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
    for target in ("#vaelg-kanal", "#hele-oversigten", "#findes-ikke"):
        page.evaluate("target => { location.hash = target }", target)
        page.wait_for_timeout(50)
        assert shown(page) == path[-1].to
    page.evaluate("location.hash = document.querySelector('.step.current h4').id")
    page.wait_for_timeout(50)
    assert shown(page) == path[-1].to


def test_a_step_that_comes_up_is_in_sight(browser: Browser, url: str, chooser: Chooser) -> None:
    page = browser.new_page(base_url=url, viewport={"width": 320, "height": 500})
    page.goto("vaelg-kanal/")
    for answer in chooser.paths[0]:
        page.locator(".step.current").get_by_role("link", name=answer.text, exact=True).click()
        page.wait_for_timeout(100)
        heading = page.locator(".step.current h3").bounding_box()
        assert heading and 0 <= heading["y"] < 300
    page.close()


def test_all_steps_can_be_shown_at_once(page: Page, chooser: Chooser) -> None:
    page.goto("vaelg-kanal/")
    page.get_by_role("button", name="Vis alle spørgsmål og resultater").click()
    expect(page.locator(".step:visible")).to_have_count(len(chooser.steps))
    page.get_by_role("button", name="Vis ét spørgsmål ad gangen").click()
    assert shown(page) == chooser.steps[0].id


def test_whole_without_javascript(browser: Browser, url: str, chooser: Chooser) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("vaelg-kanal/")
    for step in chooser.steps:
        expect(page.get_by_role("heading", name=step.title, exact=False).first).to_be_visible()
    for step in chooser.steps:
        for answer in step.answers:
            section = page.locator(f"[data-step={step.id}]")
            expect(section.get_by_text(f"gå til: {chooser.by_id[answer.to].title}")).to_be_visible()
            section.get_by_role("link", name=answer.text, exact=True).click()
            expect(page.locator(f"#{answer.to}")).to_be_in_viewport()
    context.close()


def test_an_outcome_names_a_channel_and_cites_the_strategy(site: Path, chooser: Chooser) -> None:
    tree = html.parse(str(site / "vaelg-kanal/index.html"), html.HTMLParser(encoding="utf-8"))
    for step in chooser.steps:
        if step.is_outcome:
            (section,) = tree.xpath("//section[@data-step=$id]", id=step.id)
            links = section.xpath(".//*[@class='rule-source']/a/@href")
            assert len(links) >= 2 and all(link.startswith(("../kanaler/", "../strategi/")) for link in links)
            headings = [heading.text for heading in section.iter("h4")]
            assert headings[:2] == ["Hvorfor", "Ikke tilladt"], step.id


def test_whole_on_paper(site: Path, chooser: Chooser) -> None:
    text = pdf_text(site / "pdf" / "samlet.pdf")
    for step in chooser.steps:
        assert normal(step.title) in text
        for answer in step.answers:
            assert normal(f"{answer.text} – gå til: {chooser.by_id[answer.to].title} (side ") in text


FAULTS = {
    "an answer that leads to no step": (
        ("- [Én borger](#sag)", "- [Én borger](#resultater)"),
        "svaret »Én borger« fører ikke til et spørgsmål eller et resultat – lad svaret pege på en overskrift med ### foran",
    ),
    "an answer that leads back": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#sag)"),
        "svaret »Ja, på video« fører tilbage, så man kan gå i ring – lad svaret føre videre",
    ),
    "an outcome that nobody reaches": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#send-brev)"),
        "intet svar fører til »Hold et videomøde« – lad et svar pege på #hold-videomoede, eller slet afsnittet",
    ),
    "a question without answers": (
        ("- [Ja, på video](#hold-videomoede)\n- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        "»Kan mødet holdes på video?« har hverken svar eller en kanal – skriv {{ channel(\"…\") }} under resultatet",
    ),
    "a question with one answer": (
        ("- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        "spørgsmålet »Kan mødet holdes på video?« har kun ét svar – skriv mindst to svar, eller fjern spørgsmålet",
    ),
    "two answers with one end": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#moed-borgeren)"),
        "svarene »Ja, på video« og »Nej, borgeren skal være til stede« fører til det samme – skriv dem som ét svar",
    ),
    "an outcome without a source": (
        ('- {{ quote("telefon-afklaring") }}\n- {{ rule("telefon-ring") }}\n\n#### Ikke tilladt\n\n'
         '- Hvis du følger op skriftligt: {{ quote("digital-post-sikker") }}\n'
         '- Presse og sociale medier: {{ rule("presse-ingen-sagsbehandling") }}\n\n#### Husk\n\n'
         '- {{ rule("telefon-notatpligt") }}\n', "- Fordi.\n"),
        "resultatet »Ring til borgeren« henviser ikke til strategien – begrund det med {{ rule(",
    ),
    "an answer with words beside its link": (
        ("- [Én borger](#sag)", "- [Én borger](#sag) – for eksempel en forælder"),
        "svaret »Én borger – for eksempel en forælder« er ikke ét link til et trin på siden – skriv det som `- [Én borger](#sag)`",
    ),
    "a rule that does not exist": (
        ('{{ rule("telefon-ring") }}', '{{ rule("telefon-rings") }}'),
        "reglen telefon-rings findes ikke – mente du telefon-ring?",
    ),
    "a sentence that is not in the passage": (
        ('skriver en mail: {{ quote("mail-personfoelsomt") }}', 'skriver en mail: {{ quote("mail-personfoelsomt", "Mail må") }}'),
        "ingen sætning i afsnittet mail-personfoelsomt begynder med »Mail må« – skriv de første ord af en af dem, som »Mails, der ikke«",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_check_tells_of_a_way_that_does_not_end(project: Project, case: str) -> None:
    (old, new), words = FAULTS[case]
    project.replace(CHOOSER, old, new)
    told = project.check()
    assert [line for line in told if words in line and line.startswith(f"{CHOOSER}:")], told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [Én borger](#sag)", "- **[Én borger](#sag)**"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n\n"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n\n    Eller en familie.\n\n"),
        ("- [Én borger](#sag)\n", "- [Én borger](#sag)\n    - for eksempel en forælder\n"),
        ("### Handler det om en bestemt borgers sag?", "### Handler det om en *bestemt* borgers sag?"),
    ],
)
def test_however_an_answer_is_set_it_works(project: Project, browser: Browser, old: str, new: str) -> None:
    project.replace(CHOOSER, old, new)
    project.print_only(CHOOSER.removeprefix("docs/"))
    assert project.check() == []
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    with serving(project.site) as where:
        page = browser.new_page()
        page.goto(f"{where}vaelg-kanal/")
        page.get_by_role("link", name="Én borger").first.click()
        assert shown(page) == "sag"
        assert "?vej=en-eller-mange#sag" in page.url
        expect(page.get_by_role("heading", name="Handler det om en bestemt borgers sag?")).to_be_visible()
        page.close()


def test_too_many_paths_are_not_followed(project: Project) -> None:
    steps = "".join(f"### Spørgsmål {n} {{: #s{n} }}\n\n- [a](#s{n + 1})\n- [b](#t{n})\n\n### Og {n} {{: #t{n} }}\n\n- [c](#s{n + 1})\n- [d](#s{n + 2})\n\n" for n in range(60))
    end = "".join(f'### Slut {n} {{: #s{n} }}\n\n{{{{ channel("telefon") }}}} {{{{ rule("telefon-ring") }}}}\n\n' for n in (60, 61))
    text = (project.root / CHOOSER).read_text(encoding="utf-8")
    project.write(CHOOSER, text[: text.index("## Spørgsmål")] + "## Spørgsmål\n\n" + steps + end + "## Oversigt\n\n{{ outcomes() }}\n")
    assert any("flere end 200 veje" in line for line in project.check()), project.check()


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    """Arrows between steps: forward only and each step reached, but for an arrow that may be anywhere."""
    size = draw(st.integers(1, 9))
    arrows: list[list[int]] = [[] for _ in range(size)]
    for step in range(1, size):
        arrows[draw(st.integers(0, step - 1))].append(step)
    for step in range(size - 1):
        if len(arrows[step]) == 1:
            arrows[step].append(draw(st.integers(step + 1, size - 1)))
    if draw(st.booleans()):
        arrows[draw(st.integers(0, size - 1))].append(draw(st.integers(0, size)))
    return arrows


@settings(max_examples=300)
@given(graphs())
def test_a_chooser_without_faults_always_ends_and_reaches_everything(arrows: list[list[int]]) -> None:
    body = "---\nowner: x\n---\n# t\n"
    for number, targets in enumerate(arrows):
        body += f"\n### Trin {number} {{: #n{number} }}\n\n"
        body += "".join(f"- [Svar {n}](#n{to})\n" for n, to in enumerate(targets)) or '{{ channel("a") }} {{ rule("b") }}\n'
    source = parse(body)
    diagnostics: list[Diagnostic] = []
    found = read_chooser(PAGE, source, source.macro_text.calls, diagnostics)
    # Worked out here in another way: a fault is an arrow out of the page, two the same, one alone, or a circle.
    sound = all(
        len(set(targets)) == len(targets) != 1 and all(to < len(arrows) for to in targets) for targets in arrows
    ) and not any(step in beyond(arrows, step) for step in range(len(arrows)))
    assert (not diagnostics) is sound
    if not sound:
        assert found.paths == ()
        return
    assert all(found.by_id[path[-1].to].is_outcome for path in found.paths if path)
    visited = {found.steps[0].id} | {answer.to for path in found.paths for answer in path}
    assert visited == set(found.by_id)


def beyond(arrows: list[list[int]], start: int) -> set[int]:
    """The steps that can be reached from a step by at least one answer."""
    reached: set[int] = set()
    waiting = list(arrows[start])
    while waiting:
        step = waiting.pop()
        if step < len(arrows) and step not in reached:
            reached.add(step)
            waiting += arrows[step]
    return reached
