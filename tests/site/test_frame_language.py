"""Around a text in another language, every word says which language it is in: the page's own, or Danish where nobody has translated it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from kanalstrategi.content.frame_words import danish_texts
from kanalstrategi.content.languages import LANGUAGES
from tests.support.languages import language_project
from tests.support.project import Project, run_mkdocs

ALPHABETS = {"ar": re.compile(r"[\u0600-\u06ff]"), "uk": re.compile(r"[\u0400-\u04ff]"), "da": re.compile(r"[A-Za-zÆØÅæøå]{2,}")}
"""A letter of each language. Two in a row of those that are in every language, since a unit or a button may have one."""
FRAME = ("skip", "site-header", "section-menu", "contents", "site-footer", "status", "page-foot", "versions", "in-short-title", "edition-banner")
PAGES = ("ar/formaal", "uk/formaal", "pl/formaal", "strategi/notat", "svar/sporg", "svar/pytanie", "udgaver/2026-2029/strategi/notat")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-dark", "data-light")
"""The attributes with words."""


_PAGE = "---\ndescription: x\nowner: hus\nstatus: {status}\nreviewed: 2023-02-28\nreview_by: 2030-12-31\n{more}---\n\n# {title}\n\n{text}\n"
ARABIC = ("اتصل بنا", "يمكنك الاتصال بنا.\n\n## الهاتف\n\nنجيب بسرعة.")
RULE = '\n\n{{ rule("telefon-ring") }}'
IN_A_ROW = ("formaal", "notat", "andet")
POLISH = ("Nasze numery", "Pracujemy codziennie.\n\n## Telefony\n\nOdpowiadamy szybko.")


def written(language: str, title: str, text: str, more: str = "", status: str = "adopted") -> str:
    """Return a page in a language."""
    return _PAGE.format(title=title, text=text, status=status, more=f"language: {language}\n{more}" if language != "da" else more)


def more_pages(project: Project) -> None:
    """Add what a page in another language can have around it: drafts, a proposal, neighbours, answers, and a language without translations."""
    project.write("docs/strategi/notat.md", written("ar", *ARABIC, "short: نجيب بسرعة.\n"))
    project.write("docs/strategi/andet.md", written("da", "Andet", "", status="draft"))
    project.write("docs/pl/formaal.md", written("pl", *POLISH))
    of_answer = "channel: telefon\nkeywords: [svar]\n"
    project.write("docs/svar/sporg.md", written("ar", "كيف أتصل بكم؟", ARABIC[1] + RULE, of_answer, "draft"))
    project.write("docs/svar/pytanie.md", written("pl", "Jak zadzwonić?", POLISH[1] + RULE, of_answer, "draft"))
    proposal = "docs/udgaver/2026-2029"
    project.write(f"{proposal}/index.md", (project.root / "docs/index.md").read_text("utf-8").replace("edition: 2023-2025", "edition: 2026-2029"))
    project.write(f"{proposal}/strategi/notat.md", written("ar", *ARABIC))
    project.replace("mkdocs.yml", "  - strategi/formaal.md\n", "  - Strategien:\n" + "".join(f"      - strategi/{name}.md\n" for name in IN_A_ROW))
    project.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", "  - Under arbejde:\n      - retningslinjer/skoler.md\n  - svar/*\n  - pl/*\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = language_project(tmp_path_factory.mktemp("frame"))
    more_pages(project)
    project.remove_documents()
    (project.root / "addresses.txt").unlink()
    process = run_mkdocs(project.root)
    assert process.returncode == 0, process.stdout + process.stderr
    return project.site


def frame_texts(page: html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Yield each text around the page's own with the nearest language and direction, those in attributes included."""
    named = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in FRAME)
    for node in page.xpath(f"//body//*[{named}]/descendant-or-self::*[not(self::script)]"):
        here = node.xpath("(ancestor-or-self::*[@lang])[last()]")[0]
        direction = node.xpath("(ancestor-or-self::*[@dir])[last()]")[0].get("dir")
        texts = [*node.xpath("./text()"), *(node.get(name, "") for name in SPOKEN)]
        without = (text.replace("cookie", "").strip() for text in texts)  # which Ukrainian writes so
        yield from ((text, here.get("lang"), direction) for text in without if any(map(str.isalpha, text)))


@pytest.mark.parametrize("path", PAGES)
def test_every_word_around_the_text_is_in_the_language_that_it_is_marked_as(made: Path, path: str) -> None:
    page = html.fromstring((made / path / "index.html").read_bytes())
    found = list(frame_texts(page))
    assert len(found) > 20 and {"da", page.get("lang")} <= {language for _, language, _ in found}
    danish = {text.strip(" –:") for text in danish_texts()} - {"Menu"}
    for text, language, direction in found:
        assert direction == LANGUAGES[language].direction, text
        assert text.strip(" –:,()") not in danish or language == "da", text
        for alphabet, letter in ALPHABETS.items():
            is_own = alphabet == language or (alphabet == "da" and language not in ALPHABETS)
            assert is_own or not letter.search(text), f"»{text}« is marked as {language}"


def test_the_pages_have_around_them_what_is_looked_at(made: Path) -> None:
    """Else the test above would look at nothing."""
    page = html.fromstring((made / "strategi/notat/index.html").read_bytes())
    assert page.xpath("//nav[@class='siblings']//bdi[@lang='da']/text()") == ["Formål", "Andet"]
    assert "مسودة" in page.xpath("//nav[@id='menu']//a[@lang='da']/strong[@lang='ar'][@dir='rtl']/text()")
    assert "جزءًا من النص المعتمد" in page.xpath("string(//*[contains(@class, 'in-short-title')])")
    banner = html.fromstring((made / "udgaver/2026-2029/strategi/notat/index.html").read_bytes()).xpath("//*[contains(@class, 'edition-banner')]")
    assert [one.get("lang") for one in banner] == ["da"]
    assert "إرشادات" in html.fromstring((made / "svar/sporg/index.html").read_bytes()).xpath("string(//*[contains(@class, 'status')])")
    assert html.fromstring((made / "pl/formaal/index.html").read_bytes()).xpath("//details/nav[@lang='da']/ul[@lang='pl']")
