"""Reads the editions of the strategy that are not in force: proposals, and those that were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from kanalstrategi.content.answers import named_hosts
from kanalstrategi.content.channels import quoting_pages, read_channel_group, read_chapters
from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import edition_documents, edition_folder, is_former_guideline, path_in_force, section_in_force
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.guidelines import read_guideline
from kanalstrategi.content.hearing import read_hearing_answers
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.content.pages import read_all_passages, read_page, read_strategy
from kanalstrategi.content.urls import url_of
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage

WORDINGS = {
    "missing_day": Wording("feltet $missing mangler", "skriv høringens første og sidste dag"),
    "ends_before": Wording("høringen slutter, før den begynder", "ret en af de to datoer"),
    "decision": Wording("beslutningens adresse begynder ikke med https://", "skriv adressen på referatet, eller slet linjen"),
}
"""What can be wrong with the facts about an edition, besides the values of fields."""


def read_edition_in_force(parsed_pages: dict[str, ParsedPage], files: Collection[str], diagnostics: list[Diagnostic]) -> Edition | None:
    """Return the facts about the edition in force, or None if the front page does not name it. `files` are the paths of all files in `docs/`."""
    parsed = parsed_pages.get("index.md")
    if parsed is None or "edition" not in parsed.front.values:
        return None
    facts = read_facts("index.md", parsed, "", date.max, diagnostics)
    return replace(facts, has_folder=any(path.startswith(f"{EDITION_FOLDER}/{facts.name}/") for path in files))


def read_editions(site: Content, parsed_pages: dict[str, ParsedPage], diagnostics: list[Diagnostic]) -> tuple[Content, ...]:
    """Return the contents of all editions but the one in force: proposals, then those that were, the latest first.

    `site` is the content in force. What is wrong with a page that nobody may change any more is not reported.
    """
    in_force = site.edition.name if site.edition else ""
    folders = sorted({folder for path in parsed_pages if (folder := edition_folder(path))} - {f"{EDITION_FOLDER}/{in_force}/"}, reverse=True)
    found = []
    for folder in folders:
        own: list[Diagnostic] = []
        content = _read_edition(folder, site, parsed_pages, own)
        if content is None:
            path = next(path for path in parsed_pages if path.startswith(folder))
            hint = f"opret docs/{folder}index.md, eller slet mappen; et forslag begyndes med python3 scripts/new.py edition"
            diagnostics.append(Diagnostic(f"docs/{path}", 1, "udgaven har ingen forside", hint))
            continue
        found.append(content)
        if is_open(content):
            diagnostics += own
    completed = (replace(_with_successor(content, (site, *found)), hearing=read_hearing_answers(content, parsed_pages)) for content in found)
    return tuple(sorted(completed, key=_latest_first))


def is_open(content: Content) -> bool:
    """Whether the text of an edition may still be changed: it is in force or proposed."""
    return content.edition is None or content.edition.state not in (EditionState.SUPERSEDED, EditionState.LAPSED)


def read_former_guidelines(site: Content, parsed_pages: dict[str, ParsedPage]) -> tuple[Content, ...]:
    """Return each former version of a guideline as the content that it stood in: with the edition that was in force when it was superseded."""
    found = []
    for path in sorted(filter(is_former_guideline, parsed_pages)):
        day = path.rpartition("/")[2].removesuffix(".md")
        page = replace(read_page(path, parsed_pages[path], site.organisation, site.today, []), redirects=())
        superseded = FieldReader(path, parsed_pages[path], []).date("superseded", required=False)
        around = in_force_on(site, superseded)
        facts = Edition(day, page.title, page.url, path.removesuffix(".md"), EditionState.SUPERSEDED, adopted=_day(day), superseded=superseded)
        found.append(
            replace(
                around,
                pages={path: page},
                guidelines=(read_guideline(page, parsed_pages[path], around.groups, []),),
                rule_pages={},
                edition=facts,
                editions=(),
                organisation=replace(site.organisation, documents={}),
                replacements={path: _url_now(path, site)},
            )
        )
    return tuple(found)


def _read_edition(folder: str, site: Content, parsed_pages: dict[str, ParsedPage], diagnostics: list[Diagnostic]) -> Content | None:
    """Return the content of an edition, or None if it has no front page."""
    front = parsed_pages.get(f"{folder}index.md")
    if front is None:
        return None
    folders = site.folders
    places = {path: number for number, path in enumerate(site.organisation.order)}
    paths = sorted((path for path in parsed_pages if path.startswith(folder)), key=lambda path: (places.get(path_in_force(path, folders), len(places)), path))
    pages = {path: replace(read_page(path, parsed_pages[path], site.organisation, site.today, diagnostics), redirects=()) for path in paths}
    leads = site.settings.rule_leads
    groups = [
        read_channel_group(page, parsed_pages[path], leads, diagnostics)
        for path, page in pages.items()
        if page.section == f"{folder}{folders.channels}" and not page.is_index
    ]
    chapters = read_chapters(pages, parsed_pages, groups, site.settings, diagnostics)
    documents = _documents(site, folder, pages)
    others = tuple(id for id in site.organisation.documents if id not in documents)
    return Content(
        organisation=replace(site.organisation, documents=documents, other_documents=others, order=tuple(paths)),
        today=site.today,
        strategy=read_strategy(front, f"{folder}index.md", diagnostics, is_proposal=True),
        pages=pages,
        groups=tuple(groups),
        chapters=chapters,
        passages=read_all_passages(pages, parsed_pages, (*groups, *chapters), folders),
        quotes=quoting_pages(pages, parsed_pages, (*groups, *chapters)),
        named_hosts=tuple(sorted({*site.named_hosts, *named_hosts(pages, parsed_pages, folders)})),
        edition=read_facts(f"{folder}index.md", front, folder, site.today, diagnostics),
        replacements={path: _url_now(path, site) for path in paths},
    )


def read_facts(path: str, parsed: ParsedPage, folder: str, today: date, diagnostics: list[Diagnostic]) -> Edition:
    """Return the facts about an edition, from the front matter of its front page."""
    front = FieldReader(path, parsed, diagnostics)
    dates = {key: front.date(key, required=False) for key in ("adopted", "consultation_from", "consultation_to", "superseded", "lapsed", "confirm_by")}
    begins, ends = dates["consultation_from"], dates["consultation_to"]
    if (begins is None) != (ends is None):
        missing = "consultation_from" if begins is None else "consultation_to"
        front.report("consultation_to" if begins is None else "consultation_from", *WORDINGS["missing_day"].filled(missing=missing))
    if begins and ends and ends < begins:
        front.report("consultation_to", *WORDINGS["ends_before"].filled())
    consultation = (begins, ends) if begins and ends and begins <= ends else None
    decision = front.text("decision", required=False) or ""
    if decision and not decision.startswith("https://"):
        front.report("decision", *WORDINGS["decision"].filled())
        decision = ""
    titles = [block.text for block in parsed.blocks if block.kind == "heading" and block.level == 1]
    return Edition(
        name=folder.split("/")[1] if folder else front.text("edition", required=False) or "",
        title=titles[0] if titles else path,
        url=url_of(path),
        folder=folder,
        state=_state(folder, dates, consultation, today),
        adopted=dates["adopted"],
        adopted_by=front.text("adopted_by", required=False) or "",
        decision=decision,
        consultation=consultation,
        superseded=dates["superseded"],
        superseded_by=front.text("superseded_by", required=False) or "",
        lapsed=dates["lapsed"],
        confirm_by=dates["confirm_by"],
    )


def _state(folder: str, dates: Mapping[str, date | None], consultation: tuple[date, date] | None, today: date) -> EditionState:
    if not folder:
        return EditionState.ADOPTED
    if dates["superseded"]:
        return EditionState.SUPERSEDED
    if dates["lapsed"]:
        return EditionState.LAPSED
    return EditionState.CONSULTATION if consultation and consultation[0] <= today <= consultation[1] else EditionState.PROPOSAL


def _documents(site: Content, folder: str, pages: Mapping[str, Page]) -> dict[str, Document]:
    """Return the documents of an edition: those of the site that hold nothing else than the strategy and its channels."""
    found = {}
    for document in edition_documents(site):
        order = list(dict.fromkeys(path.rpartition("/")[0] for path in document.pages))
        section_of = {path: section_in_force(path, site.folders) for path in pages}
        of_document = [
            path for path, section in section_of.items() if path_in_force(path, site.folders) in document.pages or (section and section in order)
        ]
        printed = tuple(sorted(of_document, key=lambda path: order.index(section_of[path])))
        if printed:
            found[document.id] = replace(document, opening=f"{folder}index.md", pages=printed, title="", folder=folder)
    return found


def _with_successor(content: Content, others: Iterable[Content]) -> Content:
    """Return the content of an edition with the title of the one that took its place."""
    facts = content.edition
    titles = {other.edition.name: other.edition.title for other in others if other.edition}
    return replace(content, edition=replace(facts, successor=titles.get(facts.superseded_by, ""))) if facts else content


def _latest_first(content: Content) -> tuple[bool, int, str]:
    """Return a sort key that puts what is open before what is not, and then the latest first."""
    assert content.edition is not None, "an edition is read with its facts"
    ended = content.edition.superseded or content.edition.lapsed
    return not is_open(content), -ended.toordinal() if ended else 0, content.edition.name


def in_force_on(site: Content, day: date | None) -> Content:
    """Return the edition that was in force before a day; the one in force if the day is not known."""
    for content in reversed(site.editions):  # the one that was superseded first comes first
        if day and content.edition and content.edition.superseded and content.edition.superseded >= day:
            return content
    return site


def _url_now(path: str, site: Content) -> str:
    """Return the URL of the page in force that stands in the place of a page, also under another name; empty if there is none."""
    in_force = path_in_force(path, site.folders)
    url = url_of(in_force)
    return url if in_force in site.pages else next((page.url for page in site.pages.values() if url in page.redirects), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
