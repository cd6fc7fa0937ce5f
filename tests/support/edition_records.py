"""A small strategy with editions that are not in force, as records: nothing is read from `docs/udgaver`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.model import Channel, Content, Page, Rule
from kanalstrategi.content.project import read_project
from tests.support.project import DATA

SMALL = DATA / "macros" / "project"


def in_force(*editions: Content) -> Content:
    """Return the small strategy as the edition of 2025, with other editions beside it."""
    content = read_project(SMALL, {"SOURCE_DATE_EPOCH": "1767225600"}).content
    edition = Edition("2025", "Kanalstrategi 2025", "", "", EditionState.ADOPTED, date(2025, 1, 15), "byrådet", has_folder=True)
    return replace(content, edition=edition, editions=editions)


def other(name: str, state: EditionState, **facts: object) -> Content:
    """Return a copy of the small strategy's own pages as an edition that is not in force."""
    content, folder = in_force(), f"udgaver/{name}/"
    pages = {page.path: _moved(page, folder) for page in content.pages.values() if page.section in ("strategi", "kanaler") or page.path == "index.md"}

    def channel(found: Channel) -> Channel:
        rules = tuple(rule_of(rule) for rule in found.rules)
        return replace(
            found, page=pages[found.page.path], url=folder + found.url, rules=rules, subchannels=tuple(channel(inner) for inner in found.subchannels)
        )

    def rule_of(rule: Rule) -> Rule:
        return replace(rule, page=pages[rule.page.path])

    edition = replace(Edition(name, f"Kanalstrategi {name}", folder, folder, state), **facts)  # type: ignore[arg-type]  # fields of the record
    return Content(
        organisation=content.organisation,
        today=content.today,
        strategy=None,
        pages={page.path: page for page in pages.values()},
        groups=tuple(channel(group) for group in content.groups),
        passages={},
        edition=edition,
        replacements={page.path: path.removesuffix("index.md").replace(".md", "/") for path, page in pages.items()},
    )


def _moved(page: Page, folder: str) -> Page:
    return replace(page, path=folder + page.path, url=folder + page.url)
