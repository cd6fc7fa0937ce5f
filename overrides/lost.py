"""What does not come out as it was read: the Markdown that reads a page and the one that renders it differ in corners,
and what the checks overlook of HTML is taken out. Pure: from a page's HTML, or its elements, to problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lxml.html import HtmlElement, fragment_fromstring, tostring

from macros.records import Chooser, Content, Page, Problem
from macros.safe_html import cleaned
from macros.source import Source
from overrides.steps import LEADS_TO


def published(html: str, page: Page, source: Source, by_macros: Sequence[str]) -> tuple[str, list[Problem]]:
    """A page's HTML without what may not be published, and what that was."""
    made, taken = cleaned(html, by_macros)
    if not taken:
        return made, []
    key, _, value = taken[0].rstrip(">").partition('="')
    signs = [key] if key.startswith("<") else [value.rstrip('"').casefold(), key]
    lines = source.body.casefold().split("\n")
    found = (number for sign in signs if sign for number, text in enumerate(lines, 1) if sign in text)
    line = next(found, 1)
    return made, [Problem(f"docs/{page.path}", line, f"{', '.join(taken)} kan ikke bruges på en side", "slet det")]


def lost(tree: HtmlElement, page: Page, content: Content) -> Iterator[Problem]:
    """The title, and rules, steps and decisions that were counted and do not show."""
    wanted = [(rule.id, rule.line, f"reglen {rule.id}") for rule in content.rules.values() if rule.page.path == page.path]
    if content.chooser and content.chooser.page == page:
        wanted += [(step.id, step.line, f"»{step.title}«") for step in content.chooser.steps]
    if len(tree.findall("h1")) != 1:
        yield Problem(f"docs/{page.path}", page.line, "titlen kom ikke med på siden", "skriv den som `# Titel` yderst på en linje for sig")
    if guideline := content.guideline_of(page):
        seen = tuple(len(tree.find_class(state)) for state in ("open", "decided"))
        counted = (len(guideline.open_decisions), len(guideline.decisions) - len(guideline.open_decisions))
        if seen != counted:
            what = f"siden viser {sum(seen)} beslutninger, men {sum(counted)} er talt med"
            remedy = "sæt en tom linje før hver liste med `- [ ]`, og skriv den uden for HTML og makroer"
            yield Problem(f"docs/{page.path}", 1, what, remedy)
    ids = set(tree.xpath("//@id", smart_strings=False))
    for id, line, thing in wanted:
        if id not in ids:
            remedy = "sæt en tom linje før og efter den, og ryk en linje med id fire mellemrum ind under sit punkt"
            yield Problem(f"docs/{page.path}", line, f"{thing} kom ikke med på siden", remedy)


def with_status(html: str, tree: HtmlElement, status: str, is_draft: bool) -> str:
    """The page with where it stands under its title, whatever its editor left out or hid: nothing may look
    adopted that is not."""
    wanted = _as_published(status)
    title = tree.find("h1")
    # A draft says so before anything else; an adopted page has nothing to hide.
    places = [] if title is None else [title.getnext()] if is_draft else list(tree)
    if any(place is not None and tostring(place, with_tail=False) == wanted for place in places):
        return html
    before, end, after = html.partition("</h1>")
    return f"{before}{end}\n{status}{after}" if end else f"{status}\n{html}"


@cache
def _as_published(status: str) -> bytes:
    return bytes(tostring(fragment_fromstring(cleaned(status)[0])))


def lost_answers(html: str, chooser: Chooser) -> Iterator[Problem]:
    """Of the chooser's page with its steps."""
    answers = [answer for step in chooser.steps for answer in step.answers]
    if html.count(f'class="{LEADS_TO}"') != len(answers):
        remedy = "skriv hvert svar som et punkt for sig med en tom linje før listen: `- [Svar](#trin)`"
        yield Problem(f"docs/{chooser.page.path}", answers[0].line, "ikke alle svar kom med på siden", remedy)
