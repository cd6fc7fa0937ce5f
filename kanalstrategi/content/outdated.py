"""Finds the places on pages that refer to what the strategy does not have any more. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.former_content import Former, former_channel, former_passage, former_rule, superseded
from kanalstrategi.content.guidelines import heading_of
from kanalstrategi.content.model import Channel, Content, Page, Passage, Rule
from kanalstrategi.content.outdated_links import former_host, outdated_links
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import ParsedPage


@dataclass(frozen=True)
class OutdatedReference:
    """A place on a page that refers to what the strategy does not have any more. Until somebody changes it, it shows the old words."""

    page: Page
    line: int
    noun: str
    """What is gone, in the definite form: `reglen`."""
    id: str
    url: str
    """URL of it in the edition that had it last."""
    gone_with: str
    """The title of the edition that does not have it any more."""
    link: str = ""
    """The URL as typed, if the reference is a link."""

    @property
    def words(self) -> str:
        """What is gone and with which edition: `reglen telefon-ring er udgået med Kanalstrategi 2026-2029`."""
        return f"{self.noun} {self.id} er {gone_words(self.gone_with)}"


_MENTION = "omtalen af"
"""What is gone of a website, which is still there itself."""


def gone_words(title: str) -> str:
    """Return a phrase that says with which edition something went, given its title."""
    return f"udgået med {title}" if title else "udgået"


def find_outdated(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> tuple[OutdatedReference, ...]:
    """Return the places on the site's own pages that refer to what is gone, page by page. `parsed_pages` is keyed by path."""
    if not superseded(content):
        return ()
    found = []
    for path, page in content.pages.items():
        here = [
            OutdatedReference(page, line, noun, former.record.id, former.record.url, former.gone_with)
            for line, noun, former in _outdated_on(page, parsed_pages[path], content)
        ]
        for link, place in outdated_links(path, content, parsed_pages):
            is_elsewhere = "://" in link.target
            noun = _MENTION if is_elsewhere else "stedet" if "#" in place.name else "siden"
            here.append(OutdatedReference(page, link.line, noun, place.name, place.url, place.gone_with, "" if is_elsewhere else link.target))
        for call in parsed_pages[path].calls:
            if call.name == "website" and call.arguments and (site := former_host(call.arguments[0].lower(), content)):
                here.append(OutdatedReference(page, call.line, _MENTION, site.name, site.url, site.gone_with))
        found += sorted(here, key=lambda reference: reference.line)
    return tuple(found)


_Found = tuple[int, str, Former[Rule] | Former[Channel] | Former[Passage]]
"""The line of a reference, the noun for what is gone, and what it was."""


def _outdated_on(page: Page, parsed: ParsedPage, content: Content) -> Iterator[_Found]:
    for call in parsed.calls:
        yield from outdated_by(call, content)
    if (answer := content.answer_on(page)) and answer.channel and (channel := former_channel(content, answer.channel.id)):
        yield parsed.front.lines.get("channel", 1), "kanalen", channel
    guideline = content.guideline_of(page)
    for section in guideline.former_sections if guideline else ():
        if (heading := heading_of(section.group, parsed)) and (group := former_channel(content, section.group.id)):
            yield heading.line, "kanalen", group


def outdated_by(call: MacroCall, content: Content) -> Iterator[_Found]:
    """Yield what a call shows that is gone: its line, the noun for it, and what it was."""
    noun = ""
    former: Former[Rule] | Former[Channel] | Former[Passage] | None = None
    match call.name, call.arguments:
        case "rule", (id, *_):
            noun, former = "reglen", former_rule(content, id)
        case "rules" | "channel" | "guidelines", (id, *_):
            noun, former = "kanalen", former_channel(content, id)
        case "quote" | "passage", (id, *rest):
            noun, former = "en sætning i afsnittet" if id in content.passages else "afsnittet", former_passage(content, id, *rest[:1])
        case "pull_quote", (id, *_):
            noun, former = "afsnittet", former_passage(content, id)
        case "definition", (term, *_):
            noun, former = "definitionen", former_passage(content, DEFINITION_PREFIX + term)
    if former:
        yield call.line, noun, former
