"""Editions of a strategy, from Markdown that a test writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kanalstrategi.content.channels import read_channel_group
from kanalstrategi.content.compared_editions import with_changes
from kanalstrategi.content.edition_model import Edition, EditionState, Strategy
from kanalstrategi.content.edition_notes import EditionNotes
from kanalstrategi.content.edition_text import edition_text
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.content.pages import read_passages
from kanalstrategi.content.rule_pages import make_rule_pages
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.content.text_block import TextBlock
from kanalstrategi.content.urls import url_of
from kanalstrategi.markdown.nodes import Element, ParsedPage, element
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.changes_page import changes_page_tree
from kanalstrategi.rendering.macros import Call

TODAY = date(2026, 3, 1)
OWNER = Owner("politik", "Politik & Personale", "54 73 10 00")

TELEPHONE = """---
subchannels: [telefon, videomoeder]
---

# Telefon og videomøder

## Telefon {: #telefon }

Telefonisk kontakt kan ofte understøtte en effektiv sagsbehandling og hurtig afklaring.
{: #telefon-afklaring }

### Det betyder, at

- vi skal ringe, når vi i den enkelte sag vurderer, at det er mere effektivt end skriftlig dialog
    {: #telefon-ring }
- vi skal sikre, at regler for notatpligt og journalisering overholdes
    {: #telefon-notatpligt }
- vi skal arbejde helhedsorienteret med telefontider og annoncering af telefonnumre.
    {: #telefon-telefontider }

## Videomøder {: #videomoeder }

Vi har mulighed for at benytte videomøder i stedet for fysiske møder, hvor lovgivningen tillader det.

### Det betyder, at

- der skal være fysiske mødelokaler, som har det rette udstyr
    {: #videomoeder-moederum }
- borgerne skal kunne deltage uden at have programmer installeret på deres computer
    {: #videomoeder-uden-programmer }
"""
PURPOSE = """# Formål

## Kerneopgaven

Kanalstrategien skal understøtte og være med til at virkeliggøre vores kerneopgave:

> Vi skal styrke borgernes muligheder for at mestre egen tilværelse og indgå i relevante fællesskaber.

## Strategiens sigte

Strategien har både et kommunikationsstrategisk og et digitaliseringsstrategisk sigte.

Borgerne skal opleve vores kommunikation og dialog som åben, tilgængelig og imødekommende.
{: #aaben-dialog }

Borgerne skal kunne stole på, at vi håndterer al information på en sikker og ansvarlig måde.
"""
PAGES = {"index.md": "# Kanalstrategi\n\nHer kan du læse strategien.\n", "strategi/formaal.md": PURPOSE, "kanaler/telefon-og-videomoeder.md": TELEPHONE}
"""The text of a small strategy, keyed by path."""


@dataclass(frozen=True)
class ParsedEdition:
    """An edition, and what its pages were parsed into."""

    content: Content
    parsed_pages: dict[str, ParsedPage]

    @property
    def text(self) -> tuple[TextBlock, ...]:
        """The blocks of its text."""
        return edition_text(self.content, self.parsed_pages)


def edition_from_markdown(
    pages: Mapping[str, str] = PAGES,
    name: str = "2023-2025",
    state: EditionState = EditionState.ADOPTED,
    others: Iterable[ParsedEdition] = (),
    **facts: object,
) -> ParsedEdition:
    """Return an edition with these pages, keyed by path without its folder. It is in force unless `state` says otherwise.

    `others` are the editions that the site has besides the one in force, the latest first. `facts` are those of `Edition`.
    """
    folder = "" if state is EditionState.ADOPTED else f"udgaver/{name}/"
    parsed = {folder + path: parse(text) for path, text in pages.items()}
    records = {path: _page(path, page, state) for path, page in parsed.items()}
    leads = Settings().rule_leads
    of_channels = [(path, page) for path, page in records.items() if page.section == f"{folder}kanaler" and not page.is_index]
    groups = tuple(read_channel_group(page, parsed[path], leads, []) for path, page in of_channels)
    edition = Edition(name=name, title=f"Kanalstrategi {name}", url=folder, folder=folder, state=state)
    edition = replace(edition, **facts)  # type: ignore[arg-type]  # any fact of an edition
    front = records.get(f"{folder}index.md")
    if front:
        records[front.path] = replace(front, title=edition.title)
    content = Content(
        organisation=Organisation("Kommunen", order=tuple(records)),
        today=TODAY,
        strategy=Strategy(edition.adopted or TODAY, edition.adopted_by, None) if state.was_adopted else None,
        pages=records,
        groups=groups,
        passages={passage.id: passage for path, page in records.items() for passage in read_passages(page, parsed[path], DEFAULT_FOLDERS)},
        rule_pages=make_rule_pages(groups) if not folder else {},
        edition=edition,
        editions=tuple(other.content for other in others),
    )
    for other in others:
        parsed |= other.parsed_pages
    return ParsedEdition(content, parsed)


NEW_RULE = "- vi skal ringe op igen samme dag\n    {: #telefon-igen }\n"
EDITS = (
    ("vi skal ringe, når vi", "vi skal som regel ringe, når vi"),
    ("\n## Videomøder", f"{NEW_RULE}\n## Videomøder"),
    ("- der skal være fysiske mødelokaler, som har det rette udstyr\n    {: #videomoeder-moederum }\n", ""),
    ("på en sikker og ansvarlig måde.", "på en sikker måde."),
)
"""What a small proposal does to the text: one rule changed, one new, one gone, and one paragraph changed."""


def changes_of_proposal() -> Element:
    """Return the tree of the page with what the small proposal changes, and an editor's note."""
    made = edition_from_markdown(others=[edition_from_markdown(edited(PAGES, *EDITS), "2026-2029", EditionState.PROPOSAL)])
    [proposal] = with_changes(made.content, made.parsed_pages).editions
    assert proposal.changes_page and proposal.comparison
    notes = EditionNotes(by_reference={"telefon-igen": [element("p", "Det har borgerne bedt om.")]})
    return changes_page_tree(Call(proposal, proposal.changes_page), proposal.comparison, notes)


def edited(pages: Mapping[str, str], *edits: tuple[str, str]) -> dict[str, str]:
    """Return pages after some edits, each a text that stands once in them and what stands in its place."""
    found = dict(pages)
    for old, new in edits:
        [path] = [path for path, text in found.items() if text.count(old) == 1]
        found[path] = found[path].replace(old, new)
    return found


def _page(path: str, parsed: ParsedPage, state: EditionState) -> Page:
    title = next((block.text for block in parsed.blocks if block.kind == "heading"), path)
    status = Status.ADOPTED if state.was_adopted else Status.DRAFT
    return Page(path, url_of(path), title, title, OWNER, status, date(2023, 2, 28), date(2027, 2, 28))
