"""Creates the open data: the records of `site/data/*.json`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from kanalstrategi.content.answer_model import AnswerPage
from kanalstrategi.content.dates import is_old, is_overdue
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.goal_data import goal_records
from kanalstrategi.content.model import Channel, Content, Guideline, GuidelineSection, Page, Rule
from kanalstrategi.content.plan_data import action_record, material_record
from kanalstrategi.content.task_data import task_records

Record = dict[str, Any]
"""A JSON record. Every record has `id`, `title` and `url`."""

MAX_TITLE_CHARACTERS = 80
"""Maximum length of a rule's title, which is the beginning of its text."""

OPEN_DATA: dict[str, Callable[[Content], list[Record]]] = {
    "channels": lambda content: [_group_record(group) for group in content.groups],
    "rules": lambda content: [_rule_record(rule, content) for group in (*content.groups, *content.chapters) for rule in group.rules],
    "guidelines": lambda content: [_section_record(g, section, content) for g in content.guidelines for section in g.sections],
    "answers": lambda content: [_answer_record(answer) for answer in content.answers],
    "goals": goal_records,
    "actions": lambda content: [action_record(action, content.today) for action in content.actions],
    "materials": lambda content: [material_record(material) for material in content.materials],
    "pages": lambda content: [_page_record(page, content) for page in content.pages.values()],
    "tasks": task_records,
}
"""Functions that return the records of each file, keyed by the file's name without its extension."""
EDITION_DATA = ("channels", "rules", "pages")
"""The files that each edition which is not in force has of its own, in the folder `data/` of its own folder."""


def data_of_edition(edition: Content, content: Content) -> dict[str, list[Record]]:
    """Return the records of each of an edition's own files. A rule without a page of its own on the site, as a proposed one, names none."""
    data = {name: OPEN_DATA[name](edition) for name in EDITION_DATA}
    made = {page.url for page in content.rule_pages.values()}
    data["rules"] = [{**record, "page": record["page"] if record["page"] in made else ""} for record in data["rules"]]
    return data


def _page_record(page: Page, content: Content) -> Record:
    guideline = content.guideline_of(page)
    return {
        "id": page.id,
        "title": page.title,
        "url": page.url,
        "redirects": list(page.redirects),
        "description": page.description,
        "short": page.short,
        "owner": page.owner.id,
        "owner_name": page.owner.name,
        "owner_phone": page.owner.phone,
        "owner_email": page.owner.email,
        "status": page.told_status.value if page.told_status else "",
        "reviewed": page.reviewed.isoformat(),
        "review_by": page.review_by.isoformat(),
        "overdue": is_overdue(page.review_by, content.today) and not page.is_of_program,
        "old": is_old(page.reviewed, content.today, content.settings.review_months) and not page.is_of_program,
        "edition": content.edition.name if content.edition else "",
        "open_decisions": len(guideline.open_decisions) if guideline else 0,
        "kle": list(page.kle),
        "language": page.language,
        "translation_of": page.translation_of.removesuffix(".md"),
    }


def _section_record(guideline: Guideline, section: GuidelineSection, content: Content) -> Record:
    adoption = guideline.page.adoption
    confirm_by = content.edition.confirm_by if content.edition and section.to_confirm else None
    return {
        "id": f"{guideline.id}/{section.group.id}",
        "title": f"{guideline.department}: {section.group.title}",
        "url": section.url,
        "department": guideline.id,
        "department_title": guideline.department,
        "channel": section.group.id,
        "status": section.coverage.value,
        "part_of": guideline.part_of,
        "inherited_decisions": [decision.id for decision in section.inherited],
        "adopted": adoption.day.isoformat() if adoption else "",
        "adopted_by": adoption.by if adoption else "",
        "open_decisions": len(section.open_decisions),
        "decisions": [_decision_record(guideline, decision) for decision in section.decisions],
        "to_confirm": [{"rule": change.id, "kind": change.kind.value} for change in section.to_confirm],
        "confirmed": section.confirmed.isoformat() if section.confirmed else None,
        "confirm_by": confirm_by.isoformat() if confirm_by else None,
    }


def _decision_record(guideline: Guideline, decision: Decision) -> Record:
    return {
        "id": decision.id,
        "url": f"{guideline.page.url}#{decision.id}",
        "channel": decision.channel,
        "text": decision.text,
        "question": decision.question,
        "answer": decision.answer,
        "state": decision.state.value,
        "open": decision.is_open,
        "essential": decision.is_essential,
    }


def _answer_record(answer: AnswerPage) -> Record:
    return {
        "id": answer.id,
        "title": answer.page.title,
        "url": answer.page.url,
        "channel": answer.channel.id if answer.channel else "",
        "words": list(answer.words),
        "status": answer.page.status.value,
        "first_sentence": answer.first_sentence,
    }


def _group_record(group: Channel) -> Record:
    record = _channel_record(group)
    record["description"] = group.page.description
    record["channels"] = [_channel_record(channel) for channel in group.subchannels]
    return record


def _channel_record(channel: Channel) -> Record:
    return {
        "id": channel.id,
        "title": channel.title,
        "url": channel.url,
        "rules": [rule.id for rule in channel.rules],
    }


def _rule_record(rule: Rule, content: Content) -> Record:
    return {
        "id": rule.id,
        "title": textwrap.shorten(rule.text, MAX_TITLE_CHARACTERS, placeholder=" …"),
        "url": rule.url,
        "channel": rule.channel,
        "group": rule.group,
        "text": rule.text,
        "kind": rule.kind.value,
        "lead": rule.lead,
        "page": rule.page_url,
        "edition": content.edition.name if content.edition else "",
    }
