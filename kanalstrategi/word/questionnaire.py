"""Writes the questionnaire of a guideline: its open decisions, as tables that a department fills in at a meeting. No I/O.

Each row has the key of its decision as small text that everybody can see: it also survives LibreOffice, which forgets the names of content
controls (7.4), and a row that is copied to another document, which loses its bookmark (adr/0024).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urljoin

from kanalstrategi.content.model import Content, Guideline
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.word.docx_file import TEXT_TWIPS, WordFacts, add_blocks, begin, save
from kanalstrategi.word.ooxml import RELATIONSHIPS_NAMESPACE, Xml, paragraph, qualified, run, w
from kanalstrategi.word.table_writer import Cell, table_xml

QUESTION_HEAD, ANSWER_HEAD, NOT_RELEVANT_HEAD = HEADS = ("Spørgsmål", "Svar", "Ikke relevant")
"""What stands above the columns."""
KEY_LABEL = "Nøgle"
"""What stands in front of the key of a decision."""
ESSENTIAL_WORD = "Vigtig"
"""What stands above a question that is one of the most important ones."""
_WIDTHS = (3700, 4340, TEXT_TWIPS - 3700 - 4340)
"""The widths of the columns, in twentieths of a point."""
_ROW_TWIPS = 1134
"""The least height of a row, so that there is room to write by hand."""
_NUMBERS = 2
"""The number of the list of steps."""
_STEPS_TITLE = "Sådan gør I"
_ASKED = "I mangler at svare på"


@dataclass(frozen=True)
class AskedDecision:
    """An open decision, as it is asked about."""

    key: str
    """Which decision of which department it is: `skoler/telefon-telefontider`."""
    question: str
    is_essential: bool


@dataclass(frozen=True)
class Block:
    """The decisions about one channel, the most important ones first."""

    group: str
    """The title of the channel group."""
    channel: str
    """The title of the sub-channel, or of the group if they are about all of it."""
    decisions: tuple[AskedDecision, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Everything that is in a questionnaire."""

    facts: WordFacts
    introduction: str
    page_url: str
    """The URL of the published guideline, or empty if it is not known."""
    steps: tuple[str, ...]
    """What the department does, in order."""
    blocks: tuple[Block, ...]

    def has_line(self, line: str) -> bool:
        """Whether a line outside the tables is one of ours, now or on another day: then other decisions may have been open."""
        titles = (title for block in self.blocks for title in (block.group, block.channel))
        return line in (self.facts.title, _STEPS_TITLE, *self.steps, *titles) or line.startswith((self.facts.state, self.facts.title, _ASKED, _page_words("")))


def questionnaire_of(guideline: Guideline, content: Content, *, language: str = "da", site_url: str = "") -> Questionnaire:
    """Return the questionnaire of a guideline. `site_url` is the URL of the published site, or empty if it is not known."""
    title = f"Spørgsmål til retningslinjen: {guideline.department}"
    essential = sum(decision.is_essential for decision in guideline.open_decisions)
    introduction = f"{_ASKED} {count_phrase(len(guideline.open_decisions), 'spørgsmål', 'spørgsmål')}."
    if essential:
        introduction += f" De {essential} vigtigste står først under hver kanal."
    return Questionnaire(
        facts=WordFacts(title, content.organisation.name, guideline.page.description, language, content.today, "Spørgeskema"),
        introduction=f"{introduction} Skemaet er fra den {long_date(content.today)}.",
        page_url=urljoin(site_url, guideline.page.url) if site_url else "",
        steps=(
            "Tag spørgsmålene op på et møde." + (f" Begynd med dem, der er mærket »{ESSENTIAL_WORD}«." if essential else ""),
            f"Skriv svaret i kolonnen »{ANSWER_HEAD}«. Skriv det, som det skal stå på siden.",
            f"Er et spørgsmål ikke relevant for jer, så skriv et x i kolonnen »{NOT_RELEVANT_HEAD}«. Skriv gerne hvorfor i kolonnen »{ANSWER_HEAD}«.",
            "Har I ikke et svar endnu, så lad feltet stå tomt. Spørgsmålet kommer med igen næste gang.",
            f"Lad linjen »{KEY_LABEL}« stå. Den sørger for, at svaret kommer det rigtige sted hen.",
            "Mangler der et spørgsmål, så skriv det i en ny række.",
            f"Send filen til {_contact_words(_receiver(guideline, content))}.",
        ),
        blocks=tuple(_blocks(guideline, content)),
    )


