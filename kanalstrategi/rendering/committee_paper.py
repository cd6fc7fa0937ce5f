"""Writes the paper for those who decide on a proposal: what it changes, whom it touches, what was answered, and what stays. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kanalstrategi.content.decision_model import Decision, DecisionState
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.edition_comparison import Comparison
from kanalstrategi.content.edition_words import consultation_days
from kanalstrategi.content.model import Channel, Content
from kanalstrategi.content.text_block import RULE
from kanalstrategi.content.touched import TouchedSection, touched_sections
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_mark, heading, join_nodes, table, table_row
from kanalstrategi.rendering.edition_banner import BANNER_CLASS
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.rules import rule_words

_RULES = {
    ChangeKind.CHANGED: ("ændrer 1 regel", "ændrer {} regler"),
    ChangeKind.NEW: ("tilføjer 1 ny regel", "tilføjer {} nye regler"),
    ChangeKind.MOVED: ("flytter 1 regel", "flytter {} regler"),
    ChangeKind.GONE: ("lader 1 regel udgå", "lader {} regler udgå"),
}
"""What a proposal does to one rule and to several."""
_DECISIONS = {
    DecisionState.DECIDED: ("truffet", "trufne"),
    DecisionState.OPEN: ("åben", "åbne"),
    DecisionState.NOT_RELEVANT: ("ikke relevant", "ikke relevante"),
}
"""What one decision and several are called by their state."""


@dataclass(frozen=True)
class PaperPart:
    """The opening or a chapter of the paper."""

    url: str
    """The URL that its links are relative to."""
    root: Element


def paper_title(content: Content) -> str:
    """Return the title of the paper about a proposal."""
    return f"Forslag til {content.edition.title}" if content.edition else ""


def paper_parts(site: Content, proposal: Content, changes: PaperPart, answers: PaperPart | None) -> list[PaperPart]:
    """Return the opening of the paper, and then its chapters.

    `site` is the content in force, `changes` the rendered page with the proposal's changes, and `answers` that with the answers to the
    hearing, if there are any.
    """
    comparison = proposal.comparison
    assert comparison is not None, "a proposal is compared with the edition in force"
    touched = touched_sections(site, _channels(comparison))
    parts = [
        _part(proposal, "beslutning", paper_title(proposal), lambda call: _opening(proposal, comparison, touched)),
        _without_banner(changes),
        _part(proposal, "fagomraader", "Hvem forslaget berører", lambda call: _touched(site, proposal, touched)),
    ]
    if answers:
        parts.append(_without_banner(answers))
    parts.append(_part(proposal, "uaendret", "Det står uændret", lambda call: _unchanged(proposal, comparison)))
    return parts


def _part(proposal: Content, name: str, title: str, write: Callable[[Call], list[Node]]) -> PaperPart:
    assert proposal.edition is not None, "a proposal is an edition"
    url = f"{proposal.edition.url}{name}/"
    front = proposal.pages[f"{proposal.folder}index.md"]
    call = Call(proposal, replace(front, url=url, path=f"{proposal.folder}{name}.md"))
    return PaperPart(url, element("div", element("h1", title, id=name), write(call)))


def _channels(comparison: Comparison) -> set[str]:
    """Return the ids of the channels whose rules change."""
    blocks = [block for change in comparison.changes for block in (change.old, change.new) if block]
    return {block.channel for block in blocks if block.kind == RULE and block.channel}


def _opening(proposal: Content, comparison: Comparison, touched: Iterable[TouchedSection]) -> list[Node]:
    """Return what is proposed in three sentences of numbers, and when it was heard."""
    rules = [change.kind for change in comparison.changes if change.block.kind == RULE]
    done = [(one if number == 1 else many.format(number)) for kind, (one, many) in _RULES.items() if (number := rules.count(kind))]
    others = len(comparison.changes) - len(rules)
    first = f"Forslaget {_listed(done)}" if done else "Forslaget ændrer ingen regler"
    second = f"{others} {'sted' if others == 1 else 'steder'} i den øvrige tekst er ændret" if others else "Den øvrige tekst er ikke ændret"
    kept = sum(block.kind == RULE for block in comparison.unchanged)
    sections = list(touched)
    departments = len({section.guideline.id for section in sections})
    decisions = sum(len(section.decisions) for section in sections)
    third = (
        f"{count_phrase(kept, 'regel står', 'regler står')} uændret, og {count_phrase(departments, *map(proposal.say, ('fagområde', 'fagområder')))} "
        f"har {count_phrase(decisions, 'beslutning', 'beslutninger')} at se på igen"
    )
    edition = proposal.edition
    heard = f"Forslaget {_hearing(proposal)} {consultation_days(edition.consultation)}." if edition and edition.consultation else ""
    return [element("p.lead", f"{first}. {second}. {third[:1].upper()}{third[1:]}."), element("p", heard) if heard else ""]


def _hearing(proposal: Content) -> str:
    assert proposal.edition and proposal.edition.consultation
    begins, ends = proposal.edition.consultation
    return "har været i høring" if ends < proposal.today else "er i høring" if begins <= proposal.today else "kommer i høring"


def _touched(site: Content, proposal: Content, sections: tuple[TouchedSection, ...]) -> list[Node]:
    """Return the departments under whose guidelines rules change, by channel group, with their decisions."""
    new_groups = [group for group in proposal.groups if group.id not in {old.id for old in site.groups}]
    parts: list[Node] = []
    if new_groups:
        names = _listed([f"»{group.title}«" for group in new_groups])
        added = "en ny kanalgruppe" if len(new_groups) == 1 else "nye kanalgrupper"
        parts.append(element("p", f"Forslaget har {added}, {site.say('som alle fagområder skal skrive om')}: {names}."))
    if not sections:
        return [*parts, element("p", site.say("Ingen regel ændres i de kanaler, som fagområdernes retningslinjer handler om."))]
    words = "Når en regel ændres, skal hvert fagområde se, om dets afsnit og beslutninger stadig er rigtige. Beslutninger slettes ikke."
    parts.append(element("p", site.say(words)))
    groups: dict[str, Channel] = {section.section.group.id: section.section.group for section in sections}
    for group in groups.values():
        rows = [
            table_row([section.guideline.department, *draft_mark(section.guideline.page)], [("Beslutninger", _decisions(section.decisions))])
            for section in sections
            if section.section.group.id == group.id
        ]
        parts += [
            heading(2, group.title, f"kanal-{group.id}"),
            table("touched", f"{site.say('Fagområder og beslutninger')}: {group.title}", [site.say("Fagområde"), "Beslutninger"], rows),
        ]
    return parts


def _decisions(decisions: tuple[Decision, ...]) -> list[Node]:
    """Return decisions by their short names, those that are made first."""
    found = []
    for state, (one, many) in _DECISIONS.items():
        names = [decision.question.partition(":")[0].rstrip("?") for decision in decisions if decision.state is state]
        if names:
            found.append(f"{len(names)} {one if len(names) == 1 else many}: {', '.join(names)}.")
    return join_nodes(found, " ") or ["Ingen beslutninger."]


def _unchanged(proposal: Content, comparison: Comparison) -> list[Node]:
    """Return how much stays as it is, and the rules among it, by channel."""
    rules = [block for block in comparison.unchanged if block.kind == RULE]
    others = len(comparison.unchanged) - len(rules)
    count = f"{count_phrase(len(rules), 'regel', 'regler')} og {count_phrase(others, 'andet sted', 'andre steder')} i teksten står, som de gør nu."
    parts: list[Node] = [element("p", count[:1].upper() + count[1:])]
    for id, title in comparison.channel_titles.items():
        if items := [element("li", rule_words(proposal.rules[block.reference])) for block in rules if block.channel == id]:
            parts += [heading(2, title, f"uaendret-{id}"), element("ul", items)]
    return parts


def _without_banner(part: PaperPart) -> PaperPart:
    """Return a page without the box that says what edition it is of, which the cover and the header say."""
    return replace(part, root=element("div", [node for node in part.root.children if not (type(node) is Element and node.has_class(BANNER_CLASS))]))


def _listed(words: list[str]) -> str:
    """Return words as a list in a sentence: `et, to og tre`."""
    return " og ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
