"""The search that readers use finds each page by its title and each rule by its own words. Runs the site's own script in Chromium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.edition_paths import is_set_apart
from kanalstrategi.content.model import Rule
from kanalstrategi.danish.words import normalize, words
from kanalstrategi.search.index import EDITIONS_ENTRY_FILE, ENTRY_FILE
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.chromium import chromium
from kanalstrategi.verification.model import Finding, NothingToTryError
from kanalstrategi.verification.server import serving

SHOWN = 3
"""How many results are looked at."""
MAX_CHARACTERS = 200
"""The longest query that the search field takes."""
_OF_PAGE = "giv siden en titel, som ligner de andres mindre, eller nøgleord under keywords"
_OF_RULE = "en anden side bruger de samme ord; det er kun en fejl, hvis den ikke også svarer"
_AUDIENCES = ("borger", "medarbejder")
_ASK = """async ([client, root, entryFile, audiences, questions, shown]) => {
  const { Search } = await import(client)
  const form = document.createElement("form")
  form.dataset.site = root
  form.append(Object.assign(document.createElement("input"), { name: "for" }))
  const search = new Search(form, entryFile)
  const missed = []
  for (const [number, [query, urls]] of questions.entries()) {
    const isRight = (href) => [href, href.split("#")[0]].some((one) => urls.includes(one))
    const first = []
    for (const audience of audiences) {
      form.elements.for.value = audience
      const results = ((await search.find(query, shown))?.first ?? []).map(({ href }) => href)
      if (results.some(isRight)) break
      first.push(results[0] ?? "")
    }
    if (first.length === audiences.length) missed.push([number, first])
  }
  return missed
}"""
"""Returns the number of each question that is not answered at once, with the first result for each kind of reader."""


@dataclass(frozen=True)
class _Question:
    query: str
    urls: tuple[str, ...]
    """The addresses that answer it; the first is where it is told of."""
    about: str
    """What should be found, in Danish."""
    hint: str


def search_finds_every_title(site: BuiltSite) -> Iterator[Finding]:
    """Yield the pages that are not among the first results for their title. Raises NotTriedError."""
    pages = [page for page in site.content.published_pages.values() if page.path != SEARCH_PAGE]
    of_index: dict[str, list[_Question]] = {ENTRY_FILE: [], EDITIONS_ENTRY_FILE: []}
    for page in pages:
        entry_file = EDITIONS_ENTRY_FILE if is_set_apart(page.path, site.content) else ENTRY_FILE
        of_index[entry_file].append(_Question(page.title, (page.url,), f"siden »{page.title}«", _OF_PAGE))
    yield from _missed(site, of_index)


def search_finds_every_rule(site: BuiltSite) -> Iterator[Finding]:
    """Yield the rules that are not among the first results for their own words. Raises NotTriedError."""
    rules = site.content.rules.values()
    if not rules:
        raise NothingToTryError("hjemmesiden har ingen regler")
    of_words: dict[tuple[str, ...], list[str]] = {}
    for rule in rules:  # of rules with the same words, one is as good as the other
        of_words.setdefault(_words_of(rule), []).extend((rule.url, rule.page_url))
    questions = [_Question(rule.text, (rule.url, *of_words[_words_of(rule)]), f"reglen {rule.id}", _OF_RULE) for rule in rules]
    yield from _missed(site, {ENTRY_FILE: questions})


def _words_of(rule: Rule) -> tuple[str, ...]:
    return tuple(words(normalize(rule.text)))


def _missed(site: BuiltSite, of_index: Mapping[str, Sequence[_Question]]) -> Iterator[Finding]:
    """Yield the questions that neither a citizen nor a member of staff gets answered at once. They are keyed by the index that is asked."""
    if SEARCH_PAGE not in site.content.pages:
        raise NothingToTryError("hjemmesiden har ingen søgeside")
    clients = sorted(site.folder.glob("assets/*/search/client.js"))
    if not clients:
        yield Finding(f"/{site.content.pages[SEARCH_PAGE].url}", "søgningens script er ikke på hjemmesiden", "byg hjemmesiden igen")
        return
    client = clients[0].relative_to(site.folder).as_posix()
    with chromium() as browser, serving(site) as root, closing(browser.new_page(base_url=root)) as page:
        page.goto("")
        for entry_file, questions in of_index.items():
            asked = [(question.query[:MAX_CHARACTERS], [root + url for url in question.urls]) for question in questions]
            missed = page.evaluate(_ASK, [root + client, root, entry_file, _AUDIENCES, asked, SHOWN]) if asked else []
            for number, urls in missed:
                first = " og ".join(dict.fromkeys(f"/{url.removeprefix(root)}" if url else "ingenting" for url in urls))
                message = f"søgningen viser ikke {questions[number].about} blandt de {SHOWN} første; først kommer {first}"
                yield Finding(f"/{questions[number].urls[0]}", message, questions[number].hint)
