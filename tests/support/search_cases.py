"""What the search's tests share: the cases, how often they are hit, and a site of any size."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from lxml import html
from playwright.sync_api import Page
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.search.index import build_index
from kanalstrategi.search.sections import IndexedPage, Section, read_sections
from kanalstrategi.search.weights import weigh_page
from tests.support.project import DATA
from tests.support.trees import tree_of

CASES = DATA / "search"
FIELD = "#soegefelt"
RESULTS = "[data-search-results] a"
SHOWN = 3
"""How many results are looked at."""


@dataclass(frozen=True)
class Case:
    query: str
    category: str
    expected: str
    """Matches an acceptable URL."""

    def is_hit(self, urls: Sequence[str]) -> bool:
        return any(re.search(self.expected, url) for url in urls)


def cases(name: str) -> list[Case]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def hits(cases: Sequence[Case], answers: Sequence[Sequence[str]], first: int) -> dict[str, float]:
    """The share of cases that are hit among the first so many results, by category and in all."""
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for case, urls in zip(cases, answers, strict=True):
        for name in (case.category, "all"):
            asked[name] += 1
            found[name] += case.is_hit(urls[:first])
    return {name: found[name] / asked[name] for name in asked}


def missed(cases: Sequence[Case], answers: Sequence[Sequence[str]]) -> list[str]:
    return [case.query for case, urls in zip(cases, answers, strict=True) if not case.is_hit(urls[:SHOWN])]


def ask(page: Page, query: str, audience: str = "") -> list[str]:
    """The URLs that the search's own page answers an audience with, relative to the site's root."""
    page.goto(f"soeg/?q={quote(query)}" + (f"&for={audience}" if audience else ""))
    page.locator(f"{RESULTS}, .search-hint p").first.wait_for()
    links = page.locator(RESULTS).evaluate_all("links => links.map(link => link.href)")
    return [link.removeprefix(page.url[: page.url.index("soeg/")]) for link in links]


def type_in(page: Page, query: str) -> list[str]:
    """The same, while the reader types on a page that has answered before."""
    links = page.evaluate(
        """([query, selector]) => new Promise(done => {
          const list = document.querySelector("[data-search-results]")
          new MutationObserver((_, observer) => {
            if (list.hasAttribute("aria-busy")) return
            observer.disconnect()
            done([...list.querySelectorAll("a")].map(link => link.href))
          }).observe(list, { attributes: true })
          const field = document.querySelector(selector)
          field.value = query
          field.dispatchEvent(new Event("input"))
        })""",
        [query, FIELD],
    )
    return [link.removeprefix(page.url[: page.url.index("soeg/")]) for link in links]


def table(cases: Sequence[Case], answers: dict[str, list[list[str]]]) -> str:
    """Hits at the first and among the first three, by category, for each search."""
    categories = [*dict.fromkeys(case.category for case in cases), "all"]
    lines = ["".join(["hit@1/hit@3".ljust(14), *(name.rjust(14) for name in categories)])]
    for name, given in answers.items():
        one, three = hits(cases, given, 1), hits(cases, given, SHOWN)
        lines.append("".join([name.ljust(14), *(f"{one[c]:.2f}/{three[c]:.2f}".rjust(14) for c in categories)]))
    return "\n".join(lines)


def many_pages(site: Path, number: int) -> list[IndexedPage]:
    """Pages like the site's own, in which every third word of seven letters or more is another Danish word, the common
    ones more often: the vocabulary grows as that of a real site does."""
    chance = random.Random(1)
    danish = DEFAULT_DICTIONARY_FACTORY.get_dictionary("da").values()
    words = sorted({word for word in danish if 5 < len(word) < 16 and word.isalpha() and word.islower()})
    chance.shuffle(words)
    own = [file for file in sorted(site.rglob("index.html")) if "soeg" not in file.parts]
    articles = [article for file in own for article in html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot().iter("article")]
    sections = [section for article in articles for section in read_sections(tree_of(article)) if section.blocks]

    def changed(text: str) -> str:
        def another(match: re.Match[str]) -> str:
            return words[min(int(chance.paretovariate(0.45)), len(words)) - 1] if chance.random() < 0.34 else match.group()

        return re.sub(r"[a-zæøå]{7,}", another, text)

    def page(at: int) -> IndexedPage:
        chosen = [Section("", "", blocks=sections[at % len(sections)].blocks)]
        for place, section in enumerate(chance.sample(sections, 8)):
            blocks = [replace(block, text=changed(block.text)) for block in section.blocks]
            chosen.append(Section(f"afsnit-{place}", changed(section.heading), blocks=blocks))
        return IndexedPage(f"side-{at}/", changed(f"Side om {chance.choice(words)}"), "Sider", tuple(chosen))

    return [page(at) for at in range(number)]


def write_large_site(site: Path, folder: Path, pages: int) -> None:
    """Copy a site into a new folder, with the search index of one of so many pages. `bench/browser.py` uses it, too."""
    write_site_with_index(site, folder, many_pages(site, pages))


def write_site_with_index(site: Path, folder: Path, pages: Sequence[IndexedPage]) -> None:
    """Copy a site into a new folder, with the search index of some other pages."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("search", "pdf"))
    shutil.copytree(site / "assets", folder / "assets", dirs_exist_ok=True)  # which has a folder `search`, too
    for name, content in index_of(pages).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def index_of(pages: Sequence[IndexedPage]) -> dict[str, bytes]:
    """Return the files of the index of some pages, keyed by URL."""
    dictionary = danish_dictionary()
    return build_index(pages, [weigh_page(page, dictionary) for page in pages], dictionary)
