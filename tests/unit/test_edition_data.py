"""The open data says of each edition how far it has come, and holds the words of each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from kanalstrategi.build.open_data_files import DataSite, write_open_data
from kanalstrategi.content.compared_editions import with_changes
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.model import Content
from kanalstrategi.content.published_urls import published_urls
from kanalstrategi.content.receipts import Receipt
from kanalstrategi.markdown.nodes import Element, line_of
from kanalstrategi.rendering.macros import Call
from macros import MACROS
from tests.support.edition_records import in_force, other
from tests.support.editions import EDITS, PAGES, edited, edition_from_markdown

ABOUT = DataSite("Strategi", "https://kanaler.eksempel.dk/")
SUPERSEDED = other("2021", EditionState.SUPERSEDED, adopted=date(2021, 3, 1), adopted_by="direktionen", superseded=date(2025, 1, 15), superseded_by="2025")
HEARING = other("2027-2030", EditionState.CONSULTATION, consultation=(date(2025, 12, 1), date(2026, 2, 1)))


def test_every_edition_has_a_record_with_its_state_and_dates(tmp_path: Path) -> None:
    (tmp_path / "docs/udgaver/2021").mkdir(parents=True)
    receipt = Receipt({"edition": "2021"}, {"index.md": "abc"})
    (tmp_path / "docs/udgaver/2021/kvittering.json").write_bytes(receipt.to_json())
    write_open_data(in_force(HEARING, SUPERSEDED), tmp_path / "docs", tmp_path / "site", ABOUT)
    hearing, adopted, superseded = json.loads((tmp_path / "site/data/editions.json").read_text(encoding="utf-8"))
    assert (hearing["id"], hearing["url"], hearing["state"], hearing["adopted"]) == ("2027-2030", "udgaver/2027-2030/", "consultation", None)
    assert (hearing["consultation_from"], hearing["consultation_to"]) == ("2025-12-01", "2026-02-01")
    assert (adopted["id"], adopted["url"], adopted["state"], adopted["adopted"], adopted["adopted_by"]) == ("2025", "", "adopted", "2025-01-15", "byrådet")
    assert (superseded["superseded"], superseded["superseded_by"], superseded["digest"]) == ("2025-01-15", "2025", receipt.digest)
    assert hearing["digest"] == ""
    assert [record["rules"] for record in (hearing, adopted, superseded)] == [4, 4, 4]


def test_an_edition_keeps_its_own_words_at_an_address_of_its_own(tmp_path: Path) -> None:
    content = in_force(SUPERSEDED)
    write_open_data(content, tmp_path, tmp_path, ABOUT)
    old, new = (json.loads((tmp_path / folder / "data/rules.json").read_text(encoding="utf-8")) for folder in ("udgaver/2021", "."))
    assert {rule["url"].startswith("udgaver/2021/kanaler/") for rule in old} == {True} and {rule["edition"] for rule in old} == {"2021"}
    assert [rule["id"] for rule in old] == [rule["id"] for rule in new] and {rule["edition"] for rule in new} == {"2025"}
    assert {rule["page"] for rule in old} == {rule["page"] for rule in new}
    pages = json.loads((tmp_path / "udgaver/2021/data/pages.json").read_text(encoding="utf-8"))
    assert {page["url"] for page in pages} == {page.url for page in SUPERSEDED.pages.values()}
    assert {f"udgaver/2021/data/{name}.json" for name in ("channels", "rules", "pages")} | {"data/editions.json"} <= {*published_urls(content)}


def test_changes_are_counted_against_the_edition_before(tmp_path: Path) -> None:
    made = edition_from_markdown(others=[edition_from_markdown(edited(PAGES, *EDITS), "2026-2029", EditionState.PROPOSAL)])
    write_open_data(with_changes(made.content, made.parsed_pages), tmp_path, tmp_path, ABOUT)
    proposal, adopted = json.loads((tmp_path / "data/editions.json").read_text())
    assert proposal["changes"] == {"new": 1, "changed": 2, "moved": 0, "gone": 1} and proposal["compared_with"] == "2023-2025"
    assert adopted["changes"] is None and adopted["compared_with"] == ""


def test_a_strategy_without_a_name_has_no_editions(tmp_path: Path) -> None:
    write_open_data(replace(in_force(), edition=None), tmp_path, tmp_path, ABOUT)
    assert (tmp_path / "data/editions.json").read_text() == "[]\n"


def test_the_list_says_what_a_receipt_is_once_an_edition_is_filed() -> None:
    anchors = MACROS["editions"].anchors

    def headings(content: Content) -> list[str]:
        assert anchors
        parts = MACROS["editions"](Call(content, content.pages["index.md"]))
        assert [node.id for node in parts if type(node) is Element and node.tag == "h2"] == [*anchors(content)]
        return [line_of(node) for node in parts if type(node) is Element and node.tag == "h2"]

    assert headings(in_force(SUPERSEDED)) == ["Kvitteringen"]
    assert headings(in_force(HEARING)) == headings(in_force()) == []
