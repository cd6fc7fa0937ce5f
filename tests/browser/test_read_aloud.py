"""A page is read aloud by the device's own Danish voice, sentence by sentence, and by no other.

Chromium has no voices without a desktop, so the tests put their own in the place of `speechSynthesis`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import axe_finds, measuring

DANISH, ENGLISH = {"name": "Sara", "lang": "da-DK", "localService": True}, {"name": "Alice", "lang": "en-GB", "localService": True}
ON_A_SERVER = {"name": "Google dansk", "lang": "da-DK", "localService": False}

VOICES = """(voices => {
  // `heard` has what has been said; `finish()` ends the sentence that is said right now.
  let current;
  window.heard = [];
  const synthesis = new EventTarget();
  synthesis.voices = voices;
  synthesis.getVoices = () => synthesis.voices;
  synthesis.speak = (utterance) => { heard.push(utterance.text); current = utterance; };
  synthesis.cancel = () => {
    sessionStorage.silenced = Number(sessionStorage.silenced ?? 0) + 1;
    const silenced = current;
    current = undefined;
    silenced?.onerror?.({ error: "canceled" });
  };
  window.finish = () => { const finished = current; current = undefined; finished.onend(); };
  window.isSilent = () => !current;
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})"""
MARKED = "[...CSS.highlights.get('read-aloud') ?? []].map(range => range.toString()).join('')"
REST = "while (!isSilent()) finish()"

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    """A function that opens a page on a device with some voices. The page may differ from that of the site, by `body`."""
    contexts = []

    def open_page(path: str, *voices: dict[str, object], body: str = "", script: str = "", **options: object) -> Page:
        context = browser.new_context(base_url=url, **options)  # type: ignore[arg-type]  # any option
        contexts.append(context)
        context.add_init_script(f"{VOICES}({json.dumps(voices)});{script}")
        page = context.new_page()
        page.goto(path)
        if body:
            page.locator("article").evaluate("(article, html) => { article.querySelector('h1').insertAdjacentHTML('afterend', html) }", body)
        return page

    yield open_page
    for context in contexts:
        context.close()


def start(page: Page) -> None:
    page.get_by_role("button", name="Læs op").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def heard(page: Page) -> list[str]:
    return page.evaluate("heard")


def sentences(page: Page, text: str) -> list[str]:
    """Return the sentences that the page's own script finds in a text."""
    return page.evaluate(
        """async text => {
          const { sentences } = await import(new URL("read-aloud/sentences.js", document.querySelector("script[src$='site.js']").src));
          return sentences(text).map(([from, to]) => text.slice(from, to));
        }""",
        text,
    )


@pytest.mark.parametrize("voices", [[], [ENGLISH], [ON_A_SERVER], [ENGLISH, ON_A_SERVER]])
def test_without_a_danish_voice_of_the_device_there_is_no_button_and_no_script(visit: Visit, voices: list[dict[str, object]]) -> None:
    page = visit("strategi/formaal/", *voices)
    page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".read-aloud")).to_have_count(0)
    assert page.evaluate("performance.getEntriesByType('resource').filter(({ name }) => name.includes('read-aloud')).length") == 0


def test_the_button_comes_once_when_the_browser_knows_its_voices(visit: Visit) -> None:
    page = visit("strategi/formaal/")
    for _ in range(2):
        page.evaluate("voice => { speechSynthesis.voices = [voice]; speechSynthesis.dispatchEvent(new Event('voiceschanged')) }", {**DANISH, "lang": "da_DK"})
    expect(page.get_by_role("button", name="Læs op")).to_have_count(1)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))")
    assert "reader.js" not in loaded  # which comes when the button is pressed


def test_a_page_is_read_in_order(visit: Visit) -> None:
    page = visit("kanaler/telefon-og-videomoeder/", ON_A_SERVER, DANISH)
    start(page)
    page.evaluate(REST)
    assert heard(page)[:12] == [
        "Telefon og videomøder",
        "Kort fortalt – ikke en del af den vedtagne tekst",
        "Vi skal ringe, når det er mere effektivt end at skrive, både for borgeren og for os.",
        "Et møde kan holdes på video, hvor loven tillader det.",
        "Det skal være sikkert, og borgeren skal kunne være med uden at have et program på sin computer.",
        "Telefon",
        "Telefonisk kontakt kan ofte understøtte en effektiv sagsbehandling og hurtig afklaring.",
        "Det betyder, at",
        "vi skal ringe, når vi i den enkelte sag vurderer, at det er mere effektivt end skriftlig dialog for både borgerne og os",
        "vi skal sikre, at regler for notatpligt og journalisering overholdes",
        (
            "vi skal arbejde helhedsorienteret med telefontider, telefonsvarerbeskeder og annoncering af telefonnumre, "
            "så der er gennemsigtighed både internt i organisationen og ud til borgerne."
        ),
        "Videomøder",
    ]
    assert not [text for text in heard(page) if "#" in text or "Udskriv" in text or "Læs op" in text or "Ansvarlig" in text]
    expect(page.get_by_role("button", name="Læs op")).to_be_visible()  # at the end


