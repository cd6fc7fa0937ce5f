"""Reads the records of a page from its front matter and its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kanalstrategi.content.conventions import (
    HIDEABLE_PARTS,
    HOME_TEMPLATE,
    KNOWN_KEYS,
    MAX_KEYWORD_CHARACTERS,
    REQUIRED_KEYS,
)
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.edition_model import Strategy
from kanalstrategi.content.edition_paths import section_in_force
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.kle import read_kle
from kanalstrategi.content.model import Channel, Page, Passage, Status
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.content.page_changes import read_adoption, read_changes
from kanalstrategi.content.redirects import check_former_urls
from kanalstrategi.content.translations import read_language, read_original
from kanalstrategi.content.urls import url_of
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

WORDINGS = {
    "no_fields": Wording("siden mangler sine felter øverst", "begynd siden med --- på en linje, felterne $keys på hver sin, og --- igen"),
    "unknown_key": Wording("feltet $key kendes ikke", "ret navnet, eller slet linjen; $suggestion"),
    "unknown_owner": Wording("den ansvarlige $value findes ikke", "$suggestion"),
    "unknown_icon": Wording("ikonet $value findes ikke", "brug et navn som `material/phone-outline`"),
    "unknown_template": Wording("skabelonen findes ikke", f"slet linjen; kun forsiden har en: {HOME_TEMPLATE}"),
    "misplaced_key": Wording("feltet $key hører til i docs/$folder", "slet linjen, eller flyt siden til docs/$folder, uden undermapper"),
    "keyword_without_letters": Wording("søgeordet »$value« har ingen bogstaver", "skriv et ord, eller slet det"),
    "long_keyword": Wording("et søgeord er for langt", f"skriv højst {MAX_KEYWORD_CHARACTERS} tegn, et søgeord for hvert ord eller udtryk"),
    "unknown_part": Wording("hide kan ikke være $value", "$suggestion"),
    "review_before_reviewed": Wording("datoen i review_by ligger før datoen i reviewed", "ret en af de to"),
    "reviewed_later": Wording("siden er gennemgået på en dato, der ikke er kommet", "ret datoen i reviewed"),
}
"""What can be wrong with the fields of a page, besides their values."""


def read_page(
    path: str, parsed: ParsedPage, organisation: Organisation, today: date, diagnostics: list[Diagnostic], *, is_of_program: bool = False
) -> Page:
    """Return the page's record.

    A page that `is_of_program` names no owner: the site's owner keeps it. Nor does it need a status, since no municipality adopts it.

    Missing and wrong values are reported and replaced by defaults, so that one mistake does not lead to others wherever the page is
    mentioned.
    """
    if not parsed.front.is_there:
        diagnostics.append(Diagnostic(f"docs/{path}", 1, *WORDINGS["no_fields"].filled(keys=", ".join(REQUIRED_KEYS))))
    front = FieldReader(path, parsed, diagnostics)

    def report(kind: str, key: str, **words: str) -> None:
        front.report(key, *WORDINGS[kind].filled(key=key, **words))

    for key in parsed.front.values:
        if key not in KNOWN_KEYS:
            report("unknown_key", key, suggestion=suggestion(key, KNOWN_KEYS))
    titles = [block for block in parsed.blocks if block.kind == "heading" and block.level == 1]
    if len(titles) != 1:
        line = titles[1].line if titles else _first_line(parsed)
        message = "siden har mere end én titel" if titles else "siden mangler en titel"
        diagnostics.append(Diagnostic(f"docs/{path}", line, message, "skriv netop én overskrift med `# ` øverst"))
    owner_id = front.text("owner", required=not is_of_program) or (organisation.site_owner if is_of_program else None)
    owner = organisation.owners.get(owner_id or "")
    if owner_id and not owner and organisation.is_read:
        report("unknown_owner", "owner", value=owner_id, suggestion=suggestion(owner_id, organisation.owners))
    status = front.choice("status", [status.value for status in Status], required=not is_of_program)
    reviewed, review_by = front.date("reviewed"), front.date("review_by")
    description = front.text("description")
    page_icon = front.text("icon", required=False) or ""
    if page_icon and icon_svg(page_icon) is None:
        report("unknown_icon", "icon", value=page_icon)
        page_icon = ""
    if front.text("template", required=False) not in (None, HOME_TEMPLATE):
        report("unknown_template", "template")
    folders = organisation.settings.folders
    section = section_in_force(path, folders)
    for key, folder in folders.of_keys.items():
        if key in parsed.front.values and section != folder:
            report("misplaced_key", key, folder=folder)
    front.texts("subchannels")
    keywords = front.texts("keywords")
    for keyword in keywords:
        if not any(character.isalnum() for character in keyword):
            report("keyword_without_letters", "keywords", value=keyword)
        elif len(keyword) > MAX_KEYWORD_CHARACTERS:
            report("long_keyword", "keywords")
    redirects = front.texts("redirects")
    unusable = set()
    for url, message, hint in check_former_urls(redirects):
        front.report("redirects", message, hint)
        unusable.add(url)
    for hidden in front.texts("hide"):
        if hidden not in HIDEABLE_PARTS:
            report("unknown_part", "hide", value=hidden, suggestion=suggestion(hidden, HIDEABLE_PARTS))
    if reviewed and review_by and review_by < reviewed:
        report("review_before_reviewed", "review_by")
    latest = max(today, today_in_denmark())  # an old SOURCE_DATE_EPOCH is not the page's mistake
    if reviewed and reviewed > latest:
        report("reviewed_later", "reviewed")
    is_draft = status == Status.DRAFT.value
    language = read_language(front)
    is_guideline = section == folders.guidelines and not path.endswith("/index.md")
    return Page(
        path=path,
        url=url_of(path),
        title=titles[0].text if titles else path,
        description=description or "",
        owner=owner or Owner(owner_id or "", owner_id or ""),
        status=Status(status) if status else Status.ADOPTED if is_of_program else Status.DRAFT,
        reviewed=reviewed or today,
        review_by=review_by or today,
        short=" ".join((front.text("short", required=False) or "").split()),
        icon=page_icon,
        keywords=tuple(keywords),
        redirects=tuple(url for url in redirects if url not in unusable),
        adoption=read_adoption(front, latest, is_draft=is_draft) if is_guideline else None,
        changed=read_changes(front, latest, is_draft=is_draft),
        kle=read_kle(front),
        is_of_program=is_of_program,
        language=language,
        translation_of=read_original(front),
        line=titles[0].line if titles else 1,
    )


def read_strategy(parsed: ParsedPage, path: str, diagnostics: list[Diagnostic], *, is_proposal: bool = False) -> Strategy:
    """Return the facts about the strategy as a whole, from the front matter of its front page. A proposal or a draft need not have any yet."""
    front = FieldReader(path, parsed, diagnostics)
    is_adopted = not is_proposal and parsed.front.values.get("status") != Status.DRAFT.value
    adopted, adopted_by = front.date("adopted", required=is_adopted), front.text("adopted_by", required=is_adopted)
    # Only the first strategy has to say when it is evaluated: nobody may have decided it yet for the next.
    evaluate_by = front.date("evaluate_by", required=is_adopted and "edition" not in parsed.front.values)
    return Strategy(adopted, adopted_by or "", evaluate_by, front.date("evaluated", required=False))


def read_all_passages(
    pages: Mapping[str, Page], parsed_pages: Mapping[str, ParsedPage], stating: Iterable[Channel], folders: Folders
) -> dict[str, Passage]:
    """Return the passages of all pages, keyed by id. What `stating` has as rules are none."""
    rules = {rule.id for channel in stating for rule in channel.rules}
    return {found.id: found for path, page in pages.items() for found in read_passages(page, parsed_pages[path], folders) if found.id not in rules}


def read_passages(page: Page, parsed: ParsedPage, folders: Folders) -> Iterator[Passage]:
    """Yield the paragraphs and list items of a page that macros can quote. The items of channels are rules, and those of guidelines decisions."""
    section = page.title
    has_rules = section_in_force(page.path, folders) == folders.channels
    for block in parsed.blocks:
        if block.kind == "heading" and block.level <= 2:
            section = block.text
        elif block.id and (block.kind == "paragraph" or (block.kind == "item" and not has_rules and block.task is None)):
            yield Passage(block.id, block.text, page, section)


def _first_line(parsed: ParsedPage) -> int:
    """Return the number of the first line of the body that is not empty."""
    return len(parsed.body) - len(parsed.body.lstrip("\n")) + 1
