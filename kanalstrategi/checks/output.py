"""Checks that a rendered page holds nothing forbidden and that nothing is missing from it.

This has to be checked on the output, because the Markdown parser that reads pages for the checks and the one that renders them
differ in corner cases. No I/O.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from kanalstrategi.content.model import Chooser, Content, Page
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.rendering.chooser_steps import TARGET_CLASS
from kanalstrategi.sanitizing.sanitizer import Sanitizer


def sanitize_page(html: str, page: Page, parsed: ParsedPage, macro_output: Sequence[str], sanitizer: Sanitizer) -> tuple[str, list[Diagnostic]]:
    """Return a page's HTML without anything that may not be published, and a diagnostic if anything was removed."""
    published, removed = sanitizer.sanitize(html, macro_output)
    if not removed:
        return published, []
    key, _, value = removed[0].rstrip(">").partition('="')
    clues = [key] if key.startswith("<") else [value.rstrip('"').casefold(), key]
    lines = parsed.body.casefold().split("\n")
    candidates = (number for clue in clues if clue for number, text in enumerate(lines, 1) if clue in text)
    line = next(candidates, 1)
    return published, [Diagnostic(f"docs/{page.path}", line, f"{', '.join(removed)} kan ikke bruges på en side", "slet det")]


def missing_from_output(tree: HtmlElement, page: Page, content: Content) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each title, rule, step and decision of the model that is missing from the rendered page."""
    expected = [(rule.id, rule.line, f"reglen {rule.id}") for rule in content.rules.values() if rule.page.path == page.path]
    if content.chooser and content.chooser.page == page:
        expected += [(step.id, step.line, f"»{step.title}«") for step in content.chooser.steps]
    if len(tree.findall("h1")) != 1:
        yield Diagnostic(f"docs/{page.path}", page.line, "titlen kom ikke med på siden", "skriv den som `# Titel` yderst på en linje for sig")
    if guideline := content.guideline_of(page):
        rendered = tuple(len(tree.find_class(state)) for state in ("open", "decided"))
        counted = (len(guideline.open_decisions), len(guideline.decisions) - len(guideline.open_decisions))
        if rendered != counted:
            message = f"siden viser {sum(rendered)} beslutninger, men {sum(counted)} er talt med"
            hint = "sæt en tom linje før hver liste med `- [ ]`, og skriv den uden for HTML og makroer"
            yield Diagnostic(f"docs/{page.path}", 1, message, hint)
    ids = set(tree.xpath("//@id", smart_strings=False))
    for id, line, thing in expected:
        if id not in ids:
            hint = "sæt en tom linje før og efter den, og ryk en linje med id fire mellemrum ind under sit punkt"
            yield Diagnostic(f"docs/{page.path}", line, f"{thing} kom ikke med på siden", hint)


def missing_answers(html: str, chooser: Chooser) -> Iterator[Diagnostic]:
    """Yield a diagnostic if an answer of the chooser is missing from its rendered page."""
    answers = [answer for step in chooser.steps for answer in step.answers]
    if html.count(f'class="{TARGET_CLASS}"') != len(answers):
        hint = "skriv hvert svar som et punkt for sig med en tom linje før listen: `- [Svar](#trin)`"
        yield Diagnostic(f"docs/{chooser.page.path}", answers[0].line, "ikke alle svar kom med på siden", hint)