def test_a_draft_says_that_it_is_one(visit: Visit) -> None:
    page = visit("retningslinjer/skoler/", DANISH)
    start(page)
    page.evaluate(REST)
    assert heard(page)[1] == "Udkast"
    assert not [text for text in heard(page) if "link til reglen" in text or "Gennemgå" in text]


@pytest.mark.evidence("9.1.4.2", how="read-aloud")
def test_pause_continue_and_stop(visit: Visit) -> None:
    page = visit("kanaler/telefon-og-videomoeder/", DANISH)
    start(page)
    page.evaluate("finish(); finish()")
    sentence = heard(page)[-1]
    assert page.evaluate(MARKED) == sentence
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("isSilent()") and page.evaluate(MARKED) == sentence
    page.get_by_role("button", name="Fortsæt").click()
    assert heard(page)[-2:] == [sentence, sentence]  # from its beginning
    page.evaluate("finish()")
    assert page.evaluate(MARKED) == heard(page)[-1] != sentence
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("isSilent()") and page.evaluate(MARKED) == ""
    expect(stop).to_be_hidden()
    expect(page.get_by_role("button", name="Læs op")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert heard(page)[-1] == "Telefon og videomøder"


def test_a_voice_that_fails_stops_the_reading(visit: Visit) -> None:
    page = visit("strategi/formaal/", DANISH)
    start(page)
    page.evaluate("speechSynthesis.cancel()")  # by another page, say
    expect(page.get_by_role("button", name="Læs op")).to_be_visible()


def test_it_stops_when_the_page_is_left(visit: Visit) -> None:
    page = visit("strategi/formaal/", DANISH)
    start(page)
    page.evaluate("sessionStorage.clear()")
    page.goto("strategi/vision-og-maal/")
    assert page.evaluate("sessionStorage.silenced") == "1"


def test_the_mark_changes_nothing_in_the_page(visit: Visit) -> None:
    page = visit("kanaler/personligt-fremmoede/", DANISH)
    content = "document.querySelector('article').innerHTML.replace(/<div class=.read-aloud.>.*?<.div><.div>/s, '')"
    before = page.evaluate(content)
    start(page)
    for _ in range(8):
        page.evaluate("finish()")
        assert page.evaluate(MARKED) == heard(page)[-1]
        assert page.evaluate(content) == before


def test_without_highlights_the_block_is_marked(visit: Visit) -> None:
    page = visit("kanaler/telefon-og-videomoeder/", DANISH, script="delete window.Highlight")
    start(page)
    expect(page.locator(".being-read")).to_have_text(["Telefon og videomøder"])
    page.evaluate("finish(); finish()")
    expect(page.locator(".being-read")).to_have_text([page.locator(".in-short p").last.inner_text()])
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".being-read")).to_have_count(0)