def write_questionnaire(questionnaire: Questionnaire) -> bytes:
    """Return a questionnaire as a Word file."""
    document = begin(questionnaire.facts)
    document.part.numbering_part.element.append(w("num", w("abstractNumId", val=1), numId=_NUMBERS))
    blocks = [paragraph("Heading1", run(questionnaire.facts.title)), paragraph("Lead", run(questionnaire.introduction))]
    if url := questionnaire.page_url:
        relation = document.part.relate_to(url, f"{RELATIONSHIPS_NAMESPACE}/hyperlink", is_external=True)
        blocks.append(paragraph("Normal", run(_page_words("")), w("hyperlink", run(url, w("rStyle", val="Hyperlink")), r_id=relation)))
    blocks.append(paragraph("Heading2", run(_STEPS_TITLE)))
    numbers = w("numPr", w("ilvl", val=0), w("numId", val=_NUMBERS))
    blocks += [paragraph("ListNumber", run(step), properties=[deepcopy(numbers)]) for step in questionnaire.steps]
    former = ""
    for block in questionnaire.blocks:
        if block.group != former:
            blocks.append(paragraph("Heading2", run(block.group), properties=[] if former else [w("pageBreakBefore")]))
        if block.channel != block.group:
            blocks.append(paragraph("Heading3", run(block.channel)))
        blocks.append(_table(block))
        former = block.group
    add_blocks(document, blocks)
    return save(document)


def _page_words(url: str) -> str:
    return f"Retningslinjen kan læses her: {url}"


def _contact_words(owner: Owner) -> str:
    return ", ".join(filter(None, (owner.name, owner.phone, owner.email)))


def _receiver(guideline: Guideline, content: Content) -> Owner:
    """Return who gets the file: the owner of the page, or that of the strategy if the former has no e-mail address."""
    owner, front = guideline.page.owner, content.pages.get("index.md")
    return owner if owner.email or front is None else front.owner


def _blocks(guideline: Guideline, content: Content) -> Iterator[Block]:
    for section in guideline.sections:
        for channel, decisions in groupby(section.open_decisions, lambda decision: decision.channel):
            found = content.channels.get(channel, section.group)
            asked = [AskedDecision(f"{guideline.id}/{decision.id}", decision.question, decision.is_essential) for decision in decisions]
            yield Block(section.group.title, found.title, tuple(sorted(asked, key=lambda one: not one.is_essential)))


def _table(block: Block) -> Xml:
    head = [Cell(Element("th", children=[words]), is_head=True) for words in HEADS]
    content = {id(cell.node): [paragraph("TableHead", run(words))] for cell, words in zip(head, HEADS, strict=True)}
    body = [[Cell(Element("td"), is_head=False) for _ in HEADS] for _ in block.decisions]
    content |= {id(row[0].node): list(_question(decision)) for row, decision in zip(body, block.decisions, strict=True)}
    table = table_xml([head], body, _WIDTHS, f"Spørgsmål om {block.channel}", lambda cell, width: content.get(id(cell.node)) or [paragraph("TableText")])
    for row in table.findall(qualified("tr"))[1:]:
        row[0].insert(1, w("trHeight", val=_ROW_TWIPS, hRule="atLeast"))
    return table


def _question(decision: AskedDecision) -> Iterator[Xml]:
    if decision.is_essential:
        yield paragraph("TableText", run(ESSENTIAL_WORD, w("rStyle", val="StateOpen")))
    lead, colon, rest = decision.question.partition(":")
    is_named = bool(colon) and rest.startswith(" ")
    yield paragraph("TableText", [run(lead + colon, w("b")), run(rest)] if is_named else run(decision.question))
    yield paragraph("DecisionKey", run(f"{KEY_LABEL}: {decision.key}"))