def test_the_sentence_is_scrolled_into_view_unless_the_reader_has_gone_elsewhere(visit: Visit) -> None:
    page = visit("kanaler/skriftlig-kommunikation/", DANISH, viewport={"width": 375, "height": 500}, reduced_motion="reduce")
    in_view = "(() => { const { top, bottom } = [...CSS.highlights.get('read-aloud')][0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight })()"
    start(page)
    for _ in range(15):
        page.evaluate("finish()")
        assert page.evaluate(in_view), heard(page)[-1]
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("finish()")
    assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Fortsæt").click()
    assert page.evaluate(in_view)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>Før</p><nav>a</nav><pre>b</pre><p aria-hidden=true>c</p><p hidden>d</p><details><summary>Mere</summary>e</details><p>Efter</p>",
            ["Før", "Mere", "Efter"],
        ),
        ("<p>Skriv til <a href='#x'>borger.dk</a>, og<br>vent\nlidt<a href='#y'>*</a>.</p>", ["Skriv til borger.dk, og vent lidt."]),
        ("<p>Det er en regel <span class=rule-source>(<a href='#x'>link til reglen</a>)</span></p>", ["Det er en regel"]),
        ("<p>borger\u00adservice, <abbr title='Det Centrale Personregister'>CPR</abbr>-nr.</p>", ["borgerservice, CPR-nr."]),
        ("<p>Læs <span lang=en>Terms of use</span> først. <span lang=de>Guten Tag</span>.</p><p lang=de>Nein</p>", ["Læs", "Terms of use", "først."]),
        (
            (
                "<table><thead><tr><th>Kanal</th><th>Svar</th></tr></thead><tbody>"
                "<tr><td>Mail</td><td>Ja. Nej.</td></tr><tr><th>Brev</th><td></td></tr></tbody></table>"
            ),
            ["Kanal", "Svar", "Kanal: Mail", "Svar: Ja.", "Nej.", "Kanal: Brev"],
        ),
        ("<table><thead><tr><th colspan=2>Kanal</th></tr></thead><tbody><tr><td>Mail</td><td>Ja</td></tr></tbody></table>", ["Kanal", "Mail", "Ja"]),
        ("<ul><li>et<ul><li>to</li></ul>tre</li></ul>", ["et", "to", "tre"]),
    ],
)
def test_what_is_read_of_a_text(visit: Visit, body: str, expected: list[str]) -> None:
    page = visit("strategi/formaal/", DANISH, ENGLISH, body=body)
    start(page)
    page.evaluate(REST)
    assert heard(page)[1 : len(expected) + 1] == expected
    assert heard(page)[len(expected) + 1].startswith("Kort fortalt")


@pytest.fixture(scope="module", params=["", "delete Intl.Segmenter"])
def reader(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a browser that can divide texts itself, and in one that cannot."""
    context = browser.new_context(base_url=url)
    context.add_init_script(request.param)
    page = context.new_page()
    page.goto("strategi/formaal/")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring f.eks. til os. Vi svarer.", 2),
        ("Brug bl.a. MitID, jf. Bilag 2. Det er nemt.", 2),
        ("Det er kl. 10. Kom til tiden.", 2),
        ("Vi ses kl. 10 og igen kl. 12.", 1),
        ("Se sag nr. 5 og pkt. 3. Den er lukket.", 2),
        ("Vedtaget den 28. februar 2023. Den gælder nu.", 2),
        ("Det skete i 2023. Derefter gik der to år.", 2),
        ("Den 3. November var det koldt, ca. 4 grader.", 2),
        ("Det er breve, mails osv. Resten er digitalt.", 2),
        ("Det er breve, mails osv. og resten.", 1),
        ("Spørg H. C. Andersen. Han ved det.", 2),
        ("Hvad nu? Ring! »Det er godt.« Ja …", 4),
        ("Ikke mindst for de borgere. der har vanskeligt ved det.", 1),
        ("Skriv på borger.dk eller virk.dk.\nSvaret\nkommer.", 2),
        ("Det koster 1.200 kr. 50 betaler.", 1),
        ("Den sag er min. Du har en anden.", 2),
        ("Det tager 5 min. 10 er for meget.", 1),
        ("1. Hjemmesider", 1),
        ("…", 0),
    ],
)
def test_sentences(reader: Page, text: str, expected: int) -> None:
    found = sentences(reader, text)
    assert len(found) == expected, found
    assert " ".join(found) == (text.replace("\n", " ") if expected and "\n" not in text else " ".join(found))
    assert all(part and part == part.strip() for part in found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_buttons_are_accessible_and_fit(browser: Browser, url: str, width: int, scheme: str) -> None:
    with measuring(browser, url, width, f"{AXE_SCRIPT}{VOICES}({json.dumps([DANISH])})", color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("kanaler/telefon-og-videomoeder/")
        start(page)
        assert axe_finds(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.get_by_role("group", name="Oplæsning").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 900
        assert not page.locator(".read-aloud [aria-live], .read-aloud [role=status]").count()


def test_nothing_of_it_is_printed(visit: Visit) -> None:
    page = visit("strategi/formaal/", DANISH)
    start(page)
    page.emulate_media(media="print")
    expect(page.locator(".read-aloud")).to_be_hidden()
